/**
 * The Eleventy plugin. `md.render` is the one hook that is also right in feeds, in collections' `templateContent`
 * and in paginated pages, and Eleventy awaits what it returns; so drawings that are not there yet make it return a
 * promise, and otherwise it stays the plain string other code may count on.
 */
import { resolve } from 'node:path'
import type { DockerNetworkOptions } from '../markdown-it/plugin.ts'
import { formatProblem } from '../problem/report.ts'
import type { SvgOptions } from '../svg/index.ts'
import type { BuildEvent, EleventyConfig, TemplateConfig } from './eleventy.ts'
import { createKeptPages, type ListedProblem } from './kept-pages.ts'
import { installOnce, patch } from './render.ts'
import type { Session } from './session.ts'
import { type Gathered, gatheredFor, registry, type Site } from './site.ts'
import { RENDERERS, type Renderer, STRATEGIES, type Strategy } from './strategy.ts'
import { installTransform } from './transform.ts'

export type { EleventyConfig } from './eleventy.ts'

export interface EleventyDockerNetworkOptions
  extends Pick<DockerNetworkOptions, 'language' | 'theme' | 'engine' | 'root' | 'lint' | 'transformers'> {
  /** How pages get the drawings: inline, as image files (SVG or PNG), or as Mermaid text. @default 'svg' */
  readonly strategy?: Strategy | undefined
  /** Who draws: this package, or Mermaid (an optional peer), which has to be installed then. @default 'picture' */
  readonly renderer?: Renderer | undefined
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
  /** Options of Mermaid's renderer, and the folder of what is kept between builds. */
  readonly svg?: SvgOptions | undefined
}

const COMPATIBLE = '>=3.0.0'
const PREFIX = '[docker-network]'

/** `eleventyConfig.addPlugin(dockerNetwork, options)` */
export default function dockerNetwork(
  eleventyConfig: EleventyConfig,
  options: EleventyDockerNetworkOptions = {},
): void {
  checkVersion(eleventyConfig)
  const strategy = checkedChoice('strategy', STRATEGIES, options.strategy ?? 'svg')
  const renderer = checkedChoice('renderer', RENDERERS, options.renderer ?? 'picture')
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
      renderer,
      imagePath: options.imagePath ?? '/docker-network/',
      svg: options.svg,
      rules: {
        ...{ language, theme, engine, root, lint, transformers: options.transformers },
        report: (found, env) => {
          const listed = found.map((placed) => ({
            severity: placed.problem.severity,
            ofChance: ['SUBNET_BY_CHANCE', 'ADDRESS_BY_CHANCE'].includes(placed.problem.code),
            text: formatProblem(placed),
          }))
          const gathered = gatheredFor(gathering, env)
          for (const one of listed) {
            problems.push(one)
            gathered?.problems.push(one)
          }
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
    // What a function says of a box, nobody knows without asking it.
    kept:
      strategy === 'svg' && options.transformers === undefined
        ? createKeptPages(
            options.svg,
            JSON.stringify({ language, theme, engine, root, lint, renderer }),
            renderer === 'mermaid',
          )
        : null,
    gathering,
    replaying: new WeakMap(),
    replayed: (page) => {
      replayed += page.fences.filter((fence) => fence.includes('<figure ')).length
      for (const problem of page.problems) problems.push(problem)
    },
  }
  known.sites.set(eleventyConfig, site)

  eleventyConfig.amendLibrary('md', (md) => {
    checkLibrary(md)
    if (known.patched.has(md)) return
    known.patched.add(md)
    patch(md, () => known.sites.get(eleventyConfig) ?? site)
  })
  installTransform(eleventyConfig, async (html, urlOf) => (await load()).drawings.asImages(html, urlOf))
  eleventyConfig.addAsyncFilter('dockerNetworkImages', async (content, format) => {
    const wanted =
      format === undefined ? undefined : checkedChoice('the format', ['svg', 'png'], String(format))
    return content.includes('docker-network-drawing')
      ? (await load()).drawings.asImages(content, undefined, wanted)
      : content
  })
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

function checkVersion(eleventyConfig: EleventyConfig): void {
  eleventyConfig.versionCheck(COMPATIBLE)
}

/** `setLibrary` may have put anything there. */
function checkLibrary(md: unknown): void {
  const ruler: unknown = Reflect.get(Object(Reflect.get(Object(md), 'core')), 'ruler')
  if (ruler !== undefined) return
  throw Object.assign(
    new Error(
      'docker-network needs markdown-it to read Markdown, and setLibrary("md", …) gave another library. Give it a markdown-it, or leave setLibrary out.',
    ),
    { skipOriginalStack: true },
  )
}

function checkedChoice<T extends string>(option: string, all: readonly T[], given: string): T {
  const known = all.find((one) => one === given)
  if (known === undefined) throw new TypeError(`${option} must be one of ${all.join(', ')}; got "${given}"`)
  return known
}

function defaultWatch(eleventyConfig: EleventyConfig): readonly string[] {
  // What a block names may lie anywhere in the project, and what that includes too; Eleventy asks for all globs first.
  for (const folder of ['.git', '.cache', 'node_modules']) eleventyConfig.watchIgnores?.add(`**/${folder}/**`)
  return ['./**/*.{yaml,yml}', './**/*.env', './**/.env']
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

/**
 * Lists what there is to say on standard error, each thing once however many pages say it, what fails the build last.
 *
 * @returns how many of them are errors.
 */
function listProblems(eleventyConfig: EleventyConfig, problems: readonly ListedProblem[]): number {
  const list = (type: 'warn' | 'error', texts: readonly string[]): number => {
    // At once: the logger colours and writes line by line, and there may be thousands.
    const message = texts.map((text) => `\n${text}\n`).join('')
    if (message !== '') eleventyConfig.logger.logWithOptions({ prefix: PREFIX, type, force: true, message })
    return texts.length
  }
  const textsOf = (wanted: (problem: ListedProblem) => boolean): readonly string[] => [
    ...new Set(problems.filter(wanted).map(({ text }) => text)),
  ]
  const [chance, ...moreChance] = textsOf(({ ofChance }) => ofChance)
  list('warn', [
    ...textsOf(({ severity, ofChance }) => severity === 'warning' && !ofChance),
    ...(chance === undefined ? [] : [chance]),
    ...(moreChance.length === 0 ? [] : [foldedChance(moreChance.length)]),
  ])
  return list(
    'error',
    textsOf(({ severity }) => severity === 'error'),
  )
}

const foldedChance = (count: number): string =>
  `${count === 1 ? 'One more place is' : `${count} more places are`} left to chance, and marked † in ${count === 1 ? 'its figure' : 'their figures'}. "docker-network check" lists ${count === 1 ? 'it' : 'them'}; "chance: ok" in a block says that it is meant.`

/** One error for all; the problems themselves are listed already, and a stack would tell the author nothing. */
function failure(errors: number): Error {
  const count = errors === 1 ? 'one error' : `${errors} errors`
  return Object.assign(new Error(`docker-network blocks have ${count}, listed above`), {
    skipOriginalStack: true,
  })
}

// `require('markdown-it-docker-network/eleventy')` is the plugin itself.
export { dockerNetwork as 'module.exports' }
