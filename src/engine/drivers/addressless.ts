import type { Driver } from './driver.ts'
import { openPolicy } from './policy.ts'

/** host and null: no subnets, no endpoints with addresses. */
export const ADDRESSLESS: Driver = {
  hasSubnets: false,
  mac: 'own',
  needsParent: false,
  skipsGateway: () => true,
  check: () => null,
  gatewayOf: () => null,
  policy: () => openPolicy('none', '', true),
}
