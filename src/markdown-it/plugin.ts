/**
 * The markdown-it plugin: every `docker-network` fence becomes a figure, every other fence stays whose it was.
 * Synchronous, as markdown-it is; a host that can wait gives a `draw` of its own and puts the SVG in afterwards.
 */
import type { Figure } from '../figure/figure.ts'
import type { ReadFile } from '../files/file-text.ts'
import { type Drawing, drawingHtml, figureHtml, listingHtml, type Theme } from '../html/figure-html.ts'
import { problemHtml, toldHtml } from '../html/problem-html.ts'
import { stepsHtml } from '../html/steps-html.ts'
import { decorate, type FigureTransformer } from '../picture/decorate.ts'
import { pagePicture } from '../picture/draw.ts'
import type { Scene } from '../picture/scene.ts'
import { formatProblem, type PlacedProblem, type ProblemRecord, problemRecord } from '../problem/report.ts'
import { shortHash } from '../problem/short-hash.ts'
import type { EngineVersion } from '../version.ts'
import { wordsFor } from '../words/words-for.ts'
import type { CoreState, MarkdownIt, RenderRule, Token } from './host.ts'
import { FENCE_NAME, REFERENCE_BEGIN } from './info.ts'
import { type MarkdownText, markdownText, type Origin } from './place.ts'
import { type Block, type Drawn, type Post, readPost } from './post.ts'
import { finishPost, installReferences } from './references.ts'

export type { MarkdownIt } from './host.ts'

/** A picture that is wanted, with all a host needs to make it. */
export interface DrawRequest {
  /** Unique in its page. */
  readonly id: string
  readonly mermaid: string
  readonly figure: Figure
  readonly scene: Scene
  /** For a drawing that no stylesheet of the page reaches, such as an image. */
  readonly theme: Theme
}

export interface DockerNetworkOptions {
  /** Language of the words around the figures, a BCP 47 tag. @default the page's `lang` (`env.lang`), else `'en'` */
  readonly language?: string | undefined
  /** `auto` follows the reader's preference and a `data-theme` on the page. @default 'auto' */
  readonly theme?: Theme | undefined
  /** Engine whose rules apply, whatever the blocks say. @default what each block says */
  readonly engine?: EngineVersion | undefined
  /** Folder that `src=` may not leave. @default the current directory */
  readonly root?: string | undefined
  /** Reads `src=` files, and those that they name. @default files inside `root` */
  readonly readFile?: ReadFile | undefined
  /**
   * Whether `.env` beside a `src=` file gives that file its variables, as Compose does. What is written in a post never
   * sees them.
   * @default true
   */
  readonly envFile?: boolean | undefined
  /**
   * Path of the Markdown file, for places of problems and `src=`.
   * @default `env.page.inputPath` (Eleventy), `env.path` (VitePress) or `env.filePath`
   */
  readonly file?: ((env: unknown) => string | null) | undefined
  /**
   * What happens when a block has an error: `show` puts what is wrong in the page in place of the figure, `throw`
   * throws one `DockerNetworkError` with all of a text's errors.
   * @default 'show'
   */
  readonly onProblem?: 'show' | 'throw' | undefined
  /**
   * Tells of addresses in the prose and in shell examples that contradict all models of the text: `true` as warnings,
   * `'error'` as errors, which fail a build. A line with `dn-ignore` is left alone.
   * @default true
   */
  readonly lint?: boolean | 'error' | undefined
  /** Called with the problems of each text that has any, warnings too. @default nothing */
  readonly report?: ((problems: readonly PlacedProblem[], env: unknown) => void) | undefined
  /** Called with the files each text was read from by `src=`. @default nothing */
  readonly depend?: ((files: readonly string[], env: unknown) => void) | undefined
  /**
   * What stands in the page: an inline SVG, or the Mermaid text in `<pre class="mermaid">` for a page that loads Mermaid.
   * @default 'svg'
   */
  readonly strategy?: 'svg' | 'mermaid' | undefined
  /** What they say of containers, networks and hosts is added to the pictures: classes, links, captions. */
  readonly transformers?: readonly FigureTransformer[] | undefined
  /** HTML of a picture, instead of what `strategy` says. */
  readonly draw?: ((request: DrawRequest, env: unknown) => Drawing | string) | undefined
}

/** Blocks of a text have errors, and `onProblem` is `throw`. The message lists them all. */
export class DockerNetworkError extends Error {
  override readonly name = 'DockerNetworkError'
  readonly code = 'DOCKER_NETWORK'
  readonly problems: readonly ProblemRecord[]

  constructor(problems: readonly PlacedProblem[]) {
    super(problems.map(formatProblem).join('\n\n'))
    this.problems = problems.map(problemRecord)
  }
}

/** What the rules in a markdown-it instance do, apart from the instance: a host may exchange it under way. */
export interface Rules {
  /** Reads all blocks of a text, when markdown-it has found its fences. */
  readonly read: (state: CoreState) => void
  /** Puts values in place of references, when markdown-it has found those, and tells all problems of the text. */
  readonly refer: (state: CoreState) => void
  /** HTML of a fence, or `null` when it is not ours. */
  readonly fence: (token: Token, env: unknown) => string | null
}

/**
 * Type of our fences once they are read. Hosts and plugins that come later, such as Slidev, put rules of their own for
 * every `fence`.
 */
const BLOCK_TOKEN = 'docker_network_block'

/** `md.use(dockerNetwork, options)` */
export default function dockerNetwork(md: MarkdownIt, options: DockerNetworkOptions = {}): void {
  const rules = createRules(options)
  installRules(md, () => rules)
}

/** Puts the rules into an instance; `current` is asked at each use. */
export function installRules(md: MarkdownIt, current: () => Rules): void {
  installReferences(md)
  md.core.ruler.after('block', 'docker_network', (state) => current().read(state))
  md.core.ruler.after('inline', 'docker_network_references', (state) => current().refer(state))
  const other: RenderRule =
    md.renderer.rules.fence ??
    ((tokens, index, options, _env, renderer) => renderer.renderToken(tokens, index, options))
  md.renderer.rules.fence = (tokens, index, options, env, renderer) => {
    const token = tokens[index]
    const ours = token === undefined ? null : current().fence(token, env)
    return ours ?? other(tokens, index, options, env, renderer)
  }
  md.renderer.rules[BLOCK_TOKEN] = (tokens, index, _options, env) => {
    const token = tokens[index]
    return token === undefined ? '' : (current().fence(token, env) ?? '')
  }
}

interface Shown {
  readonly block: Block
  readonly id: string
}

/** For a browser. */
const NO_FILES: ReadFile = () => ({ ok: false, why: 'missing' })

export function createRules(options: DockerNetworkOptions): Rules {
  const readFile = options.readFile ?? NO_FILES
  const fileOf = options.file ?? pathOf
  const shown = new WeakMap<Token, Shown>()

  const posts = new WeakMap<CoreState, { readonly post: Post; readonly markdown: MarkdownText }>()

  const read = (state: CoreState): void => {
    if (!state.src.includes(FENCE_NAME) && !state.src.includes(REFERENCE_BEGIN)) return
    const path = fileOf(state.env)
    const markdown = markdownText(state.src, originOf(path, readFile))
    const post = readPost(state.tokens, markdown, {
      language: options.language ?? pageLanguage(state.env) ?? 'en',
      theme: options.theme ?? 'auto',
      engine: options.engine,
      readFile,
      path,
      envFile: options.envFile,
    })
    posts.set(state, { post, markdown })
    const prefix = `dn-${shortHash(isWhole(state) ? (path ?? state.src) : `${path}\n${state.src}`)}`
    let number = 0
    for (const [token, block] of post.blocks) {
      number += 1
      shown.set(token, { block, id: block.id ?? `${prefix}-${number}` })
    }
  }

  const idOf = (token: Token): string | null => shown.get(token)?.id ?? null

  const refer = (state: CoreState): void => {
    const found = posts.get(state)
    if (found === undefined) return
    const { post, markdown } = found
    const problems = finishPost(state.tokens, post, markdown, options.lint ?? true, idOf)
    for (const token of post.blocks.keys()) token.type = BLOCK_TOKEN
    tell(problems, post.files, state.env)
  }

  const tell = (problems: readonly PlacedProblem[], files: readonly string[], env: unknown): void => {
    if (files.length > 0) options.depend?.(files, env)
    if (problems.length > 0) options.report?.(problems, env)
    const errors = problems.filter(({ problem }) => problem.severity === 'error')
    if (options.onProblem === 'throw' && errors.length > 0) throw new DockerNetworkError(errors)
  }

  const fence = (token: Token, env: unknown): string | null => {
    const found = shown.get(token)
    return found === undefined
      ? null
      : blockHtml(found, (asked) => {
          const request = { ...asked, scene: decorate(asked.scene, options.transformers) }
          return options.draw?.(request, env) ?? drawingBy(options.strategy, request)
        })
  }

  return { read, refer, fence }
}

const drawingBy = (strategy: DockerNetworkOptions['strategy'], { id, scene }: DrawRequest): Drawing =>
  strategy === 'mermaid' ? { kind: 'mermaid' } : { kind: 'svg', svg: pagePicture(scene, `${id}-svg`) }

const withBlank = (classes: string): string => (classes === '' ? '' : ` ${classes}`)

function blockHtml({ block, id }: Shown, draw: (request: DrawRequest) => Drawing | string): string {
  const words = wordsFor(block.language)
  const { show } = block
  switch (show.kind) {
    case 'figure':
      return oneFigure(show.compiled, id, block, draw)
    case 'steps': {
      const steps = show.steps.map(({ compiled, ...one }) => ({
        ...one,
        figure: oneFigure(compiled, `${id}-${one.step}`, block, draw),
      }))
      return stepsHtml(steps, id, words)
    }
    case 'print':
      return `${listingHtml(`docker-network-print${withBlank(block.classes)}`, show.language, show.text, block.id)}\n`
    case 'hidden':
      return ''
    case 'problems':
      return show.told === undefined ? problemHtml(show.problems, words) : toldHtml(show.told, words)
    default:
      return show satisfies never
  }
}

/**
 * Whether a text is all of its page. Eleventy renders pieces of a page as well (`renderTemplate`, `renderContent`), which
 * need ids of their own.
 */
function isWhole({ src, env }: CoreState): boolean {
  const written = field(field(env, 'page'), 'rawInput')
  return (
    typeof written !== 'string' ||
    written.replace(/\r\n?/g, '\n').trim() === src.replace(/\r\n?/g, '\n').trim()
  )
}

function oneFigure(
  { figure, scene, mermaid }: Drawn,
  id: string,
  { classes, language, theme }: Block,
  draw: (request: DrawRequest) => Drawing | string,
): string {
  const options = { id, classes, mermaid, words: wordsFor(language), theme }
  const drawing = draw({ id, mermaid, figure, scene, theme })
  const html = typeof drawing === 'string' ? drawing : drawingHtml(figure, drawing, options)
  return figureHtml(figure, html, options)
}

/** The file itself is read only when a problem has to be placed in it. */
function originOf(path: string | null, readFile: ReadFile): Origin {
  return {
    file: path === null ? 'markdown' : path.replace(/^\.\//, ''),
    text: (): string | null => {
      if (path === null) return null
      const file = readFile(path, null, 'post')
      return file.ok ? file.text : null
    },
  }
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined

function pathOf(env: unknown): string | null {
  const found = [field(field(env, 'page'), 'inputPath'), field(env, 'path'), field(env, 'filePath')]
  return found.find((path): path is string => typeof path === 'string' && path !== '') ?? null
}

function pageLanguage(env: unknown): string | null {
  const found = [
    field(env, 'lang'),
    field(field(env, 'page'), 'lang'),
    field(field(env, 'frontmatter'), 'lang'),
  ]
  return found.find((lang): lang is string => typeof lang === 'string' && lang !== '') ?? null
}
