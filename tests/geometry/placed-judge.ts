/**
 * What is wrong with a placed figure, beside the plan it stands for: the geometry contract, without a browser. Texts
 * count as a tenth wider than the tables say, for readers whose font is.
 */
import { hostPart } from '../../src/figure/host-part.ts'
import { lanSubnet } from '../../src/figure/part.ts'
import { formatAddress, formatPrefix } from '../../src/net/index.ts'
import type {
  PlacedBand,
  PlacedFigure,
  PlacedLine,
  PlacedText,
  Point,
  Rect,
} from '../../src/picture/placed.ts'
import { planJson } from '../../src/plan/json.ts'
import type { Plan } from '../../src/plan/plan.ts'

const WIDER = 1.1
/** Rounded coordinates may be off by this much. */
const HAIR = 0.75

interface Named {
  readonly name: string
  readonly rect: Rect
}

export function faultsOf(figure: PlacedFigure, plan: Plan): readonly string[] {
  const numbers = numberFaults(figure)
  // Nothing can be said about places that are no numbers.
  if (numbers.length > 0) return numbers
  return [
    ...idFaults(figure),
    ...textFaults(figure),
    ...overlapFaults(figure),
    ...lineFaults(figure),
    ...contentFaults(figure, plan),
  ]
}

function numberFaults(figure: PlacedFigure): readonly string[] {
  const faults: string[] = []
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'number' && !Number.isFinite(value)) faults.push(`${path} is ${value}`)
    else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) {
        if ((key === 'width' || key === 'height') && typeof inner === 'number' && inner < 0)
          faults.push(`${path}.${key} is ${inner}`)
        walk(inner, `${path}.${key}`)
      }
  }
  walk(figure, 'figure')
  return faults
}

function idFaults(figure: PlacedFigure): readonly string[] {
  const ids = [...solids(figure).map((part) => part.id), ...figure.enclosures.map((part) => part.id)]
  return ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `two parts are called ${id}`)
}

/** Where a band is on some hosts, words may stand in the tunnels between them. */
const pieces = (part: Rect | PlacedBand): readonly Rect[] =>
  'segments' in part && part.segments.length > 0 ? part.segments.map((one) => ({ ...part, ...one })) : [part]

const solids = (figure: PlacedFigure) => [...figure.bands, ...figure.boxes, ...figure.chips, ...figure.pills]

export function rectOfText(text: PlacedText, wider = WIDER): Rect {
  const width = text.width * wider
  const x = text.anchor === 'start' ? text.x : text.anchor === 'end' ? text.x - width : text.x - width / 2
  // Capitals and digits, with what hangs below the base line.
  return { x, y: text.y - text.size * 0.75, width, height: text.size * 0.95 }
}

function allTexts(figure: PlacedFigure): readonly Named[] {
  const parts = [...figure.enclosures, ...solids(figure)]
  const inParts = parts.flatMap(({ texts, id }) =>
    texts.map((text) => ({ name: `"${text.text}" of ${id}`, rect: rectOfText(text) })),
  )
  const labels = figure.labels.map(({ text }) => ({ name: `label "${text.text}"`, rect: rectOfText(text) }))
  return [...inParts, ...labels].filter(({ rect }) => rect.width > 0)
}

const overlap = (a: Rect, b: Rect, hair = HAIR): boolean =>
  a.x + hair < b.x + b.width &&
  b.x + hair < a.x + a.width &&
  a.y + hair < b.y + b.height &&
  b.y + hair < a.y + a.height

const inside = (outer: Rect, inner: Rect, slack = HAIR): boolean =>
  inner.x >= outer.x - slack &&
  inner.y >= outer.y - slack &&
  inner.x + inner.width <= outer.x + outer.width + slack &&
  inner.y + inner.height <= outer.y + outer.height + slack

function textFaults(figure: PlacedFigure): readonly string[] {
  const faults: string[] = []
  for (const part of [...figure.enclosures, ...solids(figure)])
    for (const text of part.texts)
      if (!pieces(part).some((piece) => inside(piece, rectOfText(text))))
        faults.push(`text "${text.text}" leaves ${part.id}`)
  for (const part of [...figure.enclosures, ...solids(figure)])
    for (const text of part.texts) {
      if (text.size < 9) faults.push(`text "${text.text}" is ${text.size} px high`)
      if (text.text.trim() === '') faults.push(`an empty text in ${part.id}`)
    }
  for (const band of figure.bands)
    for (const slot of band.slots)
      for (const text of band.texts) {
        const rect = rectOfText(text)
        if (slot + 4 > rect.x && slot - 4 < rect.x + rect.width)
          faults.push(`a line passes through text "${text.text}" of ${band.id}`)
      }
  const texts = allTexts(figure)
  for (const [i, a] of texts.entries())
    for (const b of texts.slice(i + 1))
      if (overlap(a.rect, b.rect)) faults.push(`texts ${a.name} and ${b.name} overlap`)
  return faults
}

function overlapFaults(figure: PlacedFigure): readonly string[] {
  const faults: string[] = []
  const sheet = { x: 0, y: 0, width: figure.width, height: figure.height }
  const parts = solids(figure)
  for (const part of [...parts, ...figure.enclosures])
    if (!inside(sheet, part)) faults.push(`${part.id} leaves the figure`)
  for (const line of figure.lines)
    for (const point of line.points)
      if (!inside(sheet, { ...point, width: 0, height: 0 })) faults.push(`line ${line.id} leaves the figure`)
  const ownerOf = new Map([...figure.chips, ...figure.pills].map((part) => [part.id, part.owner]))
  const related = (a: string, b: string): boolean => ownerOf.get(a) === b || ownerOf.get(b) === a
  for (const [i, a] of parts.entries())
    for (const b of parts.slice(i + 1))
      if (!related(a.id, b.id) && overlap(a, b)) faults.push(`${a.id} and ${b.id} overlap`)
  for (const band of figure.bands)
    if (band.bend !== undefined) faults.push(...bendFaults(figure, band, band.bend))
  for (const one of figure.enclosures) {
    for (const box of figure.boxes)
      if (overlap(one, box) && !inside(one, box)) faults.push(`the border of ${one.id} cuts ${box.id}`)
    for (const other of figure.enclosures)
      if (other.id !== one.id && overlap(one, other) && !inside(one, other) && !inside(other, one))
        faults.push(`${one.id} and ${other.id} overlap`)
    for (const text of one.texts)
      for (const part of parts)
        if (overlap(rectOfText(text), part)) faults.push(`${part.id} covers title "${text.text}"`)
  }
  for (const { text } of figure.labels)
    for (const part of parts)
      if (pieces(part).some((piece) => overlap(rectOfText(text), piece)))
        faults.push(`${part.id} covers label "${text.text}"`)
  return faults
}

/** Between its two bars a network lies beside everything else. */
function bendFaults(figure: PlacedFigure, band: PlacedBand, bend: Rect): readonly string[] {
  const own = (id: string): boolean =>
    figure.bands.some((one) => one.id === id && one.hue === band.hue && overlap(one, bend, 0))
  const others = figure.bands.flatMap((one) =>
    one.id === band.id || one.bend === undefined ? [] : [{ id: `the bend of ${one.id}`, ...one.bend }],
  )
  const parts = [...solids(figure), ...figure.enclosures, ...others]
  const covered = parts.filter((part) => !own(part.id) && overlap(part, bend)).map(({ id }) => id)
  const passing = figure.lines.filter((line) => line.kind !== 'way' && passes(line, bend)).map(({ id }) => id)
  const isIn = inside({ x: 0, y: 0, width: figure.width, height: figure.height }, bend)
  return [
    ...[...covered, ...passing].map((id) => `${id} lies on the bend of ${band.id}`),
    ...(isIn ? [] : [`the bend of ${band.id} leaves the figure`]),
  ]
}

function lineFaults(figure: PlacedFigure): readonly string[] {
  const faults: string[] = []
  const parts = new Map<string, Rect>(
    [...solids(figure), ...figure.enclosures].map((part) => [part.id, part] as const),
  )
  const owners = new Map([...figure.chips, ...figure.pills].map((part) => [part.id, part.owner]))
  const titles = [
    ...figure.enclosures.flatMap((one) =>
      one.texts.map((text) => ({ name: text.text, rect: rectOfText(text) })),
    ),
    ...figure.labels.map(({ text }) => ({ name: text.text, rect: rectOfText(text) })),
  ]
  for (const line of figure.lines) {
    const own = new Set([line.from, line.to, owners.get(line.from) ?? '', owners.get(line.to) ?? ''])
    for (const [id, point] of [
      [line.from, line.points[0]] as const,
      [line.to, line.points.at(-1)] as const,
    ]) {
      // A line may begin at another of its own network: at a rail.
      const rail = figure.lines.find((one) => one.id === id && one !== line)
      const part = parts.get(id)
      if (rail !== undefined && point !== undefined && !passes(rail, around(point)))
        faults.push(`line ${line.id} does not touch ${id}`)
      if (id !== '' && part === undefined && rail === undefined)
        faults.push(`line ${line.id} leads to ${id}, which is not there`)
      if (point === undefined) faults.push(`line ${line.id} has no points`)
      else if (part !== undefined && distance(part, point) > 2 && !branches(figure, line, point))
        faults.push(`line ${line.id} does not touch ${id}`)
    }
    // A way runs along the lines of the figure and through what it visits.
    if (line.kind === 'way') continue
    for (const part of [...figure.boxes, ...figure.chips, ...figure.pills])
      if (!own.has(part.id) && !isJoint(figure, part.id, own) && passes(line, part))
        faults.push(`line ${line.id} goes through ${part.id}`)
    for (const band of figure.bands) {
      // The way in may pass behind a band.
      if (own.has(band.id) || line.kind === 'publish' || !passes(line, band)) continue
      if (!slotFor(line, band.slots)) faults.push(`line ${line.id} goes through ${band.id}`)
    }
    for (const title of titles)
      if (passes(line, title.rect)) faults.push(`line ${line.id} goes through "${title.name}"`)
  }
  return faults
}

/** The end of a veth pair, where lines meet their bridge. */
const isJoint = ({ chips }: PlacedFigure, id: string, own: ReadonlySet<string>): boolean =>
  chips.some((chip) => chip.id === id && chip.kind === 'veth' && own.has(chip.owner))

/** It begins or ends on a line from the same part. */
const branches = ({ lines }: PlacedFigure, line: PlacedLine, point: Point): boolean =>
  lines.some(
    (one) => one !== line && one.kind === line.kind && one.from === line.from && passes(one, around(point)),
  )

const around = ({ x, y }: Point): Rect => ({ x: x - 3, y: y - 3, width: 6, height: 6 })

const slotFor = (line: PlacedLine, slots: readonly number[]): boolean =>
  slots.some((slot) => line.points.some((point) => Math.abs(point.x - slot) < 1))

function distance(rect: Rect, point: Point): number {
  const dx = Math.max(rect.x - point.x, 0, point.x - rect.x - rect.width)
  const dy = Math.max(rect.y - point.y, 0, point.y - rect.y - rect.height)
  return Math.max(dx, dy)
}

function passes({ points }: PlacedLine, rect: Rect): boolean {
  for (let i = 1; i < points.length; i++) {
    const [p, q] = [points[i - 1], points[i]]
    if (p === undefined || q === undefined) continue
    const box = {
      x: Math.min(p.x, q.x),
      y: Math.min(p.y, q.y),
      width: Math.abs(p.x - q.x),
      height: Math.abs(p.y - q.y),
    }
    const thin = { x: box.x - 0.5, y: box.y - 0.5, width: box.width + 1, height: box.height + 1 }
    if (overlap(thin, rect, 1.5)) return true
  }
  return false
}

/** Values of the plan in the figure, each as often as it has to be, and nothing else. */
function contentFaults(figure: PlacedFigure, plan: Plan): readonly string[] {
  const faults: string[] = []
  const once = (what: string, count: number): void => {
    if (count !== 1) faults.push(`${what} is drawn ${count} times`)
  }
  const bands = new Set(figure.bands.flatMap((b) => (b.subject.is === 'network' ? [b.subject.network] : [])))
  for (const host of plan.hosts)
    if (plan.hosts.length > 1)
      once(
        `host ${host.name}`,
        figure.enclosures.filter((e) => e.subject.is === 'host' && e.subject.host === host.name).length,
      )
  for (const container of plan.containers.values()) {
    const boxes = figure.boxes.filter(
      (box) => box.subject.is === 'container' && box.subject.container === container.name,
    )
    once(`container ${container.name}`, boxes.length)
    for (const [network, attachment] of container.endpoints) {
      if (!bands.has(network)) continue
      const same = (subject: PlacedLine['subject']): boolean =>
        subject.is === 'attachment' && subject.container === container.name && subject.network === network
      const chips = figure.chips.filter((chip) => same(chip.subject))
      once(`attachment of ${container.name} to ${network}`, chips.length)
      const text = chips.flatMap((chip) => chip.texts.map((one) => one.text)).join(' ')
      for (const address of [attachment.ipv4, attachment.ipv6])
        if (address !== null && figure.view === 'bus') {
          // What is left of it beside the subnet of the bar.
          if (
            !chips.some((chip) =>
              chip.texts.some((one) => one.text.replace(' †', '').split(' ').includes(hostPart(address))),
            )
          )
            faults.push(`${hostPart(address)} is not at ${container.name}`)
        } else if (address !== null && !words(text).includes(formatAddress(address.address)))
          faults.push(`${formatAddress(address.address)} is not at ${container.name}`)
      const lines = figure.lines.filter((line) => line.kind === 'attach' && same(line.subject))
      once(`line from ${container.name} to ${network}`, lines.length)
    }
    for (const port of container.ports) {
      const pills = figure.pills.filter(
        (pill) => pill.subject.is === 'port' && pill.subject.container === container.name,
      )
      const numbers = pills.flatMap((pill) => pill.texts.flatMap(({ text }) => portNumbers(text)))
      if (!numbers.some(([from, to]) => from <= port.port && port.port <= to))
        faults.push(`port ${port.port} of ${container.name} is not drawn`)
    }
  }
  for (const chip of figure.chips)
    if (chip.subject.is === 'attachment') {
      const { container, network } = chip.subject
      if (!plan.containers.get(container)?.endpoints.has(network))
        faults.push(`${chip.id} is an attachment that the plan has not`)
    }
  const hosts = plan.hosts.flatMap((host) => [
    ...[host.address, ...host.interfaces.map((one) => one.address)].flatMap((one) =>
      one === null ? [] : [formatAddress(one.address)],
    ),
  ])
  const subnet = lanSubnet(plan)
  const underlay = subnet === null ? [] : words(formatPrefix(subnet))
  const routes = plan.hosts.flatMap((host) =>
    host.routes.flatMap(({ to, via }) => [
      ...(to === null ? [] : words(formatPrefix(to))),
      ...(via === null ? [] : [formatAddress(via)]),
    ]),
  )
  const known = new Set([...words(JSON.stringify(planJson(plan, []))), ...hosts, ...underlay, ...routes])
  for (const { name } of allTexts(figure))
    for (const word of words(name))
      if (/^\d+\.\d+\.\d+\.\d+$/.test(word) && !known.has(word)) faults.push(`${word} is not in the plan`)
  return faults
}

const words = (text: string): readonly string[] =>
  text.match(/[\d.]+\.[\d.]*\d|[\da-fA-F:]*::?[\da-fA-F:]*[\da-fA-F]|::/g) ?? []

const portNumbers = (text: string): readonly (readonly [number, number])[] =>
  [...text.matchAll(/(?<![\d.])(\d{1,5})(?:[-–](\d{1,5}))?(?![\d.])/g)].map(([, from, to]) => [
    Number(from),
    Number(to ?? from),
  ])
