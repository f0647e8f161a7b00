/** Ways by the name of what decides them, in three releases: to be read in `by-name.kept.txt`. */
import { join } from 'node:path'
import { it } from 'vitest'
import type { Plan } from '../../src/plan/plan.ts'
import { printTrace } from '../../src/trace/print.ts'
import { parseTraceRequest } from '../../src/trace/request.ts'
import { tracePacket } from '../../src/trace/trace-packet.ts'
import { blocksIn } from '../support/corpus.ts'
import { holdKept, type Kept } from '../support/kept.ts'
import { onePlan } from '../support/kept-plan.ts'

function wayOf(plan: Plan, text: string): string {
  const parsed = parseTraceRequest(text, plan, { start: 0, end: 0 })
  if (!parsed.ok) return `${text}: ${parsed.problem.message} | ${parsed.problem.hint}`
  const trace = tracePacket(plan, parsed.request)
  return `${printTrace(trace)}seen as "${trace.seenAs}", by "${trace.destination}"`
}

it('a packet goes as its rules say', () => {
  const blocks = blocksIn(join(import.meta.dirname, 'by-name.txt'))
  const kept = (['20', '27', '29'] as const).flatMap((engine) =>
    blocks.map(({ title, source }): Kept => {
      const lines = source.split('\n')
      const block = lines.filter((line) => !line.startsWith('> ')).join('\n')
      const { plan } = onePlan(`engine: ${engine}\n${block}`)
      if (plan === null) throw new Error(title)
      const ways = lines.flatMap((line) => (line.startsWith('> ') ? [wayOf(plan, line.slice(2))] : []))
      const name = `${engine}: ${title}`
      return { title: name, text: ways.join('\n'), whole: '', kinds: engine === '29' ? [name] : [] }
    }),
  )
  holdKept(join(import.meta.dirname, 'by-name.kept.txt'), kept)
})
