/** What may stand at the cursor: keys and values of the language, words of a fence, references. */
import { readdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver/node'
import { THEMES } from '../html/figure-html.ts'
import { FENCE_FLAGS, FENCE_KEYS, FENCE_NAME } from '../markdown-it/info.ts'
import type { Plan } from '../plan/plan.ts'
import { PRINT_KINDS } from '../print/print.ts'
import { lookUp, PROPERTIES, subjectsOf } from '../reference/index.ts'
import { FIGURE_PARTS, VIEWS } from '../topology/topology.ts'
import { LANGUAGES } from '../words/words-for.ts'
import { type Analysis, cursorAt, type Place } from './document.ts'
import { keysAt, valuesAt } from './schema.ts'
import { keysUnder, yamlPlace } from './yaml-place.ts'

export function completionsAt(analysis: Analysis, place: Place): readonly CompletionItem[] {
  const cursor = cursorAt(analysis, place)
  const line = analysis.text.split(/\r\n?|\n/, place.line + 1)[place.line] ?? ''
  const before = line.slice(0, place.character)
  const reference = /\{dn:([^{}]{0,200})$/.exec(before)
  if (cursor.in !== 'body' && reference !== null) return referenceItems(analysis, reference[1] ?? '')
  const marks = /^[\s>*+-]*(?:`{3,}(?!`)|~{3,}(?!~))/.exec(before)?.[0]
  const words = marks === undefined ? [] : before.slice(marks.length).trimStart().split(/\s/)
  if (words.length > 1 && words[0] === FENCE_NAME) return infoItems(analysis, words.at(-1) ?? '')
  const fence = words.length === 1 && /^[a-z-]*$/.test(words[0] ?? '') ? words[0] : null
  if (cursor.in === 'prose' && fence !== null && analysis.input.isMarkdown)
    return [item(FENCE_NAME, CompletionItemKind.Keyword, 'A network figure from a model.')]
  return cursor.in === 'body' ? bodyItems(cursor.block.written.body.text, cursor.offset) : []
}

function bodyItems(text: string, offset: number): readonly CompletionItem[] {
  const { path, part } = yamlPlace(text, offset)
  const names = namesAt(text, path).map((name) =>
    part === 'key'
      ? { ...item(name, CompletionItemKind.Reference), insertText: `${name}: ` }
      : item(name, CompletionItemKind.Reference),
  )
  if (part === 'value')
    return [...names, ...valuesAt(path).map((value) => item(value, CompletionItemKind.Value))]
  const keys = keysAt(path).map(({ key, doc }) => ({
    ...item(key, CompletionItemKind.Property, doc),
    insertText: `${key}: `,
  }))
  return [...names, ...keys]
}

/** Names of the block's own things that belong at a path. */
export function namesAt(text: string, path: readonly string[]): readonly string[] {
  const [top, , key] = path
  const named = (under: string): readonly string[] => keysUnder(text, under).map(({ name }) => name)
  if (top === 'services' && path.length <= 4) {
    if (key === 'networks') return named('networks')
    if (key === 'depends_on' || key === 'links') return named('services')
    if (key === 'network_mode')
      return [...named('services').map((name) => `service:${name}`), 'bridge', 'host', 'none']
  }
  if (top === 'figure' && path[1] === 'focus') return named('services')
  return []
}

function infoItems(analysis: Analysis, word: string): readonly CompletionItem[] {
  const equals = word.indexOf('=')
  if (equals < 0) {
    const keys = FENCE_KEYS.map((key) => ({
      ...item(key, CompletionItemKind.Property),
      insertText: `${key}=`,
    }))
    return [...keys, ...FENCE_FLAGS.map((flag) => item(flag, CompletionItemKind.Keyword))]
  }
  return infoValues(analysis, word.slice(0, equals)).map((value) => item(value, CompletionItemKind.Value))
}

function infoValues(analysis: Analysis, key: string): readonly string[] {
  switch (key) {
    case 'view':
      return VIEWS
    case 'theme':
      return THEMES
    case 'lang':
      return [...LANGUAGES.keys()]
    case 'show':
    case 'hide':
      return FIGURE_PARTS
    case 'focus':
      return [
        ...new Set(analysis.input.blocks.flatMap(({ planned }) => planned?.plan ?? []).flatMap(subjectNames)),
      ]
    case 'use':
      return modelsOf(analysis)
    case 'print':
      return [...Object.keys(PRINT_KINDS), 'script', 'changes']
    case 'src':
      return filesBeside(analysis.path)
    default:
      return []
  }
}

const modelsOf = (analysis: Analysis): readonly string[] => [
  ...new Set(
    analysis.input.blocks.flatMap(({ model }) => (model === null || model.name === '' ? [] : [model.name])),
  ),
]

/** YAML files in the folder of the post. One that cannot be read has none. */
function filesBeside(path: string): readonly string[] {
  try {
    return readdirSync(dirname(resolve(path))).filter((name) => /^[^.].*\.ya?ml$/i.test(name))
  } catch {
    return []
  }
}

/** What may follow `{dn:` and `typed`. */
function referenceItems(analysis: Analysis, typed: string): readonly CompletionItem[] {
  const hash = typed.indexOf('#')
  const model = hash < 0 ? null : typed.slice(0, hash).replace(/@\d*$/, '')
  const path = typed.slice(hash + 1)
  const plans = analysis.input.blocks.flatMap(({ model: own, planned }): Plan[] => {
    if (own === null || planned === null || planned.plan === null) return []
    return model === null || own.name === model ? [planned.plan] : []
  })
  const dot = path.lastIndexOf('.')
  if (dot > 0) return plans.slice(0, 1).flatMap((plan) => propertyItems(plan, path.slice(0, dot)))
  const subjects = [...new Set(plans.flatMap(subjectNames))].map((name) => ({
    ...item(name, CompletionItemKind.Reference),
    insertText: `${name}.`,
  }))
  const models =
    hash < 0
      ? modelsOf(analysis).map((name) => ({
          ...item(`${name}#`, CompletionItemKind.Module, 'a model of this post'),
        }))
      : []
  return [...subjects, ...models]
}

const subjectNames = (plan: Plan): readonly string[] => [
  ...plan.containers.keys(),
  ...plan.networks.keys(),
  ...plan.services.keys(),
  ...plan.hosts.map(({ name }) => name),
]

/** Properties that have a value, which is shown. */
function propertyItems(plan: Plan, subject: string): readonly CompletionItem[] {
  const properties = [...new Set(subjectsOf(plan, subject).flatMap(({ kind }) => PROPERTIES[kind]))]
  return properties.flatMap((property) => {
    const value = lookUp(plan, `${subject}.${property}`)
    return value.ok ? [{ ...item(property, CompletionItemKind.Property), detail: value.text }] : []
  })
}

const item = (label: string, kind: CompletionItemKind, documentation?: string): CompletionItem => ({
  label,
  kind,
  ...(documentation === undefined || documentation === '' ? {} : { documentation }),
})
