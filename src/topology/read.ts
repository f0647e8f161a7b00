/** The fence language: source text → what the author wrote, with places. */
import type { Node } from 'yaml'
import { nearest } from '../problem/nearest.ts'
import type { Located, Problem, Report, Span } from '../problem/problem.ts'
import { DEFAULT_ENGINE, ENGINE_VERSIONS, type EngineVersion } from '../version.ts'
import { SECTION_LIMITS, tooMany } from './excess.ts'
import {
  type Fields,
  openText,
  type Place,
  readChoice,
  readFields,
  readNamed,
  readShaped,
  readText,
  readTexts,
} from './field.ts'
import { FIGURE_KEYS, TOP_KEYS, UNDERLAY_KEYS } from './keys.ts'
import { MAX_PROBLEMS } from './limits.ts'
import { problemAt } from './problem-at.ts'
import { readCommands } from './read-command.ts'
import { DEFAULT_DAEMON, readDaemon, readHost, readSwarm } from './read-host.ts'
import { readNetwork } from './read-network.ts'
import { checkKey, notMerged, readService } from './read-service.ts'
import { findOversize } from './size.ts'
import {
  type CommandEntry,
  FIGURE_PARTS,
  type FigurePart,
  type FigureSettings,
  type HostEntry,
  type NetworkEntry,
  type ServiceEntry,
  type Topology,
  VIEWS,
} from './topology.ts'
import { type Entry, openYaml, type Reading } from './yaml.ts'

const NO_FIELDS: Fields = new Map()

/**
 * Reads a block. Everything wrong in it is reported; what could be read is returned all the same.
 *
 * @returns `null` when there is nothing to plan: no YAML, an empty block, or one beyond the limits.
 */
export function readTopology(source: string, report: Report): Topology | null {
  const errors: Problem[] = []
  const limited = limitedReport((problem) => {
    if (problem.severity === 'error') errors.push(problem)
    report(problem)
  })
  const opened = openYaml(source, limited)
  if (opened === null) return null
  const { root, reading } = opened
  const top: Place = { reading, interpolated: true, what: 'The block' }
  if (reading.open(root, false) === null) {
    const hint = 'Write "services:" or "commands:", for example "services: { web: {} }".'
    limited(problemAt('EMPTY_BLOCK', { start: 0, end: 0 }, 'The block is empty', hint))
    return null
  }
  const fields = readFields(top, root, TOP_KEYS)
  if (fields === null || !withinLimits(reading, fields)) return null
  const topology = readTop(top, fields)
  if (reading.isExhausted()) return null
  const oversize = findOversize(topology)
  if (oversize !== null) {
    limited(oversize)
    return null
  }
  return { ...topology, composeProblems: errors.filter((error) => isOfCompose(fields, error.span)) }
}

/** Whether a place is in the part of a block that compose reads. */
function isOfCompose(fields: Fields, span: Span): boolean {
  return ['name', 'networks', 'services'].some((key) => {
    const [start = 0, end = 0] = fields.get(key)?.node?.range ?? []
    return span.start >= start && span.start < end
  })
}

function readTop(top: Place, fields: Fields): Topology {
  const at = (key: string): Node | null => fields.get(key)?.node ?? null
  const of = (what: string): Place => ({ ...top, what })
  const hosts = [...(readNamed(of('"hosts"'), at('hosts'))?.entries.values() ?? [])].map((entry) => {
    checkHostName(top, entry)
    return readHost(top, entry)
  })
  const services = new Map<string, ServiceEntry>()
  for (const entry of readNamed(of('"services"'), at('services'))?.entries.values() ?? []) {
    if (entry.key.startsWith('x-')) continue
    checkKey(top, entry, 'service')
    services.set(entry.key, readService(top, entry))
  }
  const networks = new Map<string, NetworkEntry>()
  for (const entry of readNamed(of('"networks"'), at('networks'))?.entries.values() ?? []) {
    if (entry.key.startsWith('x-')) continue
    checkKey(top, entry, 'network')
    networks.set(entry.key, readNetwork(top, entry))
  }
  const underlay = readFields(of('"underlay"'), at('underlay'), UNDERLAY_KEYS, 'subnet') ?? NO_FIELDS
  const commands = readCommands({ ...of('"commands"'), interpolated: false }, at('commands'))
  const allHosts = hosts.length > 0 ? hosts : [ONE_HOST]
  const swarm = fields.get('swarm')
  const include = fields.get('include')
  if (include !== undefined) top.reading.report(notMerged('"include"', include.keySpan))
  return {
    name: readProject(of('"name"'), at('name')),
    engine: readEngine(of('"engine"'), at('engine')),
    daemon: readDaemon(of('"daemon"'), at('daemon')) ?? DEFAULT_DAEMON,
    hosts: allHosts,
    hostsDeclared: hosts.length > 0,
    underlay: {
      subnet: readShaped(of('"subnet" of the underlay'), underlay.get('subnet')?.node ?? null, 'cidr'),
      name: readText(of('"name" of the underlay'), underlay.get('name')?.node ?? null),
    },
    swarm: swarm === undefined ? null : readSwarm(of('"swarm"'), swarm),
    networks,
    services,
    commands: commands.filter((command) => checkCommandHost(top, command, allHosts)),
    figure: readFigure({ ...of('"figure"'), interpolated: false }, at('figure')),
    composeProblems: [],
  }
}

const ONE_HOST: HostEntry = {
  name: 'host',
  span: { start: 0, end: 0 },
  address: null,
  interface: 'eth0',
  interfaces: new Map(),
  routes: [],
  nameservers: [],
  role: null,
  daemon: null,
}

/** Hands on the first problems and says once that there are more. */
function limitedReport(report: Report): Report {
  let count = 0
  return (problem: Problem): void => {
    count += 1
    if (count < MAX_PROBLEMS) report(problem)
    else if (count === MAX_PROBLEMS) {
      report(
        problemAt(
          'TOO_MANY_PROBLEMS',
          problem.span,
          `More than ${MAX_PROBLEMS} problems; the rest is not listed`,
        ),
      )
    }
  }
}

/** Sizes first, so that a block far too large is refused before its parts are read. */
function withinLimits(reading: Reading, fields: Fields): boolean {
  let within = true
  for (const [key, most] of SECTION_LIMITS) {
    const entry = fields.get(key)
    if (entry === undefined) continue
    const count = reading.count(entry.node)
    if (count <= most) continue
    within = false
    reading.report(tooMany(key, count, most, entry.keySpan))
  }
  return within
}

function checkHostName(top: Place, entry: Entry): void {
  if (/^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}$/.test(entry.key)) return
  const hint = 'Use letters, digits, ".", "_" and "-", at most 63, the first a letter or digit.'
  top.reading.report(
    problemAt('INVALID_NAME', entry.keySpan, `"${entry.key}" cannot be the name of a host`, hint),
  )
}

function checkCommandHost(top: Place, command: CommandEntry, hosts: readonly HostEntry[]): boolean {
  const { host } = command
  if (host === null || hosts.some((known) => known.name === host.value)) return true
  const names = hosts.map((known) => known.name)
  const near = nearest(host.value, names)
  const hint =
    near === null ? `Hosts of this block: ${names.slice(0, 10).join(', ')}.` : `Did you mean [${near}]?`
  top.reading.report(problemAt('UNKNOWN_HOST', host.span, `There is no host "${host.value}"`, hint))
  return false
}

/** @see compose-go `loader/loader.go: NormalizeProjectName` */
function readProject(place: Place, node: Node | null): Topology['name'] {
  const name = readText(place, node)
  if (name === null || /^[a-z0-9][a-z0-9_-]*$/.test(name.value)) return name
  const better = name.value
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '')
  const message = `invalid project name "${name.value}": lower case letters, digits, "_" and "-", the first a letter or digit`
  place.reading.report(
    problemAt(
      'INVALID_NAME',
      name.span,
      message,
      better === '' ? 'Write a name such as app.' : `Write ${better}.`,
    ),
  )
  return name
}

function readEngine(place: Place, node: Node | null): EngineVersion {
  const text = openText(place, node)
  if (text === null) return DEFAULT_ENGINE
  const major = /^v?([0-9]{2})(?:\.[0-9]+){0,2}$/.exec(text.value)?.[1]
  const known = ENGINE_VERSIONS.find((version) => version === major)
  if (known !== undefined) return known
  const message = `The rules of engine "${text.value}" are not known`
  const hint = `Write one of ${ENGINE_VERSIONS.join(', ')}.`
  place.reading.report(problemAt('UNKNOWN_ENGINE', text.span, message, hint))
  return DEFAULT_ENGINE
}

function readFigure(place: Place, node: Node | null): FigureSettings {
  const fields = readFields(place, node, FIGURE_KEYS, 'view') ?? NO_FIELDS
  const of = (key: string): Place => ({ ...place, what: `"${key}" of the figure` })
  const at = (key: string): Node | null => fields.get(key)?.node ?? null
  const parts = (key: string): readonly FigurePart[] =>
    readTexts(of(key), at(key), true)
      .map((text) => readPart(place, text))
      .filter((part) => part !== null)
  return {
    view: readChoice(of('view'), at('view'), VIEWS),
    direction: readChoice(of('direction'), at('direction'), ['down', 'right']),
    title: readText(of('title'), at('title'))?.value ?? null,
    caption: readText(of('caption'), at('caption'))?.value ?? null,
    show: parts('show'),
    hide: parts('hide'),
    highlight: readTexts(of('highlight'), at('highlight'), true),
  }
}

function readPart(place: Place, { value, span }: Located<string>): FigurePart | null {
  const found = FIGURE_PARTS.find((part) => part === value)
  if (found !== undefined) return found
  const near = nearest(value, FIGURE_PARTS)
  const hint = near === null ? `Parts: ${FIGURE_PARTS.join(', ')}.` : `Did you mean "${near}"?`
  place.reading.report(problemAt('INVALID_VALUE', span, `A figure has no part "${value}"`, hint))
  return null
}
