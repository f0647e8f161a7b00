/** Short lines that ask for more than a machine has. Without their limits these tests do not fail, they run out of memory. */
import { describe, expect, it } from 'vitest'
import { textTable } from '../../src/cli/table.ts'
import { compile, isError, planSource } from '../../src/compile.ts'
import { columns } from '../../src/print/columns.ts'

const errorsOf = (source: string) => compile(source).problems.filter(isError)
const commands = (...lines: readonly string[]): string =>
  `commands:\n${lines.map((line) => `  - ${JSON.stringify(line)}\n`).join('')}`
const SWARM = 'docker swarm init'
const MANY = 999_999_999
const flags = (count: number, flag: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => flag(i)).join(' ')

describe('commands that ask for too much', () => {
  it.each<readonly [string, string]>([
    ['replicas of a new service', commands(SWARM, `docker service create --name a --replicas ${MANY} nginx`)],
    [
      'replicas below the limit of one, together above it',
      commands(
        SWARM,
        'docker service create --name a --replicas 500 nginx',
        'docker service create --name b --replicas 19600 nginx',
      ),
    ],
    ['scaling', commands(SWARM, 'docker service create --name a nginx', `docker service scale a=${MANY}`)],
    [
      'an update',
      commands(SWARM, 'docker service create --name a nginx', `docker service update --replicas ${MANY} a`),
    ],
    [
      'scaling with compose',
      `services: { web: {} }\n${commands(`docker compose up -d --scale web=${MANY}`)}`,
    ],
    ['docker compose scale', `services: { web: {} }\n${commands(`docker compose scale web=${MANY}`)}`],
    ['docker-compose 1', `services: { web: {} }\n${commands(`docker-compose up -d --scale web=${MANY}`)}`],
    [
      'replicas times networks',
      commands(
        SWARM,
        ...Array.from(
          { length: 30 },
          (_, i) => `docker network create -d overlay --subnet 10.${i}.0.0/16 n${i}`,
        ),
        `docker service create --name a --replicas 5000 ${flags(30, (i) => `--network n${i}`)} nginx`,
      ),
    ],
    ['ports of a service', commands(SWARM, 'docker service create --name a -p 1-65535:1-65535 nginx')],
    [
      'ports of a service, again and again',
      commands(SWARM, `docker service create --name a ${'-p 1-60000:1-60000 '.repeat(400)} nginx`),
    ],
    ['ports of containers', commands(...Array(4).fill('docker run -d -p 127.0.0.1::1-60000 nginx'))],
    ['a flag again and again', commands(`docker run -d ${'-p 1-65535 '.repeat(800)} nginx`)],
    ['exposed ports', commands(...Array(4).fill('docker run -d -P --expose 1-60000 nginx'))],
    [
      'starts of what has many ports',
      commands('docker create --name aa -p 1-30000 nginx', ...Array(4).fill('docker restart aa')),
    ],
    [
      'starting the same again and again',
      commands('docker run -d --name aa nginx', ...Array(30).fill(`docker restart ${'aa '.repeat(1000)}`)),
    ],
    [
      'nodes times global services',
      `hosts:\n${Array.from({ length: 1000 }, (_, i) => `  h${i}: { address: 10.9.${i >> 8}.${i & 255}/16 }\n`).join('')}swarm: true\n${commands(
        ...Array.from(
          { length: 20 },
          (_, i) => `docker network create -d overlay --subnet 10.${100 + i}.0.0/16 n${i}`,
        ),
        ...['a'].map(
          (name) =>
            `docker service create --name ${name} --mode global ${flags(60, (i) => `--network n${i}`)} nginx`,
        ),
      )}`,
    ],
    [
      'updates that make all tasks anew',
      commands(
        SWARM,
        'docker service create --name a --replicas 300 nginx',
        ...Array(100).fill('docker service update --force a'),
      ),
    ],
    [
      'looks at what is there, again and again',
      commands(
        SWARM,
        'docker service create --name a0 --replicas 5000 nginx',
        'docker service update --force a0',
      ),
    ],
    [
      'networks',
      commands(
        ...Array.from(
          { length: 5001 },
          (_, i) => `docker network create --internal --ipv4=false --ipv6 n${i}`,
        ),
      ),
    ],
  ])('%s: refused at the command, not after the memory is gone', (_, source) => {
    const errors = errorsOf(source)
    const large = errors.filter(({ code }) => code === 'BLOCK_TOO_LARGE')
    expect(errors.map(({ code }) => code)).toContain('BLOCK_TOO_LARGE')
    expect(large).toHaveLength(1)
    const [found] = large
    expect(found?.hint).toMatch(/fewer/)
    expect(source.slice(found?.span.start, found?.span.end)).toMatch(/docker|-p|\d-\d/)
  })

  it('is no error that an author can mean to show', () => {
    const source = `commands:\n  - docker swarm init\n  - run: docker service create --replicas ${MANY} nginx\n    expect: error\n`
    expect(errorsOf(source).map(({ code }) => code)).toEqual(['BLOCK_TOO_LARGE'])
  })

  it('runs nothing after it', () => {
    const { plan } = planSource(
      commands(SWARM, `docker service create --replicas ${MANY} nginx`, 'docker network create later'),
    )
    expect(plan?.steps).toHaveLength(2)
    expect(plan?.networks.has('later')).toBe(false)
  })
})

describe('services that ask for too much', () => {
  const list = (count: number, item: (i: number) => string): string =>
    `[${Array.from({ length: count }, (_, i) => item(i)).join(', ')}]`
  const users = (count: number, body: string): string =>
    Array.from({ length: count }, (_, i) => `  s${i}: { image: x, ${body} }\n`).join('')
  const networks = (count: number): string =>
    `networks:\n${Array.from({ length: count }, (_, i) => `  n${i}: { ipam: { config: [{ subnet: 10.${i >> 8}.${i & 255}.0/24 }] } }\n`).join('')}`

  it.each<readonly [string, string, string]>([
    ['replicas', `services: { web: { scale: ${MANY} } }`, 'INVALID_NUMBER'],
    [
      'networks by one alias',
      `${networks(300)}services:\n  a: { image: x, networks: &p ${list(300, (i) => `n${i}`)} }\n${users(299, 'networks: *p')}`,
      'BLOCK_TOO_LARGE',
    ],
    [
      'networks times replicas',
      `${networks(100)}services:\n  a: { image: x, scale: 600, networks: ${list(100, (i) => `n${i}`)} }\n`,
      'BLOCK_TOO_LARGE',
    ],
    [
      'ports by one alias',
      `services:\n  a: { image: x, ports: &p ["1-60000"] }\n${users(50, 'ports: *p')}`,
      'BLOCK_TOO_LARGE',
    ],
    [
      'dependencies by one alias',
      `services:\n  a: {}\n  b: { depends_on: &p ${list(5000, () => 'a')} }\n${users(3000, 'depends_on: *p')}`,
      'ALIAS_LIMIT',
    ],
    [
      'network aliases by one alias',
      `networks: { n: {} }\nservices:\n  a: { networks: { n: &p { aliases: ${list(2000, (i) => `al${i}`)} } } }\n${users(3000, 'networks: { n: *p }')}`,
      'ALIAS_LIMIT',
    ],
    [
      'global services on many nodes',
      `hosts:\n${Array.from({ length: 900 }, (_, i) => `  h${i}: { address: 10.9.${i >> 8}.${i & 255}/16 }\n`).join('')}swarm: true\nservices:\n${users(200, 'deploy: { mode: global }')}`,
      'BLOCK_TOO_LARGE',
    ],
  ])('%s: refused at its place before anything is planned', (_, source, code) => {
    const { plan, problems } = planSource(source)
    const errors = problems.filter(isError)
    expect(errors.map((error) => error.code)).toContain(code)
    if (code === 'BLOCK_TOO_LARGE') {
      expect(plan).toBeNull()
      expect(errors).toHaveLength(1)
      expect(errors[0]?.span.start).toBeGreaterThan(0)
    }
  })
})

describe('tables of text', () => {
  it('do not grow with the product of their rows and their longest name', () => {
    const long = 'x'.repeat(100_000)
    const rows = Array.from({ length: 2000 }, (_, i) => [i === 0 ? long : `n${i}`, 'y'])
    expect(columns(rows).join('\n').length).toBeLessThan(1_000_000)
    expect(textTable(['NAME', 'Y'], rows).length).toBeLessThan(1_000_000)
  })
  it('take any number of rows', () => {
    const rows = Array.from({ length: 200_000 }, () => ['a', 'b'])
    expect(textTable(['NAME', 'Y'], rows).split('\n')).toHaveLength(200_001)
  })
})
