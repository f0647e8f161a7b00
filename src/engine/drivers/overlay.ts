import type { Driver } from './driver.ts'
import { openPolicy } from './policy.ts'

/** An overlay as the engine of one node sees it: its addresses and gateway are the managers'. */
export const OVERLAY: Driver = {
  hasSubnets: true,
  mac: 'own',
  needsParent: false,
  skipsGateway: () => false,
  check: () => null,
  gatewayOf: () => null,
  policy: () => openPolicy('overlay', '', true),
}
