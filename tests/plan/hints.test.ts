/** What a hint says to write works when it is written, and names what is in the way. */
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { planSource } from '../../src/compile.ts'

interface Told {
  readonly code: string
  readonly hint: string
}

function told(block: object | readonly string[]): readonly Told[] {
  const { problems } = planSource(stringify(Array.isArray(block) ? { commands: block } : block))
  return problems
    .filter(({ severity }) => severity === 'error')
    .map(({ code, hint }) => ({ code, hint: hint ?? '' }))
}

describe('a hint names the holder of an address', () => {
  const hosts = { host: { address: '192.168.34.10/24', interfaces: { eth1: '192.168.34.11/24' } } }
  const first =
    'docker network create -d macvlan --subnet 192.168.34.0/24 --gateway 192.168.34.1 -o parent=eth0 --ip-range 192.168.34.2/32 --aux-address nas=192.168.34.9 one'
  const second = (more: string): string =>
    `docker network create -d macvlan --subnet 192.168.34.0/24 -o parent=eth1 --ip-range 192.168.34.64/28 ${more} two`
  it('of another network on the same subnet: its gateway', () => {
    const [problem] = told({ hosts, commands: [first, second('--gateway 192.168.34.1')] })
    expect(problem?.code).toBe('ADDRESS_IN_USE')
    expect(problem?.hint).toContain('192.168.34.1 is the gateway of network "one"')
  })
  it('its auxiliary address, its container', () => {
    const commands = [first, 'docker run -d --name web --network one bb']
    expect(told({ hosts, commands: [...commands, second('--gateway 192.168.34.2')] })[0]?.hint).toContain(
      '192.168.34.2 is the address of "web"',
    )
    expect(told({ hosts, commands: [first, second('--gateway 192.168.34.9')] })[0]?.hint).toContain(
      'auxiliary address "nas"',
    )
    expect(
      told({
        hosts,
        commands: [...commands, second(''), 'docker run -d --name db --network two --ip 192.168.34.2 bb'],
      })[0]?.hint,
    ).toContain('192.168.34.2 is the address of "web"')
  })
  it('when a stopped container starts again', () => {
    const [problem] = told([
      'docker network create --subnet 10.5.0.0/24 n',
      'docker run -d --name first --network n bb',
      'docker run -d --name other --network n --ip 10.5.0.9 bb',
      'docker stop other',
      'docker run -d --name second --network n --ip 10.5.0.9 bb',
      'docker start other',
    ])
    expect(problem?.hint).toContain('10.5.0.9 is the address of "second"')
  })
})

describe('a hint on a network that was made anew', () => {
  const before = ['docker network create n', 'docker run -d --name ca --network n bb', 'docker stop ca']
  it('works, whether the new one is there', () => {
    const commands = [...before, 'docker network rm n', 'docker network create n', 'docker start ca']
    const [problem] = told(commands)
    expect(problem?.code).toBe('NETWORK_NOT_FOUND')
    const [, join = '', start = ''] =
      /: (docker network connect [^,]*), then (docker start [^.]*)\./.exec(problem?.hint ?? '') ?? []
    expect(told([...commands.slice(0, -1), join, start])).toEqual([])
  })
  it('or is not', () => {
    const commands = [...before, 'docker network rm n', 'docker start ca']
    const [problem] = told(commands)
    const [, make = '', join = '', start = ''] =
      /Run (docker network create [^,]*), then (docker network connect [^,]*), then (docker start [^.]*)\./.exec(
        problem?.hint ?? '',
      ) ?? []
    expect(told([...commands.slice(0, -1), make, join, start])).toEqual([])
  })
})

describe('a command line in a hint quotes what a shell would take apart', () => {
  const lineIn = (hint = ''): string => hint.replace(/^.*?: (docker [^:]*)\.$/, '$1')
  it('of a configuration that is not there', () => {
    const commands = ["docker network create --config-from 'my conf' n"]
    const line = lineIn(told(commands)[0]?.hint)
    expect(line).toBe("docker network create --config-only 'my conf'")
    expect(told([line, ...commands])).toEqual([])
  })
  it('of a network that only configures others', () => {
    const commands = [
      "docker network create --config-only 'my conf'",
      "docker run -d --name aa --network 'my conf' bb",
    ]
    expect(lineIn(told(commands)[0]?.hint)).toBe("docker network create --config-from 'my conf' NAME")
  })
  it('of a network that was made anew', () => {
    const commands = [
      "docker network create 'my net'",
      "docker run -d --name ca --network 'my net' bb",
      'docker stop ca',
      "docker network rm 'my net'",
      'docker start ca',
    ]
    expect(told(commands)[0]?.hint).toContain(
      "Run docker network create 'my net', then docker network connect 'my net' ca, then docker start ca.",
    )
  })
})

it('a fixed address on the default bridge needs a network of its own, on which any of its addresses works', () => {
  const [problem] = told(['docker run -d --name web --ip 172.17.0.9 bb'])
  expect(problem?.code).toBe('STATIC_ADDRESS_NOT_SUPPORTED')
  expect(problem?.hint).toContain('docker network create mynet')
  expect(
    told(['docker network create mynet', 'docker run -d --name web --network mynet --ip 172.18.0.9 bb']),
  ).toEqual([])
})
