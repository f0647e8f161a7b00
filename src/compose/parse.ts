/** The text of a file or block → its YAML documents as values. */

import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  parseAllDocuments,
  type YAMLError,
} from 'yaml'
import { holdsSecrets } from '../problem/hidden.ts'
import type { Problem, Report, Span } from '../problem/problem.ts'
import { otherSide, programSays, type Said, say } from '../problem/say.ts'
import { findExcess, tooDeep } from './excess.ts'
import { problemAt, warningAt } from './problem-at.ts'
import type { Entry, Value, Variables } from './value.ts'

/**
 * @param start Where the text begins among all texts.
 * @returns The documents that hold anything; `null` when the text cannot be read. The reason has been reported.
 */
export function parseDocuments(
  text: string,
  start: number,
  variables: Variables,
  report: Report,
): readonly Value[] | null {
  const shift = (span: Span): Span => ({ start: start + span.start, end: start + span.end })
  const tell: Report = (problem) => report({ ...problem, span: shift(problem.span) })
  const excess = findExcess(text)
  if (excess !== null) {
    tell(excess)
    return null
  }
  try {
    const parsed = parseAllDocuments(text, {
      schema: 'failsafe',
      // Ours is linear; that of the library compares each key with each.
      uniqueKeys: false,
      prettyErrors: false,
    })
    // An empty text has no documents but the errors of one.
    const documents = [...parsed]
    const errors = documents.flatMap((document) => document.errors).filter(isRefused)
    for (const error of errors) tell(syntaxProblem(error, text))
    for (const warning of documents.flatMap((document) => document.warnings)) {
      if (!/: !(?:reset|override)$/.test(warning.message))
        tell(
          warningAt(
            'YAML_TAG',
            spanOf(warning.pos),
            programSays('YAML_TAG', unquoted(warning.message)),
            /directive|Unsupported YAML version/.test(warning.message)
              ? say`Leave the line with the directive out: it is ignored.`
              : say`Leave the tag out: it is ignored.`,
          ),
        )
    }
    if (errors.length > 0) return null
    return documents
      .map((document) => convertDocument(document, shift, variables, report))
      .filter((value) => value !== null)
  } catch (error) {
    // The parser recurses.
    if (!(error instanceof RangeError)) throw error
    tell(tooDeep(0))
    return null
  }
}

/** go-yaml takes `"…"#comment`, and so does compose. */
const isRefused = (error: YAMLError): boolean => !error.message.startsWith('Comments must be separated')

interface Anchor {
  /** `null` while its value is being read. */
  value: { readonly is: Value | null; readonly tag: Entry['tag'] } | null
}

function convertDocument(
  document: Document.Parsed,
  shift: (span: Span) => Span,
  variables: Variables,
  report: Report,
): Value | null {
  // In order of writing, so that an alias means the last anchor of its name before it.
  const anchors = new Map<string, Anchor>()
  const spanIn = (node: Node | null): Span => shift(spanOf(node?.range))

  const convert = (node: Node | null): { readonly is: Value | null; readonly tag: Entry['tag'] } => {
    if (node === null) return { is: null, tag: null }
    if (isAlias(node)) return follow(node.source, spanIn(node))
    const anchor: Anchor = { value: null }
    if (node.anchor !== undefined) anchors.set(node.anchor, anchor)
    const tag = tagOf(node)
    const value = { is: tag === 'reset' ? null : readValue(node), tag }
    anchor.value = value
    return value
  }

  const readValue = (node: Node): Value | null => {
    const span = spanIn(node)
    if (isScalar(node)) {
      const plain = node.type === 'PLAIN'
      const value = typeof node.value === 'string' ? node.value : ''
      return plain && NOTHING.has(value) ? null : { kind: 'text', value, plain, span, variables }
    }
    if (isSeq(node)) {
      const items = node.items
        .map((item) => convert(nodeOf(item)))
        .filter(({ tag }) => tag !== 'reset')
        .map(({ is }) => is)
      return { kind: 'list', items, span }
    }
    return isMap(node) ? { kind: 'table', entries: entriesOf(node.items), span } : null
  }

  const follow = (name: string, span: Span): { readonly is: Value | null; readonly tag: Entry['tag'] } => {
    const anchor = anchors.get(name)
    if (anchor === undefined) {
      const message = say`No anchor stands before this alias`
      report(problemAt('UNKNOWN_ANCHOR', span, message, say`Put the text in quotes if no alias is meant.`))
      return { is: null, tag: null }
    }
    if (anchor.value === null) {
      report(
        problemAt(
          'ALIAS_LIMIT',
          span,
          say`The anchor of this alias contains itself`,
          say`Write the values out.`,
        ),
      )
      return { is: null, tag: null }
    }
    return anchor.value
  }

  let secret = 0
  const entriesOf = (
    items: readonly { readonly key: unknown; readonly value: unknown }[],
  ): ReadonlyMap<string, Entry> => {
    const entries = new Map<string, Entry>()
    const merged: ReadonlyMap<string, Entry>[] = []
    for (const item of items) {
      const key = convert(nodeOf(item.key)).is
      const keySpan = spanIn(nodeOf(item.key))
      const isSecret = key?.kind === 'text' && holdsSecrets(key.value)
      if (isSecret) secret++
      const value = convert(nodeOf(item.value))
      if (isSecret) secret--
      if (key !== null && key.kind !== 'text') {
        report(problemAt('YAML_SYNTAX', keySpan, say`A key must be a text`, say`Write a text as key.`))
        continue
      }
      const name = key?.value ?? (isScalar(item.key) ? String(item.key.value ?? '') : '')
      const first = entries.get(name)
      if (name === '<<') merged.push(...mergedTables(value.is))
      else if (first !== undefined) {
        report({
          ...problemAt(
            'DUPLICATE_KEY',
            keySpan,
            // It may be what was meant for a value.
            secret > 0 ? say`A key is written twice` : say`The key "${name}" is written twice`,
            say`Delete one of them.`,
          ),
          related: [otherSide(say`first written`, first.keySpan)],
        })
      } else entries.set(name, { key: name, keySpan, value: value.is, tag: value.tag })
    }
    for (const table of merged)
      for (const [key, entry] of table) if (!entries.has(key)) entries.set(key, entry)
    return entries
  }

  const mergedTables = (value: Value | null): readonly ReadonlyMap<string, Entry>[] => {
    const parts = value?.kind === 'list' ? value.items : [value]
    const tables: ReadonlyMap<string, Entry>[] = []
    for (const part of parts) {
      if (part?.kind === 'table') tables.push(part.entries)
      else if (part !== null) {
        const hint = say`Write an alias, such as <<: *base.`
        const message = say`A merge key (<<) takes a map or a list of maps`
        report(problemAt('WRONG_TYPE', part.span, message, hint))
      }
    }
    return tables
  }

  return convert(document.contents).is
}

const nodeOf = (value: unknown): Node | null => (isNode(value) ? value : null)

function tagOf(node: Node): Entry['tag'] {
  return node.tag === '!reset' ? 'reset' : node.tag === '!override' ? 'override' : null
}

const NOTHING: ReadonlySet<string> = new Set(['', '~', 'null', 'Null', 'NULL'])

function spanOf(range: readonly number[] | null | undefined): Span {
  return { start: range?.[0] ?? 0, end: range?.[1] ?? 0 }
}

/**
 * What the parser says without what it quotes of the text: a password that begins with `!`, `|` or `>` is a tag or a header
 * to it. The frame shows the place, and hides there what may be secret.
 */
const unquoted = (message: string): string =>
  message
    .replace(
      /^(Unresolved tag|Could not resolve tag|Not a valid tag|[A-Z][a-z ]* extra characters): [\s\S]*/,
      '$1',
    )
    .replace(/^(Not a YAML token|Invalid escape sequence|Unknown directive)\b[\s\S]*/, '$1')
    .replace(/^(Verbatim tags aren't resolved)[\s\S]*/, '$1')
    .replace(/^The !.* tag has no suffix/s, 'The tag has no suffix')

function syntaxProblem(error: YAMLError, source: string): Problem {
  // The parser may speak of the place behind the last letter.
  const given = spanOf(error.pos)
  const span = { start: Math.min(given.start, source.length), end: Math.min(given.end, source.length) }
  if (error.code === 'TAB_AS_INDENT') {
    return problemAt('YAML_TAB', span, say`A tab cannot indent YAML`, say`Indent with spaces.`)
  }
  const line = source.slice(source.lastIndexOf('\n', Math.max(0, span.start - 1)) + 1, span.end)
  const hint = /^\s*-\s*\[/.test(line)
    ? say`Put a command with [host] in front in quotes: "[node1] docker …".`
    : /with a [}\]]$/.test(error.message)
      ? say`Close the bracket.`
      : syntaxHint(error.code)
  return problemAt('YAML_SYNTAX', span, programSays('YAML_SYNTAX', unquoted(error.message)), hint)
}

function syntaxHint(code: string): Said {
  switch (code) {
    case 'BAD_INDENT':
      return say`Indent all keys of one map by the same number of spaces.`
    case 'MISSING_CHAR':
      return say`Close the bracket or quote; put texts with special characters in quotes.`
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'IMPOSSIBLE':
    case 'UNEXPECTED_TOKEN':
      return say`Put texts that contain ": " or begin with a special character in quotes.`
    default:
      return say`Put texts that contain ": " or begin with a special character in quotes, and close every bracket.`
  }
}
