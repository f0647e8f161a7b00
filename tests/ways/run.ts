/** `npm run test:ways`: packets really sent, on a real engine, beside what `trace` says. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import type { EngineVersion } from '../../src/version.ts'
import { installedEngine, whyNoEngine } from '../engine/dockerd.ts'
import { type Compared, compareWays, type Difference, onStage, type Stage } from './compare.ts'
import { comparePrints } from './prints.ts'
import { randomScene } from './random-scene.ts'
import { blockOf, type Scene } from './scene.ts'
import { SCENES } from './scenes.ts'

const USAGE = `usage: npm run test:ways -- [options]
  --scenes TEXT  of the written scenes only those whose name has TEXT
  --runs N       random scenes after the written ones, one for each seed (default 10)
  --seed S       first seed (default: drawn, and printed)
  --jobs N       scenes at a time (default 1)
  --minutes N    begin no further scene after so long; the summary says which seeds were run
  --prints       compare prints only
  --ways         compare ways only
  --show         print each scene as a block
  --no-shrink    report failing random scenes as they are
`
const NO_ENGINE = 77

const say = (text: string): void => {
  process.stdout.write(`${text}\n`)
}

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        scenes: { type: 'string' },
        runs: { type: 'string', default: '10' },
        seed: { type: 'string', default: String(Math.floor(Math.random() * 1e6)) },
        jobs: { type: 'string', default: '1' },
        minutes: { type: 'string', default: '100000' },
        prints: { type: 'boolean', default: false },
        ways: { type: 'boolean', default: false },
        show: { type: 'boolean', default: false },
        'no-shrink': { type: 'boolean', default: false },
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

/** The prober, made from its source. @returns its path, or why there is none. */
function makeProber(folder: string): { readonly path: string } | string {
  const compiler = ['cc', 'gcc'].find((name) => {
    try {
      execFileSync(name, ['--version'], { stdio: 'ignore' })
      return true
    } catch {
      return false
    }
  })
  if (compiler === undefined) return 'not found: a C compiler; on Debian: apt-get install gcc libc6-dev'
  const path = join(folder, 'prober')
  try {
    execFileSync(compiler, ['-static', '-O1', '-o', path, join(import.meta.dirname, 'prober.c')], {
      stdio: 'pipe',
    })
  } catch (error) {
    return `the prober could not be made: ${error instanceof Error ? error.message : String(error)}`
  }
  return existsSync(path) ? { path } : 'the prober could not be made'
}

interface Tally {
  scenes: number
  pairs: number
  prints: number
  differences: number
  readonly failed: string[]
  /** Scenes that the two engines did not begin alike; what differs there is told by `test:engine`. */
  readonly unplayed: string[]
}

interface Options {
  readonly show: boolean
  readonly prints: boolean
  readonly ways: boolean
  readonly 'no-shrink': boolean
}

/** Ways and prints, or what was asked for alone. */
async function compareAll(
  stage: Stage,
  prober: string,
  { prints: printsOnly, ways: waysOnly }: Options,
): Promise<{ readonly pairs: number; readonly prints: number; readonly differences: readonly Difference[] }> {
  const ways = printsOnly ? { pairs: 0, differences: [] } : await compareWays(stage, prober)
  const texts = waysOnly ? { prints: 0, differences: [] } : await comparePrints(stage)
  return {
    pairs: ways.pairs,
    prints: texts.prints,
    differences: [...ways.differences, ...texts.differences],
  }
}

async function playScene(
  scene: Scene,
  version: EngineVersion,
  prober: string,
  tally: Tally,
  options: Options,
): Promise<void> {
  if (options.show) say(blockOf(scene, version, ''))
  const outcome = await onStage(scene, version, prober, (stage) => compareAll(stage, prober, options))
  tally.scenes += 1
  if (typeof outcome === 'string') {
    tally.unplayed.push(`${scene.name}: ${outcome}`)
    return
  }
  tally.pairs += outcome.pairs
  tally.prints += outcome.prints
  tally.differences += outcome.differences.length
  say(
    `${scene.name}: ${outcome.pairs} pairs, ${outcome.prints} prints, ${outcome.differences.length} differences`,
  )
  if (outcome.differences.length === 0) return
  tally.failed.push(scene.name)
  for (const difference of outcome.differences) say(lineOf(difference))
}

/** Looking for a smaller scene ends then, in milliseconds; the first one is never cut short. */
const SHRINKING = 90_000

/** One random scene, and on a difference the smallest one found in reasonable time that still differs. */
async function playRandom(
  seed: number,
  version: EngineVersion,
  prober: string,
  tally: Tally,
  options: Options,
): Promise<void> {
  let first: Compared | null = null
  let last: { readonly scene: Scene; readonly differences: readonly Difference[] } | null = null
  let shrinkingEnds = Number.POSITIVE_INFINITY
  const property = fc.asyncProperty(randomScene(version), async (scene) => {
    if (Date.now() > shrinkingEnds) return true
    if (options.show) say(blockOf(scene, version, ''))
    const outcome = await onStage(scene, version, prober, (stage) => compareAll(stage, prober, options))
    const compared: Compared =
      typeof outcome === 'string'
        ? { pairs: 0, prints: 0, differences: [], unlike: outcome }
        : { ...outcome, unlike: '' }
    first ??= compared
    if (compared.differences.length > 0) {
      if (last === null) shrinkingEnds = Date.now() + SHRINKING
      last = { scene, differences: compared.differences }
    }
    return compared.differences.length === 0
  })
  const details = await fc.check(property, {
    seed,
    numRuns: 1,
    unbiased: true,
    endOnFailure: options['no-shrink'],
  })
  if (details.failed && last === null) throw details.errorInstance
  const { pairs = 0, prints = 0, differences = [], unlike = '' } = (first ?? {}) as Partial<Compared>
  tally.scenes += 1
  tally.pairs += pairs
  tally.prints += prints
  tally.differences += differences.length
  if (unlike !== '') tally.unplayed.push(`seed ${seed}: ${unlike}`)
  if (last === null) return
  const failure = last as { readonly scene: Scene; readonly differences: readonly Difference[] }
  tally.failed.push(`seed ${seed}`)
  say(
    `\nseed ${seed}: ${differences.length} of ${pairs} pairs and ${prints} prints differ; the smallest found:`,
  )
  say(blockOf(failure.scene, version, ''))
  for (const difference of failure.differences.slice(0, 12)) say(lineOf(difference))
}

const lineOf = ({ question, planned, real }: Difference): string =>
  `  ${question}\n      planned ${planned}\n      real    ${real}`

async function main(): Promise<number> {
  const options = readArguments()
  if (options === null) {
    process.stderr.write(USAGE)
    return 2
  }
  const folder = mkdtempSync(join(tmpdir(), 'docker-network-ways-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  const reason = whyNoEngine()
  const made = reason ?? makeProber(folder)
  const { version, rules } = reason === null ? installedEngine() : { version: '', rules: null }
  if (typeof made === 'string' || rules === null) {
    process.stderr.write(
      `test:ways did not run: ${typeof made === 'string' ? made : `the rules of dockerd ${version} are not known`}\n`,
    )
    return NO_ENGINE
  }
  say(`dockerd ${version}, rules of ${rules}; seeds ${options.seed} to ${options.seed + options.runs - 1}`)
  const tally: Tally = { scenes: 0, pairs: 0, prints: 0, differences: 0, failed: [], unplayed: [] }
  const written = SCENES.filter(
    ({ name, engines }) => (engines ?? [rules]).includes(rules) && name.includes(options.scenes ?? ''),
  )
  const end = Date.now() + options.minutes * 60_000
  let next = 0
  const work = async (): Promise<void> => {
    for (let scene = written[next++]; scene !== undefined && Date.now() < end; scene = written[next++])
      await playScene(scene, rules, made.path, tally, options)
  }
  await Promise.all(Array.from({ length: Math.max(1, options.jobs) }, work))
  let seed = options.seed
  const random = async (): Promise<void> => {
    while (seed < options.seed + options.runs && Date.now() < end)
      await playRandom(seed++, rules, made.path, tally, options)
  }
  await Promise.all(Array.from({ length: Math.max(1, options.jobs) }, random))
  say(
    `${tally.scenes} scenes (seeds ${options.seed} to ${seed - 1}), ${tally.pairs} pairs, ${tally.prints} prints, ${tally.differences} differences${tally.failed.length > 0 ? `; in: ${tally.failed.join(' | ')}` : ''}`,
  )
  for (const unlike of tally.unplayed) say(`not played: ${unlike}`)
  return tally.failed.length === 0 ? 0 : 1
}

// Engines end when this process does, in order.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130))
process.exitCode = await main()
