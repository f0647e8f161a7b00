/**
 * From files to one model, as compose reads a project: variables, documents, `extends`, `include`, overrides. Pure: a
 * host gives the way to files.
 *
 * @see https://github.com/compose-spec/compose-go/blob/main/loader/loader.go
 */

import type { Located, Report } from '../problem/problem.ts'
import type { Source } from '../problem/report.ts'
import { say } from '../problem/say.ts'
import { findAliasExcess } from './alias-limit.ts'
import { readVariables } from './dotenv.ts'
import { mergeDocuments } from './include.ts'
import { createLoading, type Loading, type OpenedFile, type ReadProjectFile } from './loading.ts'
import { mergeValues, withoutTags } from './merge.ts'
import { fileFolder } from './paths.ts'
import { problemAt } from './problem-at.ts'
import { normalName, projectNameOf } from './project-name.ts'
import { createTexts, type Texts } from './texts.ts'
import { createReading, type Reading, type Table, type Value, type Variables } from './value.ts'

/** A text of the model: a file, or what was typed somewhere. */
export interface ModelText {
  readonly text: string
  readonly source: Source
  /** Where it lies, from the project's root; `null` for a text that is no file. */
  readonly file: string | null
}

export interface LoadOptions {
  /** `null`: nothing beside the texts is read. */
  readonly read: ReadProjectFile | null
  /** What problems call a file of the project. */
  readonly nameOf: (file: string) => string
  /** Where paths start when none of the texts is a file: from the project's root, with `/` at its end. */
  readonly folder: string
  /** Files of variables, later ones before earlier ones; `null`: `.env` beside the first file, where there is one. */
  readonly variables: readonly Omit<ModelText, 'file'>[] | null
  /** Whether `compose.override.yaml` beside a first file of compose's own names goes over it. */
  readonly overrides: boolean
  /** Goes before the files of variables: the environment of a process, where a host asks for it. */
  readonly environment: ReadonlyMap<string, string>
  /** Name of the project, before what the files say; `null` when nobody gave one. */
  readonly name: string | null
  /** Profiles that are active; `null`: what the variable COMPOSE_PROFILES says. */
  readonly profiles: readonly string[] | null
  /** Name of the folder that is the project's root, which compose calls a project without a name by; `''`: not known. */
  readonly rootName: string
}

/** A text that stands for itself. */
export const ALONE: LoadOptions = {
  read: null,
  nameOf: (file) => file,
  folder: '',
  variables: [],
  overrides: false,
  environment: new Map(),
  name: null,
  profiles: null,
  rootName: '',
}

/** A model before it is read for meaning. */
export interface Loaded {
  /** `null` when a text cannot be read, or holds nothing; `failed` tells which. */
  readonly root: Value | null
  /** Something could not be read, which has been reported. */
  readonly failed: boolean
  readonly reading: Reading
  readonly source: Source
  /** Name of the project; `null` when nothing gives one. */
  readonly name: Located<string> | null
  readonly profiles: readonly string[]
  /** Everything that was looked for beside the texts, also what is not there. From the project's root. */
  readonly files: readonly string[]
}

/** Several texts as one model; later ones go over earlier ones. At least one. */
export function loadModel(texts: readonly ModelText[], options: LoadOptions, report: Report): Loaded {
  const all = createTexts()
  const loading = createLoading(all, options.read, options.nameOf, report)
  const opened = texts.map((text) => ({ ...text, start: all.add(text.text, text.source) }))
  const main = opened.find(({ file }) => file !== null)
  const folder = main?.file == null ? options.folder : fileFolder(main.file)
  const project = projectVariables(all, loading, folder, options)
  const values = new Map(project.values)
  const typed = new Map<string, string>()
  const scopeOf = (file: string | null): Variables =>
    // What was typed over a file does not see its variables: their values are not for a guest of the project to show.
    file === null && main !== undefined ? { values: typed, file: null } : { values, file: project.file }
  const documents: { readonly root: Value; readonly variables: Variables }[] = []
  const enter = (file: OpenedFile, variables: Variables): void => {
    for (const root of loading.parse(file, variables)) documents.push({ root, variables })
  }
  for (const text of opened) {
    enter({ file: text.file ?? '', text: text.text, start: text.start }, scopeOf(text.file))
    const over = text === main && options.overrides ? overrideBeside(loading, main.file ?? '') : null
    if (over !== null) enter(over, scopeOf(over.file))
  }
  const name = projectNameOf(
    documents.map(({ root }) => root),
    options.name,
    project,
    report,
  )
  const known = name?.value ?? folderName(main === undefined ? '' : folder, options.rootName)
  for (const scope of known === '' ? [] : [values, typed]) scope.set('COMPOSE_PROJECT_NAME', known)
  const root = loading.failed ? null : rootOf(loading, documents, folder, main?.file ?? null)
  const excess = root?.kind === 'table' ? findAliasExcess(root, all.text.length) : null
  if (excess !== null) report(excess)
  return {
    root,
    failed: loading.failed || excess !== null,
    reading: createReading(all.text, report),
    source: all.source,
    name,
    profiles: options.profiles ?? listOf(project.values.get('COMPOSE_PROFILES')),
    files: [...loading.files],
  }
}

function projectVariables(
  texts: Texts,
  loading: Loading,
  folder: string,
  { environment, read, variables }: LoadOptions,
): Variables {
  const outer: Variables = { values: environment, file: null }
  if (variables === null) return read === null ? outer : loading.variables(folder, null, outer)
  const values = new Map<string, string>()
  for (const { text, source } of variables)
    readVariables(text, texts.add(text, source), environment, values, loading.report)
  return { values: new Map([...values, ...environment]), file: variables.at(-1)?.source.file ?? null }
}

function rootOf(
  loading: Loading,
  documents: readonly { readonly root: Value; readonly variables: Variables }[],
  folder: string,
  file: string | null,
): Value | null {
  const tables = documents.flatMap(({ root, variables }) =>
    root.kind === 'table' ? [{ root, variables }] : [],
  )
  const odd = documents.find(({ root }) => root.kind !== 'table')
  if (odd !== undefined) return odd.root
  const chain = file === null ? [] : [file]
  const root = mergeDocuments(loading, tables, { folder, chain })
  return loading.failed || root === null ? null : withOurKeys(root, loading.report)
}

/** What only this language knows may stand under one key, so that compose still takes the file. */
const OUR_KEYS = 'x-docker-network'

function withOurKeys(root: Table, report: Report): Value | null {
  const ours = root.entries.get(OUR_KEYS)
  if (ours === undefined || ours.value === null) return root
  if (ours.value.kind !== 'table') {
    const hint = say`Write "${OUR_KEYS}: { swarm: true }", or other keys of a docker-network block.`
    report(problemAt('WRONG_TYPE', ours.keySpan, say`"${OUR_KEYS}" must be a map`, hint))
    return root
  }
  const entries = new Map(root.entries)
  entries.delete(OUR_KEYS)
  return withoutTags(mergeValues({ ...root, entries }, ours.value, [], report))
}

/** compose's own names for a file, and for the one beside it. @see compose-go `cli/options.go: DefaultFileNames` */
export const MODEL_NAMES = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml']
const OVERRIDE_NAMES = [
  'compose.override.yml',
  'compose.override.yaml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
]

function overrideBeside(loading: Loading, file: string): OpenedFile | null {
  const folder = fileFolder(file)
  if (!MODEL_NAMES.includes(file.slice(folder.length))) return null
  for (const name of OVERRIDE_NAMES) {
    const opened = loading.openIfThere(name, folder)
    if (opened !== null) return opened
  }
  return null
}

function folderName(folder: string, rootName: string): string {
  const last = folder
    .split('/')
    .filter((part) => part !== '')
    .at(-1)
  return normalName(last ?? rootName)
}

const listOf = (text: string | undefined): readonly string[] =>
  (text ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
