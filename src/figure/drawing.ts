import type { EdgeKind, FigureBox, FigureEdge, FigureGroup, GroupKind, Line } from './figure.ts'

/**
 * A figure while it is being drawn. Parts are found again by what they stand for (`Thing`), so that a highlighted
 * way can be laid over the finished drawing.
 */
export interface Drawing {
  readonly groups: FigureGroup[]
  readonly boxes: FigureBox[]
  readonly edges: FigureEdge[]
  group(name: string, group: Omit<FigureGroup, 'id' | 'marks'>): string
  /** Draws a box and returns its id. */
  box(thing: Thing, box: Omit<FigureBox, 'id'>): string
  edge(from: string, to: string, kind: EdgeKind, label?: readonly string[]): void
  /** Id of what was drawn for a thing, or `null`. */
  find(thing: Thing): string | null
}

/** What a box stands for, in words of the plan. */
export type Thing =
  | { readonly is: 'client' }
  | { readonly is: 'outside' }
  | { readonly is: 'underlay' }
  | { readonly is: 'container'; readonly container: string }
  /** An interface of a container. */
  | { readonly is: 'interface'; readonly container: string; readonly network: string }
  | { readonly is: 'veth'; readonly container: string; readonly network: string }
  /** A network as it is on a host; `host` is `''` where it is drawn once for all. */
  | { readonly is: 'network'; readonly network: string; readonly host: string }
  | { readonly is: 'service'; readonly service: string }
  | { readonly is: 'nic'; readonly host: string; readonly device: string }
  | { readonly is: 'nat'; readonly host: string }
  | { readonly is: 'vxlan'; readonly host: string }
  /** The sandbox of the routing mesh, `ingress-sbox`. */
  | { readonly is: 'mesh'; readonly host: string }
  /** A part of a pool or subnet. */
  | { readonly is: 'space'; readonly section: string; readonly cell: number }

const PREFIX: Readonly<Record<Thing['is'], string>> = {
  client: 'client',
  outside: 'outside',
  underlay: 'underlay',
  container: 'c',
  interface: 'if',
  veth: 'veth',
  network: 'n',
  service: 'svc',
  nic: 'nic',
  nat: 'nat',
  vxlan: 'vxlan',
  mesh: 'mesh',
  space: 'a',
}

const GROUP_PREFIX: Readonly<Record<GroupKind, string>> = {
  host: 'h',
  sandbox: 's',
  services: 'g',
}

export function createDrawing(): Drawing {
  const groups: FigureGroup[] = []
  const boxes: FigureBox[] = []
  const edges: FigureEdge[] = []
  const taken = new Set<string>()
  const ids = new Map<string, string>()

  const newId = (prefix: string, names: readonly string[]): string => {
    let slug = prefix
    for (const name of names) {
      const part = slugOf(name)
      if (part !== '') slug += `_${part}`
    }
    // A thing without a name is the only one of its kind; one whose name leaves nothing has a number.
    const first = slug !== prefix || names.every((name) => name === '') ? slug : `${slug}1`
    let id = first
    for (let n = 2; taken.has(id); n++) id = `${slug}${n.toString()}`
    taken.add(id)
    return id
  }

  return {
    groups,
    boxes,
    edges,
    group(name, { kind, parent, title }) {
      const id = newId(GROUP_PREFIX[kind], [name])
      groups.push({ id, marks: [], kind, parent, title })
      return id
    },
    box(thing, { group, kind, marks, lines }) {
      const names = namesOf(thing)
      const id = newId(PREFIX[thing.is], names)
      ids.set(keyOf(thing.is, names), id)
      boxes.push({ id, group, kind, marks, lines })
      return id
    },
    edge(from, to, kind, label = []) {
      edges.push({ id: `e${(edges.length + 1).toString()}`, from, to, kind, marks: [], label })
    },
    find: (thing) => ids.get(keyOf(thing.is, namesOf(thing))) ?? null,
  }
}

/** Only what an id of any format may hold; `''` for a name in another script. */
const slugOf = (name: string): string =>
  PLAIN.test(name)
    ? name
    : name
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '_')
        .replace(/^_|_$/g, '')
const PLAIN = /^[a-z0-9]*$/

function namesOf(thing: Thing): readonly string[] {
  switch (thing.is) {
    case 'client':
    case 'outside':
    case 'underlay':
      return ['']
    case 'container':
      return [thing.container]
    case 'interface':
    case 'veth':
      return [thing.container, thing.network]
    case 'network':
      // The key of a network that lives on one of several hosts ends in the host already.
      return [thing.network, thing.host === '' || thing.network.endsWith(`@${thing.host}`) ? '' : thing.host]
    case 'service':
      return [thing.service]
    case 'nic':
      return [thing.host, thing.device]
    case 'nat':
    case 'vxlan':
    case 'mesh':
      return [thing.host]
    case 'space':
      return [thing.section, String(thing.cell)]
    default:
      return thing satisfies never
  }
}

const keyOf = (is: Thing['is'], names: readonly string[]): string =>
  `${is}\0${names[0] ?? ''}\0${names[1] ?? ''}`

export const name = (text: string): Line => ({ role: 'name', text })
export const address = (text: string): Line => ({ role: 'address', text })
export const detail = (text: string): Line => ({ role: 'detail', text })
