/** A docker-network fence as far as it can be read alone: its info string, and the model in its body or in a file. */
import type { NoFile, ReadFile } from '../files/project-files.ts'
import type { Located, Problem } from '../problem/problem.ts'
import { fileSource, type PlacedProblem, type Source } from '../problem/report.ts'
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
}

/** A fence on its way: its own model is known, those of the others perhaps not yet. */
export interface Draft {
  readonly token: Token
  readonly info: FenceInfo
  readonly infoSource: Source
  readonly bodySource: Source
  /** `null` for one that uses another's, and where the file cannot be read. */
  readonly own: Model | null
  /** What `src=` names, from the project's root, also when it cannot be read. */
  readonly file: string | null
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
    file: null,
    problems: [...placed(infoProblems(info), ofInfo)],
  }
  if (info.values.has('use')) return draft
  const name = info.values.get('model')?.value ?? ''
  const src = info.values.get('src')
  if (src === undefined) {
    // An empty body has no place of its own.
    const source = token.content.trim() === '' ? ofInfo : draft.bodySource
    return { ...draft, own: createModel(name, token.content, source, options.engine) }
  }
  const found = options.readFile(src.value, options.path)
  if (!found.ok) {
    tell(draft, fileProblem(src, found.why))
    return { ...draft, file: found.file ?? null }
  }
  if (token.content.trim() !== '') {
    const message = `the block has a body and src=${src.value}`
    tell(draft, error('FENCE_BODY_AND_SRC', message, 'Empty the body, or take src= out.', src.span))
  }
  const { file, text } = found
  return { ...draft, file, own: createModel(name, text, fileSource(file, text), options.engine) }
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
        `${src.value} is not there`,
        'Paths start at the folder of the post.',
        src.span,
      )
    case 'outside':
      return error(
        'SRC_OUTSIDE_PROJECT',
        `${src.value} is outside of the project`,
        'Copy the file into the project.',
        src.span,
      )
    case 'not-allowed':
      return error(
        'SRC_NOT_ALLOWED',
        `${src.value} is not read: src= takes .yaml, .yml and .json files, none under a name that begins with a dot`,
        'Put the model in a YAML file of the project.',
        src.span,
      )
    case 'not-readable':
      return error(
        'SRC_NOT_READABLE',
        `${src.value} cannot be read`,
        'Give the build the right to read it.',
        src.span,
      )
    case 'not-a-file':
      return error(
        'SRC_NOT_A_FILE',
        `${src.value} is not a file`,
        'Name a compose file or a topology file.',
        src.span,
      )
    case 'too-large':
      return error(
        'SRC_TOO_LARGE',
        `${src.value} is larger than 1 MiB`,
        'Keep the networks and services in a file of their own.',
        src.span,
      )
    default:
      return why satisfies never
  }
}
