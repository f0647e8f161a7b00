/** A docker-network fence as far as it can be read alone: its info string, and the model in its body or in a file. */

import { ALONE, type LoadOptions } from '../compose/load.ts'
import { fileFolder } from '../compose/paths.ts'
import type { NoFile, ReadFile } from '../files/file-text.ts'
import type { Located, Problem } from '../problem/problem.ts'
import { fileSource, type PlacedProblem, type Source } from '../problem/report.ts'
import { say } from '../problem/say.ts'
import type { EngineVersion } from '../version.ts'
import type { Token } from './host.ts'
import { type FenceInfo, readInfo } from './info.ts'
import { error, infoProblems } from './info-problems.ts'
import { createModel, type Model } from './model.ts'
import { bodySource, infoSource, type MarkdownText } from './place.ts'

export interface ReadOptions {
  readonly engine: EngineVersion | undefined
  readonly readFile: ReadFile
  /** Path of the post, from which `src=` paths start; `null` when it is not a file. */
  readonly path: string | null
  /** Whether `.env` beside a file of `src=` gives it its variables, as compose does. @default true */
  readonly envFile?: boolean | undefined
}

/** A fence on its way: its own model is known, those of the others perhaps not yet. */
export interface Draft {
  readonly token: Token
  readonly info: FenceInfo
  readonly infoSource: Source
  readonly bodySource: Source
  /** `null` for one that uses another's, and where the file cannot be read. */
  readonly own: Model | null
  /** What it was read from, and what was looked for, from the project's root; also what is not there. */
  readonly files: readonly string[]
  /** Everything but the own model's. */
  readonly problems: PlacedProblem[]
}

export function readFence(token: Token, markdown: MarkdownText, options: ReadOptions): Draft {
  const map = token.map ?? [0, 0]
  const info = readInfo(token.info)
  const ofInfo = infoSource(markdown, map, token.info)
  const draft: Draft = {
    token,
    info,
    infoSource: ofInfo,
    bodySource: bodySource(markdown, map, token.content),
    own: null,
    files: [],
    problems: [...placed(infoProblems(info), ofInfo)],
  }
  if (info.values.has('use')) return draft
  const name = info.values.get('model')?.value ?? ''
  const src = info.values.get('src')
  const isEmpty = token.content.trim() === ''
  // An empty body has no place of its own.
  const body = { text: token.content, source: isEmpty ? ofInfo : draft.bodySource }
  if (src === undefined) {
    const folder = fileFolder((options.path ?? '').replaceAll('\\', '/'))
    const load = { ...ALONE, read: options.readFile, folder }
    const own = createModel(name, [{ ...body, file: null }], load, options.engine)
    return { ...draft, own, files: own.files }
  }
  const found = options.readFile(src.value, options.path)
  if (!found.ok) {
    tell(draft, fileProblem(src, found.why))
    return { ...draft, files: found.file === undefined ? [] : [found.file] }
  }
  const { file, text } = found
  const main = { text, source: fileSource(file, text), file }
  const load: LoadOptions = {
    ...ALONE,
    read: options.readFile,
    variables: options.envFile === false ? [] : null,
    overrides: true,
  }
  const texts = isEmpty ? [main] : [main, { ...body, file: null }]
  const own = createModel(name, texts, load, options.engine)
  return { ...draft, files: [file, ...own.files], own }
}

/** Adds a problem of the info string. */
export function tell(draft: Draft, problem: Problem): PlacedProblem {
  const told = { problem, source: draft.infoSource }
  draft.problems.push(told)
  return told
}

export const placed = (problems: readonly Problem[], source: Source): readonly PlacedProblem[] =>
  problems.map((problem) => ({ problem, source }))

function fileProblem(src: Located<string>, why: NoFile): Problem {
  switch (why) {
    case 'missing':
      return error(
        'SRC_NOT_FOUND',
        say`${src.value} is not there`,
        say`Paths start at the folder of the post.`,
        src.span,
      )
    case 'outside':
      return error(
        'SRC_OUTSIDE_PROJECT',
        say`${src.value} is outside of the project`,
        say`Copy the file into the project.`,
        src.span,
      )
    case 'not-allowed':
      return error(
        'SRC_NOT_ALLOWED',
        say`${src.value} is not read: src= takes .yaml, .yml and .json files, none under a name that begins with a dot`,
        say`Put the model in a YAML file of the project.`,
        src.span,
      )
    case 'not-readable':
      return error(
        'SRC_NOT_READABLE',
        say`${src.value} cannot be read`,
        say`Give the build the right to read it.`,
        src.span,
      )
    case 'not-a-file':
      return error(
        'SRC_NOT_A_FILE',
        say`${src.value} is not a file`,
        say`Name a compose file or a topology file.`,
        src.span,
      )
    case 'too-large':
      return error(
        'SRC_TOO_LARGE',
        say`${src.value} is larger than 1 MiB`,
        say`Keep the networks and services in a file of their own.`,
        src.span,
      )
    default:
      return why satisfies never
  }
}
