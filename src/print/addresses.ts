import { addressText, formatCidr, formatMac, macOfAddress } from '../net/index.ts'
import type { Certainty, Plan, PlanAddress, PlanEndpoint } from '../plan/plan.ts'
import { columns } from './columns.ts'

/** One endpoint: what has which address where. `†` stands after what Docker leaves to chance. */
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
        host: marked(container.host, container.placement),
        network,
        interface: marked(attachment.interface, attachment.interfaceCertainty),
        ...addressesOf(attachment),
        gateway: addressText(attachment.gateway ?? attachment.gateway6),
      })
    }
  }
  const blank = { host: '', interface: '', ipv6: '', mac: '', gateway: '' }
  for (const service of plan.services.values()) {
    for (const [network, vip] of service.vips)
      lines.push({ ...blank, name: `${service.name} (VIP)`, network, ipv4: addressCell(vip) })
  }
  for (const network of plan.networks.values()) {
    for (const endpoint of network.endpoints.values()) {
      if (endpoint.container !== '') continue
      const { name, host } = endpoint
      lines.push({ ...blank, name, host, network: network.key, ...addressesOf(endpoint) })
    }
  }
  return lines
}

const marked = (text: string, certainty: Certainty): string =>
  certainty === 'one-of-several' && text !== '' ? `${text} †` : text

const addressCell = (address: PlanAddress | null): string =>
  address === null ? '' : marked(formatCidr(address), address.certainty)

/** A MAC that is made of an address is as sure as the address. */
function addressesOf({
  ipv4,
  ipv6,
  mac,
}: Pick<PlanEndpoint, 'ipv4' | 'ipv6' | 'mac'>): Pick<AddressLine, 'ipv4' | 'ipv6' | 'mac'> {
  const isDerived = ipv4 !== null && mac === formatMac(macOfAddress(ipv4.address))
  return {
    ipv4: addressCell(ipv4),
    ipv6: addressCell(ipv6),
    mac: isDerived ? marked(mac, ipv4.certainty) : mac,
  }
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
