import type { Refusal } from '../operation.ts'
import { refuse } from '../refusal.ts'
import type { EngineState, Network } from '../state.ts'
import { type Driver, subnetGateway } from './driver.ts'
import { checkParent, parentInUse, usersOf } from './parent.ts'
import { openPolicy } from './policy.ts'

/** Containers with the MAC of the host's interface, on its link (l2) or behind it (l3, l3s). */
export const IPVLAN: Driver = {
  hasSubnets: true,
  mac: 'parent',
  needsParent: true,
  skipsGateway: ({ internal, parent, mode }, _, { gatewayMadeUp }) =>
    gatewayMadeUp === 'on-bridges' ||
    (gatewayMadeUp === 'where-used' && (internal || parent === '' || isRouted(mode))),
  check,
  gatewayOf(_, endpoint, family) {
    const { internal, mode } = endpoint.network
    if (internal) return null
    return isRouted(mode) ? { address: null } : subnetGateway(endpoint, family)
  },
  policy: ({ mode }) => openPolicy('parent', mode === '' ? 'l2' : mode, true),
}

/** The default route goes to the interface itself. */
const isRouted = (mode: string): boolean => mode === 'l3' || mode === 'l3s'

/** @see moby `libnetwork/drivers/ipvlan/ipvlan_network.go` */
function check(state: EngineState, network: Network): Refusal | null {
  const { mode, parent } = network
  if (!state.facts.rules.ipvlanModes.includes(mode)) {
    return refuse(
      'INVALID_OPTION',
      `requested ipvlan mode '${mode}' is not valid, 'l2' mode is the ipvlan driver default`,
      { option: 'ipvlan_mode' },
    )
  }
  if (parent === '') return null
  if (parent === 'lo')
    return refuse('INVALID_PARENT', 'loopback interface is not a valid ipvlan parent link', {
      option: 'parent',
    })
  const other = usersOf(state, 'ipvlan', parent)[0]
  return other === undefined ? checkParent(state, parent) : parentInUse('di', other, parent)
}
