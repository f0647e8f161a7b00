import { describe, expect, it } from 'vitest'
import { planJson } from '../../src/plan/json.ts'
import type { Plan } from '../../src/plan/plan.ts'
import { planNetworks } from '../../src/plan/plan-networks.ts'
import type { Problem } from '../../src/problem/problem.ts'
import { readTopology } from '../../src/topology/read.ts'
import { asText } from '../support/as-text.ts'

interface Planned {
  readonly plan: Plan
  readonly problems: readonly Problem[]
  /** `CODE severity "text it points to"`. */
  readonly told: readonly string[]
}

function planned(block: string): Planned {
  const problems: Problem[] = []
  const topology = readTopology(block, (p) => problems.push(p))
  if (topology === null) throw new Error(JSON.stringify(problems))
  const plan = planNetworks(topology, (p) => problems.push(p))
  const told = problems.map(
    ({ code, severity, span }) => `${code} ${severity} "${block.slice(span.start, span.end)}"`,
  )
  return { plan, problems, told }
}

const endpoints = (plan: Plan, network: string): readonly string[] =>
  [...(asText(plan).networks.get(network)?.endpoints.values() ?? [])].map(
    (e) => `${e.name} ${e.ipv4} ${e.certainty}`,
  )

const HOSTS = `hosts:
  n1: { address: 198.51.100.11/24 }
  n2: { address: 198.51.100.12/24 }
  n3: { address: 198.51.100.13/24 }
`

describe('a block with swarm: true', () => {
  const { plan, told } = planned(`${HOSTS}swarm: true
networks: { net1: {} }
services:
  web: { networks: [net1], deploy: { replicas: 3 } }
`)

  it('is a swarm of its hosts in order, with the services as a stack', () => {
    expect(plan.hosts.map((h) => `${h.name} ${h.role}`)).toEqual(['n1 manager', 'n2 worker', 'n3 worker'])
    expect(plan.steps.map((s) => `${s.host} ${s.command}`)).toEqual([
      'n1 docker swarm init --advertise-addr 198.51.100.11',
      'n2 docker swarm join --token SWMTKN-1-worker-token 198.51.100.11:2377',
      'n3 docker swarm join --token SWMTKN-1-worker-token 198.51.100.11:2377',
      'n1 docker network create --driver overlay net1',
      'n1 docker service create --name web --replicas 3 --network net1 IMAGE',
    ])
    expect(told.filter((t) => t.includes(' error '))).toEqual([])
  })

  it('names networks and endpoints as the contract says', () => {
    expect([...plan.networks.keys()]).toEqual([
      'bridge@n1',
      'docker_gwbridge@n1',
      'bridge@n2',
      'docker_gwbridge@n2',
      'bridge@n3',
      'docker_gwbridge@n3',
      'ingress',
      'net1',
    ])
    expect(endpoints(plan, 'ingress')).toEqual([
      'ingress-endpoint@n1 10.0.0.2/24 computed',
      'ingress-endpoint@n2 10.0.0.3/24 computed',
      'ingress-endpoint@n3 10.0.0.4/24 computed',
    ])
    expect(endpoints(plan, 'net1')).toEqual([
      'web.1 10.0.1.3/24 one-of-several',
      'web.2 10.0.1.4/24 one-of-several',
      'web.3 10.0.1.5/24 one-of-several',
      'net1-endpoint@n1 10.0.1.6/24 one-of-several',
      'net1-endpoint@n2 10.0.1.7/24 one-of-several',
      'net1-endpoint@n3 10.0.1.8/24 one-of-several',
    ])
    expect(endpoints(plan, 'docker_gwbridge@n2')).toEqual([
      'gateway_ingress-sbox 172.18.0.2/16 computed',
      'gateway_web.2 172.18.0.3/16 computed',
    ])
  })

  it('marks the placement the scheduler could have made otherwise', () => {
    expect([...plan.containers.values()].map((c) => `${c.name} ${c.host} ${c.placement}`)).toEqual([
      'web.1 n1 one-of-several',
      'web.2 n2 one-of-several',
      'web.3 n3 one-of-several',
    ])
  })

  it('marks which of its tasks a node gets, also where it is certain that each node gets one', () => {
    const { plan: own } = planned(`hosts:
  n1: { address: 198.51.100.11/24 }
  n2: { address: 198.51.100.12/24 }
swarm: true
commands:
  - docker network create -d overlay net1
  - docker service create --name db --network net1 --constraint node.hostname==n1 redis
  - docker service create --name web --network net1 --replicas 2 nginx
`)
    expect([...own.containers.values()].map((c) => `${c.name} ${c.host} ${c.placement}`)).toEqual([
      'db.1 n1 computed',
      'web.2 n1 one-of-several',
      'web.1 n2 one-of-several',
    ])
  })

  it('prints the form of plan --json', () => {
    expect(planJson(plan, [])).toMatchObject({
      networks: {
        net1: { driver: 'overlay', scope: 'swarm', host: '', subnets: ['10.0.1.0/24'], vni: [4097] },
      },
      containers: {
        'web.1': {
          host: 'n1',
          endpoints: {
            net1: { interface: 'eth0', ipv4: '10.0.1.3/24', mac: '02:42:0a:00:01:03', gateway: '' },
          },
          defaultRoute: { network: 'docker_gwbridge@n1', via: '172.18.0.1' },
          dns: ['web.1'],
        },
      },
      services: { web: { vips: { net1: '10.0.1.2/24' }, ports: [] } },
    })
  })
})

describe('roles and settings', () => {
  it('the first manager makes the swarm, whatever stands first', () => {
    const { plan } = planned(`hosts:
  w1: { address: 10.1.1.21/24, role: worker }
  m1: { address: 10.1.1.11/24, role: manager }
swarm: { default-addr-pool: [10.40.0.0/16], mask-length: 26 }
`)
    expect(plan.steps.map((s) => s.command)).toEqual([
      'docker swarm init --advertise-addr 10.1.1.11 --default-addr-pool 10.40.0.0/16 --default-addr-pool-mask-length 26',
      'docker swarm join --token SWMTKN-1-worker-token 10.1.1.11:2377',
    ])
    expect(endpoints(plan, 'ingress')).toEqual([
      'ingress-endpoint@m1 10.40.0.2/26 computed',
      'ingress-endpoint@w1 10.40.0.3/26 computed',
    ])
  })

  it('docker_gwbridge follows the daemon of its own host', () => {
    const { plan } = planned(`hosts:
  n1: {}
  n2: { daemon: { default-address-pools: [{ base: 10.200.0.0/16, size: 24 }] } }
swarm: true
`)
    expect(asText(plan).networks.get('docker_gwbridge@n1')?.subnets).toEqual(['172.18.0.0/16'])
    expect(asText(plan).networks.get('docker_gwbridge@n2')?.subnets).toEqual(['10.200.1.0/24'])
  })

  it('one host needs no @HOST', () => {
    const { plan } = planned('swarm: true\nservices: { web: {} }')
    expect([...plan.networks.keys()]).toEqual(['bridge', 'docker_gwbridge', 'ingress', 'default'])
    expect(endpoints(plan, 'default')).toEqual([
      'web.1 10.0.1.3/24 computed',
      'default-endpoint 10.0.1.4/24 computed',
    ])
  })

  it('a stack stops at a network that is not declared, when it has made the others (docker/cli convertServiceNetworks)', () => {
    const { plan, problems, told } = planned(`swarm: true
name: app
networks: { back: {} }
services:
  db: { image: redis, networks: [back] }
  web: { image: nginx, networks: [nope] }
`)
    expect(told).toEqual(['UNDEFINED_NETWORK error "nope"'])
    expect(problems[0]?.message).toBe('service web: undefined network "nope"')
    expect([plan.networks.has('app_back'), plan.services.size]).toEqual([true, 0])
    expect(plan.steps.map(({ command, ok }) => `${command} ${ok}`)).toEqual([
      'docker swarm init true',
      'docker network create --driver overlay app_back true',
      'docker service create --name app_web --network app_nope nginx false',
    ])
  })
  it('a stack takes an empty list of networks for none, so for the default one', () => {
    const { plan } = planned('swarm: true\nname: app\nservices: { web: { image: nginx, networks: [] } }')
    expect([...(plan.services.get('app_web')?.vips.keys() ?? [])]).toEqual(['app_default'])
  })
  it('networks without services are made all the same', () => {
    const { plan } = planned(
      'swarm: true\nnetworks: { net1: { attachable: true } }\ncommands: [docker run -d --name c1 --network net1 bb]',
    )
    expect(endpoints(plan, 'net1')).toEqual(['c1 10.0.1.2/24 computed', 'net1-endpoint 10.0.1.3/24 computed'])
  })
})

describe('what Docker leaves to chance', () => {
  it('the order of a stack: subnets, VXLAN ids and addresses of shared networks (docker/cli deploy_composefile.go)', () => {
    const { plan } = planned(`name: shop
swarm: true
networks: { a: {}, b: {}, c: { ipam: { config: [{ subnet: 10.9.0.0/24 }] } } }
services: { x: { networks: [a, c] }, y: { networks: [b, c] }, z: { networks: [c] } }
`)
    const sure = (key: string) => {
      const { certainty, vniCertainty, pin } = asText(plan).networks.get(key)!
      return [certainty, vniCertainty, pin === '' ? 'no pin' : 'pin']
    }
    expect(sure('shop_a')).toEqual(['one-of-several', 'one-of-several', 'pin'])
    expect(sure('shop_c')).toEqual(['declared', 'one-of-several', 'no pin'])
    expect(asText(plan).services.get('shop_x')?.vipCertainty.get('shop_c')).toBe('one-of-several')
    expect(asText(plan).services.get('shop_x')?.vips.get('shop_c')).toBe('10.9.0.2/24')
  })

  it('one service alone on a network has certain addresses; each uncertain one says what to write', () => {
    const { plan } = planned(
      'swarm: true\nnetworks: { a: {} }\nservices: { x: { networks: [a] }, y: { networks: [a], deploy: { replicas: 2 } } }',
    )
    for (const network of asText(plan).networks.values()) {
      for (const { certainty, pin } of network.endpoints.values())
        expect(pin === '').toBe(certainty !== 'one-of-several')
    }
    const alone = planned('swarm: true\nnetworks: { a: {} }\nservices: { x: { networks: [a] } }')
    expect(endpoints(alone.plan, 'a')).toEqual([
      'x.1 10.0.1.3/24 computed',
      'a-endpoint 10.0.1.4/24 computed',
    ])
  })

  it('which overlay is eth0 from 28 on; docker_gwbridge is eth1 in any case (moby daemon/container_operations.go: allocateNetwork)', () => {
    const block = 'swarm: true\nnetworks: { a: {}, b: {} }\nservices: { x: { networks: [a, b] } }'
    const interfaces = (engine: string) =>
      [...planned(`engine: ${engine}\n${block}`).plan.containers.get('x.1')!.endpoints].map(
        ([key, e]) => `${e.interface} ${key} ${e.interfaceCertainty}`,
      )
    expect(interfaces('28')).toEqual([
      'eth0 a one-of-several',
      'eth1 docker_gwbridge computed',
      'eth2 b one-of-several',
    ])
    expect(interfaces('27')).toEqual(['eth0 a computed', 'eth1 b computed', 'eth2 docker_gwbridge computed'])
  })

  it('containers of one compose project ask for addresses of an overlay in any order, unless one waits for the other', () => {
    const block = (more: string) => `networks: { net1: { external: true } }
services: { web: { networks: [net1] ${more} }, db: { networks: [net1] } }
commands: [docker swarm init, docker network create -d overlay --attachable net1, docker compose up -d]
`
    expect(endpoints(planned(block('')).plan, 'net1')).toEqual([
      'db 10.0.1.2/24 one-of-several',
      'net1-endpoint 10.0.1.3/24 computed',
      'web 10.0.1.4/24 one-of-several',
    ])
    expect(endpoints(planned(block(', depends_on: [db]')).plan, 'net1')).toEqual([
      'db 10.0.1.2/24 computed',
      'net1-endpoint 10.0.1.3/24 computed',
      'web 10.0.1.4/24 computed',
    ])
  })

  it('commands one after the other leave less open than a stack', () => {
    const { plan } = planned(`${HOSTS}swarm: true
networks: { a: { attachable: true } }
commands:
  - docker service create --name one --network a --constraint node.hostname==n2 bb
  - docker service create --name two --network a --constraint node.hostname==n3 bb
  - "[n1] docker run -d --name c1 --network a --ip 10.0.1.77 bb"
`)
    expect(endpoints(plan, 'a')).toEqual([
      'one.1 10.0.1.3/24 computed',
      'a-endpoint@n2 10.0.1.4/24 computed',
      'two.1 10.0.1.6/24 computed',
      'a-endpoint@n3 10.0.1.7/24 computed',
      'c1 10.0.1.77/24 declared',
      'a-endpoint@n1 10.0.1.8/24 computed',
    ])
  })

  it('after tasks placed by chance on some of the nodes, whether another node needs an address is open', () => {
    const { plan } = planned(`${HOSTS}swarm: true
networks: { a: {} }
commands:
  - docker service create --name any --network a bb
  - docker service create --name here --network a --constraint node.hostname==n2 bb
  - docker service create --name later --network a --constraint node.hostname==n2 bb
`)
    // here.1 gets its address before its node is asked for one; later.1 comes after that.
    expect(endpoints(plan, 'a')).toEqual([
      'any.1 10.0.1.3/24 computed',
      'a-endpoint@n1 10.0.1.4/24 one-of-several',
      'here.1 10.0.1.6/24 computed',
      'a-endpoint@n2 10.0.1.7/24 one-of-several',
      'later.1 10.0.1.9/24 one-of-several',
    ])
  })

  // RULES 13.1, 13.6: which address a kept task has is chance, and so which is the lowest free one
  it('after a round, addresses that were freed while others of their batch were kept', () => {
    const block = (last: string): string => `commands:
  - docker swarm init
  - docker network create -d overlay --subnet 10.50.0.0/28 a
  - docker service create --name web --replicas 5 --network a bb
  - docker service scale web=1
  - docker service scale web=5
  - docker service ${last}
  - docker service create --name late --network a bb
`
    const vip = (plan: Plan) => [
      asText(plan).services.get('late')?.vips.get('a'),
      asText(plan).services.get('late')?.vipCertainty.get('a'),
    ]
    // The second batch had .9 to .12; two of three more take .13 and .14, and all after them the lowest free.
    const kept = planned(block('scale web=8')).plan
    expect(vip(kept)).toEqual(['10.50.0.5/28', 'one-of-several'])
    const gone = planned(
      block('rm web').replace(
        '  - docker service create --name late',
        `  - docker service create --name next --replicas 2 --network a bb\n  - docker service create --name late`,
      ),
    ).plan
    // .13 for the VIP of next, .14 and .2 for its tasks, .3 for the node.
    expect(vip(gone)).toEqual(['10.50.0.4/28', 'computed'])
  })
})

// Seen on real 20.10.24, 26.1.5 and 28.5.2
describe('a plain container on an overlay', () => {
  const start = `commands:
  - docker swarm init
  - docker network create -d overlay --attachable a
  - docker network create b
  - docker run -d --name c1 --network a bb
`
  const onBridge = (plan: Plan) =>
    [...plan.networks.get('docker_gwbridge')!.endpoints.values()].map((e) => e.name)

  // RULES 13.9; moby libnetwork/default_gateway.go: needDefaultGW, clearDefaultGW
  it('leaves docker_gwbridge for a bridge that is connected, and returns to it', () => {
    const connected = planned(`${start}  - docker network connect b c1\n`).plan
    expect(onBridge(connected)).toEqual(['gateway_ingress-sbox'])
    expect(asText(connected).containers.get('c1')?.defaultRoute).toEqual({ network: 'b', via: '172.19.0.1' })
    const back = planned(`${start}  - docker network connect b c1\n  - docker network disconnect b c1\n`).plan
    expect(onBridge(back)).toEqual(['gateway_ingress-sbox', 'gateway_c1'])
  })

  // RULES 8.1: a MAC of the user wins
  it('keeps the MAC it asks for', () => {
    const { plan } = planned(
      `${start}  - docker run -d --name c2 --network a --mac-address 02:42:00:00:00:99 bb\n`,
    )
    expect(plan.networks.get('a')?.endpoints.get('c2')?.mac).toBe('02:42:00:00:00:99')
  })

  it('is not connected twice, nor to an address of elsewhere', () => {
    for (const engine of ['20', '26', '28']) {
      const { plan } = planned(`engine: ${engine}
${start}  - docker network connect --ip 10.0.1.50 a c1
  - docker run -d --name c2 --network a --ip 10.9.0.1 bb
`)
      const [again, elsewhere] = plan.steps.slice(-2).map((step) => step.error?.message)
      expect(again).toBe('c1 is already attached to network a')
      const settings = 'no configured subnet or ip-range contain the IP address 10.9.0.1'
      // 20.10 leaves it to the managers.
      if (engine === '20') expect(plan.containers.get('c2')?.state).toBe('created')
      else {
        expect(elsewhere).toBe(`invalid config for network a: invalid endpoint settings:\n${settings}`)
        expect(plan.containers.has('c2')).toBe(false)
      }
    }
  })
})

describe('what the author is told', () => {
  it('keys without effect under swarm', () => {
    const { told } = planned(`swarm: true
networks: { net1: {} }
services:
  db: {}
  web: { container_name: site, depends_on: [db], networks: { net1: { ipv4_address: 10.0.1.9 } } }
`)
    expect(told.filter((t) => t.startsWith('SWARM_IGNORES_KEY'))).toEqual([
      'SWARM_IGNORES_KEY warning "depends_on"',
      'SWARM_IGNORES_KEY warning "container_name"',
      'SWARM_IGNORES_KEY warning "10.0.1.9"',
    ])
  })

  it('an overlapping subnet, which Docker accepts in silence', () => {
    const { told, problems } = planned(`swarm: true
commands:
  - docker network create -d overlay --subnet 10.0.3.0/24 ex
  - docker network create -d overlay --subnet 10.0.3.128/25 bad
`)
    expect(told).toEqual([
      'OVERLAY_NOT_ALLOCATED warning "docker network create -d overlay --subnet 10.0.3.128/25 bad"',
    ])
    expect(problems[0]?.message).toBe('the overlay "bad" gets no subnet: it overlaps the network "ex"')
  })

  it('tasks that wait for ever, and why', () => {
    const { problems } = planned(`${HOSTS}swarm: true
services:
  ssd: { deploy: { placement: { constraints: [node.labels.disk == ssd] } } }
  port: { ports: [{ target: 80, published: 8080, mode: host }], deploy: { replicas: 4 } }
`)
    expect(problems.filter((p) => p.code === 'TASK_PENDING').map((p) => `${p.message} | ${p.hint}`)).toEqual([
      'port.4 waits for ever: port 8080/tcp in host mode is taken on every node that fits | A port in host mode is taken once on each node; publish it in ingress mode, or make fewer replicas.',
      'ssd.1 waits for ever: no node has node.labels.disk == ssd | Give a host these labels: hosts: { n1: { labels: { "disk": "ssd" } } }.',
    ])
  })

  it('tasks for which no address is left', () => {
    const { problems } = planned(`swarm: true
networks: { tiny: { ipam: { config: [{ subnet: 10.9.0.0/29 }] } } }
services: { web: { networks: [tiny], deploy: { replicas: 9 } } }
`)
    expect(problems.find((p) => p.code === 'TASK_PENDING')?.message).toBe(
      'web.5, web.6, web.7, 2 more wait for ever: network "tiny" (10.9.0.0/29) has no address left',
    )
  })

  it('what a stack refuses, at the step it fails', () => {
    const { plan, told } = planned(`swarm: true
networks: { lan: { driver: bridge } }
services: { web: { networks: [lan] }, zed: {} }
`)
    expect(plan.steps.filter((s) => !s.ok).map((s) => `${s.command.slice(0, 32)} ${s.error?.code}`)).toEqual([
      'docker service create --name web NETWORK_WRONG_SCOPE',
    ])
    expect(told.some((t) => t.startsWith('NETWORK_WRONG_SCOPE error'))).toBe(true)
  })
})

describe('commands', () => {
  it('a stack has its name in front of everything, and goes as a whole', () => {
    const block = (more: string) => `services: { web: { networks: [front], ports: ["8080:80"] } }
networks: { front: {} }
commands:
  - docker swarm init
  - docker stack deploy -c compose.yaml shop
${more}`
    const { plan } = planned(block(''))
    expect([...plan.services.keys()]).toEqual(['shop_web'])
    expect(endpoints(plan, 'shop_front')).toEqual([
      'shop_web.1 10.0.1.3/24 computed',
      'shop_front-endpoint 10.0.1.4/24 computed',
    ])
    const gone = planned(block('  - docker stack rm shop\n'))
    expect([...gone.plan.networks.keys()]).toEqual(['bridge', 'docker_gwbridge', 'ingress'])
    expect(gone.plan.containers.size).toBe(0)
  })

  it('run on the host in front, workers cannot manage', () => {
    const { plan } = planned(`${HOSTS}commands:
  - "[n1] docker swarm init --advertise-addr 198.51.100.11"
  - "[n2] docker swarm join --token $(docker swarm join-token -q manager) 198.51.100.11:2377"
  - "[n3] docker swarm join --token SWMTKN-1-x 198.51.100.11:2377"
  - "[n2] docker network create -d overlay net1"
  - { run: "[n3] docker network create -d overlay net2", expect: error }
`)
    expect(plan.hosts.map((h) => h.role)).toEqual(['manager', 'manager', 'worker'])
    expect(plan.steps.map((s) => s.ok)).toEqual([true, true, true, true, false])
  })

  it('a machine with two addresses has to be told which to advertise (moby daemon/cluster/listen_addr.go)', () => {
    const host = 'hosts: { n1: { address: 198.51.100.11/24, interfaces: { wg0: 172.22.1.1/24 } } }\n'
    const { plan } = planned(
      `${host}commands: [docker swarm init, "docker swarm init --advertise-addr 198.51.100.11"]`,
    )
    expect(plan.steps.map((s) => s.error?.message ?? 'done')).toEqual([
      'could not choose an IP address to advertise since this system has multiple addresses on different interfaces (198.51.100.11 on eth0 and 172.22.1.1 on wg0) - specify one with --advertise-addr',
      'done',
    ])
  })

  it('a container of one name on two hosts is two endpoints', () => {
    const { plan } = planned(`${HOSTS}swarm: true
networks: { net1: { attachable: true } }
commands:
  - "[n1] docker run -d --name probe --network net1 bb"
  - "[n2] docker run -d --name probe --network net1 bb"
`)
    expect(endpoints(plan, 'net1').map((e) => e.split(' ')[0])).toEqual([
      'probe@n1',
      'net1-endpoint@n1',
      'probe@n2',
      'net1-endpoint@n2',
    ])
  })
})
