/** What an author wrote, as tools outside of a page want it: a topology as it is, or every fence of a Markdown text. */
import { basename, dirname, extname, relative, resolve, sep } from 'node:path'
import MarkdownIt from 'markdown-it'
import type { DrawOptions } from '../compile.ts'
import { drawPlanned, isError } from '../compile.ts'
import type { LoadOptions } from '../compose/load.ts'
import { createFileReader, type ReadFile } from '../files/project-files.ts'
import type { Token } from '../markdown-it/host.ts'
import { createModel } from '../markdown-it/model.ts'
import { bodySource, infoSource, type MarkdownText, markdownText } from '../markdown-it/place.ts'
import { type Block, readPost, type Show } from '../markdown-it/post.ts'
import { finishPost, installReferences } from '../markdown-it/references.ts'
import { type PlaceValue, rewriteMarkdown } from '../markdown-it/rewrite.ts'
import { fileSource, type PlacedProblem, type Source } from '../problem/report.ts'
import type { EngineVersion } from '../version.ts'

export interface InputOptions extends DrawOptions {
  readonly engine?: EngineVersion | undefined
  readonly step?: number | undefined
  /** Marks what has changed since this step, in blocks that say none of their own. */
  readonly since?: number | undefined
  /** Reads `src=` files, and those that a topology names. @default files of the project, as they lie on the disk */
  readonly readFile?: ReadFile | undefined
  /** How compose would be asked to read a topology. */
  readonly project?: ProjectOptions | undefined
}

export interface ProjectOptions {
  /** Further files, which go over the first. */
  readonly over: readonly { readonly name: string; readonly path: string | null; readonly text: string }[]
  /** As compose's `--env-file`; `.env` beside the file unless given. */
  readonly variables: LoadOptions['variables']
  /** Variables that go before those of files. */
  readonly environment: ReadonlyMap<string, string>
  /** As compose's `-p`. */
  readonly name: string | null
  /** As compose's `--profile`; COMPOSE_PROFILES unless given. */
  readonly profiles: readonly string[] | null
  /** Whether `compose.override.yaml` beside the file goes over it. */
  readonly overrides: boolean
}

const AS_COMPOSE: ProjectOptions = {
  over: [],
  variables: null,
  environment: new Map(),
  name: null,
  profiles: null,
  overrides: true,
}

export interface Input {
  /** A Markdown text gives a list of results, a topology gives one. */
  readonly isMarkdown: boolean
  readonly blocks: readonly InputBlock[]
  readonly problems: readonly PlacedProblem[]
  /** Other files it was read from, also those that could not be read, as paths from the project's folder. */
  readonly files: readonly string[]
  /** The folder those paths begin at. */
  readonly root: string
  /** The text again, with something else in place of each block; a topology is itself. */
  rewrite(write: (block: Block, number: number) => string, placed?: PlaceValue): string
}

export interface InputBlock extends Block {
  readonly written: Written
}

/** What of the text a block is. */
export interface Written {
  /** Words after the three backticks, and where they stand; `null` for a topology. */
  readonly info: { readonly text: string; readonly source: Source } | null
  readonly body: { readonly text: string; readonly source: Source }
  /** Lines of the Markdown from the opening fence to the closing one, the latter exclusive; 0-based, front matter not counted. */
  readonly lines: readonly [number, number]
}

/**
 * What stands in `text`, whatever it is called: Markdown by the ending of `name` (or, for a text without one, when it
 * has a docker-network fence), else a topology.
 *
 * @param name As problems name it.
 * @param path Where it lies, for `src=` and what may be read beside it; `null` for a text that is no file.
 */
export function readInputText(name: string, path: string | null, text: string, options: InputOptions): Input {
  const whole = text.replace(/^\ufeff/, '')
  const isMarkdown =
    path === null ? /^[ \t>*+-]*(?:```+|~~~+)\s*docker-network\b/m.test(whole) : MARKDOWN.test(extname(path))
  return isMarkdown ? readMarkdown(name, path, whole, options) : readYaml(name, path, whole, options)
}

function readYaml(name: string, path: string | null, text: string, options: InputOptions): Input {
  const { over, ...project } = options.project ?? AS_COMPOSE
  const root = projectOf(path)
  const files = [{ name, path, text }, ...over]
  const texts = files.map((file) => ({
    text: file.text,
    source: fileSource(file.name, file.text),
    file: file.path === null ? null : relative(root, resolve(file.path)).split(sep).join('/'),
  }))
  const load: LoadOptions = {
    ...project,
    read: options.readFile ?? createFileReader(root),
    // As the file itself was named, however that was.
    nameOf: (file) => {
      const main = texts[0]?.file ?? ''
      return main !== '' && name.endsWith(main) ? `${name.slice(0, -main.length)}${file}` : file
    },
    folder: '',
    rootName: basename(root),
  }
  const model = createModel('', texts, load, options.engine)
  const planned = model.plan(options.step ?? null)
  const before = options.since === undefined ? null : model.plan(options.since).plan
  const compiled = drawPlanned(planned, { ...options, before })
  const problems = compiled.problems.map((problem) => ({ problem, source: model.source }))
  const show: Show = compiled.ok
    ? { kind: 'figure', compiled }
    : { kind: 'problems', problems: problems.filter(({ problem }) => isError(problem)) }
  return {
    isMarkdown: false,
    blocks: [
      {
        model,
        planned,
        show,
        language: options.language ?? 'en',
        theme: 'auto',
        id: null,
        classes: '',
        written: { info: null, body: { text, source: texts[0]?.source ?? model.source }, lines: [0, 0] },
      },
    ],
    problems,
    files: model.files,
    root,
    rewrite: () => text,
  }
}

/** Endings of files that are Markdown, or Markdown with something more. */
export const MARKDOWN = /^\.(?:md|markdown|mdown|mkd|mdx|qmd|rmd)$/i

const FRONT_MATTER = /^---[ \t]*\r?\n(?:[\s\S]*?\r?\n)?---[ \t]*(?:\r?\n|$)/

function readMarkdown(name: string, path: string | null, text: string, options: InputOptions): Input {
  const front = FRONT_MATTER.exec(text)?.[0] ?? ''
  const body = text.slice(front.length).replace(/\r\n?/g, '\n')
  const language = options.language ?? /^lang:\s*["']?([\w-]+)/m.exec(front)?.[1] ?? 'en'
  const md = new MarkdownIt({ html: true }).disable('code')
  installReferences(md)
  const tokens = md.parse(body, {})
  const markdown = markdownText(body, { file: name, text: () => text })
  const root = projectOf(path)
  const post = readPost(tokens, markdown, {
    language,
    theme: 'auto',
    engine: options.engine,
    readFile: options.readFile ?? createFileReader(root),
    path,
    figure: options.figure,
    step: options.step,
    since: options.since,
  })
  const problems = finishPost(tokens, post, markdown, true)
  return {
    isMarkdown: true,
    blocks: [...post.blocks].map(([token, block]) => ({ ...block, written: writtenIn(markdown, token) })),
    problems,
    files: post.files,
    root,
    rewrite(write, placed) {
      const rewritten = front + rewriteMarkdown(tokens, post, markdown, write, placed)
      return text.includes('\r\n') ? rewritten.replace(/\r?\n/g, '\r\n') : rewritten
    },
  }
}

function writtenIn(markdown: MarkdownText, token: Token): Written {
  const lines = token.map ?? [0, 0]
  return {
    info: { text: token.info, source: infoSource(markdown, lines, token.info) },
    body: { text: token.content, source: bodySource(markdown, lines, token.content) },
    lines,
  }
}

/** Folder that `src=` may not leave: the current one, or that of a file which lies elsewhere. */
export function projectOf(path: string | null): string {
  if (path === null) return process.cwd()
  const folder = dirname(resolve(path))
  return !relative(process.cwd(), folder).startsWith('..') ? process.cwd() : folder
}
