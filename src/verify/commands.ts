/** Docker commands that make what was inspected, where keys of a block cannot. */
import { formatContainerRemove, formatNetworkConnect } from '../command/format.ts'
import {
  type ContainerCreate,
  type EndpointRequest,
  NO_NAME_SETTINGS,
  NO_WISHES,
  PLAIN_CONTAINER,
} from '../engine/operation.ts'
import {
  type Address,
  compareAddresses,
  formatAddress,
  parseAddress,
  parseCidr,
  withoutLength,
} from '../net/index.ts'
import { isPortFault, parsePortSpec } from '../net/port-spec.ts'
import { createCommand, runCommand } from './advice.ts'
import type { InspectedNetwork } from './inspect.ts'
import type { Named, Sandbox, SandboxAttachment } from './sandboxes.ts'

/** More addresses than these are not held free: the block would be longer than what it tells. */
const MOST_HOLES = 16

export function createCommandOf(network: InspectedNetwork, withGateways: boolean): string {
  return createCommand({
    ...network,
    ipam: network.ipam.map((one) => (withGateways ? one : { ...one, gateway: '' })),
  })
}

/**
 * Runs containers so that each gets its address on the default bridge, where none can be asked for: lowest first,
 * with a passing container wherever one has to be stepped over. `macs`: network and container, with a space, of those
 * whose MAC is written.
 */
export function runCommandsOf(sandboxes: readonly Sandbox[], macs: ReadonlySet<string>): string[] {
  const commands: string[] = []
  const onBridge = (sandbox: Sandbox): SandboxAttachment | undefined =>
    sandbox.attachments.find(({ network }) => network.name === 'bridge')
  const bridge = sandboxes.map(onBridge).find((attachment) => attachment !== undefined)?.network
  const taken = new Set(sandboxes.map((sandbox) => withoutLength(onBridge(sandbox)?.ipv4 ?? '')))
  const holes = bridge === undefined ? [] : holesOf(bridge, taken)
  const passing: string[] = []
  for (const sandbox of sandboxes) {
    const address = parseAddress(withoutLength(onBridge(sandbox)?.ipv4 ?? ''))
    while (address !== null && (holes[0]?.value ?? address.value) < address.value) {
      holes.shift()
      passing.push(`passing-${passing.length + 1}`)
      commands.push(runCommand({ ...PLAIN_CONTAINER, name: passing.at(-1) ?? '', image: 'busybox' }))
    }
    commands.push(...runCommands(sandbox, macs))
  }
  return passing.length === 0 ? commands : [...commands, formatContainerRemove(passing)]
}

/** Free addresses below the highest taken one, ascending; none when there are too many. */
function holesOf(bridge: InspectedNetwork, taken: ReadonlySet<string>): Address[] {
  // Subnets that were asked for are listed first, whatever their family.
  const config = bridge.ipam.find(({ subnet: text }) => !text.includes(':'))
  const subnet = parseCidr(config?.subnet ?? '')
  const range = parseCidr(config?.ipRange ?? '')
  if (subnet === null) return []
  const first = range?.address.value ?? subnet.address.value
  // Not printed by 20.10: the lowest free one of the range.
  const lowest = first === subnet.address.value ? first + 1n : first
  const gateway = parseAddress(config?.gateway ?? '')?.value ?? lowest
  const highest = [...taken]
    .flatMap((text) => parseAddress(text) ?? [])
    .sort(compareAddresses)
    .at(-1)
  if (highest === undefined) return []
  const holes: Address[] = []
  for (let value = first; value < highest.value && holes.length <= MOST_HOLES; value++) {
    const address: Address = { family: 4, value }
    // The first address of a subnet is its own name (RFC 919), and never given.
    if (value !== subnet.address.value && value !== gateway && !taken.has(formatAddress(address)))
      holes.push(address)
  }
  return holes.length > MOST_HOLES ? [] : holes
}

/** `0.0.0.0:8080:80` is for port 8080. */
export const hostPort = (port: string): string => port.split(':').at(-2) ?? ''

/** Containers that do not run: they hold no address, and ask for ports only where no other one has them. */
export function restCommandsOf(sandboxes: readonly Sandbox[], taken: ReadonlySet<string>): string[] {
  const made = sandboxes.flatMap((sandbox) => {
    const ports = sandbox.ports.filter((port) => !taken.has(hostPort(port)))
    const [run = '', ...connects] = runCommands({ ...sandbox, ports }, new Set())
    return [sandbox.state === 'created' ? run.replace('docker run -d', 'docker create') : run, ...connects]
  })
  const stopped = sandboxes.filter(({ state }) => state === 'exited').map(({ name }) => name)
  return stopped.length === 0 ? made : [...made, `docker stop ${stopped.join(' ')}`]
}

export function runCommands(sandbox: Sandbox<Named>, macs: ReadonlySet<string>): string[] {
  const { name, image, mode, attachments, ports } = sandbox
  const isShared = mode.startsWith('container:')
  const onBridge = attachments.find(({ network }) => network.name === 'bridge')
  const hasMac = ({ network }: SandboxAttachment<Named>): boolean => macs.has(`${network.name} ${name}`)
  // --mac-address goes to the network a container is created on.
  const primary = attachments.find(hasMac) ?? onBridge ?? attachments[0]
  const others = attachments.filter(
    (attachment) => attachment !== primary && attachment.network.name !== 'docker_gwbridge',
  )
  const onNetwork = mode === 'networks' && primary !== undefined && primary !== onBridge
  const container: ContainerCreate = {
    ...PLAIN_CONTAINER,
    name,
    image,
    networkMode: mode !== 'networks' ? mode : onNetwork ? primary.network.name : 'default',
    endpoints: onNetwork ? [wishesOf(primary)] : [],
    mac: primary !== undefined && hasMac(primary) ? primary.mac : '',
    links: mode === 'networks' && primary === onBridge ? (onBridge?.links ?? []) : [],
    hostname: isShared || mode === 'host' ? '' : sandbox.hostname,
    names: isShared
      ? NO_NAME_SETTINGS
      : {
          extraHosts: sandbox.extraHosts,
          dns: sandbox.dns,
          dnsSearch: sandbox.dnsSearch,
          dnsOptions: sandbox.dnsOptions,
        },
    ports: ports.flatMap((text) => {
      const port = parsePortSpec(text)
      return isPortFault(port) ? [] : [port]
    }),
  }
  return [runCommand(container), ...others.map((other) => formatNetworkConnect(wishesOf(other), name))]
}

/** The default bridge takes no address. */
function wishesOf({
  network,
  ipv4,
  ipv6,
  aliases,
  links,
  gwPriority,
}: SandboxAttachment<Named>): EndpointRequest {
  const { name } = network
  const names = name === 'bridge' ? { aliases: [], links: [] } : { aliases, links }
  const plain = { ...NO_WISHES, network: name, gwPriority, ...names }
  return name === 'bridge' ? plain : { ...plain, ipv4: withoutLength(ipv4), ipv6: withoutLength(ipv6) }
}
