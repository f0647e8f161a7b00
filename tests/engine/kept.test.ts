/** Sequences of commands of the kind that test:engine compares with running engines, and bridges with every option. */
import { join } from 'node:path'
import { it } from 'vitest'
import { bridges, commands } from '../support/corpus.ts'
import { holdKept } from '../support/kept.ts'
import { keptPlan } from '../support/kept-plan.ts'

it('what an engine makes of a sequence of commands is as it was', () => {
  holdKept(join(import.meta.dirname, 'kept.txt'), [...commands(40), ...bridges(80)].map(keptPlan))
})
