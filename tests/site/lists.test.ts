import { readFileSync } from 'node:fs'
import { globSync } from 'tinyglobby'
import { describe, expect, it } from 'vitest'
import { COMMANDS } from '../../src/cli/main.ts'
import { FENCE_FLAGS, FENCE_KEYS } from '../../src/markdown-it/info.ts'
import { CHANGES } from '../../src/markdown-it/print.ts'
import { PRINT_KINDS } from '../../src/print/print.ts'
import { FIGURE_PARTS, VIEWS } from '../../src/topology/topology.ts'

const prints = [...Object.keys(PRINT_KINDS), 'script', CHANGES]
const texts = {
  README: readFileSync('README.md', 'utf8'),
  'the English guide': guide('content/en/guide/*.md'),
  'the Korean guide': guide('content/guide/*.md'),
}

function guide(pattern: string): string {
  return globSync(pattern)
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')
}

const has = (text: string, word: string): boolean => new RegExp(`(?:^|[^\\w-])${word}(?![\\w-])`).test(text)
/** In code, so that a word of the prose is none. */
const codeOf = (text: string): string =>
  [...text.matchAll(/```[\s\S]*?```|`[^`\n]+`/g)].map(([code]) => code).join('\n')

describe.each(Object.entries(texts))('%s', (_, text) => {
  const code = codeOf(text)
  const missing = (words: readonly string[]): readonly string[] => words.filter((word) => !has(code, word))
  it('has every print', () => expect(missing(prints)).toEqual([]))
  it('has every view', () => expect(missing(VIEWS)).toEqual([]))
  it('has every key of a fence', () => expect(missing([...FENCE_KEYS, ...FENCE_FLAGS])).toEqual([]))
})

describe('README', () => {
  it('has every command', () => {
    const named = COMMANDS.map(({ name }) => `docker-network ${name}`)
    expect(named.filter((name) => !texts.README.includes(name))).toEqual([])
  })
})

describe('the guide', () => {
  it('has every part of a figure', () => {
    for (const text of [texts['the English guide'], texts['the Korean guide']])
      expect(FIGURE_PARTS.filter((part) => !has(codeOf(text), part))).toEqual([])
  })
})
