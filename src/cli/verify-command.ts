import type { Plan } from '../plan/plan.ts'
import { cleanText, logLine } from '../problem/clean.ts'
import type { Difference } from '../verify/difference.ts'
import { verifyPlan } from '../verify/verify.ts'
import {
  type Command,
  numberOption,
  type OptionValues,
  onlyArgument,
  type Terminal,
  textOption,
  UsageError,
} from './command.ts'
import { inspectEngine } from './docker.ts'
import { type Input, readInput, tellProblems } from './input.ts'
import { readInspectFiles } from './inspect-files.ts'

export const verifyCommand: Command = {
  name: 'verify',
  usage: 'verify FILE (--engine | --inspect JSONFILE…) [--host NAME] [--step N] [--block N] [--json]',
  summary: 'what a running engine has otherwise than the block says',
  help: `FILE is as for \`plan\`. Prints each difference with what to change; the exit status is 1 when there is one.
What the engine has and the block does not mention is noted, and is no difference.

  --engine         ask the engine that the docker command reaches
  --inspect FILE   compare with saved output of \`docker network inspect\` or \`docker inspect\` (repeatable; - is
                   standard input). Containers' states and ports are compared only with the latter
  --host NAME      the host of the block whose engine this is; its first unless given
  --step N         after the first N of the block's commands
  --block N        the Nth fence of a Markdown file
  --json           a list of differences: code, severity, subject, network, endpoint, planned, found, advice`,
  options: {
    engine: { type: 'boolean' },
    inspect: { type: 'string', multiple: true },
    host: { type: 'string' },
    step: { type: 'string' },
    block: { type: 'string' },
    json: { type: 'boolean' },
  },
  async run(args, options, terminal) {
    const files = filesOf(options)
    const step = numberOption(options, 'step', 0)
    const input = await readInput(onlyArgument(args, 'FILE'), { step }, terminal)
    const failed = tellProblems(input.problems, options, terminal)
    const plan = planOf(input, numberOption(options, 'block', 1))
    if (plan === null) return 1
    const host = hostOf(plan, textOption(options, 'host'))
    const differences =
      files === null
        ? await verifyEngine(plan, host, terminal)
        : verifyPlan(plan, await readInspectFiles(files, terminal), { host })
    if (options.json === true) terminal.write(`${JSON.stringify(differences, null, 2)}\n`)
    else terminal.write(cleanText(differencesText(differences)))
    return failed || differences.some(({ severity }) => severity === 'difference') ? 1 : 0
  },
}

/** `null`: the running engine. */
function filesOf(options: OptionValues): readonly string[] | null {
  const { engine, inspect } = options
  const files = Array.isArray(inspect) ? inspect.filter((file) => typeof file === 'string') : []
  if ((engine === true) === files.length > 0)
    throw new UsageError('write either --engine or --inspect JSONFILE')
  return engine === true ? null : files
}

function planOf(input: Input, block: number | undefined): Plan | null {
  if (block !== undefined && block > input.blocks.length)
    throw new UsageError(`--block ${block}: there are ${input.blocks.length} docker-network fences`)
  if (block === undefined && input.blocks.length > 1)
    throw new UsageError(`there are ${input.blocks.length} docker-network fences: choose one with --block N`)
  return input.blocks[(block ?? 1) - 1]?.planned?.plan ?? null
}

function hostOf(plan: Plan, name: string | undefined): string {
  const names = plan.hosts.map((host) => host.name)
  if (name !== undefined && !names.includes(name))
    throw new UsageError(`--host must be one of ${names.join(', ')}; got "${name}"`)
  return name ?? names[0] ?? ''
}

async function verifyEngine(plan: Plan, host: string, terminal: Terminal): Promise<readonly Difference[]> {
  const { inspected, version, release } = await inspectEngine()
  if (release !== plan.engine)
    terminal.tell(
      `The block is for engine ${plan.engine}, this one is ${version}: write "engine: ${release}".\n`,
    )
  return verifyPlan(plan, inspected, { host, complete: true })
}

/** For a person; the last line counts. */
export function differencesText(differences: readonly Difference[]): string {
  const entries = differences.map(({ code, subject, planned, found, advice }) => {
    const values = `planned ${planned || 'nothing'}, found ${found || 'nothing'}`
    return `${code}  ${logLine(subject)}\n  ${logLine(values)}\n  ${logLine(advice)}\n`
  })
  const count = differences.filter(({ severity }) => severity === 'difference').length
  const notes = differences.length - count
  const noted = notes === 0 ? '' : ` (and ${notes} not mentioned in the block)`
  return [
    ...entries,
    `${count === 0 ? 'no difference' : count === 1 ? '1 difference' : `${count} differences`}${noted}\n`,
  ].join('\n')
}
