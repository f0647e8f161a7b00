/** Rules by name: a few commands each, typed one after the other in every release. */
import { join } from 'node:path'
import { ENGINE_VERSIONS, type EngineVersion } from '../../src/version.ts'
import { type Block, blocksIn } from './corpus.ts'
import { holdKept, type Kept } from './kept.ts'
import { keptTold } from './kept-plan.ts'

const HOST = 'hosts: { h: { address: 192.0.2.10/24, interfaces: { eth1: 198.51.100.10/24 } } }'

function blockOf(source: string, engine: EngineVersion): string {
  const lines = source.trimEnd().split('\n')
  const settings = lines.filter((line) => /^(daemon|hosts|swarm|networks|services):/.test(line))
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
    const own = keptTold({ title, source: blockOf(source, engine) })
    whole.push(own.whole)
    byText.set(own.text, [...(byText.get(own.text) ?? []), engine])
  }
  const text = [...byText].map(([own, engines]) => `engine ${engines.join(', ')}\n${own}`).join('\n\n')
  return { title, text, whole, kinds: [title] }
}

/** @param folder of the room: with `by-name.txt`, and what comes of it in `by-name.kept.txt`. */
export function holdByName(folder: string): void {
  holdKept(join(folder, 'by-name.kept.txt'), blocksIn(join(folder, 'by-name.txt')).map(kept))
}
