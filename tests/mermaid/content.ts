/** What a figure says, as sets that can be held against each other whichever way it was drawn. */
import type { Figure } from '../../src/figure/figure.ts'
import type { PlacedFigure } from '../../src/picture/placed.ts'
import type { Plan } from '../../src/plan/plan.ts'

export interface Content {
  readonly hosts: readonly string[]
  readonly networks: readonly string[]
  readonly containers: readonly string[]
  /** `container network`, by keys of the plan. */
  readonly attachments: readonly string[]
  /** Addresses and subnets that stand in it, and in view bus their host parts. */
  readonly addresses: readonly string[]
  /** Numbers that stand for published ports on hosts. */
  readonly ports: readonly string[]
}

const sorted = (values: Iterable<string>): readonly string[] => [...new Set(values)].sort()

const ADDRESS =
  /(?<![\w.:])(?:\d+\.\d+\.\d+\.\d+(?:\/\d+)?(?!\d)|\.\d+(?:\.\d+){0,2}(?![\w.])|[\da-f]*:[\da-f:]*:[\da-f:]*(?:\/\d+)?(?![\w:]))/gi

/** Without the port of a socket, and without the length of an endpoint's own address. */
export const addressesIn = (texts: readonly string[]): readonly string[] =>
  sorted(texts.flatMap((text) => text.replaceAll('[::]', '').match(ADDRESS) ?? []))

/** Of our own drawing: by what its parts stand for. */
export function placedContent(figure: PlacedFigure, plan: Plan): Content {
  const parts = [...figure.bands, ...figure.boxes, ...figure.chips, ...figure.pills, ...figure.enclosures]
  const texts = [
    ...parts.flatMap((part) => part.texts.map((text) => text.text)),
    ...figure.labels.map(({ text }) => text.text),
  ]
  return {
    hosts: sorted(figure.enclosures.flatMap(({ subject }) => (subject.is === 'host' ? [subject.host] : []))),
    networks: sorted(
      figure.bands.flatMap(({ subject }) =>
        subject.is === 'network' ? [plan.networks.get(subject.network)?.name ?? ''] : [],
      ),
    ),
    containers: sorted(
      figure.boxes.flatMap(({ subject }) => (subject.is === 'container' ? [subject.container] : [])),
    ),
    attachments: sorted(
      figure.chips.flatMap(({ subject }) =>
        subject.is === 'attachment'
          ? [`${subject.container} ${plan.networks.get(subject.network)?.name ?? ''}`]
          : [],
      ),
    ),
    addresses: addressesIn(texts),
    ports: portsIn(
      plan,
      figure.pills.map((pill) => pill.texts.map(({ text }) => text).join(', ')),
    ),
  }
}

/** Which of the published ports of a plan stand in texts, alone or in a range. */
export function portsIn(plan: Plan, texts: readonly string[]): readonly string[] {
  const spans = texts.flatMap((text) =>
    [...text.matchAll(/(?<![\d.])(\d{1,5})(?:-(\d{1,5}))?(?![\d.])/g)].map(([, from = '', to]) => ({
      from: Number(from),
      to: Number(to ?? from),
    })),
  )
  const published = [
    ...[...plan.containers.values()].flatMap((container) => container.ports.map(({ port }) => port)),
    ...[...plan.services.values()].flatMap((service) =>
      service.ports.flatMap((port) => (port.mode === 'ingress' ? [port.published] : [])),
    ),
  ]
  return sorted(
    published.filter((port) => spans.some(({ from, to }) => from <= port && port <= to)).map(String),
  )
}

/** Of a figure's Mermaid text: by what its boxes, groups and edges say. `texts` are the ones that were really drawn. */
export function mermaidContent(
  figure: Figure,
  plan: Plan,
  drawn: (id: string) => readonly string[],
): Content {
  const nameOf = (id: string): string => (drawn(id)[0] ?? '').replace(/ †$/, '')
  const boxes = figure.boxes.map((box) => ({ ...box, name: nameOf(box.id) }))
  const networkNames = new Set([...plan.networks.values()].map(({ name }) => name))
  const network = (name: string): string => (networkNames.has(name) ? name : name.replace(/ \([^)]*\)$/, ''))
  const networks = boxes.filter(({ kind }) => kind === 'network')
  const groupNames = new Map(figure.groups.map((group) => [group.id, nameOf(group.id)]))
  // In view datapath a container is a group of its interfaces, with those of its guests: `web + sidecar`.
  const members = (name: string): readonly string[] =>
    name
      .split(' + ')
      .map((one) => one.replace(/ †$/, ''))
      .filter((one) => plan.containers.has(one))
  const sandboxes = figure.groups.filter((group) => group.kind === 'sandbox')
  const containerBoxes = boxes.filter(({ kind }) => kind === 'container' || kind === 'task')
  const ownerOf = (id: string): readonly string[] => {
    const box = boxes.find((one) => one.id === id)
    if (box === undefined) return []
    const sandbox = sandboxes.find((group) => group.id === box.group)
    return sandbox === undefined ? members(box.name) : members(groupNames.get(sandbox.id) ?? '').slice(0, 1)
  }
  const veths = new Map(
    figure.edges.flatMap(({ from, to }) => {
      const ends = [from, to]
      const veth = ends.find((id) => boxes.some((box) => box.id === id && box.kind === 'veth'))
      const bar = ends.find((id) => networks.some((box) => box.id === id))
      return veth !== undefined && bar !== undefined ? [[veth, bar] as const] : []
    }),
  )
  const texts = [
    ...figure.boxes.flatMap((box) => drawn(box.id)),
    ...figure.groups.flatMap((group) => drawn(group.id)),
    ...figure.edges.flatMap((edge) => edge.label),
  ]
  return {
    hosts: sorted(
      figure.groups.flatMap((group) =>
        group.kind === 'host'
          ? [
              plan.hosts.find(({ name }) => (groupNames.get(group.id) ?? '').split(' ')[0] === name)?.name ??
                '?',
            ]
          : [],
      ),
    ),
    networks: sorted(networks.map((box) => network(box.name))),
    containers: sorted([
      ...containerBoxes.flatMap((box) => members(box.name)),
      ...sandboxes.flatMap((group) => members(groupNames.get(group.id) ?? '')),
    ]),
    attachments: sorted(
      figure.edges.flatMap(({ from, to }) => {
        const ends = [from, to].map((id) => veths.get(id) ?? id)
        const bar = networks.find((box) => ends.includes(box.id))
        const owner = [from, to].flatMap(ownerOf)
        return bar === undefined ? [] : owner.map((one) => `${one} ${network(bar.name)}`)
      }),
    ),
    addresses: addressesIn(texts),
    ports: portsIn(
      plan,
      texts.filter((text) => !/^\d+\.\d+\.\d+\.\d+\//.test(text)),
    ),
  }
}
