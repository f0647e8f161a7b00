/** Cost in proportion to the input: each dimension of it is doubled, and doubled again. */
import '../support/start-counting.ts'
import { describe, expect, it } from 'vitest'
import { planSource } from '../../src/compile.ts'
import { readInputText } from '../../src/input/input.ts'
import { planJson } from '../../src/plan/json.ts'
import { formatProblem } from '../../src/problem/report.ts'
import { growth, workOf } from '../support/work.ts'

const list = (count: number, item: (i: number) => string, between = ''): string =>
  Array.from({ length: count }, (_, i) => item(i)).join(between)
const commands = (...lines: readonly string[]): string =>
  `commands:\n${list(lines.length, (i) => `  - ${lines[i]}\n`)}`
const subnet = (i: number): string => `10.${(i >> 8) & 255}.${i & 255}.0/24`
const networks = (count: number): string =>
  `networks:\n${list(count, (i) => `  n${i}: { ipam: { config: [{ subnet: ${subnet(i)} }] } }\n`)}`
const wide = 'networks: { n: { ipam: { config: [{ subnet: 10.0.0.0/8 }] } } }\n'
const hosts = (count: number): string =>
  `hosts:\n${list(count, (i) => `  h${i}: { address: 10.9.${i >> 8}.${i & 255}/16 }\n`)}`
const range = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i)

/** Text and its size at the beginning. */
type Dimension = readonly [size: number, text: (n: number) => string]

const MODELS: Readonly<Record<string, Dimension>> = {
  // From here on more than what is planned again in other orders, which has a bound of its own below.
  services: [400, (n) => `${wide}services:\n${list(n, (i) => `  s${i}: { image: x, networks: [n] }\n`)}`],
  'services with ports': [
    60,
    (n) => `services:\n${list(n, (i) => `  s${i}: { image: x, ports: ["${2000 + i}:80"] }\n`)}`,
  ],
  networks: [
    320,
    (n) => `${networks(n)}services:\n${list(n, (i) => `  s${i}: { image: x, networks: [n${i}] }\n`)}`,
  ],
  'networks of one service': [
    160,
    (n) => `${networks(n)}services:\n  a: { image: x, networks: [${list(n, (i) => `n${i}`, ', ')}] }\n`,
  ],
  'endpoints by one alias': [
    // The size is that of the endpoints.
    100,
    (n) => {
      const side = Math.round(Math.sqrt(n))
      return `${networks(side)}services:\n  a: { image: x, networks: &p [${list(side, (i) => `n${i}`, ', ')}] }\n${list(side - 1, (i) => `  s${i}: { image: x, networks: *p }\n`)}`
    },
  ],
  replicas: [400, (n) => `${wide}services:\n  a: { image: x, networks: [n], scale: ${n} }\n`],
  aliases: [
    200,
    (n) =>
      `networks: { n: {} }\nservices:\n  a: { networks: { n: { aliases: [${list(n, (i) => `al${i}`, ', ')}] } } }\n  b: { networks: [n] }\n`,
  ],
  'dependencies in a row': [
    60,
    (n) =>
      `services:\n${list(n, (i) => `  s${i}: { network_mode: none, depends_on: [${i > 0 ? `s${i - 1}` : ''}] }\n`)}`,
  ],
  'dependencies on all': [
    400,
    (n) => {
      const side = Math.round(Math.sqrt(n))
      return `services:\n${list(side, (i) => `  s${i}: { network_mode: none, depends_on: [${list(i, (j) => `s${j}`, ', ')}] }\n`)}`
    },
  ],
  links: [50, (n) => `services:\n  a: {}\n  b: { links: [${list(n, (i) => `"a:x${i}"`, ', ')}] }\n`],
  hosts: [160, (n) => `${hosts(n)}services: { web: {} }\n`],
  'hosts of a swarm': [15, (n) => `${hosts(n)}swarm: true\nservices:\n  a: { deploy: { mode: global } }\n`],
  'services of a swarm': [
    // Beyond what is planned again in other orders.
    320,
    (n) =>
      `swarm: true\nnetworks: { o: { ipam: { config: [{ subnet: 10.0.0.0/8 }] } } }\nservices:\n${list(n, (i) => `  s${i}: { image: x, networks: [o] }\n`)}`,
  ],
  'overlays of a swarm': [
    // Their subnets stand in one ordered list, whose later part moves with each.
    200,
    (n) =>
      `swarm: true\nnetworks:\n${list(n, (i) => `  n${i}: { ipam: { config: [{ subnet: ${subnet(i)} }] } }\n`)}services:\n${list(n, (i) => `  s${i}: { networks: [n${i}] }\n`)}`,
  ],
  'one port again and again': [
    320,
    (n) => `${wide}services:\n${list(n, (i) => `  s${i}: { networks: [n], ports: ["80:80"] }\n`)}`,
  ],
  'sandboxes shared in a row': [
    320,
    (n) => `services:\n  s0: {}\n${list(n, (i) => `  s${i + 1}: { network_mode: "service:s${i}" }\n`)}`,
  ],
  'commands that run': [
    60,
    (n) =>
      commands(
        'docker network create --subnet 10.0.0.0/8 big',
        ...range(n).map(() => 'docker run -d --network big alpine'),
      ),
  ],
  'commands that make networks': [
    320,
    (n) => commands(...range(n).map((i) => `docker network create --subnet ${subnet(i)} n${i}`)),
  ],
  'commands that connect': [
    160,
    (n) =>
      commands(
        'docker run -d --name aa alpine',
        ...range(n).flatMap((i) => [
          `docker network create --subnet ${subnet(i)} n${i}`,
          `docker network connect n${i} aa`,
        ]),
      ),
  ],
  'commands that fail': [60, (n) => commands(...range(n).map((i) => `docker network rm nope${i}`))],
  'commands that look': [100, (n) => commands(...range(n).map(() => 'docker ps'))],
  'starts and stops': [
    60,
    (n) =>
      commands(
        'docker run -d --name aa alpine',
        ...range(n).flatMap(() => ['docker stop aa', 'docker start aa']),
      ),
  ],
  'ports of a container': [500, (n) => commands(`docker run -d -p 1000-${1000 + n}:1000-${1000 + n} alpine`)],
  'ports of a service': [
    100,
    (n) => commands('docker swarm init', `docker service create --name a -p 1-${n}:1-${n} nginx`),
  ],
  'replicas of commands': [
    100,
    (n) => commands('docker swarm init', `docker service create --name a --replicas ${n} nginx`),
  ],
  'services of commands': [
    40,
    (n) => commands('docker swarm init', ...range(n).map((i) => `docker service create --name a${i} nginx`)),
  ],
  'tasks made anew': [
    30,
    (n) =>
      commands(
        'docker swarm init',
        `docker service create --name a --replicas ${n} nginx`,
        'docker service update --force a',
      ),
  ],
  scaling: [
    30,
    (n) =>
      commands(
        'docker swarm init',
        'docker service create --name a nginx',
        ...range(n).map((i) => `docker service scale a=${i + 2}`),
      ),
  ],
  'auxiliary addresses': [
    100,
    (n) =>
      `networks: { n: { ipam: { config: [{ subnet: 10.0.0.0/8, aux_addresses: { ${list(n, (i) => `a${i}: 10.9.${i >> 8}.${i & 255}`, ', ')} } }] } } }\nservices: { a: { networks: [n] } }\n`,
  ],
  'default pools': [
    50,
    (n) =>
      `daemon: { default-address-pools: [${list(n, (i) => `{ base: ${subnet(i)}, size: 24 }`, ', ')}] }\nservices: { a: {} }\n`,
  ],
  'networks with devices of their own': [
    320,
    (n) =>
      `networks:\n${list(n, (i) => `  n${i}: { driver_opts: { com.docker.network.bridge.name: br${i} }, ipam: { config: [{ subnet: ${subnet(i)} }] } }\n`)}services:\n${list(n, (i) => `  s${i}: { networks: [n${i}] }\n`)}`,
  ],
  'networks with ranges': [
    320,
    (n) =>
      `networks:\n${list(n, (i) => `  n${i}: { ipam: { config: [{ subnet: ${subnet(i)}, ip_range: ${subnet(i)} }] } }\n`)}services:\n${list(n, (i) => `  s${i}: { networks: [n${i}] }\n`)}`,
  ],
  'networks over the underlay': [
    320,
    (n) =>
      `hosts: { h: { address: 10.9.0.1/8 } }\n${networks(n)}services:\n${list(n, (i) => `  s${i}: { networks: [n${i}] }\n`)}`,
  ],
  'external networks': [
    320,
    (n) =>
      `networks: { ${list(n, (i) => `n${i}: { external: true }`, ', ')} }\nservices:\n${list(n, (i) => `  s${i}: { networks: [n${i}] }\n`)}`,
  ],
  'external networks with static addresses': [
    320,
    (n) =>
      `networks: { ${list(n, (i) => `n${i}: { external: true }`, ', ')} }\nservices:\n${list(n, (i) => `  s${i}: { networks: { n${i}: { ipv4_address: ${subnet(i).replace('0/24', '9')} } } }\n`)}`,
  ],
  'one port on different addresses': [
    320,
    (n) =>
      `${wide}services:\n${list(n, (i) => `  s${i}: { networks: [n], ports: ["10.9.${i >> 8}.${i & 255}:80:80"] }\n`)}`,
  ],
  'networks from one pool': [
    320,
    (n) =>
      `daemon: { default-address-pools: [{ base: 10.0.0.0/8, size: 24 }] }\nnetworks: { ${list(n, (i) => `n${i}: {}`, ', ')} }\nservices:\n${list(n, (i) => `  s${i}: { networks: [n${i}] }\n`)}`,
  ],
  'ways to highlight': [
    30,
    (n) => `services: { a: {}, b: {} }\nfigure: { highlight: [${list(n, () => 'a -> b', ', ')}] }\n`,
  ],
  'letters of an image': [2000, (n) => `services: { a: { image: "${'x '.repeat(n)}" } }\n`],
  'letters of a title': [2000, (n) => `services: { a: {} }\nfigure: { title: "${'x '.repeat(n)}" }\n`],
  'letters of a command': [500, (n) => commands(`docker run -d alpine ${'a '.repeat(n)}`)],
  variables: [
    100,
    (n) => `services:\n${list(n, (i) => `  s${i}: { image: "\${A:-x}", network_mode: none }\n`)}`,
  ],
  'unknown keys': [100, (n) => list(n, (i) => `serv${i}: x\n`)],
  'unknown names': [
    60,
    (n) => `services:\n${list(n, (i) => `  s${i}: { depends_on: [nope-${i}], network_mode: none }\n`)}`,
  ],
  'equal keys': [100, (n) => `services:\n${list(n, () => '  a: { image: x }\n')}`],
  'merge keys': [
    60,
    (n) => `services:\n  a: &p { image: x, network_mode: none }\n${list(n, (i) => `  s${i}: { <<: *p }\n`)}`,
  ],
  anchors: [100, (n) => `${list(n, (i) => `x-${i}: &a${i} b\n`)}services: { web: { image: *a1 } }\n`],
  'routes of a host': [
    60,
    (n) =>
      `hosts: { h: { address: 192.168.9.1/24, routes: [${list(n, (i) => `10.${i >> 8}.${i & 255}.0/24 via 192.168.9.2`, ', ')}] } }\nservices: { web: {} }\n`,
  ],
  'interfaces of a host': [
    30,
    (n) =>
      `hosts: { h: { address: 192.168.9.1/24, interfaces: { ${list(n, (i) => `eth${i + 1}: 10.${i >> 8}.${i & 255}.1/24`, ', ')} } } }\nservices: { web: {} }\n`,
  ],
}

const BLOCK =
  '```docker-network\nnetworks: { n: {} }\nservices: { web: { image: x, networks: [n] }, db: { image: y, networks: [n] } }\n```\n\n'
const named = (i: number): string => BLOCK.replace('network\n', `network model=m${i}\n`)

const POSTS: Readonly<Record<string, Dimension>> = {
  fences: [10, (n) => BLOCK.repeat(n)],
  'named fences': [10, (n) => list(n, named)],
  'fences with errors': [160, (n) => '```docker-network\nservices: { w: { imag: x } }\n```\n\n'.repeat(n)],
  'uses of one model': [10, (n) => named(0) + '```docker-network use=m0 view=bus\n```\n\n'.repeat(n)],
  references: [200, (n) => `${BLOCK}${'{dn:web.ip} text '.repeat(n)}`],
  'references in code': [200, (n) => `${BLOCK}${'`{dn:web.ip}` '.repeat(n)}`],
  'references in paragraphs': [100, (n) => `${BLOCK}${'{dn:web.ip} text\n\n'.repeat(n)}`],
  'references in a table': [
    100,
    (n) => `${BLOCK}| a | b |\n|---|---|\n${'| {dn:web.ip} | `{dn:db.ip}` |\n'.repeat(n)}`,
  ],
  'references to models': [10, (n) => `${list(n, named)}${list(n, (i) => `{dn:m${i}#web.ip}\n\n`)}`],
  'wrong references': [100, (n) => `${BLOCK}${'{dn:nope.ip} text '.repeat(n)}`],
  'different wrong references': [100, (n) => `${BLOCK}${list(n, (i) => `{dn:nope${i}.ip} text `)}`],
  'wrong references in paragraphs': [100, (n) => `${BLOCK}${'{dn:nope.ip} text\n\n'.repeat(n)}`],
  'references by step': [
    20,
    (n) =>
      `\`\`\`docker-network model=a hidden\ncommands:\n${'  - docker run -d alpine\n'.repeat(20)}\`\`\`\n\n${list(n, (i) => `{dn:a@${i % 20}#command.1}\n\n`)}`,
  ],
  'addresses in prose': [
    200,
    (n) => `${BLOCK}${'The address 10.1.2.3 is here and web (172.18.0.2) too.\n'.repeat(n)}`,
  ],
  'wrong addresses in prose': [100, (n) => `${BLOCK}${'Address 172.18.0.99 is wrong.\n'.repeat(n)}`],
  'wrong addresses in one line': [100, (n) => `${BLOCK}${'172.18.0.99 '.repeat(n)}`],
  'references that do not end': [300, (n) => `${BLOCK}${'{dn:'.repeat(n)}`],
  'words of an info string': [
    100,
    (n) => `\`\`\`docker-network ${'a=b '.repeat(n)}\nservices: { w: {} }\n\`\`\`\n`,
  ],
  'a quote that does not end': [
    300,
    (n) => `\`\`\`docker-network title="${'a '.repeat(n)}\nservices: { w: {} }\n\`\`\`\n`,
  ],
  'fences that ask for values': [
    30,
    (n) => `${BLOCK}${'```console docker-network\n{dn:web.ip}\n```\n\n'.repeat(n)}`,
  ],
  'lines of other listings': [500, (n) => `${BLOCK}\`\`\`js\n${'x\n'.repeat(n)}\`\`\`\n`],
  prints: [10, (n) => `${named(0)}${'```docker-network use=m0 print=addresses\n```\n\n'.repeat(n)}`],
}

/** Each of these looks at all that is there once more: with the square, and so with a limit of its own (MAX_REVISITS). */
const SQUARE = new Set(['services of commands', 'tasks made anew', 'scaling'])

/** Work in proportion doubles; with a logarithm it is a little more. */
const MOST = 2.75

it('is planned again in fewer orders the more there is to plan', () => {
  const inAnyOrder = (n: number) => () =>
    planSource(`${wide}services:\n${list(n, (i) => `  s${i}: { image: x, networks: [n] }\n`)}`)
  workOf(inAnyOrder(130))
  expect(workOf(inAnyOrder(260)) / workOf(inAnyOrder(130))).toBeLessThan(MOST)
})

describe('planning grows in proportion to', () => {
  it.each(Object.entries(MODELS))(
    '%s',
    (name, [size, text]) => {
      const action = (n: number) => {
        const source = text(n)
        return () => {
          const { plan, problems } = planSource(source)
          planJson(plan, problems)
        }
      }
      expect(growth(size, action)).toBeLessThan(SQUARE.has(name) ? 4.1 : MOST)
    },
    120_000,
  )
})

describe('reading and rewriting a post grows in proportion to', () => {
  it.each(Object.entries(POSTS))(
    '%s',
    (_, [size, text]) => {
      const action = (n: number) => {
        const source = text(n)
        return () => {
          const input = readInputText('a.md', 'a.md', source, {})
          input.rewrite(() => '')
          for (const problem of input.problems) formatProblem(problem)
        }
      }
      expect(growth(size, action)).toBeLessThan(MOST)
    },
    120_000,
  )
})
