/** Hover, definitions and renaming. */
import { dirname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Hover, Location, TextEdit } from 'vscode-languageserver/node'
import type { InputBlock } from '../input/input.ts'
import { readInfo } from '../markdown-it/info.ts'
import { lookUp, type Reference } from '../reference/index.ts'
import { type Analysis, blockOfModel, cursorAt, type Place, type PlaceRange, rangeIn } from './document.ts'
import { networkFacts, serviceFacts } from './facts.ts'
import { isModelName, modelNames, referenceAt } from './references.ts'
import { docAt } from './schema.ts'
import { keysUnder, type YamlPlace, yamlPlace } from './yaml-place.ts'

export function hoverAt(analysis: Analysis, place: Place): Hover | null {
  const cursor = cursorAt(analysis, place)
  if (cursor.in === 'prose') {
    const reference = referenceAt(analysis, cursor.offset)
    return reference === null ? null : markdown(referenceText(analysis, reference))
  }
  if (cursor.in === 'info') {
    const { values } = readInfo(cursor.block.written.info?.text ?? '')
    const used = values.get('use')
    const block = used === undefined ? cursor.block : blockOfModel(analysis, used.value)
    return block === null ? null : markdown(networksText(block))
  }
  const at = yamlPlace(cursor.block.written.body.text, cursor.offset)
  return markdown(subjectText(cursor.block, at) ?? docAt([...at.path, at.word.text]))
}

function markdown(value: string | null): Hover | null {
  return value === null || value === '' ? null : { contents: { kind: 'markdown', value } }
}

function referenceText(analysis: Analysis, { model, step, path }: Reference): string | null {
  const blocks = analysis.input.blocks.filter(
    (block) => block.model !== null && (model === null || block.model.name === model),
  )
  for (const block of blocks) {
    const plan = block.model?.plan(step).plan ?? null
    const value = plan === null ? null : lookUp(plan, path)
    if (value?.ok === true) return `\`${value.text}\``
  }
  return null
}

function networksText({ planned }: InputBlock): string | null {
  const plan = planned?.plan ?? null
  if (plan === null) return null
  const joined = [...plan.networks.values()].filter(({ endpoints }) => endpoints.size > 0)
  return joined.flatMap(({ key }) => networkFacts(plan, key) ?? []).join('\n\n')
}

/** What the plan says of the name under the cursor, if that is the name of something. */
function subjectText({ planned }: InputBlock, { path, word }: YamlPlace): string | null {
  const plan = planned?.plan ?? null
  if (plan === null) return null
  switch (kindOf(path)) {
    case 'service':
      return serviceFacts(plan, word.text)
    case 'network':
      return networkFacts(plan, word.text)
    case null:
      return null
  }
}

/** What a name at a path names. */
function kindOf(path: readonly string[]): 'service' | 'network' | null {
  const [top, , key] = path
  if (path.length === 1 && top === 'services') return 'service'
  if (path.length === 1 && top === 'networks') return 'network'
  if (top !== 'services' || path.length > 4) return null
  if (key === 'networks') return path.length === 3 || path[3] === '-' ? 'network' : null
  return key === 'depends_on' || key === 'links' ? 'service' : null
}

export function definitionAt(analysis: Analysis, place: Place): Location | null {
  const cursor = cursorAt(analysis, place)
  if (cursor.in === 'prose') {
    const reference = referenceAt(analysis, cursor.offset)
    return reference === null ? null : referenceTarget(analysis, reference)
  }
  if (cursor.in === 'info') return infoTarget(analysis, cursor.block, cursor.offset)
  const { text, source } = cursor.block.written.body
  const at = yamlPlace(text, cursor.offset)
  const kind = kindOf(at.path)
  return kind === null ? null : namedIn(analysis, { text, source }, kind, at.word.text)
}

function infoTarget(analysis: Analysis, block: InputBlock, offset: number): Location | null {
  const { values } = readInfo(block.written.info?.text ?? '')
  const src = values.get('src')
  if (src !== undefined && src.span.start <= offset && offset <= src.span.end) {
    const uri = pathToFileURL(resolve(dirname(analysis.path), src.value)).href
    return { uri, range: NOWHERE }
  }
  const used = values.get('use')
  return used === undefined ? null : modelTarget(analysis, used.value)
}

const NOWHERE: PlaceRange = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }

function modelTarget(analysis: Analysis, name: string): Location | null {
  const given = modelNames(analysis).find((one) => one.given && one.name === name)
  return given === undefined ? null : { uri: analysis.uri, range: given.range }
}

/** Where what a reference names was written; the fence of its model, where that is not known. */
function referenceTarget(analysis: Analysis, { model, path }: Reference): Location | null {
  const subject = path.slice(0, Math.max(0, path.lastIndexOf('.')))
  const [name, network] = subject.split('@')
  const blocks = analysis.input.blocks.filter(
    (block) => block.model !== null && (model === null || block.model.name === model),
  )
  for (const block of blocks) {
    const plan = block.planned?.plan ?? null
    const service = plan?.containers.get(name ?? '')?.service ?? name ?? ''
    const found =
      namedIn(analysis, block.written.body, 'service', service) ??
      namedIn(analysis, block.written.body, 'network', network ?? name ?? '')
    if (found !== null) return found
  }
  return model === null ? null : modelTarget(analysis, model)
}

function namedIn(
  analysis: Analysis,
  { text, source }: InputBlock['written']['body'],
  kind: 'service' | 'network',
  name: string,
): Location | null {
  const found = keysUnder(text, kind === 'service' ? 'services' : 'networks').find((one) => one.name === name)
  if (found === undefined) return null
  return { uri: analysis.uri, range: rangeIn(source, { start: found.start, end: found.start + name.length }) }
}

/** The model's name under the cursor, with its place; `null` where there is none. */
export function renameableAt(
  analysis: Analysis,
  place: Place,
): { range: PlaceRange; placeholder: string } | null {
  const found = modelNames(analysis).find(
    ({ range: { start, end } }) =>
      start.line === place.line && start.character <= place.character && place.character <= end.character,
  )
  return found === undefined ? null : { range: found.range, placeholder: found.name }
}

/** Edits that call a model otherwise everywhere in its text; a text says why that cannot be. */
export function renameAt(analysis: Analysis, place: Place, newName: string): TextEdit[] | string {
  const found = renameableAt(analysis, place)
  if (found === null) return 'Only the name of a model can be changed.'
  if (!isModelName(newName)) return 'A model’s name has no blanks, quotes, braces, "#", "@" or "=".'
  const names = modelNames(analysis)
  if (newName !== found.placeholder && names.some(({ given, name }) => given && name === newName))
    return `There is a model "${newName}" already.`
  return names
    .filter(({ name }) => name === found.placeholder)
    .map(({ range }) => ({ range, newText: newName }))
}
