import { describe, expect, it } from 'vitest'
import { asText } from '../support/as-text.ts'
import { lab } from './lab.ts'

// moby libnetwork/sandbox.go: Less
describe('the endpoint that has the default route', () => {
  const both = `
    docker network create --subnet 10.1.0.0/24 aa
    docker network create --subnet 10.2.0.0/24 --ipv6 --subnet fd00:2::/64 zz
    docker create --name c1 --network aa bb
    docker network connect zz c1
    docker start c1`
  it.each(['20', '26', '27', '28', '29'] as const)(
    'has more gateway families than the others, in %s',
    (engine) => {
      expect(lab(engine, both).route('c1')).toBe('zz via 10.2.0.1')
    },
  )
  it.each(['20', '26', '27'] as const)('is eth0 up to 27: %s', (engine) => {
    expect(lab(engine, both).interfaces('c1')).toEqual({ zz: 'eth0', aa: 'eth1' })
  })
  it('is of the first name among equals', () => {
    const result = lab(
      '28',
      `
    docker network create --subnet 10.1.0.0/24 bb
    docker network create --subnet 10.2.0.0/24 aa
    docker create --name c1 --network bb i
    docker network connect aa c1
    docker start c1`,
    )
    expect(result.route('c1')).toBe('aa via 10.2.0.1')
  })
})

// moby libnetwork/drivers/ipvlan/ipvlan_network.go: GetSkipGwAlloc, ipvlan_joinleave.go
describe('ipvlan', () => {
  const of = (engine: '27' | '28' | '29', mode: string) =>
    lab(
      engine,
      `
    docker network create -d ipvlan -o parent=eth0 -o ipvlan_mode=${mode} --subnet 10.1.0.0/24 lan
    docker run -d --name c1 --network lan i`,
    )
  it.each(['l3', 'l3s'])(
    'in mode l3 and l3s keeps no gateway back from 28 on, and routes to its device: %s',
    (mode) => {
      for (const engine of ['28', '29'] as const) {
        const result = of(engine, mode)
        expect(result.gateways('lan')).toEqual([''])
        expect(result.ip('c1')).toBe('10.1.0.1')
        expect(asText(result.plan).containers.get('c1')?.defaultRoute).toEqual({ network: 'lan', via: '' })
      }
      expect(of('27', mode).ip('c1')).toBe('10.1.0.2')
    },
  )
  it('in mode l2 keeps one back up to 28', () => {
    expect(of('28', 'l2').ip('c1')).toBe('10.1.0.2')
    expect(of('29', 'l2').ip('c1')).toBe('10.1.0.1')
  })
})
