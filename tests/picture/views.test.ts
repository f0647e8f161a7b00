/** What each view says that the others do not. */
import { describe, expect, it } from 'vitest'
import { compile } from '../../src/compile.ts'
import { place } from '../../src/picture/place.ts'
import type { PlacedFigure } from '../../src/picture/placed.ts'
import type { View } from '../../src/topology/topology.ts'
import { figureCases } from '../support/figures.ts'

function drawn(source: string, view: View, width = 700): PlacedFigure {
  const result = compile(source, { figure: { view } })
  if (!result.ok) throw new Error(result.problems.map((problem) => problem.message).join('; '))
  return place(result.scene, { width })
}

const overlap = (a: number, b: number, c: number, d: number): boolean => a < d && c < b

describe('view bus', () => {
  const ten = figureCases('ten')

  it.each(ten.map((one) => [one.name, one.source] as const))(
    'has bars one below the other that no word lies in the way of: %s',
    (_, source) => {
      const figure = drawn(source, 'bus')
      for (const band of figure.bands)
        for (const slot of band.slots)
          for (const text of band.texts) {
            const left = text.anchor === 'end' ? text.x - text.width : text.x
            expect(overlap(left, left + text.width, slot - 4, slot + 4), `${text.text} of ${band.id}`).toBe(
              false,
            )
          }
    },
  )

  it('says the host part at the joint, once, and ports on the card', () => {
    const figure = drawn(
      'networks: { a: { ipam: { config: [{ subnet: 10.1.2.0/24 }] } }, b: { ipam: { config: [{ subnet: 10.2.0.0/16 }] } } }\nservices: { web: { image: x, networks: [a, b], ports: ["80:80"] } }',
      'bus',
    )
    const chips = figure.chips.filter((chip) => chip.kind === 'interface')
    expect(chips.flatMap((chip) => chip.texts.map((text) => text.text)).sort()).toEqual(['.0.2', '.2'])
    expect(figure.boxes.map((box) => box.kind)).toEqual(['container'])
    expect(figure.pills.map((pill) => pill.owner)).toEqual(['c_web'])
    const [first, second] = figure.bands
    expect(overlap(first!.y, first!.y + first!.height, second!.y, second!.y + second!.height)).toBe(false)
  })
})
