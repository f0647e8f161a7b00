import { describe, expect, it } from 'vitest'
import { asText } from '../support/as-text.ts'
import { lab } from './lab.ts'

const certainty = (result: ReturnType<typeof lab>, network: string): Record<string, string> =>
  Object.fromEntries(
    [...(asText(result.plan).networks.get(network)?.endpoints ?? [])].map(([name, e]) => [name, e.certainty]),
  )

/** A block without commands. */
const block = (body: string, engine: '20' | '26' | '28' = '28') => lab(engine, `${body}\n---\n`)

// compose-go loader: NormalizeProjectName, docker/compose pkg/compose/create.go
describe('names of a project', () => {
  const services =
    'services: { web: { networks: [back] }, job: { deploy: { replicas: 2 } } }\n    networks: { back: {} }'

  it('stand in front of its containers and networks', () => {
    const { plan } = block(`
    name: shop
    ${services}`)
    expect([...plan.containers.keys()]).toEqual(['shop-job-1', 'shop-job-2', 'shop-web-1'])
    expect([...plan.networks.keys()]).toEqual(['bridge', 'shop_back', 'shop_default'])
  })

  it('left out leave services and networks their keys', () => {
    const { plan } = block(`
    ${services}`)
    expect([...plan.containers.keys()]).toEqual(['job-1', 'job-2', 'web'])
    expect([...plan.networks.keys()]).toEqual(['bridge', 'back', 'default'])
  })

  it('are joined by _ in docker-compose 1, whose networks are attachable', () => {
    const { plan } = lab(
      '20',
      `
    name: shop
    ${services}
    ---
    docker-compose up -d`,
    )
    expect([...plan.containers.keys()]).toEqual(['shop_job_1', 'shop_job_2', 'shop_web_1'])
    expect(plan.networks.get('shop_back')?.attachable).toBe(true)
  })

  it('are given with -p, as they are to compose 2 and made fit by docker-compose 1', () => {
    const up = (command: string) =>
      lab(
        '28',
        `
    ${services}
    ---
    ${command}`,
      )
    expect([...up('docker compose -p shop up -d').plan.containers.keys()][0]).toBe('shop-job-1')
    expect(up('docker compose -p "My Shop" up -d').error(0)).toBe(
      'invalid project name "My Shop": must consist only of lowercase alphanumeric characters, hyphens, and underscores as well as start with a letter or number',
    )
    expect([...up('docker-compose -p "My Shop" up -d').plan.containers.keys()][0]).toBe('myshop_job_1')
  })

  it('give way to container_name and name', () => {
    const { plan } = block(`
    name: shop
    services: { web: { container_name: front, networks: [back] } }
    networks: { back: { name: lan } }`)
    expect([[...plan.containers.keys()], [...plan.networks.keys()]]).toEqual([['front'], ['bridge', 'lan']])
  })
})

// docker/compose pkg/compose/dependencies.go, create.go, convergence.go
describe('the order of up', () => {
  it('follows depends_on, else the alphabet', () => {
    const result = block(`
    services:
      alpha: { depends_on: [mike] }
      mike: { depends_on: [zulu] }
      zulu: {}`)
    expect(['zulu', 'mike', 'alpha'].map((name) => result.ip(name))).toEqual([
      '172.18.0.2',
      '172.18.0.3',
      '172.18.0.4',
    ])
    expect(certainty(result, 'default')).toEqual({ zulu: 'computed', mike: 'computed', alpha: 'computed' })
  })

  it('leaves to chance who of two is first', () => {
    const result = block(`
    services:
      db: {}
      web: {}
      proxy: { depends_on: [db, web] }`)
    expect(certainty(result, 'default')).toEqual({
      db: 'one-of-several',
      web: 'one-of-several',
      proxy: 'computed',
    })
    expect(asText(result.plan).networks.get('default')?.endpoints.get('db')?.pin).toBe(
      'services.db.networks.default.ipv4_address and networks.default.ipam.config.subnet, or depends_on',
    )
  })

  it('leaves nothing to chance for a service alone on its network', () => {
    const result = block(`
    services: { db: { networks: [back] }, web: { networks: [front] } }
    networks:
      back: { ipam: { config: [{ subnet: 10.1.0.0/24 }] } }
      front: { ipam: { config: [{ subnet: 10.2.0.0/24 }] } }`)
    expect([certainty(result, 'back'), certainty(result, 'front')]).toEqual([
      { db: 'computed' },
      { web: 'computed' },
    ])
    expect(asText(result.plan).networks.get('back')?.certainty).toBe('declared')
  })

  it('has depends_on alone as a pin where no address can be fixed', () => {
    const result = block(`
    services: { db: { network_mode: bridge }, web: { network_mode: bridge } }`)
    expect(asText(result.plan).networks.get('bridge')?.endpoints.get('db')?.pin).toBe(
      'services.db.depends_on',
    )
  })

  it('leaves replicas to chance', () => {
    const result = block(`
    services: { web: { deploy: { replicas: 2 } } }`)
    expect(certainty(result, 'default')).toEqual({ 'web-1': 'one-of-several', 'web-2': 'one-of-several' })
  })

  it('does not touch fixed addresses, but what they stand in the way of', () => {
    const result = (fixed: string) =>
      certainty(
        block(`
    services:
      web: { networks: { n1: { ipv4_address: ${fixed} } } }
      db: { networks: [n1] }
    networks: { n1: { ipam: { config: [{ subnet: 10.1.0.0/24 }] } } }`),
        'n1',
      )
    expect(result('10.1.0.9')).toEqual({ db: 'computed', web: 'declared' })
    // Started second, web would find db on its address.
    expect(
      certainty(
        block(`
    services:
      aaa: { networks: { n1: { ipv4_address: 10.1.0.2 } } }
      db: { networks: [n1] }
    networks: { n1: { ipam: { config: [{ subnet: 10.1.0.0/24 }] } } }`),
        'n1',
      ),
    ).toEqual({ aaa: 'declared', db: 'one-of-several' })
  })

  it('leaves to chance which network has which default pool', () => {
    const result = block(`
    services: { web: { networks: [back, front, lan] } }
    networks:
      back: {}
      front: {}
      lan: { ipam: { config: [{ subnet: 10.1.0.0/24 }] } }`)
    const of = (key: string) => {
      const network = asText(result.plan).networks.get(key)
      return [network?.subnets[0], network?.certainty, network?.pin]
    }
    expect(of('back')).toEqual([
      '172.18.0.0/16',
      'one-of-several',
      'networks.back.ipam.config: [{ subnet: 172.18.0.0/16 }]',
    ])
    expect(of('front')?.slice(0, 2)).toEqual(['172.19.0.0/16', 'one-of-several'])
    expect(of('lan')?.slice(0, 2)).toEqual(['10.1.0.0/24', 'declared'])
    expect(certainty(result, 'back')).toEqual({ web: 'one-of-several' })
  })

  it('of docker-compose 1 makes networks in a fixed order', () => {
    const result = lab(
      '20',
      `
    name: app
    services: { web: { networks: [back, front] } }
    networks: { back: {}, front: {} }
    ---
    docker-compose up -d`,
    )
    expect(asText(result.plan).networks.get('app_back')?.certainty).toBe('computed')
  })

  it('passes its chance on to whatever takes the place of an address', () => {
    const result = lab(
      '28',
      `
    services: { db: { networks: [n1] }, web: { networks: [n1] } }
    networks: { n1: {} }
    ---
    docker compose up -d
    docker rm -f db
    docker run -d --name later --network n1 bb`,
    )
    expect(certainty(result, 'n1')).toEqual({ web: 'one-of-several', later: 'one-of-several' })
  })

  it('is forgotten after down', () => {
    const result = lab(
      '28',
      `
    name: app
    services: { db: { networks: [n1, n2] }, web: { networks: [n1] } }
    networks: { n1: {}, n2: {} }
    ---
    docker compose up -d
    docker compose down
    docker network create later
    docker run -d --name c1 --network later bb`,
    )
    expect([...result.plan.networks.keys()]).toEqual(['bridge', 'later'])
    expect(asText(result.plan).networks.get('later')?.certainty).toBe('computed')
    expect(result.ip('c1')).toBe('172.18.0.2')
  })
})

// docker/compose pkg/compose/convergence.go: ensureService
describe('scaling', () => {
  it('removes the highest numbers and goes on after the highest left', () => {
    const { plan } = lab(
      '28',
      `
    name: app
    services: { web: {} }
    ---
    docker compose up -d --scale web=5
    docker compose up -d --scale web=2
    docker compose up -d --scale web=4`,
    )
    expect([...plan.containers.keys()]).toEqual(['app-web-1', 'app-web-2', 'app-web-3', 'app-web-4'])
  })

  it('refuses a container_name', () => {
    const result = lab(
      '28',
      `
    services: { web: { container_name: front, deploy: { replicas: 2 } } }
    ---
    docker compose up -d`,
    )
    expect(result.error(0)).toContain("can't set container_name")
  })
})

describe('what a service asks for', () => {
  it('reaches the engine: addresses, names, ports, network modes', () => {
    const result = block(`
    services:
      web:
        hostname: front
        networks: { n1: { ipv4_address: 10.1.0.9, aliases: [www], mac_address: "02:42:de:ad:be:ef" } }
        ports: ["8080:80"]
      job: { network_mode: "service:web" }
      agent: { network_mode: host }
      plain: { network_mode: bridge }
    networks: { n1: { ipam: { config: [{ subnet: 10.1.0.0/24 }] } } }`)
    const { plan } = result
    expect([result.ip('web'), result.mac('web'), result.ports('web')[0]]).toEqual([
      '10.1.0.9',
      '02:42:de:ad:be:ef',
      '0.0.0.0:8080->80/tcp',
    ])
    expect(plan.containers.get('web')?.dns).toEqual(['web', 'www', 'front'])
    expect(plan.containers.get('job')?.sharedWith).toBe('web')
    expect(plan.containers.get('agent')?.mode).toBe('host')
    expect(result.ip('plain', 'bridge')).toBe('172.17.0.2')
  })

  it('goes to the host its placement names', () => {
    const { plan } = block(`
    hosts: { h1: {}, h2: {} }
    services:
      web: { deploy: { placement: { constraints: [node.hostname == h2] } } }
      db: {}`)
    expect([plan.containers.get('web')?.host, plan.containers.get('db')?.host]).toEqual(['h2', 'h1'])
    expect([...plan.networks.keys()]).toEqual(['bridge@h1', 'default@h1', 'bridge@h2', 'default@h2'])
  })

  it('joins external networks that are there', () => {
    const body = (first: string) => `
    services: { web: { networks: [lan] } }
    networks: { lan: { external: true } }
    ---
    ${first}
    docker compose up -d`
    expect(lab('28', body('docker network create lan')).ip('web', 'lan')).toBe('172.18.0.2')
    expect(lab('28', body('docker network create other')).error(1)).toBe(
      'network lan declared as external, but could not be found',
    )
  })

  it('starts independent services although one fails, but none that waits for it', () => {
    const { plan } = block(`
    services:
      a1: { ports: ["80:80"] }
      b1: { ports: ["80:80"] }
      c1: {}
      d1: { depends_on: [b1] }`)
    expect(Object.fromEntries([...plan.containers].map(([name, c]) => [name, c.state]))).toEqual({
      a1: 'running',
      b1: 'created',
      c1: 'running',
      d1: 'created',
    })
  })
})

describe('problems', () => {
  it('stand where the fault was written', () => {
    const result = block(`
    services:
      web: { networks: { n1: { ipv4_address: 10.1.0.1 } } }
    networks: { n1: { ipam: { config: [{ subnet: 10.1.0.0/24 }] } } }`)
    const [problem] = result.problems.filter((p) => p.severity === 'error')
    expect([problem?.code, problem?.message]).toEqual([
      'ADDRESS_IN_USE',
      'failed to set up container networking: Address already in use',
    ])
  })

  it('are none when the failure is marked as meant', () => {
    const result = lab('28', 'commands: [{ run: docker network create bridge, expect: error }]\n---\n')
    expect([result.problems, result.plan.steps[0]?.ok]).toEqual([[], false])
  })

  it('tell of a command that was to fail and did not', () => {
    const result = lab('28', 'commands: [{ run: docker network create n1, expect: error }]\n---\n')
    expect(result.problems.map((p) => p.code)).toEqual(['NO_ERROR'])
  })
})
