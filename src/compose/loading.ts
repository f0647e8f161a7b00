/** What the parts of one loading share: the way to files, and the texts that have been read. */

import type { Problem, Report } from '../problem/problem.ts'
import { fileSource } from '../problem/report.ts'
import { say } from '../problem/say.ts'
import { readVariables } from './dotenv.ts'
import { MAX_BLOCK_LENGTH, MAX_FILES } from './limits.ts'
import { parseDocuments } from './parse.ts'
import { isRemote } from './paths.ts'
import { problemAt } from './problem-at.ts'
import type { Texts } from './texts.ts'
import type { Value, Variables } from './value.ts'

/** Why there is no text, as a host says it. */
export type NoFile = 'missing' | 'outside' | 'not-allowed' | 'not-a-file' | 'not-readable' | 'too-large'

export type ProjectFile =
  /** `file` counts from the project's root, with `/`. */
  | { readonly ok: true; readonly file: string; readonly text: string }
  /** With `file` where it may be read: the model is read again when there is such a file. */
  | { readonly ok: false; readonly why: NoFile; readonly file?: string | undefined }

/** Gives the text of `path`, as written in the file `from`, which counts from the project's root. */
export type ReadProjectFile = (
  path: string,
  from: string | null,
  purpose: 'model' | 'variables',
) => ProjectFile

export interface OpenedFile {
  readonly file: string
  readonly text: string
  /** Where it begins among all texts. */
  readonly start: number
}

export interface NamedFile {
  readonly path: string
  /** Folder that the path starts in. */
  readonly folder: string
  /** Where it is named; `null` when no text names it. */
  readonly at: Value | null
}

export interface Loading {
  readonly report: Report
  /** Everything that was looked for, also what is not there. */
  readonly files: ReadonlySet<string>
  /** Whether something could not be read, which has been reported. */
  readonly failed: boolean
  /** Reads a file that `at` names; `null` when it cannot be read. */
  open(path: string, folder: string, at: Value): OpenedFile | null
  /** Reads a file that nobody named, if it is there. */
  openIfThere(path: string, folder: string): OpenedFile | null
  /** Variables of the files named, or of `.env` in a folder if it is there; `parent` goes before them. */
  variables(folder: string, named: readonly NamedFile[] | null, parent: Variables): Variables
  parse(opened: OpenedFile, variables: Variables): readonly Value[]
}

/** @param nameOf What problems call a file of the project. */
export function createLoading(
  texts: Texts,
  reader: ReadProjectFile | null,
  nameOf: (file: string) => string,
  report: Report,
): Loading {
  const files = new Set<string>()
  let failed = false
  let letters = 0
  const read = (path: string, folder: string, purpose: 'model' | 'variables'): ProjectFile => {
    if (reader === null) return { ok: false, why: 'not-readable' }
    if (files.size >= MAX_FILES) return { ok: false, why: 'too-large' }
    const found = reader(path, `${folder}-`, purpose)
    if (found.file === undefined || files.has(found.file)) return found
    files.add(found.file)
    if (found.ok) letters += found.text.length
    return letters > MAX_BLOCK_LENGTH ? { ok: false, why: 'too-large' } : found
  }
  const fail = (problem: Problem): null => {
    failed = true
    report(problem)
    return null
  }
  const enter = ({ file, text }: { readonly file: string; readonly text: string }): OpenedFile => {
    const plain = text.replace(/^\ufeff/, '')
    return { file, text: plain, start: texts.add(plain, fileSource(nameOf(file), plain)) }
  }
  return {
    report,
    files,
    get failed() {
      return failed
    },
    open(path, folder, at) {
      if (isRemote(path) || reader === null) return fail(notFollowed(path, at, reader === null))
      const found = read(path, folder, 'model')
      return found.ok ? enter(found) : fail(fileProblem(path, found.why, at))
    },
    openIfThere(path, folder) {
      const found = read(path, folder, 'model')
      return found.ok ? enter(found) : null
    },
    variables(folder, named, parent) {
      const values = new Map<string, string>()
      let file: string | null = null
      for (const { path, folder: base, at } of named ?? [{ path: '.env', folder, at: null }]) {
        const found = read(path, base, 'variables')
        if (found.ok) {
          const { start, text } = enter(found)
          file = nameOf(found.file)
          readVariables(text, start, parent.values, values, report)
        } else if (named !== null) fail(fileProblem(path, found.why, at))
        else if (found.why === 'missing') file = found.file === undefined ? null : nameOf(found.file)
      }
      return { values: new Map([...values, ...parent.values]), file: file ?? parent.file }
    },
    parse({ text, start }, variables) {
      const documents = parseDocuments(text, start, variables, report)
      failed ||= documents === null
      return documents ?? []
    },
  }
}

function notFollowed(path: string, at: Value, alone: boolean): Problem {
  const why = alone ? say`no files are read here` : say`nothing is fetched from other machines`
  const hint = say`Paste what "docker compose config" prints, without its "environment:", which has the passwords of .env in clear.`
  return problemAt('NOT_MERGED', at.span, say`${path} is not followed: ${why}`, hint)
}

const NOWHERE = { start: 0, end: 0 }

function fileProblem(path: string, why: NoFile, at: Value | null): Problem {
  const span = at?.span ?? NOWHERE
  switch (why) {
    case 'missing':
      return problemAt(
        'SRC_NOT_FOUND',
        span,
        say`${path} is not there`,
        say`Paths start at the folder of the file that names them.`,
      )
    case 'outside':
      return problemAt(
        'SRC_OUTSIDE_PROJECT',
        span,
        say`${path} is outside of the project`,
        say`Copy the file into the project.`,
      )
    case 'not-allowed': {
      const message = say`${path} is not read: models are .yaml, .yml and .json files, variables .env files, in no folder that begins with a dot`
      return problemAt('SRC_NOT_ALLOWED', span, message, say`Give the file such a name.`)
    }
    case 'not-readable':
      return problemAt(
        'SRC_NOT_READABLE',
        span,
        say`${path} cannot be read`,
        say`Give the build the right to read it.`,
      )
    case 'not-a-file':
      return problemAt('SRC_NOT_A_FILE', span, say`${path} is not a file`, say`Name a YAML file.`)
    case 'too-large': {
      const message = say`${path} is too large, or one of more than ${MAX_FILES} files`
      return problemAt(
        'SRC_TOO_LARGE',
        span,
        message,
        say`Keep the networks and services in a file of their own.`,
      )
    }
    default:
      return why satisfies never
  }
}
