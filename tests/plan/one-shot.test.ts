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
  it('is scaled when it is replicated, and does not go to nodes that come later', () => {
    const scaled = job('--mode replicated-job', 'docker service scale job=3')
    expect(scaled.plan?.services.get('job')?.tasks).toEqual(['job.n1', 'job.1', 'job.2'])
    expect(job('--mode global-job', 'docker service scale job=3').problems.map(({ code }) => code)).toContain(
      'GLOBAL_CANNOT_SCALE',
    )
    const late = planSource(
      'hosts: { n1: { address: 10.9.0.1/24 }, n2: { address: 10.9.0.2/24 } }\ncommands: ["[n1] docker swarm init", "[n1] docker service create --name job --mode global-job a", "[n2] docker swarm join 10.9.0.1"]',
    )
    expect(late.plan?.services.get('job')?.tasks).toEqual(['job.n1'])
  })
})
