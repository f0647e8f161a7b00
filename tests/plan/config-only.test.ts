/** `network create --config-only` and `--config-from`. Words and addresses are those of engine 28.5.2. */
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { planSource } from '../../src/compile.ts'
import { formatCidr } from '../../src/net/index.ts'

const HOSTS = { n1: { address: '10.1.0.1/24' }, n2: { address: '10.1.0.2/24' } }

function run(commands: readonly string[], more: object = { hosts: { n1: HOSTS.n1 } }) {
  const { plan, problems } = planSource(stringify({ engine: 28, ...more, commands }))
  if (plan === null) throw new Error(JSON.stringify(problems))
  const ip = (container: string): string =>
    [...(plan.containers.get(container)?.endpoints ?? [])]
      .map(([network, { ipv4 }]) => `${network}=${formatCidr(ipv4)}`)
      .join(' ')
  return { plan, ip, last: plan.steps.at(-1)?.error?.message ?? '' }
}

const CONF =
  'docker network create --config-only --subnet 10.5.0.0/24 --gateway 10.5.0.9 -o parent=eth0 --label x=y conf'

describe('a network of settings alone', () => {
  it('takes no subnet, and gives its settings to the one that is made from it', () => {
    const { ip, plan } = run([
      CONF,
      'docker network create --config-only --subnet 10.5.0.0/24 other',
      'docker network create -d macvlan --config-from conf m1',
      'docker run -d --name web --network m1 bb',
      'docker network prune -f',
    ])
    expect(plan.steps.map(({ ok }) => ok)).toEqual([true, true, true, true, true])
    expect(ip('web')).toBe('m1=10.5.0.1/24')
    expect([...plan.networks.keys()]).toEqual(['bridge', 'm1'])
    expect(plan.networks.get('m1')?.parent).toBe('eth0')
  })
  it('may be internal where it is made', () => {
    const { plan } = run([
      'docker network create --config-only c3',
      'docker network create --config-from c3 --internal b8',
    ])
    expect(plan.networks.get('b8')).toMatchObject({ internal: true, driver: 'bridge' })
  })
  it('is kept by those made from it', () => {
    const made = [CONF, 'docker network create -d macvlan --config-from conf m1']
    expect(run([...made, 'docker network rm conf']).last).toBe(
      'error while removing network: configuration network "conf" is in use',
    )
    expect(run([...made, 'docker network rm m1', 'docker network rm conf']).last).toBe('')
    expect(run([...made, 'docker network prune -f', 'docker network rm conf']).last).toBe('')
  })
  it('takes no container', () => {
    expect(run([CONF, 'docker run -d --name a1 --network conf bb']).last).toBe(
      'failed to set up container networking: cannot create endpoint on configuration-only network',
    )
    expect(run([CONF, 'docker create --name a2 --network conf bb']).last).toBe('')
    expect(run([CONF, 'docker run -d --name a3 bb', 'docker network connect conf a3']).last).toBe(
      'cannot create endpoint on configuration-only network',
    )
  })
})

const FIELDS =
  'configuration network can only contain network specific fields. Network operator fields like [ ingress | internal | attachable | scope ] are not supported.'
const USER =
  'user specified configurations are not supported if the network depends on a configuration network'

it.each([
  ['--config-only --internal c5', FIELDS],
  ['--config-only --attachable c5', FIELDS],
  ['--config-only --scope swarm c5', FIELDS],
  [
    '--config-only --config-from conf c5',
    'a configuration network cannot depend on another configuration network',
  ],
  [
    '--config-only --subnet 10.5.0.5/24 c5',
    'invalid network config:\ninvalid subnet 10.5.0.5/24: it should be 10.5.0.0/24',
  ],
  ['--config-from nosuch b3', 'configuration network "nosuch" does not exist'],
  ['--config-from bridge b3', 'configuration network "bridge" does not exist'],
  ['--config-from conf --subnet 10.6.0.0/24 b3', USER],
  ['--config-from conf --label a=b b3', USER],
  ['--config-from conf --ipv6 b3', USER],
  [
    '--config-from conf -o com.docker.network.bridge.name=br7 b3',
    'network driver options are not supported if the network depends on a configuration network',
  ],
])('network create %s is refused', (flags, message) => {
  expect(run([CONF, `docker network create ${flags}`]).last).toBe(message)
})

describe('a network of swarm scope that each node makes for itself', () => {
  const made = (host: string, range: string): string =>
    `[${host}] docker network create --config-only --subnet 10.8.0.0/24 --gateway 10.8.0.1 --ip-range ${range} -o parent=eth0 mc`
  const commands = [
    made('n1', '10.8.0.64/28'),
    made('n2', '10.8.0.96/28'),
    '[n1] docker network create -d macvlan --scope swarm --config-from mc mv',
    '[n1] docker service create --name s1 --replicas 2 --network mv bb',
  ]
  it('takes the settings of the node', () => {
    const { ip } = run(commands, { hosts: HOSTS, swarm: true })
    expect(ip('s1.1')).toBe('mv@n1=10.8.0.64/24')
    expect(ip('s1.2')).toBe('mv@n2=10.8.0.96/24')
  })
  it('goes with the last task of the node', () => {
    const { plan } = run([...commands, '[n1] docker service rm s1'], { hosts: HOSTS, swarm: true })
    expect([...plan.networks.values()].filter(({ name }) => name === 'mv')).toMatchObject([
      { scope: 'swarm' },
    ])
  })
  it('is not removed while a service uses it', () => {
    const kept = run([...commands, '[n1] docker network rm mv'], { hosts: HOSTS, swarm: true })
    expect(kept.last).toContain('is in use by service s1')
    expect(kept.ip('s1.1')).toBe('mv@n1=10.8.0.64/24')
    const gone = run([...commands, '[n1] docker service rm s1', '[n1] docker network rm mv'], {
      hosts: HOSTS,
      swarm: true,
    })
    expect(gone.last).toBe('')
    expect([...gone.plan.networks.values()].filter(({ name }) => name === 'mv')).toEqual([])
  })
  it('has to have its settings on the manager', () => {
    expect(
      run(['docker network create -d macvlan --scope swarm --config-from mc mv'], {
        hosts: HOSTS,
        swarm: true,
      }).last,
    ).toBe('configuration network "mc" does not exist')
  })
  it('of a bridge: the next pool of each node, and nothing of the default bridge', () => {
    const { ip } = run(
      ['docker network create --scope swarm -d bridge sb', 'docker service create --name s4 --network sb bb'],
      { hosts: HOSTS, swarm: true },
    )
    expect(ip('s4.1')).toBe('sb=172.19.0.2/16')
  })
})
