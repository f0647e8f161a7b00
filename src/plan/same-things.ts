/** An earlier state under the names of a later one: what was renamed is still the same thing. */
import type { Plan, PlanContainer, PlanEndpoint, PlanNetwork, PlanRoute } from './plan.ts'

export interface SameThings {
  /** The earlier state, by the keys of the later one. */
  readonly before: Plan
  /** Former names, by key of a container, of those that have another now. */
  readonly formerNames: ReadonlyMap<string, string>
}

/** Ends the key of a container whose name another one has taken: unseen, since both are called so. */
const NAMESAKE = '\u00a0'

export function sameThings(before: Plan, after: Plan): SameThings {
  const keys = containerKeys(before, after)
  const formerNames = new Map<string, string>()
  for (const [old, now] of keys) {
    const [was, is] = [before.containers.get(old), after.containers.get(now)]
    if (was !== undefined && is !== undefined && bareName(was) !== bareName(is))
      formerNames.set(now, bareName(was))
  }
  const networks = networkKeys(before, after)
  const isSame = [...keys, ...networks].every(([old, now]) => old === now)
  return { before: isSame ? before : withKeys(before, keys, networks), formerNames }
}

/** Without the host that a key has where several hosts have one of the name. */
const bareName = ({ name, host }: PlanContainer): string =>
  name.endsWith(`@${host}`) ? name.slice(0, -host.length - 1) : name

const identity = ({ host, serial }: PlanContainer): string => `${host} ${serial}`

type Keys = ReadonlyMap<string, string>

function containerKeys(before: Plan, after: Plan): Keys {
  const now = new Map([...after.containers].map(([key, container]) => [identity(container), key]))
  const byName = new Map(
    [...after.containers].map(([key, container]) => [`${container.host} ${bareName(container)}`, key]),
  )
  const kept = new Set(
    [...before.containers.values()].flatMap((container) => now.get(identity(container)) ?? []),
  )
  return new Map(
    [...before.containers].map(([key, container]) => {
      const same = now.get(identity(container))
      if (same !== undefined) return [key, same]
      // Gone, or made anew under its name, or gone and its name given to another that was there.
      const namesake = byName.get(`${container.host} ${bareName(container)}`)
      if (namesake === undefined) return [key, after.containers.has(key) ? `${key}${NAMESAKE}` : key]
      return [key, kept.has(namesake) ? `${key}${NAMESAKE}` : namesake]
    }),
  )
}

function networkKeys(before: Plan, after: Plan): Keys {
  const now = new Map([...after.networks].map(([key, { host, name }]) => [`${host} ${name}`, key]))
  return new Map(
    [...before.networks].map(([key, { host, name }]) => [key, now.get(`${host} ${name}`) ?? key]),
  )
}

function withKeys(plan: Plan, containers: Keys, networks: Keys): Plan {
  const container = (key: string): string => containers.get(key) ?? key
  const network = (key: string): string => networks.get(key) ?? key
  const by = <T>(all: ReadonlyMap<string, T>, key: (old: string) => string): ReadonlyMap<string, T> =>
    new Map([...all].map(([old, value]) => [key(old), value]))
  const route = (own: PlanRoute | null): PlanRoute | null =>
    own === null ? null : { ...own, network: network(own.network) }
  const endpoint = (own: PlanEndpoint): PlanEndpoint => ({
    ...own,
    name: own.container === own.name ? container(own.name) : own.name,
    container: own.container === '' ? '' : container(own.container),
  })
  return {
    ...plan,
    networks: new Map(
      [...plan.networks].map(([key, own]): [string, PlanNetwork] => {
        const endpoints = [...own.endpoints.values()].map(endpoint)
        return [
          network(key),
          { ...own, key: network(key), endpoints: new Map(endpoints.map((one) => [one.name, one])) },
        ]
      }),
    ),
    containers: new Map(
      [...plan.containers].map(([key, own]): [string, PlanContainer] => [
        container(key),
        {
          ...own,
          name: container(key),
          sharedWith: container(own.sharedWith),
          dependsOn: own.dependsOn.map(container),
          endpoints: by(own.endpoints, network),
          defaultRoute: route(own.defaultRoute),
          defaultRoute6: route(own.defaultRoute6),
        },
      ]),
    ),
    services: new Map(
      [...plan.services].map(([name, own]) => [
        name,
        { ...own, vips: by(own.vips, network), tasks: own.tasks.map(container) },
      ]),
    ),
  }
}
