import type { ServiceEntry } from '../../topology/topology.ts'

/** Services and whom they wait for, `depends_on`, `links` and shared network stacks alike. */
export interface Dependencies {
  /** Services in the order of starting: alphabetical among those that are ready. */
  readonly order: readonly string[]
  of(service: string): readonly string[]
  /** Those of `services` whose place among the others is fixed: each other one starts always before or always after. */
  fixedAmong(services: readonly string[]): ReadonlySet<string>
}

export type CycleOrDependencies =
  | { readonly ok: true; readonly dependencies: Dependencies }
  /** The services in a ring, the first one repeated at the end. */
  | { readonly ok: false; readonly cycle: readonly string[] }

/** Services that `service` waits for; those that do not exist are left out. */
export function directDependencies(
  service: ServiceEntry,
  services: ReadonlyMap<string, ServiceEntry>,
): string[] {
  const mode = service.networkMode?.value ?? ''
  const names = [
    ...service.dependsOn.map((d) => d.value),
    ...service.links.map((l) => l.value.split(':')[0] ?? ''),
    ...(mode.startsWith('service:') ? [mode.slice('service:'.length)] : []),
    // compose does not know that it has to wait; of the orders it may take, this is the one that works.
    ...containerTarget(mode, services),
  ]
  return [...new Set(names)].filter((name) => services.has(name)).sort(compare)
}

/** The service whose container a network mode names. */
export function containerTarget(
  mode: string,
  services: ReadonlyMap<string, ServiceEntry>,
): readonly string[] {
  if (!mode.startsWith('container:')) return []
  const name = mode.slice('container:'.length)
  const found = [...services.values()].find(
    ({ key, containerName }) => (containerName?.value ?? key) === name,
  )
  return found === undefined ? [] : [found.key]
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** @see docker/compose `pkg/compose/dependencies.go: run, NewGraph, HasCycles` */
export function orderServices(services: ReadonlyMap<string, ServiceEntry>): CycleOrDependencies {
  const direct = new Map([...services].map(([key, service]) => [key, directDependencies(service, services)]))
  const dependents = new Map<string, string[]>()
  const waiting = new Map<string, number>()
  for (const [key, needs] of direct) {
    waiting.set(key, needs.length)
    for (const need of needs) dependents.set(need, [...(dependents.get(need) ?? []), key])
  }
  const order = startOrder(direct, dependents, waiting)
  if (order.length < services.size) return { ok: false, cycle: findCycle(direct, new Set(order)) }
  const of = (service: string): readonly string[] => direct.get(service) ?? []
  return {
    ok: true,
    dependencies: { order, of, fixedAmong: (keys) => fixedAmong(order, direct, keys) },
  }
}

/** One after the other, always the first of those that are ready. */
function startOrder(
  direct: ReadonlyMap<string, readonly string[]>,
  dependents: ReadonlyMap<string, readonly string[]>,
  counts: ReadonlyMap<string, number>,
): readonly string[] {
  const waiting = new Map(counts)
  const order: string[] = []
  const ready = createQueue(
    [...direct].filter(([, needs]) => needs.length === 0).map(([key]) => key),
    compare,
  )
  for (let key = ready.shift(); key !== undefined; key = ready.shift()) {
    order.push(key)
    for (const dependent of dependents.get(key) ?? []) {
      const left = (waiting.get(dependent) ?? 1) - 1
      waiting.set(dependent, left)
      if (left === 0) ready.add(dependent)
    }
  }
  return order
}

/** Always gives the first by `order`: a binary heap. */
function createQueue(
  initial: readonly string[],
  order: (a: string, b: string) => number,
): { add(key: string): void; shift(): string | undefined } {
  const heap: string[] = [...initial].sort(order)
  const at = (i: number): string => heap[i] ?? ''
  const swap = (i: number, j: number): void => {
    const [a, b] = [at(i), at(j)]
    heap[i] = b
    heap[j] = a
  }
  return {
    add(key) {
      let i = heap.push(key) - 1
      while (i > 0 && order(at(i), at((i - 1) >> 1)) < 0) {
        swap(i, (i - 1) >> 1)
        i = (i - 1) >> 1
      }
    },
    shift() {
      const first = heap[0]
      const last = heap.pop()
      if (first === undefined || last === undefined || heap.length === 0) return first
      heap[0] = last
      for (let i = 0; ; ) {
        const [left, right] = [2 * i + 1, 2 * i + 2]
        let least = i
        if (left < heap.length && order(at(left), at(least)) < 0) least = left
        if (right < heap.length && order(at(right), at(least)) < 0) least = right
        if (least === i) return first
        swap(i, least)
        i = least
      }
    },
  }
}

/**
 * A service's place among others is fixed when those it waits for and those that wait for it, through others too, are
 * all of them. Counted with one bit for each of `keys`, so that ten thousand services in a chain are no matter.
 */
function fixedAmong(
  order: readonly string[],
  direct: ReadonlyMap<string, readonly string[]>,
  keys: readonly string[],
): ReadonlySet<string> {
  if (keys.length < 2) return new Set(keys)
  const bits = new Map(keys.map((key, i) => [key, i]))
  const words = Math.ceil(keys.length / 32)
  const waitsFor = new Map<string, Uint32Array>()
  for (const key of order) {
    const needs = direct.get(key) ?? []
    const own = needs.length === 0 ? null : new Uint32Array(words)
    for (const need of needs) {
      const theirs = waitsFor.get(need)
      for (let word = 0; own !== null && theirs !== undefined && word < words; word++) {
        own[word] = (own[word] ?? 0) | (theirs[word] ?? 0)
      }
      const bit = bits.get(need)
      if (own !== null && bit !== undefined) own[bit >> 5] = (own[bit >> 5] ?? 0) | (1 << (bit & 31))
    }
    if (own !== null) waitsFor.set(key, own)
  }
  const ordered = new Uint32Array(keys.length)
  for (const [key, bit] of bits) {
    for (const other of setBits(waitsFor.get(key))) {
      ordered[bit] = (ordered[bit] ?? 0) + 1
      ordered[other] = (ordered[other] ?? 0) + 1
    }
  }
  return new Set(keys.filter((_, i) => ordered[i] === keys.length - 1))
}

function* setBits(words: Uint32Array | undefined): Iterable<number> {
  for (const [index, word] of words?.entries() ?? []) {
    for (let rest = word; rest !== 0; rest &= rest - 1) yield index * 32 + (31 - Math.clz32(rest & -rest))
  }
}

function findCycle(direct: ReadonlyMap<string, readonly string[]>, done: ReadonlySet<string>): string[] {
  const start = [...direct.keys()].filter((key) => !done.has(key)).sort(compare)[0] ?? ''
  const path: string[] = []
  let key = start
  while (!path.includes(key)) {
    path.push(key)
    key = direct.get(key)?.find((need) => !done.has(need)) ?? start
  }
  const ring = path.slice(path.indexOf(key))
  const first = ring.indexOf([...ring].sort(compare)[0] ?? '')
  const turned = [...ring.slice(first), ...ring.slice(0, first)]
  return [...turned, turned[0] ?? '']
}
