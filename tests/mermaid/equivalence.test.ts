/** The Mermaid text and our own drawing say the same; `drawn.test.ts` holds the text to what Mermaid makes of it. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile } from '../../src/compile.ts'
import { place } from '../../src/picture/place.ts'
import { TOPOLOGY_VIEWS } from '../../src/topology/topology.ts'
import { figureCases } from '../support/figures.ts'
import { seeds } from '../support/seeds.ts'
import { topologies } from '../support/topologies.ts'
import { mermaidContent, placedContent } from './content.ts'

function hold(source: string, view: (typeof TOPOLOGY_VIEWS)[number]): void {
  const result = compile(source, { language: 'ko', figure: { view } })
  if (!result.ok) return
  const { figure, plan, scene } = result
  const texts = new Map<string, readonly string[]>([
    ...figure.boxes.map((box) => [box.id, box.lines.map((line) => line.text)] as const),
    ...figure.groups.map((group) => [group.id, [group.title]] as const),
  ])
  const ours = placedContent(place(scene), plan)
  expect(mermaidContent(figure, plan, (id) => texts.get(id) ?? [])).toEqual(ours)
}

describe.each(TOPOLOGY_VIEWS)('the Mermaid text of view %s says what our drawing says', (view) => {
  const cases = [...figureCases('gallery'), ...figureCases('kinds')]
  it.each(cases.map((one) => [one.name, one.source] as const))('%s', (_, source) => {
    hold(source, view)
  })

  it.each(seeds())('of any topology (seed %i)', (seed) => {
    fc.assert(
      fc.property(topologies(), (source) => hold(source, view)),
      { seed, numRuns: 12 },
    )
  })
})
