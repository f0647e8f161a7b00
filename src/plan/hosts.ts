import type { DaemonConfig, EngineFacts, HostInterface } from '../engine/facts.ts'
import {
  type Address,
  type Cidr,
  type Prefix,
  parseAddress,
  parseCidr,
  parsePrefix,
  prefixOf,
} from '../net/index.ts'
import type { DaemonSettings, HostEntry, Topology } from '../topology/topology.ts'

/** Stands for an engine's id where the author gives none: what follows from it is then only an example. */
const UNKNOWN_ID = '00000000-0000-4000-8000-'

/** What the engine of a host finds when it starts. */
export function engineFacts(topology: Topology, host: HostEntry, index: number): EngineFacts {
  const daemon = host.daemon ?? topology.daemon
  const interfaces = hostInterfaces(host)
  return {
    rules: topology.rules,
    host: host.name,
    id: daemon.id ?? `${UNKNOWN_ID}${String(index + 1).padStart(12, '0')}`,
    interfaces,
    interfacesKnown: topology.hostsDeclared,
    onLink: onLinkSubnets(host, interfaces),
    nameservers: host.nameservers.flatMap(({ value }) => present(parseAddress(value))),
    daemon: daemonConfig(daemon),
  }
}

/** Whether the engine's id, and so its IPv6 default pool, is the author's. */
export function isIdKnown(topology: Topology, host: HostEntry): boolean {
  return (host.daemon ?? topology.daemon).id !== null
}

function daemonConfig(daemon: DaemonSettings): DaemonConfig {
  return {
    bip: daemon.bip === null ? null : parseCidr(daemon.bip.value),
    fixedCidr: daemon.fixedCidr === null ? null : parsePrefix(daemon.fixedCidr.value),
    fixedCidrV6: daemon.fixedCidrV6 === null ? null : parsePrefix(daemon.fixedCidrV6.value),
    defaultAddressPools: daemon.defaultAddressPools.flatMap(({ base, size }) => {
      const prefix = parsePrefix(base.value)
      return prefix === null || size.value < prefix.length ? [] : [{ base: prefix, size: size.value }]
    }),
    ipv6: daemon.ipv6,
    userlandProxy: daemon.userlandProxy,
    liveRestore: daemon.liveRestore,
  }
}

function hostInterfaces(host: HostEntry): HostInterface[] {
  const underlay = host.address === null ? [] : present(parseCidr(host.address.value))
  const further = [...host.interfaces].map(([name, { value }]) => ({
    name,
    addresses: value.split(/[\s,]+/).flatMap((text) => present(parseCidr(text))),
  }))
  return [{ name: host.interface, addresses: underlay }, ...further]
}

/** Subnets of interfaces and of routes without a gateway; only IPv4 counts. */
function onLinkSubnets(host: HostEntry, interfaces: readonly HostInterface[]): Prefix[] {
  const subnets: Prefix[] = []
  for (const { addresses } of interfaces) subnets.push(...addresses.map(prefixOf))
  for (const { value } of host.routes) {
    const [subnet = '', ...rest] = value.trim().split(/\s+/)
    if (rest.includes('via')) continue
    subnets.push(...present(parsePrefix(subnet.includes('/') ? subnet : `${subnet}/32`)))
  }
  return subnets.filter((prefix) => prefix.family === 4)
}

function present<T extends Cidr | Prefix | Address>(value: T | null): T[] {
  return value === null ? [] : [value]
}
