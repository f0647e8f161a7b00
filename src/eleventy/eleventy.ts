/** The parts of Eleventy 3 the plugin touches. Eleventy brings no types of its own for them. */
import type { MarkdownIt } from '../markdown-it/host.ts'

export type RunMode = 'build' | 'watch' | 'serve'

/** What `eleventy.before` and `eleventy.after` hand over. */
export interface BuildEvent {
  readonly runMode: RunMode
  readonly outputMode?: string
  readonly directories?: { readonly output?: string }
  readonly dir?: { readonly output?: string }
}

/** Internal to Eleventy, so every step is asked for before it is taken; without it `--incremental` rebuilds more. */
export interface TemplateConfig {
  readonly usesGraph?: { addDependency?: (from: string, to: readonly string[]) => void }
}

export interface LogOptions {
  readonly message: string
  readonly prefix?: string
  readonly type?: 'log' | 'warn' | 'error'
  readonly color?: string
  readonly force?: boolean
}

export interface EleventyConfig {
  readonly directories?: { readonly input?: string }
  readonly pathPrefix?: string
  readonly logger: { logWithOptions(options: LogOptions): void }
  versionCheck(range: string): void
  amendLibrary(engine: 'md', callback: (md: MarkdownIt) => void): void
  addWatchTarget(glob: string): void
  readonly watchIgnores?: Set<string>
  addTransform(
    name: string,
    transform: (this: { readonly baseHref?: unknown }, content: unknown) => unknown,
  ): void
  addAsyncFilter(name: string, filter: (content: string, option?: unknown) => Promise<string>): void
  on(event: 'eleventy.before' | 'eleventy.after', callback: (event: BuildEvent) => unknown): void
  on(event: 'eleventy.config', callback: (config: TemplateConfig) => unknown): void
}
