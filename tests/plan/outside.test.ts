/** Networks that a file calls external: what is taken for granted of them, and what ends it. */
import { describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { isError, planSource } from '../../src/compile.ts'
import { formatPrefix, overlaps, prefixOf } from '../../src/net/index.ts'
import { addressesOf } from '../../src/plan/certainty.ts'
import type { Plan } from '../../src/plan/plan.ts'

const planned = (text: string) => {
  const { plan, problems } = planSource(text)
  if (plan === null) throw new Error(problems.map(({ message }) => message).join())
  return {
    plan,
    errors: problems.filter(isError).map(({ message }) => message),
    codes: problems.map(({ code }) => code),
  }
}

const subnets = (plan: Plan) =>
  new Map([...plan.networks].map(([key, network]) => [key, network.subnets.map(prefixOf)]))

/** Subnets of networks in one space of addresses that meet each other. */
function clashes(plan: Plan): readonly string[] {
  const all = [...plan.networks.values()].flatMap(({ key, scope, host, subnets }) =>
    subnets.map((subnet) => ({ key, place: `${scope} ${host}`, prefix: prefixOf(subnet) })),
  )
  return all.flatMap((one, i) =>
    all
      .slice(0, i)
      .filter((other) => other.place === one.place && overlaps(other.prefix, one.prefix))
      .map((other) => `${one.key} ${other.key}`),
  )
}

describe('a network outside of a file is beside what the file declares', () => {
  const block = (own: string, more: string): string =>
    `services: { web: { image: a, networks: [o, e, f] } }\nnetworks: { o: ${own}, e: { external: true }, f: { external: true } }\n${more}`
  const SPACES = [
    ['overlays', '{ driver: overlay, ipam: { config: [{ subnet: 10.0.1.0/24 }] } }', ''],
    [
      'overlays, a wide one',
      '{ driver: overlay, ipam: { config: [{ subnet: 10.0.1.0/24 }, { subnet: 10.0.2.0/23 }] } }',
      '',
    ],
    [
      'overlays of the swarm’s own pools',
      '{ driver: overlay, ipam: { config: [{ subnet: 172.30.0.16/28 }] } }',
      'swarm: { default-addr-pool: [172.30.0.0/16], mask-length: 28 }',
    ],
    ['bridges', '{ ipam: { config: [{ subnet: 172.18.0.0/16 }] } }', ''],
    ['bridges, a wide one', '{ ipam: { config: [{ subnet: 172.18.0.0/15 }] } }', ''],
    [
      'bridges of the daemon’s own pools',
      '{ ipam: { config: [{ subnet: 10.9.1.0/24 }] } }',
      'daemon: { default-address-pools: [{ base: 10.9.0.0/16, size: 24 }] }',
    ],
    [
      'bridges on a machine whose interface is in the pools',
      '{ ipam: { config: [{ subnet: 172.18.0.0/16 }] } }',
      'hosts: { host: { address: 172.19.4.2/24 } }',
    ],
  ] as const
  it.each(SPACES)('%s', (_, own, more) => {
    const { plan, errors, codes } = planned(block(own, more))
    expect(errors).toEqual([])
    expect(codes).toContain('EXTERNAL_ASSUMED')
    expect(codes).not.toContain('UNDERLAY_OVERLAP')
    expect(clashes(plan)).toEqual([])
    for (const key of ['o', 'e', 'f']) expect(subnets(plan).get(key)).not.toEqual([])
    for (const key of ['e', 'f'])
      expect(plan.networks.get(key)?.subnets.map(({ certainty }) => certainty)).toEqual(['one-of-several'])
  })
  it('takes a static address beside a declared subnet to be of a smaller one', () => {
    const { plan, errors } = planned(
      'services: { web: { image: a, networks: { o: {}, e: { ipv4_address: 10.4.0.130 } } } }\nnetworks: { o: { ipam: { config: [{ subnet: 10.4.0.0/25 }] } }, e: { external: true } }',
    )
    expect(errors).toEqual([])
    expect(clashes(plan)).toEqual([])
  })
  it('cuts it from the daemon’s own pools, and marks what comes behind it', () => {
    const { plan } = planned(
      'daemon: { default-address-pools: [{ base: 10.9.0.0/16, size: 24 }] }\nservices: { web: { image: a, networks: [own, e] } }\nnetworks: { own: {}, e: { external: true } }',
    )
    expect(subnets(plan).get('e')?.map(formatPrefix)).toEqual(['10.9.1.0/24'])
    expect(plan.networks.get('own')?.subnets.map(({ certainty }) => certainty)).toEqual(['one-of-several'])
  })
})

describe('commands end what is taken for granted of the network that they make or remove, and of no other', () => {
  const block = (...commands: string[]): string =>
    `services: { web: { image: a, networks: [e, f] } }\nnetworks: { e: { external: true }, f: { external: true } }\ncommands: ${JSON.stringify(commands)}\n`
  it('a network that is made', () => {
    const { plan, errors, codes } = planned(
      block('docker network create --subnet 10.5.0.0/24 e', 'docker compose up -d'),
    )
    expect(errors).toEqual([])
    expect(codes.filter((code) => code === 'EXTERNAL_ASSUMED')).toHaveLength(1)
    expect([...plan.networks.keys()]).toEqual(expect.arrayContaining(['e', 'f']))
    expect(plan.networks.get('e')?.subnets.map(({ certainty }) => certainty)).toEqual(['declared'])
  })
  it('another network altogether', () => {
    expect(planned(block('docker network create g', 'docker compose up -d')).errors).toEqual([])
    expect(
      planned(block('docker network create g', 'docker network rm g', 'docker compose up -d')).errors,
    ).toEqual([])
  })
  it('one that is made too late, or only said to be there', () => {
    expect(planned(block('docker compose up -d', 'docker network create e')).errors).toEqual([
      'network e declared as external, but could not be found',
    ])
  })
  it('a network that is removed was there before', () => {
    const { errors } = planned(block('docker network rm e', 'docker compose up -d'))
    expect(errors).toEqual(['network e declared as external, but could not be found'])
    expect(
      planned(block('docker network rm e', 'docker network create e', 'docker compose up -d')).errors,
    ).toEqual([])
  })
  it('pruning removes what nothing is on', () => {
    const used = ['docker run -d --name c1 --network e a', 'docker network prune -f', 'docker compose up -d']
    expect(planned(block(...used)).errors).toEqual(['network f declared as external, but could not be found'])
    expect(planned(block('docker compose up -d', 'docker network prune -f')).errors).toEqual([])
    expect(planned(block('docker compose up -d', 'docker system prune -f')).errors).toEqual([])
  })
  it('a container that joins it finds it there', () => {
    const { errors, codes } = planned(
      'networks: { e: { external: true } }\ncommands: [docker run -d --name c1 --network e a, docker run -d --name d1 a, docker network connect e d1]',
    )
    expect(errors).toEqual([])
    expect(codes).toContain('EXTERNAL_ASSUMED')
  })
  it('so does a swarm', () => {
    const stack = (...commands: string[]): string =>
      `services: { web: { image: a, networks: [e, f] } }\nnetworks: { e: { external: true }, f: { external: true } }\ncommands: ${JSON.stringify(['docker swarm init', ...commands, 'docker stack deploy -c compose.yaml app'])}\n`
    expect(planned(stack('docker network create -d overlay e')).errors).toEqual([])
    const { plan } = planned(stack('docker network create -d overlay e'))
    expect(plan.networks.get('f')?.driver).toBe('overlay')
    expect(planned(stack('docker network rm e')).errors).not.toEqual([])
    expect(planned(stack('docker service create --name s --network f a')).errors).toEqual([])
  })
})

describe('a container or network that a service shares by its mode, and nothing of the file makes', () => {
  const block = (mode: string, ...commands: string[]): string =>
    `services: { app: { image: a, network_mode: "${mode}" }, db: { image: b, network_mode: bridge }, web: { image: c } }\n${commands.length === 0 ? '' : `commands: ${JSON.stringify(commands)}`}\n`
  it('is there, and what depends on it is marked', () => {
    const { plan, errors, codes } = planned(block('container:vpn'))
    expect(errors).toEqual([])
    expect(codes).toEqual(['EXTERNAL_ASSUMED'])
    expect(plan.containers.get('app')?.mode).toBe('container')
    const onBridge = [...(plan.networks.get('bridge')?.endpoints.values() ?? [])]
    expect(onBridge.map(({ name, ipv4 }) => `${name} ${ipv4?.certainty}`)).toEqual([
      'vpn one-of-several',
      'db one-of-several',
    ])
  })
  it('is there before the networks of the file', () => {
    const { plan, errors, codes } = planned(block('prod'))
    expect(errors).toEqual([])
    expect(codes).toEqual(['EXTERNAL_ASSUMED'])
    expect(plan.networks.get('default')?.subnets.map(({ certainty }) => certainty)).toEqual([
      'one-of-several',
    ])
    expect([...(plan.networks.get('prod')?.endpoints.keys() ?? [])]).toEqual(['app'])
  })
  it('is the one that a command makes', () => {
    const { codes } = planned(
      block('container:vpn', 'docker run -d --name vpn --network none a', 'docker compose up -d'),
    )
    expect(codes).toEqual([])
    expect(planned(block('prod', 'docker network create prod', 'docker compose up -d')).codes).toEqual([])
  })
  it('is refused where a command makes it too late, or it nearly spells what there is', () => {
    expect(
      planned(block('container:vpn', 'docker compose up -d', 'docker run -d --name vpn a')).errors,
    ).toEqual(['joining network namespace of container: No such container: vpn'])
    expect(planned(block('hots')).errors).toEqual([
      'failed to set up container networking: network hots not found',
    ])
    expect(
      planned('services: { tunnel: { image: a }, app: { image: a, network_mode: "container:tunel" } }')
        .errors,
    ).toHaveLength(1)
  })
  it('was there before the commands that are about it, and is gone where one has removed it', () => {
    const gone = planned(block('prod', 'docker network rm prod', 'docker compose up -d'))
    expect(gone.errors).toEqual(['failed to set up container networking: network prod not found'])
    expect(gone.codes).not.toContain('EXTERNAL_ASSUMED')
    const killed = planned(block('container:vpn', 'docker rm -f vpn', 'docker compose up -d'))
    expect(killed.errors).toEqual(['joining network namespace of container: No such container: vpn'])
    const renamed = planned(block('container:vpn', 'docker rename vpn old', 'docker compose up -d'))
    expect(renamed.errors).toEqual(['joining network namespace of container: No such container: vpn'])
    for (const commands of [
      ['docker run -d --name c1 --network prod a', 'docker compose up -d'],
      ['docker network rm prod', 'docker network create prod', 'docker compose up -d'],
      ['docker compose up -d', 'docker compose down', 'docker network rm prod'],
    ])
      expect(planned(block('prod', ...commands)).errors, commands.join()).toEqual([])
    for (const commands of [
      ['docker restart vpn', 'docker compose up -d'],
      ['docker network create n1', 'docker network connect n1 vpn', 'docker compose up -d'],
      ['docker run -d --name c1 --network container:vpn a', 'docker compose up -d'],
    ]) {
      const { errors, codes } = planned(block('container:vpn', ...commands))
      expect(errors, commands.join()).toEqual([])
      expect(codes).toContain('EXTERNAL_ASSUMED')
    }
  })
})

describe('what pins an overlay', () => {
  const BLOCKS = [
    'swarm: true\nservices: { web: { image: a, networks: [o, p] }, db: { image: b, networks: [p] } }\nnetworks: { o: {}, p: {} }\n',
    'swarm: true\nname: shop\nservices: { web: { image: a, networks: [o, default] } }\nnetworks: { o: { attachable: true } }\n',
    'swarm: true\nservices: { web: { image: a, networks: [o, e, f] } }\nnetworks: { o: {}, e: { external: true }, f: { external: true, name: proxy } }\n',
  ]
  it.each(BLOCKS)('is a subnet of its own, and all of them together leave none open: %s', (text) => {
    const { plan } = planned(text)
    const pins = new Map<string, Set<string>>()
    for (const network of plan.networks.values()) {
      const own = [...network.endpoints.values()].flatMap(addressesOf).concat(network.subnets)
      for (const { pin } of own) {
        const [, key = '', config = ''] = /^networks\.(.+?)\.ipam\.config: (.*)$/.exec(pin) ?? []
        if (key !== '') pins.set(key, (pins.get(key) ?? new Set()).add(config))
      }
    }
    expect(pins.size).toBeGreaterThan(1)
    const configs = [...pins.values()].map((texts) => [...texts])
    for (const texts of configs) expect(texts).toHaveLength(1)
    expect(new Set(configs.flat()).size).toBe(pins.size)
    const block = parse(text)
    for (const [key, [config = '']] of [...pins].map(([key, texts]) => [key, [...texts]] as const))
      block.networks[key] = { ...block.networks[key], ipam: { config: parse(config) } }
    const pinned = planned(stringify(block))
    expect(pinned.errors).toEqual([])
    expect(pinned.codes).not.toContain('SUBNET_BY_CHANCE')
    expect(pinned.codes).not.toContain('EXTERNAL_ASSUMED')
    expect([...subnets(pinned.plan)].sort()).toEqual([...subnets(plan)].sort())
  })
})
