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
import type { Plan, PlanNetwork, PlanSubnet } from '../plan/plan.ts'
import type { Words } from '../words/words.ts'
import { star } from './box.ts'

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
}

export interface SpaceSection {
  /** Key of the network it is about; `''` for pools. */
  readonly network: string
  /** Of the pools; `''` for those of the swarm. */
  readonly host: string
  readonly title: string
  readonly cells: readonly SpaceCell[]
}

/** Blocks up to this many are shown one by one. */
const MOST_BLOCKS = 64
/** Addresses beyond this many are told as runs. */
const MOST_ADDRESSES = 48

/** @param shown networks whose subnets are looked into. */
export function spaceOf(
  plan: Plan,
  shown: ReadonlyMap<string, PlanNetwork>,
  words: Words,
): readonly SpaceSection[] {
  const sections: SpaceSection[] = []
  // Hosts whose pools are as far are told together.
  const alike = new Map<string, { readonly hosts: string[]; readonly cells: readonly SpaceCell[] }>()
  for (const host of plan.hosts) {
    const networks = [...plan.networks.values()].filter((network) => network.host === host.name)
    const cells = poolCells(host.pools, networks, host.onLink, words)
    const key = JSON.stringify(cells.map(({ kind, lines, note }) => [kind, lines, note]))
    const same = alike.get(key)
    if (same === undefined) alike.set(key, { hosts: [host.name], cells })
    else same.hosts.push(host.name)
  }
  for (const { hosts, cells } of alike.values())
    sections.push({ network: '', host: hosts[0] ?? '', title: words.space.pools(hosts.join(', ')), cells })
  if (plan.swarmPools.length > 0) {
    const networks = [...plan.networks.values()].filter((network) => network.host === '')
    const cells = poolCells(plan.swarmPools, networks, [], words)
    sections.push({ network: '', host: '', title: words.space.swarmPools, cells })
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
        cells: subnetCells(plan, key, network, subnet, words),
      })
    }
  return sections
}

interface Mark {
  readonly prefix: Prefix
  readonly network: PlanNetwork | null
}

function poolCells(
  pools: readonly DefaultPool[],
  networks: readonly PlanNetwork[],
  onLink: readonly Prefix[],
  words: Words,
): readonly SpaceCell[] {
  const marks: Mark[] = [
    ...networks.flatMap((network) =>
      network.subnets.map((subnet) => ({ prefix: prefixOf(subnet), network })),
    ),
    ...onLink.map((prefix) => ({ prefix, network: null })),
  ]
  const count = pools.reduce((sum, pool) => sum + blockCount(pool), 0n)
  const cells = pools.flatMap((pool) => cellsOfPool(pool, marks, count <= BigInt(MOST_BLOCKS), words))
  const outside = marks.filter(({ prefix }) => !pools.some((pool) => overlaps(pool.base, prefix)))
  return [
    ...cells,
    ...outside.map(({ prefix, network }) => ({
      ...blockCell([formatPrefix(prefix)], network, words),
      note: [network === null ? words.space.lan : network.name, words.space.outsidePools].join(' · '),
    })),
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
  let next = 0n
  const free = (to: bigint): void => {
    if (next > to) return
    const blank = { kind: 'free' as const, network: '', container: '' }
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
  for (const { prefix, network, from, to } of taken) {
    free(from - 1n)
    // The whole block is taken, or blocked, by what lies in a part of it.
    const isPart = from === to && prefix.length > size
    const cell = blockCell([formatPrefix(isPart ? blockAt(pool, from) : prefix)], network, words)
    const part = isPart ? { ...cell, note: `${cell.note} ${formatPrefix(prefix)}` } : cell
    const before = cells.at(-1)
    if (before !== undefined && to < next && before.lines[0] === part.lines[0])
      cells[cells.length - 1] = { ...before, note: `${before.note}, ${part.note}` }
    else cells.push(part)
    if (to + 1n > next) next = to + 1n
  }
  free(last)
  return cells
}

const blockCell = (lines: readonly string[], network: PlanNetwork | null, words: Words): SpaceCell =>
  network === null
    ? { kind: 'blocked', lines, note: words.space.lan, network: '', container: '' }
    : { kind: 'taken', lines, note: network.name, network: network.key, container: '' }

interface Point {
  readonly value: bigint
  readonly kind: SpaceKind
  readonly note: string
  readonly text: string
  readonly container: string
}

function subnetCells(
  plan: Plan,
  key: string,
  network: PlanNetwork,
  subnet: PlanSubnet,
  words: Words,
): readonly SpaceCell[] {
  const whole = prefixOf(subnet)
  const points = merged(pointsOf(plan, key, network, subnet, words))
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
      })
  }
  for (const run of runsOf(points)) {
    const [first, last] = [run[0], run.at(-1)]
    if (first === undefined || last === undefined) continue
    free(first.value - 1n)
    const { kind, note, text, container } = first
    cells.push(
      run.length === 1
        ? { kind, lines: [text], note, network: key, container }
        : {
            kind,
            lines: runLines(first.value, last.value, whole.family),
            note: words.space.usedCount(run.length),
            network: key,
            container: '',
          },
    )
    next = last.value + 1n
  }
  free(lastValue(whole))
  return cells
}

/** Whatever has an address of the subnet, by address. */
function pointsOf(
  plan: Plan,
  key: string,
  network: PlanNetwork,
  subnet: PlanSubnet,
  words: Words,
): readonly Point[] {
  const whole = prefixOf(subnet)
  const { space } = words
  const points: Point[] = []
  const add = (address: Address, kind: SpaceKind, note: string, chance = '', container = ''): void => {
    if (!contains(whole, address)) return
    points.push({ value: address.value, kind, note, text: `${formatAddress(address)}${chance}`, container })
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
    for (const { address, certainty } of addressesOf(endpoint)) {
      const owner = endpoint.container === '' ? endpoint.name : endpoint.container
      add(address, 'used', owner, certainty === 'one-of-several' ? ' †' : '', endpoint.container)
    }
  for (const service of plan.services.values()) {
    const vip = service.vips.get(key)
    if (vip !== undefined)
      add(vip.address, 'used', `VIP ${service.name}`, vip.certainty === 'one-of-several' ? ' †' : '')
  }
  return points.sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0))
}

/** One cell for each address, whoever shares it. */
function merged(points: readonly Point[]): readonly Point[] {
  const kept: Point[] = []
  for (const point of points) {
    const last = kept.at(-1)
    if (last === undefined || last.value !== point.value) kept.push(point)
    else kept[kept.length - 1] = { ...last, note: `${last.note}, ${point.note}` }
  }
  return kept
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
