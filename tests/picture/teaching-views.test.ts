import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Compiled, compile } from '../../src/compile.ts'
import { spaceOf } from '../../src/figure/space.ts'
import { formatAddress, lastValue, parseAddress, prefixOf } from '../../src/net/index.ts'
import { placeScene } from '../../src/picture/draw.ts'
import type { PlacedFigure, PlacedText, Rect } from '../../src/picture/placed.ts'
import { writeSvg } from '../../src/picture/write-svg.ts'
import type { Plan } from '../../src/plan/plan.ts'
import type { View } from '../../src/topology/topology.ts'
import { en } from '../../src/words/en.ts'
import { seeds } from '../support/seeds.ts'
import { topologies } from '../support/topologies.ts'

const GALLERY = join(import.meta.dirname, '../../content/gallery')
const FILES = readdirSync(GALLERY).filter((name) => name.endsWith('.yaml'))
const source = (file: string): string => readFileSync(join(GALLERY, file), 'utf8')
type Drawn = Extract<Compiled, { readonly ok: true }>

function drawn(text: string, view: View, way?: string, language = 'en'): Drawn | null {
  const highlight = way === undefined ? [] : [{ value: way, span: { start: 0, end: 0 } }]
  const result = compile(text, { language, figure: { view, highlight } })
  return result.ok ? result : null
}

const space = (plan: Plan, networks: Plan['networks']) =>
  spaceOf({ plan, whole: plan, networks, changes: null }, en)

const overlap = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.width - 0.5 &&
  b.x < a.x + a.width - 0.5 &&
  a.y < b.y + b.height - 0.5 &&
  b.y < a.y + a.height - 0.5

/** As wide as a reader's own font may make it. */
function rectOf({ x, y, anchor, width, size }: PlacedText): Rect {
  const own = width * 1.1
  const left = anchor === 'middle' ? x - own / 2 : anchor === 'end' ? x - own : x
  return { x: left, y: y - size * 0.8, width: own, height: size }
}

/** Everything that is wrong with where things lie. */
function faultsOf(figure: PlacedFigure, width: number): readonly string[] {
  const faults: string[] = []
  if (figure.width > width) faults.push(`it is ${figure.width} wide`)
  const parts = [...figure.bands, ...figure.boxes, ...(figure.cells ?? [])]
  for (const part of parts) {
    if (
      part.x < 0 ||
      part.y < 0 ||
      part.x + part.width > figure.width ||
      part.y + part.height > figure.height
    )
      faults.push(`${part.id} is cut`)
    for (const text of part.texts) {
      const rect = rectOf(text)
      if (rect.x < part.x || rect.x + rect.width > part.x + part.width) faults.push(`"${text.text}" runs out`)
      if (rect.y < part.y || rect.y + rect.height > part.y + part.height)
        faults.push(`"${text.text}" is too low`)
      if (text.size < 9) faults.push(`"${text.text}" is too small`)
    }
  }
  for (const [index, one] of parts.entries())
    for (const other of parts.slice(index + 1))
      if (overlap(one, other)) faults.push(`${one.id} covers ${other.id}`)
  for (const line of figure.lines)
    if (line.kind === 'message' || line.kind === 'reply')
      for (const cell of figure.cells ?? [])
        for (const point of line.points)
          if (
            point.x > cell.x &&
            point.x < cell.x + cell.width &&
            point.y > cell.y + 1 &&
            point.y < cell.y + cell.height - 1
          )
            faults.push(`${line.id} ends in ${cell.id}`)
  const ids = [...figure.enclosures, ...figure.lines, ...parts, ...figure.labels].map(({ id }) => id)
  for (const [index, id] of ids.entries()) if (ids.indexOf(id) !== index) faults.push(`${id} is there twice`)
  return faults
}

const WAYS: ReadonlyMap<string, string> = new Map([
  ['31-highlight-bridge.yaml', 'client -> web:8000'],
  ['32-highlight-overlay.yaml', 'web.1 -> db'],
  ['36-isolation.yaml', 'alice -> 172.19.0.2'],
  ['37-mesh-way.yaml', 'client -> node2:8080'],
  ['09-macvlan.yaml', 'camera -> printer'],
])

describe.each([700, 340])('at %i px', (width) => {
  it.each(FILES)('addresses and matrix of %s lie as they should', (file) => {
    for (const [view, language] of [
      ['addresses', 'en'],
      ['matrix', 'ko'],
    ] as const) {
      const one = drawn(source(file), view, undefined, language)
      expect(one && faultsOf(placeScene(one.scene, width), width)).toEqual([])
    }
  })

  it.each([...WAYS])('the sequence of %s lies as it should', (file, way) => {
    const one = drawn(source(file), 'sequence', way)
    expect(one && faultsOf(placeScene(one.scene, width), width)).toEqual([])
  })

  it.each(seeds())('addresses and matrix of any topology lie as they should (seed %i)', (seed) => {
    fc.assert(
      fc.property(topologies(), fc.constantFrom<View>('addresses', 'matrix'), (text, view) => {
        const one = drawn(text, view)
        if (one !== null) expect(faultsOf(placeScene(one.scene, width), width)).toEqual([])
      }),
      { seed, numRuns: 20 },
    )
  })
})

describe('view matrix', () => {
  it.each(FILES)('has each attachment of %s once, with its address', (file) => {
    for (const width of [700, 340]) {
      const one = drawn(source(file), 'matrix')
      if (one === null) throw new Error('not drawn')
      const cells = placeScene(one.scene, width).cells ?? []
      for (const card of one.scene.cards)
        for (const joint of card.joints) {
          const own = cells.filter(
            ({ subject }) =>
              subject.is === 'attachment' &&
              subject.container === card.container &&
              subject.network === joint.network,
          )
          expect(own).toHaveLength(1)
          const text = own.flatMap((cell) => cell.texts.map((line) => line.text)).join(' ')
          for (const line of joint.lines) expect(text).toContain(line)
        }
      expect(cells).toHaveLength(one.scene.cards.reduce((sum, card) => sum + card.joints.length, 0))
    }
  })
})

describe('view matrix of a swarm', () => {
  it('says the whole of what is known of a host', () => {
    const one = drawn(source('32-highlight-overlay.yaml'), 'matrix')
    if (one === null) throw new Error('not drawn')
    const said = placeScene(one.scene).enclosures.flatMap(({ texts }) => texts.map(({ text }) => text))
    expect(said.join(' ')).toContain('manager · eth0 192.168.56.11')
    expect(said.join(' ')).not.toContain('…')
  })
})

describe('view addresses', () => {
  it.each(FILES)('leaves out no address of the subnets of %s, and has none twice', (file) => {
    const one = drawn(source(file), 'addresses')
    if (one === null) throw new Error('not drawn')
    for (const [key, network] of one.plan.networks) {
      const sections = space(one.plan, new Map([[key, network]])).filter((section) => section.network === key)
      expect(sections).toHaveLength(network.subnets.length)
      for (const [index, { cells }] of sections.entries()) {
        const subnet = network.subnets[index]
        if (subnet === undefined) continue
        let next = prefixOf(subnet).first
        for (const { lines } of cells) {
          const ends = lines.map((line) => parseAddress(line.replace(/ [–†]$/, '')))
          expect(ends[0]?.value).toBe(next)
          next = (ends.at(-1)?.value ?? 0n) + 1n
        }
        expect(next).toBe(lastValue(prefixOf(subnet)) + 1n)
      }
    }
  })

  it('has a block of the pools that a LAN lies in blocked as a whole, and a part of one that is taken', () => {
    const plan = drawn(
      'hosts: { host: { address: 192.168.56.10/24 } }\nnetworks: { a: { ipam: { config: [{ subnet: 172.20.5.0/24 }] } } }\nservices: { web: { networks: [a] } }',
      'addresses',
    )?.plan
    if (plan === undefined) throw new Error('not drawn')
    const cells = space(plan, new Map())[0]?.cells ?? []
    expect(cells).toHaveLength(31)
    expect(
      cells.filter(({ kind }) => kind !== 'free').map(({ kind, lines, note }) => [kind, ...lines, note]),
    ).toEqual([
      ['taken', '172.17.0.0/16', 'bridge'],
      ['taken', '172.20.0.0/16', 'a 172.20.5.0/24'],
      ['blocked', '192.168.48.0/20', 'LAN 192.168.56.0/24'],
    ])
  })

  it('says whose each address is, what is kept back, and what a range leaves out', () => {
    const one = drawn(source('08-ranges.yaml'), 'addresses')
    const cells =
      one === null
        ? []
        : (space(one.plan, one.plan.networks).find(({ title }) => title.startsWith('lab'))?.cells ?? [])
    expect(cells.map(({ kind, lines, note }) => `${kind} ${lines.join(' ')} ${note}`)).toEqual([
      'edge 172.30.0.0 network',
      'outside 172.30.0.1 – 172.30.0.253 253 outside of ip_range',
      'gateway 172.30.0.254 gateway',
      'outside 172.30.0.255 – 172.30.4.255 1,025 outside of ip_range',
      'used 172.30.5.0 first',
      'reserved 172.30.5.1 reserved: printer',
      'used 172.30.5.2 second',
      'free 172.30.5.3 – 172.30.5.255 253 free',
      'outside 172.30.6.0 – 172.30.99.8 23,817 outside of ip_range',
      'used 172.30.99.9 fixed',
      'outside 172.30.99.10 – 172.30.255.254 40,181 outside of ip_range',
      'edge 172.30.255.255 broadcast',
    ])
  })

  it('tells hosts with equal pools together', () => {
    const one = drawn(source('33-fifty-on-five.yaml'), 'addresses')
    expect(one && space(one.plan, new Map()).map(({ title }) => title)).toEqual([
      'Default pools of node1, node2, node3, node4, node5',
      'Default pools of the swarm',
    ])
  })
})

describe('view sequence', () => {
  it.each([
    ...WAYS,
    ['09-macvlan.yaml', 'host -> camera'],
    ['13-modes.yaml', 'exporter -> outside'],
    ['27-global.yaml', 'node3 -> agent.node1'],
  ])('tells every hop of the trace of %s once, in order (%s)', (file, way) => {
    const one = drawn(source(file), 'sequence', way)
    const [sequence] = one?.figure.sequences ?? []
    const told = (sequence?.rows ?? []).flatMap((row) => row.numbers)
    expect(told).toEqual(
      Array.from({ length: one?.scene.traces[0]?.hops.length ?? 0 }, (_, index) => index + 1),
    )
  })

  it('has the number of a hop where it says what happens there', () => {
    const own = ['dnat', 'ipvs', 'masquerade', 'proxy', 'drop']
    for (const [file, way] of WAYS) {
      const one = drawn(source(file), 'sequence', way)
      const hops = (one?.scene.traces[0]?.hops ?? []).flatMap(({ kind }, index) =>
        own.includes(kind) ? [index + 1] : [],
      )
      const events = (one?.figure.sequences[0]?.rows ?? []).flatMap((row) =>
        row.kind === 'event' ? row.numbers : [],
      )
      expect(hops.filter((number) => !events.includes(number))).toEqual([])
    }
  })

  it('has an answer for what arrives, and none for what is dropped', () => {
    const replies = (file: string): number =>
      drawn(source(file), 'sequence', WAYS.get(file))?.figure.sequences[0]?.rows.filter(
        (row) => row.kind === 'message' && row.reply && row.headers.length > 0,
      ).length ?? -1
    expect(replies('36-isolation.yaml')).toBe(0)
    expect(replies('31-highlight-bridge.yaml')).toBe(3)
  })

  it('shows headers that grow in the tunnel, and the answer with all translations undone', () => {
    const one = drawn(source('32-highlight-overlay.yaml'), 'sequence', 'web.1 -> db:8500')
    const rows = one?.figure.sequences[0]?.rows ?? []
    const headers = rows.flatMap((row) =>
      row.kind === 'message' ? [row.headers.map(({ text }) => text.replaceAll(' †', ''))] : [],
    )
    expect(headers).toContainEqual([
      'outer 192.168.56.12 → 192.168.56.11',
      'UDP 4789 · VXLAN · VNI 4097',
      'MAC 02:42:0a:00:01:08 → 02:42:0a:00:01:03',
      'TCP 10.0.1.8 → 10.0.1.3:8500',
    ])
    expect(headers.at(-1)).toEqual([
      'MAC 02:42:0a:00:01:08 → 02:42:0a:00:01:05',
      'TCP 10.0.1.2:8500 → 10.0.1.5',
    ])
  })

  it('names only addresses that the plan or the trace has', () => {
    for (const [file, way] of WAYS) {
      const one = drawn(source(file), 'sequence', way)
      const known = JSON.stringify(
        [
          one?.scene.traces,
          [...(one?.plan.hosts ?? [])].map(({ address }) => address && formatAddress(address.address)),
        ],
        (_, value) => (typeof value === 'bigint' ? String(value) : value),
      )
      for (const row of one?.figure.sequences[0]?.rows ?? [])
        if (row.kind === 'message')
          for (const { text } of row.headers)
            for (const address of text.match(/\d+\.\d+\.\d+\.\d+/g) ?? []) expect(known).toContain(address)
    }
  })

  it('has a dagger at an address that is one of several, and only then one in the legend', () => {
    const model = (chance: string): string => `services:
  a: { image: nginx }
  b: { image: redis${chance} }
`
    for (const [text, dagger] of [
      [model(''), true],
      [model(', depends_on: [a]'), false],
    ] as const) {
      const one = drawn(`chance: ok\n${text}`, 'sequence', 'a -> b')
      const headers = JSON.stringify(one?.figure.sequences[0]?.rows)
      expect(headers.includes('†')).toBe(dagger)
      expect(one?.figure.legend.map(({ kind }) => kind)).toEqual(dagger ? ['chance'] : [])
    }
  })

  it('is a sequence diagram in Mermaid', () => {
    const one = drawn(source('32-highlight-overlay.yaml'), 'sequence', 'web.1 -> db')
    expect(one?.mermaid).toMatch(/^sequenceDiagram\n/)
    expect(one?.mermaid).toContain('participant l5 as VXLAN<br/>node2 → node1')
  })

  it('is an error without a way, and says what to write', () => {
    const result = compile('services: { web: {} }', { figure: { view: 'sequence' } })
    expect(result.ok ? [] : result.problems.map(({ code }) => code)).toEqual(['SEQUENCE_WITHOUT_WAY'])
  })
})

it('draws the same bytes for the same model, in every new view', () => {
  for (const view of ['addresses', 'matrix', 'sequence'] as const) {
    const svg = (): string => {
      const one = drawn(source('32-highlight-overlay.yaml'), view, 'web.1 -> db')
      return one === null ? '' : writeSvg(placeScene(one.scene), { id: 'x' }).svg
    }
    expect(svg()).toBe(svg())
    expect(svg()).toContain('<svg ')
  }
})
