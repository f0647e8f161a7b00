import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import type { Plan } from '../../src/plan/plan.ts'
import { planNetworks } from '../../src/plan/plan-networks.ts'
import { readTopology } from '../../src/topology/read.ts'
import { importTopology } from '../../src/verify/import.ts'
import { type Inspected, readInspect } from '../../src/verify/inspect.ts'
import { verifyPlan } from '../../src/verify/verify.ts'
import { ENGINE_VERSIONS } from '../../src/version.ts'
import { blockOf, sequence } from '../engine/sequence.ts'
import { seeds } from '../support/seeds.ts'
import { inspectedOf } from './inspected-of.ts'

function planOf(text: string): { readonly plan: Plan; readonly problems: readonly string[] } {
  const problems: string[] = []
  const topology = readTopology(text, ({ code, message }) => problems.push(`${code} ${message}`))
  if (topology === null) throw new Error(problems.join('\n'))
  const plan = planNetworks(topology, ({ code, message }) => problems.push(`${code} ${message}`))
  return { plan, problems }
}

function read(...names: readonly string[]): Inspected {
  const readings = names.map((name) => readInspect(readFileSync(join(import.meta.dirname, name), 'utf8')))
  const values = readings.map((reading) => {
    if (!reading.ok) throw new Error(reading.message)
    return reading.value
  })
  return {
    networks: values.flatMap(({ networks }) => networks),
    containers: values.flatMap(({ containers }) => containers),
  }
}

describe('importTopology', () => {
  it('makes a block of a real 20.10.24 engine that verifies clean', () => {
    const found = read('networks-20.json', 'containers-20.json')
    const { text, differences } = importTopology(found)
    expect(differences).toEqual([])
    expect(text).toMatchSnapshot()
    const { plan, problems } = planOf(text)
    expect(problems).toEqual([])
    const notes = verifyPlan(plan, found, { complete: true }).map(
      ({ code, endpoint }) => `${code} ${endpoint}`,
    )
    expect(notes).toEqual([])
  })

  it('makes one of networks alone', () => {
    const found = read('networks-20.json')
    const { text, differences } = importTopology(found)
    expect(differences).toEqual([])
    expect(verifyPlan(planOf(text).plan, found)).toEqual([])
  })

  it.each<[string, string[], object?]>([
    [
      'an address outside of a range with no other left',
      [
        'docker network create --subnet 10.9.1.0/24 --ip-range 10.9.1.3/32 --gateway 10.9.1.128 back',
        'docker run -d --name web --network back nginx',
        'docker run -d --name db --network back --ip 10.9.1.2 redis',
      ],
    ],
    [
      'subnets that overlap only because one has a range',
      [
        'docker network create --subnet 10.9.0.0/16 wide',
        'docker network create -d macvlan -o parent=eth0 --subnet 10.9.2.0/24 --ip-range 10.9.2.0/26 lan',
        'docker run -d --name web --network lan nginx',
      ],
    ],
    [
      'a container that shares the sandbox of one that shares another’s',
      [
        'docker run -d --name web nginx',
        'docker run -d --name proxy --network container:web nginx',
        'docker run -d --name agent --network container:proxy nginx',
      ],
    ],
    [
      'a container left in the sandbox of one that is gone, whose name another has taken',
      [
        'docker run -d --name web -p 8080:80 nginx',
        'docker run -d --name proxy --network container:web nginx',
        'docker create --name next nginx',
        'docker rm -f web',
        'docker rename next web',
      ],
    ],
    [
      'a free address on a default bridge with IPv6',
      ['docker run -d --name gone nginx', 'docker run -d --name web nginx', 'docker rm -f gone'],
      { ipv6: true, 'fixed-cidr-v6': '2001:db8:1::/64' },
    ],
    [
      'a default bridge with IPv6 from the default pools',
      ['docker run -d --name web nginx'],
      { ipv6: true, id: 'f3684ac8-05ce-4bc8-b2ee-2bb9bbe96f0c' },
    ],
  ])('gives back %s', (_, commands, daemon = {}) => {
    const { plan, problems } = planOf(stringify({ daemon, commands }))
    expect(problems.filter((text) => !text.startsWith('SANDBOX_LOST'))).toEqual([])
    const { text, differences } = importTopology(inspectedOf(plan), plan.engine)
    expect(differences, text).toEqual([])
  })

  it('takes the gateway of the default bridge from a container where the network does not tell it', () => {
    const { plan } = planOf(
      stringify({
        engine: 20,
        daemon: { bip: '192.168.100.3/24' },
        commands: ['docker run -d --name web nginx'],
      }),
    )
    const found = inspectedOf(plan)
    const networks = found.networks.map((network) => ({
      ...network,
      ipam: network.ipam.map((config) => ({ ...config, gateway: '' })),
    }))
    const { text, differences } = importTopology({ ...found, networks }, '20')
    expect(differences, text).toEqual([])
    expect(text).toContain('bip: 192.168.100.3/24')
  })

  it('takes containers that share sandboxes round about, as no engine has them', () => {
    const { plan } = planOf(
      stringify({
        commands: [
          'docker run -d --name web nginx',
          'docker run -d --name proxy --network container:web nginx',
        ],
      }),
    )
    const found = inspectedOf(plan)
    const [web, proxy] = found.containers
    const ring = [
      { ...web!, networkMode: `container:${proxy!.id}` },
      { ...proxy!, networkMode: `container:${web!.id}` },
    ]
    expect(importTopology({ ...found, containers: ring }).differences).not.toEqual([])
  })

  it.each(ENGINE_VERSIONS)('gives back what any plan for engine %s has', (engine) => {
    for (const seed of seeds())
      fc.assert(
        fc.property(sequence, (tried) => {
          const { plan } = planOf(blockOf(tried, engine, tried.commands.length))
          const found = inspectedOf(plan)
          expect(verifyPlan(plan, found, { complete: true })).toEqual([])
          const { text, differences } = importTopology(found, engine)
          expect(differences, text).toEqual([])
        }),
        { seed, numRuns: 30 },
      )
  })
})
