/** What `verify` tells to type brings an engine back: `npm run test:verify` types it on a real one. */
import { expect, it } from 'vitest'
import { planSource } from '../../src/compile.ts'
import type { Inspected, InspectedContainer } from '../../src/verify/inspect.ts'
import { verifyPlan } from '../../src/verify/verify.ts'
import { inspectedOf } from './inspected-of.ts'
import { BLOCK } from './states.ts'

const { plan } = planSource(
  `engine: 28\nhosts: { host: { address: 198.51.100.10/24 } }\ncommands: ${JSON.stringify(BLOCK)}`,
)
if (plan === null) throw new Error('not planned')
const real = inspectedOf(plan)

const changed = (
  name: string,
  to: (container: InspectedContainer) => InspectedContainer | null,
  rename = name,
): Inspected => {
  const containers = real.containers.flatMap((one) => (one.name === name ? (to(one) ?? []) : [one]))
  const gone = !containers.some((one) => one.name === rename)
  return {
    containers,
    networks: real.networks.map((network) => ({
      ...network,
      endpoints: network.endpoints.flatMap((one) =>
        one.name !== name ? [one] : gone ? [] : [{ ...one, name: rename }],
      ),
    })),
  }
}
const adviceOf = (inspected: Inspected, code: string): string | undefined =>
  verifyPlan(plan, inspected).find((one) => one.code === code)?.advice

const RUN = 'docker run -d --name ca --hostname ha --network n --ip 10.5.0.9 --network-alias al -p 8080:80 bb'

it('a container that is gone is run with all it had', () => {
  const gone = changed('ca', () => null)
  expect(adviceOf(gone, 'CONTAINER_MISSING')).toBe(`on the engine: ${RUN}`)
  expect(adviceOf(gone, 'ENDPOINT_MISSING')).toBe(`on the engine: ${RUN}`)
})

it('what is set when it is made is set by making it anew', () => {
  const other = changed('ca', (one) => ({ ...one, hostname: 'hb' }))
  expect(adviceOf(other, 'HOSTNAME_DIFFERS')).toBe(
    `in the block: hostname: hb; or on the engine: docker rm -f ca, then ${RUN}`,
  )
  const ports = changed('ca', (one) => ({ ...one, ports: [] }))
  expect(adviceOf(ports, 'PORTS_DIFFER')).toBe(
    `in the block: ports as they are for ca; or on the engine: docker rm -f ca, then ${RUN}`,
  )
})

it('one with another name is renamed', () => {
  const renamed = changed('cb', (one) => ({ ...one, name: 'cx' }), 'cx')
  expect(adviceOf(renamed, 'CONTAINER_MISSING')).toBe('on the engine: docker rename cx cb')
})

it('an endpoint that is missing is joined, or its container started', () => {
  const left: Inspected = {
    containers: real.containers,
    networks: real.networks.map((network) => ({
      ...network,
      endpoints: network.endpoints.filter(({ name }) => name !== 'cc' || network.name !== 'n'),
    })),
  }
  expect(adviceOf(left, 'ENDPOINT_MISSING')).toBe(
    'on the engine: docker network connect --ip 10.5.0.129 n cc',
  )
  const stopped = changed('cc', (one) => ({ ...one, state: 'exited' }), 'none')
  expect(adviceOf(stopped, 'ENDPOINT_MISSING')).toBe('on the engine: docker start cc')
})

it('containers of a network are taken off before it is made anew', () => {
  const other: Inspected = {
    containers: real.containers,
    networks: real.networks.map((network) =>
      network.name === 'm' ? { ...network, internal: true } : network,
    ),
  }
  expect(adviceOf(other, 'FLAG_DIFFERS')).toBe(
    'on the engine: docker network disconnect m cc, then docker network rm m, then docker network create --subnet 172.18.0.0/16 --gateway 172.18.0.1 m, then docker network connect m cc',
  )
})
