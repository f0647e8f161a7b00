/** Which orders need not be planned again. */
import { describe, expect, it } from 'vitest'
import { type Arrange, BACKWARD, IN_ORDER, shuffled } from '../../src/engine/order.ts'
import { createChoices } from '../../src/plan/chance/choices.ts'
import { besideOtherOrders } from '../../src/plan/chance/other-orders.ts'
import { plannerOf } from '../../src/plan/plan-networks.ts'
import { readTopology } from '../../src/topology/read.ts'

/** Two choices; how the first falls out says how many things the second has. */
const run = (arrange: Arrange): string => {
  const first = arrange(['a', 'b'])
  const second = arrange(first[0] === 'a' ? ['c', 'd'] : ['e'])
  return [...first, ...second].join('')
}

describe('an order', () => {
  it('is known when one before it arranged every choice alike, and what came out then is kept', () => {
    const choices = createChoices<string>()
    expect(choices.known(BACKWARD)).toBeNull()
    choices.plan(BACKWARD, run)
    expect(choices.known(BACKWARD)).toBe('bae')
  })
  it('is not known when it arranges the last choice alone in another way', () => {
    const choices = createChoices<string>()
    const lastAnother = (): Arrange => {
      let met = 0
      return (items) => (met++ === 0 ? [...items] : BACKWARD(items))
    }
    choices.plan((items) => [...items], run)
    expect(choices.known(lastAnother())).toBeNull()
    expect(choices.plan(lastAnother(), run)).toBe('abdc')
  })
  it('of our own is not the same as one by chance that puts all in our order', () => {
    const choices = createChoices<string>()
    choices.plan(IN_ORDER, run)
    expect(choices.known(IN_ORDER)).toBe('abcd')
    expect(choices.known((items) => [...items])).toBeNull()
  })
  it('is given the very things to arrange, and gives back our own order untouched', () => {
    const items = [{}, {}, {}]
    createChoices<null>().plan(IN_ORDER, (arrange) => {
      expect(arrange(items)).toBe(items)
      return null
    })
    createChoices<null>().plan(BACKWARD, (arrange) => {
      const [first, ...others] = arrange(items)
      expect(first).toBe(items[2])
      expect(others).toHaveLength(2)
      return null
    })
  })
})

describe('all orders are known', () => {
  it('when each arrangement of each choice has been planned, and not before', () => {
    const choices = createChoices<string>()
    choices.plan(IN_ORDER, run)
    const seen = new Set<string>()
    for (let i = 1; i < 60; i++) {
      const isNew = choices.known(shuffled(i)) === null
      expect(isNew).toBe(!seen.has(run(shuffled(i))))
      if (isNew) seen.add(choices.plan(shuffled(i), run))
      expect(choices.isComplete()).toBe(seen.size === 3)
    }
    expect([...seen].sort()).toEqual(['abcd', 'abdc', 'bae'])
  })
  it('at once where nothing is to be arranged', () => {
    const choices = createChoices<string>()
    choices.plan(IN_ORDER, (arrange) => [...arrange(['a']), ...arrange([])].join(''))
    expect(choices.isComplete()).toBe(true)
  })
})

/** How often a block is planned, our own order included. */
function plansOf(block: string): number {
  const topology = readTopology(block, () => {})
  if (topology === null) throw new Error(block)
  const planIn = plannerOf(topology, null, 'exists')
  let count = 0
  besideOtherOrders(
    topology,
    (arrange) => {
      count += 1
      return planIn(arrange)
    },
    () => false,
  )
  return count
}

describe('a block is planned', () => {
  const services = (count: number): string =>
    Array.from({ length: count }, (_, i) => `  s${i}: { image: i }`).join('\n')
  it('once where nothing is left to chance', () => {
    expect(plansOf(`services:\n${services(1)}`)).toBe(1)
  })
  it('in each order once where there are few', () => {
    expect(plansOf(`services:\n${services(2)}`)).toBe(3)
  })
  it('until nothing new is found where a task of a stack is alone on its node whatever comes first', () => {
    const block = `hosts: { h1: { address: 192.0.2.11/24, role: manager }, h2: { address: 192.0.2.12/24 } }
swarm: true
networks: { n: { driver: overlay } }
services:
  db: { image: i, networks: [n], deploy: { placement: { constraints: [node.hostname == h1] } } }
  web: { image: i, networks: [n], ports: ["8080:80"], deploy: { replicas: 2 } }`
    expect(plansOf(block)).toBeLessThan(20)
  })
})
