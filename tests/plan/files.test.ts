/** Several files of Compose in one block: two projects on one host, and a file that was edited before it is up again. */
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { planSource } from '../../src/compile.ts'
import { planJson } from '../../src/plan/json.ts'

function run(block: object) {
  const { plan, problems } = planSource(stringify(block))
  if (plan === null) throw new Error(JSON.stringify(problems))
  const json = JSON.parse(JSON.stringify(planJson(plan, problems)))
  const found = Object.fromEntries(
    Object.entries<{ state: string; endpoints: Record<string, { ipv4: string }> }>(json.containers).map(
      ([name, { state, endpoints }]) => [
        name,
        Object.entries(endpoints)
          .map(([network, { ipv4 }]) => `${network}=${ipv4.replace(/\/\d+$/, '')}`)
          .join(' ') || state,
      ],
    ),
  )
  const errors = problems.filter(({ severity }) => severity === 'error')
  return { found, problems, errors, networks: Object.keys(json.networks) }
}

const up = (file: string, more = ''): string => `docker compose -f ${file} up -d${more}`

describe('two projects on one host', () => {
  const files = {
    'p1/compose.yaml': {
      services: { web: { image: 'nginx', networks: ['shared'] } },
      networks: { shared: { external: true } },
    },
    './p2/compose.yaml': {
      services: { web: { image: 'nginx', networks: ['shared', 'own'] } },
      networks: { shared: { external: true }, own: {} },
    },
  }
  it('are called by their folders, and meet on a network that is external to both', () => {
    const { found, errors, networks } = run({
      files,
      commands: ['docker network create shared', up('p1/compose.yaml'), up('p2/compose.yaml')],
    })
    expect(errors).toEqual([])
    expect(found).toEqual({
      'p1-web-1': 'shared=172.18.0.2',
      'p2-web-1': 'p2_own=172.19.0.2 shared=172.18.0.3',
    })
    expect(networks).toEqual(['bridge', 'shared', 'p2_own'])
  })
  it('-p and name: go before the folder', () => {
    const { found } = run({
      files: { ...files, 'p3/compose.yaml': { name: 'shop', services: { db: { image: 'pg' } } } },
      commands: [
        'docker network create shared',
        'docker compose -p one -f p1/compose.yaml up -d',
        up('p3/compose.yaml'),
      ],
    })
    expect(Object.keys(found)).toEqual(['one-web-1', 'shop-db-1'])
  })
  it('stop, down and run mean their own', () => {
    const { found, networks } = run({
      files,
      commands: [
        'docker network create shared',
        up('p1/compose.yaml'),
        up('p2/compose.yaml'),
        'docker compose -f p1/compose.yaml stop',
        'docker compose -f p2/compose.yaml down',
      ],
    })
    expect(found).toEqual({ 'p1-web-1': 'exited' })
    expect(networks).toEqual(['bridge', 'shared'])
  })
  it('stand beside the services of the block', () => {
    const { found } = run({
      files: { 'p1/compose.yaml': { services: { web: { image: 'nginx' } } } },
      services: { db: { image: 'pg' } },
      commands: [up('p1/compose.yaml')],
    })
    expect(found).toEqual({ db: 'default=172.18.0.2', 'p1-web-1': 'p1_default=172.19.0.2' })
  })
})

describe('a file that nobody has written', () => {
  const code = (block: object): readonly string[] => run(block).problems.map((one) => one.code)
  it('is told, with where to write it', () => {
    const { errors } = run({ commands: [up('p1/compose.yaml')] })
    expect(errors[0]?.code).toBe('COMPOSE_FILE_NOT_FOUND')
    expect(errors[0]?.hint).toContain('files: { p1/compose.yaml:')
    expect(code({ commands: ['docker compose up -d'] })).toEqual(['COMPOSE_FILE_NOT_FOUND'])
  })
  it('the first one named is the block itself, a second one is not', () => {
    const services = { web: { image: 'nginx' } }
    expect(code({ services, commands: [up('a.yaml'), 'docker compose -f a.yaml down'] })).toEqual([])
    expect(code({ services, commands: [up('a.yaml'), up('b.yaml')] })).toEqual(['COMPOSE_FILE_NOT_FOUND'])
  })
  it('several at once are refused', () => {
    const file = { services: { web: { image: 'nginx' } } }
    expect(
      code({
        files: { 'a.yaml': file, 'b.yaml': file },
        commands: ['docker compose -f a.yaml -f b.yaml up -d'],
      }),
    ).toEqual(['UNSUPPORTED_COMMAND'])
  })
  it('what is wrong in a file is told there', () => {
    const { errors } = run({
      files: {
        'a.yaml': { services: { web: { image: 'nginx', prots: ['80:80'], extends: { service: 'x' } } } },
      },
      commands: ['docker ps'],
    })
    expect(errors.map((one) => one.code)).toEqual(['UNKNOWN_KEY', 'UNKNOWN_KEY'])
  })
})

/** Measured with Compose 2.40.3 on engine 28.5.2. */
describe('up again after an edit', () => {
  const chain = (a: object): object => ({
    services: {
      a: { image: 'bb', ...a },
      b: { image: 'bb', depends_on: ['a'] },
      c: { image: 'bb', depends_on: ['b'] },
    },
  })
  const edited = (before: object, after: object, more = '') =>
    run({
      name: 'p',
      files: { 'a.yaml': before, 'b.yaml': after },
      commands: [up('a.yaml'), up('b.yaml', more)],
    })

  it('makes anew what changed, and nothing else', () => {
    const { found, errors } = edited(chain({}), chain({ environment: ['X=1'] }))
    expect(errors).toEqual([])
    expect(found).toEqual({
      'p-a-1': 'p_default=172.18.0.2',
      'p-b-1': 'p_default=172.18.0.3',
      'p-c-1': 'p_default=172.18.0.4',
    })
  })
  it('a container made anew takes the lowest address that is free', () => {
    const hole = { services: { b: { image: 'bb' }, c: { image: 'bb', depends_on: ['b'] } } }
    const { found } = run({
      name: 'p',
      files: {
        'a.yaml': chain({}),
        'b.yaml': hole,
        'c.yaml': {
          services: { b: { image: 'bb' }, c: { image: 'bb', depends_on: ['b'], environment: { X: 1 } } },
        },
      },
      commands: [up('a.yaml'), up('b.yaml', ' --remove-orphans'), up('c.yaml')],
    })
    expect(found).toEqual({ 'p-b-1': 'p_default=172.18.0.3', 'p-c-1': 'p_default=172.18.0.2' })
  })
  it('depends_on, profiles, build and another way of writing make no new container', () => {
    const before = {
      services: { x: { image: 'bb' }, y: { image: 'bb', networks: ['n'], environment: ['A=1'] } },
      networks: { n: {} },
    }
    const after = {
      services: {
        x: { image: 'bb', build: '.' },
        y: { image: 'bb', networks: { n: null }, environment: { A: 1 }, depends_on: ['x'] },
      },
      networks: { n: {} },
    }
    const { found } = run({
      name: 'p',
      files: { 'a.yaml': before, 'b.yaml': after },
      commands: [
        up('a.yaml', ' x'),
        up('a.yaml', ' y'),
        'docker run -d --name zz --network p_n bb',
        'docker stop p-y-1',
        'docker run -d --name ww --network p_n bb',
        'docker start p-y-1',
        'docker rm -f ww',
        up('b.yaml'),
      ],
    })
    expect(found['p-y-1']).toBe('p_n=172.19.0.4')
  })
  it('leaves those whose service is gone, but for --remove-orphans', () => {
    const less = { services: { a: { image: 'bb' } } }
    expect(Object.keys(edited(chain({}), less).found)).toEqual(['p-a-1', 'p-b-1', 'p-c-1'])
    expect(Object.keys(edited(chain({}), less, ' --remove-orphans').found)).toEqual(['p-a-1'])
  })
  it('a network described otherwise is made anew under its containers', () => {
    const file = (n: object, c: readonly string[] = ['m']): object => ({
      services: {
        a: { image: 'bb', networks: ['n'] },
        b: { image: 'bb', networks: ['n', 'm'], depends_on: ['a'] },
        c: { image: 'bb', networks: c, depends_on: ['b'] },
      },
      networks: { n, m: {} },
    })
    const given = { ipam: { config: [{ subnet: '10.9.0.0/24' }] } }
    expect(edited(file({}), file(given)).found).toEqual({
      'p-a-1': 'p_n=10.9.0.2',
      'p-b-1': 'p_m=172.18.0.2 p_n=10.9.0.3',
      'p-c-1': 'p_m=172.18.0.3',
    })
    expect(edited(file(given), file(given, ['m', 'n'])).found).toMatchObject({
      'p-c-1': 'p_m=172.18.0.3 p_n=10.9.0.4',
    })
  })
  it('and joins them to it without their fixed addresses and aliases', () => {
    const file = (range: object): object => ({
      services: { a: { image: 'bb', networks: { n: { ipv4_address: '10.9.0.77', aliases: ['foo'] } } } },
      networks: { n: { ipam: { config: [{ subnet: '10.9.0.0/24', ...range }] } } },
    })
    expect(edited(file({}), file({ ip_range: '10.9.0.128/25' })).found).toEqual({
      'p-a-1': 'p_n=10.9.0.129',
    })
  })
  it('a container that was taken off a network of its file is made anew', () => {
    const { found } = run({
      name: 'p',
      files: { 'a.yaml': { services: { a: { image: 'bb' } } } },
      commands: [up('a.yaml'), 'docker network disconnect p_default p-a-1', up('a.yaml')],
    })
    expect(found).toEqual({ 'p-a-1': 'p_default=172.18.0.2' })
  })
  it('those that share a sandbox follow it, and those with restart: true start again', () => {
    const file = (more: object): object => ({
      services: {
        vpn: { image: 'bb', ...more },
        app: { image: 'bb', network_mode: 'service:vpn' },
        dep: { image: 'bb', depends_on: { vpn: { condition: 'service_started', restart: true } } },
      },
    })
    const { plan } = planSource(
      stringify({
        name: 'p',
        files: { 'a.yaml': file({}), 'b.yaml': file({ environment: ['X=1'] }) },
        commands: [up('a.yaml'), up('b.yaml')],
      }),
    )
    expect(plan?.containers.get('p-app-1')).toMatchObject({ state: 'running', sandboxLost: false })
    expect([...(plan?.networks.get('p_default')?.endpoints.keys() ?? [])].sort()).toEqual([
      'p-dep-1',
      'p-vpn-1',
    ])
  })
  it('of fewer replicas that changed, the highest numbers stay', () => {
    const { found } = edited(
      { services: { a: { image: 'bb', scale: 3 } } },
      { services: { a: { image: 'bb', scale: 2, environment: ['X=1'] } } },
    )
    expect(Object.keys(found)).toEqual(['p-a-2', 'p-a-3'])
  })
})
