/** What an author wrote, as tools outside of a page want it: a topology as it is, or every fence of a Markdown text. */
import { dirname, extname, relative, resolve } from 'node:path'
import MarkdownIt from 'markdown-it'
import type { DrawOptions, Planned } from '../compile.ts'
import { drawPlanned, isError } from '../compile.ts'
import { createFileReader } from '../files/project-files.ts'
import type { Theme } from '../html/figure-html.ts'
import { createModel, type Model } from '../markdown-it/model.ts'
import { markdownText } from '../markdown-it/place.ts'
import { readPost, type Show } from '../markdown-it/post.ts'
import { finishPost, installReferences } from '../markdown-it/references.ts'
import { rewriteMarkdown } from '../markdown-it/rewrite.ts'
import { fileSource, type PlacedProblem } from '../problem/report.ts'
import type { EngineVersion } from '../version.ts'

export interface InputOptions extends DrawOptions {
  readonly engine?: EngineVersion | undefined
  readonly step?: number | undefined
}

export interface Input {
  /** A Markdown text gives a list of results, a topology gives one. */
  readonly isMarkdown: boolean
  readonly blocks: readonly InputBlock[]
  readonly problems: readonly PlacedProblem[]
  /** The text again, with something else in place of each block; a topology is itself. */
  rewrite(write: (block: InputBlock, number: number) => string): string
}

export interface InputBlock {
  readonly model: Model | null
  readonly planned: Planned | null
  readonly show: Show
  readonly language: string
  readonly theme: Theme
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
    path === null
      ? /^[ \t>*+-]*(?:```+|~~~+)\s*docker-network\b/m.test(whole)
      : /^\.(?:md|markdown)$/i.test(extname(path))
  return isMarkdown ? readMarkdown(name, path, whole, options) : readYaml(name, whole, options)
}

function readYaml(name: string, text: string, options: InputOptions): Input {
  const source = fileSource(name, text)
  const model = createModel('', text, source, options.engine)
  const planned = model.plan(options.step ?? null)
  const compiled = drawPlanned(planned, options)
  const problems = compiled.problems.map((problem) => ({ problem, source }))
  const show: Show = compiled.ok
    ? { kind: 'figure', compiled }
    : { kind: 'problems', problems: problems.filter(({ problem }) => isError(problem)) }
  return {
    isMarkdown: false,
    blocks: [{ model, planned, show, language: options.language ?? 'en', theme: 'auto' }],
    problems,
    rewrite: () => text,
  }
}

const FRONT_MATTER = /^---[ \t]*\r?\n(?:[\s\S]*?\r?\n)?---[ \t]*(?:\r?\n|$)/

function readMarkdown(name: string, path: string | null, text: string, options: InputOptions): Input {
  const front = FRONT_MATTER.exec(text)?.[0] ?? ''
  const body = text.slice(front.length).replace(/\r\n?/g, '\n')
  const language = options.language ?? /^lang:\s*["']?([\w-]+)/m.exec(front)?.[1] ?? 'en'
  const md = new MarkdownIt({ html: true }).disable('code')
  installReferences(md)
  const tokens = md.parse(body, {})
  const markdown = markdownText(body, { file: name, text: () => text })
  const post = readPost(tokens, markdown, {
    language,
    theme: 'auto',
    engine: options.engine,
    readFile: createFileReader(projectOf(path)),
    path,
    figure: options.figure,
    step: options.step,
  })
  const problems = finishPost(tokens, post, markdown, true)
  return {
    isMarkdown: true,
    blocks: [...post.blocks.values()],
    problems,
    rewrite(write) {
      const rewritten = front + rewriteMarkdown(tokens, post, markdown, write)
      return text.includes('\r\n') ? rewritten.replace(/\r?\n/g, '\r\n') : rewritten
    },
  }
}

/** Folder that `src=` may not leave: the current one, or that of a file which lies elsewhere. */
function projectOf(path: string | null): string {
  if (path === null) return process.cwd()
  const folder = dirname(resolve(path))
  return !relative(process.cwd(), folder).startsWith('..') ? process.cwd() : folder
}
