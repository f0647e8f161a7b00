import type { Scene } from './box.ts'
import { address, detail } from './drawing.ts'
import { spaceOf } from './space.ts'

/** View `addresses`: a group for each pool and subnet, a box for each part of it. */
export function drawSpace({ plan, networks, words, drawing }: Scene): void {
  for (const section of spaceOf(plan, networks, words)) {
    const group = drawing.group(section.network || section.host || 'swarm', {
      kind: 'sandbox',
      parent: '',
      title: section.title,
    })
    for (const [index, cell] of section.cells.entries())
      drawing.box(
        { is: 'space', section: group, cell: index + 1 },
        {
          group,
          kind: cell.kind === 'used' || cell.kind === 'gateway' ? 'container' : 'network',
          marks: [],
          lines: [address(cell.lines.join(' ')), detail(cell.note)],
        },
      )
  }
}
