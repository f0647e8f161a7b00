/** Random figures: what the views draw, and much that they never would. */
import fc from 'fast-check'
import type { LayoutBox, LayoutEdge, LayoutGraph, LayoutGroup } from '../../src/layout/graph.ts'

const KINDS = ['nic', 'network bar', 'container', 'veth', 'nat', 'vxlan bar', 'service']

export const anyGraph: fc.Arbitrary<LayoutGraph> = fc
  .record({
    direction: fc.constantFrom('TB' as const, 'TB' as const, 'LR' as const),
    hosts: fc.integer({ min: 0, max: 4 }),
    inner: fc.array(fc.nat(3), { maxLength: 4 }),
    zones: fc.boolean(),
    boxes: fc.array(
      fc.record({
        group: fc.nat(9),
        kind: fc.nat(KINDS.length - 1),
        // A shape that cannot be made larger has no room for more lines than lie side by side on it.
        width: fc.integer({ min: 30, max: 260 }),
        height: fc.integer({ min: 20, max: 90 }),
        stretch: fc.boolean(),
      }),
      { minLength: 1, maxLength: 26 },
    ),
    edges: fc.array(
      fc.record({
        from: fc.nat(40),
        to: fc.nat(40),
        label: fc.option(
          fc.record({ width: fc.integer({ min: 10, max: 170 }), height: fc.integer({ min: 12, max: 50 }) }),
          { freq: 3 },
        ),
        kind: fc.constantFrom('attach', 'publish', 'tunnel', 'dependency'),
      }),
      { maxLength: 40 },
    ),
    titles: fc.array(fc.integer({ min: 10, max: 400 }), { minLength: 8, maxLength: 8 }),
  })
  .map(({ direction, hosts, inner, zones, boxes, edges, titles }) => {
    const groups: LayoutGroup[] = Array.from({ length: hosts }, (_, i) => ({
      id: `h${i}`,
      parent: null,
      titleWidth: titles[i] ?? 50,
      titleHeight: 20,
      classes: [zones && i === 0 ? 'services' : 'host'],
    }))
    if (hosts > 0)
      inner.forEach((host, i) => {
        groups.push({
          id: `s${i}`,
          parent: `h${host % hosts}`,
          titleWidth: (titles[4 + i] ?? 50) / 3,
          titleHeight: 18,
          classes: ['sandbox'],
        })
      })
    // Groups stand in the order of their first boxes, as the Mermaid text has them.
    const drawn = boxes.map((box, i): LayoutBox => {
      const group = box.group < groups.length ? groups[box.group] : undefined
      return {
        id: `b${i}`,
        parent: group?.id ?? null,
        width: box.stretch ? box.width : Math.max(140, box.width),
        height: box.stretch ? box.height : Math.max(140, box.height),
        classes: (KINDS[box.kind] ?? '').split(' '),
        stretch: box.stretch,
      }
    })
    // A group above the hosts explains them and is linked to nothing, as in view overlay.
    const above = new Set(
      zones ? groups.filter((g) => g.id === 'h0' || g.parent === 'h0').map((g) => g.id) : [],
    )
    const ends = drawn.filter((box) => !above.has(box.parent ?? '')).map((box) => box.id)
    const lines = (ends.length > 0 ? edges : []).map(
      (edge, i): LayoutEdge => ({
        id: `e${i}`,
        from: ends[edge.from % ends.length] ?? '',
        to: ends[edge.to % ends.length] ?? '',
        labelWidth: edge.label?.width ?? 0,
        labelHeight: edge.label?.height ?? 0,
        classes: [edge.kind],
        free: edge.kind === 'dependency',
      }),
    )
    return { direction, groups, boxes: drawn, edges: lines }
  })
