import { describe, expect, it } from 'vitest'
import type { LayoutBox, LayoutEdge } from '../../src/layout/graph.ts'
import { layoutGraph } from '../../src/layout/layout.ts'

const box = (id: string, parent: string | null, width: number, ...classes: string[]): LayoutBox => ({
  id,
  parent,
  width,
  height: 56,
  classes,
  stretch: true,
})

const edge = (from: string, to: string, label = 0): LayoutEdge => ({
  id: `${from} ${to}`,
  from,
  to,
  labelWidth: label,
  labelHeight: label && 22,
  classes: [from],
  free: false,
})

const NUMBERS = Array.from({ length: 12 }, (_, i) => i)

/** A client, a host's interface with one network and one container on the host's own, and one that shares a sandbox. */
const layout = layoutGraph({
  direction: 'TB',
  groups: [{ id: 'host', parent: null, titleWidth: 40, titleHeight: 20, classes: ['host'] }],
  boxes: [
    box('client', null, 96, 'client'),
    box('nic', 'host', 124, 'nic'),
    box('net', 'host', 180, 'network', 'bar'),
    ...['exporter', 'batch', 'web', 'sidecar'].map((id) => box(id, 'host', 160, 'container')),
  ],
  edges: [
    edge('client', 'nic', 60),
    edge('nic', 'net', 90),
    edge('nic', 'exporter'),
    edge('net', 'web'),
    edge('web', 'sidecar'),
  ],
})

/** A sandbox each with an interface, whose veth hangs on one bridge. */
const datapath = layoutGraph({
  direction: 'TB',
  groups: [
    { id: 'host', parent: null, titleWidth: 40, titleHeight: 20, classes: ['host'] },
    ...NUMBERS.map((n) => ({
      id: `c${n}`,
      parent: 'host',
      titleWidth: 60,
      titleHeight: 20,
      classes: ['sandbox'],
    })),
  ],
  boxes: [
    ...NUMBERS.map((n) => box(`eth${n}`, `c${n}`, 110, 'interface')),
    ...NUMBERS.map((n) => box(`veth${n}`, 'host', 70, 'veth')),
    box('net', 'host', 180, 'network', 'bar'),
  ],
  edges: NUMBERS.flatMap((n) => [edge(`eth${n}`, `veth${n}`), edge(`veth${n}`, 'net')]),
})

/** Three networks with one container each. */
const buses = layoutGraph({
  direction: 'TB',
  groups: [{ id: 'host', parent: null, titleWidth: 40, titleHeight: 20, classes: ['host'] }],
  boxes: [
    ...['a', 'b', 'c'].map((id) => box(id, 'host', 180, 'network', 'bar', 'bus')),
    ...['ca', 'cb', 'cc'].map((id) => box(id, 'host', 60, 'container')),
  ],
  edges: [edge('a', 'ca', 30), edge('b', 'cb', 30), edge('c', 'cc', 30)],
})

const x = (id: string): number => layout.boxes.get(id)!.x
const line = (id: string): readonly number[] => layout.edges.get(id)!.points.map((point) => point.x)

describe('what hangs on one thing', () => {
  it('is straight above or below its middle, and so is its line', () => {
    expect(line('client nic').every((at) => Math.abs(at - x('client')) < 1)).toBe(true)
    expect(Math.abs(x('client') - x('nic'))).toBeLessThan(1)
  })

  it('is so at the end of a row that is as wide as its group', () => {
    expect(Math.abs(x('sidecar') - x('web'))).toBeLessThan(1)
    expect(line('web sidecar').every((at) => Math.abs(at - x('web')) < 1)).toBe(true)
  })
})

describe('views', () => {
  it('draws the way from an interface over its veth to the bridge as one straight line', () => {
    for (const n of NUMBERS)
      for (const id of [`eth${n} veth${n}`, `veth${n} net`])
        expect(new Set(datapath.edges.get(id)!.points.map((point) => point.x)).size, id).toBe(1)
  })

  it('gives every bus a row of its own, with what hangs on it below', () => {
    const rows = ['a', 'ca', 'b', 'cb', 'c', 'cc'].map((id) => buses.boxes.get(id)!.y)
    expect(rows).toEqual([...rows].sort((p, q) => p - q))
    expect(new Set(rows).size).toBe(rows.length)
  })
})
