/** One deviation each, as `docker inspect` would print it, is found and told with what to write. */
import { describe, expect, it } from 'vitest'
import { planSource } from '../../src/compile.ts'
import type { Inspected } from '../../src/verify/inspect.ts'
import { verifyPlan } from '../../src/verify/verify.ts'
import { inspectedOf } from './inspected-of.ts'

const BLOCK = (more = '', network = '--opt com.docker.network.bridge.enable_icc=true'): string => `
hosts: { host: { address: 198.51.100.10/24 } }
commands:
- docker network create --subnet 10.5.0.0/24 --gateway 10.5.0.1 ${network} n
- docker network create m
- docker run -d --name ca --network n --ip 10.5.0.9 -p 8080:80 --network-alias al --hostname ha --dns 192.0.2.9 --add-host x:10.1.2.3 ${more} nginx
- docker run -d --name cc --network m bb
- docker network connect n cc
`

function planOf(block: string) {
  const { plan, problems } = planSource(block)
  if (plan === null || problems.some(({ severity }) => severity === 'error'))
    throw new Error(JSON.stringify(problems))
  return plan
}
const plan = planOf(BLOCK())

type Container = Inspected['containers'][number]
const withContainer = (name: string, change: (found: Container) => Partial<Container>): Inspected => {
  const inspected = inspectedOf(plan)
  return {
    ...inspected,
    containers: inspected.containers.map((one) => (one.name === name ? { ...one, ...change(one) } : one)),
  }
}
const onNetwork = (name: string, network: string, change: object): Inspected =>
  withContainer(name, ({ attachments }) => ({
    attachments: attachments.map((one) => (one.network === network ? { ...one, ...change } : one)),
  }))
const codes = (inspected: Inspected): readonly string[] => verifyPlan(plan, inspected).map(({ code }) => code)

describe('verify', () => {
  it('finds nothing where all is as planned', () => {
    expect(codes(inspectedOf(plan))).toEqual([])
  })
  it('what goes without saying is no difference', () => {
    expect(codes(withContainer('ca', () => ({ image: 'docker.io/library/nginx:latest' })))).toEqual([])
    expect(codes(onNetwork('ca', 'n', { aliases: ['al', 'ca'] }))).toEqual([])
    expect(codes(withContainer('cc', ({ id }) => ({ hostname: id.slice(0, 12) })))).toEqual([])
    const inspected = inspectedOf(plan)
    const bare = inspected.networks.map((one) => (one.name === 'n' ? { ...one, options: new Map() } : one))
    expect(codes({ ...inspected, networks: bare })).toEqual([])
  })
  it.each([
    ['an alias gone', onNetwork('ca', 'n', { aliases: [] }), 'ALIASES_DIFFER'],
    ['a host name', withContainer('ca', () => ({ hostname: 'hb' })), 'HOSTNAME_DIFFERS'],
    ['a host name nobody planned', withContainer('cc', () => ({ hostname: 'hb' })), 'HOSTNAME_DIFFERS'],
    ['an image', withContainer('ca', () => ({ image: 'redis' })), 'IMAGE_DIFFERS'],
    ['a tag', withContainer('ca', () => ({ image: 'nginx:1.27' })), 'IMAGE_DIFFERS'],
    ['a priority', onNetwork('cc', 'n', { gwPriority: 7 }), 'GATEWAY_PRIORITY_DIFFERS'],
    ['a resolver', withContainer('ca', () => ({ dns: [] })), 'DNS_DIFFERS'],
    ['a search domain', withContainer('cc', () => ({ dnsSearch: ['example.com'] })), 'DNS_DIFFERS'],
    ['an option of the resolver', withContainer('cc', () => ({ dnsOptions: ['ndots:2'] })), 'DNS_DIFFERS'],
    [
      'a line of /etc/hosts',
      withContainer('ca', () => ({ extraHosts: ['x:10.1.2.4'] })),
      'EXTRA_HOSTS_DIFFER',
    ],
  ])('finds %s', (_, inspected, code) => {
    const differences = verifyPlan(plan, inspected)
    expect(differences.map((one) => one.code)).toEqual([code])
    expect(differences[0]?.severity).toBe('difference')
  })
  it('finds an option of the driver, and says how the block would have it', () => {
    const real = inspectedOf(planOf(BLOCK('', '--opt com.docker.network.bridge.enable_icc=false')))
    const [difference] = verifyPlan(plan, real)
    expect(difference?.code).toBe('OPTIONS_DIFFER')
    expect(difference?.advice).toContain('driver_opts: { com.docker.network.bridge.enable_icc: "false" }')
  })
  it('a paused container is not started, but unpaused', () => {
    const [difference] = verifyPlan(
      plan,
      withContainer('cc', () => ({ state: 'paused' })),
    )
    expect(difference?.advice).toBe('on the engine: docker unpause cc')
    expect(
      verifyPlan(
        plan,
        withContainer('cc', () => ({ state: 'exited' })),
      )[0]?.advice,
    ).toContain('docker start cc')
  })
  it('daemon settings go for containers that say nothing', () => {
    const block = 'daemon: { dns: [192.0.2.53] }\ncommands: [docker run -d --name web nginx]'
    const own = planOf(block)
    const inspected = inspectedOf(own)
    const silent = { ...inspected, containers: inspected.containers.map((one) => ({ ...one, dns: [] })) }
    expect(verifyPlan(own, silent)).toEqual([])
  })
  it('its command for the engine gives back what was planned', () => {
    const [difference] = verifyPlan(plan, onNetwork('ca', 'n', { aliases: [] }))
    const [, leave, join] =
      /on the engine: (docker network disconnect [^,]*), then (docker network connect .*)$/.exec(
        difference?.advice ?? '',
      ) ?? []
    expect(leave).toBe('docker network disconnect n ca')
    expect(join).toBe('docker network connect --ip 10.5.0.9 --alias al n ca')
  })
})
