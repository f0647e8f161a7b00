import { describe, expect, it } from 'vitest'
import { createSerialNumbers, createVniAllocator } from '../../src/swarm/serial.ts'
import { createLab } from './lab.ts'

describe('serial numbers (moby libnetwork/bitmap/sequence.go: getAvailableFromCurrent)', () => {
  it('go on after the last given, and wrap to the lowest free', () => {
    const numbers = createSerialNumbers(1, 4)
    expect([numbers.next(), numbers.next(), numbers.next()]).toEqual([1, 2, 3])
    numbers.release(1)
    numbers.release(2)
    expect([numbers.next(), numbers.next(), numbers.next(), numbers.next()]).toEqual([4, 1, 2, null])
  })

  it('do not move for a number taken by choice', () => {
    const numbers = createSerialNumbers(1, 9)
    numbers.next()
    expect(numbers.take(5)).toBe(true)
    expect(numbers.take(5)).toBe(false)
    expect([numbers.next(), numbers.next(), numbers.next(), numbers.next()]).toEqual([2, 3, 4, 6])
  })

  it('VXLAN ids begin at 4096 (moby libnetwork/drivers/overlay/ovmanager/ovmanager.go: vxlanIDStart)', () => {
    const vnis = createVniAllocator()
    expect([vnis.next(), vnis.next()]).toEqual([4096, 4097])
    expect(vnis.take(100)).toBe(true)
  })
})

describe('networks of a swarm (moby libnetwork/cnmallocator/networkallocator.go: Allocate)', () => {
  it('come from --default-addr-pool, cut by the mask length, ingress first', () => {
    const lab = createLab()
    expect(lab.init('n1', '10.20.0.0/16', '/26')).toBeNull()
    lab.network('a')
    expect([lab.subnet('ingress'), lab.subnet('a')]).toEqual([
      '10.20.0.0/26 gw=10.20.0.1 vni=4096',
      '10.20.0.64/26 gw=10.20.0.65 vni=4097',
    ])
  })

  it.each([
    ['28', '10.20.0.0/24'],
    ['26', '10.30.0.0/24'],
  ] as const)('several pools: by address in 28, in order given in 26 (%s)', (engine, first) => {
    const lab = createLab(engine)
    lab.init('n1', '10.30.0.0/24', '10.20.0.0/24')
    expect(lab.subnet('ingress')).toContain(first)
  })

  it.each([
    [['10.0.0.0/33'], 'invalid base pool 10.0.0.0/33: invalid CIDR address: 10.0.0.0/33'],
    [['10.0.0.0/26'], 'invalid CIDR: "10.0.0.0/26". Subnet size is too small for pool: 24'],
    [['10.0.0.0/8', '/30'], 'subnet size is out of range: 30'],
  ])(
    'bad pools are refused (moby daemon/cluster/swarm.go: validateDefaultAddrPool): %s',
    (pools, message) => {
      expect(createLab().init('n1', ...pools)?.message).toBe(message)
    },
  )

  it('an overlap is accepted and gets nothing, until the other network goes (swarmkit network.go: procUnallocatedNetworks)', () => {
    const lab = createLab()
    lab.init()
    lab.network('ex', { subnet: '10.0.3.0/24' })
    expect(lab.network('bad', { subnet: '10.0.3.128/25' })).toBeNull()
    expect(lab.subnet('bad')).toBe('')
    lab.engines.get('n1')!.execute({ op: 'network-rm', names: ['ex'], force: false })
    expect(lab.subnet('bad')).toBe('10.0.3.128/25 gw=10.0.3.129 vni=4098')
  })

  it('a VXLAN id of one’s own choice is taken, a taken one leaves the network without anything', () => {
    const lab = createLab()
    lab.init()
    const option = new Map([['com.docker.network.driver.overlay.vxlanid_list', '5000,5001']])
    lab.network('two', { subnet: '10.55.0.0/24 10.56.0.0/24', options: option })
    lab.network('next')
    expect(lab.subnet('two')).toBe('10.55.0.0/24 gw=10.55.0.1 vni=5000 10.56.0.0/24 gw=10.56.0.1 vni=5001')
    expect(lab.subnet('next')).toBe('10.0.1.0/24 gw=10.0.1.1 vni=4097')
    lab.network('clash', { options: new Map([['com.docker.network.driver.overlay.vxlanid_list', '5000']]) })
    expect(lab.subnet('clash')).toBe('')
    // Its pool was given back.
    lab.network('after')
    expect(lab.subnet('after')).toBe('10.0.2.0/24 gw=10.0.2.1 vni=4098')
  })

  it('a given gateway is kept, tasks begin at the lowest free', () => {
    const lab = createLab()
    lab.init()
    lab.network('gw', { subnet: '10.9.0.0/24@10.9.0.3', attachable: true })
    expect(lab.subnet('gw')).toContain('gw=10.9.0.3')
    for (const name of ['c1', 'c2', 'c3']) lab.run('n1', name, 'gw')
    expect(lab.addresses('gw')).toEqual({
      c1: '10.9.0.1',
      'lb n1': '10.9.0.2',
      c2: '10.9.0.4',
      c3: '10.9.0.5',
    })
  })

  it('a network in use stays; its name is refused twice (swarmkit controlapi/network.go: removeNetwork)', () => {
    const lab = createLab()
    lab.init()
    lab.network('a')
    lab.service('web', { on: ['a'] })
    expect(lab.engines.get('n1')!.execute({ op: 'network-rm', names: ['a'], force: false })?.code).toBe(
      'NETWORK_IN_USE',
    )
    expect(lab.network('a')?.message).toBe('network with name a already exists')
    expect(lab.network('a b')?.message).toContain('name must be valid as a DNS name component')
    expect(lab.network('x'.repeat(64))?.message).toContain('name must be 63 characters or fewer')
  })

  it('prune removes what nobody uses, never ingress (moby daemon/prune.go: clusterNetworksPrune)', () => {
    const lab = createLab()
    lab.init()
    lab.network('used')
    lab.network('unused')
    lab.service('web', { on: ['used'] })
    lab.engines.get('n1')!.execute({ op: 'network-prune', filters: [] })
    expect([...lab.swarm.clusters()[0]!.overlays.keys()]).toEqual(['ingress', 'used'])
  })
})

describe('plain containers on an attachable overlay (moby daemon/cluster/networks.go: AttachNetwork)', () => {
  it('container first, then the node, further containers after; a static address does not move the cursor', () => {
    const lab = createLab()
    lab.init()
    lab.network('att', { subnet: '10.7.0.0/24', attachable: true })
    lab.run('n1', 'c1', 'att')
    lab.run('n1', 'c2', 'att', '10.7.0.50')
    lab.run('n1', 'c3', 'att')
    expect(lab.addresses('att')).toEqual({
      c1: '10.7.0.2',
      'lb n1': '10.7.0.3',
      c2: '10.7.0.50',
      c3: '10.7.0.4',
    })
    expect(lab.interfaces('n1', 'c1')).toEqual([
      'eth0 att 10.7.0.2/24 02:42:0a:07:00:02',
      'eth1 docker_gwbridge 172.18.0.3/16',
      'default docker_gwbridge',
    ])
  })

  it('a freed address is not given again before the wrap', () => {
    const lab = createLab()
    lab.init()
    lab.network('att', { attachable: true })
    lab.run('n1', 'c1', 'att')
    lab.run('n1', 'c2', 'att')
    lab.engines.get('n1')!.execute({ op: 'container-rm', names: ['c1'], force: true })
    lab.run('n1', 'c3', 'att')
    expect(lab.addresses('att')).toEqual({ 'lb n1': '10.0.1.3', c2: '10.0.1.4', c3: '10.0.1.5' })
    lab.engines.get('n1')!.execute({ op: 'container-restart', names: ['c3'] })
    expect(lab.addresses('att')).toMatchObject({ c3: '10.0.1.6' })
  })

  it('the node gives its own address back with the last container', () => {
    const lab = createLab()
    lab.init()
    lab.network('att', { attachable: true })
    lab.run('n1', 'c1', 'att')
    lab.engines.get('n1')!.execute({ op: 'container-stop', names: ['c1'] })
    expect(lab.addresses('att')).toEqual({})
    lab.engines.get('n1')!.execute({ op: 'container-start', names: ['c1'] })
    expect(lab.addresses('att')).toEqual({ c1: '10.0.1.4', 'lb n1': '10.0.1.5' })
  })

  it('a network that is not attachable refuses them (swarmkit manager/resourceapi/allocator.go)', () => {
    const lab = createLab()
    lab.init()
    lab.network('noatt')
    expect(lab.run('n1', 'c1', 'noatt')?.message).toContain(
      'Could not attach to network noatt: rpc error: code = PermissionDenied desc = network noatt not manually attachable',
    )
    expect(lab.engines.get('n1')!.container('c1')?.state).toBe('created')
  })

  it('a taken static address is refused after the manager’s silence', () => {
    const lab = createLab()
    lab.init()
    lab.network('att', { subnet: '10.7.0.0/24', attachable: true })
    lab.run('n1', 'c1', 'att', '10.7.0.9')
    expect(lab.run('n1', 'c2', 'att', '10.7.0.9')?.code).toBe('ADDRESS_IN_USE')
  })

  it('an internal overlay gives no endpoint on docker_gwbridge (moby libnetwork/default_gateway.go: needDefaultGW)', () => {
    const lab = createLab()
    lab.init()
    lab.network('shut', { attachable: true, internal: true })
    lab.run('n1', 'c1', 'shut')
    expect(lab.interfaces('n1', 'c1')).toEqual(['eth0 shut 10.0.1.2/24 02:42:0a:00:01:02', 'default none'])
  })
})

describe('a small overlay', () => {
  it('wraps to the lowest free address (moby libnetwork/bitmap/sequence.go)', () => {
    const lab = createLab()
    lab.init()
    // .1 gateway, .2 VIP, .3 .4 tasks, .5 node, .6 the last usable.
    lab.network('tiny', { subnet: '10.9.0.0/29' })
    lab.service('web', { replicas: 2, on: ['tiny'] })
    lab.scale('web', 1)
    lab.scale('web', 2)
    expect(lab.addresses('tiny')).toEqual({
      'VIP web': '10.9.0.2',
      'web.1': '10.9.0.3',
      'lb n1': '10.9.0.5',
      'web.2': '10.9.0.6',
    })
    lab.scale('web', 1)
    lab.scale('web', 2)
    expect(lab.addresses('tiny')).toMatchObject({ 'web.2': '10.9.0.4' })
  })

  it('that is full lets tasks wait until an address is freed (swarmkit network.go: procTasksNetwork)', () => {
    const lab = createLab()
    lab.init()
    lab.network('tiny', { subnet: '10.9.0.0/29' })
    lab.service('web', { replicas: 5, on: ['tiny'] })
    const cluster = lab.swarm.clusters()[0]!
    // .2 VIP, .3 to .6 four tasks: none is left for the fifth, nor for the node.
    expect(cluster.services.get('web')!.tasks.map((t) => t.node)).toEqual(['n1', 'n1', 'n1', 'n1', ''])
    expect(Object.keys(lab.addresses('tiny'))).not.toContain('lb n1')
    lab.scale('web', 2)
    // The first address that comes free goes to the node, which still lacks one.
    expect(Object.keys(lab.addresses('tiny')).sort()).toEqual(['VIP web', 'lb n1', 'web.1', 'web.2'])
  })
})
