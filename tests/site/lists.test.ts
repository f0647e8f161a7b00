import { readFileSync } from 'node:fs'
import { globSync } from 'tinyglobby'
import { describe, expect, it } from 'vitest'
import { COMMANDS } from '../../src/cli/main.ts'
import { FENCE_FLAGS, FENCE_KEYS } from '../../src/markdown-it/info.ts'
import { CHANGES } from '../../src/markdown-it/print.ts'
import { pictureStyle } from '../../src/picture/style.ts'
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
  it('has every custom property of a picture, and no other', () => {
    const used = [...pictureStyle().matchAll(/--dn-[a-z0-9-]+/g)].map(([name]) => name)
    // Of the network whose part it is, by its class, and of what is not lit: the picture sets them.
    const set = ['--dn-hue', '--dn-tint', '--dn-hue-solid', '--dn-lit']
    const own = [...new Set(used)].filter((name) => !set.includes(name)).sort()
    for (const file of ['content/en/guide/teach.md', 'content/guide/teach.md'])
      expect(propertiesOf(readFileSync(file, 'utf8'))).toEqual(own)
  })
})

/** Of the table; `--dn-hue1` … `--dn-hue8` are eight. */
function propertiesOf(text: string): readonly string[] {
  const rows = text.split('\n').filter((line) => line.startsWith('| `--dn-'))
  const cells = rows.map((row) => row.split('|')[1] ?? '').join(',')
  return cells
    .split(',')
    .flatMap((item) => {
      const [first = '', last] = [...item.matchAll(/`([^`]+)`/g)].flatMap(([, name]) => name ?? [])
      if (last === undefined) return [first]
      const [from, to] = [first, last].map((name) => Number(/\d+/.exec(name)?.[0]))
      return Array.from({ length: (to ?? 0) - (from ?? 0) + 1 }, (_, index) =>
        first.replace(/\d+/, String((from ?? 0) + index)),
      )
    })
    .sort()
}
