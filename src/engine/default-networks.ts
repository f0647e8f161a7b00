import { formatAddress, formatPrefix, prefixOf } from '../net/index.ts'
import { addNetwork } from './network.ts'
import { type NetworkCreate, PLAIN_NETWORK, type Refusal, type SubnetRequest } from './operation.ts'
import { refuse } from './refusal.ts'
import type { EngineState } from './state.ts'
import { reservedBlocks } from './subnets.ts'

/**
 * The networks an engine makes when it starts for the first time: none, host, bridge.
 * @returns why there is no default bridge, or `null`.
 * @see moby `daemon/daemon_unix.go: initNetworkController, initBridgeDriver`
 */
export function addDefaultNetworks(state: EngineState): Refusal | null {
  addNetwork(state, NONE, true)
  addNetwork(state, HOST, true)
  const { daemon, rules } = state.facts
  const { ipv6 } = daemon
  if (ipv6 && daemon.fixedCidrV6 === null && !rules.daemonIpv6FromPools)
    return refuse('INVALID_OPTION', NO_SUBNET_6, { option: 'ipv6' })
  return addNetwork(
    state,
    {
      ...BRIDGE,
      ipv6,
      subnets: withGateways(state, defaultBridgeSubnets(state, ipv6), ipv6),
      options: new Map([...BRIDGE.options, ...daemon.bridgeOptions]),
    },
    true,
  )
}

const NO_SUBNET_6 =
  'IPv6 is enabled for the default bridge, but no subnet is configured. Specify an IPv6 subnet using --fixed-cidr-v6'

function defaultBridgeSubnets(state: EngineState, ipv6: boolean): SubnetRequest[] {
  const { daemon, rules } = state.facts
  const subnets: SubnetRequest[] = []
  const range = daemon.fixedCidr === null ? '' : formatPrefix(daemon.fixedCidr)
  if (daemon.bip !== null) {
    const gateway = formatAddress(daemon.bip.address)
    subnets.push({
      subnet: formatPrefix(prefixOf(daemon.bip)),
      ipRange: range,
      gateway,
      auxAddresses: new Map(),
    })
  } else if (range !== '') {
    const subnet = rules.fixedCidrIsSubnet ? range : (electedSubnet(state) ?? range)
    subnets.push({ subnet, ipRange: range, gateway: '', auxAddresses: new Map() })
  }
  if (ipv6 && daemon.fixedCidrV6 !== null) {
    const subnet = formatPrefix(daemon.fixedCidrV6)
    // A range as fixed-cidr is, here of itself.
    const ipRange = rules.fixedCidrV6IsRange ? subnet : ''
    subnets.push({ subnet, ipRange, gateway: '', auxAddresses: new Map() })
  }
  return subnets
}

/** `default-gateway` is an auxiliary address that the driver knows by its name. */
function withGateways(
  { facts: { daemon } }: EngineState,
  subnets: readonly SubnetRequest[],
  ipv6: boolean,
): readonly SubnetRequest[] {
  let all = subnets
  for (const [address, name] of [
    [daemon.defaultGateway, 'DefaultGatewayIPv4'],
    [ipv6 ? daemon.defaultGatewayV6 : null, 'DefaultGatewayIPv6'],
  ] as const) {
    if (address === null) continue
    const aux = new Map([[name, formatAddress(address)]])
    const isOwn = ({ subnet }: SubnetRequest): boolean => subnet.includes(':') === (address.family === 6)
    const own = all.find(isOwn) ?? { subnet: '', ipRange: '', gateway: '', auxAddresses: NO_AUX }
    all = [...all.filter((one) => one !== own), { ...own, auxAddresses: aux }]
  }
  return all
}

const NO_AUX: ReadonlyMap<string, string> = new Map()

/**
 * 20.10 chooses the subnet of docker0 before it looks at `fixed-cidr`.
 * @see moby v20.10 `libnetwork/netutils/utils_linux.go: ElectInterfaceAddresses`
 */
function electedSubnet(state: EngineState): string | null {
  const elected = state.space.allocateDefault(4, reservedBlocks(state, 4), null)
  if (!elected.ok) return null
  state.space.release(elected.value)
  return formatPrefix(elected.value.subnet)
}

const NONE: NetworkCreate = { ...PLAIN_NETWORK, name: 'none', driver: 'null' }
const HOST: NetworkCreate = { ...PLAIN_NETWORK, name: 'host', driver: 'host' }
const BRIDGE: NetworkCreate = {
  ...PLAIN_NETWORK,
  name: 'bridge',
  options: new Map([
    ['com.docker.network.bridge.default_bridge', 'true'],
    ['com.docker.network.bridge.name', 'docker0'],
  ]),
}
