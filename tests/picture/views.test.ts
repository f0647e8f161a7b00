/** What each view says that the others do not. */
import { describe, expect, it } from 'vitest'
import { compile } from '../../src/compile.ts'
import { place } from '../../src/picture/place.ts'
import type { PlacedFigure } from '../../src/picture/placed.ts'
import type { View } from '../../src/topology/topology.ts'
import { faultsOf } from '../geometry/placed-judge.ts'
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

describe('view datapath', () => {
  const source = `hosts: { host: { address: 192.168.56.10/24 } }
networks: { app: {}, inner: { internal: true } }
services:
  web: { image: x, networks: [app], ports: ["8000:5000", "127.0.0.1:9000:9000"] }
  db: { image: x, networks: [app, inner] }`
  const figure = drawn(source, 'datapath')
  const box = (kind: string) => figure.boxes.find((one) => one.kind === kind)
  const nat = box('nat')!
  const nic = figure.chips.find((chip) => chip.kind === 'nic')!

  it('leads from the client over the interface, NAT and the bridge to the container, downwards', () => {
    const client = box('client')!
    const app = figure.bands.find((band) => band.subject.is === 'network' && band.subject.network === 'app')!
    const web = figure.boxes.find((one) => one.id === 'c_web')!
    const path = [client, nic, nat, app, web]
    for (const [at, part] of path.slice(1).entries()) expect(part.y).toBeGreaterThan(path[at]!.y)
    const joined = figure.lines.map((line) => `${line.from} ${line.to}`)
    expect(joined).toContain(`${client.id} ${nic.id}`)
    expect(joined).toContain(`${nic.id} ${nat.id}`)
    expect(joined).toContain(`${nat.id} ${app.id}`)
  })

  it('has each rule in the box of NAT, and what docker-proxy serves', () => {
    const rules = figure.pills.filter((pill) => pill.owner === nat.id)
    expect(rules.map((pill) => pill.texts[0]?.text)).toEqual([
      '8000 → 172.18.0.3:5000',
      '127.0.0.1:9000 → 172.18.0.3:9000',
    ])
    expect(nat.texts.map((text) => text.text)).toContain('MASQUERADE 172.18.0.0/16')
    expect(box('proxy')?.texts.at(-1)?.text).toBe('8000, 127.0.0.1:9000')
  })

  it('leads nothing from NAT into an internal network', () => {
    const inner = figure.bands.find((band) => band.internal)!
    expect(figure.lines.filter((line) => line.to === inner.id && line.from === nat.id)).toEqual([])
  })

  it('has the end of each veth pair on its bridge', () => {
    const ends = figure.chips.filter((chip) => chip.kind === 'veth')
    expect(ends.map((chip) => chip.subject)).toEqual([
      { is: 'veth', container: 'web', network: 'app' },
      { is: 'veth', container: 'db', network: 'app' },
      { is: 'veth', container: 'db', network: 'inner' },
    ])
  })

  it('leads a VLAN to the interface it is cut from', () => {
    const vlan = drawn(
      'hosts: { host: { address: 192.168.56.10/24, interfaces: { eth1: 10.1.0.9/24 } } }\nnetworks: { lan: { driver: macvlan, driver_opts: { parent: eth1.20 }, ipam: { config: [{ subnet: 10.2.0.0/24 }] } } }\nservices: { a: { image: x, networks: [lan] } }',
      'datapath',
    )
    expect(vlan.lines.filter((line) => line.kind === 'route').map(({ from, to }) => [from, to])).toEqual([
      ['nic_host_eth1', 'n_lan'],
    ])
  })
})

describe('view datapath of stacks of several networks', () => {
  it.each(['26-stack-public', '27-stack-shop'])(
    'is no wider than a column, with every tunnel: %s',
    (name) => {
      const { source } = figureCases('shapes').find((one) => one.name === name)!
      const compiled = compile(source, { figure: { view: 'datapath' } })
      if (!compiled.ok) throw new Error('is refused')
      const figure = place(compiled.scene)
      expect(figure.width).toBeLessThanOrEqual(700)
      const tunnels = figure.lines.filter(
        ({ kind, subject }) => kind === 'tunnel' && subject.is === 'network',
      )
      const wanted = compiled.scene.hosts.flatMap((host) =>
        (host.plumbing?.vxlan ?? []).map(({ network }) => `${host.name} ${network}`),
      )
      expect(
        tunnels
          .map(({ subject }) => (subject.is === 'network' ? `${subject.host} ${subject.network}` : ''))
          .sort(),
      ).toEqual([...wanted].sort())
      expect(wanted.length).toBeGreaterThan(6)
      expect(faultsOf(figure, compiled.plan)).toEqual([])
    },
  )
})

describe('view datapath of a swarm', () => {
  const swarm = (hosts: number, more = ''): string => `swarm: true
hosts: { ${Array.from({ length: hosts }, (_, at) => `n${at}: { address: 10.7.0.${at + 1}/24 }`).join(', ')} }
networks: { front: { driver: overlay }, back: { driver: overlay } }
services:
  web: { image: x, networks: [front], ports: ["80:80"], deploy: { replicas: ${hosts} } }
  api: { image: x, networks: [front, back], deploy: { replicas: ${hosts} } }
  db: { image: x, networks: [back] }
${more}`
  /** Cards of one row that nothing can make narrower, within a host beside the lane of the others. */
  const WIDEST = 740

  it.each([2, 3, 4])('has its %i hosts below each other where they are too wide for the column', (count) => {
    const compiled = compile(swarm(count), { figure: { view: 'datapath' } })
    if (!compiled.ok) throw new Error('has no plan')
    const figure = place(compiled.scene)
    expect(faultsOf(figure, compiled.scene.plan)).toEqual([])
    expect(figure.width).toBeLessThanOrEqual(WIDEST)
    const hosts = figure.enclosures.filter((one) => one.kind === 'host').sort((a, b) => a.y - b.y)
    for (const [at, host] of hosts.entries()) {
      const before = hosts[at - 1]
      if (before !== undefined) expect(host.y).toBeGreaterThan(before.y + before.height)
      const name = host.subject.is === 'host' ? host.subject.host : ''
      const on = figure.bands.filter(
        (band) => band.x > host.x && band.y > host.y && band.y < host.y + host.height,
      )
      const tunnels = figure.lines.filter((line) => line.kind === 'tunnel' && line.from === `vxlan_${name}`)
      expect(tunnels.map((line) => line.to).sort(), `networks that VXLAN of ${name} leads to`).toEqual(
        on.flatMap((band) => (band.kind === 'overlay' ? band.id : [])).sort(),
      )
      expect(tunnels).toHaveLength(3)
      // Each lies whole beside the others, and no line passes it.
      expect(on.flatMap((band) => band.slots)).toEqual([])
    }
  })

  it('leads a packet from host to host through both ends of the tunnel', () => {
    const figure = drawn(swarm(2, 'figure: { highlight: ["client -> web:80"] }'), 'datapath')
    const parts = [...figure.bands, ...figure.boxes].filter((part) => part.emphasis === 'plain')
    const on = (is: string): readonly string[] =>
      parts.flatMap(({ id, subject }) => (subject.is === is ? [id] : [])).sort()
    expect(on('network').filter((id) => id.startsWith('n_ingress'))).toEqual(['n_ingress_n0', 'n_ingress_n1'])
    expect(on('network').filter((id) => /^n_(front|back)/.test(id))).toEqual([])
    expect(on('vxlan')).toEqual(['vxlan_n0', 'vxlan_n1'])
  })

  const several = (['gallery', 'kinds', 'shapes'] as const)
    .flatMap((set) => figureCases(set))
    .filter(({ source }) => /^hosts:/m.test(source) && /^swarm:/m.test(source))

  it.each(several.map((one) => [one.name, one.source] as const))('keeps the contract: %s', (_, source) => {
    const compiled = compile(source, { figure: { view: 'datapath' } })
    if (!compiled.ok) throw new Error('has no plan')
    expect(faultsOf(place(compiled.scene), compiled.scene.plan)).toEqual([])
  })

  it('stays together where it fits', () => {
    const small = `swarm: true
hosts: { a: { address: 10.7.0.1/24 }, b: { address: 10.7.0.2/24 } }
networks: { mesh: { driver: overlay, internal: true } }
services: { w: { image: x, networks: [mesh], deploy: { replicas: 2 } } }`
    const figure = drawn(small, 'datapath')
    const [first, second] = figure.enclosures.filter((one) => one.kind === 'host')
    expect(second!.y).toBe(first!.y)
    expect(figure.bands.filter((band) => band.kind === 'overlay')).toHaveLength(1)
  })
})

describe('view overlay', () => {
  const swarm = `hosts:
  n1: { address: 192.168.56.11/24, role: manager }
  n2: { address: 192.168.56.12/24, role: worker }
  n3: { address: 192.168.56.13/24, role: worker }
underlay: { subnet: 192.168.56.0/24 }
swarm: true
networks: { mesh: { driver: overlay } }
services:
  web: { image: x, networks: [mesh], deploy: { mode: global, placement: { constraints: ["node.hostname != n2"] } } }
`
  const figure = drawn(swarm, 'overlay')
  const band = figure.bands.find((one) => one.subject.is === 'network' && one.subject.network === 'mesh')!

  it('has a network on the hosts that know it, with a tunnel between them', () => {
    const host = (name: string) => figure.enclosures.find((one) => one.id === `h_${name}`)!
    expect(band.segments).toHaveLength(2)
    const lies = band.segments.map((segment) =>
      figure.enclosures.filter(
        (one) => one.kind === 'host' && one.x <= segment.x && segment.x + segment.width <= one.x + one.width,
      ),
    )
    expect(lies).toEqual([[host('n1')], [host('n3')]])
  })

  it('says the VNI in the tunnel, and between whom its packets go', () => {
    expect(figure.labels.map((label) => label.text.text)).toEqual(['VNI 4097'])
    const [label] = figure.labels
    const [first, second] = band.segments
    expect(label!.text.x).toBeGreaterThan(first!.x + first!.width)
    expect(label!.text.x).toBeLessThan(second!.x)
    const underlay = figure.boxes.find((box) => box.kind === 'underlay')
    expect(underlay?.texts[0]?.text).toBe(
      'underlay · 192.168.56.0/24 · VXLAN · UDP 4789 · 192.168.56.11 ↔ 192.168.56.12 ↔ 192.168.56.13',
    )
  })

  it('has the load balancer of each host on it, and docker_gwbridge only where asked for', () => {
    const balancers = figure.chips.filter((chip) => chip.kind === 'endpoint')
    expect(balancers).toHaveLength(2)
    expect(figure.bands).toHaveLength(1)
    expect(drawn(`${swarm}figure: { show: [gwbridge] }`, 'overlay').bands).toHaveLength(4)
  })
})

describe('the words of a band on hosts alone', () => {
  const SWARM = `swarm: true
networks: { pets: { driver: overlay }, zoo: { driver: overlay, ipam: { config: [{ subnet: 10.9.0.0/28 }] } } }
services:
  web: { image: nginx, networks: [pets, zoo], ports: ["8080:80"], deploy: { replicas: 5 } }
chance: ok
`
  const hosts = (count: number): string =>
    `hosts:\n${Array.from({ length: count }, (_, at) => `  n${at}: { address: 192.168.56.${at + 1}/24 }`).join('\n')}\n`

  it.each([1, 2, 3])('stand in it, on %i hosts, and beside the lines that pass on further ones', (count) => {
    const { bands, chips } = drawn(hosts(count) + SWARM, 'overlay')
    for (const band of bands) {
      for (const { y, size } of band.texts) {
        expect(y - size * 0.8).toBeGreaterThanOrEqual(band.y)
        expect(y).toBeLessThanOrEqual(band.y + band.height)
      }
      const [, ...further] = band.segments
      for (const chip of chips.filter(({ owner, kind }) => owner === band.id && kind === 'endpoint')) {
        expect(chip.y + chip.height).toBeLessThanOrEqual(band.y + band.height)
        const at = further.find(({ x, width }) => chip.x >= x && chip.x < x + width)
        if (at === undefined) continue
        const cuts = [at.x, ...band.slots.filter((x) => x > at.x && x < at.x + at.width), at.x + at.width]
        const widest = Math.max(...cuts.slice(1).map((x, index) => x - (cuts[index] ?? 0) - 24))
        if (widest < chip.width) continue
        expect(band.slots.filter((x) => x > chip.x && x < chip.x + chip.width)).toEqual([])
      }
    }
  })
})

it('names what each source is translated to, in a line of its own', () => {
  const figure = drawn(
    `hosts: { h: { address: 192.168.56.10/24 } }
networks:
  a: { ipam: { config: [{ subnet: 10.1.0.0/24 }] } }
  b: { driver_opts: { com.docker.network.host_ipv4: 192.168.56.10 }, ipam: { config: [{ subnet: 10.2.0.0/24 }] } }
  c: { ipam: { config: [{ subnet: 10.3.0.0/24 }] } }
services: { web: { image: x, networks: [a, b, c] } }
`,
    'datapath',
  )
  const nat = figure.boxes.find(({ kind }) => kind === 'nat')
  expect(nat?.texts.map(({ text }) => text).slice(1)).toEqual([
    'MASQUERADE 10.1.0.0/24',
    'SNAT 10.2.0.0/24 → 192.168.56.10',
    'MASQUERADE 10.3.0.0/24',
  ])
})

it('counts the ends of veth pairs only where there are several', () => {
  for (const { source } of figureCases('shapes').slice(0, 12))
    for (const { texts } of drawn(source, 'datapath').chips)
      for (const { text } of texts) expect(text).not.toBe('veth ×1')
})
