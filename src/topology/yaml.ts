/**
 * YAML as this language sees it: texts, lists and tables with their places. Every scalar is the text as written
 * (so `010.0` and `22:22` stay what they are); what a text means is decided by the key it stands under.
 */
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml'
import type { Problem, Report, Span } from '../problem/problem.ts'
import { findExcess, tooDeep } from './excess.ts'
import { interpolate } from './interpolation.ts'
import { MAX_ALIAS_NODES, MAX_ALIASED } from './limits.ts'
import { problemAt, warningAt } from './problem-at.ts'

export interface Text {
  readonly kind: 'text'
  readonly value: string
  /** Written without quotes: only then can it be a boolean or nothing. */
  readonly plain: boolean
  readonly span: Span
}
export interface List {
  readonly kind: 'list'
  readonly items: readonly (Node | null)[]
  readonly span: Span
}
export interface Table {
  readonly kind: 'table'
  /** In order of writing, merge keys resolved, the first of several equal keys. */
  readonly entries: ReadonlyMap<string, Entry>
  readonly span: Span
}
export interface Entry {
  readonly key: string
  readonly keySpan: Span
  readonly node: Node | null
}
export type Value = Text | List | Table

/** One block while it is read. */
export interface Reading {
  readonly source: string
  readonly report: Report
  /** What a node is; `null` for nothing (`key:`, `~`, `null`) and for what was reported as wrong. */
  open(node: Node | null, interpolated: boolean): Value | null
  /** Whether aliases led to more than is read, so that what was read is not the whole. */
  isExhausted(): boolean
  /** Items of a list or map, without reading them. */
  count(node: Node | null): number
}

/** Parses a block. `null` when nothing can be read from it; the reason has been reported. */
export function openYaml(source: string, report: Report): { root: Node | null; reading: Reading } | null {
  const excess = findExcess(source)
  if (excess !== null) {
    report(excess)
    return null
  }
  const document = parse(source)
  if (document === null) {
    report(tooDeep(0))
    return null
  }
  for (const error of document.errors) report(syntaxProblem(error, source))
  for (const warning of document.warnings) {
    report(warningAt('YAML_TAG', spanOf(warning.pos), warning.message, 'Leave the tag out: it is ignored.'))
  }
  if (document.errors.length > 0) return null
  const anchors = new Map<Node, Node>()
  if (source.includes('*')) {
    const named = new Map<string, Node>()
    // In order of writing, so that an alias means the last anchor of its name before it.
    visit(document, {
      Node(_, node) {
        if (isAlias(node)) {
          const target = named.get(node.source)
          if (target !== undefined) anchors.set(node, target)
        } else if (node.anchor !== undefined) named.set(node.anchor, node)
      },
    })
  }
  return { root: document.contents, reading: createReading(source, report, anchors) }
}

/** `null` when the nesting is too deep for the parser, which recurses. */
function parse(source: string): Document.Parsed | null {
  try {
    return parseDocument(source, {
      schema: 'failsafe',
      stringKeys: true,
      // Ours is linear; that of the library compares each key with each.
      uniqueKeys: false,
      prettyErrors: false,
    })
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

function createReading(source: string, report: Report, anchors: ReadonlyMap<Node, Node>): Reading {
  let aliasNodes = 0
  // Without aliases every value is written out, so that the length of the block is limit enough.
  const most = anchors.size === 0 ? Number.POSITIVE_INFINITY : 2 * source.length + MAX_ALIASED
  let opened = 0
  let letters = 0
  let isTold = false
  const isTooMuch = (node: Node | null): boolean => {
    opened += 1
    if (isScalar(node) && typeof node.value === 'string') letters += node.value.length
    if (opened <= most && letters <= 2 * most) return false
    if (!isTold) {
      isTold = true
      const message = `The aliases of this block lead to more than ${MAX_ALIASED} values or letters`
      report(problemAt('ALIAS_LIMIT', spanOf(node?.range), message, 'Write fewer aliases (*NAME).'))
    }
    return true
  }
  const open = (given: Node | null, interpolated: boolean): Value | null => {
    let node = given
    if (isTooMuch(isAlias(node) ? (anchors.get(node) ?? null) : node)) return null
    if (isAlias(node)) {
      const span = spanOf(node.range)
      aliasNodes += 1
      const target = anchors.get(node)
      if (target === undefined) {
        report(
          problemAt(
            'UNKNOWN_ANCHOR',
            span,
            `No anchor &${node.source} stands before this alias`,
            'Put the text in quotes if no alias is meant.',
          ),
        )
        return null
      }
      if (target.range !== undefined && target.range !== null && target.range[1] > span.start) {
        report(
          problemAt(
            'ALIAS_LIMIT',
            span,
            `The anchor &${node.source} contains itself`,
            'Write the values out.',
          ),
        )
        return null
      }
      if (aliasNodes > MAX_ALIAS_NODES) {
        if (!isTold) {
          isTold = true
          const message = `Aliases of this block are followed more than ${MAX_ALIAS_NODES} times`
          report(problemAt('ALIAS_LIMIT', span, message, 'Write the values out.'))
        }
        return null
      }
      node = target
    }
    if (isScalar(node)) {
      const span = spanOf(node.range)
      const plain = node.type === 'PLAIN'
      const raw = typeof node.value === 'string' ? node.value : ''
      if (plain && NOTHING.has(raw)) return null
      if (!interpolated || !raw.includes('$')) return { kind: 'text', value: raw, plain, span }
      return { kind: 'text', value: interpolate(raw, span, report), plain, span }
    }
    if (isSeq(node)) return { kind: 'list', items: node.items as (Node | null)[], span: spanOf(node.range) }
    if (isMap(node)) return { kind: 'table', entries: tableEntries(node.items), span: spanOf(node.range) }
    return null
  }
  const tableEntries = (items: readonly { key: unknown; value: unknown }[]): ReadonlyMap<string, Entry> => {
    const entries = new Map<string, Entry>()
    const merged: Entry[] = []
    for (const item of items) {
      const keyNode = item.key
      if (!isScalar(keyNode)) continue
      const key = typeof keyNode.value === 'string' ? keyNode.value : ''
      const keySpan = spanOf(keyNode.range)
      const node = (item.value ?? null) as Node | null
      if (key === '<<') merged.push({ key, keySpan, node })
      else if (entries.has(key)) {
        const first = entries.get(key)?.keySpan ?? keySpan
        report({
          ...problemAt('DUPLICATE_KEY', keySpan, `The key "${key}" is written twice`, 'Delete one of them.'),
          related: [{ message: 'first written', span: first }],
        })
      } else entries.set(key, { key, keySpan, node })
    }
    for (const merge of merged) {
      for (const [key, entry] of mergedEntries(merge)) if (!entries.has(key)) entries.set(key, entry)
    }
    return entries
  }
  const mergedEntries = (merge: Entry): ReadonlyMap<string, Entry> => {
    const value = open(merge.node, false)
    if (value === null) return new Map()
    if (value.kind === 'table') return value.entries
    if (value.kind === 'list') {
      const all = new Map<string, Entry>()
      for (const item of value.items) {
        const part = open(item, false)
        if (part?.kind !== 'table') continue
        for (const [key, entry] of part.entries) if (!all.has(key)) all.set(key, entry)
      }
      return all
    }
    report(
      problemAt(
        'WRONG_TYPE',
        value.span,
        'A merge key (<<) takes a map or a list of maps',
        'Write an alias, such as <<: *base.',
      ),
    )
    return new Map()
  }
  const count = (node: Node | null): number => {
    const target = isAlias(node) ? (anchors.get(node) ?? null) : node
    return isMap(target) || isSeq(target) ? target.items.length : 0
  }
  return { source, report, open, isExhausted: () => isTold, count }
}

const NOTHING: ReadonlySet<string> = new Set(['', '~', 'null', 'Null', 'NULL'])

function spanOf(range: readonly number[] | null | undefined): Span {
  return { start: range?.[0] ?? 0, end: range?.[1] ?? 0 }
}

function syntaxProblem(error: YAMLError, source: string): Problem {
  // The parser may speak of the place behind the last letter.
  const given = spanOf(error.pos)
  const span = { start: Math.min(given.start, source.length), end: Math.min(given.end, source.length) }
  if (error.code === 'TAB_AS_INDENT') {
    return problemAt('YAML_TAB', span, 'A tab cannot indent YAML', 'Indent with spaces.')
  }
  const line = source.slice(source.lastIndexOf('\n', Math.max(0, span.start - 1)) + 1, span.end)
  const hint = /^\s*-\s*\[/.test(line)
    ? 'Put a command with [host] in front in quotes: "[node1] docker …".'
    : /with a [}\]]$/.test(error.message)
      ? 'Close the bracket.'
      : syntaxHint(error.code)
  return problemAt(
    'YAML_SYNTAX',
    span,
    error.code === 'MULTIPLE_DOCS' ? 'The block has several YAML documents' : error.message,
    hint,
  )
}

function syntaxHint(code: string): string {
  switch (code) {
    case 'BAD_INDENT':
      return 'Indent all keys of one map by the same number of spaces.'
    case 'MULTIPLE_DOCS':
      return 'Write one document per block; delete the line "---".'
    case 'MISSING_CHAR':
      return 'Close the bracket or quote; put texts with special characters in quotes.'
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'IMPOSSIBLE':
    case 'UNEXPECTED_TOKEN':
      return 'Put texts that contain ": " or begin with a special character in quotes.'
    case 'NON_STRING_KEY':
      return 'Write a text as key.'
    default:
      return 'Put texts that contain ": " or begin with a special character in quotes, and close every bracket.'
  }
}
