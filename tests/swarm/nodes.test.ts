import { describe, expect, it } from 'vitest'
import { nodeMatches, parseConstraints } from '../../src/swarm/constraint.ts'
import { spread } from '../../src/swarm/scheduler.ts'
import { createLab } from './lab.ts'

describe('joining and leaving (moby daemon/cluster/swarm.go)', () => {
  it('nodes get their address on ingress in order of joining, the others after the tasks', () => {
    const lab = createLab('28', 3)
    lab.init()
    lab.join('n2')
    lab.join('n3', 'manager')
    lab.network('net1')
    lab.service('web', { replicas: 3, on: ['net1'] })
    expect(lab.addresses('ingress')).toEqual({
      'lb n1': '10.0.0.2',
      'lb n2': '10.0.0.3',
      'lb n3': '10.0.0.4',
    })
    expect(lab.addresses('net1')).toEqual({
      'VIP web': '10.0.1.2',
      'web.1': '10.0.1.3',
      'web.2': '10.0.1.4',
      'web.3': '10.0.1.5',
      'lb n1': '10.0.1.6',
      'lb n2': '10.0.1.7',
      'lb n3': '10.0.1.8',
    })
    expect(lab.interfaces('n3', 'web.3')[0]).toBe('eth0 net1 10.0.1.5/24 02:42:0a:00:01:05')
  })

  it('a global service has one task on each node, also on one that joins later (swarmkit orchestrator/global)', () => {
    const lab = createLab('28', 3)
    lab.init()
    lab.join('n2')
    lab.network('net1')
    lab.service('mon', { mode: 'global', on: ['net1'] })
    expect(lab.addresses('net1')).toEqual({
      'VIP mon': '10.0.1.2',
      'mon.n1': '10.0.1.3',
      'mon.n2': '10.0.1.4',
      'lb n1': '10.0.1.5',
      'lb n2': '10.0.1.6',
    })
    lab.join('n3')
    expect(lab.addresses('net1')).toMatchObject({ 'mon.n3': '10.0.1.7', 'lb n3': '10.0.1.8' })
  })

  it('docker_gwbridge takes the next local pool of its own host, and is left alone when it exists', () => {
    const lab = createLab('28', 2)
    const bridge = {
      op: 'network-create',
      driver: 'bridge',
      scope: '',
      internal: false,
      attachable: false,
      ingress: false,
      ipv4: null,
      ipv6: null,
    } as const
    lab.engines.get('n1')!.execute({ ...bridge, name: 'a', subnets: [], options: new Map() })
    lab.engines.get('n2')!.execute({
      ...bridge,
      name: 'docker_gwbridge',
      subnets: [{ subnet: '192.168.222.0/24', ipRange: '', gateway: '', auxAddresses: new Map() }],
      options: new Map([['com.docker.network.bridge.name', 'docker_gwbridge']]),
    })
    lab.init()
    lab.join('n2')
    expect(lab.local('n1', 'docker_gwbridge')).toEqual({ 'gateway_ingress-sbox': '172.19.0.2/16' })
    expect(lab.local('n2', 'docker_gwbridge')).toEqual({ 'gateway_ingress-sbox': '192.168.222.2/24' })
  })

  it('the last manager leaves by force only; then everything begins again, but for docker_gwbridge', () => {
    const lab = createLab()
    lab.init()
    lab.network('net1', { attachable: true })
    lab.run('n1', 'c1', 'net1')
    lab.service('web', { on: ['net1'] })
    expect(lab.leave('n1')?.message).toContain(
      'Removing the last manager erases all current state of the swarm.',
    )
    expect(lab.leave('n1', true)).toBeNull()
    expect(lab.engines.get('n1')!.container('web.1')).toBeNull()
    expect(lab.interfaces('n1', 'c1')).toEqual(['default none'])
    expect(lab.local('n1', 'docker_gwbridge')).toEqual({})
    expect(lab.network('net1')?.code).toBe('NOT_SWARM_MANAGER')
    lab.init()
    expect(lab.subnet('ingress')).toBe('10.0.0.0/24 gw=10.0.0.1 vni=4096')
    lab.network('net2')
    expect(lab.subnet('net2')).toBe('10.0.1.0/24 gw=10.0.1.1 vni=4097')
    expect(lab.local('n1', 'docker_gwbridge')).toEqual({ 'gateway_ingress-sbox': '172.18.0.2/16' })
  })

  it('tasks of a node that leaves are made anew elsewhere, with new addresses', () => {
    const lab = createLab('28', 2)
    lab.init()
    lab.join('n2')
    lab.network('net1')
    lab.service('web', { replicas: 2, on: ['net1'] })
    expect(lab.leave('n2')).toBeNull()
    expect(lab.addresses('net1')).toEqual({
      'VIP web': '10.0.1.2',
      'web.1': '10.0.1.3',
      'lb n1': '10.0.1.5',
      'web.2': '10.0.1.7',
    })
    expect(lab.engines.get('n1')!.container('web.2')?.state).toBe('running')
  })

  it('refuses what does not fit the state of the node (moby daemon/cluster/errors.go)', () => {
    const lab = createLab('28', 2)
    expect(lab.leave('n1')?.message).toBe('This node is not part of a swarm')
    expect(lab.service('web')?.message).toContain('Use "docker swarm init" or "docker swarm join"')
    expect(lab.join('n2')?.code).toBe('NO_MANAGER_THERE')
    lab.init()
    expect(lab.init()?.message).toContain('This node is already part of a swarm')
    lab.join('n2')
    expect(lab.join('n2')?.code).toBe('ALREADY_IN_SWARM')
    expect(lab.swarm.execute('n2', { op: 'service-rm', names: ['x'] })?.message).toContain('Worker nodes can')
  })

  it('a new leader begins at the lowest free address again (swarmkit manager/allocator/network.go: doNetworkInit)', () => {
    const lab = createLab('28', 3)
    lab.init()
    lab.join('n2', 'manager')
    lab.join('n3', 'manager')
    lab.network('net1', { attachable: true })
    for (const name of ['c1', 'c2', 'c3']) lab.run('n3', name, 'net1')
    lab.engines.get('n3')!.execute({ op: 'container-rm', names: ['c1'], force: true })
    expect(lab.leave('n1')?.message).not.toContain('Raft quorum')
    lab.leave('n1', true)
    lab.run('n3', 'c4', 'net1')
    expect(lab.addresses('net1')).toEqual({
      'lb n3': '10.0.1.3',
      c2: '10.0.1.4',
      c3: '10.0.1.5',
      c4: '10.0.1.2',
    })
  })

  it('without half of the managers nothing can be changed', () => {
    const lab = createLab('28', 2)
    lab.init()
    lab.join('n2', 'manager')
    expect(lab.leave('n2')?.message).toContain('leaves 1 managers out of 2. Without a Raft quorum')
    lab.leave('n2', true)
    expect(lab.network('net1')?.message).toContain('The swarm does not have a leader')
    expect(lab.service('web')?.code).toBe('NO_LEADER')
  })

  it('two machines may make a swarm each', () => {
    const lab = createLab('28', 2)
    lab.init('n1')
    lab.init('n2')
    expect(lab.swarm.clusters()).toHaveLength(2)
    expect(lab.swarm.member('n2')?.cluster.overlays.get('ingress')?.state?.subnets).toHaveLength(1)
  })
})

describe('spread (swarmkit manager/scheduler/scheduler.go: scheduleNTasksOnNodes)', () => {
  const node = (name: string, ofService: number, total: number) => ({ node: name, ofService, total })

  it('nodes with the fewest tasks of the service first, then of all, then in order of joining', () => {
    expect(spread(1, [node('a', 1, 1), node('b', 0, 5)], 9, true)).toEqual({ nodes: ['b'], certain: true })
    expect(spread(1, [node('a', 0, 3), node('b', 0, 2)], 9, true)).toEqual({ nodes: ['b'], certain: true })
    expect(spread(1, [node('a', 0, 0), node('b', 0, 0)], 9, true)).toEqual({ nodes: ['a'], certain: false })
  })

  it('fills up the emptier nodes before it goes round', () => {
    expect(spread(4, [node('a', 2, 2), node('b', 0, 0)], 9, true).nodes).toEqual(['b', 'b', 'b', 'a'])
    expect(spread(5, [node('a', 0, 0), node('b', 0, 0), node('c', 0, 0)], 9, true).nodes).toEqual([
      'a',
      'b',
      'c',
      'a',
      'b',
    ])
  })

  it('places no more than the nodes can take', () => {
    expect(spread(3, [node('a', 0, 0), node('b', 0, 0)], 1, true).nodes).toEqual(['a', 'b'])
    expect(spread(2, [], 9, true)).toEqual({ nodes: [], certain: true })
  })

  it('is certain on one node, and where counts that are certain leave one way', () => {
    expect(spread(3, [node('a', 0, 0)], 9, false).certain).toBe(true)
    expect(spread(1, [node('a', 0, 3), node('b', 0, 2)], 9, false).certain).toBe(false)
    expect(spread(2, [node('a', 0, 3), node('b', 0, 2)], 9, true).certain).toBe(false)
  })
})

describe('constraints (swarmkit manager/constraint/constraint.go)', () => {
  const facts = {
    id: 'x1',
    hostname: 'Node-1',
    role: 'worker',
    ip: '198.51.100.11',
    labels: new Map([['disk', 'ssd']]),
  } as const
  const fits = (...texts: string[]): boolean => {
    const parsed = parseConstraints(texts)
    if (!parsed.ok) throw new Error(parsed.message)
    return nodeMatches(parsed.constraints, facts)
  }

  it.each([
    ['node.hostname == node-1', true],
    ['node.hostname!=node-1', false],
    ['node.role == WORKER', true],
    ['node.role == manager', false],
    ['node.id == x1', true],
    ['node.ip == 198.51.100.0/24', true],
    ['node.ip != 198.51.100.11', false],
    ['node.labels.disk == ssd', true],
    ['node.labels.Disk == ssd', false],
    ['node.labels.other != ssd', true],
    ['node.platform.os == linux', true],
    ['engine.labels.x == y', false],
    ['node.what == x', false],
  ])('%s: %s', (text, expected) => {
    expect(fits(text)).toBe(expected)
  })

  it('all must hold', () => {
    expect(fits('node.role == worker', 'node.hostname == other')).toBe(false)
    expect(fits()).toBe(true)
  })

  it.each([
    ['node.role = worker', 'constraint expected one operator from ==, !='],
    ['node role == x', "key 'node role' is invalid"],
    ['node.role == ~x', "value '~x' is invalid"],
  ])('%s is refused', (text, message) => {
    expect(parseConstraints([text])).toMatchObject({ ok: false, message })
  })

  it('a task that fits no node waits, and starts when one joins', () => {
    const lab = createLab('28', 2)
    lab.init()
    lab.service('web', { constraints: ['node.role==worker'] })
    expect(lab.swarm.clusters()[0]!.services.get('web')!.tasks[0]?.node).toBe('')
    lab.join('n2')
    expect(lab.swarm.clusters()[0]!.services.get('web')!.tasks[0]?.node).toBe('n2')
    expect(lab.engines.get('n2')!.container('web.1')?.state).toBe('running')
  })
})
