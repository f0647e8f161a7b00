import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Inspected, readInspect } from '../../src/verify/inspect.ts'
import { seeds } from '../support/seeds.ts'

// Printed by Docker Engine 20.10.24 (docker network inspect $(docker network ls -q), docker inspect $(docker ps -aq)).
const networksText = readFileSync(join(import.meta.dirname, 'networks-20.json'), 'utf8')
const containersText = readFileSync(join(import.meta.dirname, 'containers-20.json'), 'utf8')

function read(text: string): Inspected {
  const reading = readInspect(text)
  if (!reading.ok) throw new Error(reading.message)
  return reading.value
}

describe('readInspect', () => {
  it('reads what docker network inspect prints', () => {
    const { networks, containers } = read(networksText)
    expect(containers).toEqual([])
    expect(networks.map(({ name }) => name).sort()).toEqual(
      ['back', 'bridge', 'front', 'host', 'lan', 'none', 'six', 'vault'].sort(),
    )
    const back = networks.find(({ name }) => name === 'back')
    expect(back?.ipam).toEqual([
      {
        subnet: '10.9.0.0/24',
        gateway: '10.9.0.1',
        ipRange: '10.9.0.64/26',
        auxAddresses: new Map([['printer', '10.9.0.66']]),
      },
    ])
    expect(new Map(back?.endpoints.map(({ name, ipv4, mac }) => [name, [ipv4, mac]]))).toEqual(
      new Map([
        ['db', ['10.9.0.64/24', '02:42:0a:09:00:40']],
        ['cache', ['10.9.0.200/24', '02:42:0a:09:00:c8']],
        ['web', ['10.9.0.65/24', '02:42:0a:09:00:41']],
      ]),
    )
    expect(networks.find(({ name }) => name === 'vault')?.internal).toBe(true)
    expect(networks.find(({ name }) => name === 'six')?.ipv6).toBe(true)
    expect(networks.find(({ name }) => name === 'lan')?.options).toEqual(new Map([['parent', 'eth0']]))
  })

  it('reads what docker inspect prints', () => {
    const { networks, containers } = read(containersText)
    expect(networks).toEqual([])
    const late = containers.find(({ name }) => name === 'late')
    expect(late).toMatchObject({ state: 'running', image: 'bb', networkMode: 'default' })
    expect(late?.ports).toEqual([
      { container: '53/udp', host: '127.0.0.1:53' },
      { container: '80/tcp', host: '0.0.0.0:8080' },
      { container: '80/tcp', host: '[::]:8080' },
    ])
    expect(containers.find(({ name }) => name === 'idle')?.state).toBe('created')
    const web = containers.find(({ name }) => name === 'web')
    const six = web?.attachments.find(({ network }) => network === 'six')
    expect(six).toMatchObject({
      ipv4: '10.8.0.2/16',
      ipv6: 'fd00:8::2/64',
      gateway: '10.8.0.1',
      gateway6: 'fd00:8::1',
    })
  })

  it('reads networks and containers that are mixed in one array', () => {
    const mixed = JSON.stringify([...JSON.parse(networksText), ...JSON.parse(containersText)])
    expect(read(mixed)).toEqual({
      networks: read(networksText).networks,
      containers: read(containersText).containers,
    })
  })

  it.each([
    ['an empty file', '', /not JSON/],
    ['text', 'Error: No such network: x', /not JSON/],
    ['an object', '{}', /array/],
    ['an element without a name', '[{}]', /element 0 has no Name/],
    ['a volume', '[{"Name": "v", "Driver": "local", "Mountpoint": "/x"}]', /"v"\) is neither/],
  ])('refuses %s and says why', (_, text, message) => {
    const reading = readInspect(text)
    expect(reading.ok ? '' : reading.message).toMatch(message)
  })

  it('takes any JSON without throwing', () => {
    for (const seed of seeds())
      fc.assert(
        fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (ipam, containers, settings) => {
          const network = { Name: 'a', Driver: 'bridge', IPAM: ipam, Containers: containers }
          const container = { Name: '/b', NetworkSettings: settings, Config: ipam, State: containers }
          expect(readInspect(JSON.stringify([network, container])).ok).toBe(true)
          expect(() => readInspect(JSON.stringify(settings))).not.toThrow()
        }),
        { seed },
      )
  })

  it('takes names such as __proto__ as names', () => {
    const text =
      '[{"Name":"__proto__","Driver":"bridge","IPAM":{"Config":[{"AuxiliaryAddresses":{"__proto__":"10.0.0.9"}}]}}]'
    expect(read(text).networks[0]?.ipam[0]?.auxAddresses).toEqual(new Map([['__proto__', '10.0.0.9']]))
  })
})
