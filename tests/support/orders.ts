/** Plans of one block in other orders than our own: the oracle of what is left to chance. */
import { type Arrange, IN_ORDER } from '../../src/engine/order.ts'
import { addressText, formatCidr, formatSocket } from '../../src/net/index.ts'
import type { Certainty, Plan, PlanAddress } from '../../src/plan/plan.ts'
import { planInOrder } from '../../src/plan/plan-networks.ts'
import type { Problem } from '../../src/problem/problem.ts'
import type { Topology } from '../../src/topology/topology.ts'

/** A value, and whether it is marked as one of several. */
export interface Value {
  readonly text: string
  readonly marked: boolean
}

/** A shuffle of its own at every call. */
export function shuffled(seed: number): Arrange {
  let state = seed * 2_654_435_761 + 1
  const random = (below: number): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
  return (items) => {
    const list = [...items]
    for (let i = list.length - 1; i > 0; i--) {
      const j = random(i + 1)
      list.splice(j, 1, ...list.splice(i, 1, ...list.slice(j, j + 1)))
    }
    return list
  }
}

export interface Planned {
  readonly plan: Plan
  readonly problems: readonly Problem[]
}

export function planIn(topology: Topology, arrange: Arrange): Planned {
  const problems: Problem[] = []
  return { plan: planInOrder(topology, (one) => problems.push(one), null, 'exists', arrange), problems }
}

/** All that a plan says and how sure it is of it, by what has it. */
export function valuesOf({ networks, containers, services }: Plan): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>()
  const put = (key: string, text: string, certainty: Certainty): void =>
    void values.set(key, { text, marked: certainty === 'one-of-several' })
  const putAddress = (key: string, address: PlanAddress | null): void => {
    if (address !== null)
      put(`${key} v${address.address.family}`, addressText(address.address), address.certainty)
  }
  for (const network of networks.values()) {
    for (const [i, subnet] of network.subnets.entries())
      if (subnet.used) put(`subnet ${network.key} ${i}`, formatCidr(subnet), subnet.certainty)
    put(`vni ${network.key}`, network.vni.join(), network.vniCertainty)
    for (const { name, ipv4, ipv6 } of network.endpoints.values()) {
      putAddress(`endpoint ${network.key} ${name}`, ipv4)
      putAddress(`endpoint ${network.key} ${name}`, ipv6)
    }
  }
  for (const container of containers.values()) {
    const { name } = container
    put(`host ${name}`, container.host, container.placement)
    for (const { ip, port, target, protocol, certainty } of container.ports)
      put(`port ${name} ${target}/${protocol} ${ip.family}`, formatSocket(ip, port), certainty)
    for (const [key, { interface: text, interfaceCertainty }] of container.endpoints)
      put(`interface ${name} ${key}`, text, interfaceCertainty)
  }
  for (const service of services.values()) {
    for (const [key, vip] of service.vips) putAddress(`vip ${service.name} ${key}`, vip)
  }
  return values
}

export interface Verdict {
  /** Other in another order, and not marked. */
  readonly unmarked: readonly string[]
  /** Marked, and the same in every order. */
  readonly certain: readonly string[]
}

/** What a plan says wrongly of chance, by plans in other orders; marks are held against more orders than the rest. */
export function judge(topology: Topology, orders: readonly Arrange[], more: readonly Arrange[]): Verdict {
  const own = valuesOf(planIn(topology, IN_ORDER).plan)
  const seen = new Map<string, Set<string>>()
  const look = (arrange: Arrange): void => {
    for (const [key, { text }] of valuesOf(planIn(topology, arrange).plan))
      seen.set(key, (seen.get(key) ?? new Set<string>()).add(text))
  }
  for (const arrange of [IN_ORDER, ...orders]) look(arrange)
  const varies = (key: string): boolean => (seen.get(key)?.size ?? 0) > 1
  const isDoubted = (): boolean => [...own].some(([key, { marked }]) => marked && !varies(key))
  for (const arrange of more) {
    if (!isDoubted()) break
    look(arrange)
  }
  const tell = (key: string): string => `${key}: ${[...(seen.get(key) ?? [])].join(' | ')}`
  return {
    unmarked: [...own].filter(([key, { marked }]) => !marked && varies(key)).map(([key]) => tell(key)),
    certain: [...own].filter(([key, { marked }]) => marked && !varies(key)).map(([key]) => tell(key)),
  }
}
