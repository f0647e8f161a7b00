import { describe, expect, it } from 'vitest'
import { lab } from './lab.ts'

// Each was a difference from a real 20.10.24, found by npm run test:engine; later releases have the same source
// unless the engine is named.

describe('a container that does not run', () => {
  it('is put on any network, even one that does not exist', () => {
    const result = lab('20', 'docker create --name w1 --network n1 bb\ndocker network connect n2 w1')
    expect(result.error(1)).toBeNull()
  })

  it('is put on none while the network it was created for does not exist', () => {
    const result = lab('20', 'docker create --name w1 --network n1 bb\ndocker network connect none w1')
    expect(result.error(1)).toBeNull()
  })

  it('is taken off a network that does not exist', () => {
    const result = lab('20', 'docker create --name w1 --network n1 bb\ndocker network disconnect n1 w1')
    expect(result.error(1)).toBeNull()
  })

  it('starts without a network when it was taken off all of them', () => {
    const result = lab(
      '20',
      `docker network create --subnet 10.9.0.0/24 n1
       docker create --name w1 --network n1 --ip 10.9.0.9 bb
       docker network disconnect n1 w1
       docker start w1`,
    )
    expect(result.error(3)).toBeNull()
    expect([result.ip('w1'), result.route('w1')]).toEqual(['', 'none'])
  })

  it('is joined to a network while it shares a sandbox, without effect', () => {
    const result = lab(
      '20',
      `docker run -d --name w1 bb
       docker create --name w2 --network container:w1 bb
       docker network connect bridge w2
       docker start w2
       docker network connect bridge w2`,
    )
    expect(result.error(2)).toBeNull()
    expect(result.plan.containers.get('w2')?.state).toBe('running')
    expect(result.error(4)).toMatch(/^container sharing network namespace/)
  })
})

describe('docker rm -f', () => {
  it.each(['20', '28'] as const)('does not fail on a container that is not there (engine %s)', (engine) => {
    const result = lab(engine, 'docker rm -f w1\ndocker rm w1')
    expect(result.error(0)).toBeNull()
    expect(result.error(1)).toBe('No such container: w1')
  })
})

describe('a static address', () => {
  it('is refused on none only when the container starts (20)', () => {
    const result = lab('20', 'docker run -d --name w1 --network none --ip 10.9.1.2 bb')
    expect(result.error(0)).toBe('user specified IP address is supported on user defined networks only')
    expect(result.plan.containers.get('w1')?.state).toBe('created')
  })

  it('is refused on the default bridge when connecting', () => {
    const result = lab(
      '20',
      `docker network create n1
       docker run -d --name w1 --network n1 bb
       docker network connect --ip 10.9.1.254 bridge w1`,
    )
    expect(result.error(2)).toBe('user specified IP address is supported on user defined networks only')
  })
})

describe('the client of 20.10', () => {
  it('drops --network-alias where no --network is given', () => {
    expect(lab('20', 'docker run -d --name w1 --network-alias web bb').ip('w1')).toBe('172.17.0.2')
    expect(lab('28', 'docker run -d --name w1 --network-alias web bb').error(0)).toMatch(/aliases/)
  })
})

describe('fixed-cidr alone', () => {
  const block = `daemon: { fixed-cidr: 172.17.4.0/24 }
    ---
    docker run -d --name w1 bb`

  it('is a range of the first default pool on 20.10', () => {
    const result = lab('20', block)
    expect(result.subnets('bridge')).toEqual(['172.17.0.0/16'])
    expect([result.gateways('bridge'), result.ip('w1')]).toEqual([['172.17.4.0'], '172.17.4.1'])
  })

  it('is the subnet from 26 on', () => {
    expect(lab('26', block).subnets('bridge')).toEqual(['172.17.4.0/24'])
  })
})

describe('host mode', () => {
  it('takes no MAC', () => {
    const result = lab('20', 'docker run -d --name w1 --network host --mac-address 02:42:0a:09:01:07 bb')
    expect(result.error(0)).toBe('conflicting options: mac-address and the network mode')
    expect(result.plan.containers.has('w1')).toBe(false)
  })
})

describe('--link', () => {
  it('goes on to the container whose sandbox is shared, which has to be there', () => {
    const result = lab(
      '20',
      `docker create --name w1 --network container:w6 bb
       docker run -d --name w2 --link w1 bb`,
    )
    expect(result.error(1)).toBe('Could not get container for w6: No such container: w6')
    expect(result.plan.containers.has('w2')).toBe(false)
  })

  it('does not go to a container in host mode', () => {
    const result = lab(
      '20',
      `docker run -d --name w1 --network host bb
       docker run -d --name w2 --link w1 bb`,
    )
    expect(result.error(1)).toMatch(/^conflicting options: host type networking can't be used with links/)
  })

  it.each([
    [
      'docker network create n1\ndocker run -d --name w1 --network n1 bb',
      /^Cannot link to \/w1, as it does not/,
    ],
    [
      'docker network create n1\ndocker create --name w1 bb',
      /^Cannot link to a non running container: \/w1 AS/,
    ],
  ])('fails at start after %j', (before, message) => {
    const result = lab('20', `${before}\ndocker run -d --name w2 --link w1 bb`)
    expect(result.error(2)).toMatch(message)
    expect(result.plan.containers.get('w2')?.state).toBe('created')
  })
})

describe('a running container that could not be connected', () => {
  const commands = `docker network create --subnet 10.9.1.0/24 n1
    docker run -d --name w1 bb
    docker run -d --name w2 --network n1 bb
    docker network connect --ip 10.9.1.2 n1 w1`

  it('is connected at its next start', () => {
    const result = lab('20', `${commands}\ndocker rm -f w2\ndocker restart w1`)
    expect(result.error(3)).toBe('Address already in use')
    expect(result.ip('w1', 'n1')).toBe('10.9.1.2')
  })

  it('cannot be disconnected', () => {
    expect(lab('20', `${commands}\ndocker network disconnect n1 w1`).error(4)).toMatch(
      /is not connected to network n1$/,
    )
  })
})

describe('an endpoint whose IPv6 address is refused', () => {
  it('keeps its IPv4 address taken on 20.10', () => {
    const commands = `docker network create --ipv6 --subnet 10.9.1.0/24 --subnet fd00:1::/80 n1
      docker run -d --name w1 --network n1 --ip6 fd00:1:: bb
      docker run -d --name w2 --network n1 bb`
    expect(lab('20', commands).ip('w2')).toBe('10.9.1.3')
  })
})

describe('--link beside --network none', () => {
  it('is refused by the client of 20.10', () => {
    const result = lab(
      '20',
      'docker run -d --name w1 bb\ndocker run -d --name w2 --network none --link w1 bb',
    )
    expect(result.error(1)).toBe('links are only supported for user-defined networks')
  })
})

describe('fixed-cidr outside of the subnet that docker0 gets', () => {
  it('counts by its host part on 20.10', () => {
    const result = lab(
      '20',
      `
       hosts: { host: { address: 198.51.100.11/24, interfaces: { wg0: 172.16.0.1/12 } } }
       daemon: { fixed-cidr: 172.17.4.0/24 }
       ---
       docker run -d --name w1 bb`,
    )
    expect(result.subnets('bridge')).toEqual(['192.168.0.0/20'])
    expect(result.gateways('bridge')).toEqual(['192.168.4.0'])
    expect(result.ip('w1')).toBe('192.168.4.1')
  })
})
