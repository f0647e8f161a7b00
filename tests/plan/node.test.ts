/** `docker node` and rollbacks. Words and addresses of one node are those of engine 28.5.2. */
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { planSource } from '../../src/compile.ts'
import { formatCidr } from '../../src/net/index.ts'

const ONE = { hosts: { n1: { address: '10.1.0.1/24' } }, swarm: true }
const TWO = { hosts: { n1: { address: '10.1.0.1/24' }, n2: { address: '10.1.0.2/24' } }, swarm: true }

function run(block: object, commands: readonly string[]) {
  const { plan, problems } = planSource(stringify({ ...block, commands }))
  if (plan === null) throw new Error(JSON.stringify(problems))
  const tasks = Object.fromEntries([...plan.containers.values()].map(({ name, host }) => [name, host]))
  const overlay = (network: string): Record<string, string> =>
    Object.fromEntries(
      [...(plan.networks.get(network)?.endpoints.values() ?? [])].map(({ name, ipv4 }) => [
        name,
        formatCidr(ipv4).replace(/\/\d+$/, ''),
      ]),
    )
  const errors = problems.filter(({ severity }) => severity === 'error')
  return {
    plan,
    tasks,
    overlay,
    codes: problems.map(({ code }) => code),
    errors,
    last: plan.steps.at(-1)?.error,
  }
}

describe('availability', () => {
  const service = ['docker network create -d overlay ov', 'docker service create --name api --network ov bb']
  it('drain moves tasks to other nodes, before they give their addresses back', () => {
    const { tasks, overlay, errors } = run(TWO, [...service, 'docker node update --availability drain n1'])
    expect(errors).toEqual([])
    expect(tasks).toEqual({ 'api.1': 'n2' })
    expect(overlay('ov')).toMatchObject({ 'api.1': '10.0.1.5' })
  })
  it('without another node they wait, and come back with the next active one', () => {
    const drained = [...service, 'docker node update --availability drain n1']
    const waiting = run(ONE, drained)
    expect(waiting.tasks).toEqual({})
    expect(waiting.codes).toContain('TASK_PENDING')
    const back = run(ONE, [...drained, 'docker node update --availability active self'])
    expect(back.tasks).toEqual({ 'api.1': 'n1' })
    expect(back.codes).not.toContain('TASK_PENDING')
  })
  it('pause keeps what runs and takes nothing new', () => {
    const { tasks, codes } = run(ONE, [
      ...service,
      'docker node update --availability pause n1',
      'docker service scale api=2',
    ])
    expect(tasks).toEqual({ 'api.1': 'n1' })
    expect(codes).toContain('TASK_PENDING')
  })
  it('a global service leaves a drained node, and comes to one that is active', () => {
    const made = [
      'docker service create --name all --mode global bb',
      'docker node update --availability drain n2',
    ]
    expect(run(TWO, made).tasks).toEqual({ 'all.n1': 'n1' })
    expect(run(TWO, [...made, 'docker node update --availability active n2']).tasks).toEqual({
      'all.n1': 'n1',
      'all.n2': 'n2',
    })
  })
})

describe('labels and roles', () => {
  it('tasks leave a node that loses the label they ask for', () => {
    const made = [
      'docker node update --label-add zone=a n2',
      'docker service create --name api --constraint node.labels.zone==a bb',
    ]
    expect(run(TWO, made).tasks).toEqual({ 'api.1': 'n2' })
    const lost = run(TWO, [...made, 'docker node update --label-rm zone n2'])
    expect(lost.tasks).toEqual({})
    expect(
      run(TWO, [...made, 'docker node update --label-rm zone n2', 'docker node update --label-add zone=a n1'])
        .tasks,
    ).toEqual({
      'api.1': 'n1',
    })
    expect(run(TWO, ['docker node update --label-rm zone n2']).last?.message).toBe(
      "key zone doesn't exist in node's labels",
    )
  })
  it('a promoted node may manage, a demoted one not', () => {
    const hand = ['docker node promote n2', '[n2] docker node demote n1']
    expect(run(TWO, [...hand, '[n2] docker service create --name api bb']).errors).toEqual([])
    expect(run(TWO, [...hand, '[n1] docker service create --name api bb']).last?.message).toContain(
      'Worker nodes can',
    )
    expect(run(ONE, ['docker node demote n1']).last?.message).toBe(
      'rpc error: code = FailedPrecondition desc = attempting to demote the last manager of the swarm',
    )
  })
  it('role constraints follow', () => {
    const { tasks } = run(TWO, [
      'docker service create --name api --constraint node.role==worker bb',
      'docker node promote n2',
    ])
    expect(tasks).toEqual({})
  })
})

describe('docker node rm', () => {
  it('takes a worker that has left, and gives its addresses back', () => {
    const { errors } = run(TWO, ['[n2] docker swarm leave', '[n1] docker node rm n2'])
    expect(errors).toEqual([])
    expect(
      run(TWO, ['[n2] docker swarm leave', '[n1] docker node rm n2', '[n1] docker node rm n2']).last?.message,
    ).toBe('node n2 not found')
  })
  it('refuses a node that is up, and a manager', () => {
    expect(run(TWO, ['docker node rm n2']).last?.message).toContain("is not down and can't be removed")
    expect(run(TWO, ['docker node rm n1']).last?.message).toContain('is a cluster manager')
    expect(run(TWO, ['docker node rm --force n2']).last?.code).toBe('UNSUPPORTED_COMMAND')
  })
  it('does not know which of two of a name', () => {
    const { last } = run(TWO, [
      '[n2] docker swarm leave',
      '[n2] docker swarm join --token worker 10.1.0.1:2377',
      '[n1] docker node rm n2',
    ])
    expect(last?.message).toBe('node n2 is ambiguous (2 matches found)')
  })
  it.each(['docker node update n9', 'docker node promote n9', 'docker node demote n9', 'docker node rm n9'])(
    '%s: there is none',
    (command) => expect(run(ONE, [command]).last?.message).toBe('node n9 not found'),
  )
  it.each([
    ['docker node update --availability full n1', 'invalid Availability: "full"'],
    ['docker node update --role boss n1', 'invalid Role: "boss"'],
  ])('%s', (command, message) => expect(run(ONE, [command]).last?.message).toBe(message))
})

describe('rollback', () => {
  const made = ['docker service create --name web bb']
  it('brings back what the service was before, and then again', () => {
    const replicas = (...more: readonly string[]): number =>
      Object.keys(run(ONE, [...made, 'docker service scale web=3', ...more]).tasks).length
    expect(replicas()).toBe(3)
    expect(replicas('docker service rollback web')).toBe(1)
    expect(replicas('docker service update --rollback web', 'docker service rollback -d web')).toBe(3)
  })
  it('gives back networks and ports', () => {
    const { plan, errors } = run(ONE, [
      'docker network create -d overlay ov',
      ...made,
      'docker service update --network-add ov --publish-add 8080:80 web',
      'docker service rollback web',
      'docker service create --name other -p 8080:80 bb',
    ])
    expect(errors).toEqual([])
    expect(plan.services.get('web')?.ports).toEqual([])
    expect([...(plan.services.get('web')?.vips.keys() ?? [])]).toEqual([])
  })
  it('is refused where there is nothing to go back to', () => {
    expect(run(ONE, [...made, 'docker service rollback web']).last?.message).toContain(
      'does not have a previous spec',
    )
    expect(run(ONE, [...made, 'docker service update --rollback --replicas 2 web']).last?.message).toBe(
      'other flags may not be combined with --rollback',
    )
  })
})

describe('names that the tasks of a service are told', () => {
  const made =
    'docker service create --name web --host db:10.1.2.3 --dns 192.0.2.9 --dns-search example.com bb'
  const told = (...more: readonly string[]) => {
    const task = run(ONE, [made, ...more]).plan.containers.get('web.1')
    return { hosts: task?.extraHosts.map(({ text }) => text), dns: task?.dnsSettings }
  }
  it('come with the service', () => {
    expect(told()).toEqual({
      hosts: ['db:10.1.2.3'],
      dns: { servers: ['192.0.2.9'], search: ['example.com'], options: [] },
    })
  })
  it('and change with it', () => {
    expect(told('docker service update --host-add x:10.1.2.4 --host-rm db --dns-rm 192.0.2.9 web')).toEqual({
      hosts: ['x:10.1.2.4'],
      dns: { servers: [], search: ['example.com'], options: [] },
    })
  })
  it('of a stack too', () => {
    const services = { web: { image: 'bb', extra_hosts: ['db:10.1.2.3'], dns: '192.0.2.9' } }
    const { plan } = run({ ...ONE, services }, [])
    const [task] = plan.containers.values()
    expect(task?.extraHosts.map(({ text }) => text)).toEqual(['db:10.1.2.3'])
    expect(task?.dnsSettings.servers).toEqual(['192.0.2.9'])
  })
})

it.each([
  ['docker network create --ipam-driver dhcp n', 'UNSUPPORTED_COMMAND'],
  ['docker network create --ipam-driver default n', undefined],
])('%s', (command, code) => expect(run(ONE, [command]).last?.code).toBe(code))

it('another IPAM driver of a file is told', () => {
  const { problems } = planSource(
    stringify({ networks: { n: { ipam: { driver: 'dhcp' } } }, services: { web: { networks: ['n'] } } }),
  )
  expect(problems.map(({ code }) => code)).toContain('UNSUPPORTED_SETTING')
})
