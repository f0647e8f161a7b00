/** Looking things up in a plan. */
import { type Address, addressText, type Cidr, contains, parseAddress, prefixOf } from '../net/index.ts'
import type { Plan, PlanContainer, PlanEndpoint, PlanHost, PlanNetwork } from '../plan/plan.ts'

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

/** `172.18.0.2:80`, `[fd00::2]:80`, or the address alone. */
export function socket(address: string, port: number | null): string {
  if (port === null) return address
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}

/** The container whose network namespace a container uses: itself unless `container:X`. `null` when that is gone. */
export function sandboxOf(plan: Plan, container: PlanContainer): PlanContainer | null {
  let current: PlanContainer | undefined = container
  const seen = new Set<string>()
  while (current?.mode === 'container') {
    if (seen.has(current.name)) return null
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

/** Whether an address is one of a host's own: its interfaces', and the gateways of its bridges. */
export function isOwnAddress(plan: Plan, host: PlanHost, address: string): boolean {
  if (address === hostAddress(host) || host.interfaces.some((i) => textOf(i.address) === address)) return true
  return [...plan.networks.values()].some(
    (n) =>
      n.host === host.name &&
      n.policy.link === 'bridge' &&
      n.subnets.some(({ gateway }) => addressText(gateway) === address),
  )
}

/** The endpoint with that address on a network. */
export function endpointAt(network: PlanNetwork, address: string): PlanEndpoint | null {
  for (const endpoint of network.endpoints.values()) {
    if (textOf(endpoint.ipv4) === address || textOf(endpoint.ipv6) === address) return endpoint
  }
  return null
}

/** Networks of one host in whose subnet an address lies. */
export function localNetworkAt(plan: Plan, host: string, address: string): PlanNetwork | null {
  for (const network of plan.networks.values()) {
    if (network.host === host && network.subnets.some((subnet) => isInside(address, subnet))) return network
  }
  return null
}

export function isDefaultBridge(network: PlanNetwork): boolean {
  return network.name === 'bridge' && network.driver === 'bridge'
}

/** Whether the children of a network sit directly on the host's own link. */
export function isOnParent(network: PlanNetwork): boolean {
  return network.policy.link === 'parent'
}

/** docker_gwbridge of a host. */
export function gwbridgeOf(plan: Plan, host: string): PlanNetwork | null {
  return [...plan.networks.values()].find((n) => n.name === 'docker_gwbridge' && n.host === host) ?? null
}

/** The first address of a container, IPv4 if it has one, with its network; `null` for none. */
export function firstAddress(
  container: PlanContainer,
): { readonly network: string; readonly address: string } | null {
  for (const [network, { ipv4, ipv6 }] of container.endpoints) {
    const address = textOf(ipv4) || textOf(ipv6)
    if (address !== '') return { network, address }
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
