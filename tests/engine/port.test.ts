import { describe, expect, it } from 'vitest'
import { lab } from './lab.ts'

// moby libnetwork/portallocator/portallocator.go; drivers/bridge/port_mapping_linux.go
describe('published ports', () => {
  it('are bound on all addresses of both families', () => {
    expect(lab('28', 'docker run -d --name c1 -p 8080:80 bb').ports('c1')).toEqual([
      '0.0.0.0:8080->80/tcp',
      '[::]:8080->80/tcp',
    ])
  })

  it('are IPv4 alone without docker-proxy, when the container is', () => {
    const result = lab('28', 'daemon: { userland-proxy: false }\n---\ndocker run -d --name c1 -p 8080:80 bb')
    expect(result.ports('c1')).toEqual(['0.0.0.0:8080->80/tcp'])
  })

  it('without a host port are ephemeral, one after another, also after they are freed', () => {
    const result = lab(
      '28',
      `docker run -d --name c1 -p 80 bb
      docker run -d --name c2 -p 80 bb
      docker rm -f c1
      docker run -d --name c3 -p 80 bb`,
    )
    expect([result.ports('c2')[0], result.ports('c3')[0]]).toEqual([
      '0.0.0.0:32769->80/tcp',
      '0.0.0.0:32770->80/tcp',
    ])
  })

  it('of a range for one port are the next free of the range', () => {
    const result = lab(
      '28',
      `docker run -d --name c1 -p 7000-7001:80 bb
      docker run -d --name c2 -p 7000-7001:80 bb
      docker run -d --name c3 -p 7000-7001:80 bb`,
    )
    expect([result.ports('c1')[0], result.ports('c2')[0]]).toEqual([
      '0.0.0.0:7000->80/tcp',
      '0.0.0.0:7001->80/tcp',
    ])
    expect(result.error(2)).not.toBeNull()
  })

  it('of two ranges go in parallel', () => {
    expect(lab('28', 'docker run -d --name c1 -p 127.0.0.1:9000-9001:80-81 bb').ports('c1')).toEqual([
      '127.0.0.1:9000->80/tcp',
      '127.0.0.1:9001->81/tcp',
    ])
  })

  it('clash, and the container stays created without an address', () => {
    const result = lab(
      '28',
      `docker run -d --name c1 -p 8080:80 bb
      docker run -d --name c2 -p 8080:81 bb
      docker run -d --name c3 -p 127.0.0.1:8080:81 bb
      docker run -d --name c4 -p 8080:81/udp bb`,
    )
    expect(result.error(1)).toMatch(
      /^failed to set up container networking: driver failed programming external connectivity on endpoint c2 \([0-9a-f]{64}\): Bind for 0\.0\.0\.0:8080 failed: port is already allocated$/,
    )
    // A real 28.5.2 names the address that has the port.
    expect(result.error(2)).toContain('Bind for 0.0.0.0:8080 failed: port is already allocated')
    expect([result.plan.containers.get('c2')?.state, result.ip('c4')]).toEqual(['created', '172.17.0.3'])
  })

  // RULES 11.2: a specific address clashes with 0.0.0.0; seen on real 20.10.24 and 26.1.5
  it('clash in the kernel up to 26, which moves a range on', () => {
    for (const engine of ['20', '26'] as const) {
      const result = lab(
        engine,
        `docker run -d --name c1 -p 8080:80 bb
        docker run -d --name c2 -p 127.0.0.1:8080:81 bb
        docker run -d --name c3 -p 127.0.0.1:8080-8081:81 bb
        docker run -d --name c4 -p 127.0.0.1:8080-8081:81 bb`,
      )
      const why = 'Error starting userland proxy: listen tcp4 127.0.0.1:8080: bind: address already in use'
      expect([result.error(1), result.error(2)]).toEqual([
        expect.stringContaining(why),
        expect.stringContaining(why),
      ])
      expect(result.ports('c4')).toEqual(['127.0.0.1:8081->81/tcp'])
    }
  })

  it('are left to the engine when the port of the host is 0', () => {
    for (const engine of ['20', '26', '28'] as const)
      expect(lab(engine, 'docker run -d --name c1 -p 0:80 bb').ports('c1')[0]).toBe('0.0.0.0:32768->80/tcp')
  })

  it('are free again when the container stops', () => {
    const result = lab(
      '28',
      `docker run -d --name c1 -p 8080:80 bb
      docker stop c1
      docker run -d --name c2 -p 8080:80 bb
      docker start c1`,
    )
    expect([result.error(2), result.error(3)]).toEqual([
      null,
      expect.stringContaining('port is already allocated'),
    ])
  })

  it('on an address that is not the host’s are refused', () => {
    const of = (engine: '26' | '28') =>
      lab(
        engine,
        'hosts: { h1: { address: 198.51.100.11/24 } }\n---\ndocker run -d --name c1 -p 1.2.3.4:81:80 bb',
      ).error(0)
    expect(of('28')).toContain(
      'failed to bind host port for 1.2.3.4:81:172.17.0.2:80/tcp: cannot assign requested address',
    )
    expect(of('26')).toContain(
      'Error starting userland proxy: listen tcp4 1.2.3.4:81: bind: cannot assign requested address',
    )
  })

  it('obey host_binding_ipv4', () => {
    const result = lab(
      '28',
      `docker network create -o com.docker.network.bridge.host_binding_ipv4=127.0.0.1 n1
      docker run -d --name c1 --network n1 -p 8086:80 bb`,
    )
    expect(result.ports('c1')).toEqual(['127.0.0.1:8086->80/tcp'])
  })

  it('are none on internal networks, macvlan and in host mode', () => {
    const result = lab(
      '28',
      `docker network create --internal n1
      docker run -d --name c1 --network n1 -p 8080:80 bb
      docker network create -d macvlan -o parent=eth0 n2
      docker run -d --name c2 --network n2 -p 8080:80 bb
      docker run -d --name c3 --network host -p 8080:80 bb
      docker run -d --name c4 -p 8080:80 bb`,
    )
    expect(['c1', 'c2', 'c3'].flatMap(result.ports)).toEqual([])
    expect(result.error(5)).toBeNull()
  })

  it('move with the default route', () => {
    const result = lab(
      '28',
      `docker network create -o com.docker.network.bridge.host_binding_ipv4=127.0.0.1 alpha
      docker network create zeta
      docker run -d --name c1 --network zeta -p 8080:80 bb
      docker network connect alpha c1`,
    )
    expect(result.ports('c1')).toEqual(['127.0.0.1:8080->80/tcp'])
  })

  it('with -P are those exposed', () => {
    expect(lab('28', 'docker run -d --name c1 -P --expose 80 bb').ports('c1')[0]).toBe(
      '0.0.0.0:32768->80/tcp',
    )
  })
})
