/** `docker service …`. @see docker/cli `cli/command/service/{create,update,scale,opts}.go`, `opts/{port,network}.go` */

import type {
  NameSettings,
  Operation,
  Refusal,
  ServiceCreate,
  ServiceMode,
  ServiceNetworkRequest,
  ServicePortRequest,
  ServiceUpdate,
} from '../engine/operation.ts'
import { isRefusal } from '../engine/refusal.ts'
import { isPortFault, PROTOCOLS, parsePortRange, parsePortSpec, portFaultText } from '../net/port-spec.ts'
import type { Span } from '../problem/problem.ts'
import { say } from '../problem/say.ts'
import { splitWritten, type Written } from '../problem/written.ts'
import type { Rules } from '../rules/index.ts'
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
import { refused } from './refused.ts'

/** Flags that create and update share. */
const COMMON = `cap-add= cap-drop= credential-spec= detach:d endpoint-mode= entrypoint= health-cmd= health-interval=
  health-retries= health-start-interval= health-start-period= health-timeout= hostname= init isolation= limit-cpu=
  limit-memory= limit-pids= log-driver= log-opt= max-concurrent= memory-swap= memory-swappiness= no-healthcheck
  no-resolve-image oom-score-adj= quiet:q read-only replicas= replicas-max-per-node= reserve-cpu= reserve-memory=
  restart-condition= restart-delay= restart-max-attempts= restart-window= rollback-delay= rollback-failure-action=
  rollback-max-failure-ratio= rollback-monitor= rollback-order= rollback-parallelism= stop-grace-period= stop-signal=
  tty:t update-delay= update-failure-action= update-max-failure-ratio= update-monitor= update-order=
  update-parallelism= user:u= with-registry-auth workdir:w= help`
const CREATE_TABLE =
  flagTable(`${COMMON} config= constraint= container-label= dns= dns-option= dns-search= env:e=
  env-file= generic-resource= group= host= label:l= max-concurrent= mode= mount= name= network= placement-pref= publish:p= secret=
  sysctl= ulimit=`)
const UPDATE_TABLE = flagTable(`${COMMON} args= config-add= config-rm= constraint-add= constraint-rm=
  container-label-add= container-label-rm= dns-add= dns-option-add= dns-option-rm= dns-rm= dns-search-add=
  dns-search-rm= env-add= env-rm= force generic-resource-add= generic-resource-rm= group-add= group-rm= host-add=
  host-rm= image= label-add= label-rm= mount-add= mount-rm= network-add= network-rm= placement-pref-add=
  placement-pref-rm= publish-add= publish-rm= rollback secret-add= secret-rm= sysctl-add= sysctl-rm= ulimit-add=
  ulimit-rm=`)
const DETACH_TABLE = flagTable('detach:d help')
const ROLLBACK_TABLE = flagTable('detach:d quiet:q help')
const HELP_TABLE = flagTable('help')

/** docker/cli `cli/command/service/opts.go: ToServiceMode` */
const isMode = (text: string): text is ServiceMode =>
  ['replicated', 'global', 'replicated-job', 'global-job'].includes(text)

export function readServiceCreate(words: readonly Written[], rules: Rules): readonly Operation[] | Refusal {
  const command = 'docker service create'
  const args = readArguments(words, CREATE_TABLE, false, command)
  if (isRefusal(args)) return args
  const image = args.words[0]
  if (image === undefined) return wrongCount(command, 'requires at least 1 argument', rules)
  const mode = textOf(args, 'mode')
  const modePlace = lastOf(args, 'mode')?.span
  if (mode !== '' && !isMode(mode))
    return refused('INVALID_VALUE', `Unknown mode: ${mode}, only replicated and global supported`, modePlace)
  const replicas = readReplicas(lastOf(args, 'replicas'), 'replicas')
  if (isRefusal(replicas)) return replicas
  if ((mode === 'global' || mode === 'global-job') && replicas !== null) {
    const message = 'replicas can only be used with replicated or replicated-job mode'
    return refused(
      'CONFLICTING_OPTIONS',
      message,
      flagPlace(args, 'replicas'),
      say`A global service runs once on each node.`,
    )
  }
  const maxConcurrent = readReplicas(lastOf(args, 'max-concurrent'), 'max-concurrent')
  if (isRefusal(maxConcurrent)) return maxConcurrent
  if (mode !== 'replicated-job' && maxConcurrent !== null) {
    const message = 'max-concurrent can only be used with replicated-job mode'
    return refused(
      'CONFLICTING_OPTIONS',
      message,
      flagPlace(args, 'max-concurrent'),
      say`Leave "--max-concurrent" out.`,
    )
  }
  const endpointMode = readEndpointMode(args)
  if (isRefusal(endpointMode)) return endpointMode
  const ports = readPorts(allOf(args, 'publish'), rules)
  if (isRefusal(ports)) return ports
  const create: ServiceCreate = {
    op: 'service-create',
    name: textOf(args, 'name'),
    image: image.text,
    mode: mode === '' ? 'replicated' : mode,
    replicas: replicas ?? 1,
    maxConcurrent: maxConcurrent ?? undefined,
    endpointMode: endpointMode ?? 'vip',
    networks: allOf(args, 'network').map(readNetwork),
    ports,
    constraints: textsOf(args, 'constraint'),
    hostname: textOf(args, 'hostname'),
    names: namesOf(args, ''),
    origins: {
      name: lastOf(args, 'name')?.span,
      constraints: allOf(args, 'constraint').map(({ span }) => span),
    },
  }
  return [create]
}

export function readServiceUpdate(words: readonly Written[], rules: Rules): readonly Operation[] | Refusal {
  const command = 'docker service update'
  const args = readArguments(words, UPDATE_TABLE, true, command)
  if (isRefusal(args)) return args
  const service = args.words[0]
  if (service === undefined || args.words.length > 1)
    return wrongCount(command, 'requires exactly 1 argument', rules)
  if (isOn(args, 'rollback')) {
    const other = [...args.flags.keys()].find((flag) => !['rollback', 'detach', 'quiet'].includes(flag))
    if (other !== undefined)
      return refused(
        'CONFLICTING_OPTIONS',
        'other flags may not be combined with --rollback',
        flagPlace(args, other),
        say`Leave one of the two out.`,
      )
    return [{ op: 'service-rollback', service: service.text, origins: { service: service.span } }]
  }
  const replicas = readReplicas(lastOf(args, 'replicas'), 'replicas')
  if (isRefusal(replicas)) return replicas
  const endpointMode = readEndpointMode(args)
  if (isRefusal(endpointMode)) return endpointMode
  const publishAdd = readPorts(allOf(args, 'publish-add'), rules)
  if (isRefusal(publishAdd)) return publishAdd
  const update: ServiceUpdate = {
    op: 'service-update',
    service: service.text,
    replicas,
    networkAdd: allOf(args, 'network-add').map(readNetwork),
    networkRemove: textsOf(args, 'network-rm'),
    publishAdd,
    publishRemove: textsOf(args, 'publish-rm'),
    constraintAdd: textsOf(args, 'constraint-add'),
    constraintRemove: textsOf(args, 'constraint-rm'),
    endpointMode,
    namesAdd: namesOf(args, '-add'),
    namesRemove: namesOf(args, '-rm'),
    force: isOn(args, 'force'),
    origins: {
      service: service.span,
      networkRemove: allOf(args, 'network-rm').map(({ span }) => span),
      constraintAdd: allOf(args, 'constraint-add').map(({ span }) => span),
    },
  }
  return [update]
}

/** @param change what stands behind each flag: nothing, `-add` or `-rm`. */
function namesOf(args: Arguments, change: '' | '-add' | '-rm'): NameSettings {
  return {
    extraHosts: textsOf(args, `host${change}`),
    dns: textsOf(args, `dns${change}`),
    dnsSearch: textsOf(args, `dns-search${change}`),
    dnsOptions: textsOf(args, `dns-option${change}`),
  }
}

export function readServiceRollback(words: readonly Written[], rules: Rules): readonly Operation[] | Refusal {
  const command = 'docker service rollback'
  const args = readArguments(words, ROLLBACK_TABLE, true, command)
  if (isRefusal(args)) return args
  const service = args.words[0]
  if (service === undefined || args.words.length > 1)
    return wrongCount(command, 'requires exactly 1 argument', rules)
  return [{ op: 'service-rollback', service: service.text, origins: { service: service.span } }]
}

export function readServiceScale(words: readonly Written[], rules: Rules): readonly Operation[] | Refusal {
  const command = 'docker service scale'
  const args = readArguments(words, DETACH_TABLE, true, command)
  if (isRefusal(args)) return args
  if (args.words.length === 0) return wrongCount(command, 'requires at least 1 argument', rules)
  const replicas: { service: string; replicas: number; origin: Span }[] = []
  for (const { text: word, span } of args.words) {
    const equals = word.indexOf('=')
    const count = word.slice(equals + 1)
    if (equals <= 0 || count === '') {
      const message = `invalid scale specifier '${word}': use the form <service>=<replicas>`
      return refused('INVALID_VALUE', message, span, say`Write SERVICE=REPLICAS, such as web=3.`)
    }
    if (!/^[0-9]{1,9}$/.test(count)) {
      const message = `${word.slice(0, equals)}: invalid replicas value ${count}: strconv.ParseUint: parsing "${count}": invalid syntax`
      return refused('INVALID_NUMBER', message, span, say`Write a whole number.`)
    }
    replicas.push({ service: word.slice(0, equals), replicas: Number(count), origin: span })
  }
  return [{ op: 'service-scale', replicas }]
}

export function readServiceRemove(words: readonly Written[], rules: Rules): readonly Operation[] | Refusal {
  const command = 'docker service rm'
  const args = readArguments(words, HELP_TABLE, true, command)
  if (isRefusal(args)) return args
  if (args.words.length === 0) return wrongCount(command, 'requires at least 1 argument', rules)
  return [
    {
      op: 'service-rm',
      names: args.words.map(({ text }) => text),
      origins: { names: args.words.map(({ span }) => span) },
    },
  ]
}

function readReplicas(written: Written | null, flag: string): number | null | Refusal {
  if (written === null) return null
  const { text, span } = written
  if (/^[0-9]{1,9}$/.test(text)) return Number(text)
  const message = `invalid argument "${text}" for "--${flag}" flag: strconv.ParseUint: parsing "${text}": invalid syntax`
  return refused('INVALID_NUMBER', message, span, say`Write a whole number.`)
}

function readEndpointMode(args: Arguments): 'vip' | 'dnsrr' | null | Refusal {
  const written = lastOf(args, 'endpoint-mode')
  if (written === null) return null
  const { text, span } = written
  if (text === 'vip' || text === 'dnsrr') return text
  return refused('INVALID_VALUE', `invalid endpoint mode: ${text}`, span, say`Write vip or dnsrr.`)
}

/** `NAME`, or `name=NAME,alias=…`. */
function readNetwork(written: Written): ServiceNetworkRequest {
  const { text } = written
  if (!isLongForm(text)) return { network: text, aliases: [], origins: { network: written.span } }
  const fields = splitWritten(written, ',').map(splitField)
  const name = fields.find(([key]) => key.text === 'name')?.[1]
  const aliases = fields.flatMap(([key, value]) => (key.text === 'alias' ? [value] : []))
  return {
    network: name?.text ?? '',
    aliases: aliases.map((alias) => alias.text),
    origins: { network: name?.span ?? written.span, aliases: aliases.map(({ span }) => span) },
  }
}

/** Ports of one service. Each is a port of every node, and the mesh has to be told of each. */
export const MAX_SERVICE_PORTS = 5_000

/** Short `8080:80/tcp`, or `published=8080,target=80,mode=host`. A range is one port after the other. */
function readPorts(written: readonly Written[], rules: Rules): readonly ServicePortRequest[] | Refusal {
  const ports: ServicePortRequest[] = []
  for (const one of written) {
    const some = one.text.includes('=') ? readLongPort(one) : readShortPort(one, rules)
    if (isRefusal(some)) return some
    if (ports.length + some.length > MAX_SERVICE_PORTS) {
      const message = say`The service publishes more than ${MAX_SERVICE_PORTS} ports; that many are read`
      return refused('BLOCK_TOO_LARGE', message, one.span, say`Publish fewer ports.`)
    }
    for (const port of some) ports.push({ ...port, origin: one.span })
  }
  return ports
}

const PORT_HINT = say`Write 8080:80, or published=8080,target=80,mode=host.`

function readShortPort(
  { text, span }: Written,
  { say: words }: Rules,
): readonly ServicePortRequest[] | Refusal {
  const spec = parsePortSpec(text)
  if (isPortFault(spec)) {
    return refused(
      'INVALID_PORT',
      `invalid argument "${text}" for "-p, --publish" flag: ${words.portFault(portFaultText(spec))}`,
      span,
      PORT_HINT,
    )
  }
  if (spec.hostIp !== '') {
    const message = `invalid argument "${text}" for "-p, --publish" flag: hostip is not supported`
    return refused('INVALID_PORT', message, span, PORT_HINT)
  }
  const { published, target, protocol } = spec
  const count = Math.min(target.last - target.first, MAX_SERVICE_PORTS) + 1
  return Array.from({ length: count }, (_, i) => ({
    published: published === null ? null : published.first + i,
    target: target.first + i,
    protocol,
    mode: 'ingress',
  }))
}

function readLongPort(written: Written): readonly ServicePortRequest[] | Refusal {
  const { text } = written
  const fail = (what: string, at: Written = written): Refusal =>
    refused(
      'INVALID_PORT',
      `invalid argument "${text}" for "-p, --publish" flag: ${what}`,
      at.span,
      PORT_HINT,
    )
  let port: ServicePortRequest = { published: null, target: 0, protocol: 'tcp', mode: 'ingress' }
  for (const part of splitWritten(written, ',')) {
    const field = part.text
    const [key = '', value] = field.split('=', 2)
    if (value === undefined || value === '') return fail(`invalid field: ${field}`, part)
    const number = parsePortRange(value)?.first ?? null
    if (key === 'protocol') {
      const protocol = PROTOCOLS.find((known) => known === value)
      if (protocol === undefined) return fail(`invalid protocol value '${value}'`, part)
      port = { ...port, protocol }
    } else if (key === 'mode') {
      if (value !== 'host' && value !== 'ingress')
        return fail(`invalid publish mode value (${value}): must be either 'ingress' or 'host'`, part)
      port = { ...port, mode: value }
    } else if (key === 'target') {
      if (number === null)
        return fail(`invalid target port (${value}): value must be an integer: invalid syntax`, part)
      port = { ...port, target: number }
    } else if (key === 'published') {
      if (number === null)
        return fail(`invalid published port (${value}): value must be an integer: invalid syntax`, part)
      port = { ...port, published: number }
    } else return fail(`invalid field key: ${key}`, part)
  }
  return port.target === 0 ? fail(`missing mandatory field "target"`) : [port]
}
