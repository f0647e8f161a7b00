/** Down the rows: a y for every row, lane and group border. */
import type { Grid } from './label-rows.ts'
import { type Lanes, lanesOf } from './lanes.ts'
import type { Part } from './ports.ts'
import { push, type Tree } from './tree.ts'

export interface Down {
  readonly rowTop: (row: number) => number
  readonly rowBottom: (row: number) => number
  readonly groupY: (group: string) => { readonly top: number; readonly bottom: number }
  /** Of parts that do not run straight. */
  readonly laneY: ReadonlyMap<Part, number>
  readonly height: number
}

const LANE_GAP = 12
/** From a row to the first lane, with room for an arrow head. */
const TO_LANE = 17
/** A channel with lines but without lanes, and one without lines. */
const STRAIGHT = 32
const EMPTY = 22
/** The same beside a row of labels or titles, which has air of its own. */
const BESIDE_TEXT = 20
/** Between the border of a group and what lies in it. */
const BORDER = 16
const TITLE_TO_BORDER = 9
const AFTER_TITLE = 6

/**
 * @param heights - Of each row.
 * @param titled - Whether groups begin with a row for their title.
 */
export function placeDown(
  tree: Tree,
  grid: Grid,
  parts: readonly Part[],
  heights: readonly number[],
  titled: boolean,
): Down {
  const channels = new Map<number, Part[]>()
  for (const part of parts) push(channels, part.piece.channel, part)
  const depthOf = (group: string): number => tree.around(group).length + 1
  const groups = [...tree.groups.keys()].sort((a, b) => depthOf(b) - depthOf(a))
  /** Sideways a group is at least as long as its title. */
  const lengthFor = (group: string): number => (tree.groups.get(group)?.titleWidth ?? 0) + 2 * BORDER
  const labelRows = new Set(grid.labelRow.values())
  const tops: number[] = []
  const bottoms: number[] = []
  const groupTop = new Map<string, number>()
  const groupBottom = new Map<string, number>()
  const laneY = new Map<Part, number>()
  const settle = (lanes: Lanes, from: number): void => {
    for (const [part, lane] of lanes.lane) laneY.set(part, from + TO_LANE + lane * LANE_GAP)
  }
  const lanesHeight = (lanes: Lanes): number => (lanes.count ? 2 * TO_LANE + (lanes.count - 1) * LANE_GAP : 0)

  let y = 0
  for (let channel = 0; channel <= grid.count; channel++) {
    const here = channels.get(channel) ?? []
    const closing = groups.filter((group) => grid.spanOf(group).last === channel - 1)
    const opening = groups.filter((group) => grid.spanOf(group).first === channel)
    const deepest = Math.max(
      0,
      ...[...closing, ...opening].map(depthOf),
      ...here.map((part) => part.piece.depth),
    )
    for (let depth = deepest; depth > 0; depth--) {
      const lanes = lanesOf(here.filter((part) => part.piece.depth === depth))
      settle(lanes, y)
      y += lanesHeight(lanes)
      const ends = closing.filter((group) => depthOf(group) === depth)
      if (ends.length) y += BORDER
      if (!titled) for (const group of ends) y = Math.max(y, (groupTop.get(group) ?? 0) + lengthFor(group))
      for (const group of ends) groupBottom.set(group, y)
    }
    const lanes = lanesOf(here.filter((part) => part.piece.depth === 0))
    settle(lanes, y)
    const afterTitle = titled && groups.some((group) => grid.spanOf(group).first === channel - 1)
    const inside = channel > 0 && channel < grid.count
    const text = afterTitle || labelRows.has(channel) || labelRows.has(channel - 1)
    const bare = here.length ? (text ? BESIDE_TEXT : STRAIGHT) : afterTitle ? AFTER_TITLE : EMPTY
    y += lanes.count ? lanesHeight(lanes) : inside ? bare : 0
    for (let depth = 1; depth <= deepest; depth++) {
      const begins = opening.filter((group) => depthOf(group) === depth)
      for (const group of begins) groupTop.set(group, y)
      if (begins.length) y += titled ? TITLE_TO_BORDER : BORDER
    }
    tops.push(y)
    y += heights[channel] ?? 0
    bottoms.push(y)
  }
  return {
    rowTop: (row) => tops[row] ?? 0,
    rowBottom: (row) => bottoms[row] ?? 0,
    groupY: (group) => ({ top: groupTop.get(group) ?? 0, bottom: groupBottom.get(group) ?? 0 }),
    laneY,
    height: y,
  }
}
