/** `print=inspect` of containers and services. */
import { describe, expect, it } from 'vitest'
import { print } from '../../src/library.ts'

function inspected(block: string, what: string) {
  const printed = print(block, `inspect:${what}`)
  if (!printed.ok) throw new Error(JSON.stringify(printed.problems))
  return JSON.parse(printed.text)[0]
}

const COMMANDS = `
commands:
- docker network create n
- docker run -d --name web --network n --network-alias al -p 8080:80 --expose 90 --dns 192.0.2.9 --add-host up:host-gateway nginx
- docker run -d --name db redis
`

describe('print=inspect of a container', () => {
  it('has what the plan decides, and placeholders for what is random', () => {
    expect(inspected(`engine: 28${COMMANDS}`, 'web')).toEqual({
      Id: '<id of web>',
      State: { Status: 'running' },
      Name: '/web',
      HostConfig: { Dns: ['192.0.2.9'], ExtraHosts: ['up:host-gateway'] },
      Config: { Hostname: '<id of web>', Image: 'nginx' },
      NetworkSettings: {
        Ports: {
          '80/tcp': [
            { HostIp: '0.0.0.0', HostPort: '8080' },
            { HostIp: '::', HostPort: '8080' },
          ],
          '90/tcp': null,
        },
        Networks: {
          n: {
            Aliases: ['al'],
            MacAddress: '<random>',
            GwPriority: 0,
            Gateway: '172.18.0.1',
            IPAddress: '172.18.0.2',
            IPPrefixLen: 16,
            IPv6Gateway: '',
            GlobalIPv6Address: '',
            GlobalIPv6PrefixLen: 0,
          },
        },
      },
    })
  })
  it('has neither priorities nor random MACs in 26', () => {
    const { n } = inspected(`engine: 26${COMMANDS}`, 'web').NetworkSettings.Networks
    expect(n).toMatchObject({ MacAddress: '02:42:ac:12:00:02' })
    expect(n).not.toHaveProperty('GwPriority')
  })
  it('does not tell settings of the engine as its own', () => {
    const block = `daemon: { dns: [192.0.2.53] }${COMMANDS}`
    expect(inspected(block, 'db').HostConfig).toEqual({})
  })
})

it('print=inspect of a service has its addresses and ports', () => {
  const block = `
engine: 28
hosts: { n1: { address: 10.1.0.1/24 } }
swarm: true
commands:
- docker network create -d overlay ov
- docker service create --name web --network ov --replicas 2 -p 8080:80 nginx
`
  expect(inspected(block, 'web')).toMatchObject({
    Spec: { Name: 'web', Mode: { Replicated: { Replicas: 2 } } },
    Endpoint: {
      Spec: { Mode: 'vip' },
      Ports: [{ Protocol: 'tcp', TargetPort: 80, PublishedPort: 8080, PublishMode: 'ingress' }],
      VirtualIPs: [
        { NetworkID: '<id of ingress>', Addr: '10.0.0.3/24' },
        { NetworkID: '<id of ov>', Addr: '10.0.1.2/24' },
      ],
    },
  })
})

it('a network goes before a container of its name', () => {
  const block = 'commands: [docker network create web, docker run -d --name web nginx]'
  expect(inspected(block, 'web')).toHaveProperty('IPAM')
})
