/** An operation → the command line that asks for it: what `parseCommand` reads. */
import {
  type ContainerCreate,
  type EndpointRequest,
  isGlobal,
  type Labels,
  type NameSettings,
  type NetworkCreate,
  type ServiceCreate,
  type ServicePortRequest,
  type SubnetRequest,
  type SwarmInit,
  type SwarmJoin,
} from '../engine/operation.ts'
import type { PortRange } from '../net/port-spec.ts'
import { commandLine } from '../problem/command-line.ts'
import type { Rules } from '../rules/index.ts'
import { INTERFACE_OPTION } from './network.ts'

export function formatNetworkCreate(network: NetworkCreate): string {
  return commandLine(
    'docker',
    'network',
    'create',
    ...(network.driver === 'bridge' ? [] : ['--driver', network.driver]),
    ...(network.scope === '' ? [] : ['--scope', network.scope]),
    ...(network.ipv4 === null ? [] : [`--ipv4=${network.ipv4}`]),
    ...(network.ipv6 === null ? [] : network.ipv6 ? ['--ipv6'] : ['--ipv6=false']),
    ...network.subnets.flatMap(subnetFlags),
    ...(network.internal ? ['--internal'] : []),
    ...(network.attachable ? ['--attachable'] : []),
    ...(network.ingress ? ['--ingress'] : []),
    ...[...network.options].flatMap(([key, value]) => ['--opt', value === '' ? key : `${key}=${value}`]),
    ...labelFlags(network.labels),
    network.name,
  )
}

/** Without the marks by which compose knows its own: whoever types the command is not compose. */
function labelFlags(labels: Labels | undefined): readonly string[] {
  const flags: string[] = []
  for (const [key, value] of labels ?? [])
    if (!key.startsWith('com.docker.compose.')) flags.push('--label', value === '' ? key : `${key}=${value}`)
  return flags
}

function subnetFlags({ subnet, ipRange, gateway, auxAddresses }: SubnetRequest): readonly string[] {
  return [
    ...(subnet === '' ? [] : ['--subnet', subnet]),
    ...(ipRange === '' ? [] : ['--ip-range', ipRange]),
    ...(gateway === '' ? [] : ['--gateway', gateway]),
    ...[...auxAddresses].flatMap(([name, address]) => ['--aux-address', `${name}=${address}`]),
  ]
}

/**
 * The commands that make a container and, where it is to run, start it. Several, where the client cannot join
 * several networks at once.
 *
 * @param argument what the image is told to run; nothing where empty.
 */
export function formatContainerCreate(
  container: ContainerCreate,
  rules: Rules,
  argument: readonly string[],
): readonly string[] {
  return createLines(container, container.endpoints, container.start, rules, argument)
}

function createLines(
  container: ContainerCreate,
  endpoints: readonly EndpointRequest[],
  start: boolean,
  rules: Rules,
  argument: readonly string[],
): readonly string[] {
  const [first, ...others] = endpoints
  if (first === undefined || others.length === 0 || rules.runJoinsSeveral)
    return [createLine(container, endpoints, start, argument)]
  return [
    createLine(container, [first], false, argument),
    ...others.map((endpoint) => formatNetworkConnect(endpoint, container.name)),
    ...(start ? [formatContainerStart(container.name)] : []),
  ]
}

/** As one command, whatever networks it joins. */
export function formatContainerRun(container: ContainerCreate, argument: readonly string[]): string {
  return createLine(container, container.endpoints, true, argument)
}

function createLine(
  container: ContainerCreate,
  endpoints: readonly EndpointRequest[],
  start: boolean,
  argument: readonly string[],
): string {
  // Pushed, not spread: a plan may have ten thousand of these.
  const words = start ? ['docker', 'run', '-d'] : ['docker', 'create']
  const add = (flag: string, value: string): void => {
    if (value !== '') words.push(flag, value)
  }
  if (container.autoRemove) words.push('--rm')
  if (container.restart !== 'no') words.push('--restart', container.restart)
  add('--name', container.name)
  add('--hostname', container.hostname)
  words.push(
    ...(endpoints.length > 0 ? networkFlags(container, endpoints) : modeFlags(container.networkMode)),
  )
  add('--mac-address', container.mac)
  for (const port of container.ports) words.push('-p', portText(port))
  if (container.publishAll) words.push('-P')
  for (const port of container.expose) words.push('--expose', port)
  for (const link of container.links) words.push('--link', link)
  for (const link of endpoints[0]?.links ?? []) words.push('--link', link)
  words.push(...nameFlags(container.names), ...labelFlags(container.labels))
  words.push(container.image === '' ? 'alpine' : container.image, ...argument)
  return commandLine(...words)
}

export function formatNetworkConnect(endpoint: EndpointRequest, container: string): string {
  return commandLine(
    'docker',
    'network',
    'connect',
    ...endpointFlags(endpoint, '--alias'),
    ...endpoint.links.flatMap((link) => ['--link', link]),
    ...(endpoint.gwPriority === 0 ? [] : ['--gw-priority', String(endpoint.gwPriority)]),
    ...(endpoint.interfaceName === ''
      ? []
      : ['--driver-opt', `${INTERFACE_OPTION}=${endpoint.interfaceName}`]),
    endpoint.network,
    container,
  )
}

export function formatNetworkDisconnect(network: string, container: string): string {
  return commandLine('docker', 'network', 'disconnect', network, container)
}

export function formatNetworkRemove(network: string): string {
  return commandLine('docker', 'network', 'rm', network)
}

export function formatContainerRemove(names: readonly string[]): string {
  return commandLine('docker', 'rm', '-f', ...names)
}

export function formatContainerStart(name: string): string {
  return commandLine('docker', 'start', name)
}

function nameFlags({ extraHosts, dns, dnsSearch, dnsOptions }: NameSettings): readonly string[] {
  return [
    ...extraHosts.flatMap((one) => ['--add-host', one]),
    ...dns.flatMap((one) => ['--dns', one]),
    ...dnsSearch.flatMap((one) => ['--dns-search', one]),
    ...dnsOptions.flatMap((one) => ['--dns-option', one]),
  ]
}

/** The one command that does what a front end has done by itself, in a shell's words. */
export function formatContainerStep(
  container: ContainerCreate,
  rules: Rules,
  start: boolean = container.start,
): string {
  const endpoints = container.endpoints.map((endpoint) => ({
    ...endpoint,
    // The container's own name is found anyway.
    aliases: [...new Set(endpoint.aliases)].filter((alias) => alias !== container.name),
  }))
  return createLines(container, endpoints, start, rules, []).join(' && ')
}

export function formatServiceCreate(spec: ServiceCreate): string {
  return commandLine(
    'docker',
    'service',
    'create',
    '--name',
    spec.name,
    ...(spec.mode === 'replicated' ? [] : ['--mode', spec.mode]),
    ...(spec.maxConcurrent === undefined ? [] : ['--max-concurrent', String(spec.maxConcurrent)]),
    ...(isGlobal(spec) || spec.replicas === 1 ? [] : ['--replicas', String(spec.replicas)]),
    ...(spec.endpointMode === 'dnsrr' ? ['--endpoint-mode', 'dnsrr'] : []),
    ...spec.networks.flatMap(({ network }) => ['--network', network]),
    ...spec.ports.flatMap((port) => ['--publish', servicePortText(port)]),
    ...spec.constraints.flatMap((constraint) => ['--constraint', constraint]),
    ...(spec.hostname === '' ? [] : ['--hostname', spec.hostname]),
    spec.image === '' ? 'IMAGE' : spec.image,
  )
}

function servicePortText({ published, target, protocol, mode }: ServicePortRequest): string {
  return [
    ...(published === null ? [] : [`published=${published}`]),
    `target=${target}`,
    ...(protocol === 'tcp' ? [] : [`protocol=${protocol}`]),
    ...(mode === 'ingress' ? [] : [`mode=${mode}`]),
  ].join(',')
}

export function formatSwarmInit({ advertiseAddr, defaultAddrPool, maskLength }: SwarmInit): string {
  return commandLine(
    'docker',
    'swarm',
    'init',
    ...(advertiseAddr === '' ? [] : ['--advertise-addr', advertiseAddr]),
    ...defaultAddrPool.flatMap((pool) => ['--default-addr-pool', pool]),
    ...(maskLength === null ? [] : ['--default-addr-pool-mask-length', String(maskLength)]),
  )
}

/** With a token that stands for the one `docker swarm join-token` prints. */
export function formatSwarmJoin({ remote, role }: SwarmJoin): string {
  const token = `SWMTKN-1-${role ?? 'worker'}-token`
  return commandLine('docker', 'swarm', 'join', '--token', token, `${remote}:2377`)
}

/** Of the block as a file. */
export function formatStackDeploy(stack: string): string {
  return commandLine('docker', 'stack', 'deploy', '-c', 'compose.yaml', stack)
}

function modeFlags(mode: string): readonly string[] {
  return mode === 'default' || mode === '' ? [] : ['--network', mode]
}

function networkFlags(container: ContainerCreate, endpoints: readonly EndpointRequest[]): readonly string[] {
  const [only] = endpoints
  const single = endpoints.length === 1
  // Settings that only the long form of --network knows.
  const long = (endpoint: EndpointRequest): boolean =>
    endpoint.mac !== '' || endpoint.gwPriority !== 0 || endpoint.interfaceName !== ''
  if (only !== undefined && single && !long(only)) {
    const network = container.networkMode === 'default' ? [] : ['--network', only.network]
    return [...network, ...endpointFlags(only, '--network-alias')]
  }
  return endpoints.flatMap((endpoint) => ['--network', longNetwork(endpoint)])
}

function endpointFlags(endpoint: EndpointRequest, alias: string): readonly string[] {
  return [
    ...(endpoint.ipv4 === '' ? [] : ['--ip', endpoint.ipv4]),
    ...(endpoint.ipv6 === '' ? [] : ['--ip6', endpoint.ipv6]),
    ...endpoint.aliases.flatMap((one) => [alias, one]),
    ...endpoint.linkLocalIps.flatMap((one) => ['--link-local-ip', one]),
  ]
}

function longNetwork(endpoint: EndpointRequest): string {
  const fields = [
    ...(endpoint.ipv4 === '' ? [] : [`ip=${endpoint.ipv4}`]),
    ...(endpoint.ipv6 === '' ? [] : [`ip6=${endpoint.ipv6}`]),
    ...(endpoint.mac === '' ? [] : [`mac-address=${endpoint.mac}`]),
    ...endpoint.aliases.map((alias) => `alias=${alias}`),
    ...endpoint.linkLocalIps.map((one) => `link-local-ip=${one}`),
    ...(endpoint.gwPriority === 0 ? [] : [`gw-priority=${endpoint.gwPriority}`]),
    ...(endpoint.interfaceName === '' ? [] : [`driver-opt=${INTERFACE_OPTION}=${endpoint.interfaceName}`]),
  ]
  return fields.length === 0 ? endpoint.network : [`name=${endpoint.network}`, ...fields].join(',')
}

function portText(port: ContainerCreate['ports'][number]): string {
  const ip = port.hostIp === '' ? '' : `${port.hostIp.includes(':') ? `[${port.hostIp}]` : port.hostIp}:`
  const published = port.published === null ? (ip === '' ? '' : ':') : `${rangeText(port.published)}:`
  return `${ip}${published}${rangeText(port.target)}${port.protocol === 'tcp' ? '' : `/${port.protocol}`}`
}

function rangeText({ first, last }: PortRange): string {
  return first === last ? String(first) : `${first}-${last}`
}
