import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile } from '../../src/compile.ts'
import type { Figure } from '../../src/figure/figure.ts'
import { parseAddress } from '../../src/net/index.ts'
import { VIEWS, type View } from '../../src/topology/topology.ts'
import { seeds } from '../support/seeds.ts'
import { topologies } from '../support/topologies.ts'

const GALLERY = join(import.meta.dirname, '../../content/gallery')

function drawn(source: string, ways: readonly string[], view: View | null = null): Figure {
  const highlight = ways.map((value) => ({ value, span: { start: 0, end: 0 } }))
  const compiled = compile(source, { figure: { highlight, view } })
  if (!compiled.ok) throw new Error(compiled.problems.map((one) => one.message).join('\n'))
  return compiled.figure
}
const model = (name: string): string => readFileSync(join(GALLERY, `${name}.yaml`), 'utf8')

const hotBoxes = (figure: Figure): readonly string[] =>
  figure.boxes.filter((box) => box.marks.includes('hot')).map((box) => box.id)
const tagsOf = (figure: Figure, id: string): readonly string[] =>
  (figure.boxes.find((box) => box.id === id)?.lines ?? [])
    .map((line) => line.text)
    .filter((text) => /^(?:[①-⑳]|\(\d+\)) /u.test(text))

describe('a highlighted way', () => {
  it('numbers what happens in the box it happens in', () => {
    const figure = drawn(model('31-highlight-bridge'), ['client -> web:8000'])
    expect(hotBoxes(figure)).toEqual(['client', 'nic_host_eth0', 'n_mybridge_host', 'c_web'])
    expect(tagsOf(figure, 'nic_host_eth0')).toEqual(['② comes in', '③ DNAT 8000 → 5000'])
    expect(tagsOf(figure, 'c_web')).toEqual(['⑥ received'])
    expect(figure.ways[0]?.hops[2]).toEqual({ number: 3, text: 'DNAT 192.168.56.10:8000 → 172.18.0.3:5000' })
  })

  it('counts from one in each way, and tells ways apart by letters', () => {
    const figure = drawn(model('31-highlight-bridge'), ['client -> web:8000', 'web -> db'])
    expect(figure.ways.map((way) => [way.letter, ...way.hops.map((hop) => hop.number)])).toEqual([
      ['A', 1, 2, 3, 4, 5, 6],
      ['B', 1, 2, 3, 4],
    ])
  })

  it('crosses hosts through the tunnel and the network below them', () => {
    const figure = drawn(model('32-highlight-overlay'), ['web.1 -> db'], 'overlay')
    expect(hotBoxes(figure)).toEqual(
      expect.arrayContaining(['vxlan_node1', 'vxlan_node2', 'nic_node1_eth0', 'nic_node2_eth0', 'underlay']),
    )
    expect(hotBoxes(figure)).not.toContain('nat_node1')
    expect(tagsOf(figure, 'vxlan_node2')).toEqual(['⑦ VXLAN wraps'])
  })

  it('draws the routing mesh it passes', () => {
    const figure = drawn(model('37-mesh-way'), ['client -> node2:8080'], 'overlay')
    expect(tagsOf(figure, 'mesh_node2')).toEqual(['⑤ IPVS → web.1', '⑥ SNAT'])
  })

  it('draws where it leads out to', () => {
    const figure = drawn(model('04-front-and-back'), ['db -> outside'])
    expect(hotBoxes(figure)).toContain('outside')
    expect(hotBoxes(figure)).not.toContain('client')
  })

  it('reaches a macvlan container from the LAN, not through the host’s published ports', () => {
    const figure = drawn(model('09-macvlan'), ['client -> camera'])
    expect(figure.edges.map((edge) => [edge.from, edge.to])).toContainEqual(['client', 'outside'])
    expect(hotBoxes(figure)).toEqual(['client', 'outside', 'nic_host_eth0', 'n_lan_host', 'c_camera'])
  })

  it('ends where the packet is dropped', () => {
    const figure = drawn(model('36-isolation'), ['alice -> 172.19.0.2'])
    expect(figure.ways[0]?.reached).toBe(false)
    expect(hotBoxes(figure)).not.toContain('c_bob')
  })
})

describe('a way between tasks that only ingress joins', () => {
  it('leads over ingress, which is then drawn on their host', () => {
    const source = `swarm: true
hosts: { node0: { address: 192.0.2.10/24 } }
networks: { o0: { driver: overlay }, o1: { driver: overlay } }
services:
  s0: { image: x, networks: [o0], ports: ["8000:80"] }
  s1: { image: x, networks: [o1], ports: ["8001:80"] }`
    expect(hotBoxes(drawn(source, ['s0.1 -> 10.0.0.6'], 'overlay'))).toEqual([
      'c_s0_1',
      'c_s1_1',
      'n_ingress_node0',
    ])
  })
})

describe('a way into a swarm of one node', () => {
  it('leads from its interface into the routing mesh, with no tunnel and no docker_gwbridge in sight', () => {
    const source = `hosts: { node0: { address: 192.0.2.10/24 } }
swarm: true
networks: { o0: { driver: overlay } }
services: { s0: { image: x, networks: [o0], ports: ["8000:80"] } }`
    expect(hotBoxes(drawn(source, ['client -> node0:8000'], 'overlay'))).toEqual([
      'c_s0_1',
      'mesh_node0',
      'n_ingress_node0',
      'nic_node0_eth0',
      'client',
    ])
  })
})

describe('any way through any topology', () => {
  for (const seed of seeds())
    it(`marks a connected way and repeats no address (seed ${seed.toString()})`, () => {
      fc.assert(
        fc.property(
          topologies(),
          fc.constantFrom(...VIEWS),
          fc.nat(),
          fc.nat(),
          (source, view, first, second) => {
            const names = [...(compile(source).plan?.containers.keys() ?? []), 'client', 'outside']
            const [from = '', to = ''] = [names[first % names.length], names[second % (names.length - 2)]]
            fc.pre(from !== to)
            const highlight = [{ value: `${from} -> ${to}`, span: { start: 0, end: 0 } }]
            const compiled = compile(source, { figure: { view, highlight } })
            // A way that cannot be asked for is a problem of the author, not of the drawing.
            fc.pre(compiled.ok)
            if (!compiled.ok) return
            const { figure } = compiled
            const hot = hotBoxes(figure)
            for (const edge of figure.edges.filter((one) => one.marks.includes('hot')))
              expect(hot).toEqual(expect.arrayContaining([edge.from, edge.to]))
            for (const id of hot)
              for (const tag of tagsOf(figure, id))
                expect(tag.split(/\s+/).filter((word) => parseAddress(word) !== null)).toEqual([])
            // A bus has no way in from outside, and only the view overlay draws tunnels and the routing mesh.
            const drawsAll = view === 'overlay' || (view !== 'bus' && !source.includes('swarm: true'))
            if (drawsAll && hot.length > 1)
              for (const id of hot)
                expect(
                  figure.edges.some(
                    (edge) => edge.marks.includes('hot') && [edge.from, edge.to].includes(id),
                  ),
                  `${id} on ${highlight[0]?.value ?? ''}`,
                ).toBe(true)
          },
        ),
        { seed, numRuns: 120 },
      )
    })
})
