/** Rules of the managers that changes of the source went past unnoticed, each by what is seen of it. */
import { describe, expect, it } from 'vitest'
import { PLAIN_NETWORK } from '../../src/engine/operation.ts'
import { createLab } from './lab.ts'

const port = (published: number | null, target: number, mode: 'ingress' | 'host' = 'ingress') => ({
  published,
  target,
  protocol: 'tcp' as const,
  mode,
})

describe('the scheduler', () => {
  it('counts plain containers on networks of the swarm among the tasks of a node', () => {
    const lab = createLab('28', 2)
    lab.init()
    lab.join('n2')
    lab.network('net', { attachable: true })
    lab.run('n1', 'c1', 'net')
    lab.service('web', { on: ['net'] })
    expect(
      lab.swarm
        .clusters()[0]!
        .services.get('web')!
        .tasks.map(({ node }) => node),
    ).toEqual(['n2'])
  })
})

describe('ports', () => {
  it('of one’s own choice are passed over by automatic ones', () => {
    const lab = createLab()
    lab.init()
    lab.service('own', { ports: [port(30000, 80)] })
    lab.service('any', { ports: [port(null, 80)] })
    const { services } = lab.swarm.clusters()[0]!
    expect(services.get('any')!.ports.map(({ published }) => published)).toEqual([30001])
  })

  it('in host mode are published by the container of the task, those of the mesh are not', () => {
    const lab = createLab()
    lab.init()
    lab.service('web', { ports: [port(8080, 80, 'host'), port(8081, 81)] })
    const ports = lab.engines.get('n1')!.container('web.1')?.sandbox?.ports ?? []
    expect([...new Set(ports.map(({ hostPort, containerPort }) => `${hostPort}:${containerPort}`))]).toEqual([
      '8080:80',
    ])
  })
})

describe('what could not be had', () => {
  it('is given when an address is free again', () => {
    const lab = createLab()
    lab.init()
    // .1 is the gateway, and .2 to .6 are left.
    lab.network('net', { subnet: '10.9.0.0/29' })
    lab.service('aa', { on: ['net'], replicas: 2 })
    lab.service('bb', { on: ['net'] })
    expect(lab.addresses('net')['bb.1']).toBeUndefined()
    lab.removeService('aa')
    expect(lab.addresses('net')['bb.1']).toMatch(/^10\.9\.0\.[2-6]$/)
  })

  it('is said of a mask that no pool can be cut by', () => {
    expect(createLab().init('n1', '10.20.0.0/16', '/33')).toMatchObject({ code: 'INVALID_ADDRESS_POOL' })
  })
})

describe('a node that leaves', () => {
  it('keeps its containers on its own networks', () => {
    const lab = createLab()
    lab.init()
    lab.engines.get('n1')!.execute({ ...PLAIN_NETWORK, name: 'own' })
    lab.run('n1', 'c1', 'own')
    lab.leave('n1', true)
    expect(lab.interfaces('n1', 'c1')).toHaveLength(2)
  })
})
