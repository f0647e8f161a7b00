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
