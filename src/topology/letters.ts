/** Where the letters of a scalar stand in the source. */
import type { Located } from '../problem/problem.ts'
import { type Written, writtenSomewhere } from '../problem/written.ts'

/** Letters that YAML's double quotes write with a backslash and one letter, as code points. */
const ESCAPES: ReadonlyMap<string, number> = new Map([
  ['0', 0],
  ['a', 7],
  ['b', 8],
  ['t', 9],
  ['n', 10],
  ['v', 11],
  ['f', 12],
  ['r', 13],
  ['e', 27],
  ['N', 0x85],
  ['_', 0xa0],
  ['L', 0x2028],
  ['P', 0x2029],
])
const HEX_LENGTHS: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
])

/**
 * A scalar's text with the places of its letters. Folding moves, adds and drops nothing but white space, so the others
 * stand in the source in the same order; white space gets the place behind the letter before it.
 */
export function writtenScalar(source: string, { value, span }: Located<string>): Written {
  if (source.startsWith(value, span.start) && span.end - span.start === value.length)
    return { text: value, span, letters: null }
  const style = source[span.start]
  const quoted = style === '"' || style === "'"
  const isBlock = style === '|' || style === '>'
  let at = isBlock ? source.indexOf('\n', span.start) + 1 : span.start + (quoted ? 1 : 0)
  const end = quoted ? span.end - 1 : span.end
  const letters: number[] = []
  const spaceIn = (): void => {
    while (letters.length < 2 * value.length && isSpace(value[letters.length / 2] ?? '')) {
      const behind = letters.at(-1) ?? at
      letters.push(behind, Math.min(behind + 1, end))
    }
  }
  while (at < end) {
    const { text, length } = letterAt(source, at, style)
    if (text.trim() !== '') {
      spaceIn()
      if (!value.startsWith(text, letters.length / 2)) return writtenSomewhere(value, span)
      for (let unit = 0; unit < text.length; unit++) letters.push(at, at + length)
    }
    at += length
  }
  spaceIn()
  if (letters.length !== 2 * value.length) return writtenSomewhere(value, span)
  return { text: value, span, letters }
}

const isSpace = (letter: string): boolean => letter.trim() === ''

/** The letter at an offset of the source, and how many of the source's it takes; `''` for none. */
function letterAt(
  source: string,
  at: number,
  style: string | undefined,
): { readonly text: string; readonly length: number } {
  const letter = source[at] ?? ''
  if (style === "'" && letter === "'") return { text: "'", length: 2 }
  if (style !== '"' || letter !== '\\') return { text: letter, length: 1 }
  const next = source[at + 1] ?? ''
  const digits = HEX_LENGTHS.get(next)
  if (digits !== undefined) {
    const code = Number.parseInt(source.slice(at + 2, at + 2 + digits), 16)
    return { text: code <= 0x10ffff ? String.fromCodePoint(code) : '', length: 2 + digits }
  }
  const code = ESCAPES.get(next)
  return { text: code === undefined ? next : String.fromCodePoint(code), length: 2 }
}
