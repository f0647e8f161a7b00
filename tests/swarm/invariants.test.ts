import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseAddress, parsePrefix } from '../../src/net/index.ts'
import { seeds } from '../support/seeds.ts'
import { createLab, type Lab } from './lab.ts'

type Step = (lab: Lab) => void

const name = fc.constantFrom('aa', 'bb', 'cc')
const host = fc.constantFrom('n1', 'n2', 'n3')
const replicas = fc.integer({ min: 0, max: 9 })

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(name, replicas, fc.boolean()).map<Step>(([n, count, dnsrr]) => (lab) => {
    lab.service(n, { replicas: count, on: ['net1'], endpointMode: dnsrr ? 'dnsrr' : 'vip' })
  }),
  fc.tuple(name, replicas).map<Step>(
    ([n, count]) =>
      (lab) =>
        void lab.scale(n, count),
  ),
  name.map<Step>((n) => (lab) => void lab.removeService(n)),
  fc.tuple(host, name).map<Step>(
    ([h, n]) =>
      (lab) =>
        void lab.run(h, `c-${n}`, 'net1'),
  ),
  fc.tuple(host, name).map<Step>(([h, n]) => (lab) => {
    lab.engines.get(h)!.execute({ op: 'container-rm', names: [`c-${n}`], force: true })
  }),
  fc.constantFrom('n2', 'n3').map<Step>((h) => (lab) => void lab.join(h)),
  fc.constantFrom('n2', 'n3').map<Step>((h) => (lab) => void lab.leave(h, true)),
)

/** Whatever is done to a swarm, its managers never give one address twice nor one outside of its subnet. */
function holds(steps: readonly Step[]): void {
  const lab = createLab('28', 3)
  lab.init()
  lab.network('net1', { subnet: '10.9.0.0/27', attachable: true })
  for (const one of steps) {
    one(lab)
    const addresses = Object.values(lab.addresses('net1'))
    expect(new Set(addresses).size).toBe(addresses.length)
    const subnet = parsePrefix('10.9.0.0/27')!
    for (const text of addresses) {
      const { value } = parseAddress(text)!
      // Neither the network's, nor the gateway's, nor the broadcast address.
      expect(value > subnet.first + 1n && value < subnet.first + 31n).toBe(true)
    }
    for (const cluster of lab.swarm.clusters()) {
      for (const service of cluster.services.values()) {
        const slots = service.tasks.map((t) => t.slot)
        expect(new Set(slots).size).toBe(slots.length)
        for (const task of service.tasks.filter((t) => t.started)) {
          expect(lab.engines.get(task.node)!.container(task.name)?.state).toBe('running')
        }
      }
    }
  }
}

it.each(seeds())('no address is given twice, whatever is asked (seed %i)', (seed) => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => holds(steps)),
    { seed, numRuns: 150 },
  )
})
