import { describe, expect, it } from 'vitest'
import { lab } from './lab.ts'

// Each was a difference from a real 20.10.24, 26.1.5 or 28.5.2, found by npm run test:engine or by replaying commands
// like those of the recordings; where one engine is named, the others have the same source or differ as shown.

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

// Seen on 20.10.24, 26.1.5 and 28.5.2.
describe.each(['20', '26', '28'] as const)('a running container on none or host (%s)', (engine) => {
  it('is not connected to it again', () => {
    const result = lab(
      engine,
      `docker run -d --name w1 --network none bb
      docker network connect none w1
      docker network disconnect none w1
      docker network connect none w1
      docker network connect none w1
      docker run -d --name h1 --network host bb
      docker network connect host h1
      docker create --name s1 --network none bb
      docker network connect none s1
      docker start s1
      docker network connect none s1`,
    )
    const exists = (name: string, network: string): string =>
      `endpoint with name ${name} already exists in network ${network}`
    expect([1, 2, 3, 4, 6, 8, 10].map((step) => result.error(step))).toEqual([
      exists('w1', 'none'),
      null,
      null,
      exists('w1', 'none'),
      exists('h1', 'host'),
      null,
      exists('s1', 'none'),
    ])
  })
})

describe('an address that is none', () => {
  const network = 'docker network create --subnet 10.9.2.0/24 --ipv6 --subnet fd00:2::/64 n2\n'
  const endpoints = `${network}docker network create --subnet 10.9.3.0/24 n3
    docker network create n4
    docker run -d --name w3 bb
    docker run -d --name w5 --network none bb\n`

  // 20.10.24
  it('is found on 20 only when the container joins, after all else', () => {
    const of = (command: string): string | null => lab('20', endpoints + command).error(5)
    const outside = (text: string): string =>
      `Invalid address ${text}: It does not belong to any of this network's subnets`
    expect(of('docker network connect --ip 10.9.1 n3 w3')).toBe('Invalid IPv4 address: 10.9.1)')
    expect(of('docker network connect --ip6 10.9 n2 w3')).toBe('Invalid IPv6 address: 10.9)')
    expect(of('docker network connect --ip 10.9 --ip6 zz n2 w3')).toBe('Invalid IPv4 address: 10.9)')
    expect(of('docker network connect --ip fd00:2::5 n2 w3')).toBe(outside('fd00:2::5'))
    expect(of('docker network connect --ip6 10.9.2.9 n2 w3')).toBe(outside('10.9.2.9'))
    expect(of('docker network connect --ip 0.0.0.0 n2 w3')).toBe(outside('0.0.0.0'))
    expect(of('docker network connect --ip 10.9.1 n4 w3')).toMatch(/user configured subnets$/)
    expect(of('docker network connect --ip 10.9.1 bridge w3')).toMatch(/user defined networks only$/)
    expect(of('docker network connect --ip 10.9.1 n3 w5')).toMatch(/in private \(none\) mode$/)
    expect(of('docker network connect --link-local-ip zz --ip 10.9 n3 w3')).toBe(
      'Invalid link-local IP address: [zz]',
    )
    expect(of('docker run -d --name w7 --network n3 --ip fd00::1 bb')).toBe('invalid IPv4 address: fd00::1')
  })

  it('is kept by a stopped container on 20 until it starts', () => {
    const result = lab(
      '20',
      `docker network create --subnet 10.9.3.0/24 n3
      docker create --name w2 bb
      docker network connect --ip 10.9.1 n3 w2
      docker start w2
      docker network disconnect n3 w2
      docker start w2`,
    )
    expect([2, 3, 4, 5].map((step) => result.error(step))).toEqual([
      null,
      'Invalid IPv4 address: 10.9.1)',
      null,
      null,
    ])
  })

  // 26.1.5 and 28.5.2
  it.each(['26', '28'] as const)('is named with all else from 26 on (%s)', (engine) => {
    const of = (command: string): string | null =>
      lab(engine, `${network}docker run -d --name w3 bb\n${command}`).error(2)
    const faults = (...lines: string[]): string => `invalid endpoint settings:\n${lines.join('\n')}`
    const range = 'no configured subnet or ip-range contain the IP address'
    expect(of('docker network connect --ip 0.0.0.0 n2 w3')).toBe(
      faults('* invalid IPv4 address: 0.0.0.0', `* ${range} 0.0.0.0`),
    )
    expect(of('docker network connect --ip6 :: n2 w3')).toBe(
      faults('* invalid IPv6 address: ::', `* ${range} ::`),
    )
    expect(of('docker network connect --link-local-ip zz n2 w3')).toBe(
      faults('invalid link-local IP address: zz'),
    )
    expect(of('docker network connect --link-local-ip zz --link-local-ip 169.254.1.1 --ip 10.9 n2 w3')).toBe(
      faults('* invalid IPv4 address: 10.9', '* invalid link-local IP address: zz', `* ${range} 10.9`),
    )
    expect(of('docker run -d --name w4 --network n2 --link-local-ip zz bb')).toBe(
      `invalid config for network n2: ${faults('invalid link-local IP address: zz')}`,
    )
    expect(of('docker run -d --name w5 --network n2 --link-local-ip 1.2.3.4 bb')).toMatch(
      /(?:^|: )invalid link local IP address: 1\.2\.3\.4$/,
    )
  })
})

// 20.10.24, 26.1.5 and 28.5.2
describe.each(['20', '26', '28'] as const)('a link-local address of IPv6 (%s)', (engine) => {
  it('needs a network with IPv6', () => {
    const result = lab(
      engine,
      `docker network create n1
      docker network create --ipv6 --subnet fd00:2::/64 n6
      docker run -d --name w1 --network n1 --link-local-ip fe80::5 bb
      docker run -d --name w2 --network n6 --link-local-ip fe80::5 bb
      docker run -d --name w3 bb
      docker network connect --link-local-ip fe80::6 n1 w3
      docker network connect --link-local-ip fe80::7 n6 w3
      docker run -d --name w4 --network n1 --link-local-ip 169.254.1.1 bb`,
    )
    const denied =
      /error setting interface \\?"veth[0-9a-f]{7}\\?" link local IPs to \[fe80::[56]\/64\]: permission denied/
    expect(result.error(2)).toMatch(denied)
    expect(result.error(5)).toMatch(
      new RegExp(`^failed to add interface veth[0-9a-f]{7} to sandbox: ${denied.source}$`),
    )
    expect([3, 4, 6, 7].map((step) => result.error(step))).toEqual([null, null, null, null])
    expect(result.plan.containers.get('w1')?.state).toBe('created')
    expect(result.ip('w4')).toBe('172.18.0.2')
  })
})

// 20.10.24, 26.1.5 and 28.5.2
describe.each([
  ['20', 'Invalid link-local IP address: [zz]', ''],
  ['26', 'invalid endpoint settings:\ninvalid link-local IP address: zz', ''],
  [
    '28',
    'invalid endpoint settings:\ninvalid link-local IP address: zz',
    'failed to set up container networking: ',
  ],
] as const)('a link-local address where there are no addresses (%s)', (engine, unreadable, start) => {
  const of = (network: string, address: string): string | null =>
    lab(
      engine,
      `docker run -d --name aa bb
      docker run -d --name w1 --network ${network} --link-local-ip ${address} bb`,
    ).error(1)

  it('is let pass when it is one', () => {
    for (const network of ['host', 'none', 'container:aa']) expect(of(network, '169.254.1.1')).toBe(null)
    expect(of('none', 'fe80::5')).toBe(null)
  })

  it('is refused when it is none', () => {
    for (const network of ['host', 'none']) {
      const config = engine === '20' ? '' : `invalid config for network ${network}: `
      expect(of(network, 'zz')).toBe(`${config}${unreadable}`)
      expect(of(network, '1.2.3.4')).toBe(`${start}invalid link local IP address: 1.2.3.4`)
    }
    expect(of('container:aa', 'zz')).toBe(
      engine === '20' ? null : `invalid config for network container:aa: ${unreadable}`,
    )
  })
})

describe('a container whose network was removed', () => {
  const commands = `docker network create n1
    docker network create n2
    docker run -d --name w1 --network n1 bb
    docker network disconnect n1 w1
    docker network rm n1
    docker network connect n2 w1
    docker create --name w2 --network nosuch bb
    docker network disconnect nosuch w2
    docker network connect none w2
    docker start w2
    docker restart w1
    docker network create n1
    docker network connect n2 w1`
  const missing = (name: string): string =>
    `could not find a network matching network mode ${name}: network ${name} not found`

  // 26.1.5 and 28.5.2
  it.each([
    ['26', ''],
    ['28', 'failed to set up container networking: '],
  ] as const)('joins no other from 26 on, until there is one of that name (%s)', (engine, start) => {
    const result = lab(engine, commands)
    expect(result.error(5)).toBe(missing('n1'))
    expect(result.error(9)).toBe(`${start}${missing('nosuch')}`)
    // On no network at all it starts; the refused one was not noted.
    expect([result.error(10), result.error(12)]).toEqual([null, null])
    expect(result.ip('w1', 'n2')).toBe('172.19.0.2')
  })

  // 20.10.24
  it('joins others on 20', () => {
    const result = lab('20', commands)
    expect([5, 9, 10].map((step) => result.error(step))).toEqual([null, null, null])
    expect(result.ip('w1', 'n2')).toBe('172.19.0.2')
  })
})

describe('a link to a container that neither runs nor is on the default bridge', () => {
  it.each([
    ['26', 'Cannot link to /w1, as it does not belong to the default network'],
    ['28', 'Cannot link to a non running container: /w1 AS /w2/w1'],
  ] as const)('is refused for one reason (%s)', (engine, message) => {
    const commands = `docker run -d --name w1 bb
      docker create --name w2 --link w1 bb
      docker network disconnect bridge w1
      docker stop w1
      docker start w2`
    expect(lab(engine, commands).error(4)).toBe(message)
  })
})

describe('--link beside --network none', () => {
  it('is refused by the clients up to 26', () => {
    const commands = 'docker run -d --name w1 bb\ndocker run -d --name w2 --network none --link w1 bb'
    const refusal = 'links are only supported for user-defined networks'
    expect((['20', '26', '28'] as const).map((engine) => lab(engine, commands).error(1))).toEqual([
      refusal,
      refusal,
      null,
    ])
  })
})

describe('what a refusal says', () => {
  const network = 'docker network create --subnet 10.1.0.0/24 n1'

  // RULES 5.4 has the words of docker run
  it('names the network at docker run, not at docker network connect', () => {
    const commands = `${network}
      docker run -d --name w1 bb
      docker network connect --ip 10.2.0.1 n1 w1
      docker run -d --name w2 --network n1 --ip 10.2.0.1 bb`
    const settings =
      'invalid endpoint settings:\nno configured subnet or ip-range contain the IP address 10.2.0.1'
    for (const engine of ['26', '28'] as const) {
      const result = lab(engine, commands)
      expect([result.error(2), result.error(3)]).toEqual([
        settings,
        `invalid config for network n1: ${settings}`,
      ])
    }
  })

  it('is about the address before it is about the name', () => {
    const commands = `${network}
      docker run -d --name w1 bb
      docker run -d --name w1 --network n1 --ip 10.x bb`
    expect(lab('20', commands).error(2)).toBe('invalid IPv4 address: 10.x')
    expect(lab('28', commands).error(2)).toMatch(/^invalid config for network n1: /)
  })

  it('begins with what could not be done', () => {
    const commands = `docker create --name w1 --network n1 bb
      docker restart w1
      docker kill w2
      docker network disconnect -f n1 w2
      ${network}
      docker network disconnect -f n1 w2
      docker run -d --name w3 bb
      docker network disconnect -f n2 w3`
    const words = (['20', '28'] as const).map((engine) => {
      const result = lab(engine, commands)
      return [result.error(1), result.error(2), result.error(3), result.error(5)]
    })
    const strange = ['network n1 not found', 'endpoint w2 not found']
    expect(words).toEqual([
      [
        'Cannot restart container w1: network n1 not found',
        'Cannot kill container: w2: No such container: w2',
        ...strange,
      ],
      [
        'Cannot restart container w1: failed to set up container networking: network n1 not found',
        'cannot kill container: w2: No such container: w2',
        ...strange,
      ],
    ])
    expect(lab('28', commands).error(7)).toMatch(/is not connected to the network n2$/)
  })

  it('is worded by the release when a pool is full', () => {
    const commands = `docker network create --subnet 10.1.0.0/32 n1
      docker run -d --name w1 bb
      docker network create --subnet 10.2.0.0/24 n2
      docker run -d --name w2 --network n2 --link w1 bb
      docker run -d --name w3 --link w2 bb`
    const full = (engine: '20' | '26' | '28') => lab(engine, commands).error(0)
    const gateway = 'failed to allocate gateway (): '
    expect([full('20'), full('26')]).toEqual([`${gateway}No available addresses on this pool`, null])
    expect(lab('26', commands).error(4)).toMatch(/^Cannot link to \/w2, as it does not belong/)
    expect(lab('28', commands).error(4)).toMatch(
      /container [0-9a-f]{64} not attached to default bridge network$/,
    )
  })
})

describe('an internal bridge', () => {
  it('has no gateway of its own choice from 25 on', () => {
    const command =
      'docker network create --internal --subnet 10.1.0.0/24 --aux-address DefaultGatewayIPv4=10.1.0.9 n1'
    const refusal = 'no gateway can be set on an internal bridge network'
    expect((['20', '26', '28'] as const).map((engine) => lab(engine, command).error(0))).toEqual([
      null,
      refusal,
      refusal,
    ])
  })
})

describe('fixed-cidr without bip', () => {
  // RULES 4.8 for 25+; 20.10 chooses the subnet first and takes the host part of the range.
  it('is the subnet from 25 on, and a part of the default one on 20.10', () => {
    const block = `daemon: { fixed-cidr: 192.168.100.128/29 }
      ---
      docker run -d --name w1 bb`
    const found = (['20', '26', '28'] as const).map((engine) => {
      const result = lab(engine, block)
      return [...result.subnets('bridge'), ...result.gateways('bridge'), result.ip('w1')]
    })
    const later = ['192.168.100.128/29', '192.168.100.129', '192.168.100.130']
    expect(found).toEqual([['172.17.0.0/16', '172.17.100.128', '172.17.100.129'], later, later])
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

describe('a container in the sandbox of another, or of the host', () => {
  const commands = `docker run -d --name w1 bb
    docker run -d --name w2 --network container:w1 --mac-address 92:d0:c6:0a:29:33 bb
    docker run -d --name w3 --network host --mac-address 92:d0:c6:0a:29:33 bb
    docker run -d --name w4 --network container:w1 --ip 10.0.0.1 bb
    docker create --name w5 bb
    docker run -d --name w6 --network container:w5 bb
    docker run -d --name w7 --network container:w7 bb
    docker run -d --name w8 --network container:w1 --dns 9.9.9.9 bb
    docker run -d --name w9 --network container:w1 --add-host a:1.2.3.4 bb`
  const said = (engine: '20' | '26' | '28', ...steps: readonly number[]) => {
    const result = lab(engine, commands)
    return steps.map((step) => result.error(step))
  }

  it('may be given a MAC from 26 on, but no address', () => {
    const conflict = 'conflicting options: mac-address and the network mode'
    expect(said('20', 1, 2)).toEqual([conflict, conflict])
    for (const engine of ['26', '28'] as const) {
      expect(said(engine, 1, 2)).toEqual([null, null])
      expect(said(engine, 3)).toEqual([
        'invalid config for network container:w1: invalid endpoint settings:\nuser specified IP address is supported on user defined networks only',
      ])
    }
  })

  it('waits for no other, and has no DNS of its own', () => {
    const dns = [
      'conflicting options: dns and the network mode',
      'conflicting options: custom host-to-IP mapping and the network mode',
    ]
    expect(said('26', 5, 6, 7, 8)).toEqual([
      expect.stringMatching(/^cannot join network of a non running container: [0-9a-f]{64}$/),
      'cannot join own network',
      ...dns,
    ])
    expect(said('28', 5, 6, 7, 8)).toEqual([
      'cannot join network namespace of a non running container: container w5 is created',
      'cannot join own network namespace',
      ...dns,
    ])
  })
})

describe('--mac-address after docker network disconnect and connect', () => {
  const commands = `docker network create n1
    docker run -d --name w1 --network n1 --mac-address 02:42:0a:09:01:07 bb
    docker network disconnect n1 w1
    docker network connect n1 w1`

  it('stays with the container on 20.10, and belongs to the endpoint that is gone from 26 on', () => {
    expect(lab('20', commands).mac('w1')).toBe('02:42:0a:09:01:07')
    expect(lab('26', commands).mac('w1')).toBe('02:42:ac:12:00:02')
    expect(lab('28', commands).mac('w1')).toBe('')
  })
})

describe('a container that shares a sandbox', () => {
  it.each(['20', '26', '28'] as const)(
    'means the one that was there, not a later one of that name (%s)',
    (engine) => {
      const result = lab(
        engine,
        `docker run -d --name w1 bb
       docker create --name w2 --network container:w1 bb
       docker create --name w3 --network container:w4 bb
       docker rm -f w1
       docker run -d --name w1 bb
       docker run -d --name w4 bb
       docker start w2
       docker start w3`,
      )
      expect(result.error(6)).toMatch(/No such container: [0-9a-f]{64}$/)
      expect(result.error(7)).toBeNull()
    },
  )
})

describe('--link to a container that is not there', () => {
  it('is refused beside --network none on 28, whose client lets it pass', () => {
    const result = lab('28', 'docker run -d --name w1 --network none --link w2 bb')
    expect(result.error(0)).toBe('could not get container for w2: No such container: w2')
  })

  it('is left to the engine beside --network default from 26 on', () => {
    const commands = 'docker run -d --name w1 bb\ndocker run -d --name w2 --network default --link w1 bb'
    expect(lab('20', commands).error(1)).toBe('links are only supported for user-defined networks')
    expect(lab('26', commands).error(1)).toBeNull()
  })
})

describe('a port from a range, on several networks', () => {
  it.each(['20', '26'] as const)('is taken anew with each network that is left or joined (%s)', (engine) => {
    const on = (name: string) =>
      lab(
        engine,
        `docker network create ${name}
         docker run -d --name w1 -p 8080-8082:80 bb
         docker network connect ${name} w1
         docker restart w1`,
      ).ports('w1')[0]
    // Left for n1 when bridge goes, then taken on bridge.
    expect(on('n1')).toBe('0.0.0.0:8082->80/tcp')
    // Moved to a1, left for bridge, taken on bridge, moved to a1.
    expect(on('a1')).toBe('0.0.0.0:8081->80/tcp')
  })

  it('is left to chance on 28, where the order of joining is', () => {
    const result = lab(
      '28',
      `docker network create n1
       docker network create n2
       docker run -d --name w1 --network n1 --network n2 -p 8080-8082:80 bb
       docker run -d --name w2 -p 8090-8092:80 bb`,
    )
    const certainty = (name: string) => result.plan.containers.get(name)?.ports[0]?.certainty
    expect(certainty('w1')).toBe('one-of-several')
    expect(certainty('w2')).toBe('computed')
  })
})
