/** All prints of random bridges, projects and swarms; `scenes.txt` has one of each kind to be read. */
import { join } from 'node:path'
import { it } from 'vitest'
import type { Plan } from '../../src/plan/plan.ts'
import { PRINT_KINDS, printModel } from '../../src/print/print.ts'
import { type Block, bridges, commands, drawn, projects, swarms } from '../support/corpus.ts'
import { holdKept, type Kept } from '../support/kept.ts'
import { onePlan } from '../support/kept-plan.ts'

function subjects(plan: Plan, of: string): readonly string[] {
  if (of === 'network') return [...plan.networks.keys(), ...plan.containers.keys(), 'nothing']
  if (of === 'container') return [...plan.containers.keys(), 'nothing']
  return of === 'host' ? [...plan.hosts.map(({ name }) => name), 'nothing', ''] : ['', 'nothing']
}

function keptPrints({ title, source }: Block): readonly Kept[] {
  const { plan, topology } = onePlan(source)
  if (plan === null || topology === null) return []
  return Object.entries(PRINT_KINDS).map(([kind, of]) => {
    const prints = subjects(plan, of).map((subject) => {
      const printed = printModel(kind, subject, plan, topology)
      return `${subject}:\n${printed.ok ? `${printed.language}\n${printed.text}` : `${printed.message} | ${printed.hint}`}`
    })
    return { title: `${title}: ${kind}`, text: prints.join('\n'), whole: '', kinds: [] }
  })
}

it('a print is as it was', () => {
  const blocks = [
    ...bridges(30),
    ...commands(4),
    ...projects(20),
    ...swarms(40).filter((_, i) => i % 6 === 0),
    ...drawn(20),
  ]
  holdKept(join(import.meta.dirname, 'kept.txt'), blocks.flatMap(keptPrints))
})
