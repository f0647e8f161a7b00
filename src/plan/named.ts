/**
 * What a name of the author's file means in a plan. A project puts its own name in front of what it makes
 * (`shop-web-1`, `shop_default`), and `container_name:` and `name:` say another; the author's keys mean those too.
 */
import type { Plan, PlanContainer, PlanNetwork } from './plan.ts'

/** The container of that name, else those of the service with that key; empty when there is neither. */
export function containersNamed(plan: Plan, name: string): readonly PlanContainer[] {
  const own = plan.containers.get(name)
  if (own !== undefined) return [own]
  return name === '' ? [] : [...plan.containers.values()].filter(({ service }) => service === name)
}

/** The network of that key in the plan, else the one that the file has under that key; several hosts may each have it. */
export function networksNamed(plan: Plan, name: string): readonly PlanNetwork[] {
  const own = plan.networks.get(name)
  if (own !== undefined) return [own]
  const made = plan.networkNames.get(name)
  return made === undefined ? [] : [...plan.networks.values()].filter((network) => network.name === made)
}
