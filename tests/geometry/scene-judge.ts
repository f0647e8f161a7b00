/**
 * What of a scene a placed figure does not show, or shows elsewhere: words at the parts they are about, lines that join
 * what hangs together, parts inside of what they belong to. The other judge, `placed-judge.ts`, asks the plan.
 */
import type {
  PlacedBand,
  PlacedChip,
  PlacedFigure,
  PlacedLine,
  PlacedText,
  Point,
  Rect,
  Subject,
} from '../../src/picture/placed.ts'
import type { Scene } from '../../src/picture/scene.ts'

/** Rounded coordinates may be off by this much. */
const HAIR = 1.6

export function sceneFaults(figure: PlacedFigure, scene: Scene): readonly string[] {
  return [
    ...pieceFaults(figure),
    ...wordFaults(figure, scene),
    ...insideFaults(figure, scene),
    ...edgeFaults(figure),
    ...(scene.view === 'network'
      ? [...attachFaults(figure, scene), ...wayInFaults(figure), ...uplinkFaults(figure, scene)]
      : []),
  ]
}

/** Lines of horizontal and vertical pieces, each said once. */
function pieceFaults({ lines }: PlacedFigure): readonly string[] {
  const faults: string[] = []
  const ids = new Set<string>()
  for (const line of lines) {
    if (ids.has(line.id)) faults.push(`two lines are called ${line.id}`)
    ids.add(line.id)
    for (const [i, q] of line.points.entries()) {
      const p = line.points[i - 1]
      if (p !== undefined && p.x !== q.x && p.y !== q.y) faults.push(`a piece of ${line.id} is slanted`)
    }
  }
  return faults
}

type Named = Rect & { readonly id: string; readonly texts: readonly PlacedText[]; readonly subject: Subject }

const partsOf = (figure: PlacedFigure): readonly Named[] => [
  ...figure.enclosures,
  ...figure.bands,
  ...figure.boxes,
  ...figure.chips,
  ...figure.pills,
]

function wordFaults(figure: PlacedFigure, scene: Scene): readonly string[] {
  const faults: string[] = []
  const parts = partsOf(figure)
  const expect = (what: string, found: readonly Named[], texts: readonly string[]): void => {
    const said = wordsOf(found.flatMap((part) => part.texts.map((one) => one.text)))
    const wanted = wordsOf(texts)
    for (const word of wanted) if (!said.includes(word)) faults.push(`"${word}" is not said at ${what}`)
    for (const word of said) if (!wanted.includes(word)) faults.push(`"${word}" is said at ${what}`)
    if (found.length === 0) faults.push(`${what} is not there`)
  }
  for (const host of scene.hosts) {
    const own = parts.filter(({ subject }) => subject.is === 'host' && subject.host === host.name)
    expect(`host ${host.name}`, own, [host.name, ...host.facts])
    if (host.plumbing !== null) continue
    for (const { device, text } of host.devices) {
      const nic = parts.filter(
        ({ subject }) => subject.is === 'nic' && subject.host === host.name && subject.device === device,
      )
      expect(`${device} of ${host.name}`, nic, [text])
    }
    const mesh = parts.filter(
      ({ subject }) => subject.is === 'port' && subject.host === host.name && subject.container === '',
    )
    if (host.mesh.length > 0)
      expect(
        `the mesh of ${host.name}`,
        mesh,
        host.mesh.map((port) => port.text),
      )
  }
  for (const network of scene.networks) {
    const bands = parts.filter(({ subject }) => subject.is === 'network' && subject.network === network.key)
    expect(`network ${network.key}`, bands, [network.title, ...network.facts])
    for (const chip of network.chips) {
      const own = parts.filter(
        ({ subject }) =>
          (subject.is === 'vip' && subject.network === network.key && subject.service === chip.owner) ||
          (subject.is === 'endpoint' && subject.network === network.key && subject.endpoint === chip.owner),
      )
      expect(`${chip.owner} on ${network.key}`, own, [chip.text])
    }
  }
  for (const card of scene.cards) {
    for (const member of card.members) {
      const box = parts.filter(
        ({ subject }) => subject.is === 'container' && subject.container === member.container,
      )
      expect(`container ${member.container}`, box, [member.title, ...member.details])
    }
    for (const joint of card.joints) {
      const chip = parts.filter(
        ({ subject }) =>
          subject.is === 'attachment' &&
          subject.container === card.container &&
          subject.network === joint.network,
      )
      expect(`${card.container} on ${joint.network}`, chip, joint.lines)
    }
    const pills = parts.filter(({ subject }) => subject.is === 'port' && subject.container === card.container)
    if (card.ports.length > 0)
      expect(
        `ports of ${card.container}`,
        pills,
        card.ports.map((port) => port.text),
      )
    if (card.apart === null) continue
    const apart = parts.filter(
      ({ subject }) => subject.is === 'apart' && subject.host === card.host && subject.reason === card.apart,
    )
    const { hostNetwork, noNetwork, undrawnNetworks, notRunning } = scene.words.figure
    const labels = { host: hostNetwork, none: noNetwork, undrawn: undrawnNetworks, stopped: notRunning }
    const label = labels[card.apart]
    expect(`what stands apart on ${card.host}`, apart, [label])
  }
  if (scene.client)
    expect(
      'the client',
      figure.boxes.filter((box) => box.kind === 'client'),
      [scene.words.figure.client],
    )
  if (scene.underlay !== null)
    expect(
      'the underlay',
      figure.boxes.filter((box) => box.kind === 'underlay'),
      [scene.underlay.title, ...scene.underlay.facts],
    )
  return faults
}

/** Lines are broken, and joined by dots and commas, where there is room. */
const wordsOf = (texts: readonly string[]): readonly string[] =>
  texts.flatMap((text) => text.split(/[\s·,]+/)).filter((word) => word !== '')

const inside = (outer: Rect, inner: Rect): boolean =>
  inner.x >= outer.x - HAIR &&
  inner.y >= outer.y - HAIR &&
  inner.x + inner.width <= outer.x + outer.width + HAIR &&
  inner.y + inner.height <= outer.y + outer.height + HAIR

/** Cards and bands in their hosts, members in their pods, what is on no network where that is said. */
function insideFaults(figure: PlacedFigure, scene: Scene): readonly string[] {
  const faults: string[] = []
  const enclosure = (test: (subject: Subject) => boolean): Rect | undefined =>
    figure.enclosures.find((one) => test(one.subject))
  const hosts = new Map(
    scene.hosts.map(({ name }) => [name, enclosure((one) => one.is === 'host' && one.host === name)]),
  )
  const check = (what: string, rect: Rect, outer: Rect | undefined): void => {
    if (outer === undefined || !inside(outer, rect)) faults.push(`${what} is not where it belongs`)
  }
  for (const band of figure.bands) {
    const key = band.subject.is === 'network' ? band.subject.network : ''
    const network = scene.networks.find((one) => one.key === key)
    if (network !== undefined && network.host !== '') check(band.id, band, hosts.get(network.host))
  }
  for (const card of scene.cards)
    for (const { container } of card.members) {
      const box = figure.boxes.find(
        (one) => one.subject.is === 'container' && one.subject.container === container,
      )
      if (box === undefined) continue
      check(box.id, box, hosts.get(card.host))
      if (card.members.length > 1)
        check(
          box.id,
          box,
          enclosure((one) => one.is === 'pod' && one.container === card.container),
        )
      if (card.apart !== null)
        check(
          box.id,
          box,
          enclosure((one) => one.is === 'apart' && one.host === card.host && one.reason === card.apart),
        )
    }
  return faults
}

/** Chips of interfaces sit on the edge of their owner, VIPs on their band. */
function edgeFaults(figure: PlacedFigure): readonly string[] {
  const parts = new Map([...figure.enclosures, ...figure.boxes, ...figure.bands].map((one) => [one.id, one]))
  return figure.chips.flatMap((chip) => {
    const owner = parts.get(chip.owner)
    if (owner === undefined) return [`${chip.id} belongs to nothing`]
    const middle = chip.y + chip.height / 2
    const isOnEdge = [owner.y, owner.y + owner.height].some((edge) => Math.abs(edge - middle) < HAIR)
    const isWithin = chip.x >= owner.x - HAIR && chip.x + chip.width <= owner.x + owner.width + HAIR
    const isRight =
      chip.kind === 'interface' ? isOnEdge && isWithin : chip.kind !== 'vip' || inside(owner, chip)
    return isRight ? [] : [`${chip.id} is not at ${chip.owner}`]
  })
}

/** Each interface is joined to its band by lines in the colour of the network. */
function attachFaults(figure: PlacedFigure, scene: Scene): readonly string[] {
  const faults: string[] = []
  for (const network of scene.networks) {
    const bars = figure.bands.filter(
      ({ subject }) => subject.is === 'network' && subject.network === network.key,
    )
    const [band] = bars
    faults.push(...bendFaults(network.key, bars))
    const lines = figure.lines.filter(
      ({ kind, subject }) =>
        kind === 'attach' &&
        (subject.is === 'attachment' || subject.is === 'network') &&
        subject.network === network.key,
    )
    if (band === undefined) continue
    for (const line of lines)
      if (line.hue !== band.hue) faults.push(`${line.id} has not the colour of its band`)
    const joined = reached(
      lines.filter((line) => bars.some((bar) => endsOn(line, bar))),
      lines,
    )
    for (const line of lines) if (!joined.has(line)) faults.push(`${line.id} does not lead to ${band.id}`)
    for (const chip of figure.chips) {
      if (chip.subject.is !== 'attachment' || chip.subject.network !== network.key) continue
      if (!lines.some((line) => startsAt(line, chip))) faults.push(`no line leaves ${chip.id} in its middle`)
    }
  }
  return faults
}

/** A network has one mark: one bar, or two that a bend joins at their right ends. */
function bendFaults(network: string, bars: readonly PlacedBand[]): readonly string[] {
  if (bars.length < 2)
    return bars.flatMap(({ id, bend }) => (bend === undefined ? [] : [`${id} is bent to nothing`]))
  const bends = bars.flatMap(({ bend }) => (bend === undefined ? [] : [bend]))
  const [bend] = bends
  const isJoined =
    bars.length === 2 &&
    bends.length === 1 &&
    bend !== undefined &&
    bars.every(
      ({ x, y, width, height, hue }) =>
        Math.abs(x + width - bend.x - bend.width) < HAIR &&
        y >= bend.y - HAIR &&
        y + height <= bend.y + bend.height + HAIR &&
        hue === bars[0]?.hue,
    )
  return isJoined ? [] : [`${network} is not one mark`]
}

const isOn = (point: Point, rect: Rect): boolean =>
  point.x >= rect.x - HAIR &&
  point.x <= rect.x + rect.width + HAIR &&
  (Math.abs(point.y - rect.y) < HAIR || Math.abs(point.y - rect.y - rect.height) < HAIR)

const endsOn = ({ points }: PlacedLine, rect: Rect): boolean =>
  [points[0], points.at(-1)].some((point) => point !== undefined && isOn(point, rect))

const startsAt = ({ points }: PlacedLine, chip: PlacedChip): boolean =>
  [points[0], points.at(-1)].some(
    (point) => point !== undefined && isOn(point, chip) && Math.abs(point.x - chip.x - chip.width / 2) < HAIR,
  )

/** Lines that touch each other, from some of them on. */
function reached(from: readonly PlacedLine[], lines: readonly PlacedLine[]): ReadonlySet<PlacedLine> {
  const found = new Set(from)
  for (const one of found)
    for (const other of lines) if (!found.has(other) && touches(one, other)) found.add(other)
  return found
}

/** An end of one lies on the other. */
const touches = (a: PlacedLine, b: PlacedLine): boolean => lies(a, b) || lies(b, a)

const lies = (a: PlacedLine, b: PlacedLine): boolean =>
  [a.points[0], a.points.at(-1)].some((end) =>
    b.points.some((q, i) => {
      const p = b.points[i - 1]
      return (
        p !== undefined &&
        end !== undefined &&
        end.x >= Math.min(p.x, q.x) - HAIR &&
        end.x <= Math.max(p.x, q.x) + HAIR &&
        end.y >= Math.min(p.y, q.y) - HAIR &&
        end.y <= Math.max(p.y, q.y) + HAIR
      )
    }),
  )

/** Each pill has its line from the client, and one on to its card or to the mesh. */
function wayInFaults(figure: PlacedFigure): readonly string[] {
  const faults: string[] = []
  const lines = figure.lines.filter((line) => line.kind === 'publish')
  for (const line of lines) if (line.hue !== null) faults.push(`${line.id} has the colour of a network`)
  const client = figure.boxes.find((box) => box.kind === 'client')
  const open = figure.pills.filter((pill) => pill.kind === 'open')
  const led: PlacedLine[] = []
  if (client !== undefined && open.length > 0) {
    const first = lines.filter(
      ({ points }) =>
        points[0] !== undefined &&
        isOn(points[0], client) &&
        Math.abs(points[0].x - client.x - client.width / 2) < HAIR,
    )
    if (first.length === 0) faults.push('no line leaves the client in its middle')
    led.push(...reached(first, lines))
    for (const line of lines)
      if (line.subject.is === 'client' && !led.includes(line))
        faults.push(`${line.id} is not joined to the client`)
  }
  const hosts = figure.enclosures.filter((one) => one.kind === 'host')
  const top = Math.min(...hosts.map((host) => host.y))
  for (const pill of open) {
    const host = hosts.find(({ subject }) => subject.is === 'host' && subject.host === pill.owner)
    // Pills on cards may stand where nothing comes down from the edge of the host.
    if (host === undefined) continue
    const isBelow = pill.y > host.y + host.height / 2
    const edge = isBelow ? host.y + host.height : host.y
    if (pill.y >= edge || pill.y + pill.height <= edge)
      faults.push(`${pill.id} is not on the edge of its host`)
    const middle = pill.x + pill.width / 2
    const isLed = led.some(({ points }) => {
      const end = points.at(-1)
      const outer = isBelow ? pill.y + pill.height : pill.y
      return end !== undefined && Math.abs(end.y - outer) < HAIR && Math.abs(end.x - middle) < HAIR
    })
    // Of hosts below each other only the first is led to, unless their ports are at their lower edge.
    if (client !== undefined && (host.y === top || isBelow) && !isLed)
      faults.push(`the client is not led to ${pill.id}`)
    const on = lines.filter(
      ({ points }) =>
        points[0] !== undefined && isOn(points[0], pill) && Math.abs(points[0].x - middle) < HAIR,
    )
    if (on.length !== 1) faults.push(`${on.length} lines lead on from ${pill.id}`)
    const targets = [...figure.boxes, ...figure.bands, ...figure.enclosures]
    for (const line of on)
      if (!targets.some((part) => part.id === line.to && endsOn(line, part)))
        faults.push(`${line.id} ends nowhere`)
  }
  return faults
}

/** Each host is joined to what all of them share. */
function uplinkFaults(figure: PlacedFigure, scene: Scene): readonly string[] {
  const underlay = figure.boxes.find((box) => box.kind === 'underlay')
  if (underlay === undefined) return []
  return scene.hosts.flatMap((host) => {
    const own = figure.lines.filter(
      ({ kind, subject, from, points }) =>
        (kind === 'uplink' || kind === 'tunnel') &&
        subject.is === 'host' &&
        subject.host === host.name &&
        figure.chips.some(
          (chip) => chip.id === from && points[0] !== undefined && touchesRect(points[0], chip),
        ),
    )
    const isJoined = own.length === 1 && own.every((line) => line.hue === null && endsOn(line, underlay))
    return isJoined || host.devices.length === 0 ? [] : [`host ${host.name} is not joined to the underlay`]
  })
}

/** In the middle of one of the four sides. */
const touchesRect = (point: Point, rect: Rect): boolean =>
  (Math.abs(point.x - rect.x - rect.width / 2) < HAIR && isOn(point, rect)) ||
  (Math.abs(point.y - rect.y - rect.height / 2) < HAIR &&
    [rect.x, rect.x + rect.width].some((x) => Math.abs(x - point.x) < HAIR))
