import type { PlanNetwork } from '../plan/plan.ts'
import { given, type Value } from './value.ts'

const isV6 = (text: string): boolean => text.includes(':')

export function networkValue(network: PlanNetwork, property: string): Value | null {
  const { key } = network
  const at = (six: boolean): number => network.subnets.findIndex((subnet) => isV6(subnet) === six)
  const gateway = (six: boolean): string =>
    network.gateways.filter((one) => one !== '' && isV6(one) === six)[0] ?? ''
  switch (property) {
    case 'subnet':
      return given(network.subnets[at(false)] ?? network.subnets[0] ?? '', `network "${key}" has no subnet`)
    case 'subnet6':
      return given(network.subnets[at(true)] ?? '', `network "${key}" has no IPv6 subnet`)
    case 'subnets':
      return given(network.subnets.join(', '), `network "${key}" has no subnet`)
    case 'gateway':
      return given(gateway(false) === '' ? gateway(true) : gateway(false), `network "${key}" has no gateway`)
    case 'gateway6':
      return given(gateway(true), `network "${key}" has no IPv6 gateway`)
    case 'ip-range':
      return given(network.ipRanges.find((range) => range !== '') ?? '', `network "${key}" has no ip_range`)
    case 'vni':
      return given(network.vni.join(', '), `network "${key}" has no VNI: its driver is ${network.driver}`)
    case 'driver':
      return given(network.driver, '')
    case 'scope':
      return given(network.scope, '')
    case 'name':
      return given(network.name, '')
    case 'host':
      return given(network.host, `network "${key}" is not on one host alone`)
    case 'device': {
      const hint = 'Set the option com.docker.network.bridge.name.'
      return given(network.device, `the device of network "${key}" has a random name`, hint)
    }
    case 'parent':
      return given(network.parent, `network "${key}" has no parent interface`)
    default:
      return null
  }
}
