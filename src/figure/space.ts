/**
 * The address space of a plan: what of the default pools is taken, blocked or free, and what each address of a subnet
 * is for. Everything in it follows from the plan.
 */
import { blockAt, blockCount, type DefaultPool } from '../ipam/index.ts'
import {
  type Address,
  contains,
  type Family,
  formatAddress,
  formatPrefix,
  lastValue,
  overlaps,
  type Prefix,
  prefixOf,
  sizeOf,
} from '../net/index.ts'
import { addressesOf } from '../plan/certainty.ts'
import type { ChangeKind, Changes } from '../plan/changes.ts'
import type { Plan, PlanEndpoint, PlanNetwork, PlanSubnet } from '../plan/plan.ts'
import type { Words } from '../words/words.ts'
import { star } from './star.ts'

export type SpaceKind = 'taken' | 'blocked' | 'free' | 'edge' | 'gateway' | 'used' | 'reserved' | 'outside'

export interface SpaceCell {
  readonly kind: SpaceKind
  /** An address, a block, or the two ends of a run. */
  readonly lines: readonly string[]
  /** What it is, or whose. */
  readonly note: string
  /** Key of a network whose colour it has, and of the container that has it; `''` for none. */
  readonly network: string
  readonly container: string
  /** What happened to it since an earlier step; `null` where nothing did, or nobody asked. */
  readonly change: ChangeKind | null
}

export interface SpaceSection {
  /** Key of the network it is about; `''` for pools. */
  readonly network: string
  /** Of the pools; `''` for those of the swarm. */
  readonly host: string
  readonly title: string
  readonly change: ChangeKind | null
  readonly cells: readonly SpaceCell[]
}

/** What an address space is told of. */
export interface SpaceOf {
  /** Its hosts are those whose pools are told. */
  readonly plan: Plan
  /** Of which that plan is a part: whatever takes addresses. */
  readonly whole: Plan
  /** Networks whose subnets are looked into. */
  readonly networks: ReadonlyMap<string, PlanNetwork>
  /** The plans then have what is gone, too. */
  readonly changes: Changes | null
}

/** As it is, and as it was: `null` where nobody asked. */
interface States {
  readonly now: Plan
  readonly before: Plan | null
}

/** Blocks up to this many are shown one by one. */
const MOST_BLOCKS = 64
/** Addresses beyond this many are told as runs. */
const MOST_ADDRESSES = 48

export function spaceOf(
  { plan, whole, networks: shown, changes }: SpaceOf,
  words: Words,
): readonly SpaceSection[] {
  const states: States = { now: changes?.after ?? whole, before: changes?.before ?? null }
  const sections: SpaceSection[] = []
  // Hosts whose pools are as far are told together.
  const alike = new Map<string, { readonly hosts: string[]; readonly cells: readonly SpaceCell[] }>()
  for (const host of plan.hosts) {
    const cells = poolCells(host.pools, marksOf(states, host.name, host.onLink), words)
    const key = JSON.stringify(cells.map(({ kind, lines, note, change }) => [kind, lines, note, change]))
    const same = alike.get(key)
    if (same === undefined) alike.set(key, { hosts: [host.name], cells })
    else same.hosts.push(host.name)
  }
  for (const { hosts, cells } of alike.values())
    sections.push({
      network: '',
      host: hosts[0] ?? '',
      title: words.space.pools(hosts.join(', ')),
      change: null,
      cells,
    })
  if (plan.swarmPools.length > 0) {
    const cells = poolCells(plan.swarmPools, marksOf(states, '', []), words)
    sections.push({ network: '', host: '', title: words.space.swarmPools, change: null, cells })
  }
  for (const [key, network] of shown)
    for (const subnet of network.subnets) {
      const text = star(formatPrefix(prefixOf(subnet)), subnet.certainty)
      const range =
        subnet.range === null ? '' : ` · ${words.figure.ipRange(formatPrefix(prefixOf(subnet.range)))}`
      const title = `${network.name} · ${text}${range}`
      sections.push({
        network: key,
        host: network.host,
        title,
        change: changes?.of({ is: 'network', network: key })?.kind ?? null,
        // Of a subnet that is gone, only who had an address is worth telling.
        cells: subnetCells(states, key, subnet, words).filter(
          (cell) => cell.change === 'gone' || states.now.networks.has(key),
        ),
      })
    }
  return sections
}

interface Mark {
  readonly prefix: Prefix
  readonly network: PlanNetwork | null
  readonly is: boolean
  readonly was: boolean
}

/** Whatever takes blocks on a host, or of the swarm, now or before. */
function marksOf({ now, before }: States, host: string, onLink: readonly Prefix[]): readonly Mark[] {
  const marks = new Map<string, Mark>()
  for (const plan of before === null ? [now] : [now, before])
    for (const network of plan.networks.values())
      if (network.host === host)
        for (const subnet of network.subnets) {
          const prefix = prefixOf(subnet)
          const key = `${network.key} ${formatPrefix(prefix)}`
          const is = plan === now || marks.has(key)
          marks.set(key, { prefix, network, is, was: before === null || plan === before })
        }
  return [...marks.values(), ...onLink.map((prefix) => ({ prefix, network: null, is: true, was: true }))]
}

function poolCells(
  pools: readonly DefaultPool[],
  marks: readonly Mark[],
  words: Words,
): readonly SpaceCell[] {
  const count = pools.reduce((sum, pool) => sum + blockCount(pool), 0n)
  const cells = pools.flatMap((pool) => cellsOfPool(pool, marks, count <= BigInt(MOST_BLOCKS), words))
  const outside = marks.filter(({ prefix }) => !pools.some((pool) => overlaps(pool.base, prefix)))
  return [
    ...cells,
    ...outside.map((mark) => {
      const cell = blockCell([formatPrefix(mark.prefix)], [mark], words)
      return { ...cell, note: `${cell.note} · ${words.space.outsidePools}` }
    }),
  ]
}

function cellsOfPool(
  pool: DefaultPool,
  marks: readonly Mark[],
  oneByOne: boolean,
  words: Words,
): readonly SpaceCell[] {
  const { base, size } = pool
  const width = BigInt((base.family === 4 ? 32 : 128) - size)
  const last = blockCount(pool) - 1n
  const indexOf = (value: bigint): bigint => {
    const index = (value - base.first) >> width
    return index < 0n ? 0n : index > last ? last : index
  }
  const taken = marks
    .filter(({ prefix }) => overlaps(base, prefix))
    .map((mark) => ({
      ...mark,
      from: indexOf(mark.prefix.first < base.first ? base.first : mark.prefix.first),
      to: indexOf(lastValue(mark.prefix)),
    }))
    .sort((a, b) => Number(a.from - b.from))
  const cells: SpaceCell[] = []
  let shared: { readonly lines: readonly string[]; readonly marks: Mark[] } | null = null
  let next = 0n
  const free = (to: bigint): void => {
    if (next > to) return
    const blank = { kind: 'free' as const, network: '', container: '', change: null }
    if (oneByOne || next === to)
      for (let at = next; at <= to; at++)
        cells.push({ ...blank, lines: [formatPrefix(blockAt(pool, at))], note: words.space.free })
    else
      cells.push({
        ...blank,
        lines: [`${formatPrefix(blockAt(pool, next))} –`, formatPrefix(blockAt(pool, to))],
        note: words.space.freeCount(grouped(to - next + 1n)),
      })
    next = to + 1n
  }
  // A block is told when all that lies in it is known.
  const tell = (): void => {
    if (shared !== null) cells.push(blockCell(shared.lines, shared.marks, words))
    shared = null
  }
  for (const { from, to, ...mark } of taken) {
    if (next <= from - 1n) tell()
    free(from - 1n)
    // The whole block is taken, or blocked, by what lies in a part of it.
    const isPart = from === to && mark.prefix.length > size
    const lines = [formatPrefix(isPart ? blockAt(pool, from) : mark.prefix)]
    const part = { ...mark, isPart }
    if (shared !== null && to < next && shared.lines[0] === lines[0]) {
      shared.marks.push(part)
    } else {
      tell()
      shared = { lines, marks: [part] }
    }
    if (to + 1n > next) next = to + 1n
  }
  tell()
  free(last)
  return cells
}

/** A block, and all that takes it or took it. */
function blockCell(
  lines: readonly string[],
  marks: readonly (Mark & { readonly isPart?: boolean })[],
  words: Words,
): SpaceCell {
  const said = ({ network, prefix, isPart = false }: (typeof marks)[number]): string =>
    `${network === null ? words.space.lan : network.name}${isPart ? ` ${formatPrefix(prefix)}` : ''}`
  const { note, change } = toldAs(
    marks.filter(({ is }) => is).map(said),
    marks.filter(({ was }) => was).map(said),
    words,
  )
  const [first] = marks.filter(({ is }) => is).concat(marks)
  const kind = first?.network === null ? 'blocked' : 'taken'
  return { kind, lines, note, network: first?.network?.key ?? '', container: '', change }
}

/** Whose something is, and what that is beside whose it was. */
function toldAs(
  now: readonly string[],
  before: readonly string[],
  words: Words,
): { readonly note: string; readonly change: ChangeKind | null } {
  const [is, was] = [now.join(', '), before.join(', ')]
  if (is === was) return { note: is, change: null }
  if (was === '') return { note: is, change: 'new' }
  if (is === '') return { note: was, change: 'gone' }
  return { note: words.space.was(is, was), change: 'changed' }
}

interface Point {
  readonly value: bigint
  readonly kind: SpaceKind
  readonly note: string
  readonly text: string
  readonly container: string
  readonly change: ChangeKind | null
}

function subnetCells(states: States, key: string, subnet: PlanSubnet, words: Words): readonly SpaceCell[] {
  const whole = prefixOf(subnet)
  const points = pointsSince(states, key, whole, words)
  const range = subnet.range === null ? null : prefixOf(subnet.range)
  const cells: SpaceCell[] = []
  let next = whole.first
  const free = (to: bigint): void => {
    for (const [from, end, inside] of pieces(next, to, range))
      cells.push({
        kind: inside ? 'free' : 'outside',
        lines: runLines(from, end, whole.family),
        note: inside
          ? words.space.freeCount(grouped(end - from + 1n))
          : words.space.outsideRange(grouped(end - from + 1n)),
        network: key,
        container: '',
        change: null,
      })
  }
  for (const run of runsOf(points)) {
    const [first, last] = [run[0], run.at(-1)]
    if (first === undefined || last === undefined) continue
    free(first.value - 1n)
    const { kind, note, text, container, change } = first
    cells.push(
      run.length === 1
        ? { kind, lines: [text], note, network: key, container, change }
        : {
            kind,
            lines: runLines(first.value, last.value, whole.family),
            note: words.space.usedCount(run.length),
            network: key,
            container: '',
            change,
          },
    )
    next = last.value + 1n
  }
  free(lastValue(whole))
  return cells
}

/** By address, whoever shares one; whose it is, and whose it was. */
function pointsSince({ now, before }: States, key: string, whole: Prefix, words: Words): readonly Point[] {
  const is = pointsOf(now, key, whole, words)
  // Of a subnet that was not there, it is told once that it is new; nor was anything of it another.
  const wasThere = before === null || pointsOf(before, key, whole, words).length > 0
  const was = before === null ? is : pointsOf(before, key, whole, words)
  const values = [...new Set([...is, ...was].map(({ value }) => value))].sort((a, b) => (a < b ? -1 : 1))
  const [ownBy, oldBy] = [byValue(is), byValue(was)]
  return values.flatMap((value): readonly Point[] => {
    const [own, old] = [ownBy.get(value), oldBy.get(value)]
    const [first] = [...(own ?? []), ...(old ?? [])]
    if (first === undefined) return []
    const said = (points: readonly Point[] = []): readonly string[] => points.map(({ note }) => note)
    const { note, change } = toldAs(said(own), said(old), words)
    const isKept = first.kind !== 'used' && first.kind !== 'reserved' && !(wasThere && is.length > 0)
    return [{ ...first, note, change: isKept ? null : change }]
  })
}

function byValue(points: readonly Point[]): ReadonlyMap<bigint, readonly Point[]> {
  const found = new Map<bigint, Point[]>()
  for (const point of points) {
    const own = found.get(point.value)
    if (own === undefined) found.set(point.value, [point])
    else own.push(point)
  }
  return found
}

/** Whatever has an address of a subnet, by address; nothing where the network does not have that subnet. */
function pointsOf(plan: Plan, key: string, whole: Prefix, words: Words): readonly Point[] {
  const network = plan.networks.get(key)
  const subnet = network?.subnets.find((one) => formatPrefix(prefixOf(one)) === formatPrefix(whole))
  if (network === undefined || subnet === undefined) return []
  const { space } = words
  const points: Point[] = []
  const add = (address: Address, kind: SpaceKind, note: string, chance = '', container = ''): void => {
    if (!contains(whole, address)) return
    const text = `${formatAddress(address)}${chance}`
    points.push({ value: address.value, kind, note, text, container, change: null })
  }
  const at = (value: bigint): Address => ({ family: whole.family, value })
  // RFC 3021: a /31 and a /32 may keep neither back.
  if (sizeOf(whole) > 2n || !plan.rules.tinySubnetsWhole) {
    add(at(whole.first), 'edge', space.networkAddress)
    if (whole.family === 4) add(at(lastValue(whole)), 'edge', space.broadcast)
  }
  if (subnet.gateway !== null) add(subnet.gateway, 'gateway', space.gateway)
  for (const [name, address] of subnet.aux) add(address, 'reserved', space.reserved(name))
  for (const endpoint of network.endpoints.values())
    for (const { address, certainty } of addressesOf(endpoint))
      add(
        address,
        'used',
        ownerOf(endpoint, words),
        certainty === 'one-of-several' ? ' †' : '',
        endpoint.container,
      )
  for (const service of plan.services.values()) {
    const vip = service.vips.get(key)
    if (vip !== undefined)
      add(vip.address, 'used', `VIP ${service.name}`, vip.certainty === 'one-of-several' ? ' †' : '')
  }
  return points.sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0))
}

/** In words where Docker's own name of an endpoint says nothing: `ingress-endpoint`, `gateway_ingress-sbox`. */
function ownerOf({ name, kind, container, host }: PlanEndpoint, { space }: Words): string {
  if (container !== '') return container.trim()
  if (kind === 'load-balancer') return space.loadBalancer(host)
  return kind === 'gateway' ? space.ingressSandbox(host) : name
}

/** Neighbours of one kind together, where there are too many to be looked at one by one. */
function runsOf(points: readonly Point[]): readonly (readonly Point[])[] {
  if (points.length <= MOST_ADDRESSES) return points.map((point) => [point])
  const runs: Point[][] = []
  for (const point of points) {
    const run = runs.at(-1)
    const last = run?.at(-1)
    if (
      run !== undefined &&
      last?.kind === 'used' &&
      point.kind === 'used' &&
      point.change === last.change &&
      last.value + 1n === point.value
    )
      run.push(point)
    else runs.push([point])
  }
  return runs
}

/** What lies inside of a range, and what before and behind it. */
function pieces(
  from: bigint,
  to: bigint,
  range: Prefix | null,
): readonly (readonly [from: bigint, to: bigint, inside: boolean])[] {
  if (from > to) return []
  if (range === null) return [[from, to, true]]
  const [low, high] = [range.first, lastValue(range)]
  const least = (a: bigint, b: bigint): bigint => (a < b ? a : b)
  const most = (a: bigint, b: bigint): bigint => (a > b ? a : b)
  const all: (readonly [bigint, bigint, boolean])[] = [
    [from, least(to, low - 1n), false],
    [most(from, low), least(to, high), true],
    [most(from, high + 1n), to, false],
  ]
  return all.filter(([first, last]) => first <= last)
}

function runLines(from: bigint, to: bigint, family: Family): readonly string[] {
  const first = formatAddress({ family, value: from })
  return from === to ? [first] : [`${first} –`, formatAddress({ family, value: to })]
}

/** `65,531`; what no reader takes in is told by its size: `2^64`. */
function grouped(count: bigint): string {
  if (count > 1_000_000_000n)
    return `≈ 2^${count.toString(2).length - (count > 1n << BigInt(count.toString(2).length - 1) ? 0 : 1)}`
  return count.toLocaleString('en-US')
}
