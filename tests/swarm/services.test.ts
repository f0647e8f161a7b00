import { describe, expect, it } from 'vitest'
import { PLAIN_NETWORK } from '../../src/engine/operation.ts'
import { createLab } from './lab.ts'

const port = (published: number | null, target: number, mode: 'ingress' | 'host' = 'ingress') => ({
  published,
  target,
  protocol: 'tcp' as const,
  mode,
})

describe('published ports (swarmkit manager/allocator/portallocator.go)', () => {
  it('automatic ones come from 30000 upwards, one after the other', () => {
    const lab = createLab()
    lab.init()
    lab.service('a', { ports: [port(null, 80)] })
    lab.service('b', { ports: [port(null, 80), port(8080, 81)] })
    lab.removeService('a')
    lab.service('c', { ports: [port(null, 80)] })
    const cluster = lab.swarm.clusters()[0]!
    expect(['b', 'c'].map((s) => cluster.services.get(s)!.ports.map((p) => p.published))).toEqual([
      [30001, 8080],
      [30002],
    ])
  })

  it('each protocol has its own', () => {
    const lab = createLab()
    lab.init()
    lab.service('a', { ports: [port(null, 80), { ...port(null, 53), protocol: 'udp' }] })
    expect(
      lab.swarm
        .clusters()[0]!
        .services.get('a')!
        .ports.map((p) => p.published),
    ).toEqual([30000, 30000])
  })

  it('a clash is refused in swarmkit’s words (controlapi/service.go: checkPortConflicts)', () => {
    const lab = createLab()
    lab.init()
    lab.service('web', { ports: [port(8080, 80)] })
    lab.service('hosty', { ports: [port(8090, 80, 'host')] })
    expect(lab.service('api', { ports: [port(8080, 80)] })?.message).toBe(
      "rpc error: code = InvalidArgument desc = port '8080' is already in use by service 'web' (web) as an ingress port",
    )
    expect(lab.service('api', { ports: [port(8090, 80)] })?.message).toContain('as a host-published port')
    expect(lab.service('api', { ports: [port(8090, 80, 'host')] })).toBeNull()
    expect(lab.service('twice', { ports: [port(9000, 80), port(9000, 81)] })?.message).toContain(
      'duplicate published ports',
    )
  })

  it('in ingress mode need a VIP (controlapi/service.go: validateEndpointSpec)', () => {
    const lab = createLab()
    lab.init()
    expect(lab.service('a', { endpointMode: 'dnsrr', ports: [port(80, 80)] })?.code).toBe(
      'DNSRR_WITH_INGRESS_PORT',
    )
    expect(lab.service('a', { endpointMode: 'dnsrr', ports: [port(80, 80, 'host')] })).toBeNull()
  })

  it('in host mode without a network: tasks on docker0, one on each node (swarmkit scheduler/filter.go: HostPortFilter)', () => {
    const lab = createLab('28', 2)
    lab.init()
    lab.join('n2')
    lab.service('hostp', { replicas: 3, ports: [port(8090, 80, 'host')] })
    const tasks = lab.swarm.clusters()[0]!.services.get('hostp')!.tasks
    expect(tasks.map((t) => t.node)).toEqual(['n1', 'n2', ''])
    expect(lab.interfaces('n1', 'hostp.1')).toEqual(['eth0 bridge 172.17.0.2/16', 'default bridge'])
  })
})

describe('order of addresses (moby cnmallocator: AllocateService; swarmkit allocator/network.go)', () => {
  it('ingress VIP, tasks on ingress and on the networks, the node after them', () => {
    const lab = createLab()
    lab.init()
    lab.network('net1')
    lab.service('web', { replicas: 2, on: ['net1'], ports: [port(8080, 80)] })
    expect(lab.addresses('ingress')).toEqual({
      'lb n1': '10.0.0.2',
      'VIP web': '10.0.0.3',
      'web.1': '10.0.0.4',
      'web.2': '10.0.0.5',
    })
    expect(lab.addresses('net1')).toEqual({
      'VIP web': '10.0.1.2',
      'web.1': '10.0.1.3',
      'web.2': '10.0.1.4',
      'lb n1': '10.0.1.5',
    })
  })

  it.each(['20', '26', '27'] as const)(
    'interfaces of a task by name with docker_gwbridge last, up to 27 (moby libnetwork/sandbox.go: Less): %s',
    (version) => {
      const lab = createLab(version)
      lab.init()
      lab.network('net1')
      lab.service('web', { on: ['net1'], ports: [port(8080, 80)] })
      expect(lab.interfaces('n1', 'web.1')).toEqual([
        'eth0 ingress 10.0.0.4/24 02:42:0a:00:00:04',
        'eth1 net1 10.0.1.3/24 02:42:0a:00:01:03',
        'eth2 docker_gwbridge 172.18.0.3/16 02:42:ac:12:00:03',
        'default docker_gwbridge',
      ])
    },
  )

  it('interfaces of a task with docker_gwbridge second, from 28 on', () => {
    const lab = createLab('28')
    lab.init()
    lab.network('net1')
    lab.network('net2')
    lab.service('web', { on: ['net2', 'net1'] })
    expect(lab.interfaces('n1', 'web.1')).toEqual([
      'eth0 net1 10.0.1.3/24 02:42:0a:00:01:03',
      'eth1 docker_gwbridge 172.18.0.3/16',
      'eth2 net2 10.0.2.3/24 02:42:0a:00:02:03',
      'default docker_gwbridge',
    ])
  })

  it('a name before ingress comes before it, up to 27', () => {
    const lab = createLab('26')
    lab.init()
    lab.network('alpha')
    lab.service('web', { on: ['alpha'], ports: [port(8080, 80)] })
    expect(lab.interfaces('n1', 'web.1').map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      'eth0 alpha',
      'eth1 ingress',
      'eth2 docker_gwbridge',
      'default docker_gwbridge',
    ])
  })

  it('a task on the network of its host has no address', () => {
    const lab = createLab()
    lab.init()
    expect(lab.service('hosty', { on: ['host'] })).toBeNull()
    expect(lab.engines.get('n1')!.container('hosty.1')).toMatchObject({ mode: 'host', state: 'running' })
  })
})

describe('what a service may be on (moby daemon/cluster/networks.go: populateNetworkID)', () => {
  it('not a network of one host, not ingress, none that is not there', () => {
    const lab = createLab()
    lab.init()
    lab.engines.get('n1')!.execute({ ...OVERLAY, driver: 'bridge', name: 'br' })
    expect(lab.service('a', { on: ['br'] })?.message).toContain(
      'Only networks scoped to the swarm can be used',
    )
    expect(lab.service('a', { on: ['nosuch'] })?.message).toBe('network nosuch not found')
    expect(lab.service('a', { on: ['ingress'] })?.message).toContain(
      'cannot be explicitly attached to the ingress network',
    )
  })

  it('names are DNS names, and unique', () => {
    const lab = createLab()
    lab.init()
    lab.service('web')
    expect(lab.service('web')?.message).toContain('service web already exists')
    expect(lab.service('a.b')?.message).toContain('DNS name')
    expect(lab.scale('nosuch', 2)?.message).toBe('service nosuch not found')
  })
})

const OVERLAY = { ...PLAIN_NETWORK, driver: 'overlay' }

const UPDATE = {
  op: 'service-update',
  service: 'web',
  replicas: null,
  networkAdd: [],
  networkRemove: [],
  publishAdd: [],
  publishRemove: [],
  constraintAdd: [],
  constraintRemove: [],
  endpointMode: null,
  force: false,
} as const

describe('changes (swarmkit manager/orchestrator/update/updater.go)', () => {
  const started = () => {
    const lab = createLab('28', 2)
    lab.init()
    lab.join('n2')
    lab.network('net1')
    lab.network('net2')
    lab.service('web', { replicas: 2, on: ['net1'] })
    return lab
  }

  it('a forced update replaces each task by one with the next address, in its slot', () => {
    const lab = started()
    expect(lab.addresses('net1')).toEqual({
      'VIP web': '10.0.1.2',
      'web.1': '10.0.1.3',
      'web.2': '10.0.1.4',
      'lb n1': '10.0.1.5',
      'lb n2': '10.0.1.6',
    })
    lab.swarm.execute('n1', { ...UPDATE, force: true })
    expect(lab.addresses('net1')).toMatchObject({
      'web.1': '10.0.1.7',
      'web.2': '10.0.1.8',
      'lb n1': '10.0.1.5',
    })
  })

  it('more replicas alone leave the others as they are', () => {
    const lab = started()
    lab.swarm.execute('n1', { ...UPDATE, replicas: 3 })
    expect(lab.addresses('net1')).toMatchObject({ 'web.1': '10.0.1.3', 'web.3': '10.0.1.7' })
  })

  it('a further network has its VIP and new tasks', () => {
    const lab = started()
    lab.swarm.execute('n1', { ...UPDATE, networkAdd: [{ network: 'net2', aliases: [] }] })
    // One task after the other: its address, then that of its node, then the next task.
    expect(lab.addresses('net2')).toEqual({
      'VIP web': '10.0.2.2',
      'web.1': '10.0.2.3',
      'lb n1': '10.0.2.4',
      'web.2': '10.0.2.5',
      'lb n2': '10.0.2.6',
    })
    expect(lab.addresses('net1')).toMatchObject({ 'VIP web': '10.0.1.2', 'web.1': '10.0.1.7' })
  })

  it('dnsrr gives the VIP back, a port brings ingress', () => {
    const lab = started()
    lab.swarm.execute('n1', { ...UPDATE, endpointMode: 'dnsrr' })
    expect(Object.keys(lab.addresses('net1'))).not.toContain('VIP web')
    lab.swarm.execute('n1', { ...UPDATE, endpointMode: 'vip', publishAdd: [port(8080, 80)] })
    expect(lab.addresses('ingress')).toMatchObject({
      'VIP web': '10.0.0.4',
      'web.1': '10.0.0.5',
      'web.2': '10.0.0.6',
    })
    lab.swarm.execute('n1', { ...UPDATE, publishRemove: ['80'] })
    expect(Object.keys(lab.addresses('ingress'))).toEqual(['lb n1', 'lb n2'])
  })

  it('a constraint moves only the tasks that break it (updater.go: IsTaskDirtyPlacementConstraintsOnly)', () => {
    const lab = started()
    lab.swarm.execute('n1', { ...UPDATE, constraintAdd: ['node.hostname==n1'] })
    const tasks = lab.swarm.clusters()[0]!.services.get('web')!.tasks
    expect(tasks.map((t) => [t.name, t.node])).toEqual([
      ['web.1', 'n1'],
      ['web.2', 'n1'],
    ])
    expect(lab.addresses('net1')).toEqual({
      'VIP web': '10.0.1.2',
      'web.1': '10.0.1.3',
      'lb n1': '10.0.1.5',
      'web.2': '10.0.1.7',
    })
  })

  it('fewer replicas end those of the fullest nodes (replicated/services.go: reconcile)', () => {
    const lab = started()
    lab.scale('web', 5)
    lab.scale('web', 2)
    const tasks = lab.swarm.clusters()[0]!.services.get('web')!.tasks
    expect(tasks.map((t) => t.node)).toEqual(['n1', 'n2'])
    expect(tasks.map((t) => t.slot)).toEqual([1, 2])
  })

  it('fewer replicas on one node keep the lowest slots', () => {
    const lab = createLab('28')
    lab.init()
    lab.network('net1')
    lab.service('web', { on: ['net1'], replicas: 5 })
    lab.scale('web', 2)
    expect(
      lab.swarm
        .clusters()[0]!
        .services.get('web')!
        .tasks.map((t) => t.slot),
    ).toEqual([1, 2])
  })

  it('zero replicas leave the VIP only', () => {
    const lab = started()
    lab.scale('web', 0)
    expect(lab.addresses('net1')).toEqual({ 'VIP web': '10.0.1.2' })
    expect([...lab.engines.get('n1')!.containers()]).toEqual([])
  })

  it('removing the service gives everything back', () => {
    const lab = started()
    lab.removeService('web')
    expect(lab.addresses('net1')).toEqual({})
    expect(lab.local('n1', 'docker_gwbridge')).toEqual({ 'gateway_ingress-sbox': '172.18.0.2/16' })
  })

  it('a global service cannot be scaled', () => {
    const lab = started()
    lab.service('mon', { mode: 'global' })
    expect(lab.scale('mon', 2)?.message).toBe(
      'mon: scale can only be used with replicated or replicated-job mode',
    )
  })
})
