/** In which order a container's ports are bound: one that is given a choice may take what a later one asks for. */
import type { Span } from '../problem/problem.ts'
import { EPHEMERAL_PORTS, type Protocol } from './ports.ts'
import type { EngineState } from './state.ts'

/** One container port to publish; `range` is where its host port may lie, `null` for anywhere. */
export interface Wanted {
  readonly hostIp: string
  readonly port: number
  readonly protocol: Protocol
  readonly range: { readonly first: number; readonly last: number } | null
  readonly origin: Span | undefined
}

const hasChoice = ({ range }: Wanted): boolean => range === null || range.first !== range.last

/**
 * Fixed ports, then those with a choice by container port: the order of 27 and later. Earlier engines show them so.
 * @see moby `libnetwork/drivers/bridge/port_mapping_linux.go: cmpPortBinding`
 */
export function listed({ facts }: EngineState, wanted: readonly Wanted[]): readonly Wanted[] {
  const sign = facts.rules.rangeOrder === 'ascending' ? 1 : -1
  return [...wanted].sort((a, b) => {
    const choice = Number(hasChoice(a)) - Number(hasChoice(b))
    return choice !== 0 || !hasChoice(a) ? choice : sign * (a.port - b.port)
  })
}

/** Go sorts so many by insertion; how it sorts more nobody can follow by hand, and they are taken as they are listed. */
const MOST_INSERTED = 12

/**
 * Up to 26 container ports are taken from a Go map, and sorted by a comparison that can say of two that each of them is
 * first, so that the order of the map decides.
 * @see go-connections `nat/sort.go: SortPortMap`
 */
export function bindingOrder(state: EngineState, wanted: readonly Wanted[]): readonly Wanted[] {
  const isOwn = state.facts.rules.rangeOrder === 'ascending' || wanted.length > MOST_INSERTED
  if (isOwn || !wanted.some(hasChoice)) return listed(state, wanted)
  const ports = byPort(wanted)
  const isOpen = wanted.some((a) => wanted.some((b) => a.port !== b.port && isContrary(a, b)))
  return byPort(inserted((isOpen ? state.arrange(ports) : ports).flat())).flat()
}

function byPort(wanted: readonly Wanted[]): readonly (readonly Wanted[])[] {
  const ports = new Map<string, Wanted[]>()
  for (const one of wanted) {
    const key = `${one.port}/${one.protocol}`
    ports.set(key, [...(ports.get(key) ?? []), one])
  }
  return [...ports.values()]
}

/** Whether which of a container's ports is bound first is left to chance, and shows in a port that is chosen. */
export function isBindingOrderOpen({ facts }: EngineState, wanted: readonly Wanted[]): boolean {
  if (facts.rules.rangeOrder === 'ascending' || wanted.length > MOST_INSERTED) return false
  const meet = (a: Wanted, b: Wanted): boolean => {
    const [one, other] = [a.range ?? EPHEMERAL_PORTS, b.range ?? EPHEMERAL_PORTS]
    return a.protocol === b.protocol && one.first <= other.last && other.first <= one.last
  }
  return wanted.some(
    (a, i) =>
      hasChoice(a) && wanted.some((b, j) => i !== j && a.port !== b.port && meet(a, b) && isContrary(a, b)),
  )
}

/** What go-connections asks of two entries: a higher port of the host, or a higher one of the container, or TCP. */
function goesFirst(a: Wanted, b: Wanted): boolean {
  const [hostA, hostB] = [a.range?.first ?? 0, b.range?.first ?? 0]
  return hostA > hostB || a.port > b.port || (a.port === b.port && a.protocol === 'tcp')
}

const isContrary = (a: Wanted, b: Wanted): boolean => goesFirst(a, b) && goesFirst(b, a)

/** Go's `sort.Sort` of up to twelve: each goes before those it comes first of, from the end on. */
function inserted(entries: readonly Wanted[]): readonly Wanted[] {
  const sorted: Wanted[] = []
  for (const one of entries) {
    let at = sorted.length
    for (let before = sorted[at - 1]; before !== undefined && goesFirst(one, before); before = sorted[at - 1])
      at -= 1
    sorted.splice(at, 0, one)
  }
  return sorted
}
