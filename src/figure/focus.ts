/**
 * A part of a plan: what the author wants to look at, what it is joined to, and how much there is besides. The part is
 * a plan too, so every view draws it.
 */

import type { Changes } from '../plan/changes.ts'
import { containersNamed } from '../plan/named.ts'
import type { Plan, PlanContainer, PlanNetwork } from '../plan/plan.ts'
import type { Located, Problem } from '../problem/problem.ts'
import type { View } from '../topology/topology.ts'
import type { Trace } from '../trace/trace.ts'
import type { Words } from '../words/words.ts'
import { isInSteps, namesIn, type Steps, take, unknown } from './focus-names.ts'
import { isGwbridge } from './part.ts'

export interface Focus {
  readonly plan: Plan
  /** Of which it is a part. */
  readonly whole: Plan
  /** By network: how many more containers are on it. */
  readonly moreOn: ReadonlyMap<string, number>
  /** By container: how many more networks it is on. */
  readonly moreOf: ReadonlyMap<string, number>
  readonly rest: FocusRest
}

/** How many there are that are not drawn: containers, networks that are written or used, hosts. */
export interface FocusRest {
  readonly containers: number
  readonly networks: number
  readonly hosts: number
}

export type FocusResult =
  | { readonly ok: true; readonly focus: Focus }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/**
 * Containers, services, networks and hosts by name. A container brings its networks, what it shares a sandbox with and
 * what it depends on there; a network brings its containers; a highlighted way brings all it passes.
 * What another of the steps has is not there yet, or no more, and brings nothing.
 */
export function focusOn(
  plan: Plan,
  names: readonly Located<string>[],
  traces: readonly Trace[],
  view: View | null = null,
  steps: Steps | null = null,
): FocusResult {
  const wanted = { containers: new Set<string>(), networks: new Set<string>() }
  const problems = names
    .flatMap(namesIn)
    .flatMap((name) =>
      take(plan, name.value, wanted) || isInSteps(steps, name.value) ? [] : [unknown(plan, name, steps)],
    )
  if (problems.length > 0) return { ok: false, problems }
  const containers = new Set(wanted.containers)
  const networks = new Set(wanted.networks)
  const onWay = new Set<string>()
  for (const { hops } of traces)
    for (const { container, network } of hops) {
      if (plan.containers.has(container)) onWay.add(container)
      if (plan.networks.has(network)) networks.add(network)
    }
  for (const name of onWay) containers.add(name)
  for (const name of wanted.containers) {
    const container = plan.containers.get(name)
    if (container === undefined) continue
    for (const mate of sandboxOf(plan, container)) containers.add(mate)
    for (const other of [...container.dependsOn, ...container.links.values()])
      for (const { name: found } of containersNamed(plan, other)) containers.add(found)
  }
  for (const name of [...containers]) {
    const owner = plan.containers.get(name)?.sharedWith ?? ''
    if (plan.containers.has(owner)) containers.add(owner)
  }
  for (const name of containers) {
    const container = plan.containers.get(name)
    if (container?.mode !== 'networks') for (const key of container?.endpoints.keys() ?? []) networks.add(key)
  }
  // What brings a container in is a network both are on, and a guest's networks are those of its sandbox.
  for (const name of wanted.containers) for (const key of networksOf(plan, name)) networks.add(key)
  for (const key of wanted.networks)
    for (const endpoint of plan.networks.get(key)?.endpoints.values() ?? [])
      if (endpoint.container !== '') containers.add(endpoint.container)
  // One that a way begins or ends at is drawn on its networks, also where the packet got to none.
  for (const name of onWay) {
    const own = networksOf(plan, name)
    if (!own.some((key) => networks.has(key))) for (const key of own) networks.add(key)
  }
  // Whose the addresses of a subnet are is told of all of them.
  if (view === 'addresses')
    for (const key of networks)
      for (const { container } of plan.networks.get(key)?.endpoints.values() ?? [])
        if (container !== '') containers.add(container)
  return { ok: true, focus: partOf(plan, containers, networks) }
}

function sandboxOf(plan: Plan, container: PlanContainer): readonly string[] {
  const owner = container.sharedWith === '' ? container.name : container.sharedWith
  return [...plan.containers.values()].filter((one) => one.sharedWith === owner).map((one) => one.name)
}

/** Keys of the networks that a container has an interface on, its own or that of its sandbox. */
function networksOf(plan: Plan, name: string): readonly string[] {
  const container = plan.containers.get(name)
  const owner = plan.containers.get(container?.sharedWith ?? '') ?? container
  return [...(owner?.endpoints.keys() ?? [])]
}

/** A container of which no network is drawn would stand there as one that has none: it is among the rest. */
function partOf(plan: Plan, among: ReadonlySet<string>, networks: ReadonlySet<string>): Focus {
  const isDrawable = (name: string): boolean => {
    const own = networksOf(plan, name)
    return own.length === 0 || own.some((key) => networks.has(key))
  }
  const containers = new Set([...among].filter(isDrawable))
  const moreOn = new Map<string, number>()
  const moreOf = new Map<string, number>()
  const keptContainers = new Map<string, PlanContainer>()
  for (const [name, container] of plan.containers) {
    if (!containers.has(name)) continue
    const endpoints = new Map([...container.endpoints].filter(([key]) => networks.has(key)))
    // docker_gwbridge is Docker's own, and no network that a reader would look for.
    const left = [...container.endpoints.keys()].filter((key) => {
      const network = plan.networks.get(key)
      return !endpoints.has(key) && network !== undefined && !isGwbridge(network)
    })
    if (left.length > 0) moreOf.set(name, left.length)
    keptContainers.set(name, { ...container, endpoints })
  }
  const keptNetworks = new Map<string, PlanNetwork>()
  for (const [key, network] of plan.networks) {
    if (!networks.has(key)) continue
    const kept = [...network.endpoints].filter(
      ([, { container }]) => container === '' || keptContainers.has(container),
    )
    const more = network.endpoints.size - kept.length
    if (more > 0) moreOn.set(key, more)
    keptNetworks.set(key, { ...network, endpoints: new Map(kept) })
  }
  const services = [...plan.services].filter(([, { tasks }]) =>
    tasks.some((task) => keptContainers.has(task)),
  )
  const hosts = plan.hosts.filter(
    ({ name }) =>
      [...keptContainers.values()].some((one) => one.host === name) ||
      [...keptNetworks.values()].some((one) => one.host === name),
  )
  return {
    plan: {
      ...plan,
      hosts: hosts.length > 0 ? hosts : plan.hosts,
      networks: keptNetworks,
      containers: keptContainers,
      services: new Map(services),
    },
    whole: plan,
    moreOn,
    moreOf,
    rest: {
      containers: plan.containers.size - keptContainers.size,
      networks: [...plan.networks.values()].filter(
        ({ key, span, endpoints }) =>
          !networks.has(key) &&
          (span !== null ||
            [...endpoints.values()].some(({ kind }) => kind === 'container' || kind === 'task')),
      ).length,
      hosts: hosts.length > 0 ? plan.hosts.length - hosts.length : 0,
    },
  }
}

/** Changes of what is in the part. */
export function focusedChanges(changes: Changes, { plan }: Focus): Changes {
  const isKept = ({ thing }: Changes['list'][number]): boolean =>
    (!('container' in thing) || plan.containers.has(thing.container)) &&
    (!('network' in thing) || plan.networks.has(thing.network)) &&
    (!('service' in thing) || plan.services.has(thing.service)) &&
    (!('host' in thing) || plan.hosts.some((host) => host.name === thing.host))
  return { ...changes, list: changes.list.filter(isKept) }
}

/** The part of a state that has the part's networks and containers, as far as they are there. */
export function focusedNow(after: Plan, { plan, whole }: Focus): Plan {
  const { networks, containers } = plan
  if (plan === whole) return after
  const now = partOf(after, new Set(containers.keys()), new Set(networks.keys())).plan
  return { ...now, hosts: plan.hosts }
}

/** One that says what is not drawn; none where all is. */
export function restSentence({ containers, networks, hosts }: FocusRest, words: Words): readonly string[] {
  return containers + networks + hosts === 0 ? [] : [words.focus.rest(containers, networks, hosts)]
}
