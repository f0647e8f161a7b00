/** `docker run`, `create`, `start`, `stop`, … @see docker/cli `cli/command/container/{opts,create,run}.go` */
import {
  type ContainerAction,
  type ContainerCreate,
  type EndpointRequest,
  NO_WISHES,
  type Operation,
  type PortRequest,
} from '../engine/operation.ts'
import { parseMac } from '../net/index.ts'
import { parsePortSpec } from '../net/port-spec.ts'
import type { Rules } from '../rules/index.ts'
import { readEndpointAddresses } from './addresses.ts'
import { wrongCount } from './counts.ts'
import { type Arguments, allOf, flagTable, isOn, isRefused, lastOf, readArguments } from './flags.ts'
import { INTERFACE_OPTION, readPriority } from './network.ts'
import { type Refused, refused } from './refused.ts'

const CREATE = `add-host= annotation= attach:a= blkio-weight= blkio-weight-device= cap-add= cap-drop= cgroup-parent=
  cgroupns= cidfile= cpu-count= cpu-percent= cpu-period= cpu-quota= cpu-rt-period= cpu-rt-runtime= cpu-shares:c= cpus=
  cpuset-cpus= cpuset-mems= device= device-cgroup-rule= device-read-bps= device-read-iops= device-write-bps=
  device-write-iops= disable-content-trust dns= dns-opt= dns-option= dns-search= domainname= entrypoint= env:e=
  env-file= expose= gpus= group-add= health-cmd= health-interval= health-retries= health-start-interval=
  health-start-period= health-timeout= help hostname:h= init interactive:i io-maxbandwidth= io-maxiops= ip= ip6= ipc=
  isolation= kernel-memory= label:l= label-file= link= link-local-ip= log-driver= log-opt= mac-address= memory:m=
  memory-reservation= memory-swap= memory-swappiness= mount= name= net= net-alias= network= network-alias=
  no-healthcheck oom-kill-disable oom-score-adj= pid= pids-limit= platform= privileged publish:p= publish-all:P pull=
  quiet:q read-only restart= rm runtime= security-opt= shm-size= stop-signal= stop-timeout= storage-opt= sysctl=
  tmpfs= tty:t ulimit= use-api-socket user:u= userns= uts= volume:v= volume-driver= volumes-from= workdir:w=`
const CREATE_TABLE = flagTable(CREATE)
const RUN_TABLE = flagTable(`${CREATE} detach:d detach-keys= sig-proxy`)

const ACTION_TABLES = {
  start: flagTable('attach:a checkpoint= checkpoint-dir= detach-keys= interactive:i help'),
  stop: flagTable('signal:s= time:t= timeout:t= help'),
  restart: flagTable('signal:s= time:t= timeout:t= help'),
  kill: flagTable('signal:s= help'),
} as const
const REMOVE_TABLE = flagTable('force:f link:l volumes:v help')

/**
 * What a container in the sandbox of another cannot have, and what the engine calls it.
 * @see moby `runconfig/hostconfig_unix.go: validateNetContainerMode`
 */
const CONFLICTS = [
  ['dns', 'dns'],
  ['add-host', 'custom host-to-IP mapping'],
] as const

export function readContainerAction(
  action: keyof typeof ACTION_TABLES,
  words: readonly string[],
  rules: Rules,
): readonly Operation[] | Refused {
  const command = `docker ${action}`
  const args = readArguments(words, ACTION_TABLES[action], true, command)
  if (isRefused(args)) return args
  if (args.words.length === 0) return wrongCount(command, 'requires at least 1 argument', rules)
  const operation: ContainerAction = { op: `container-${action}`, names: args.words }
  return [operation]
}

export function readContainerRemove(words: readonly string[], rules: Rules): readonly Operation[] | Refused {
  const args = readArguments(words, REMOVE_TABLE, true, 'docker rm')
  if (isRefused(args)) return args
  if (args.words.length === 0) return wrongCount('docker rm', 'requires at least 1 argument', rules)
  return [{ op: 'container-rm', names: args.words, force: isOn(args, 'force') }]
}

/** @param start `docker run`; else `docker create`. */
export function readContainerCreate(
  start: boolean,
  words: readonly string[],
  rules: Rules,
): readonly Operation[] | Refused {
  const command = start ? 'docker run' : 'docker create'
  const args = readArguments(words, start ? RUN_TABLE : CREATE_TABLE, false, command)
  if (isRefused(args)) return args
  const image = args.words[0]
  if (image === undefined) return wrongCount(command, 'requires at least 1 argument', rules)
  const mac = lastOf(args, 'mac-address')
  if (mac !== '' && parseMac(mac) === null) {
    const hint = 'Write six bytes: 02:42:ac:11:00:02.'
    return refused('INVALID_MAC', `${mac} is not a valid mac address`, mac, hint)
  }
  const ports = readPorts(allOf(args, 'publish'), rules)
  if (isRefused(ports)) return ports
  for (const text of allOf(args, 'expose')) {
    const spec = text.includes(':') ? 'it names a host port' : parsePortSpec(text)
    if (typeof spec === 'string') {
      const message = `invalid port format for --expose: ${text}`
      return refused('INVALID_PORT', message, text, 'Write a container port, such as 80 or 53/udp.')
    }
  }
  const networks = readNetworks(args, rules)
  if (isRefused(networks)) return networks
  if (networks.mode.startsWith('container:')) {
    const clash = CONFLICTS.find(([flag]) => args.flags.has(flag))
    if (clash !== undefined) {
      const hint = `Give it to ${networks.mode.slice('container:'.length)}, whose sandbox it is.`
      const message = `conflicting options: ${clash[1]} and the network mode`
      return refused('CONFLICTING_OPTIONS', message, `--${clash[0]}`, hint)
    }
  }
  const create: ContainerCreate = {
    op: 'container-create',
    start,
    name: lastOf(args, 'name'),
    image,
    hostname: lastOf(args, 'hostname'),
    networkMode: networks.mode,
    endpoints: networks.endpoints,
    ports,
    publishAll: isOn(args, 'publish-all'),
    expose: allOf(args, 'expose'),
    links: allOf(args, 'link'),
    mac,
    autoRemove: isOn(args, 'rm'),
    compose: null,
    dependsOn: [],
  }
  return [create]
}

function readPorts(texts: readonly string[], { say }: Rules): readonly PortRequest[] | Refused {
  const ports: PortRequest[] = []
  for (const text of texts) {
    const spec = parsePortSpec(text.includes('=') ? standardPort(text) : text)
    if (typeof spec === 'string')
      return refused('INVALID_PORT', say.portFault(spec), text, 'Write HOST:CONTAINER, such as 8000:5000.')
    ports.push(spec)
  }
  return ports
}

/** `published=8080,target=80,protocol=udp` as `8080:80/udp`. @see docker/cli `container/opts.go: convertToStandardNotation` */
function standardPort(text: string): string {
  const fields = new Map(text.split(',').map((field) => splitField(field)))
  const published = fields.get('published')
  const target = fields.get('target') ?? ''
  return `${published === undefined ? '' : `${published}:`}${target}/${fields.get('protocol') ?? 'tcp'}`
}

function splitField(field: string): readonly [string, string] {
  const equals = field.indexOf('=')
  return equals < 0 ? [field.trim(), ''] : [field.slice(0, equals).trim(), field.slice(equals + 1).trim()]
}

interface Networks {
  readonly mode: string
  readonly endpoints: readonly EndpointRequest[]
}

/** @see docker/cli `container/opts.go: parseNetworkOpts, applyContainerOptions, parseNetworkAttachmentOpt` */
function readNetworks(args: Arguments, rules: Rules): Networks | Refused {
  const texts = [...allOf(args, 'network'), ...allOf(args, 'net')]
  const isRead = texts.length > 0 || rules.readsAddressWithoutNetwork
  const addresses = readEndpointAddresses(args, rules)
  if (isRefused(addresses)) return addresses
  const own: EndpointRequest = isRead
    ? {
        ...NO_WISHES,
        ...addresses,
        aliases: [...allOf(args, 'network-alias'), ...allOf(args, 'net-alias')],
      }
    : NO_WISHES
  const requests: EndpointRequest[] = []
  for (const text of texts.length === 0 ? ['default'] : texts) {
    const given = readNetworkFlag(text, rules)
    if (isRefused(given)) return given
    const request = requests.length === 0 ? withContainerOptions(given, own, args) : given
    if (isRefused(request)) return request
    const fault = networkFault(request, requests) ?? linkFault(request, args, rules)
    if (fault !== null) return fault
    requests.push(request)
  }
  const mixed =
    requests.some(({ network }) => isUserDefined(network)) &&
    !requests.every(({ network }) => isUserDefined(network))
  if (mixed) {
    const message = 'conflicting options: cannot attach both user-defined and non-user-defined network-modes'
    return refused(
      'CONFLICTING_OPTIONS',
      message,
      '--network',
      'Join the second with "docker network connect".',
    )
  }
  const mode = requests[0]?.network ?? 'default'
  return { mode, endpoints: requests.map(endpointOf).filter((endpoint) => endpoint !== null) }
}

/** `NAME`, or `name=NAME,alias=…,ip=…`. @see docker/cli `opts/network.go: NetworkOpt.Set` */
function readNetworkFlag(text: string, rules: Rules): EndpointRequest | Refused {
  const plain: EndpointRequest = { ...NO_WISHES, network: text }
  if (!/^(?:[^,=]*,)*[a-z0-9-]+=/.test(text)) return plain
  let endpoint = { ...plain, network: '' }
  const invalid = (what: string): Refused =>
    refused('INVALID_VALUE', `invalid argument "${text}" for "--network" flag: ${what}`, text, NETWORK_HINT)
  for (const field of text.split(',')) {
    const [key, value] = splitField(field)
    if (!field.includes('=')) return invalid(`invalid field ${field}`)
    switch (key.toLowerCase()) {
      case 'name':
        endpoint = { ...endpoint, network: value }
        break
      case 'alias':
        endpoint = { ...endpoint, aliases: [...endpoint.aliases, value] }
        break
      case 'ip':
        endpoint = { ...endpoint, ipv4: value }
        break
      case 'ip6':
        endpoint = { ...endpoint, ipv6: value }
        break
      case 'mac-address':
        if (parseMac(value) === null) return invalid(`${value} is not a valid mac address`)
        endpoint = { ...endpoint, mac: value }
        break
      case 'link-local-ip':
        endpoint = { ...endpoint, linkLocalIps: [...endpoint.linkLocalIps, value] }
        break
      case 'driver-opt': {
        const [option, setting] = splitField(value)
        if (option === INTERFACE_OPTION) endpoint = { ...endpoint, interfaceName: setting }
        break
      }
      case 'gw-priority': {
        if (!rules.flagGatewayPriority) return invalid(`invalid field key ${key}`)
        const priority = readPriority(value, 'gw-priority')
        if (typeof priority === 'object') return invalid(`invalid gw-priority: ${value}`)
        endpoint = { ...endpoint, gwPriority: priority }
        break
      }
      default:
        return invalid(`invalid field key ${key}`)
    }
  }
  return endpoint
}
const NETWORK_HINT =
  'Fields: name, alias, ip, ip6, mac-address, link-local-ip, driver-opt, gw-priority (28 and later).'

/** `--ip`, `--network-alias` and their like belong to the first network. */
function withContainerOptions(
  given: EndpointRequest,
  own: EndpointRequest,
  args: Arguments,
): EndpointRequest | Refused {
  const clash = (flag: string, what: string): Refused =>
    refused(
      'CONFLICTING_OPTIONS',
      `conflicting options: cannot specify both ${flag} and per-network ${what}`,
      flag,
    )
  if (given.aliases.length > 0 && own.aliases.length > 0) return clash('--network-alias', 'alias')
  if (given.ipv4 !== '' && own.ipv4 !== '') return clash('--ip', 'IPv4 address')
  if (given.ipv6 !== '' && own.ipv6 !== '') return clash('--ip6', 'IPv6 address')
  if (given.mac !== '' && lastOf(args, 'mac-address') !== '') return clash('--mac-address', 'MAC address')
  if (given.linkLocalIps.length > 0 && own.linkLocalIps.length > 0)
    return clash('--link-local-ip', 'link-local IP addresses')
  return {
    ...given,
    ipv4: own.ipv4 === '' ? given.ipv4 : own.ipv4,
    ipv6: own.ipv6 === '' ? given.ipv6 : own.ipv6,
    aliases: own.aliases.length === 0 ? given.aliases : own.aliases,
    linkLocalIps: own.linkLocalIps.length === 0 ? given.linkLocalIps : own.linkLocalIps,
  }
}

/** @see docker/cli v20.10 and v26.1 `container/opts.go: parseNetworkAttachmentOpt` */
function linkFault({ network }: EndpointRequest, args: Arguments, rules: Rules): Refused | null {
  const isOwn = network === 'default' && rules.defaultIsOwnNetwork
  const isGiven = allOf(args, 'network').length + allOf(args, 'net').length > 0
  if (
    !isGiven ||
    isOwn ||
    !rules.linksOnOwnNetworksOnly ||
    isUserDefined(network) ||
    allOf(args, 'link').length === 0
  )
    return null
  const message = 'links are only supported for user-defined networks'
  return refused(
    'LINK_NOT_POSSIBLE',
    message,
    '--link',
    'Leave out --network, or join a network of your own.',
  )
}

function networkFault(request: EndpointRequest, earlier: readonly EndpointRequest[]): Refused | null {
  const { network } = request
  if (network.trim() === '') return refused('INVALID_NAME', 'no name set for network', '--network')
  if (!isUserDefined(network) && request.aliases.length > 0) {
    const message = 'network-scoped aliases are only supported for user-defined networks'
    return refused(
      'ALIAS_NOT_SUPPORTED',
      message,
      request.aliases[0],
      'Join a network of your own with --network.',
    )
  }
  if (earlier.some((other) => other.network === network)) {
    return refused(
      'CONFLICTING_OPTIONS',
      `network "${network}" is specified multiple times`,
      network,
      'Name it once.',
    )
  }
  return null
}

/** @see moby `api/types/container/hostconfig_unix.go: NetworkMode.IsUserDefined` */
function isUserDefined(network: string): boolean {
  return !['default', 'bridge', 'host', 'none'].includes(network) && !network.startsWith('container:')
}

/**
 * What goes to the engine. The default bridge is called `bridge`; a host, none or container mode has an endpoint only
 * when something was asked of it, so that the engine can refuse that.
 */
function endpointOf(request: EndpointRequest): EndpointRequest | null {
  const { network } = request
  const { ipv4, ipv6, mac, aliases, linkLocalIps } = request
  const bare = `${ipv4}${ipv6}${mac}` === '' && aliases.length === 0 && linkLocalIps.length === 0
  if (network === 'host' || network === 'none' || network.startsWith('container:'))
    return bare ? null : request
  return network === 'default' ? { ...request, network: 'bridge' } : request
}
