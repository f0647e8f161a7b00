/** Random blocks in which Docker leaves something to chance. */
import fc from 'fast-check'

const service = fc.record({
  networks: fc.uniqueArray(fc.constantFrom('aa', 'bb', 'cc', 'dd'), { minLength: 1, maxLength: 3 }),
  ipv4: fc.option(fc.integer({ min: 2, max: 7 }), { nil: null, freq: 2 }),
  ipv6: fc.option(fc.integer({ min: 2, max: 6 }), { nil: null, freq: 2 }),
  replicas: fc.constantFrom(1, 1, 1, 2),
  waitsFor: fc.option(fc.nat({ max: 3 }), { nil: null, freq: 2 }),
  port: fc.constantFrom('', '', '"80"', '"7000-7003:80"', '"7001:80"', '"7000-7001:80", "81"'),
})

const shape = fc.record({
  // An `ip_range` on the first network; the subnet of cc, where Docker does not choose it.
  range: fc.constantFrom('', '', '10.5.0.4/30', '10.5.0.0/29'),
  given: fc.constantFrom('', '', '172.18.0.0/16', '172.19.0.0/16', '10.7.0.0/24'),
  statics: fc.boolean(),
  ports: fc.boolean(),
})

export const composeBlocks = (engines: readonly string[]) =>
  fc
    .record({
      engine: fc.constantFrom(...engines),
      shape,
      services: fc.array(service, { minLength: 1, maxLength: 4 }),
    })
    .map(({ engine, shape: { range, given, statics, ports }, services }) => {
      const lines = services.map((one, i) => {
        const fixed = statics && one.replicas === 1
        const own = [
          fixed && one.ipv4 !== null ? `ipv4_address: 10.5.0.${one.ipv4}` : '',
          fixed && one.ipv6 !== null ? `ipv6_address: "fd00::${one.ipv6}"` : '',
        ].filter(Boolean)
        const joined = one.networks.map((key) => `${key}: { ${key === 'aa' ? own.join(', ') : ''} }`)
        const waits = one.waitsFor !== null && one.waitsFor < i ? `, depends_on: [s${one.waitsFor}]` : ''
        const published = ports && one.port !== '' ? `, ports: [${one.port}]` : ''
        return `  s${i}: { networks: { ${joined.join(', ')} }, scale: ${one.replicas}${waits}${published} }`
      })
      const ipRange = range === '' ? '' : `, ip_range: ${range}`
      const cc = given === '' ? '{}' : `{ ipam: { config: [{ subnet: ${given} }] } }`
      return `engine: ${engine}
name: app
daemon: { id: 11111111-2222-3333-4444-555555555555 }
networks:
  aa: { enable_ipv6: true, ipam: { config: [{ subnet: 10.5.0.0/24${ipRange} }, { subnet: "fd00::/64" }] } }
  bb: {}
  cc: ${cc}
  dd: {}
services:
${lines.join('\n')}`
    })

const afterwards = fc.constantFrom(
  'docker stop app-s0-1',
  'docker stop app-s1-1',
  'docker rm -f app-s1-1',
  'docker start app-s0-1',
  'docker start app-s1-1',
  'docker restart app-s0-1',
  'docker run -d --name x1 --network app_aa nginx',
  'docker run -d --name x2 --network app_bb nginx',
  'docker run -d --name x3 --network app_bb nginx',
  'docker run -d --name x4 -p 80 nginx',
  'docker run -d --name x5 -p 7000-7004:80 nginx',
  'docker compose restart',
  'docker compose stop',
  'docker compose start',
  'docker compose up -d --scale s0=2',
  'docker compose down',
  'docker compose up -d',
  'docker network create late',
  'docker network connect app_bb x4',
)

/** A project, and commands after it is up. */
export const commandBlocks = (engines: readonly string[]) =>
  fc
    .tuple(composeBlocks(engines), fc.array(afterwards, { minLength: 1, maxLength: 4 }))
    .map(([block, commands]) =>
      [block, 'commands:', '- docker compose up -d', ...commands.map((one) => `- ${one}`)].join('\n'),
    )

const swarmService = fc.record({
  networks: fc.uniqueArray(fc.constantFrom('aa', 'bb', 'cc'), { minLength: 1, maxLength: 2 }),
  replicas: fc.constantFrom(1, 1, 2, 3),
  isGlobal: fc.nat({ max: 5 }).map((n) => n === 0),
  isDnsrr: fc.nat({ max: 4 }).map((n) => n === 0),
  port: fc.constantFrom('', '', '', '"8080:80"', '"80"'),
  at: fc.constantFrom('', '', 'h1', 'h2'),
})

/** A stack on one to three nodes. */
export const stackBlocks = (engines: readonly string[]) =>
  fc
    .record({
      engine: fc.constantFrom(...engines),
      hosts: fc.integer({ min: 1, max: 3 }),
      given: fc.constantFrom('', '', '10.0.2.0/24', '10.9.0.0/24'),
      services: fc.array(swarmService, { minLength: 1, maxLength: 3 }),
    })
    .map(({ engine, hosts, given, services }) => {
      const machines = Array.from({ length: hosts }, (_, i) => `h${i + 1}: { address: 192.0.2.${11 + i}/24 }`)
      const lines = services.map((one, i) => {
        const mode = one.isGlobal ? 'mode: global' : `replicas: ${one.replicas}`
        const dnsrr = one.isDnsrr && one.port === '' ? ', endpoint_mode: dnsrr' : ''
        const placement =
          one.at === '' || Number(one.at.slice(1)) > hosts
            ? ''
            : `, placement: { constraints: [node.hostname == ${one.at}] }`
        const ports = one.port === '' ? '' : `, ports: [${one.port.replace('8080', `808${i}`)}]`
        return `  s${i}: { image: i, networks: [${one.networks.join(', ')}], deploy: { ${mode}${dnsrr}${placement} }${ports} }`
      })
      const bb = given === '' ? '' : `, ipam: { config: [{ subnet: ${given} }] }`
      return `engine: ${engine}
hosts: { ${machines.join(', ')} }
swarm: {}
networks:
  aa: { driver: overlay, attachable: true }
  bb: { driver: overlay, attachable: true${bb} }
  cc: { driver: overlay }
services:
${lines.join('\n')}`
    })

const swarmCommand = fc.constantFrom(
  'docker network create -d overlay --attachable n1',
  'docker network create -d overlay --attachable n2',
  'docker network create net',
  'docker service create --name w1 --network n1 --replicas 2 nginx',
  'docker service create --name w2 --network n1 nginx',
  'docker service create --name w3 --network n1 --network n2 --endpoint-mode dnsrr nginx',
  'docker service create --name w4 --mode global --network n2 nginx',
  'docker service create --name w5 -p 80 --replicas 2 nginx',
  'docker service scale w1=3',
  'docker service scale w1=1',
  'docker service scale w2=2',
  'docker service update --image x w1',
  'docker service update --force w2',
  'docker service rm w1',
  'docker service rm w2',
  'docker run -d --name c1 --network n1 nginx',
  'docker run -d --name c2 --network n1 nginx',
  'docker run -d --name c3 --network net nginx',
  'docker network connect n2 c1',
  'docker stop c1',
  'docker rm -f c1',
)

/** Commands of a swarm of one to three nodes. */
export const swarmBlocks = (engines: readonly string[]) =>
  fc
    .record({
      engine: fc.constantFrom(...engines),
      hosts: fc.integer({ min: 1, max: 3 }),
      commands: fc.array(swarmCommand, { minLength: 2, maxLength: 8 }),
    })
    .map(({ engine, hosts, commands }) => {
      const machines = Array.from({ length: hosts }, (_, i) => `h${i + 1}: { address: 192.0.2.${11 + i}/24 }`)
      return `engine: ${engine}
hosts: { ${machines.join(', ')} }
swarm: {}
commands:
- docker network create -d overlay --attachable n1
${commands.map((one) => `- ${one}`).join('\n')}`
    })
