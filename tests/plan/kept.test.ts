/** Projects with and without commands, what authors draw, and what they get wrong. */
import { join } from 'node:path'
import { it } from 'vitest'
import { drawn, mistakes, projects } from '../support/corpus.ts'
import { holdKept } from '../support/kept.ts'
import { keptPlan, keptWhole } from '../support/kept-plan.ts'

it('what is planned of a project is as it was', () => {
  const [some, more] = [projects(15), projects(60)]
  const titles = new Set(some.map(({ title }) => title))
  holdKept(join(import.meta.dirname, 'kept.txt'), [
    ...[...some, ...mistakes()].map(keptWhole),
    ...[...more.filter(({ title }) => !titles.has(title)), ...drawn(40)].map(keptPlan),
  ])
})
