/** The groups as a tree: who lies in whom, in order of writing. */
import type { LayoutBox, LayoutGraph, LayoutGroup } from './graph.ts'

/** `null` is the figure itself. */
export type Scope = string | null

export interface Tree {
  readonly graph: LayoutGraph
  readonly boxes: ReadonlyMap<string, LayoutBox>
  readonly groups: ReadonlyMap<string, LayoutGroup>
  readonly groupsIn: (scope: Scope) => readonly LayoutGroup[]
  readonly boxesIn: (scope: Scope) => readonly LayoutBox[]
  /** Groups around a box or group, outermost first, without itself. */
  readonly around: (id: string) => readonly string[]
}

/** Unknown and circular parents count as none. */
export function treeOf(graph: LayoutGraph): Tree {
  const groups = new Map(graph.groups.map((group) => [group.id, group]))
  const boxes = new Map(graph.boxes.map((box) => [box.id, box]))
  const paths = new Map<string, readonly string[]>()
  const pathOf = (id: string, parent: Scope): readonly string[] => {
    const path: string[] = []
    const seen = new Set([id])
    for (let at = parent; at !== null; ) {
      const group = groups.get(at)
      if (!group || seen.has(at)) return group ? [] : path
      seen.add(at)
      path.unshift(at)
      at = group.parent
    }
    return path
  }
  for (const item of [...graph.groups, ...graph.boxes]) paths.set(item.id, pathOf(item.id, item.parent))
  const around = (id: string) => paths.get(id) ?? []
  const childGroups = new Map<Scope, LayoutGroup[]>()
  const childBoxes = new Map<Scope, LayoutBox[]>()
  for (const group of groups.values()) push(childGroups, around(group.id).at(-1) ?? null, group)
  for (const box of boxes.values()) push(childBoxes, around(box.id).at(-1) ?? null, box)
  return {
    graph,
    boxes,
    groups,
    around,
    groupsIn: (scope) => childGroups.get(scope) ?? [],
    boxesIn: (scope) => childBoxes.get(scope) ?? [],
  }
}

export function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
