/** What one loading of Eleventy's configuration works with, and how code that outlives it finds the newest. */
import type { MarkdownIt } from '../markdown-it/plugin.ts'
import type { EleventyConfig } from './eleventy.ts'
import type { KeptPage, KeptPages, ListedProblem } from './kept-pages.ts'
import type { Session } from './session.ts'

/** What is gathered while a page is made, to be kept for the next build. */
export interface Gathered {
  readonly fences: string[]
  readonly problems: ListedProblem[]
  /** Whether the blocks say all: a page that reads files or refers to models is made anew each time. */
  alone: boolean
}

export const gatheredFor = (gathering: WeakMap<object, Gathered>, env: unknown): Gathered | undefined =>
  typeof env === 'object' && env !== null ? gathering.get(env) : undefined

/** The fences of a kept page, one after the other. */
export interface Replay {
  /** `''` beyond the last. */
  readonly next: () => string
  /** Whether as many were asked for as there are. */
  readonly isWhole: () => boolean
}

/** What one loading of the configuration works with. */
export interface Site {
  readonly session: () => Session | null
  readonly load: (md: MarkdownIt) => Promise<Session>
  readonly kept: KeptPages | null
  /** Pages under way, by their environment. */
  readonly gathering: WeakMap<object, Gathered>
  /** Pages under way whose fences are known, by their environment. */
  readonly replaying: WeakMap<object, Replay>
  readonly replayed: (page: KeptPage) => void
}

/**
 * Sites by configuration object. Eleventy amends a markdown-it instance once in its life, but loads the
 * configuration, and perhaps this module, again whenever they change; so the rules put into an instance ask here for
 * the newest site. On `globalThis`, since a module loaded anew has variables of its own.
 */
interface Registry {
  readonly sites: WeakMap<EleventyConfig, Site>
  readonly patched: WeakSet<MarkdownIt>
}

const REGISTRY = Symbol.for('markdown-it-docker-network.eleventy')

export function registry(): Registry {
  const known: unknown = Reflect.get(globalThis, REGISTRY)
  if (isRegistry(known)) return known
  const made: Registry = { sites: new WeakMap(), patched: new WeakSet() }
  Reflect.set(globalThis, REGISTRY, made)
  return made
}

const isRegistry = (value: unknown): value is Registry =>
  typeof value === 'object' && value !== null && 'sites' in value && 'patched' in value
