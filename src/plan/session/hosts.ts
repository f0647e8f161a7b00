import { type DaemonConfig, type EngineFacts, type HostInterface, localPools } from '../../engine/facts.ts'
import { sortedPools } from '../../ipam/index.ts'
import {
  type Address,
  type Cidr,
  type Prefix,
  parseAddress,
  parseCidr,
  parsePrefix,
  prefixOf,
  singleton,
} from '../../net/index.ts'
import type { DaemonSettings, HostEntry, Topology } from '../../topology/topology.ts'
import type { PlanHost, PlanHostRoute } from '../plan.ts'

/** Stands for an engine's id where the author gives none: what follows from it is then only an example. */
const UNKNOWN_ID = '00000000-0000-4000-8000-'

/** What the engine of a host finds when it starts. */
export function engineFacts(topology: Topology, host: HostEntry, index: number): EngineFacts {
  const daemon = daemonOf(topology, host)
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

/**
 * What networks of a host without a subnet are cut from, and what of the machine is in the way.
 * @see `engine/subnets.ts: reservedBlocks`
 */
export function addressSpace({
  rules,
  daemon,
  onLink,
  nameservers,
}: EngineFacts): Pick<PlanHost, 'pools' | 'onLink'> {
  const pools = localPools(daemon)
  return {
    pools: rules.poolChoice === 'lowest' ? sortedPools(pools) : pools,
    onLink: [...nameservers.map(singleton), ...onLink],
  }
}

/** Whether the engine's id, and so its IPv6 default pool, is the author's. */
export function isIdKnown(topology: Topology, host: HostEntry): boolean {
  return daemonOf(topology, host).id !== null
}

/** Settings of a host's engine: its own, over those of the block. */
export const daemonOf = ({ daemon }: Topology, host: HostEntry): DaemonSettings => host.daemon ?? daemon

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
    defaultGateway: addressOf(daemon.defaultGateway),
    defaultGatewayV6: addressOf(daemon.defaultGatewayV6),
    bridgeOptions: bridgeOptions(daemon),
    networkOptions: daemon.defaultNetworkOpts,
    ip6tables: daemon.ip6tables,
    dns: daemon.dns,
    dnsSearch: daemon.dnsSearch,
    dnsOptions: daemon.dnsOptions,
  }
}

const addressOf = (text: DaemonSettings['ip']): Address | null =>
  text === null ? null : parseAddress(text.value)

/** @see moby `daemon/daemon_unix.go: initBridgeDriver`; settings that are not of docker0 are not meant by these */
function bridgeOptions({ icc, ipMasq, ip, mtu }: DaemonSettings): ReadonlyMap<string, string> {
  const options = new Map<string, string>()
  if (!icc) options.set('com.docker.network.bridge.enable_icc', 'false')
  if (!ipMasq) options.set('com.docker.network.bridge.enable_ip_masquerade', 'false')
  if (ip !== null) options.set('com.docker.network.bridge.host_binding_ipv4', ip.value)
  if (mtu !== null) options.set('com.docker.network.driver.mtu', String(mtu))
  return options
}

function hostInterfaces(host: HostEntry): HostInterface[] {
  const underlay = host.address === null ? [] : present(parseCidr(host.address.value))
  const further = [...host.interfaces].map(([name, { value }]) => ({
    name,
    addresses: value.split(/[\s,]+/).flatMap((text) => present(parseCidr(text))),
  }))
  return [{ name: host.interface, addresses: underlay }, ...further]
}

/** `172.20.5.0/24 via 198.51.100.9 dev eth1`, of which `readHost` has checked the form. */
export function hostRoutes(host: HostEntry): readonly PlanHostRoute[] {
  return host.routes.map(({ value }) => {
    const [target = '', ...words] = value.trim().split(/\s+/)
    const after = (word: string): string =>
      words.includes(word) ? (words[words.indexOf(word) + 1] ?? '') : ''
    const to = parseCidr(target)
    return { to: to === null ? null : prefixOf(to), via: parseAddress(after('via')), device: after('dev') }
  })
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
