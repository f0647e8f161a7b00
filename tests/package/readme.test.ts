import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { drawReadmeFigure, README_FIGURES } from '../../scripts/readme-figures.ts'
import { figureSvg } from '../../src/index.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const read = (file: string): string => readFileSync(resolve(ROOT, file), 'utf8')

/** Every word that is to be seen in a drawing, whatever its place. */
const wordsIn = (svg: string): readonly string[] =>
  [...svg.matchAll(/<text\b[^>]*>([\s\S]*?)<\/text>/g)]
    .flatMap(([, text = '']) => text.split(/<[^>]*>/))
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .sort()

describe('the figures of the README', () => {
  it.each(Object.entries(README_FIGURES))(
    '%s is the article’s figure; else run npx tsx scripts/readme-figures.ts',
    (file, model) => {
      expect(drawReadmeFigure(model)).toBe(read(`docs/figures/${file}.svg`))
    },
  )

  it('begin with that of the block above it', () => {
    const [, block = ''] = /^```docker-network\n([\s\S]*?)^```$/m.exec(read('README.md')) ?? []
    const drawn = figureSvg(block)
    if (!drawn.ok) throw new Error(drawn.problems[0]?.message)
    expect(wordsIn(drawn.svg)).toEqual(wordsIn(read('docs/figures/bridge.svg')))
  })
})
