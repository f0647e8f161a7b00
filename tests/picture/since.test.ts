/** What changed between two steps, in each view of a model. */
import { describe, expect, it } from 'vitest'
import { type Compiled, compile } from '../../src/compile.ts'
import { drawPicture, placeScene } from '../../src/picture/draw.ts'
import { placeList } from '../../src/picture/list.ts'
import type { PlacedFigure } from '../../src/picture/placed.ts'
import { standaloneStyle } from '../../src/picture/style.ts'
import { VIEWS, type View } from '../../src/topology/topology.ts'

const LAB = `hosts: { host: { address: 192.168.56.10/24 } }
commands:
  - docker network create net
  - docker run -d --name web --network net -p 8000:80 -p 53:53/udp nginx
  - docker run -d --name db --network net redis
  - docker network create old
  - docker rm -f web
  - docker run -d --name cache --network net -p 9000:80 nginx
  - docker rename db store
  - docker network rm old
  - docker network create fresh
  - docker network connect fresh store
`

function drawn(view: View, focus: readonly string[] = []): Extract<Compiled, { readonly ok: true }> {
  const span = { start: 0, end: 0 }
  const highlight = view === 'sequence' ? [{ value: 'cache -> store', span }] : []
  const result = compile(LAB, {
    since: 4,
    figure: { view, highlight, focus: focus.map((value) => ({ value, span })) },
  })
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join())
  return result
}

const textsOf = (figure: PlacedFigure): readonly string[] =>
  [
    ...figure.enclosures,
    ...figure.bands,
    ...figure.boxes,
    ...figure.chips,
    ...figure.pills,
    ...(figure.cells ?? []),
  ].flatMap((part) => part.texts.map(({ text }) => text))

const cellsOf = (view: View): readonly string[] =>
  (placeScene(drawn(view).scene).cells ?? []).flatMap(({ change, texts }) =>
    change === undefined ? [] : [`${change}: ${texts.map(({ text }) => text).join(' ')}`],
  )

describe('since=', () => {
  it('draws a line of its own round a network that is new or gone, and round no other', () => {
    const svg = drawPicture(drawn('network').scene, 'x').svg
    const rings = [...svg.matchAll(/<g [^>]*class="(band[^"]*)"[^>]*>(.*?)<\/g>/gs)].map(
      ([, marks, inside]) => [
        /dn-(new|gone|changed)/.exec(marks ?? '')?.[1] ?? '',
        /<rect [^>]*class="ring"[^>]*>/.exec(inside ?? '')?.[0] ?? '',
      ],
    )
    const of = (kind: string) => rings.filter(([own]) => own === kind).map(([, ring]) => ring)
    expect(of('new')).toEqual([expect.stringMatching(/fill="none".*stroke="#0a6b3d"/)])
    expect(of('gone')).toEqual([expect.stringMatching(/stroke="#b3261e".*stroke-dasharray="3 3"/)])
    expect(new Set(of(''))).toEqual(new Set(['']))
  })

  it('keeps the dashes of networks on paper off what has changed, which has its own', () => {
    const [, grey = ''] = standaloneStyle('light').split('@media print')
    const dashed = grey.split('}').filter((rule) => rule.includes('stroke-dasharray'))
    expect(dashed.length).toBeGreaterThan(0)
    for (const rule of dashed)
      for (const selector of rule.split('.docker-network-picture').slice(1))
        expect(selector).toContain(':not(.dn-new,.dn-gone,.dn-changed)')
  })

  it('tells in the address space who holds an address, and who held it', () => {
    expect(cellsOf('addresses')).toEqual([
      'changed: 172.19.0.0/16 ~ fresh, was old',
      'changed: 172.18.0.2 ~ cache, was web',
      'new: 172.19.0.2 + store',
    ])
  })

  it('marks ports of NAT and of docker-proxy, with their protocol', () => {
    const [host] = drawn('datapath').scene.hosts
    expect(host?.plumbing?.proxy.texts).toEqual(['− 8000', '− 53/udp', '+ 9000'])
    expect(host?.plumbing?.dnat.map(({ text }) => text)).toEqual([
      '− 8000 → 172.18.0.2:80',
      '− 53/udp → 172.18.0.2:53',
      '+ 9000 → 172.18.0.2:80',
    ])
    expect(host?.plumbing?.sources.map(({ text }) => text)).toEqual([
      '172.18.0.0/16',
      '− 172.19.0.0/16',
      '+ 172.19.0.0/16',
    ])
  })

  it('marks no rule between the rows of a matrix', () => {
    const rules = placeScene(drawn('matrix').scene).lines.filter(({ kind }) => kind === 'rule')
    expect(rules.length).toBeGreaterThan(0)
    expect(rules.filter(({ change }) => change !== undefined)).toEqual([])
  })

  it.each(['network', 'bus', 'matrix', 'datapath', 'overlay'] as const)(
    'says in view %s what a renamed container was called, in the picture and in Mermaid',
    (view) => {
      const { scene, figure } = drawn(view)
      expect(textsOf(placeScene(scene))).toEqual(expect.arrayContaining(['~ store', 'was db']))
      expect(textsOf(placeScene(scene))).not.toContain('− db')
      const marked = figure.boxes.filter(({ marks }) => marks.includes('changed'))
      expect(marked.length).toBeGreaterThan(0)
    },
  )

  it.each(VIEWS.filter((view) => view !== 'sequence'))(
    'marks the same in the Mermaid text of view %s, and no address of a gone one in its table',
    (view) => {
      const { figure } = drawn(view)
      const marks = new Set([...figure.boxes, ...figure.edges].flatMap((part) => part.marks))
      expect(marks.has('changed')).toBe(true)
      expect(marks.has('new')).toBe(true)
      expect(figure.addresses.map(({ owner }) => owner)).not.toContain('web')
    },
  )

  it('keeps to what is there in the table of a part', () => {
    expect(drawn('network', ['net']).figure.addresses.map(({ owner }) => owner)).toEqual([
      'net',
      'store',
      'cache',
    ])
  })
})

const SWARM = `hosts:
  a: { address: 192.168.56.11/24, role: manager }
  b: { address: 192.168.56.12/24, role: worker }
swarm: true
commands:
  - docker network create -d overlay o
  - docker service create --name db --network o redis
  - docker service create --name web --network o --replicas 2 nginx
  - docker service rm db
  - docker service scale web=3
  - docker node promote b
chance: ok
`

describe('since= in a swarm', () => {
  const since = (from: number, view: View) => {
    const result = compile(SWARM, { since: from, figure: { view } })
    if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join())
    return result
  }

  it('has a sign before each VIP that came or went, in the map and in what a phone gets', () => {
    const signed = (figure: PlacedFigure): readonly string[] =>
      textsOf(figure).filter((text) => text.includes('VIP'))
    const { scene } = since(2, 'network')
    expect(signed(placeScene(scene))).toEqual(['− VIP db 10.0.1.2', '+ VIP web 10.0.1.5'])
    expect(signed(placeList(scene, 340))).toEqual(['− VIP db 10.0.1.2', '+ VIP web 10.0.1.5'])
  })

  it('has a sign before a role that changed, and none in the legend for what is not drawn', () => {
    expect(since(5, 'network').scene.hosts.map(({ facts }) => facts)).toEqual([['manager'], ['~ manager']])
    expect(since(4, 'network').figure.legend.map(({ kind }) => kind)).toEqual(['new', 'changed', 'chance'])
    const { legend } = compiledAt(5, 4)
    expect(legend.map(({ kind }) => kind)).toEqual(['new', 'chance'])
  })

  const compiledAt = (step: number, from: number) => {
    const result = compile(SWARM, { step, since: from, figure: { view: 'network' } })
    if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join())
    return result.figure
  }
})
