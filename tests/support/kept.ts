/**
 * Outcomes held as they were, for rules that meet in more ways than can be named. Of each kind one stands in full in
 * `kept.txt`, to be read; the others stand there by a digest, and a test that fails prints what they have become. Where
 * `UPDATE_KEPT` is set the file is written anew: read what changed before it is kept.
 */
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { expect } from 'vitest'

export interface Kept {
  readonly title: string
  /** What a reader sees of it. */
  readonly text: string
  /** What differs without being seen there; as JSON. */
  readonly whole: unknown
  /** What is new in it, such as codes of refusals: it stands in full when one of them was in none before. */
  readonly kinds: readonly string[]
}

/** As one text, whatever is in it; what an object can do is left out, and so are the rules of its release. */
function dump(value: unknown): string {
  return JSON.stringify(value, (key, own: unknown) => {
    if (key === 'rules' || typeof own === 'function') return undefined
    if (typeof own === 'bigint') return `${own}n`
    if (own instanceof Map) return ['map', ...own]
    return own instanceof Set ? ['set', ...own] : own
  })
}

const digest = (value: unknown): string => createHash('sha256').update(dump(value)).digest('hex').slice(0, 10)

export function holdKept(file: string, made: readonly Kept[]): void {
  const known = new Set<string>()
  const shown: string[] = []
  const lines = new Map<string, string>()
  for (const { title, text, whole, kinds } of made) {
    const isNew = kinds.some((kind) => !known.has(kind))
    for (const kind of kinds) known.add(kind)
    if (isNew) shown.push(`## ${title}\n${text.trimEnd()}\n`)
    lines.set(title, digest([text, whole]))
  }
  expect(lines.size, 'titles are there once').toBe(made.length)
  const all = [...lines].map(([title, sum]) => `${sum} ${title}`).join('\n')
  const now = `${shown.join('\n')}\n${ALL}\n${all}\n`
  if (process.env.UPDATE_KEPT !== undefined) writeFileSync(file, now)
  const before = readFileSync(file, 'utf8').split(`${ALL}\n`)[1] ?? ''
  const texts = new Map(made.map(({ title, text }) => [title, text]))
  // What is new is not held yet: anybody may add a block.
  for (const line of before.trimEnd().split('\n')) {
    const [sum, title = ''] = [line.slice(0, 10), line.slice(11)]
    if (lines.get(title) !== sum)
      expect.fail(`${title} has become another (UPDATE_KEPT=1 takes it):\n${texts.get(title) ?? 'is gone'}`)
  }
}

const ALL = '## all of them, by digest'
