/** What programs say in other words from one release to another: the rule behind is the same. */
import { turns } from './rule.ts'

type Says<Arguments extends readonly unknown[] = []> = (...given: Arguments) => string

const HOOK =
  'failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: error running hook #0: error running hook: exit status 1, stdout: , stderr: '
const HOST_MODE = 'container cannot be disconnected from host network or connected to host network'

export const WORDING = {
  // Networks
  emptyNetworkName: turns<Says<[name: string]>>(
    'engine',
    'libnetwork/error.go: ErrInvalidName; 28.0 daemon/libnetwork/controller.go',
    (name) => `network with name ${name} already exists`,
    ['25.0', (name) => `invalid name: ${name}`.trimEnd()],
    ['28.0', () => 'invalid name: name is empty'],
  ),
  poolsExhausted: turns<Says<[family: string]>>(
    'engine',
    'libnetwork/ipamapi/contract.go',
    (family) =>
      `could not find an available, non-overlapping IPv${family} address pool among the defaults to assign to the network`,
    ['27.0', () => 'all predefined address pools have been fully subnetted'],
  ),
  noPoolOfSize: turns<Says>(
    'engine',
    'libnetwork/ipamapi/contract.go: ErrInvalidPool',
    () => 'all predefined address pools have been fully subnetted',
    ['29.0', () => 'invalid address pool'],
  ),
  poolRequest: turns<Says<[why: string]>>(
    'engine',
    'libnetwork/ipams/defaultipam/allocator.go: RequestPool',
    (why) => why,
    ['27.0', (why) => `invalid pool request: ${why}`],
  ),
  noAvailableAddress: turns<Says>(
    'engine',
    'libnetwork/ipamapi/contract.go: ErrNoAvailableIPs',
    () => 'No available addresses on this pool',
    ['25.0', () => 'no available addresses on this pool'],
  ),
  deviceNameTooLong: turns<Says>(
    'engine',
    'libnetwork/drivers/bridge/bridge_linux.go',
    () => 'failed to check bridge interface existence: numerical result out of range',
    ['25.0', () => 'numerical result out of range'],
  ),
  multicastSubnet: turns<Says<[own: string]>>(
    'engine',
    'libnetwork/drivers/bridge/network_linux.go: validateIPv6Subnet',
    (own) => `failed to add IPv6 address ${own} to bridge: cannot assign requested address`,
    ['27.0', (own) => `multicast subnet '${own}' is not allowed`],
  ),
  linkLocalSubnet: turns<Says<[own: string]>>(
    'engine',
    'libnetwork/drivers/bridge/network_linux.go: validateIPv6Subnet; before setup_ipv6_linux.go',
    (own) => `failed to add IPv6 address ${own} to bridge: file exists`,
    ['25.0', () => "clash with the Link-Local prefix 'fe80::/64'"],
    ['27.0', (own) => `'${own}' clashes with the Link-Local prefix 'fe80::/64'`],
  ),
  parentNotFound: turns<Says<[parent: string]>>(
    'engine',
    'libnetwork/drivers/macvlan/macvlan_setup.go',
    (parent) => `-o parent interface does was not found on the host: ${parent}`,
    ['23.0', (parent) => `-o parent interface was not found on the host: ${parent}`],
  ),
  activeEndpoints: turns<Says<[network: string, id: string, endpoints: () => string]>>(
    'engine',
    'libnetwork/error.go: ActiveEndpointsError',
    (network, id) => `error while removing network: network ${network} id ${id} has active endpoints`,
    [
      '28.1',
      (network, _, endpoints) =>
        `error while removing network: network ${network} has active endpoints (${endpoints()})`,
    ],
  ),

  // Endpoints
  staticOnUserNetworksOnly: turns<Says>(
    'engine',
    'daemon/container_operations.go: validateEndpointSettings',
    () => 'user specified IP address is supported on user defined networks only',
    ['29.1', () => 'user-specified IP address is supported on user-defined networks only'],
  ),
  aliasOnUserNetworksOnly: turns<Says>(
    'engine',
    'daemon/container_operations.go: validateEndpointSettings',
    () => 'network-scoped alias is supported only for containers in user defined networks',
    ['29.1', () => 'network-scoped aliases are only supported for user-defined networks'],
  ),
  addressNotConfigured: turns<Says<[address: string]>>(
    'engine',
    'daemon/container_operations.go: validateEndpointIPAddress',
    (address) => `no configured subnet or ip-range contain the IP address ${address}`,
    ['29.1', (address) => `no configured subnet contains IP address ${address}`],
  ),
  addressNotInSubnets: turns<Says<[address: string]>>(
    'engine',
    'libnetwork/network.go: requestAddress',
    (address) => `Invalid address ${address}: It does not belong to any of this network's subnets`,
    ['25.0', (address) => `invalid address ${address}: It does not belong to any of this network's subnets`],
  ),
  startFailed: turns<Says<[why: string]>>('engine', 'daemon/start.go', (why) => why, [
    '28.1',
    (why) => `failed to set up container networking: ${why}`,
  ]),
  interfaceFailed: turns<Says<[why: string]>>(
    'engine',
    'a hook of runc sets interfaces up until 28.0',
    (why) => `${HOOK}time="0001-01-01T00:00:00Z" level=fatal msg=${JSON.stringify(why)}: unknown`,
    ['25.0', (why) => `failed to create task for container: ${HOOK}${why}: unknown`],
    ['28.0', (why) => why],
  ),
  connectToHost: turns<Says>('engine', 'daemon/container_operations.go', () => HOST_MODE, [
    '28.1',
    () => 'cannot connect container to host network - container must be created in host network mode',
  ]),
  disconnectFromHost: turns<Says>('engine', 'daemon/container_operations.go', () => HOST_MODE, [
    '28.1',
    () => 'container cannot be disconnected from host network',
  ]),
  portNotBound: turns<Says<[proto: string, where: string, target: string]>>(
    'engine',
    'libnetwork/drivers/bridge/port_mapping_linux.go',
    (proto, where) =>
      `Error starting userland proxy: listen ${proto} ${where}: bind: cannot assign requested address`,
    [
      '28.0',
      (_, where, target) =>
        `failed to bind host port for ${where}:${target}: cannot assign requested address`,
    ],
    [
      '29.0',
      (proto, where) =>
        `failed to bind host port ${where}/${proto.slice(0, -1)}: cannot assign requested address`,
    ],
  ),

  // Containers
  linkedGone: turns<Says<[name: string]>>(
    'engine',
    'daemon/daemon_unix.go: registerLinks',
    (name) => `Could not get container for ${name}: No such container: ${name}`,
    ['25.0', (name) => `could not get container for ${name}: No such container: ${name}`],
  ),
  linkedNotOnBridge: turns<Says<[name: string, id: string]>>(
    'engine',
    'daemon/container_operations.go: isLinkable',
    (name) => `Cannot link to /${name}, as it does not belong to the default network`,
    ['28.0', (_, id) => `container ${id} not attached to default bridge network`],
  ),
  joinMissing: turns<Says<[why: string]>>(
    'engine',
    'daemon/container_operations_unix.go: getNetworkedContainer',
    (why) => why,
    ['28.0', (why) => `joining network namespace of container: ${why}`],
  ),
  joinItself: turns<Says>(
    'engine',
    'daemon/container_operations_unix.go: getNetworkedContainer',
    () => 'cannot join own network',
    ['28.0', () => 'cannot join own network namespace'],
  ),
  joinStopped: turns<Says<[asked: string, name: string, state: string]>>(
    'engine',
    'daemon/container_operations_unix.go: getNetworkedContainer',
    (asked) => `cannot join network of a non running container: ${asked}`,
    [
      '28.0',
      (_, name, state) =>
        `cannot join network namespace of a non running container: container ${name} is ${state}`,
    ],
  ),
  cannotKill: turns<Says<[name: string, why: string]>>(
    'engine',
    'daemon/kill.go',
    (name, why) => `Cannot kill container: ${name}: ${why}`,
    ['26.0', (name, why) => `cannot kill container: ${name}: ${why}`],
  ),
  notRunning: turns<Says<[id: string]>>(
    'engine',
    'daemon/errors.go: errNotRunning',
    (id) => `Container ${id} is not running`,
    ['25.0', (id) => `container ${id} is not running`],
  ),
  cannotRemoveRunning: turns<Says<[name: string, id: string]>>(
    'engine',
    'daemon/delete.go',
    (_, id) =>
      `You cannot remove a running container ${id}. Stop the container before attempting removal or force remove`,
    [
      '25.0',
      (name) =>
        `cannot remove container "/${name}": container is running: stop the container before removing or force remove`,
    ],
    [
      '28.0',
      (name) =>
        `cannot remove container "${name}": container is running: stop the container before removing or force remove`,
    ],
  ),

  // Command line
  portFault: turns<Says<[fault: string]>>('cli', 'go-connections nat/nat.go', (fault) => fault, [
    '29.0',
    (fault) => `${fault.slice(0, 1).toLowerCase()}${fault.slice(1)}`,
  ]),
  wrongCount: turns<Says<[command: string, rule: string]>>(
    'cli',
    'cli/required.go',
    (command, rule) => `"${command}" ${rule}.`,
    ['28.0', (command, rule) => `'${command}' ${rule}.`],
  ),

  // Compose
  additionalKey: turns<Says<[where: string, key: string]>>(
    'compose',
    'compose-go 2.7 schema/schema.go',
    (where, key) => `${where} Additional property ${key} is not allowed`,
    ['2.38', (where, key) => `${where} additional properties '${key}' not allowed`],
  ),
} as const

export type WordingName = keyof typeof WORDING
