/** `docker run`, `create`, `start`, `stop`, … @see docker/cli `cli/command/container/{opts,create,run}.go` */

import {
  type ContainerAction,
  type ContainerCreate,
  type EndpointRequest,
  NO_WISHES,
  type Operation,
  type Origins,
  type PortRequest,
  type Refusal,
} from '../engine/operation.ts'
import { isRefusal } from '../engine/refusal.ts'
import { parseMac } from '../net/index.ts'
import { isPortFault, parsePortSpec, portFaultText } from '../net/port-spec.ts'
import type { Span } from '../problem/problem.ts'
import { say } from '../problem/say.ts'
import { splitWritten, type Written } from '../problem/written.ts'
import type { Rules } from '../rules/index.ts'
import { type EndpointAddresses, readEndpointAddresses } from './addresses.ts'
import { wrongCount } from './counts.ts'
import { isLongForm, splitField } from './fields.ts'
import {
  type Arguments,
  allOf,
  flagPlace,
  flagTable,
  isOn,
  lastOf,
  readArguments,
  textOf,
  textsOf,
} from './flags.ts'
import { readLabels, readRestart } from './life-cycle.ts'
import { INTERFACE_OPTION, readPriority } from './network.ts'
import { refused } from './refused.ts'

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
  words: readonly Written[],
  rules: Rules,
): readonly Operation[] | Refusal {
  const command = `docker ${action}`
  const args = readArguments(words, ACTION_TABLES[action], true, command)
  if (isRefusal(args)) return args
  if (args.words.length === 0) return wrongCount(command, 'requires at least 1 argument', rules)
  const operation: ContainerAction = {
    op: `container-${action}`,
    names: args.words.map(({ text }) => text),
    origins: { names: args.words.map(({ span }) => span) },
  }
  return [operation]
}

export function readContainerRemove(words: readonly Written[], rules: Rules): readonly Operation[] | Refusal {
  const args = readArguments(words, REMOVE_TABLE, true, 'docker rm')
  if (isRefusal(args)) return args
  if (args.words.length === 0) return wrongCount('docker rm', 'requires at least 1 argument', rules)
  return [
    {
      op: 'container-rm',
      names: args.words.map(({ text }) => text),
      origins: { names: args.words.map(({ span }) => span) },
      force: isOn(args, 'force'),
    },
  ]
}

/** @param start `docker run`; else `docker create`. */
export function readContainerCreate(
  start: boolean,
  words: readonly Written[],
  rules: Rules,
): readonly Operation[] | Refusal {
  const command = start ? 'docker run' : 'docker create'
  const args = readArguments(words, start ? RUN_TABLE : CREATE_TABLE, false, command)
  if (isRefusal(args)) return args
  const image = args.words[0]
  if (image === undefined) return wrongCount(command, 'requires at least 1 argument', rules)
  const mac = lastOf(args, 'mac-address')
  if (mac !== null && mac.text !== '' && parseMac(mac.text) === null) {
    const hint = say`Write six bytes: 02:42:ac:11:00:02.`
    return refused('INVALID_MAC', `${mac.text} is not a valid mac address`, mac.span, hint)
  }
  const ports = readPorts(allOf(args, 'publish'), rules)
  if (isRefusal(ports)) return ports
  for (const { text, span } of allOf(args, 'expose')) {
    if (text.includes(':') || isPortFault(parsePortSpec(text))) {
      const message = `invalid port format for --expose: ${text}`
      return refused('INVALID_PORT', message, span, say`Write a container port, such as 80 or 53/udp.`)
    }
  }
  const networks = readNetworks(args, rules)
  if (isRefusal(networks)) return networks
  if (networks.mode.startsWith('container:')) {
    const clash = CONFLICTS.find(([flag]) => args.flags.has(flag))
    if (clash !== undefined) {
      const hint = say`Give it to ${networks.mode.slice('container:'.length)}, whose sandbox it is.`
      const message = `conflicting options: ${clash[1]} and the network mode`
      return refused('CONFLICTING_OPTIONS', message, flagPlace(args, clash[0]), hint)
    }
  }
  const restart = readRestart(args)
  if (typeof restart === 'object') return restart
  const create: ContainerCreate = {
    op: 'container-create',
    start,
    name: textOf(args, 'name'),
    image: image.text,
    hostname: textOf(args, 'hostname'),
    networkMode: networks.mode,
    endpoints: networks.endpoints,
    ports,
    publishAll: isOn(args, 'publish-all'),
    expose: textsOf(args, 'expose'),
    links: textsOf(args, 'link'),
    names: {
      extraHosts: textsOf(args, 'add-host'),
      dns: textsOf(args, 'dns'),
      dnsSearch: textsOf(args, 'dns-search'),
      dnsOptions: [...textsOf(args, 'dns-option'), ...textsOf(args, 'dns-opt')],
    },
    mac: mac?.text ?? '',
    labels: readLabels(args),
    autoRemove: isOn(args, 'rm'),
    restart,
    foreground: start && !['detach', 'interactive', 'tty'].some((flag) => isOn(args, flag)),
    compose: null,
    dependsOn: [],
    origins: {
      name: lastOf(args, 'name')?.span,
      image: image.span,
      hostname: lastOf(args, 'hostname')?.span,
      networkMode: networks.place,
      expose: allOf(args, 'expose').map(({ span }) => span),
      links: allOf(args, 'link').map(({ span }) => span),
      mac: mac?.span,
    },
  }
  return [create]
}

export function readPorts(written: readonly Written[], rules: Rules): readonly PortRequest[] | Refusal {
  const ports: PortRequest[] = []
  for (const one of written) {
    const { text, span } = one
    const spec = parsePortSpec(text.includes('=') ? standardPort(one) : text)
    if (isPortFault(spec))
      return refused(
        'INVALID_PORT',
        rules.say.portFault(portFaultText(spec)),
        span,
        say`Write HOST:CONTAINER, such as 8000:5000.`,
      )
    ports.push({ ...spec, origin: span })
  }
  return ports
}

/** `published=8080,target=80,protocol=udp` as `8080:80/udp`. @see docker/cli `container/opts.go: convertToStandardNotation` */
function standardPort(written: Written): string {
  const split = splitWritten(written, ',').map(splitField)
  const fields = new Map(split.map(([key, value]) => [key.text, value.text]))
  const published = fields.get('published')
  const target = fields.get('target') ?? ''
  return `${published === undefined ? '' : `${published}:`}${target}/${fields.get('protocol') ?? 'tcp'}`
}

interface Networks {
  readonly mode: string
  readonly place: Span | undefined
  readonly endpoints: readonly EndpointRequest[]
}

/** @see docker/cli `container/opts.go: parseNetworkOpts, applyContainerOptions, parseNetworkAttachmentOpt` */
function readNetworks(args: Arguments, rules: Rules): Networks | Refusal {
  const given = [...(args.flags.get('network') ?? []), ...(args.flags.get('net') ?? [])]
  const addresses = readEndpointAddresses(args, rules)
  if (isRefusal(addresses)) return addresses
  const isRead = given.length > 0 || rules.readsAddressWithoutNetwork
  const own = isRead ? withAliases(args, addresses) : NO_WISHES
  const requests: EndpointRequest[] = []
  for (const { value } of given.length === 0 ? [{ value: null }] : given) {
    const asked = value === null ? { ...NO_WISHES, network: 'default' } : readNetworkFlag(value, rules)
    if (isRefusal(asked)) return asked
    const request = requests.length === 0 ? withContainerOptions(asked, own, args) : asked
    if (isRefusal(request)) return request
    const fault = networkFault(request, requests, value) ?? linkFault(request, args, rules)
    if (fault !== null) return fault
    requests.push(request)
  }
  const isOwn = isUserDefined(requests[0]?.network ?? '')
  const other = requests.find(({ network }) => isUserDefined(network) !== isOwn)
  if (other !== undefined) {
    const message = 'conflicting options: cannot attach both user-defined and non-user-defined network-modes'
    const hint = say`Join the second with "docker network connect".`
    return refused('CONFLICTING_OPTIONS', message, other.origins?.network, hint)
  }
  const mode = requests[0]?.network ?? 'default'
  const place = requests[0]?.origins?.network
  return { mode, place, endpoints: requests.map(endpointOf).filter((endpoint) => endpoint !== null) }
}

/** What flags beside `--network` ask of the first network. */
function withAliases(args: Arguments, addresses: EndpointAddresses): EndpointRequest {
  const aliases = [...allOf(args, 'network-alias'), ...allOf(args, 'net-alias')]
  return {
    ...NO_WISHES,
    ...addresses,
    aliases: aliases.map(({ text }) => text),
    origins: { ...addresses.origins, aliases: aliases.map(({ span }) => span) },
  }
}

/** `NAME`, or `name=NAME,alias=…,ip=…`. @see docker/cli `opts/network.go: NetworkOpt.Set` */
function readNetworkFlag(written: Written, rules: Rules): EndpointRequest | Refusal {
  const { text } = written
  if (!isLongForm(text)) return { ...NO_WISHES, network: text, origins: { network: written.span } }
  let endpoint: EndpointRequest = NO_WISHES
  const say = (field: keyof Origins<EndpointRequest>, value: string | number, at: Span): void => {
    endpoint = { ...endpoint, [field]: value, origins: { ...endpoint.origins, [field]: at } }
  }
  const add = (field: 'aliases' | 'linkLocalIps', { text: value, span }: Written): void => {
    const origins = { ...endpoint.origins, [field]: [...(endpoint.origins?.[field] ?? []), span] }
    endpoint = { ...endpoint, [field]: [...endpoint[field], value], origins }
  }
  for (const part of splitWritten(written, ',')) {
    const [key, value] = splitField(part)
    const invalid = (what: string, { span }: Written = value): Refusal =>
      refused('INVALID_VALUE', `invalid argument "${text}" for "--network" flag: ${what}`, span, NETWORK_HINT)
    if (!part.text.includes('=')) return invalid(`invalid field ${part.text}`, part)
    switch (key.text.toLowerCase()) {
      case 'name':
        say('network', value.text, value.span)
        break
      case 'alias':
        add('aliases', value)
        break
      case 'ip':
        say('ipv4', value.text, value.span)
        break
      case 'ip6':
        say('ipv6', value.text, value.span)
        break
      case 'mac-address':
        if (parseMac(value.text) === null) return invalid(`${value.text} is not a valid mac address`)
        say('mac', value.text, value.span)
        break
      case 'link-local-ip':
        add('linkLocalIps', value)
        break
      case 'driver-opt': {
        const [option, setting] = splitField(value)
        if (option.text === INTERFACE_OPTION) say('interfaceName', setting.text, setting.span)
        break
      }
      case 'gw-priority': {
        if (!rules.flagGatewayPriority) return invalid(`invalid field key ${key.text}`, key)
        const priority = readPriority(value, 'gw-priority')
        if (typeof priority === 'object') return invalid(`invalid gw-priority: ${value.text}`)
        say('gwPriority', priority, value.span)
        break
      }
      default:
        return invalid(`invalid field key ${key.text}`, key)
    }
  }
  return endpoint
}
const NETWORK_HINT = say`Fields: name, alias, ip, ip6, mac-address, link-local-ip, driver-opt, gw-priority (28 and later).`

/** `--ip`, `--network-alias` and their like belong to the first network. */
function withContainerOptions(
  given: EndpointRequest,
  own: EndpointRequest,
  args: Arguments,
): EndpointRequest | Refusal {
  const clash = (flag: string, what: string): Refusal =>
    refused(
      'CONFLICTING_OPTIONS',
      `conflicting options: cannot specify both ${flag} and per-network ${what}`,
      flagPlace(args, flag.slice(2)),
    )
  if (given.aliases.length > 0 && own.aliases.length > 0) return clash('--network-alias', 'alias')
  if (given.ipv4 !== '' && own.ipv4 !== '') return clash('--ip', 'IPv4 address')
  if (given.ipv6 !== '' && own.ipv6 !== '') return clash('--ip6', 'IPv6 address')
  if (given.mac !== '' && textOf(args, 'mac-address') !== '') return clash('--mac-address', 'MAC address')
  if (given.linkLocalIps.length > 0 && own.linkLocalIps.length > 0)
    return clash('--link-local-ip', 'link-local IP addresses')
  const said = (field: 'ipv4' | 'ipv6' | 'aliases' | 'linkLocalIps'): Partial<EndpointRequest> =>
    own[field].length === 0 ? {} : { [field]: own[field], origins: { ...given.origins, ...own.origins } }
  return { ...given, ...said('ipv4'), ...said('ipv6'), ...said('aliases'), ...said('linkLocalIps') }
}

/** @see docker/cli v20.10 and v26.1 `container/opts.go: parseNetworkAttachmentOpt` */
function linkFault({ network }: EndpointRequest, args: Arguments, rules: Rules): Refusal | null {
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
    flagPlace(args, 'link'),
    say`Leave out --network, or join a network of your own.`,
  )
}

function networkFault(
  request: EndpointRequest,
  earlier: readonly EndpointRequest[],
  flag: Written | null,
): Refusal | null {
  const { network, origins } = request
  if (network.trim() === '') return refused('INVALID_NAME', 'no name set for network', flag?.span)
  if (!isUserDefined(network) && request.aliases.length > 0) {
    const message = 'network-scoped aliases are only supported for user-defined networks'
    return refused(
      'ALIAS_NOT_SUPPORTED',
      message,
      origins?.aliases?.[0],
      say`Join a network of your own with --network.`,
    )
  }
  if (earlier.some((other) => other.network === network)) {
    return refused(
      'CONFLICTING_OPTIONS',
      `network "${network}" is specified multiple times`,
      origins?.network,
      say`Name it once.`,
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
