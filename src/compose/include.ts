/**
 * `include`: the services and networks of another project, read with its own folder and variables, then those of the
 * file that includes it over them.
 *
 * @see https://github.com/compose-spec/compose-go/blob/main/loader/include.go
 */
import { say } from '../problem/say.ts'
import { applyExtends } from './extends.ts'
import type { Loading, NamedFile } from './loading.ts'
import { mergeValues, withoutTags } from './merge.ts'
import { fileFolder, folderBelow } from './paths.ts'
import { problemAt } from './problem-at.ts'
import { type Entry, plainText, type Table, tableOf, type Value, type Variables } from './value.ts'

/** A document and the variables it was parsed with. */
export interface Document {
  readonly root: Table
  readonly variables: Variables
}

/** Where documents are, for what they name. */
export interface Level {
  /** The project's folder. */
  readonly folder: string
  /** Files that include each other on the way here. */
  readonly chain: readonly string[]
}

/** Documents in order, each over those before it. */
export function mergeDocuments(loading: Loading, documents: readonly Document[], level: Level): Table | null {
  let whole: Value | null = null
  for (const { root, variables } of documents) {
    const included = applyInclude(loading, root, variables, level)
    const document = applyExtends(loading, included, variables, level.folder)
    whole = withoutTags(mergeValues(whole, document, [], loading.report))
  }
  return tableOf(whole)
}

/** Sections that a file brings into the one that includes it. */
const SECTIONS = ['services', 'networks', 'volumes', 'configs', 'secrets', 'models', 'x-docker-network']
const PASSED_OVER = ['name', 'version', 'include']

function applyInclude(loading: Loading, document: Table, variables: Variables, level: Level): Table {
  const include = document.entries.get('include')
  if (include === undefined) return document
  const entries = new Map(document.entries)
  entries.delete('include')
  if (include.value === null) return { ...document, entries }
  if (include.value.kind !== 'list') {
    const hint = say`Write a list: include: [other.yaml].`
    loading.report(problemAt('WRONG_TYPE', include.value.span, say`"include" must be a list`, hint))
    return { ...document, entries }
  }
  for (const item of include.value.items) {
    const imported = item === null ? null : readIncluded(loading, item, variables, level)
    for (const [key, entry] of imported?.entries ?? []) {
      if (SECTIONS.includes(key)) entries.set(key, under(loading, entry, entries.get(key)))
      else if (!key.startsWith('x-') && !PASSED_OVER.includes(key)) {
        const message = say`"${key}" has no place in an included file`
        const hint = say`Write it in the file that includes this one.`
        loading.report(problemAt('UNKNOWN_KEY', entry.keySpan, message, hint))
      }
    }
  }
  return { ...document, entries }
}

/** What is imported, and the including file's own over it, entry by entry. */
function under(loading: Loading, imported: Entry, own: Entry | undefined): Entry {
  if (own === undefined) return imported
  return { ...own, value: mergeValues(imported.value, own.value, [own.key], loading.report) }
}

function readIncluded(loading: Loading, item: Value, variables: Variables, level: Level): Table | null {
  const fields = tableOf(item)?.entries
  const paths = item.kind === 'text' ? [item] : textsOf(fields?.get('path')?.value ?? null)
  const [first] = paths
  if (first === undefined) {
    const hint = say`Write "- other.yaml", or "- path: other.yaml".`
    loading.report(problemAt('MISSING_KEY', item.span, say`An item of "include" names no file`, hint))
    return null
  }
  const opened = paths.map((path) => loading.open(plainText(path) ?? '', level.folder, path))
  const files = opened.filter((file) => file !== null)
  const main = files[0]
  if (main === undefined || files.length < opened.length) return null
  if (level.chain.includes(main.file)) {
    const message = say`files include each other in a ring: ${[...level.chain, main.file].join(', ')}`
    loading.report(problemAt('INCLUDE_CYCLE', item.span, message, say`Delete one of these "include:".`))
    return null
  }
  const directory = plainText(fields?.get('project_directory')?.value)
  const folder =
    directory === null || directory === '' ? fileFolder(main.file) : folderBelow(level.folder, directory)
  const inner = loading.variables(folder, variableFiles(fields, level.folder), variables)
  const documents = files
    .flatMap((file) => loading.parse(file, inner))
    .map((root) => ({ root: tableOf(root), variables: inner }))
    .flatMap(({ root, ...rest }) => (root === null ? [] : [{ root, ...rest }]))
  return mergeDocuments(loading, documents, { folder, chain: [...level.chain, main.file] })
}

/** `null`: none is named, so `.env` of its folder. */
function variableFiles(fields: Table['entries'] | undefined, folder: string): readonly NamedFile[] | null {
  const named = textsOf(fields?.get('env_file')?.value ?? null)
  if (named.length === 0) return null
  return named
    .map((at) => ({ path: plainText(at) ?? '', folder, at }))
    .filter(({ path }) => path !== '/dev/null')
}

function textsOf(value: Value | null): readonly Value[] {
  if (value?.kind === 'list') return value.items.filter((item) => item?.kind === 'text')
  return value?.kind === 'text' ? [value] : []
}
