/**
 * Random command sequences on the simulated engine and on a real one: `npm run test:engine`.
 *
 * Each seed makes one sequence on a machine and an engine of its own. Exit status: 0 no difference, 1 some,
 * 2 wrong usage, 77 no engine can be started here.
 */
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import type { EngineVersion } from '../../src/version.ts'
import { compare, type Outcome } from './compare.ts'
import { installedEngine, startEngine, whyNoEngine } from './dockerd.ts'
import { blockOf, type Sequence, sequence, setupOf } from './sequence.ts'
import { swarmSequence } from './swarm-sequence.ts'

const USAGE = `npm run test:engine -- [--runs N] [--seed S] [--jobs N] [--minutes N] [--swarm] [--show] [--no-shrink] [--wordings]
  --runs N      sequences to run, one for each seed (default 100)
  --seed S      first seed (default: drawn, and printed)
  --jobs N      engines at a time (default 1)
  --minutes N   begin no further sequence after so long; the summary says which seeds were run
  --swarm       sequences on a swarm of one node, instead of local networks
  --show        print each sequence as a block
  --no-shrink   report failing sequences as they are
  --wordings    list refusals that are worded otherwise
`
const NO_ENGINE = 77

interface Failure {
  readonly seed: number
  readonly sequence: Sequence
  readonly differences: readonly string[]
}

interface Tally {
  sequences: number
  commands: number
  panics: number
  readonly failures: Failure[]
  /** By wording, how often. */
  readonly wordings: Map<string, number>
}

const say = (text: string): void => {
  process.stdout.write(`${text}\n`)
}

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        runs: { type: 'string', default: '100' },
        seed: { type: 'string', default: String(Math.floor(Math.random() * 1e6)) },
        jobs: { type: 'string', default: '1' },
        minutes: { type: 'string', default: '100000' },
        swarm: { type: 'boolean', default: false },
        show: { type: 'boolean', default: false },
        'no-shrink': { type: 'boolean', default: false },
        wordings: { type: 'boolean', default: false },
      },
    })
    const numbers = {
      runs: Number(values.runs),
      seed: Number(values.seed),
      jobs: Number(values.jobs),
      minutes: Number(values.minutes),
    }
    if (Object.values(numbers).some((value) => !Number.isSafeInteger(value) || value < 0)) return null
    return { ...values, ...numbers }
  } catch {
    return null
  }
}

/** Looking for a smaller sequence ends then, in milliseconds; the first one is never cut short. */
const SHRINKING = 120_000

/** One sequence, and on a difference the smallest one found in reasonable time that still differs. */
async function runSeed(
  seed: number,
  version: EngineVersion,
  options: { readonly shrink: boolean; readonly show: boolean; readonly swarm: boolean },
  tally: Tally,
): Promise<void> {
  let last: { readonly tried: Sequence; readonly outcome: Outcome } | null = null
  let shrinkingEnds = Number.POSITIVE_INFINITY
  const property = fc.asyncProperty(options.swarm ? swarmSequence : sequence, async (tried) => {
    if (Date.now() > shrinkingEnds) return true
    if (options.show) say(blockOf(tried, version, tried.commands.length))
    const outcome = await compare(tried, version)
    if (last === null) {
      tally.commands += outcome.steps
      if (outcome.panicked) tally.panics += 1
      for (const wording of outcome.wordings)
        tally.wordings.set(wording, (tally.wordings.get(wording) ?? 0) + 1)
    }
    if (outcome.differences.length > 0) {
      if (last === null) shrinkingEnds = Date.now() + SHRINKING
      last = { tried, outcome }
    }
    return outcome.differences.length === 0
  })
  const details = await fc.check(property, {
    seed,
    numRuns: 1,
    unbiased: true,
    endOnFailure: !options.shrink,
  })
  tally.sequences += 1
  if (last === null) {
    // No difference, but an error on the way: nothing was compared, and that must not pass for agreement.
    if (details.failed) throw details.errorInstance
    return
  }
  const { tried, outcome } = last as { readonly tried: Sequence; readonly outcome: Outcome }
  const failure = { seed, sequence: tried, differences: outcome.differences }
  tally.failures.push(failure)
  say(
    `\nseed ${seed}\n${blockOf(tried, version, outcome.steps)}  => ${outcome.differences.join('\n     ')}\n`,
  )
}

async function main(): Promise<number> {
  const options = readArguments()
  if (options === null) {
    process.stderr.write(USAGE)
    return 2
  }
  const reason = whyNoEngine() ?? (await whyNotUp())
  const { version, rules } = reason === null ? installedEngine() : { version: '', rules: null }
  if (rules === null) {
    process.stderr.write(
      `test:engine did not run: ${reason ?? `the rules of dockerd ${version} are not known`}\n`,
    )
    return NO_ENGINE
  }
  say(`dockerd ${version}, rules of ${rules}; seeds ${options.seed} to ${options.seed + options.runs - 1}`)
  const tally: Tally = { sequences: 0, commands: 0, panics: 0, failures: [], wordings: new Map() }
  let next = options.seed
  const end = Date.now() + options.minutes * 60_000
  const work = async (): Promise<void> => {
    while (next < options.seed + options.runs && Date.now() < end) {
      await runSeed(
        next++,
        rules,
        { shrink: !options['no-shrink'], show: options.show, swarm: options.swarm },
        tally,
      )
      if (tally.sequences % 25 === 0)
        say(`${tally.sequences} sequences, ${tally.failures.length} with differences`)
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, options.jobs) }, work))
  if (options.wordings)
    for (const [wording, count] of [...tally.wordings].sort(([, a], [, b]) => b - a))
      say(`${count}x ${wording}`)
  const failed = tally.failures.map(({ seed }) => seed).sort((a, b) => a - b)
  say(
    `seeds ${options.seed} to ${next - 1}: ${tally.sequences} sequences (${tally.commands} commands), ${failed.length} with differences${failed.length > 0 ? `: seeds ${failed.join(', ')}` : ''}; ${tally.panics} cut short by a panic of the engine; ${sum(tally.wordings.values())} refusals worded otherwise`,
  )
  return failed.length === 0 ? 0 : 1
}

const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0)

/** Starts and stops one engine, so that a machine that cannot is told from a difference. */
async function whyNotUp(): Promise<string | null> {
  try {
    const empty = { machine: { interfaces: {}, routes: [], nameservers: [], daemon: {} }, commands: [] }
    const engine = await startEngine(setupOf(empty))
    await engine.close()
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

// Engines end when this process does, in order.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130))
process.exitCode = await main()
