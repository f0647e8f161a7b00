/** What a part of a figure is named by: containers, services, networks and hosts. */

import { containersNamed, networksNamed } from '../plan/named.ts'
import type { Plan } from '../plan/plan.ts'
import { nearest } from '../problem/nearest.ts'
import type { Located, Problem } from '../problem/problem.ts'
import { say, worded } from '../problem/say.ts'

/** What was asked for by name. */
export interface Wanted {
  readonly containers: Set<string>
  readonly networks: Set<string>
}

/** Adds what is called that; `false` where nothing is. */
export function take(plan: Plan, name: string, wanted: Wanted): boolean {
  const containers = containersNamed(plan, name)
  const networks = [
    ...networksNamed(plan, name),
    ...[...plan.networks.values()].filter((network) => network.name === name),
  ]
  // A service and a network may have one name: then both are meant.
  for (const { name: found } of containers) wanted.containers.add(found)
  for (const { key } of networks) wanted.networks.add(key)
  if (containers.length > 0 || networks.length > 0) return true
  const onHost = plan.hosts.some((host) => host.name === name)
    ? [...plan.containers.values()].filter((container) => container.host === name)
    : []
  for (const { name: found } of onHost) wanted.containers.add(found)
  return onHost.length > 0
}

/** `web, db` is two names, each with its place; what has no name in it is told as it stands. */
export function namesIn(written: Located<string>): readonly Located<string>[] {
  const { value, span } = written
  const quotes = span.end - span.start - value.length
  // With an escape in the quotes, or from a command line, only the whole has a place.
  const from = quotes === 0 ? span.start : quotes === 2 ? span.start + 1 : null
  const names = [...value.matchAll(/[^\s,]+/g)].map(({ 0: name, index }) => ({
    value: name,
    span: from === null ? span : { start: from + index, end: from + index + name.length },
  }))
  return names.length === 0 || (names.length === 1 && names[0]?.value === value) ? [written] : names
}

/** The steps of a model that are drawn one beside the other, as `steps=` has them. */
export interface Steps {
  readonly first: number
  readonly last: number
  readonly plans: readonly Plan[]
}

/** Whether any of the steps has what is called that. */
export const isInSteps = (steps: Steps | null, name: string): boolean =>
  steps?.plans.some((plan) => take(plan, name, { containers: new Set(), networks: new Set() })) === true

export function unknown(now: Plan, { value, span }: Located<string>, steps: Steps | null): Problem {
  const plans = steps?.plans ?? [now]
  const all = plans.flatMap((plan) => [...plan.containers.values()])
  const containers = [...new Set(all.map(({ name }) => name))]
  const services = all.map(({ service }) => service).filter((name) => name !== '')
  const networks = plans.flatMap((plan) => [...plan.networks.values()].map((network) => network.name))
  const hosts = now.hosts.map((host) => host.name)
  const near = nearest(value, [...containers, ...services, ...networks, ...now.networkNames.keys(), ...hosts])
  // Some of each kind, so that the many do not hide the few.
  const known = [...containers.slice(0, 8), ...[...new Set(networks)].slice(0, 6), ...hosts.slice(0, 3)]
  return {
    code: 'UNKNOWN_FOCUS',
    severity: 'error',
    ...worded(
      steps === null
        ? say`nothing is called "${value}"`
        : say`nothing is called "${value}" in steps ${steps.first} to ${steps.last}`,
      near === null ? say`Known: ${known.join(', ')}.` : say`Did you mean "${near}"?`,
    ),
    span,
    related: [],
    fix: near === null ? undefined : { span, text: near },
  }
}
