/** What is too much for one block, found by a look at its lines: the parser would take long, or recurse too deeply. */

import type { Problem, Span } from '../problem/problem.ts'
import { say } from '../problem/say.ts'
import {
  MAX_BLOCK_LENGTH,
  MAX_COMMANDS,
  MAX_HOSTS,
  MAX_NESTING,
  MAX_NETWORKS,
  MAX_SERVICES,
} from './limits.ts'
import { problemAt } from './problem-at.ts'

/** How many entries a section of the block may have. */
export const SECTION_LIMITS: ReadonlyMap<string, number> = new Map([
  ['services', MAX_SERVICES],
  ['networks', MAX_NETWORKS],
  ['hosts', MAX_HOSTS],
  ['commands', MAX_COMMANDS],
])

export function findExcess(source: string): Problem | null {
  if (source.length > MAX_BLOCK_LENGTH) {
    const message = say`The block has ${source.length} characters; at most ${MAX_BLOCK_LENGTH} are read`
    return problemAt('BLOCK_TOO_LARGE', { start: 0, end: 0 }, message, say`Split it, or use replicas.`)
  }
  const deep = depthExceeded(source)
  return deep === null ? sectionExceeded(source) : tooDeep(deep)
}

export function tooMany(section: string, count: number, most: number, span: Span): Problem {
  const message = say`The block has ${count} ${section}; at most ${most} are read`
  return problemAt('BLOCK_TOO_LARGE', span, message, say`Split it into several blocks, or use replicas.`)
}

export function tooDeep(offset: number): Problem {
  return problemAt(
    'TOO_DEEP',
    { start: offset, end: offset + 1 },
    say`Lists and maps are nested more than ${MAX_NESTING} deep`,
    say`No part of the language needs more than 7 levels.`,
  )
}

const NEWLINE = 0x0a
const BLANK = 0x20
const TAB = 0x09

/** Offset at which brackets, or list marks on one line, go beyond the limit; `null` when they do not. */
function depthExceeded(source: string): number | null {
  let flow = 0
  for (let start = 0; start < source.length; ) {
    let at = start
    while (source.charCodeAt(at) === BLANK) at += 1
    for (let marks = 0; isMark(source, at); marks++) {
      if (marks === MAX_NESTING) return start
      at += 2
      while (isBlank(source.charCodeAt(at))) at += 1
    }
    for (; at < source.length && source.charCodeAt(at) !== NEWLINE; at++) {
      const unit = source.charCodeAt(at)
      if (isOpening(unit)) {
        flow += 1
        if (flow > MAX_NESTING) return at
      } else if (isClosing(unit) && flow > 0) flow -= 1
    }
    start = at + 1
  }
  return null
}

/** `- ` or `? `, which begin an item or a key. */
const isMark = (source: string, at: number): boolean =>
  (source[at] === '-' || source[at] === '?') && isBlank(source.charCodeAt(at + 1))

const isBlank = (unit: number): boolean => unit === BLANK || unit === TAB
/** `[` and `{`. */
const isOpening = (unit: number): boolean => unit === 0x5b || unit === 0x7b
/** `]` and `}`. */
const isClosing = (unit: number): boolean => unit === 0x5d || unit === 0x7d

/**
 * A section in block style with too many entries: lines as far in as its first one. Sections in braces are counted
 * after parsing.
 */
function sectionExceeded(source: string): Problem | null {
  let section: { readonly key: string; readonly most: number; readonly span: Span } | null = null
  let indent = -1
  let count = 0
  const excess = (): Problem | null =>
    section === null || count <= section.most ? null : tooMany(section.key, count, section.most, section.span)
  for (let start = 0; start < source.length; ) {
    const newline = source.indexOf('\n', start)
    const end = newline < 0 ? source.length : newline
    let at = start
    while (source[at] === ' ') at += 1
    const isItem = source[at] === '-'
    if (at === start && /[a-z]/.test(source[at] ?? '')) {
      const found = excess()
      if (found !== null) return found
      const key = /^([a-z]+):/.exec(source.slice(start, Math.min(end, start + 20)))?.[1] ?? ''
      const most = SECTION_LIMITS.get(key)
      section = most === undefined ? null : { key, most, span: { start, end: start + key.length } }
      indent = -1
      count = 0
    } else if (section !== null && at < end && source[at] !== '#' && source[at] !== '\r') {
      if (indent < 0) indent = at - start
      // Only lines that begin an entry: not the rest of a text over several lines.
      if (at - start === indent && (isItem || section.key !== 'commands')) count += 1
    }
    start = end + 1
  }
  return excess()
}
