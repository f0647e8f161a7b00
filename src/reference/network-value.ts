import { addressText, type Family, formatCidr } from '../net/index.ts'
import type { PlanNetwork } from '../plan/plan.ts'
import { say } from '../problem/say.ts'
import { given, type Value } from './value.ts'

export function networkValue(network: PlanNetwork, property: string): Value | null {
  const { key, subnets } = network
  const subnet = (family: Family): string =>
    formatCidr(subnets.find(({ address }) => address.family === family) ?? null)
  const gateway = (family: Family): string =>
    addressText(subnets.find(({ gateway }) => gateway?.family === family)?.gateway)
  switch (property) {
    case 'subnet':
      return given(subnet(4) || subnet(6), say`network "${key}" has no subnet`)
    case 'subnet6':
      return given(subnet(6), say`network "${key}" has no IPv6 subnet`)
    case 'subnets':
      return given(subnets.map(formatCidr).join(', '), say`network "${key}" has no subnet`)
    case 'gateway':
      return given(gateway(4) || gateway(6), say`network "${key}" has no gateway`)
    case 'gateway6':
      return given(gateway(6), say`network "${key}" has no IPv6 gateway`)
    case 'ip-range':
      return given(
        formatCidr(subnets.find(({ range }) => range !== null)?.range ?? null),
        say`network "${key}" has no ip_range`,
      )
    case 'vni':
      return given(network.vni.join(', '), say`network "${key}" has no VNI: its driver is ${network.driver}`)
    case 'driver':
      return given(network.driver, say``)
    case 'scope':
      return given(network.scope, say``)
    case 'name':
      return given(network.name, say``)
    case 'host':
      return given(network.host, say`network "${key}" is not on one host alone`)
    case 'device': {
      const hint = say`Set the option com.docker.network.bridge.name.`
      return given(network.device, say`the device of network "${key}" has a random name`, hint)
    }
    case 'parent':
      return given(network.parent, say`network "${key}" has no parent interface`)
    default:
      return null
  }
}
