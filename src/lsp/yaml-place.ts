/**
 * Where a cursor is in YAML that is being typed: by indentation and brackets, since what is half written cannot be
 * parsed. Only a guess, for completion and hover; problems come from the real reader.
 */

/** `-` in a path is an item of a list. */
export interface YamlPlace {
  /** Keys from the top down to the map or list the cursor is in, e.g. `['services', 'web', 'networks', '-']`. */
  readonly path: readonly string[]
  /** Whether a key is written here or a value (of the last key of `path`). */
  readonly part: 'key' | 'value'
  /** The word the cursor is in or behind. */
  readonly word: { readonly text: string; readonly start: number; readonly end: number }
}

export interface NamedKey {
  readonly name: string
  /** Offset of its first letter. */
  readonly start: number
}

/** A line as far as its structure goes: columns of its dashes and of its key. */
interface YamlLine {
  readonly dashes: readonly number[]
  /** Column of what follows the dashes. */
  readonly column: number
  readonly key: string | null
  /** Column behind the colon; -1 without a key. */
  readonly valueColumn: number
}

const WORD_END = /[\s,:{}[\]"'#]/

export function yamlPlace(text: string, offset: number): YamlPlace {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1
  const lineEnd = endOfLine(text, offset)
  const line = text.slice(lineStart, lineEnd)
  const column = offset - lineStart
  const here = readLine(line)
  const word = wordAt(text, offset, lineStart, lineEnd)
  const inValue = here.key !== null && column >= here.valueColumn
  const own = [...here.dashes.map(() => '-')]
  const flow = inValue
    ? flowPath(line.slice(here.valueColumn, word.start - lineStart))
    : flowPath(line.slice(here.column, word.start - lineStart))
  const inside = inValue && here.key !== null ? [...own, here.key, ...flow.path] : [...own, ...flow.path]
  const top = here.dashes[0] ?? here.column
  const path = [...ancestors(text, lineStart, top, here.dashes.length > 0), ...inside]
  const part = flow.open === 'map' ? flow.part : flow.open === 'list' || inValue ? 'value' : lastPart(path)
  return { path, part, word }
}

/** An item of a list is a value, or the beginning of a map; either is completed as a value first. */
const lastPart = (path: readonly string[]): 'key' | 'value' => (path.at(-1) === '-' ? 'value' : 'key')

function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset)
  return end < 0 ? text.length : end
}

function wordAt(text: string, offset: number, from: number, to: number): YamlPlace['word'] {
  let start = offset
  while (start > from && !WORD_END.test(text[start - 1] ?? '')) start -= 1
  let end = offset
  while (end < to && !WORD_END.test(text[end] ?? '')) end += 1
  return { text: text.slice(start, end), start, end }
}

function readLine(line: string): YamlLine {
  const dashes: number[] = []
  let column = blanks(line, 0)
  while (line[column] === '-' && (column + 1 === line.length || line[column + 1] === ' ')) {
    dashes.push(column)
    column = blanks(line, column + 1)
  }
  const colon = keyEnd(line, column)
  if (colon < 0) return { dashes, column, key: null, valueColumn: -1 }
  const key = line
    .slice(column, colon)
    .trim()
    .replace(/^["']|["']$/g, '')
  return { dashes, column, key, valueColumn: colon + 1 }
}

function blanks(line: string, from: number): number {
  let at = from
  while (line[at] === ' ') at += 1
  return at
}

/** Column of the colon that ends a key beginning at `from`, or -1. */
function keyEnd(line: string, from: number): number {
  const first = line[from]
  if (first === undefined || first === '#' || first === '{' || first === '[') return -1
  for (let at = from; at < line.length; at++) {
    if (line[at] === ':' && (at + 1 === line.length || line[at + 1] === ' ')) return at
    if (line[at] === '#' && line[at - 1] === ' ') return -1
  }
  return -1
}

/** Keys above `lineStart` that what stands at `column` belongs to. */
function ancestors(text: string, lineStart: number, column: number, isItem: boolean): readonly string[] {
  const path: string[] = []
  let limit = column
  let item = isItem
  let end = lineStart - 1
  while (end >= 0 && (limit > 0 || item)) {
    const start = text.lastIndexOf('\n', end - 1) + 1
    const line = text.slice(start, end)
    end = start - 1
    const read = readLine(line)
    if (line.trim() === '' || line[read.column] === '#') continue
    // A list may stand as far to the left as the key it is the value of.
    const fits = read.column < limit || (item && read.column === limit && read.dashes.length === 0)
    if (
      read.key !== null &&
      fits &&
      line
        .slice(read.valueColumn)
        .trim()
        .replace(/^[&!]\S+$/, '') === ''
    ) {
      path.unshift(read.key)
      limit = read.column
      item = false
    } else if (read.key !== null && fits && read.dashes.length === 0) {
      limit = Math.min(limit, read.column)
    }
    const dash = read.dashes.find((at) => at < limit)
    if (dash !== undefined) {
      path.unshift('-')
      limit = dash
      item = true
    }
  }
  return path
}

interface FlowPlace {
  readonly path: readonly string[]
  readonly open: 'map' | 'list' | null
  readonly part: 'key' | 'value'
}

/** What brackets are open at the end of `text`, and the keys they are under. */
function flowPath(text: string): FlowPlace {
  const open: { kind: 'map' | 'list'; key: string | null }[] = []
  let from = 0
  let quote = ''
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] ?? ''
    const inner = open.at(-1)
    if (quote !== '') {
      if (letter === quote) quote = ''
    } else if (letter === '"' || letter === "'") {
      quote = letter
    } else if (letter === '{' || letter === '[') {
      open.push({ kind: letter === '{' ? 'map' : 'list', key: null })
      from = at + 1
    } else if (letter === '}' || letter === ']') {
      open.pop()
      from = at + 1
    } else if (letter === ',') {
      if (inner !== undefined) inner.key = null
      from = at + 1
    } else if (letter === ':' && inner?.kind === 'map' && inner.key === null) {
      inner.key = text
        .slice(from, at)
        .trim()
        .replace(/^["']|["']$/g, '')
      from = at + 1
    }
  }
  const path = open.flatMap(({ kind, key }) => (kind === 'list' ? ['-'] : key === null ? [] : [key]))
  const last = open.at(-1)
  return { path, open: last?.kind ?? null, part: last?.kind === 'map' && last.key === null ? 'key' : 'value' }
}

/** Keys of the map that `top` holds at the left edge of the text (`services:`), in block or flow form. */
export function keysUnder(text: string, top: string): readonly NamedKey[] {
  const found: NamedKey[] = []
  let inside = false
  let indent = -1
  let start = 0
  for (const line of text.split('\n')) {
    const read = readLine(line)
    if (read.key !== null && read.column === 0) {
      inside = read.key === top
      indent = -1
      if (inside) found.push(...flowKeys(line, read.valueColumn, start))
    } else if (inside && read.key !== null && read.dashes.length === 0) {
      if (indent < 0) indent = read.column
      if (read.column === indent) found.push({ name: read.key, start: start + read.column })
    }
    start += line.length + 1
  }
  return found
}

/** Keys at the first level of a flow map in the rest of a line. */
function flowKeys(line: string, from: number, lineStart: number): readonly NamedKey[] {
  const found: NamedKey[] = []
  let depth = 0
  let begin = -1
  for (let at = from; at < line.length; at++) {
    const letter = line[at] ?? ''
    if (letter === '{' || letter === '[') depth += 1
    else if (letter === '}' || letter === ']') depth -= 1
    if (depth === 1 && (letter === '{' || letter === ',')) begin = at + 1
    if (depth === 1 && letter === ':' && begin >= 0) {
      const column = blanks(line, begin)
      found.push({
        name: line
          .slice(column, at)
          .trim()
          .replace(/^["']|["']$/g, ''),
        start: lineStart + column,
      })
      begin = -1
    }
  }
  return found
}
