import { addressText, formatCidr } from '../net/index.ts'
import type { Plan } from '../plan/plan.ts'
import { columns } from './columns.ts'

/** One endpoint: what has which address where. */
export interface AddressLine {
  readonly name: string
  readonly host: string
  readonly network: string
  readonly interface: string
  readonly ipv4: string
  readonly ipv6: string
  readonly mac: string
  readonly gateway: string
}

/** Every address of a plan: containers in order of creation, then VIPs, then what the engine keeps for itself. */
export function addressLines(plan: Plan): readonly AddressLine[] {
  const lines: AddressLine[] = []
  for (const container of plan.containers.values()) {
    for (const [network, attachment] of container.endpoints) {
      lines.push({
        name: container.name,
        host: container.host,
        network,
        interface: attachment.interface,
        ipv4: formatCidr(attachment.ipv4),
        ipv6: formatCidr(attachment.ipv6),
        mac: attachment.mac,
        gateway: addressText(attachment.gateway ?? attachment.gateway6),
      })
    }
  }
  const blank = { host: '', interface: '', ipv6: '', mac: '', gateway: '' }
  for (const service of plan.services.values()) {
    for (const [network, vip] of service.vips)
      lines.push({ ...blank, name: `${service.name} (VIP)`, network, ipv4: formatCidr(vip) })
  }
  for (const network of plan.networks.values()) {
    for (const endpoint of network.endpoints.values()) {
      if (endpoint.container !== '') continue
      const { name, host, mac } = endpoint
      const [ipv4, ipv6] = [formatCidr(endpoint.ipv4), formatCidr(endpoint.ipv6)]
      lines.push({ ...blank, name, host, network: network.key, ipv4, ipv6, mac })
    }
  }
  return lines
}

/** The address table as text; columns that would be empty or the same everywhere are left out. */
export function addressTable(plan: Plan): readonly string[] {
  const lines = addressLines(plan)
  const several = plan.hosts.length > 1
  const used = (key: keyof AddressLine): boolean => lines.some((line) => line[key] !== '')
  const shown: readonly (readonly [string, keyof AddressLine])[] = [
    ['NAME', 'name'],
    ...(several ? [['HOST', 'host'] as const] : []),
    ['NETWORK', 'network'],
    ['INTERFACE', 'interface'],
    ['IPV4', 'ipv4'],
    ...(used('ipv6') ? [['IPV6', 'ipv6'] as const] : []),
    ...(used('mac') ? [['MAC', 'mac'] as const] : []),
    ['GATEWAY', 'gateway'],
  ]
  return columns([shown.map(([title]) => title), ...lines.map((line) => shown.map(([, key]) => line[key]))])
}
