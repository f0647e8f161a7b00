import { describe, expect, it } from 'vitest'
import { planSource } from '../../src/compile.ts'

const warningsOf = (source: string): string[] =>
  planSource(source).problems.map(({ code, severity, hint }) => {
    expect(severity).toBe('warning')
    expect(hint).not.toBeNull()
    return code
  })

describe('warnings', () => {
  it('are none for a model that leaves nothing to chance', () => {
    expect(
      warningsOf(
        'services: { db: { networks: [back] }, web: { networks: [back], depends_on: [db] } }\nnetworks: { back: {} }',
      ),
    ).toEqual([])
  })
  it('come once for each cause, not for each container', () => {
    expect(warningsOf('services: { web: { scale: 50, networks: [back] } }\nnetworks: { back: {} }')).toEqual([
      'ADDRESS_BY_CHANCE',
    ])
    const networks = Array.from({ length: 9 }, (_, i) => `n${i}`)
    expect(
      warningsOf(
        `services: { web: { networks: [${networks}] } }\nnetworks: { ${networks.map((name) => `${name}: {}`).join(', ')} }`,
      ),
    ).toEqual(['SUBNET_BY_CHANCE'])
  })
  it('are gone when the author writes what they say', () => {
    const open = 'services: { db: { networks: [back] }, web: { networks: [back] } }\nnetworks: { back: {} }'
    expect(warningsOf(open)).toEqual(['ADDRESS_BY_CHANCE'])
    expect(
      warningsOf(open.replace('web: { networks: [back]', 'web: { networks: [back], depends_on: [db]')),
    ).toEqual([])
  })
  it('are none of chance where the block says that it is meant', () => {
    const open = 'services: { db: { networks: [back] }, web: { networks: [back] } }\nnetworks: { back: {} }'
    expect(warningsOf(`chance: ok\n${open}`)).toEqual([])
    expect(warningsOf(`x-docker-network: { chance: ok }\n${open}`)).toEqual([])
    const pinned = open
      .replace('db: {', 'db: { restart: always,')
      .replace('back: {}', 'back: { driver: bridge }')
    expect(planSource(`chance: fine\n${pinned}`).problems.map(({ code }) => code)).toContain('INVALID_VALUE')
    expect(warningsOf(`chance: ok\nservices: { web: {} }\nnetworks: { back: {} }`)).toEqual([
      'UNUSED_NETWORK',
    ])
  })
  it('do not call a network unused that a command names', () => {
    const source = 'services: { web: {} }\nnetworks: { back: { driver: bridge } }'
    expect(warningsOf(source)).toEqual(['UNUSED_NETWORK'])
    const lab = 'commands: [docker network create back, docker run -d --name web --network back nginx]'
    expect(warningsOf(`${lab}\nnetworks: { back: {} }`)).toEqual([])
  })
  it('leave macvlan on the LAN alone', () => {
    const source = (driver: string): string =>
      `hosts: { n1: { address: 192.168.56.11/24 } }\nservices: { web: { networks: [lan] } }\nnetworks: { lan: { driver: ${driver}, driver_opts: { parent: eth0 }, ipam: { config: [{ subnet: 192.168.56.0/24, gateway: 192.168.56.1, ip_range: 192.168.56.64/27 }] } } }`
    expect(warningsOf(source('macvlan'))).toEqual([])
    expect(warningsOf(source('bridge').replace('driver_opts: { parent: eth0 }, ', ''))).toEqual([
      'UNDERLAY_OVERLAP',
    ])
  })
})
