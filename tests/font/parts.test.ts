import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { create } from 'fontkit'
import { describe, expect, it } from 'vitest'

/** The parts of which a browser loads those that a page has letters of; the whole font is what figures are measured with. */
const ASSETS = join(import.meta.dirname, '../../assets')
const charactersOf = (file: string): readonly number[] => {
  const font = create(readFileSync(join(ASSETS, 'fonts', file)))
  if (!('layout' in font)) throw new Error('not a single font')
  return font.characterSet.filter((point) => point >= 0x20 && point < 0xfffd)
}
interface Part {
  readonly weight: number
  readonly characters: ReadonlySet<number>
  readonly ranges: readonly (readonly [number, number])[]
}
const parts: readonly Part[] = [
  ...readFileSync(join(ASSETS, 'docker-network.css'), 'utf8').matchAll(/@font-face \{([^}]*)\}/g),
].map(([, rule = '']) => ({
  weight: Number(/font-weight: (\d+)/.exec(rule)?.[1]),
  characters: new Set(charactersOf(/fonts\/([\w.-]+)/.exec(rule)?.[1] ?? '')),
  ranges: [...rule.matchAll(/U\+([0-9A-F]+)(?:-([0-9A-F]+))?/g)].map(([, from = '', to = from]) => [
    Number.parseInt(from, 16),
    Number.parseInt(to, 16),
  ]),
}))

describe.each([400, 700])('the parts of the %i font', (weight) => {
  const own = parts.filter((part) => part.weight === weight)
  const says = (part: Part, point: number): boolean => part.ranges.some(([a, b]) => a <= point && point <= b)

  it('answer for every character of the whole, each from the part that is asked first', () => {
    const lost = charactersOf(`noto-sans-kr-${weight}.ttf`).filter(
      (point) => !own.findLast((part) => says(part, point))?.characters.has(point),
    )
    expect(lost.map((point) => String.fromCodePoint(point))).toEqual([])
  })

  it('are two for the Korean article', () => {
    const text =
      readFileSync(join(ASSETS, '../content/posts/docker-network.md'), 'utf8').replaceAll('†', '') +
      '2022년 2월 4일'
    const asked = new Set(
      [...text].map((letter) => own.findLast((part) => says(part, letter.codePointAt(0) ?? 0))),
    )
    asked.delete(undefined)
    expect(asked.size).toBe(2)
  })
})
