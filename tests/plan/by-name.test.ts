/** Rules of projects, stacks and sessions by name, with all that is said of them: to be read in `by-name.kept.txt`. */
import { join } from 'node:path'
import { it } from 'vitest'
import { blocksIn } from '../support/corpus.ts'
import { holdKept } from '../support/kept.ts'
import { keptWhole } from '../support/kept-plan.ts'

it('a block is planned as its rules say', () => {
  const blocks = blocksIn(join(import.meta.dirname, 'by-name.txt'))
  const kept = (['20', '26', '29'] as const).flatMap((engine) =>
    blocks.map(({ title, source }) => {
      const own = keptWhole({ title: `${engine}: ${title}`, source: `engine: ${engine}\n${source}` })
      // Other releases by their digest.
      return { ...own, kinds: engine === '29' ? [own.title] : [] }
    }),
  )
  holdKept(join(import.meta.dirname, 'by-name.kept.txt'), kept)
})
