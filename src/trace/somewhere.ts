/** Addresses for machines nobody gave one. */
import { addressText, firstOf } from '../net/index.ts'
import type { Plan } from '../plan/plan.ts'

/** Where no address was said, one of the blocks for documentation (RFC 5737). */
export const SOMEWHERE = '203.0.113.5'

/** A machine on the underlay that is none of the hosts; where no underlay was said, one somewhere. */
export function clientAddress(plan: Plan): string {
  const { subnet } = plan.underlay
  const known =
    subnet === null ? plan.hosts.find((h) => h.address !== null)?.address?.address : firstOf(subnet)
  const taken = new Set(plan.hosts.map((h) => addressText(h.address?.address)))
  const parts = addressText(known).split('.')
  for (let last = 250; last > 200 && parts.length === 4; last--) {
    const address = [...parts.slice(0, 3), last].join('.')
    if (!taken.has(address)) return address
  }
  return SOMEWHERE
}
