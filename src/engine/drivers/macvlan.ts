import { shortId } from '../ids.ts'
import type { Refusal } from '../operation.ts'
import { refuse } from '../refusal.ts'
import type { EngineState, Network } from '../state.ts'
import { type Driver, subnetGateway } from './driver.ts'
import { checkParent, parentInUse, usersOf } from './parent.ts'
import { openPolicy } from './policy.ts'

/** Containers with a MAC of their own on the link of the host's interface. */
export const MACVLAN: Driver = {
  hasSubnets: true,
  mac: 'own',
  needsParent: true,
  skipsGateway: ({ internal, parent }, _, { gatewayMadeUp }) =>
    gatewayMadeUp === 'on-bridges' || (gatewayMadeUp === 'where-used' && (internal || parent === '')),
  check,
  gatewayOf: (_, endpoint, family) => (endpoint.network.internal ? null : subnetGateway(endpoint, family)),
  policy: ({ mode }) => openPolicy('parent', mode === '' ? 'bridge' : mode, mode !== 'private'),
}

const MACVLAN_MODES = ['', 'bridge', 'private', 'vepa', 'passthru']

/** @see moby `libnetwork/drivers/macvlan/macvlan_network.go` */
function check(state: EngineState, network: Network): Refusal | null {
  const { mode, parent } = network
  if (!MACVLAN_MODES.includes(mode)) {
    return refuse(
      'INVALID_OPTION',
      `requested macvlan mode '${mode}' is not valid, 'bridge' mode is the macvlan driver default`,
      { option: 'macvlan_mode' },
    )
  }
  if (parent === '') return null
  if (parent === 'lo')
    return refuse('INVALID_PARENT', 'loopback interface is not a valid macvlan parent link', {
      option: 'parent',
    })
  const other = usersOf(state, 'macvlan', parent)[0]
  if (other !== undefined) {
    if (!state.facts.rules.sharesMacvlanParent) return parentInUse('dm', other, parent)
    if (mode === 'passthru') {
      return refuse(
        'PARENT_IN_USE',
        `cannot use mode passthru, macvlan network ${shortId(other.id)} is already using parent interface ${parent}`,
        { option: 'parent', network: other.name },
      )
    }
    if (other.mode === 'passthru') {
      return refuse(
        'PARENT_IN_USE',
        `macvlan network ${shortId(other.id)} is already using parent interface ${parent} in mode passthru`,
        { option: 'parent', network: other.name },
      )
    }
  }
  return checkParent(state, parent)
}
