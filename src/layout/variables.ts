/** What is to be placed across the rows, numbered: columns, strands, labels beside boxes, both borders of groups. */
import type { Nets, Strand } from './nets.ts'
import type { Rows } from './rows.ts'
import type { Tree } from './tree.ts'
import type { Way } from './ways.ts'

/** An edge between neighbours of a row. */
export type Side = Way & { readonly kind: 'side' }

export class Variables {
  readonly size: number
  readonly #rows: Rows
  readonly #strandAt: number
  readonly #sideAt: number
  readonly #left: ReadonlyMap<string, number>

  constructor(tree: Tree, rows: Rows, nets: Nets, sides: readonly Side[]) {
    this.#rows = rows
    this.#strandAt = rows.columns.length
    this.#sideAt = this.#strandAt + nets.strands.length
    const groupAt = this.#sideAt + sides.length
    this.#left = new Map([...tree.groups.keys()].map((id, i) => [id, groupAt + 2 * i]))
    this.size = groupAt + 2 * tree.groups.size
  }

  strand(strand: Strand): number {
    return this.#strandAt + strand.index
  }

  /** Of the label of the i-th edge between neighbours. */
  side(i: number): number {
    return this.#sideAt + i
  }

  /** Left border of a group; the right one has the next number. */
  left(group: string): number {
    return this.#left.get(group) ?? 0
  }

  /** Of a box its column, of a group both its borders. */
  of(id: string): readonly number[] {
    const column = this.#rows.columnOf.get(id)
    if (column) return [column.index]
    const left = this.#left.get(id)
    return left === undefined ? [] : [left, left + 1]
  }

  /** Index of the strand a variable stands for, -1 for anything else. */
  strandIndex(variable: number): number {
    return this.#strandAt <= variable && variable < this.#sideAt ? variable - this.#strandAt : -1
  }
}
