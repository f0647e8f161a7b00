/** Lines of a shell session, as each release reads them, and how they are written again. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { it } from 'vitest'
import {
  formatContainerCreate,
  formatContainerRun,
  formatContainerStep,
  formatNetworkConnect,
  formatNetworkCreate,
  formatServiceCreate,
  formatSwarmInit,
  formatSwarmJoin,
} from '../../src/command/format.ts'
import { type ParsedCommand, parseCommand } from '../../src/command/parse.ts'
import type { Operation } from '../../src/engine/operation.ts'
import { englishOf, type Said } from '../../src/problem/say.ts'
import { writtenAt } from '../../src/problem/written.ts'
import { rulesOf } from '../../src/rules/index.ts'
import { ENGINE_VERSIONS, type EngineVersion } from '../../src/version.ts'
import { holdKept, type Kept } from '../support/kept.ts'

const LINES = readFileSync(join(import.meta.dirname, 'lines.txt'), 'utf8')
  .split('\n')
  .slice(1, -1)

const parse = (text: string, engine: EngineVersion): ParsedCommand =>
  parseCommand({ line: writtenAt(text, 0), span: { start: 0, end: text.length } }, rulesOf(engine))

/** As commands again, where there is a command for it. */
function written(operation: Operation, engine: EngineVersion): readonly string[] {
  const rules = rulesOf(engine)
  switch (operation.op) {
    case 'container-create':
      return [
        ...formatContainerCreate(operation, rules, []),
        formatContainerRun(operation, ['sh', 'a b']),
        formatContainerStep(operation, rules),
      ]
    case 'network-create':
      return [formatNetworkCreate(operation)]
    case 'network-connect':
      return [formatNetworkConnect(operation.endpoint, operation.container)]
    case 'service-create':
      return [formatServiceCreate(operation)]
    case 'swarm-init':
      return [formatSwarmInit(operation)]
    case 'swarm-join':
      return [formatSwarmJoin(operation)]
    default:
      return []
  }
}

const english = (text: string | Said | undefined): string =>
  text === undefined ? '' : typeof text === 'string' ? text : englishOf(text)

function outcome(line: string, engine: EngineVersion): { readonly text: string; readonly whole: unknown } {
  const parsed = parse(line, engine)
  if (parsed.kind === 'refused') {
    const { code, message, at, hint } = parsed.refusal
    const place = at === undefined ? 'the line' : `"${line.slice(at.start, at.end)}"`
    return { text: `${code} at ${place}: ${message} | ${english(hint)}`, whole: parsed }
  }
  const lines = parsed.operations.flatMap((one) => written(one, engine))
  const names = parsed.operations.map(({ op }) => op).join(', ')
  const told = parsed.warnings.map(({ message }) => `warning: ${message}`)
  return { text: [names, ...lines, ...told].join('\n  '), whole: [parsed, lines] }
}

function kept(line: string): Kept {
  const byText = new Map<string, EngineVersion[]>()
  const whole: unknown[] = []
  for (const engine of ENGINE_VERSIONS) {
    const one = outcome(line, engine)
    whole.push(one.whole)
    byText.set(one.text, [...(byText.get(one.text) ?? []), engine])
  }
  const texts = [...byText].map(([text, engines]) =>
    byText.size === 1 ? text : `${engines.join(' ')}: ${text}`,
  )
  return { title: line, text: texts.join('\n'), whole, kinds: [texts.join('\n')] }
}

it('a command is read, refused and written again as it was', () => {
  holdKept(join(import.meta.dirname, 'kept.txt'), LINES.map(kept))
})
