import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile } from '../../src/compile.ts'
import { drawFigure } from '../../src/figure/draw.ts'
import type { Figure } from '../../src/figure/figure.ts'
import { hostPart } from '../../src/figure/host-part.ts'
import { drawnNetworks } from '../../src/figure/part.ts'
import { parseAddress, parseCidr } from '../../src/net/index.ts'
import type { Plan } from '../../src/plan/plan.ts'
import { FIGURE_PARTS, TOPOLOGY_VIEWS, type View } from '../../src/topology/topology.ts'
import { en } from '../../src/words/en.ts'
import { asText } from '../support/as-text.ts'
import { container, host, network, PETS, plan, SHOP, settings } from '../support/plan.ts'
import { seeds } from '../support/seeds.ts'
import { topologies } from '../support/topologies.ts'

const names = (figure: Figure): readonly string[] => figure.boxes.map((box) => box.lines[0]?.text ?? '')
const linesOf = (figure: Figure, name: string): readonly string[] =>
  figure.boxes.find((box) => box.lines[0]?.text === name)?.lines.map((line) => line.text) ?? []

describe('which view an author gets', () => {
  it('is network, for one host and for several', () => {
    expect(drawFigure(SHOP, settings({}), en).view).toBe('network')
    expect(drawFigure(PETS, settings({}), en).view).toBe('network')
  })
  it('is the one that was asked for', () => {
    expect(drawFigure(PETS, settings({ view: 'bus' }), en).view).toBe('bus')
  })
})

describe('what is drawn', () => {
  it('hides the default bridge unless a container is on it or it is asked for', () => {
    expect(names(drawFigure(SHOP, settings({}), en))).not.toContain('bridge (docker0)')
    expect(names(drawFigure(SHOP, settings({ show: ['bridge'] }), en))).toContain('bridge (docker0)')
  })

  it('leads a published port from the client by the interface of the host to the network', () => {
    const figure = drawFigure(SHOP, settings({}), en)
    expect(figure.edges.map((edge) => [edge.from, edge.to, ...edge.label])).toEqual([
      ['client', 'nic_host_eth0', '8000/tcp'],
      ['nic_host_eth0', 'n_mybridge_host', '8000 → web:5000'],
      ['n_mybridge_host', 'c_db'],
      ['n_mybridge_host', 'c_web'],
    ])
  })

  it('lets hide win over show', () => {
    expect(names(drawFigure(SHOP, settings({ show: ['client'], hide: ['client'] }), en))).not.toContain(
      'client',
    )
  })

  it('draws dependencies only when they are asked for', () => {
    const kinds = (show: boolean) =>
      drawFigure(SHOP, settings(show ? { show: ['depends_on'] } : {}), en).edges.map((edge) => edge.kind)
    expect(kinds(false)).not.toContain('dependency')
    expect(kinds(true)).toContain('dependency')
  })

  it('marks a container that does not run, and gives it no address', () => {
    const stopped = plan({ networks: [network('n')], containers: [container('db', { state: 'exited' })] })
    const figure = drawFigure(stopped, settings({}), en)
    expect(figure.boxes.find((box) => box.id === 'c_db')?.marks).toEqual(['stopped'])
    expect(linesOf(figure, 'db')).toEqual(['db', 'stopped'])
  })

  it('keeps the order of writing, whatever order Docker makes things in', () => {
    const written = plan({
      networks: [
        network('back', { span: { start: 50, end: 60 } }),
        network('front', { span: { start: 10, end: 20 } }),
      ],
      containers: [
        container('db', { span: { start: 90, end: 95 } }),
        container('app', { span: { start: 70, end: 80 } }),
      ],
    })
    expect(names(drawFigure(written, settings({}), en))).toEqual(['front', 'back', 'app', 'db'])
  })

  it('gives every part an id of its own, whatever scripts the names are in', () => {
    const alike = plan({
      hosts: [host('a-b'), host('a_b'), host('한국')],
      networks: [
        network('가', { host: 'a-b' }),
        network('나', { host: 'a-b' }),
        network('x', { host: '한국' }),
      ],
      containers: [
        container('A.b', { host: 'a-b' }),
        container('a_b', { host: 'a-b' }),
        container('가', { host: 'a-b' }),
      ],
    })
    const figure = drawFigure(alike, settings({ view: 'network' }), en)
    const ids = [...figure.boxes, ...figure.groups].map((part) => part.id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(id).toMatch(/^[a-z][a-z0-9_]*$/)
  })
})

describe('the words of a figure', () => {
  it.each(['en', 'ko'])('have a sentence for a host of which there is something to say (%s)', (language) => {
    const told = (head: string): readonly string[] => {
      const result = compile(`${head}\nservices: { web: { image: nginx } }`, { language })
      return result.ok ? result.figure.description : []
    }
    const [first = ''] = told('name: a')
    expect(first).toMatch(/^(Network a_default|a_default 네트워크)/)
    expect(told('hosts: { host: { address: 192.168.56.10/24 } }')[0]).toContain('192.168.56.10')
  })
})

describe('host part of an address', () => {
  it.each([
    { text: '172.18.0.3/16', part: '.0.3' },
    { text: '10.0.1.7/24', part: '.7' },
    { text: '192.168.17.5/20', part: '.17.5' },
    { text: '10.1.2.3/8', part: '.1.2.3' },
    { text: '10.1.2.3/31', part: '.3' },
    { text: '10.1.2.3/32', part: '.3' },
    { text: '10.1.2.3/0', part: '10.1.2.3' },
    { text: '2001:db8:28::2/64', part: '::2' },
    { text: 'fd00::1:2/112', part: '::2' },
  ])('of $text is $part', ({ text, part }) => {
    expect(hostPart(parseCidr(text)!)).toBe(part)
  })
})

/** Every address in the boxes, sorted; `8000 → web:80` and subnets are none. */
function addressesIn(figure: Figure): readonly string[] {
  return figure.boxes
    .filter(
      (box) =>
        box.kind !== 'nic' || !figure.groups.some((one) => one.id === box.group && one.kind === 'host'),
    )
    .flatMap((box) => box.lines)
    .flatMap((line) => line.text.split(/[\s()]+/))
    .filter((word) => parseAddress(word) !== null)
    .sort()
}

/** Addresses of hosts: on their interface, or in the title of their group. */
const hostAddressesIn = (figure: Figure): readonly string[] =>
  [
    ...figure.groups.filter((group) => group.kind === 'host').map((group) => group.title),
    ...figure.boxes
      .filter((box) => figure.groups.some((one) => one.id === box.group && one.kind === 'host'))
      .filter((box) => box.kind === 'nic')
      .flatMap((box) => box.lines.map((line) => line.text)),
  ].flatMap((text) => text.split(/\s+/).filter((word) => parseAddress(word) !== null))

const bare = (text: string): string => text.split('/')[0] ?? ''
const present = (texts: readonly string[]): readonly string[] => texts.filter((text) => text !== '')

/** What a view has to show, from the plan alone. A network of the swarm has a bridge of its own on each host. */
function addressesOf(plan: Plan, view: View): readonly string[] {
  const what = asText(plan)
  return [...drawnNetworks(plan, settings({ view }), view).keys()]
    .flatMap((key) => {
      const one = what.networks.get(key)!
      const ends = [...one.endpoints.values()]
      const parts = view === 'datapath' && one.host === '' ? new Set(ends.map((end) => end.host)).size : 1
      const own = [...present(one.gateways), ...one.auxAddresses.values()]
      const vips = [...what.services.values()].map((each) => each.vips.get(key) ?? '')
      // Load balancers are what one view alone is about.
      const isTold = (end: (typeof ends)[number]): boolean =>
        end.container === '' ? view === 'overlay' || key.startsWith('docker_gwbridge') : view !== 'bus'
      return [
        ...Array.from({ length: parts }, () => [...own, ...present(vips)]).flat(),
        ...ends.filter(isTold).flatMap((end) => present([end.ipv4, end.ipv6])),
      ]
    })
    .map(bare)
    .sort()
}

describe('every address the view covers is drawn once for each attachment, and no other', () => {
  for (const view of TOPOLOGY_VIEWS) {
    it(`of a plan with a routing mesh, in view ${view}`, () => {
      expect(addressesIn(drawFigure(PETS, settings({ view }), en))).toEqual(addressesOf(PETS, view))
    })

    for (const seed of seeds())
      it(`of any topology, in view ${view} (seed ${seed.toString()})`, () => {
        fc.assert(
          fc.property(topologies(), (source) => {
            const compiled = compile(source, { figure: { view } })
            if (!compiled.ok) throw new Error(compiled.problems.map((one) => one.message).join('\n'))
            const { figure } = compiled
            expect(addressesIn(figure)).toEqual(addressesOf(compiled.plan, view))
            for (const each of asText(compiled.plan).hosts)
              expect(hostAddressesIn(figure).filter((found) => found === bare(each.address)).length).toBe(
                each.address === '' ? 0 : 1,
              )
            if (view === 'bus') expect(jointsIn(figure)).toEqual(jointsOf(compiled.plan))
            for (const box of figure.boxes)
              for (const line of box.lines) expectPlanned(line.text, compiled.plan)
          }),
          { seed, numRuns: 60 },
        )
      })
  }
})

describe('whatever is shown and hidden', () => {
  const parts = fc.subarray([...FIGURE_PARTS])
  for (const seed of seeds())
    it(`joins only parts that are there, and makes up no address (seed ${seed.toString()})`, () => {
      fc.assert(
        fc.property(
          topologies(),
          fc.constantFrom(...TOPOLOGY_VIEWS),
          parts,
          parts,
          (source, view, show, hide) => {
            const compiled = compile(source, { figure: { view, show, hide }, language: 'ko' })
            if (!compiled.ok) throw new Error(compiled.problems.map((one) => one.message).join('\n'))
            const { boxes, groups, edges } = compiled.figure
            const ids = [...boxes, ...groups].map((part) => part.id)
            expect(new Set(ids).size).toBe(ids.length)
            for (const edge of edges) expect(ids).toEqual(expect.arrayContaining([edge.from, edge.to]))
            for (const box of boxes) expect(['', ...groups.map((group) => group.id)]).toContain(box.group)
            const text = asText(compiled.plan)
            const known = [
              ...[...text.networks.values()].flatMap((one) => [
                ...one.gateways,
                ...one.auxAddresses.values(),
                ...[...one.endpoints.values()].flatMap((end) => [end.ipv4, end.ipv6]),
              ]),
              ...[...text.services.values()].flatMap((one) => [...one.vips.values()]),
              ...text.hosts.map((one) => one.address),
            ].map(bare)
            for (const found of addressesIn(compiled.figure)) expect(known).toContain(found)
          },
        ),
        { seed, numRuns: 100 },
      )
    })
})

const jointsIn = (figure: Figure): readonly string[] =>
  figure.edges
    .filter((edge) => edge.kind === 'attach')
    .flatMap((edge) => edge.label.map((label) => label.replace(' †', '')))
    .sort()
const jointsOf = (what: Plan): readonly string[] =>
  [...drawnNetworks(what, settings({ view: 'bus' }), 'bus').values()]
    .flatMap((one) => [...one.endpoints.values()])
    .filter((end) => end.container !== '')
    .flatMap((end) => [end.ipv4, end.ipv6].filter((own) => own !== null).map(hostPart))
    .sort()

/** A subnet that is drawn is one of the plan. */
function expectPlanned(text: string, plan: Plan): void {
  const what = asText(plan)
  for (const word of text.split(/[\s()]+/))
    if (parseCidr(word) !== null)
      expect([
        ...[...what.networks.values()].flatMap((one) => [...one.subnets, ...one.ipRanges]),
        what.underlay.subnet,
      ]).toContain(word)
}
