/** All ways through random bridges and swarms; `scenes.txt` has one of each kind to be read. */
import { join } from 'node:path'
import { it } from 'vitest'
import { printTrace } from '../../src/trace/print.ts'
import { parseTraceRequest } from '../../src/trace/request.ts'
import { tracePacket } from '../../src/trace/trace-packet.ts'
import { type Block, bridges, commands, drawn, swarms } from '../support/corpus.ts'
import { holdKept, type Kept } from '../support/kept.ts'
import { onePlan } from '../support/kept-plan.ts'
import { questionsIn, textOf } from '../ways/questions.ts'

/** Of a block that has thousands of ways some, spread over them. */
const MOST = 80

function keptWays({ title, source }: Block): readonly Kept[] {
  const { plan } = onePlan(source)
  if (plan === null) return []
  const all = questionsIn(plan)
  const step = Math.ceil(all.length / MOST)
  const ways = all
    .filter((_, i) => i % step === 0)
    .map((question) => {
      const text = textOf(question)
      const parsed = parseTraceRequest(text, plan, { start: 0, end: 0 })
      if (!parsed.ok) return `${text}: ${parsed.problem.message}`
      const trace = tracePacket(plan, parsed.request)
      return `${printTrace(trace)}seen as "${trace.seenAs}", by "${trace.destination}"`
    })
  return [{ title, text: ways.join('\n'), whole: '', kinds: [] }]
}

it('a way is as it was', () => {
  const blocks = [...bridges(30), ...commands(6), ...swarms(40).filter((_, i) => i % 6 === 0), ...drawn(20)]
  holdKept(join(import.meta.dirname, 'kept.txt'), blocks.flatMap(keptWays))
})
