/** Ways that were compared with packets really sent: one of each kind, hop by hop, with rule and remedy. */
import { join } from 'node:path'
import { it } from 'vitest'
import { printTrace } from '../../src/trace/print.ts'
import { parseTraceRequest } from '../../src/trace/request.ts'
import type { Trace } from '../../src/trace/trace.ts'
import { tracePacket } from '../../src/trace/trace-packet.ts'
import { holdTo, type Played, playedScenes } from '../support/scenes.ts'
import { questionsIn, textOf } from '../ways/questions.ts'

const FILE = join(import.meta.dirname, 'scenes.txt')

/** What it passes and what decides, whatever the addresses are. */
function kindOf({ hops, effect, certainty, request }: Trace): string {
  const stages = hops.map((hop) => [
    hop.kind,
    hop.sandbox,
    hop.kind === 'drop' ? [hop.reason, hop.rule.replace(/\S*\d\S*|<\S+>/g, '')] : [],
  ])
  return JSON.stringify([stages, effect, certainty, request.protocol])
}

function ways(scenes: readonly Played[]): ReadonlyMap<string, string> {
  const known = new Set<string>()
  const found = new Map<string, string>()
  for (const { title, plan } of scenes)
    for (const question of questionsIn(plan)) {
      const parsed = parseTraceRequest(textOf(question), plan, { start: 0, end: 0 })
      // A name of a network that is on two hosts, say.
      if (!parsed.ok) continue
      const trace = tracePacket(plan, parsed.request)
      const kind = kindOf(trace)
      if (known.has(kind)) continue
      known.add(kind)
      const text = `${printTrace(trace)}seen as "${trace.seenAs}", by "${trace.destination}"`
      found.set(`${title} | ${textOf(question)}`, text)
    }
  return found
}

const played = playedScenes()

it('a way through a measured scene is as it was, and none is new', () => {
  holdTo(FILE, ways(played))
})
