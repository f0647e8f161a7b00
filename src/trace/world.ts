/** Looking things up in a plan. Addresses are texts without prefix length. */
import { type Address, addressText, type Cidr, contains, parseAddress, prefixOf } from '../net/index.ts'
import type {
  Plan,
  PlanAttachment,
  PlanContainer,
  PlanEndpoint,
  PlanHost,
  PlanNetwork,
  PlanSubnet,
} from '../plan/plan.ts'

/** Whether an address lies in the subnet of a CIDR. */
export function isInside(address: string, cidr: Cidr | null): boolean {
  const parsed = parseAddress(address)
  return parsed !== null && cidr !== null && contains(prefixOf(cidr), parsed)
}

/** An address without its length; `''` for none. */
export function textOf(cidr: Cidr | null | undefined): string {
  return addressText(cidr?.address)
}

export function familyOf(address: string): Address['family'] {
  return address.includes(':') ? 6 : 4
}

/** An address of the sender's own sandbox that never leaves it. */
export function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1'
}

/** `172.18.0.2:80`, `[fd00::2]:80`, or the address alone. */
export function socket(address: string, port: number | null): string {
  if (port === null) return address
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}

type Addressed = Pick<PlanAttachment | PlanEndpoint, 'ipv4' | 'ipv6'>

/** Address of one family, `''` for none. */
export function addressOf({ ipv4, ipv6 }: Addressed, family: 4 | 6): string {
  return textOf(family === 4 ? ipv4 : ipv6)
}

/** IPv4 first. */
export function addressesOf(end: Addressed): readonly string[] {
  return [addressOf(end, 4), addressOf(end, 6)].filter((address) => address !== '')
}

/** Whether an endpoint has an address of that family, and the given one in its subnet. */
export function isNeighbour({ ipv4, ipv6 }: Addressed, address: string): boolean {
  return isInside(address, familyOf(address) === 4 ? ipv4 : ipv6)
}

/** The address a network's bridge has, or its gateway; `''` for none of that family. */
export function gatewayOf(network: PlanNetwork, family: 4 | 6): string {
  if (family === 4 && network.policy.unnumbered) return ''
  const subnet = network.subnets.find((one) => one.gateway?.family === family)
  return addressText(subnet?.gateway)
}

/** Subnets of a network, of one family. */
export function subnetsOf(network: PlanNetwork, family: 4 | 6): readonly PlanSubnet[] {
  return network.subnets.filter((subnet) => subnet.address.family === family)
}

/** Whether an address is of one of a network's subnets. */
export function isOf(network: PlanNetwork, address: string): boolean {
  return network.subnets.some((subnet) => isInside(address, subnet))
}

/**
 * The container whose network namespace a container uses: itself unless `container:X`. `null` when that is
 * gone, or was made anew under it.
 */
export function sandboxOf(plan: Plan, container: PlanContainer): PlanContainer | null {
  let current: PlanContainer | undefined = container
  const seen = new Set<string>()
  while (current?.mode === 'container') {
    if (seen.has(current.name) || current.sandboxLost) return null
    seen.add(current.name)
    current = plan.containers.get(current.sharedWith)
  }
  return current ?? null
}

export function hostOf(plan: Plan, name: string): PlanHost | null {
  return plan.hosts.find((host) => host.name === name) ?? null
}

/** What a host is spoken to by: its address on the underlay, else its name. */
export function hostAddress(host: PlanHost): string {
  return textOf(host.address) || host.name
}

/** The interface of a host in whose subnet an address lies; the underlay's where none has it, or one of its family. */
export function interfaceTo(
  host: PlanHost,
  address: string,
): { readonly name: string; readonly address: string } {
  for (const { name, address: own } of host.interfaces)
    if (isInside(address, own)) return { name, address: textOf(own) }
  const family = familyOf(address)
  if (host.address === null || host.address.address.family === family)
    return { name: host.interface, address: hostAddress(host) }
  const other = host.interfaces.find(({ address: own }) => own.address.family === family)
  return other === undefined
    ? { name: host.interface, address: host.name }
    : { name: other.name, address: textOf(other.address) }
}

/** Addresses of a host's interfaces, without those of bridges. */
function interfaceAddresses(host: PlanHost): readonly string[] {
  return [hostAddress(host), ...host.interfaces.map(({ address }) => textOf(address))]
}

/** Whether somebody on the underlay or the host itself has IPv6 beyond Docker's networks, as far as is said. */
export function hasIpv6(host: PlanHost): boolean {
  return interfaceAddresses(host).some((address) => address.includes(':'))
}

/** Whether a bridge has its gateway's address: not in gateway mode isolated. */
function hasAddress(network: PlanNetwork, address: string): boolean {
  return network.policy.link === 'bridge' && gatewayOf(network, familyOf(address)) === address
}

/** The bridge of a host whose address it is, but not yet: it waits for a link before it asks whether another has it. */
export function tentativeAt(plan: Plan, host: string, address: string): PlanNetwork | null {
  if (plan.rules.bridgeAddressAtOnce || familyOf(address) === 4) return null
  for (const network of plan.networks.values())
    if (network.host === host && !network.wasJoined && hasAddress(network, address)) return network
  return null
}

/** Whether one of a host's bridges has an IPv6 address in use. */
export function hasIpv6Bridge(plan: Plan, host: string): boolean {
  return [...plan.networks.values()].some(
    (network) => network.host === host && network.wasJoined && gatewayOf(network, 6) !== '',
  )
}

/** Whether an address is one of a host's own: its interfaces', and the gateways of its bridges. */
export function isOwnAddress(plan: Plan, host: PlanHost, address: string): boolean {
  if (interfaceAddresses(host).includes(address)) return true
  return [...plan.networks.values()].some((n) => n.host === host.name && hasAddress(n, address))
}

/** The endpoint with that address on a network. */
export function endpointAt(network: PlanNetwork, address: string): PlanEndpoint | null {
  const family = familyOf(address)
  for (const endpoint of network.endpoints.values())
    if (addressOf(endpoint, family) === address) return endpoint
  return null
}

/** The bridge of a host that it has an address on, in whose subnet the given one lies. */
export function bridgeTo(plan: Plan, host: string, address: string): PlanNetwork | null {
  const family = familyOf(address)
  for (const network of plan.networks.values()) {
    if (network.host !== host || network.policy.link !== 'bridge') continue
    if (gatewayOf(network, family) !== '' && isOf(network, address)) return network
  }
  return null
}

export function isDefaultBridge(network: PlanNetwork): boolean {
  return network.name === 'bridge' && network.policy.link === 'bridge'
}

/** Whether the children of a network sit directly on the host's own link. */
export function isOnParent(network: PlanNetwork): boolean {
  return network.policy.link === 'parent'
}

/** ipvlan that routes: its children know no neighbours, and nobody outside knows their subnet. */
export function isL3(network: PlanNetwork): boolean {
  return network.policy.link === 'parent' && /^l3s?$/.test(network.policy.mode)
}

/** Whether a network's children are on the LAN that the hosts are on, rather than on a VLAN or a link of its own. */
export function isOnUnderlay(plan: Plan, network: PlanNetwork): boolean {
  if (!isOnParent(network) || network.internal) return false
  return network.parent === hostOf(plan, network.host)?.interface
}

/** docker_gwbridge of a host. */
export function gwbridgeOf(plan: Plan, host: string): PlanNetwork | null {
  return [...plan.networks.values()].find((n) => n.name === 'docker_gwbridge' && n.host === host) ?? null
}

/** The first address of a container, IPv4 if it has one, with its network; `null` for none. */
export function firstAddress(
  container: PlanContainer,
): { readonly network: string; readonly address: string } | null {
  for (const [network, attachment] of container.endpoints) {
    const [address] = addressesOf(attachment)
    if (address !== undefined) return { network, address }
  }
  return null
}

/** Containers of a service, in slot order; running ones only. */
export function runningOf(plan: Plan, service: string): readonly PlanContainer[] {
  const tasks = plan.services.get(service)?.tasks
  const all =
    tasks === undefined
      ? [...plan.containers.values()].filter((c) => c.service === service)
      : tasks.flatMap((name) => plan.containers.get(name) ?? [])
  return all.filter((c) => c.state === 'running')
}
