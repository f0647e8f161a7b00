/** Services on one node and on several, of each release. */
import { join } from 'node:path'
import { it } from 'vitest'
import { swarms } from '../support/corpus.ts'
import { holdKept } from '../support/kept.ts'
import { keptPlan } from '../support/kept-plan.ts'

it('what a swarm makes of its commands and stacks is as it was', () => {
  holdKept(join(import.meta.dirname, 'kept.txt'), [...swarms(40)].map(keptPlan))
})
