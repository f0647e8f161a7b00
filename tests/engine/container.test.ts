import { describe, expect, it } from 'vitest'
import { asText } from '../support/as-text.ts'
import { lab } from './lab.ts'

// moby daemon/names.go
describe('names of containers', () => {
  it('have at least two characters', () => {
    expect(lab('28', 'docker run -d --name a bb').error(0)).toBe(
      'Invalid container name (a), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed',
    )
  })

  it('are given once', () => {
    expect(lab('28', 'docker run -d --name c1 bb\ndocker run -d --name c1 bb').error(1)).toMatch(
      /^Conflict\. The container name "\/c1" is already in use by container "[0-9a-f]{64}"\./,
    )
  })
})

// moby daemon/container_operations.go, runconfig/errors.go
describe('host, none and container mode', () => {
  const shared =
    'container sharing network namespace with another container or host cannot be connected to any other network'
  const alone =
    'container cannot be connected to multiple networks with one of the networks in private (none) mode'

  it('have no endpoints and publish nothing', () => {
    const result = lab(
      '28',
      `docker run -d --name h1 --network host -p 80:80 bb
       docker run -d --name n1 --network none bb
       docker run -d --name c1 bb
       docker run -d --name k1 --network container:c1 bb`,
    )
    for (const name of ['h1', 'n1', 'k1']) {
      const container = result.plan.containers.get(name)
      expect([container?.state, container?.endpoints.size, result.ports(name)]).toEqual(['running', 0, []])
    }
    expect(result.plan.containers.get('k1')?.sharedWith).toBe('c1')
  })

  it('cannot be connected to anything else', () => {
    const body = `docker network create net1
      docker run -d --name h1 --network host bb
      docker run -d --name n1 --network none bb
      docker run -d --name c1 bb
      docker network connect net1 h1
      docker network connect net1 n1
      docker network connect none c1
      docker network connect host c1`
    const result = lab('28', body)
    expect([4, 5, 6].map(result.error)).toEqual([shared, alone, alone])
    expect(result.error(7)).toBe(
      'cannot connect container to host network - container must be created in host network mode',
    )
    expect(lab('26', body).error(7)).toBe(
      'container cannot be disconnected from host network or connected to host network',
    )
  })

  it('of another container need that one running', () => {
    expect(lab('28', 'docker run -d --name k1 --network container:nosuch bb').error(0)).toBe(
      'joining network namespace of container: No such container: nosuch',
    )
    expect(lab('26', 'docker run -d --name k1 --network container:nosuch bb').error(0)).toBe(
      'No such container: nosuch',
    )
    expect(
      lab('28', 'docker create --name c1 bb\ndocker run -d --name k1 --network container:c1 bb').error(1),
    ).toMatch(/cannot join network.* of a non running container/)
  })

  it('of another container take no ports, names or links', () => {
    const of = (flags: string) =>
      lab(
        '28',
        `docker run -d --name c1 bb\ndocker run -d --name k1 --network container:c1 ${flags} bb`,
      ).error(1)
    expect(of('-p 80:80')).toBe('conflicting options: port publishing and the container type network mode')
    expect(of('--hostname x')).toBe('conflicting options: hostname and the network mode')
    expect(of('--link c1')).toContain("container type network can't be used with links")
  })

  // Seen on 20.10.24, 26.1.5 and 28.5.2: the sandbox is kept by id, not by the name it was asked for.
  it('of another container that is gone cannot be linked to, though there is a new one of that name', () => {
    const result = lab(
      '28',
      `docker create --name aa bb
      docker create --name b2 --network container:aa bb
      docker rm aa
      docker create --name aa bb
      docker create --name cc --link b2 bb`,
    )
    expect(result.error(4)).toMatch(/^could not get container for ([0-9a-f]{64}): No such container: \1$/)
  })
})

// moby libnetwork/osl/interface_linux.go: generateIfaceName; libnetwork/sandbox.go: Less
describe('interfaces', () => {
  const networks = `docker network create --subnet 10.1.0.0/24 zeta
    docker network create --subnet 10.2.0.0/24 alpha
    docker network create --subnet 10.3.0.0/24 mid\n`

  it('of networks connected one by one are numbered in that order', () => {
    const result = lab(
      '28',
      `${networks}docker run -d --name c1 --network zeta bb
      docker network connect alpha c1
      docker network connect mid c1`,
    )
    expect(result.interfaces('c1')).toEqual({ zeta: 'eth0', alpha: 'eth1', mid: 'eth2' })
    expect(result.route('c1')).toBe('alpha via 10.2.0.1')
    expect(
      [...(result.plan.containers.get('c1')?.endpoints.values() ?? [])].map((e) => e.interfaceCertainty),
    ).toEqual(['computed', 'computed', 'computed'])
  })

  it('of a start are alphabetical up to 27 and one of several from 28 on', () => {
    const body = `${networks}docker create --name c1 --network zeta bb
      docker network connect mid c1
      docker network connect alpha c1
      docker start c1`
    expect(lab('27', body).interfaces('c1')).toEqual({ alpha: 'eth0', mid: 'eth1', zeta: 'eth2' })
    const now = lab('28', body)
    expect(now.interfaces('c1')).toEqual({ alpha: 'eth0', mid: 'eth1', zeta: 'eth2' })
    expect(now.plan.containers.get('c1')?.endpoints.get('zeta')?.interfaceCertainty).toBe('one-of-several')
    expect(lab('27', body).plan.containers.get('c1')?.endpoints.get('zeta')?.interfaceCertainty).toBe(
      'computed',
    )
  })

  it('put internal networks last up to 27', () => {
    const body = `docker network create --internal --subnet 10.0.0.0/24 aaint
      ${networks}docker create --name c1 --network aaint bb
      docker network connect zeta c1
      docker start c1`
    expect(lab('26', body).interfaces('c1')).toEqual({ zeta: 'eth0', aaint: 'eth1' })
  })

  it('reuse the lowest number from 28 on; before, numbers only grow', () => {
    const body = `${networks}docker run -d --name c1 --network zeta bb
      docker network connect alpha c1
      docker network disconnect alpha c1
      docker network connect mid c1`
    expect(lab('28', body).interfaces('c1')).toEqual({ zeta: 'eth0', mid: 'eth1' })
    expect(lab('26', body).interfaces('c1')).toEqual({ zeta: 'eth0', mid: 'eth2' })
  })

  it('may be named from 28 on', () => {
    const body = `${networks}docker run -d --name c1 --network name=zeta,driver-opt=com.docker.network.endpoint.ifname=foo0 --network alpha bb`
    expect(lab('28', body).interfaces('c1')).toEqual({ zeta: 'foo0', alpha: 'eth0' })
  })
})

// moby libnetwork/default_gateway.go: selectGatewayEndpoint
describe('the default route', () => {
  const networks = `docker network create --subnet 10.1.0.0/24 zeta
    docker network create --subnet 10.2.0.0/24 alpha
    docker network create --internal --subnet 10.0.0.0/24 aaint\n`

  it('takes the first network by name that is not internal', () => {
    const result = lab(
      '28',
      `${networks}docker run -d --name c1 --network zeta --network aaint --network alpha bb`,
    )
    expect(result.route('c1')).toBe('alpha via 10.2.0.1')
  })

  it('takes the highest gw-priority from 28 on', () => {
    const result = lab(
      '28',
      `${networks}docker run -d --name c1 --network alpha --network name=zeta,gw-priority=10 bb
      docker run -d --name c2 --network alpha bb
      docker network connect --gw-priority 1 zeta c2
      docker network disconnect zeta c2`,
    )
    expect(result.route('c1')).toBe('zeta via 10.1.0.1')
    expect(result.route('c2')).toBe('alpha via 10.2.0.1')
  })

  it('prefers a network with both families from 28 on', () => {
    const body = `docker network create --subnet 10.2.0.0/24 alpha
      docker network create --ipv6 --subnet 10.6.0.0/24 --subnet fd00:6::/64 beta
      docker run -d --name c1 --network alpha bb
      docker network connect beta c1`
    const result = lab('28', body)
    expect(result.route('c1')).toBe('beta via 10.6.0.1')
    expect(asText(result.plan).containers.get('c1')?.defaultRoute6).toEqual({
      network: 'beta',
      via: 'fd00:6::1',
    })
  })

  it('is chosen anew when a network is disconnected', () => {
    const result = lab(
      '28',
      `${networks}docker run -d --name c1 --network zeta bb
      docker network connect alpha c1
      docker network disconnect alpha c1`,
    )
    expect(result.route('c1')).toBe('zeta via 10.1.0.1')
  })
})

// moby daemon/container_operations.go: DisconnectFromNetwork, connectToNetwork
describe('connecting and disconnecting', () => {
  it('frees the address at once', () => {
    const result = lab(
      '28',
      `docker network create --subnet 10.1.0.0/24 n1
      docker run -d --name c1 --network n1 bb
      docker network disconnect n1 c1
      docker run -d --name c2 --network n1 bb`,
    )
    expect([result.ip('c2'), result.plan.containers.get('c1')?.endpoints.size]).toEqual(['10.1.0.2', 0])
  })

  it('is refused twice, and where there is nothing to undo', () => {
    const result = lab(
      '28',
      `docker network create n1
      docker run -d --name c1 --network n1 bb
      docker network connect n1 c1
      docker network disconnect bridge c1
      docker network connect nosuch c1
      docker network connect n1 nosuch`,
    )
    expect(result.error(2)).toBe('endpoint with name c1 already exists in network n1')
    expect(result.error(3)).toMatch(/^container [0-9a-f]{64} is not connected to network bridge$/)
    expect(result.error(4)).toBe('network nosuch not found')
    expect(result.error(5)).toBe('No such container: nosuch')
  })

  it('of a stopped container takes effect at its start', () => {
    const result = lab(
      '28',
      `docker network create --subnet 10.1.0.0/24 n1
      docker create --name c1 bb
      docker network connect --ip 10.1.0.7 n1 c1
      docker run -d --name c2 --network n1 bb
      docker start c1`,
    )
    expect([result.ip('c1', 'n1'), result.ip('c2')]).toEqual(['10.1.0.7', '10.1.0.2'])
  })
})

// moby daemon/container_operations.go: buildEndpointDNSNames
describe('names Docker resolves', () => {
  const dns = (body: string, name: string) => lab('28', body).plan.containers.get(name)?.dns

  it('are the name, the aliases and the host name on networks of the user', () => {
    const body =
      'docker network create n1\ndocker run -d --name c1 --network n1 --network-alias web --hostname h1 bb'
    expect(dns(body, 'c1')).toEqual(['c1', 'web', 'h1'])
  })

  it('are none on the default bridge', () => {
    expect(dns('docker run -d --name c1 bb', 'c1')).toEqual([])
  })
})

describe('the life of a container', () => {
  it('ends with its stop when it was run with --rm', () => {
    expect(lab('28', 'docker run -d --rm --name c1 bb\ndocker stop c1').plan.containers.has('c1')).toBe(false)
  })

  it('is not ended by docker rm while it runs', () => {
    const commands = 'docker run -d --name c1 bb\ndocker rm c1'
    const says = (name: string): string =>
      `cannot remove container "${name}": container is running: stop the container before removing or force remove`
    expect([lab('26', commands).error(1), lab('28', commands).error(1)]).toEqual([says('/c1'), says('c1')])
  })

  it('may have a name with a slash in front, as the engine keeps it', () => {
    const result = lab('28', 'docker run -d --name /c1 bb\ndocker run -d --name c1 bb')
    expect(result.ip('c1')).toBe('172.17.0.2')
    expect(result.error(1)).toMatch(/^Conflict\. The container name "\/c1" is already in use/)
  })

  it('knows no stranger', () => {
    expect(lab('28', 'docker start nosuch').error(0)).toBe('No such container: nosuch')
  })
})
