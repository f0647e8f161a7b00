/** Rules of the engine by name, each side of their edges, in every release: to be read in `by-name.kept.txt`. */
import { join } from 'node:path'
import { it } from 'vitest'
import { ENGINE_VERSIONS, type EngineVersion } from '../../src/version.ts'
import { type Block, blocksIn } from '../support/corpus.ts'
import { holdKept, type Kept } from '../support/kept.ts'
import { keptPlan } from '../support/kept-plan.ts'

const HOST = 'hosts: { h: { address: 192.0.2.10/24, interfaces: { eth1: 198.51.100.10/24 } } }'

function blockOf(source: string, engine: EngineVersion): string {
  const lines = source.trimEnd().split('\n')
  const settings = lines.filter((line) => /^(daemon|hosts):/.test(line))
  const commands = lines.filter((line) => !settings.includes(line) && line !== '')
  const host = settings.some((line) => line.startsWith('hosts:')) ? [] : [HOST]
  return [
    `engine: ${engine}`,
    ...host,
    ...settings,
    'commands:',
    ...commands.map((line) => `- ${JSON.stringify(line)}`),
  ].join('\n')
}

/** One text for the engines that do the same. */
function kept({ title, source }: Block): Kept {
  const byText = new Map<string, EngineVersion[]>()
  const whole: unknown[] = []
  for (const engine of ENGINE_VERSIONS) {
    const own = keptPlan({ title, source: blockOf(source, engine) })
    whole.push(own.whole)
    byText.set(own.text, [...(byText.get(own.text) ?? []), engine])
  }
  const text = [...byText].map(([own, engines]) => `engine ${engines.join(', ')}\n${own}`).join('\n\n')
  return { title, text, whole, kinds: [title] }
}

it('an engine does as its rules say', () => {
  holdKept(
    join(import.meta.dirname, 'by-name.kept.txt'),
    blocksIn(join(import.meta.dirname, 'by-name.txt')).map(kept),
  )
})
