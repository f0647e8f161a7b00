/** What macvlan and ipvlan ask of the interface of the host they sit on. */

import { shortId } from '../ids.ts'
import type { Refusal } from '../operation.ts'
import { refuse } from '../refusal.ts'
import type { EngineState, Network } from '../state.ts'

export function usersOf(state: EngineState, driver: string, parent: string): Network[] {
  return [...state.networks.values()].filter((n) => n.driver === driver && n.parent === parent)
}

export function parentInUse(kind: 'dm' | 'di', other: Network, parent: string): Refusal {
  return refuse(
    'PARENT_IN_USE',
    `network ${kind}-${shortId(other.id)} is already using parent interface ${parent}`,
    { option: 'parent', network: other.name },
  )
}

const ABOUT = { option: 'parent' }

/**
 * A parent is an interface of the host, or `IFACE.VLAN`, which the driver makes.
 * @see moby `libnetwork/drivers/macvlan/macvlan_setup.go: createVlanLink, parseVlan`
 */
export function checkParent({ facts }: EngineState, parent: string): Refusal | null {
  const exists = (name: string): boolean =>
    !facts.interfacesKnown || facts.interfaces.some((i) => i.name === name)
  if (exists(parent) && !parent.includes('.')) return null
  if (facts.interfacesKnown && exists(parent)) return null
  const [master, vlan, ...rest] = parent.split('.')
  if (master === undefined || vlan === undefined) {
    return refuse(
      'INVALID_PARENT',
      `invalid subinterface vlan name ${parent}, example formatting is eth0.10`,
      ABOUT,
    )
  }
  if (rest.length > 0) {
    const form = 'required interface name format is: name.vlan_id, ex. eth0.10 for vlan 10'
    return refuse('INVALID_PARENT', `${form}, instead received ${parent}`, ABOUT)
  }
  if (!/^[0-9]+$/.test(vlan)) {
    const form = 'ex. eth0.10 for vlan 10'
    return refuse('INVALID_PARENT', `unable to parse a valid vlan id from: ${vlan} (${form})`, ABOUT)
  }
  if (Number(vlan) < 1 || Number(vlan) > 4094) {
    return refuse('INVALID_PARENT', `vlan id must be between 1-4094, received: ${Number(vlan)}`, ABOUT)
  }
  if (exists(master)) return null
  return refuse('INVALID_PARENT', facts.rules.say.parentNotFound(master), { ...ABOUT, name: master })
}
