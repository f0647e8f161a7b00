/** The fence language: source text → what the author wrote, with places. */

import { SECTION_LIMITS, tooMany } from '../compose/excess.ts'
import { MAX_PROBLEMS } from '../compose/limits.ts'
import { ALONE, type Loaded, type LoadOptions, loadModel, type ModelText } from '../compose/load.ts'
import { problemAt, warningAt } from '../compose/problem-at.ts'
import { count, type Entry, type Reading, type Value } from '../compose/value.ts'
import { nearest } from '../problem/nearest.ts'
import type { Located, Problem, Report } from '../problem/problem.ts'
import { fileSource } from '../problem/report.ts'
import { asWritten, say } from '../problem/say.ts'
import {
  type Fields,
  type Place,
  readChoice,
  readFields,
  readNamed,
  readShaped,
  readText,
  readTexts,
} from './field.ts'
import { FIGURE_KEYS, TOP_KEYS, UNDERLAY_KEYS } from './keys.ts'
import { readCommands } from './read-command.ts'
import { readEngine } from './read-engine.ts'
import { collecting, readComposeFile, readFiles } from './read-file.ts'
import { DEFAULT_DAEMON, readDaemon, readHost, readSwarm } from './read-host.ts'
import { readOutside } from './read-outside.ts'
import { findOversize } from './size.ts'
import {
  type CommandEntry,
  FIGURE_PARTS,
  type FigurePart,
  type FigureSettings,
  type HostEntry,
  type ServiceEntry,
  SIGNS,
  type Sign,
  type Topology,
  VIEWS,
} from './topology.ts'

const NO_FIELDS: Fields = new Map()

/**
 * Reads a block that stands alone. Everything wrong in it is reported; what could be read is returned all the same.
 *
 * @returns `null` when there is nothing to plan: no YAML, an empty block, or one beyond the limits.
 */
export function readTopology(source: string, report: Report): Topology | null {
  return readModel([{ text: source, source: fileSource('', source), file: null }], ALONE, report).topology
}

/** What several texts say together, later ones over earlier ones. Spans count in `loaded.reading.source`. */
export function readModel(
  texts: readonly ModelText[],
  options: LoadOptions,
  report: Report,
): { readonly topology: Topology | null; readonly loaded: Loaded } {
  const loaded = loadModel(texts, options, limitedReport(report))
  return { topology: loaded.failed ? null : readLoaded(loaded), loaded }
}

function readLoaded({ root, reading, name, profiles }: Loaded): Topology | null {
  const top: Place = { reading, interpolated: true, what: say`The block` }
  if (root === null) {
    const hint = say`Write "services:" or "commands:", for example "services: { web: {} }".`
    reading.report(problemAt('EMPTY_BLOCK', { start: 0, end: 0 }, say`The block is empty`, hint))
    return null
  }
  const fields = readFields(top, root, TOP_KEYS)
  if (fields === null || !withinLimits(reading, fields)) return null
  const topology = { ...readTop(top, fields), name, profiles }
  const oversize = findOversize(topology)
  if (oversize === null) return topology
  reading.report(oversize)
  return null
}

function readTop(top: Place, fields: Fields): Omit<Topology, 'name' | 'profiles'> {
  const at = (key: string): Value | null => fields.get(key)?.value ?? null
  const of = (key: string): Place => ({ ...top, what: asWritten(key) })
  const composeProblems: Problem[] = []
  const compose = collecting(top, composeProblems)
  const daemon = readDaemon(of('"daemon"'), at('daemon'), DEFAULT_DAEMON) ?? DEFAULT_DAEMON
  const hosts = [...(readNamed(of('"hosts"'), at('hosts'))?.entries.values() ?? [])].map((entry) => {
    checkHostName(top, entry)
    return readHost(top, entry, daemon)
  })
  const files = readFiles(top, at('files'))
  const underlay = readFields(of('"underlay"'), at('underlay'), UNDERLAY_KEYS, 'subnet') ?? NO_FIELDS
  const commands = readCommands({ ...of('"commands"'), interpolated: false }, at('commands'))
  const allHosts = hosts.length > 0 ? hosts : [ONE_HOST]
  const swarm = fields.get('swarm')
  const file = readComposeFile(compose, fields, files.size > 0)
  readText({ ...compose, what: asWritten('"name"') }, at('name'))
  return {
    ...readEngine(of('"engine"'), at('engine')),
    daemon,
    hosts: allHosts,
    hostsDeclared: hosts.length > 0,
    underlay: {
      subnet: readShaped(
        { ...top, what: say`"subnet" of the underlay` },
        underlay.get('subnet')?.value ?? null,
        'cidr',
      ),
      name: readText({ ...top, what: say`"name" of the underlay` }, underlay.get('name')?.value ?? null),
    },
    outside: readOutside(of('"outside"'), at('outside')),
    swarm: swarm === undefined ? null : readSwarm(of('"swarm"'), swarm),
    swarmDeclared: swarm !== undefined,
    ...file,
    files,
    commands: commands.filter((command) => checkCommandHost(top, command, allHosts)),
    figure: readFigure({ ...of('"figure"'), interpolated: false }, at('figure'), file.services),
    chanceMeant: readChoice(of('"chance"'), at('chance'), ['ok']) === 'ok',
    composeProblems,
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
  listens: [],
  role: null,
  labels: new Map(),
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
          say`More than ${MAX_PROBLEMS} problems; the rest is not listed`,
          say`Correct the listed ones first.`,
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
    const items = count(entry.value)
    if (items <= most) continue
    within = false
    reading.report(tooMany(key, items, most, entry.keySpan))
  }
  return within
}

function checkHostName(top: Place, entry: Entry): void {
  if (/^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}$/.test(entry.key)) return
  const hint = say`Use letters, digits, ".", "_" and "-", at most 63, the first a letter or digit.`
  top.reading.report(
    problemAt('INVALID_NAME', entry.keySpan, say`"${entry.key}" cannot be the name of a host`, hint),
  )
}

function checkCommandHost(top: Place, command: CommandEntry, hosts: readonly HostEntry[]): boolean {
  const { host } = command
  if (host === null || hosts.some((known) => known.name === host.value)) return true
  const names = hosts.map((known) => known.name)
  const near = nearest(host.value, names)
  const hint =
    near === null ? say`Hosts of this block: ${names.slice(0, 10).join(', ')}.` : say`Did you mean [${near}]?`
  top.reading.report(problemAt('UNKNOWN_HOST', host.span, say`There is no host "${host.value}"`, hint))
  return false
}

function readFigure(
  place: Place,
  node: Value | null,
  services: ReadonlyMap<string, ServiceEntry>,
): FigureSettings {
  const fields = readFields(place, node, FIGURE_KEYS, 'view') ?? NO_FIELDS
  const of = (key: string): Place => ({ ...place, what: say`"${key}" of the figure` })
  const at = (key: string): Value | null => fields.get(key)?.value ?? null
  const parts = (key: string): readonly FigurePart[] =>
    readTexts(of(key), at(key), true)
      .map((text) => readPart(place, text))
      .filter((part) => part !== null)
  return {
    view: readChoice(of('view'), at('view'), VIEWS),
    direction: readDirection(of('direction'), at('direction')),
    title: readText(of('title'), at('title'))?.value ?? null,
    caption: readText(of('caption'), at('caption'))?.value ?? null,
    show: parts('show'),
    hide: parts('hide'),
    highlight: readTexts(of('highlight'), at('highlight'), true),
    focus: readTexts(of('focus'), at('focus'), true),
    places: { view: at('view')?.span, show: at('show')?.span, hide: at('hide')?.span },
    ...readIcons(of('icons'), at('icons'), services),
  }
}

/** `figure.icons` over `x-icon` of services. */
function readIcons(
  place: Place,
  node: Value | null,
  services: ReadonlyMap<string, ServiceEntry>,
): Pick<FigureSettings, 'icons' | 'iconNames'> {
  const icons = new Map<string, Sign>()
  for (const { key, icon } of services.values()) if (icon !== null) icons.set(key, icon)
  const iconNames: Located<string>[] = []
  for (const { key, keySpan, value } of readNamed(place, node)?.entries.values() ?? []) {
    iconNames.push({ value: key, span: keySpan })
    const icon = readChoice({ ...place, what: say`The icon of "${key}"` }, value, SIGNS)
    if (icon !== null) icons.set(key, icon)
  }
  return { icons, iconNames }
}

/** A choice that the drawing of Mermaid's takes, ours not. */
function readDirection(place: Place, node: Value | null): FigureSettings['direction'] {
  const direction = readChoice(place, node, ['down', 'right'])
  if (direction === 'right' && node !== null)
    place.reading.report(
      warningAt(
        'DIRECTION_OF_TEXT',
        node.span,
        say`the figure is arranged by what it shows; "right" turns its Mermaid text only`,
        say`Leave direction out, unless the Mermaid text is what you want.`,
      ),
    )
  return direction
}

function readPart(place: Place, { value, span }: Located<string>): FigurePart | null {
  const found = FIGURE_PARTS.find((part) => part === value)
  if (found !== undefined) return found
  const near = nearest(value, FIGURE_PARTS)
  const hint = near === null ? say`Parts: ${FIGURE_PARTS.join(', ')}.` : say`Did you mean "${near}"?`
  place.reading.report(problemAt('INVALID_VALUE', span, say`A figure has no part "${value}"`, hint))
  return null
}
