import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { planSource } from '../../src/compile.ts'
import type { Plan } from '../../src/plan/plan.ts'
import { buildCommands, commandText } from '../../src/print/commands.ts'
import { composeFile } from '../../src/print/compose.ts'
import { asText } from '../support/as-text.ts'
import { seeds } from '../support/seeds.ts'

function planned(source: string) {
  const { plan, topology, problems } = planSource(source)
  const errors = problems.filter((problem) => problem.severity === 'error')
  if (plan === null || topology === null || errors.length > 0) {
    throw new Error(errors.map((problem) => `${problem.code} ${problem.message}`).join('\n'))
  }
  return { plan, topology }
}

/** Every address of a plan; names of networks without the project's own `default`. */
function addressesOf(plan: Plan): Record<string, string> {
  const renamed = (name: string): string => (name === 'default' ? 'app_default' : name)
  return Object.fromEntries(
    [...asText(plan).networks.values()].flatMap((network) => [
      [renamed(network.key), [...network.subnets, ...network.gateways].join(' ')],
      ...[...network.endpoints.values()].map((endpoint) => [
        `${endpoint.name.replace(/^default-/, 'app_default-')} on ${renamed(network.key)}`,
        `${endpoint.ipv4} ${endpoint.ipv6} ${endpoint.mac}`,
      ]),
    ]),
  )
}

function replanned(source: string, head: object): Plan {
  const { plan, topology } = planned(source)
  const commands = buildCommands(plan, topology).map(({ host, text }) => `[${host}] ${text}`)
  return planned(stringify({ ...head, commands })).plan
}

const name = fc.constantFrom('aa', 'bb', 'cc', 'dd')
const model = fc
  .record({
    engine: fc.constantFrom(20, 26, 28),
    project: fc.constantFrom(undefined, 'shop'),
    networks: fc.dictionary(
      name,
      fc.record({
        subnet: fc.constantFrom(undefined, 1, 2, 3),
        internal: fc.boolean(),
        gateway: fc.boolean(),
        range: fc.boolean(),
      }),
      { maxKeys: 3 },
    ),
    services: fc.array(
      fc.record({
        on: fc.uniqueArray(name, { maxLength: 3 }),
        alias: fc.boolean(),
        static: fc.boolean(),
        scale: fc.integer({ min: 0, max: 3 }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  })
  .map(({ engine, project, networks, services }) => {
    const head = { engine, hosts: { host: { address: '198.51.100.11/24' } } }
    const entries = Object.entries(networks).map(([key, { subnet, internal, gateway, range }], i) => {
      // A subnet of its own for each, so that no two overlap.
      const base = `10.${20 + i}`
      const config = {
        subnet: `${base}.0.0/16`,
        ...(gateway ? { gateway: `${base}.3.1` } : {}),
        ...(range ? { ip_range: `${base}.3.0/24` } : {}),
      }
      return [key, { internal, ...(subnet === undefined ? {} : { ipam: { config: [config] } }) }] as const
    })
    const known = new Map(entries)
    const chain = services.map((service, i) => {
      const on = service.on.filter((key) => known.has(key))
      const attachments = on.map((key) => {
        const ipam = (known.get(key) as { ipam?: { config: { subnet: string }[] } }).ipam
        const base = ipam?.config[0]?.subnet.split('.').slice(0, 2).join('.')
        const fixed = service.static && service.scale <= 1 && base !== undefined
        return [
          key,
          {
            ...(service.alias ? { aliases: [`alias${i}`] } : {}),
            ...(fixed ? { ipv4_address: `${base}.9.${i + 10}` } : {}),
          },
        ]
      })
      const settings = {
        image: 'nginx',
        scale: service.scale,
        ...(on.length > 0 ? { networks: Object.fromEntries(attachments) } : {}),
        // A chain leaves nothing to chance.
        ...(i > 0 ? { depends_on: [`svc${i - 1}`] } : {}),
      }
      return [`svc${i}`, settings]
    })
    const source = stringify({
      ...head,
      ...(project === undefined ? {} : { name: project }),
      networks: Object.fromEntries(entries),
      services: Object.fromEntries(chain),
    })
    return { head, source }
  })

describe('the docker commands of a model', () => {
  for (const seed of seeds()) {
    it(`give the same addresses when typed (seed ${seed})`, () => {
      fc.assert(
        fc.property(model, ({ head, source }) => {
          expect(addressesOf(replanned(source, head)), source).toEqual(addressesOf(planned(source).plan))
        }),
        { seed, numRuns: 60 },
      )
    })
    it(`and so does its compose.yaml (seed ${seed})`, () => {
      fc.assert(
        fc.property(model, ({ head, source }) => {
          const { plan, topology } = planned(source)
          const again = planned(`${composeFile(plan, topology)}\n${stringify(head)}`).plan
          expect(addressesOf(again), source).toEqual(addressesOf(plan))
        }),
        { seed, numRuns: 60 },
      )
    })
  }

  it('build a swarm again, on each host in turn', () => {
    const head = {
      hosts: { n1: { address: '192.168.56.11/24', role: 'manager' }, n2: { address: '192.168.56.12/24' } },
    }
    const body = {
      networks: { pets: {} },
      services: {
        db: {
          image: 'consul',
          networks: ['pets'],
          deploy: { placement: { constraints: ['node.hostname == n1'] } },
        },
        web: { image: 'web', networks: ['pets'], ports: ['8080:5000'], deploy: { replicas: 2 } },
      },
    }
    const { plan, topology } = planned(stringify({ ...head, ...body, name: 'shop', swarm: true }))
    const commands = buildCommands(plan, topology)
    expect(commandText(commands)).toEqual([
      '# on n1',
      'docker swarm init --advertise-addr 192.168.56.11',
      '# on n2',
      'docker swarm join --token SWMTKN-1-worker-token 192.168.56.11:2377',
      '# on n1',
      'docker stack deploy -c compose.yaml shop',
    ])
    const typed = commands.map(({ host, text }) => `[${host}] ${text}`)
    const again = planned(stringify({ ...head, ...body, commands: typed })).plan
    expect(addressesOf(again)).toEqual(addressesOf(plan))
  })

  it('are the commands the author typed, when that is all there is', () => {
    const { plan, topology } = planned(
      'commands: [docker network create back, docker run -d --name web --network back nginx]',
    )
    expect(buildCommands(plan, topology).map(({ text }) => text)).toEqual([
      'docker network create back',
      'docker run -d --name web --network back nginx',
    ])
  })

  it('pin every address in the compose file of typed commands', () => {
    const { plan, topology } = planned(
      stringify({
        commands: [
          'docker network create back',
          'docker run -d --name web --network back nginx',
          'docker run -d --name api --network back nginx',
          'docker stop web',
          'docker run -d --name cache --network back redis',
          'docker start web',
        ],
      }),
    )
    const again = planned(composeFile(plan, topology)).plan
    expect(addressesOf(again)).toEqual(addressesOf(plan))
  })
})
