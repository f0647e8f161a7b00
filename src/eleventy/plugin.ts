/**
 * The Eleventy plugin. `md.render` is the one hook that is also right in feeds, in collections' `templateContent`
 * and in paginated pages, and Eleventy awaits what it returns; so drawings that are not there yet make it return a
 * promise, and otherwise it stays the plain string other code may count on.
 */
import { resolve } from 'node:path'
import type { RenderRule, Token } from '../markdown-it/host.ts'
import { FENCE_NAME, isOurFence, REFERENCE_BEGIN } from '../markdown-it/info.ts'
import type { DockerNetworkOptions, MarkdownIt } from '../markdown-it/plugin.ts'
import { formatProblem } from '../problem/report.ts'
import type { SvgOptions } from '../svg/index.ts'
import type { BuildEvent, EleventyConfig, TemplateConfig } from './eleventy.ts'
import { createKeptPages, type KeptPage, type KeptPages, type ListedProblem } from './kept-pages.ts'
import type { Session } from './session.ts'
import { STRATEGIES, type Strategy } from './strategy.ts'

export type { EleventyConfig } from './eleventy.ts'

export interface EleventyDockerNetworkOptions
  extends Pick<DockerNetworkOptions, 'language' | 'theme' | 'engine' | 'root' | 'lint'> {
  /** How pages get the drawings: inline, as image files, or as Mermaid text. @default 'svg' */
  readonly strategy?: Strategy | undefined
  /** Path in the site for image files. @default '/docker-network/' */
  readonly imagePath?: string | undefined
  /**
   * What a build does about errors in blocks, after all pages are made and all problems listed: `throw` fails it with
   * exit status 1, `warn` lets it pass. While serving, errors are shown in the page and never end the server.
   * @default 'throw'
   */
  readonly onError?: 'throw' | 'warn' | undefined
  /**
   * Files whose change rebuilds the posts that name them in `src=`, as globs.
   * @default YAML files in the input folder, and compose files beside package.json
   */
  readonly watch?: readonly string[] | undefined
  /** Options of the renderer, e.g. its cache. */
  readonly svg?: SvgOptions | undefined
}

/** What is gathered while a page is made, to be kept for the next build. */
interface Gathered {
  readonly fences: string[]
  readonly problems: ListedProblem[]
  /** Whether the blocks say all: a page that reads files or refers to models is made anew each time. */
  alone: boolean
}

/** What one loading of the configuration works with. */
interface Site {
  readonly session: () => Session | null
  readonly load: (md: MarkdownIt) => Promise<Session>
  readonly kept: KeptPages | null
  /** Pages under way, by their environment. */
  readonly gathering: WeakMap<object, Gathered>
  /** Pages under way whose fences are known, by their environment; they are taken off the front. */
  readonly replaying: WeakMap<object, string[]>
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

function registry(): Registry {
  const known: unknown = Reflect.get(globalThis, REGISTRY)
  if (isRegistry(known)) return known
  const made: Registry = { sites: new WeakMap(), patched: new WeakSet() }
  Reflect.set(globalThis, REGISTRY, made)
  return made
}

const isRegistry = (value: unknown): value is Registry =>
  typeof value === 'object' && value !== null && 'sites' in value && 'patched' in value

const COMPATIBLE = '>=3.0.0'
const PREFIX = '[docker-network]'

/** `eleventyConfig.addPlugin(dockerNetwork, options)` */
export default function dockerNetwork(
  eleventyConfig: EleventyConfig,
  options: EleventyDockerNetworkOptions = {},
): void {
  checkVersion(eleventyConfig)
  const strategy = checkedStrategy(options.strategy ?? 'svg')
  const problems: ListedProblem[] = []
  const gathering = new WeakMap<object, Gathered>()
  const { language, theme, engine, root, lint } = options
  let templateConfig: TemplateConfig | null = null
  let runMode = 'build'
  let output: string | null = null
  let session: Session | null = null
  let replayed = 0

  const load = async (): Promise<Session> => {
    const { openSession } = await import('./session.ts')
    if (session !== null) return session
    session = openSession({
      strategy,
      imagePath: options.imagePath ?? '/docker-network/',
      svg: options.svg,
      rules: {
        ...{ language, theme, engine, root, lint },
        report: (found, env) => {
          const listed = found.map((placed) => ({
            severity: placed.problem.severity,
            text: formatProblem(placed),
          }))
          problems.push(...listed)
          gatheredFor(gathering, env)?.problems.push(...listed)
        },
        depend: (files, env) => {
          const gathered = gatheredFor(gathering, env)
          if (gathered !== undefined) gathered.alone = false
          addDependency(templateConfig, env, files)
        },
      },
    })
    session.drawings.begin(output)
    return session
  }

  const known = registry()
  const site: Site = {
    session: () => session,
    load: async (md) => {
      const opened = await load()
      await installOnce(md, () => known.sites.get(eleventyConfig) ?? site)
      return opened
    },
    // Image files lie in the site's output, which a build may begin without; the text needs no drawing.
    kept:
      strategy === 'svg'
        ? createKeptPages(options.svg, JSON.stringify({ language, theme, engine, root, lint }))
        : null,
    gathering,
    replaying: new WeakMap(),
    replayed: (page) => {
      replayed += page.fences.filter((fence) => fence.includes('<figure ')).length
      problems.push(...page.problems)
    },
  }
  known.sites.set(eleventyConfig, site)

  eleventyConfig.amendLibrary('md', (md) => {
    if (known.patched.has(md)) return
    known.patched.add(md)
    patch(md, () => known.sites.get(eleventyConfig) ?? site)
  })
  eleventyConfig.addAsyncFilter('dockerNetworkImages', async (content) =>
    content.includes('docker-network-drawing') ? (await load()).drawings.asImages(content) : content,
  )
  for (const glob of options.watch ?? defaultWatch(eleventyConfig)) eleventyConfig.addWatchTarget(glob)

  eleventyConfig.on('eleventy.config', (config) => {
    templateConfig = config
  })
  eleventyConfig.on('eleventy.before', (event) => {
    runMode = event.runMode
    problems.length = 0
    replayed = 0
    output = outputFolder(event)
    session?.drawings.begin(output)
  })
  eleventyConfig.on('eleventy.after', async () => {
    const made = session?.drawings.counts() ?? { figures: 0, drawn: 0 }
    summarise(eleventyConfig, { figures: made.figures + replayed, drawn: made.drawn })
    site.kept?.close()
    if (runMode === 'build') await session?.drawings.close()
    const errors = listProblems(eleventyConfig, problems)
    if (errors > 0 && runMode === 'build' && options.onError !== 'warn') throw failure(errors)
  })
}

const gatheredFor = (gathering: WeakMap<object, Gathered>, env: unknown): Gathered | undefined =>
  typeof env === 'object' && env !== null ? gathering.get(env) : undefined

function checkVersion(eleventyConfig: EleventyConfig): void {
  try {
    eleventyConfig.versionCheck(COMPATIBLE)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    eleventyConfig.logger.logWithOptions({ prefix: PREFIX, type: 'warn', message })
  }
}

function checkedStrategy(strategy: string): Strategy {
  const known = STRATEGIES.find((one) => one === strategy)
  if (known === undefined)
    throw new TypeError(`strategy must be one of ${STRATEGIES.join(', ')}; got "${strategy}"`)
  return known
}

function defaultWatch(eleventyConfig: EleventyConfig): readonly string[] {
  const input = (eleventyConfig.directories?.input ?? '.').replace(/\/$/, '')
  return [`${input}/**/*.{yaml,yml}`, './*compose*.{yaml,yml}']
}

/** Instances that have the rules of the whole pipeline; on `globalThis` for the reason the registry is. */
const INSTALLED = Symbol.for('markdown-it-docker-network.installed')

async function installOnce(md: MarkdownIt, site: () => Site): Promise<void> {
  if (Reflect.get(md, INSTALLED) === true) return
  const { installRules } = await import('./session.ts')
  if (Reflect.get(md, INSTALLED) === true) return
  Reflect.defineProperty(md, INSTALLED, { value: true })
  installRules(md, () => ({
    read: (state) => {
      if (!isReplaying(site(), state.env)) site().session()?.rules.read(state)
    },
    refer: (state) => site().session()?.rules.refer(state),
    fence: (token, env) => {
      const html = site().session()?.rules.fence(token, env) ?? null
      if (html !== null) gatheredFor(site().gathering, env)?.fences.push(html)
      return html
    },
  }))
}

const isReplaying = (site: Site, env: unknown): boolean =>
  typeof env === 'object' && env !== null && site.replaying.has(env)

/** Gives fences that are known already; the others are the business of the rules that are loaded when needed. */
function installReplay(md: MarkdownIt, site: () => Site): void {
  const other: RenderRule =
    md.renderer.rules.fence ??
    ((tokens, index, options, _env, renderer) => renderer.renderToken(tokens, index, options))
  md.renderer.rules.fence = (tokens, index, options, env, renderer) => {
    const fences = typeof env === 'object' && env !== null ? site().replaying.get(env) : undefined
    if (fences !== undefined && isOurs(tokens[index])) return fences.shift() ?? ''
    return other(tokens, index, options, env, renderer)
  }
}

const isOurs = (token: Token | undefined): boolean => token !== undefined && isOurFence(token.info)

/** Between the fences of a page while they are finished together. */
const SEAM = '<!--docker-network seam-->'

/**
 * Lets the site take part in an instance's `render`. The original is called, not `parse` and `renderer.render`, so that
 * other plugins' wrappers of it keep working.
 */
function patch(md: MarkdownIt, site: () => Site): void {
  installReplay(md, site)
  const original = md.render
  const render = function (this: MarkdownIt, src: string, env?: object): string | Promise<string> {
    if (!src.includes(FENCE_NAME) && !src.includes(REFERENCE_BEGIN)) return original.call(this, src, env)
    const now = site()
    const own = env ?? {}
    const page = src.includes(REFERENCE_BEGIN) ? null : (now.kept?.find(src, own) ?? null)
    if (page !== null) {
      now.replayed(page)
      now.replaying.set(own, [...page.fences])
      const html: unknown = original.call(this, src, own)
      if (typeof html === 'string') now.replaying.delete(own)
      return typeof html === 'string' ? html : Promise.resolve(html).then(String)
    }
    const session = now.session()
    if (session === null || Reflect.get(md, INSTALLED) !== true)
      return now.load(md).then(() => render.call(this, src, own))
    const gathered: Gathered = { fences: [], problems: [], alone: !src.includes(REFERENCE_BEGIN) }
    now.gathering.set(own, gathered)
    const html: unknown = original.call(this, src, own)
    const finish = (made: string): string | Promise<string> =>
      finishPage(now, session, made, gathered, src, own)
    return typeof html === 'string'
      ? finish(html)
      : Promise.resolve(html).then((text) => finish(String(text)))
  }
  Object.defineProperty(md, 'render', { value: render, writable: true, configurable: true, enumerable: true })
}

/** Puts the drawings into a page, and keeps its fences for the next build where that is safe. */
function finishPage(
  site: Site,
  { drawings }: Session,
  html: string,
  gathered: Gathered,
  src: string,
  env: object,
): string | Promise<string> {
  const { fences, problems } = gathered
  const places = placesOf(html, fences)
  const isKept =
    site.kept !== null &&
    gathered.alone &&
    places !== null &&
    fences.length > 0 &&
    problems.every(({ severity }) => severity === 'warning')
  if (!isKept) return drawings.finish(html)
  const put = (finished: string): string => {
    const made = finished.split(SEAM)
    site.kept?.keep(src, env, { fences: made, problems })
    let page = ''
    let end = 0
    places.forEach((at, i) => {
      page += html.slice(end, at) + (made[i] ?? '')
      end = at + (fences[i]?.length ?? 0)
    })
    return page + html.slice(end)
  }
  const finished = drawings.finish(fences.join(SEAM))
  return typeof finished === 'string' ? put(finished) : finished.then(put)
}

/** Where the fences stand in their page, in order; `null` when another plugin has changed one of them. */
function placesOf(html: string, fences: readonly string[]): readonly number[] | null {
  const places: number[] = []
  let from = 0
  for (const fence of fences) {
    const at = html.indexOf(fence, from)
    if (at < 0) return null
    places.push(at)
    from = at + fence.length
  }
  return places
}

function addDependency(config: TemplateConfig | null, env: unknown, files: readonly string[]): void {
  const page = typeof env === 'object' && env !== null ? Reflect.get(env, 'page') : null
  const path: unknown = typeof page === 'object' && page !== null ? Reflect.get(page, 'inputPath') : null
  if (typeof path !== 'string') return
  config?.usesGraph?.addDependency?.(
    path,
    files.map((file) => `./${file}`),
  )
}

function outputFolder(event: BuildEvent): string | null {
  if (event.outputMode !== undefined && event.outputMode !== 'fs') return null
  const output = event.directories?.output ?? event.dir?.output
  return output === undefined ? null : resolve(output)
}

function summarise(
  eleventyConfig: EleventyConfig,
  counts: { readonly figures: number; readonly drawn: number },
): void {
  if (counts.figures === 0) return
  const figures = `${counts.figures} ${counts.figures === 1 ? 'figure' : 'figures'}`
  eleventyConfig.logger.logWithOptions({
    prefix: PREFIX,
    color: 'green',
    message: `${figures} (${counts.drawn} drawn anew)`,
  })
}

/** Lists everything on standard error. @returns how many of them are errors. */
function listProblems(eleventyConfig: EleventyConfig, problems: readonly ListedProblem[]): number {
  for (const { severity, text } of problems) {
    const type = severity === 'error' ? 'error' : 'warn'
    eleventyConfig.logger.logWithOptions({
      prefix: PREFIX,
      type,
      force: true,
      message: `\n${text}\n`,
    })
  }
  return problems.filter(({ severity }) => severity === 'error').length
}

/** One error for all; the problems themselves are listed already, and a stack would tell the author nothing. */
function failure(errors: number): Error {
  const count = errors === 1 ? 'one error' : `${errors} errors`
  return Object.assign(new Error(`docker-network blocks have ${count}, listed above`), {
    skipOriginalStack: true,
  })
}
