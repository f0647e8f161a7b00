/** Laws between texts of one plan: a value, and how sure it is, is the same wherever it stands. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawFigure } from '../../src/figure/draw.ts'
import type { AddressRow } from '../../src/figure/figure.ts'
import { addressText, formatAddress, formatCidr, formatSocket } from '../../src/net/index.ts'
import { type Scene, sceneOf } from '../../src/picture/scene.ts'
import { addressesOf } from '../../src/plan/certainty.ts'
import { planJson } from '../../src/plan/json.ts'
import type { Certainty, Plan, PlanAddress, PlanContainer, PlanNetwork } from '../../src/plan/plan.ts'
import { addressTable } from '../../src/print/addresses.ts'
import { lookUp } from '../../src/reference/index.ts'
import type { View } from '../../src/topology/topology.ts'
import { ENGINE_VERSIONS } from '../../src/version.ts'
import { en } from '../../src/words/en.ts'
import { commandBlocks, composeBlocks, stackBlocks, swarmBlocks } from '../support/chance-blocks.ts'
import { type Made, made, print } from '../support/made.ts'
import { settings } from '../support/plan.ts'
import { runs, seeds } from '../support/seeds.ts'
import { topologies } from '../support/topologies.ts'

const scene = ({ plan }: Made, view: View = 'network'): Scene =>
  sceneOf(plan, settings({ view, show: ['interfaces', 'macs', 'gateways', 'ports', 'vips'] }), en)

const addressRows = (plan: Plan): readonly AddressRow[] =>
  drawFigure(plan, settings({ view: 'network' }), en).addresses

const daggered = (text: string, certainty: Certainty): string =>
  certainty === 'one-of-several' ? `${text} †` : text

const isByChance = ({ subnets }: PlanNetwork, { address }: PlanAddress): boolean =>
  subnets.some((subnet) => subnet.address.family === address.family && subnet.certainty === 'one-of-several')

const running = ({ plan }: Made): readonly PlanContainer[] =>
  [...plan.containers.values()].filter(({ state, mode }) => state === 'running' && mode === 'networks')

const LAWS: Readonly<Record<string, (all: Made) => void>> = {
  'addresses of JSON, table, rows, ip addr and inspect are those of the plan': (all) => {
    const json = JSON.parse(JSON.stringify(planJson(all.plan, [])))
    const table = addressTable(all.plan).map((line) => line.split(/ {2,}/))
    const rows = addressRows(all.plan)
    for (const network of all.plan.networks.values()) {
      expect(json.networks[network.key].subnets).toEqual(network.subnets.map(formatCidr))
      for (const endpoint of network.endpoints.values()) {
        const own = json.networks[network.key].endpoints[endpoint.name]
        expect([own.ipv4, own.ipv6]).toEqual([formatCidr(endpoint.ipv4), formatCidr(endpoint.ipv6)])
        const line = table.find(
          (cells) => cells[0] === (endpoint.container || endpoint.name) && cells.includes(network.key),
        )
        for (const one of addressesOf(endpoint)) {
          expect(line, `${endpoint.name} on ${network.key}`).toContain(
            daggered(formatCidr(one), one.certainty),
          )
          const own = rows.filter(
            (row) => row.network === network.name && row.address === formatAddress(one.address),
          )
          if (rows.some((row) => row.network === network.name && row.host === network.host))
            expect(own.map(({ certainty }) => certainty)).toContain(one.certainty)
        }
        const shown = JSON.parse(print(all, 'inspect', network.key))[0]
        const listed = Object.values<{ IPv4Address: string }>(shown.Containers).map((one) => one.IPv4Address)
        if (endpoint.host === (network.host || all.plan.hosts[0]?.name) && endpoint.ipv4 !== null)
          expect(listed).toContain(formatCidr(endpoint.ipv4))
      }
    }
    for (const container of running(all)) {
      const addr = print(all, 'ip-addr', container.name)
      for (const [key, attachment] of container.endpoints) {
        const own = json.containers[container.name].endpoints[key]
        expect(own.ipv4).toBe(formatCidr(attachment.ipv4))
        for (const one of addressesOf(attachment)) expect(addr).toContain(` ${formatCidr(one)} `)
        // Of the container and of the network: one endpoint.
        const endpoint = [...(all.plan.networks.get(key)?.endpoints.values() ?? [])].find(
          (one) => one.container === container.name,
        )
        expect([endpoint?.ipv4, endpoint?.ipv6, endpoint?.mac]).toEqual([
          attachment.ipv4,
          attachment.ipv6,
          attachment.mac,
        ])
      }
    }
  },

  'what is left to chance has a dagger in the picture, the word in JSON, and nothing else has': (all) => {
    const json = JSON.parse(JSON.stringify(planJson(all.plan, [])))
    const { cards, networks } = scene(all)
    for (const { key, facts } of networks) {
      const network = all.plan.networks.get(key)
      for (const subnet of network?.subnets ?? [])
        expect(facts).toContain(daggered(formatCidr(subnet), subnet.certainty))
    }
    for (const { container: name, joints, ports, members } of cards) {
      const container = all.plan.containers.get(name)
      if (container === undefined) throw new Error(name)
      expect(members[0]?.title).toBe(daggered(name, container.placement))
      for (const { network: key, lines } of joints) {
        const network = all.plan.networks.get(key)
        const attachment = container.endpoints.get(key)
        if (network === undefined || attachment === undefined) throw new Error(key)
        for (const one of addressesOf(attachment)) {
          const device = daggered(attachment.interface, attachment.interfaceCertainty)
          // One dagger, on the subnet, says both.
          const sure = isByChance(network, one) ? 'computed' : one.certainty
          expect(lines).toContain(`${device} ${daggered(formatAddress(one.address), sure)}`)
          const word = json.networks[key].endpoints[name]
          const family = word?.[`ipv${one.address.family}Certainty`] ?? word?.certainty
          if (word !== undefined) expect(family).toBe(one.certainty)
        }
        expect(json.containers[name].endpoints[key].interfaceCertainty).toBe(attachment.interfaceCertainty)
      }
      const marked = container.ports.some(({ certainty }) => certainty === 'one-of-several')
      expect(ports.some(({ text }) => text.includes('†'))).toBe(marked)
      for (const [i, port] of container.ports.entries()) {
        const own = json.containers[name].ports[i]
        expect(own.host).toBe(formatSocket(port.ip, port.port))
        expect(own.certainty === 'one-of-several').toBe(port.certainty === 'one-of-several')
      }
    }
  },

  'a port that a container publishes is on its card and in its references, and no other port is': (all) => {
    const { cards } = scene(all)
    for (const { container: name, ports, members } of cards) {
      if (members.length > 1) continue
      const container = all.plan.containers.get(name)
      const drawn = new Set(ports.flatMap(({ text }) => numbersOf(text.split(' → ')[0] ?? '')))
      expect([...drawn].sort()).toEqual([...new Set(container?.ports.map(({ port }) => port))].sort())
      const value = lookUp(all.plan, `${name}.ports`)
      const own = container?.ports.filter(({ ip }) => ip.family === 4) ?? []
      expect(value.ok).toBe(own.length > 0)
      if (value.ok) for (const { port, target } of own) expect(value.text).toContain(`${port}:${target}`)
    }
  },

  'a MAC and a VXLAN id are the same in JSON, inspect, ip addr, picture and references': (all) => {
    const overlay = scene(all, 'overlay')
    const json = JSON.parse(JSON.stringify(planJson(all.plan, [])))
    for (const network of all.plan.networks.values()) {
      const { Options } = JSON.parse(print(all, 'inspect', network.key))[0]
      const ids = network.vni.join(',')
      expect(Options['com.docker.network.driver.overlay.vxlanid_list'] ?? '').toBe(ids)
      expect(json.networks[network.key].vni).toEqual(network.vni)
      const value = lookUp(all.plan, `${network.key}.vni`)
      if (value.ok) expect(value.text.replace(' ', '')).toBe(ids)
      const drawn = overlay.networks.find(({ key }) => key === network.key)
      const text = daggered(`VNI ${network.vni.join(', ')}`, network.vniCertainty)
      if (drawn !== undefined && network.vni.length > 0)
        expect([...drawn.facts, drawn.tunnel]).toContain(text)
    }
    for (const container of running(all)) {
      const addr = print(all, 'ip-addr', container.name)
      for (const [key, { mac, ipv4 }] of container.endpoints) {
        if (mac !== '') expect(addr).toContain(`link/ether ${mac} `)
        const value = lookUp(all.plan, `${container.name}@${key}.mac`)
        if (value.ok) expect(value.text).toBe(mac)
        // Up to 27 and on overlays it is made of the address.
        if (/^02:42:/.test(mac) && ipv4 !== null && !all.topology.services.has('mac'))
          expect(mac.slice(6)).toBe(
            addressText(ipv4.address)
              .split('.')
              .map((byte) => Number(byte).toString(16).padStart(2, '0'))
              .join(':'),
          )
      }
    }
  },
}

/** `7000`, `7000–7002`. */
function numbersOf(text: string): readonly number[] {
  const [first, last] = [...text.replace(/^.*:(?=\d)/, '').matchAll(/\d+/g)].map(([n]) => Number(n))
  if (first === undefined) return []
  return Array.from({ length: (last ?? first) - first + 1 }, (_, i) => first + i)
}

const blocks = fc.oneof(
  topologies(),
  composeBlocks(ENGINE_VERSIONS),
  commandBlocks(ENGINE_VERSIONS),
  stackBlocks(ENGINE_VERSIONS),
  swarmBlocks(ENGINE_VERSIONS),
)

describe('laws between texts of a plan', () => {
  for (const [law, holds] of Object.entries(LAWS))
    for (const seed of seeds())
      it(`${law} (seed ${seed})`, () => {
        fc.assert(
          fc.property(blocks, (block) => holds(made(block))),
          { seed, numRuns: runs(50) },
        )
      })
})
