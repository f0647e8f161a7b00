/** What ends by design: containers that compose waits for until they have ended, and tasks of jobs. */
import { describe, expect, it } from 'vitest'
import { drawPlanned, planSource } from '../../src/compile.ts'
import { addressText } from '../../src/net/index.ts'
import { planJson } from '../../src/plan/json.ts'
import { composeFile } from '../../src/print/compose.ts'

const MIGRATED = '{ migrate: { condition: service_completed_successfully } }'

/** State, address and certainty of each container on its first network. */
function told(source: string) {
  const { plan, problems } = planSource(source)
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  return [...(plan?.containers.values() ?? [])].map(({ name, state, endpoints }) => {
    const [one] = endpoints.values()
    return [name, state, addressText(one?.ipv4?.address), one?.ipv4?.certainty ?? '']
  })
}

describe('depends_on with service_completed_successfully', () => {
  it('gives the address of what has ended to the one that waited', () => {
    expect(told(`services: { migrate: { image: m }, web: { image: w, depends_on: ${MIGRATED} } }`)).toEqual([
      ['migrate', 'exited', '', ''],
      ['web', 'running', '172.18.0.2', 'computed'],
    ])
  })
  it('ends nothing that only has to be started', () => {
    const needed = '{ migrate: { condition: service_started } }'
    expect(
      told(`services: { migrate: {}, web: { depends_on: ${needed} } }`).map(([, state]) => state),
    ).toEqual(['running', 'running'])
  })
  it('leaves to chance what follows from the order of the one that ended', () => {
    const rows = told(
      `services: { db: {}, migrate: {}, web: { depends_on: { db: { condition: service_started }, migrate: { condition: service_completed_successfully } } } }`,
    )
    expect(rows.map(([name, , , certainty]) => [name, certainty])).toEqual([
      ['db', 'one-of-several'],
      ['migrate', ''],
      ['web', 'one-of-several'],
    ])
  })
  it('is kept by print=compose', () => {
    const source = `services: { migrate: { image: m }, web: { image: w, depends_on: ${MIGRATED} } }`
    const { topology, plan } = planSource(source)
    if (topology === null || plan === null) throw new Error('not planned')
    const again = composeFile(plan, topology)
    expect(again).toContain('service_completed_successfully')
  })
  it('ends also what runs in the sandbox of another', () => {
    expect(
      told(
        `services: { vpn: {}, migrate: { network_mode: "service:vpn" }, web: { network_mode: "service:vpn", depends_on: ${MIGRATED} } }`,
      ).map(([name, state]) => [name, state]),
    ).toEqual([
      ['vpn', 'running'],
      ['migrate', 'exited'],
      ['web', 'running'],
    ])
  })
})

describe('a job of a stack', () => {
  it.each([
    ['replicated-job', '0/1 (1/1 completed)'],
    ['global-job', '0/1 (1/1 completed)'],
  ])('%s: the author is told that its tasks end', (mode, listed) => {
    const planned = planSource(`swarm: true\nservices: { job: { image: a, deploy: { mode: ${mode} } } }`)
    const drawn = drawPlanned(planned)
    expect(drawn.ok).toBe(true)
    const [problem] = drawn.problems
    expect(problem?.code).toBe('JOB_ENDS')
    expect(problem?.message).toContain(listed)
    expect(planJson(planned.plan, planned.problems)).toBeDefined()
  })
})

describe('external overlays', () => {
  const codes = (source: string) => planSource(source).problems.map(({ code }) => code)
  it('are told of once: addresses follow from the subnet that is taken for granted', () => {
    const source =
      'services: { app: { networks: [p], deploy: { replicas: 2 } }, db: { networks: [p] } }\nnetworks: { p: { external: true, driver: overlay } }'
    expect(codes(source)).toEqual(['STACK_ASSUMED', 'EXTERNAL_ASSUMED'])
  })
  it('that are described leave the order of tasks to chance, which is told', () => {
    const source =
      'services: { app: { networks: [p], deploy: { replicas: 2 } } }\nswarm: true\nnetworks: { p: { external: true, driver: overlay, ipam: { config: [{ subnet: 10.0.5.0/24 }] } } }'
    expect(codes(source)).toEqual(['ADDRESS_BY_CHANCE'])
  })
})

describe('a job', () => {
  const HOSTS = 'hosts: { n1: { address: 10.9.0.1/24 }, n2: { address: 10.9.0.2/24 } }\nswarm: true\n'
  const job = (flags: string, ...more: string[]) =>
    planSource(
      `${HOSTS}commands: ${JSON.stringify([`docker service create --name job ${flags} a`, ...more])}`,
    )
  const CASES: readonly (readonly [string, string, readonly string[]])[] = [
    ['--mode replicated-job', 'replicated-job', ['job.n1']],
    // swarmkit gives the tasks of a job the slots from 0, and calls the one of slot 0 by its node.
    ['--mode replicated-job --replicas 3', 'replicated-job', ['job.n1', 'job.1', 'job.2']],
    ['--mode replicated-job --replicas 5 --max-concurrent 2', 'replicated-job', ['job.n1', 'job.1']],
    ['--mode global-job', 'global-job', ['job.n1', 'job.n2']],
  ]
  it.each(CASES)('of docker service create %s', (flags, mode, tasks) => {
    const { plan, problems } = job(flags)
    const service = plan?.services.get('job')
    expect([service?.mode, service?.tasks]).toEqual([mode, tasks])
    expect(problems.map(({ code }) => code)).toContain('JOB_ENDS')
    for (const name of tasks) expect(plan?.containers.get(name)?.state).toBe('running')
  })
  it.each(CASES)('of a stack, as %s', (flags, mode, tasks) => {
    if (flags.includes('max')) return
    const [, replicas = '1'] = /--replicas (\d)/.exec(flags) ?? []
    const deploy = mode === 'global-job' ? `{ mode: ${mode} }` : `{ mode: ${mode}, replicas: ${replicas} }`
    const { plan, problems } = planSource(`${HOSTS}services: { job: { image: a, deploy: ${deploy} } }`)
    const service = plan?.services.get('job')
    expect([service?.mode, service?.tasks]).toEqual([mode, tasks])
    expect(problems.map(({ code }) => code)).toContain('JOB_ENDS')
  })
  it.each([
    ['--mode global-job --replicas 2', 'replicas can only be used with replicated or replicated-job mode'],
    ['--max-concurrent 2', 'max-concurrent can only be used with replicated-job mode'],
    ['--mode global --max-concurrent 2', 'max-concurrent can only be used with replicated-job mode'],
    ['--mode job', 'Unknown mode: job, only replicated and global supported'],
  ])('is refused as Docker does: %s', (flags, message) => {
    expect(job(flags).problems.map((one) => one.message)).toContain(message)
  })
  // Seen on Docker 28.5.2: addresses of tasks and virtual addresses, command by command.
  it('begins anew with each change, with as many tasks at once as it was created with', () => {
    const commands = [
      'docker swarm init --advertise-addr 198.51.100.11',
      'docker network create -d overlay on',
      'docker service create -d --name a1 --mode replicated-job --network on --replicas 2 bb',
      'docker service scale -d a1=4',
      'docker service scale -d a1=1',
      'docker service update -d --label-add x=y a1',
      'docker service create -d --name g1 --mode global-job --network on bb',
      'docker service update -d --label-add x=y g1',
      'docker service update -d --force g1',
      'docker service rollback -d g1',
    ]
    const first = (count: number): readonly string[] => {
      const { plan } = planSource(`engine: 28\ncommands: ${JSON.stringify(commands.slice(0, count))}`)
      const endpoints = [...(plan?.networks.get('on')?.endpoints.values() ?? [])]
      return endpoints.flatMap(({ name, ipv4 }) =>
        ipv4 === null || name.endsWith('-endpoint')
          ? []
          : [`${name} ${addressText(ipv4.address)} ${ipv4.certainty}`],
      )
    }
    const one = (name: string, last: number): string => `${name}.host 10.0.1.${last} computed`
    const two = (first: number): readonly string[] => [
      `a1.host 10.0.1.${first} one-of-several`,
      `a1.1 10.0.1.${first + 1} one-of-several`,
    ]
    expect(first(3)).toEqual(two(3))
    expect(first(4)).toEqual(two(6))
    expect(first(5)).toEqual([one('a1', 8)])
    expect(first(6)).toEqual([one('a1', 9)])
    expect(first(7)).toEqual([one('a1', 9), one('g1', 11)])
    expect(first(8)).toEqual([one('a1', 9), one('g1', 12)])
    expect(first(9)).toEqual([one('a1', 9), one('g1', 13)])
    expect(first(10)).toEqual([one('a1', 9), one('g1', 14)])
  })
  it('is scaled when it is replicated, and does not go to nodes that come later', () => {
    const scaled = job('--mode replicated-job', 'docker service scale job=3')
    expect(scaled.plan?.services.get('job')?.tasks).toEqual(['job.n1'])
    const more = job('--mode replicated-job --max-concurrent 2', 'docker service scale job=3')
    expect(more.plan?.services.get('job')?.tasks).toEqual(['job.n1', 'job.1'])
    expect(job('--mode global-job', 'docker service scale job=3').problems.map(({ code }) => code)).toContain(
      'GLOBAL_CANNOT_SCALE',
    )
    const late = planSource(
      'hosts: { n1: { address: 10.9.0.1/24 }, n2: { address: 10.9.0.2/24 } }\ncommands: ["[n1] docker swarm init", "[n1] docker service create --name job --mode global-job a", "[n2] docker swarm join 10.9.0.1"]',
    )
    expect(late.plan?.services.get('job')?.tasks).toEqual(['job.n1'])
  })
})
