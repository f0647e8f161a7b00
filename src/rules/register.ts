/**
 * Every rule that differs between the supported releases, wording aside (`wording.ts`). To add one: an entry here, a
 * test by its name in `tests/rules/`, and, where readers of the guide should know, a row in `scripts/rules-table/`.
 */
import { begins, ends, turns } from './rule.ts'

/** Sources are files of moby (under `daemon/` from 29.0 on), docker/cli or compose. */
export const REGISTER = {
  // Address management
  poolChoice: turns(
    'engine',
    'libnetwork/ipams/defaultipam/address_space.go: allocatePredefinedPool',
    'rotating',
    ['27.0', 'lowest'],
  ),
  ipv6DefaultPool: begins('engine', '27.0', 'daemon/daemon.go: deriveULABaseNetwork'),
  tinySubnetsWhole: begins('engine', '23.0', 'libnetwork/ipams/defaultipam/allocator.go: newPoolData'),
  fullPoolRefusesFirst: ends('engine', '27.0', 'libnetwork/ipams/defaultipam/allocator.go: getAddress'),
  unspecifiedSubnetIsSize: begins('engine', '29.0', 'libnetwork/ipams/defaultipam/allocator.go: RequestPool'),

  // Networks
  checksSubnets: begins('engine', '25.0', 'api/types/network/ipam.go: ValidateIPAM'),
  listsGivenSubnetsFirst: begins('engine', '25.0', 'daemon/network.go: buildIPAMResources'),
  defaultNetworkOptions: begins('engine', '24.0', 'daemon/network.go: createNetwork'),
  ipv4Optional: begins('engine', '28.0', 'libnetwork/network.go: NetworkOptionEnableIPv4'),
  gatewayMadeUp: turns(
    'engine',
    'libnetwork/drivers/*: GetSkipGwAlloc',
    'always',
    ['28.0', 'where-used'],
    // macvlan and ipvlan get the one that was given, or none: it is no interface of Docker's.
    ['29.0', 'on-bridges'],
  ),
  keepsUnusedIpv6Subnet: ends('engine', '29.0', 'daemon/network.go: createNetwork'),
  gatewayModes: turns<readonly string[]>(
    'engine',
    'libnetwork/drivers/bridge/bridge_linux.go: newGwMode',
    [],
    ['27.0', ['nat', 'routed']],
    ['28.0', ['nat', 'nat-unprotected', 'routed', 'isolated']],
  ),
  hostIpv6Option: begins('engine', '25.0', 'libnetwork/netlabel/labels.go: HostIPv6'),
  refusesAuxGatewayOnInternal: begins(
    'engine',
    '25.0',
    'libnetwork/drivers/bridge/bridge_linux.go: processIPAM',
  ),
  keepsConflictingDefaultBridge: begins(
    'engine',
    '25.0',
    'libnetwork/drivers/bridge/bridge_linux.go: checkConflict',
  ),
  sharesMacvlanParent: begins(
    'engine',
    '27.0',
    'libnetwork/drivers/macvlan/macvlan_network.go: createNetwork',
  ),
  ipvlanModes: turns<readonly string[]>(
    'engine',
    'libnetwork/drivers/ipvlan/ipvlan.go',
    ['', 'l2', 'l3'],
    ['23.0', ['', 'l2', 'l3', 'l3s']],
  ),
  daemonIpv6FromPools: begins('engine', '28.0', 'daemon/daemon_unix.go: initBridgeDriver'),
  fixedCidrIsSubnet: begins('engine', '24.0', 'daemon/daemon_unix.go: initBridgeDriver'),
  rangeStaysInSubnet: begins('engine', '28.0', 'libnetwork/internal/addrset/addrset.go: AddAnyInRange'),
  fixedCidrV6IsRange: begins('engine', '28.0', 'daemon/daemon_unix.go: getDefaultBridgeIPAMConf'),

  // Endpoints
  checksEndpointAtCreate: begins(
    'engine',
    '25.0',
    'daemon/container_operations.go: validateEndpointSettings',
  ),
  staticAddressNeedsGivenSubnet: ends(
    'engine',
    // 29.0.4, a patch release.
    '29.1',
    'daemon/container_operations.go: validateEndpointIPAddress',
  ),
  keepsIpv4OfFailedEndpoint: ends('engine', '25.0', 'libnetwork/network.go: createEndpoint'),
  mac: turns(
    'engine',
    'libnetwork/drivers/bridge/bridge_linux.go: CreateEndpoint, libnetwork/netutils/utils.go',
    'of-address',
    ['28.0', 'random'],
  ),
  defaultBridgeIpv6OfMac: ends('engine', '28.0', 'libnetwork/network.go: NetworkOptionDeferIPv6Alloc'),
  interfaceOrder: turns('engine', 'daemon/container_operations.go: allocateNetwork', 'by-gateway', [
    '28.0',
    'random',
  ]),
  interfaceNumber: turns('engine', 'libnetwork/osl/interface_linux.go: generateIfaceName', 'next', [
    '28.0',
    'lowest-free',
  ]),
  interfaceName: begins('engine', '28.0', 'libnetwork/netlabel/labels.go: Ifname'),
  joinsDefaultBridgeFirst: ends('engine', '28.0', 'daemon/container_operations.go: allocateNetwork'),
  gatewayPriority: begins('engine', '28.0', 'libnetwork/sandbox.go: Less'),
  gatewayForEachFamily: begins('engine', '28.0', 'libnetwork/default_gateway.go: selectGatewayEndpoint'),
  internalBridgeHasRoute: ends('engine', '25.0', 'libnetwork/drivers/bridge/bridge_linux.go: Join'),

  // Containers
  severalNetworksAtCreate: begins('engine', '25.0', 'daemon/create.go: verifyNetworkingConfig (API 1.44)'),
  refusesMacInSharedSandbox: ends('engine', '25.0', 'runconfig/hostconfig_unix.go: validateNetContainerMode'),
  looksAtLinkedStateFirst: begins('engine', '28.0', 'daemon/container_operations.go: isLinkable'),
  keepsContainerMac: ends('engine', '25.0', 'daemon/network.go: BuildCreateEndpointOptions'),
  needsModeNetwork: begins('engine', '25.0', 'daemon/container_operations.go: normalizeNetMode'),

  // Published ports and filters
  rangeOrder: turns(
    'engine',
    'libnetwork/drivers/bridge/port_mapping_linux.go: sortAndNormPBs; before go-connections nat.SortPortMap',
    'descending',
    ['27.0', 'ascending'],
  ),
  allocatorKnowsAnyAddress: begins(
    'engine',
    '27.0',
    'libnetwork/portallocator/portallocator.go: RequestPortsInRange',
  ),
  dropsDirectAccess: begins(
    'engine',
    '28.0',
    'libnetwork/drivers/bridge/internal/iptabler/endpoint.go: filterDirectAccess',
  ),
  masqueradesToOneself: turns(
    'engine',
    'libnetwork/drivers/bridge/internal/iptabler/port.go: setPerPortNAT; before libnetwork/iptables/iptables.go: Forward',
    'always',
    ['28.0', 'without-proxy'],
  ),
  skipsDnat: turns(
    'engine',
    'libnetwork/drivers/bridge/internal/iptabler/network.go: setupNonInternalNetworkRules',
    'where-masqueraded',
    ['28.0', 'where-asked-to-masquerade'],
    ['29.0', 'never'],
  ),
  hasIsolationChains: ends('engine', '29.0', 'libnetwork/drivers/bridge/setup_ip_tables_linux.go: isolation'),
  bridgeAddressAtOnce: begins(
    'engine',
    '27.4',
    'libnetwork/drivers/bridge/interface_linux.go: programIPv6Addresses',
  ),
  proxyAnswersAsAsked: begins('engine', '28.0', 'cmd/docker-proxy/udp_proxy_linux.go: replyLoop'),
  loopbackIpv6: begins('engine', '26.0', 'libnetwork/osl/namespace_linux.go: applyIPv6Sysctls'),
  filtersIpv6: begins('engine', '27.0', 'cmd/dockerd/config_unix.go: --ip6tables is on by default'),
  trustedInterfaces: begins('engine', '28.2', 'libnetwork/drivers/bridge/labels.go: TrustedHostInterfaces'),

  // What looking commands show
  inspectShowsIpv4: begins('engine', '28.0', 'api/types/network/network.go: Inspect.EnableIPv4'),
  inspectShowsDefaultGateway: begins('engine', '25.0', 'daemon/network.go: buildIPAMResources'),
  inspectShowsAddedGateway: begins('engine', '29.0', 'daemon/network.go: buildIPAMResources'),
  inspectShowsIpv6GatewayLength: ends('engine', '27.0', 'daemon/network.go: buildIPAMResources'),
  interfaceMadeInSandbox: begins('engine', '28.0', 'libnetwork/osl/interface_linux.go: AddInterface'),
  hostsFileCanonical: begins('engine', '28.0', 'libnetwork/etchosts/etchosts.go'),

  // Command line
  flagIpv4: begins('cli', '28.0', 'cli/command/network/create.go'),
  flagGatewayPriority: begins('cli', '28.0', 'cli/command/network/connect.go, opts/network.go'),
  readsAddressWithoutNetwork: begins('cli', '25.0', 'cli/command/container/opts.go: parseNetworkOpts'),
  readsAddresses: begins('cli', '29.0', 'cli/command/network/create.go, opts/network.go (net/netip)'),
  runJoinsSeveral: begins('cli', '25.0', 'cli/command/container/opts.go: parseNetworkOpts (API 1.44)'),
  linksOnOwnNetworksOnly: ends('cli', '28.0', 'cli/command/container/opts.go: parseNetworkAttachmentOpt'),
  defaultIsOwnNetwork: begins('cli', '25.0', 'cli/command/container/opts.go: parseNetworkAttachmentOpt'),

  // Compose
  checksContainerName: begins('compose', '2.39', 'compose-go 2.8 schema/compose-spec.json: container_name'),
} as const

export type RuleName = keyof typeof REGISTER
