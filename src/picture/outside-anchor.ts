/** What a machine around the hosts is joined to. */
import { type Address, contains, parseAddress, prefixOf } from '../net/index.ts'
import type { PlanHost } from '../plan/plan.ts'
import type { OutsideEntry } from '../topology/topology.ts'
import type { PlacedFigure, Rect } from './placed.ts'
import type { Scene } from './scene.ts'

export interface Anchor extends Rect {
  readonly id: string
  /** An interface, which lines end at from below. */
  readonly isChip: boolean
}

/** Hosts that end so far above the lower edge stand in an upper row. */
const LOW = 26

/** What all hosts share, else an interface of a host in the lowest row; the host where none is drawn at its lower edge. */
export function outsideAnchor(figure: PlacedFigure, { plan }: Scene, entry: OutsideEntry): Anchor | null {
  const { boxes, enclosures, height, chips } = figure
  const underlay = boxes.find((box) => box.kind === 'underlay')
  if (underlay !== undefined) return anchorAt(underlay, false)
  const low = enclosures.filter((one) => one.kind === 'host' && one.y + one.height > height - LOW)
  const ends = low.flatMap((enclosure) => {
    const name = enclosure.subject.is === 'host' ? enclosure.subject.host : ''
    const host = plan.hosts.find((one) => one.name === name)
    return host === undefined ? [] : [{ host, enclosure }]
  })
  const addresses = addressesIn(entry.address)
  const near = ends.find(({ host }) => deviceTo(host, addresses) !== '') ?? ends[0]
  if (near === undefined) return null
  const { host, enclosure } = near
  const device = deviceTo(host, addresses) || wayOut(host)
  const chip = chips.find(
    ({ kind, subject, y, height }) =>
      kind === 'nic' &&
      subject.is === 'nic' &&
      subject.host === host.name &&
      subject.device === device &&
      y + height > enclosure.y + enclosure.height,
  )
  return chip === undefined ? anchorAt(enclosure, false) : anchorAt(chip, true)
}

const anchorAt = ({ id, x, y, width, height }: Omit<Anchor, 'isChip'>, isChip: boolean): Anchor => ({
  id,
  x,
  y,
  width,
  height,
  isChip,
})

const addressesIn = (text: string): readonly Address[] =>
  text.split(/[\s,]+/).flatMap((one) => parseAddress(one.replace(/\/\d+$/, '')) ?? [])

/** The interface whose subnet has one of these; `''` for none. */
function deviceTo(host: PlanHost, addresses: readonly Address[]): string {
  const own = host.address === null ? [] : [{ name: host.interface, address: host.address }]
  return (
    [...own, ...host.interfaces].find(({ address: subnet }) =>
      addresses.some((address) => contains(prefixOf(subnet), address)),
    )?.name ?? ''
  )
}

/** The interface of the default route, the host's own where none is written. */
function wayOut(host: PlanHost): string {
  const route = host.routes.find(({ to }) => to === null)
  if (route === undefined) return host.interface
  return route.device || (route.via !== null && deviceTo(host, [route.via])) || host.interface
}
