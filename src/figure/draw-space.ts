import type { Scene } from './box.ts'
import { changeWord } from './changes.ts'
import { address, detail } from './drawing.ts'
import { spaceOf } from './space.ts'

/** View `addresses`: a group for each pool and subnet, a box for each part of it. */
export function drawSpace(scene: Scene): void {
  const { words, drawing } = scene
  for (const section of spaceOf(scene, words)) {
    const group = drawing.group(section.network || section.host || 'swarm', {
      kind: 'sandbox',
      parent: '',
      title: section.title,
    })
    for (const [index, { kind, lines, note, change }] of section.cells.entries())
      drawing.box(
        { is: 'space', section: group, cell: index + 1 },
        {
          group,
          kind: kind === 'used' || kind === 'gateway' ? 'container' : 'network',
          marks: change === null ? [] : [change],
          lines: [
            address(lines.join(' ')),
            detail(note),
            // In a word: a sign in front would take the styling of a Mermaid label away.
            ...(change === null ? [] : [detail(changeWord(change, words))]),
          ],
        },
      )
  }
}
