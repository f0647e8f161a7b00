import { describe, expect, it } from 'vitest'
import type { LayoutBox, LayoutEdge, LayoutGroup } from '../../src/layout/graph.ts'
import { layoutGraph } from '../../src/layout/layout.ts'

const group = (id: string): LayoutGroup => ({
  id,
  parent: null,
  titleWidth: 40,
  titleHeight: 20,
  classes: ['host'],
})

const box = (id: string, parent: string, ...classes: string[]): LayoutBox => ({
  id,
  parent,
  width: 180,
  height: 60,
  classes,
  stretch: true,
})

const edge = (from: string, to: string): LayoutEdge => ({
  id: `${from} ${to}`,
  from,
  to,
  labelWidth: 0,
  labelHeight: 0,
  classes: ['attach'],
  free: false,
})

/** Hosts with so many containers each, every one on every one of so many networks below it. */
function hosts(containers: readonly number[], networks: number) {
  const groups = containers.map((_, h) => group(`h${h}`))
  const parts = groups.map(({ id }, h) => ({
    containers: Array.from({ length: containers[h] ?? 0 }, (_, c) => box(`${id}c${c}`, id, 'container')),
    bars: Array.from({ length: networks }, (_, n) => box(`${id}n${n}`, id, 'network', 'bar')),
  }))
  return layoutGraph({
    direction: 'TB',
    groups,
    boxes: parts.flatMap((part) => [...part.containers, ...part.bars]),
    edges: parts.flatMap((part) => part.containers.flatMap((c) => part.bars.map((n) => edge(c.id, n.id)))),
  })
}

const rowsOf = ({ boxes }: ReturnType<typeof layoutGraph>, kind: string): number =>
  new Set([...boxes].filter(([id]) => id.startsWith(`h0${kind}`)).map(([, { y }]) => y)).size

describe('rows of boxes', () => {
  it('keeps five networks of a host in one row, so that no line goes round one of them', () => {
    expect(rowsOf(hosts([2], 5), 'n')).toBe(1)
  })

  it('keeps three networks on each of two hosts in one row', () => {
    expect(rowsOf(hosts([1, 1], 3), 'n')).toBe(1)
  })

  it('keeps containers on several networks in one row, and wraps those on one', () => {
    expect(rowsOf(hosts([6], 2), 'c')).toBe(1)
    expect(rowsOf(hosts([6], 1), 'c')).toBe(2)
  })

  it('stacks networks that would not fit, with what hangs on them in one column', () => {
    const layout = hosts([4, 3, 3], 4)
    expect(rowsOf(layout, 'n')).toBe(4)
    expect(rowsOf(layout, 'c')).toBe(4)
    expect(layout.width).toBeLessThan(1000)
  })
})
