/** What several values of a plan are worth together. */
import type { Certainty, PlanAddress, PlanEndpoint } from './plan.ts'

/** As sure as the least sure of them; `computed` where there are none. */
export function certaintyOf(values: readonly (PlanAddress | null)[]): Certainty {
  const all = values.flatMap((value) => value?.certainty ?? [])
  if (all.includes('one-of-several')) return 'one-of-several'
  return all.length > 0 && all.every((one) => one === 'declared') ? 'declared' : 'computed'
}

/** The first thing to write so that none of them depends on chance; `''` when none does. */
export function pinOf(values: readonly (PlanAddress | null)[]): string {
  return values.find((value) => (value?.pin ?? '') !== '')?.pin ?? ''
}

/** The addresses of an endpoint, IPv4 first. */
export function addressesOf({ ipv4, ipv6 }: Pick<PlanEndpoint, 'ipv4' | 'ipv6'>): readonly PlanAddress[] {
  return [ipv4, ipv6].filter((address) => address !== null)
}
