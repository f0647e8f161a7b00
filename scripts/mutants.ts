/**
 * `npm run test:mutants -- ROOM[:FILES] [--sample N] [--seed S] [--tests NAME,…] [--minutes M]`: changes the
 * source of a room bit by bit and says which changes no test notices; `ipam`, `engine:drivers/**`. With fewer folders or
 * files of tests than the room has the score is a lower bound. All changes of a room, by Stryker, take from half an hour to
 * hours; a sample of them, drawn evenly, is tried in one process within minutes. After `--minutes` the score is that of
 * the mutants tried so far.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { instrument, type Mutant } from './mutants/bundle.ts'

const FOLDER = '.cache/mutants'
const CONFIG = 'tests/mutants.config.ts'
/** A mutant that has done nothing for so long will not end. */
const STUCK = 400_000

type Line =
  | { readonly tests: number; readonly broken: readonly string[] }
  | { readonly begun: string }
  | { readonly id: string; readonly fate: string; readonly by: string }

/** `count` of them, each set as likely as the others; the same for a seed. */
function sampleOf(all: readonly Mutant[], count: number, seed: number): readonly Mutant[] {
  let state = seed | 0
  // mulberry32
  const random = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const rest = [...all]
  return Array.from({ length: Math.min(count, all.length) }, () =>
    rest.splice(Math.floor(random() * rest.length), 1),
  ).flat()
}

function linesOf(file: string): readonly Line[] {
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => (line === '' ? [] : JSON.parse(line)))
}

/** Runs what is left of a sample until its end, or until a mutant is stuck. */
async function round(room: string, list: string, results: string, tests: string, end: number): Promise<void> {
  const child = spawn('npx', ['vitest', 'run', '-c', CONFIG, '--reporter=dot'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      MUTANT_ROOM: room,
      MUTANT_LIST: list,
      MUTANT_RESULTS: results,
      MUTANT_TESTS: room,
      MUTANT_FOLDERS: tests,
    },
    detached: true,
  })
  const state = { known: 0, since: Date.now() }
  const watch = setInterval(() => {
    const { length } = linesOf(results)
    if (Date.now() > end && child.pid !== undefined) process.kill(-child.pid)
    if (length !== state.known) Object.assign(state, { known: length, since: Date.now() })
    else if (length > 0 && Date.now() - state.since > STUCK && child.pid !== undefined)
      process.kill(-child.pid)
  }, 2_000)
  await new Promise((resolve) => child.on('close', resolve))
  clearInterval(watch)
}

async function trySample(room: string, sample: readonly Mutant[], tests: string, end: number): Promise<void> {
  mkdirSync(FOLDER, { recursive: true })
  const [list, results] = [`${FOLDER}/list.json`, `${FOLDER}/results.jsonl`]
  rmSync(results, { force: true })
  const fates = new Map<string, { readonly fate: string; readonly by: string }>()
  for (let left = sample; left.length > 0 && Date.now() < end; ) {
    writeFileSync(list, JSON.stringify(left.map(({ id }) => id)))
    await round(room, list, results, tests, end)
    const lines = linesOf(results)
    for (const line of lines) if ('id' in line) fates.set(line.id, line)
    if (Date.now() > end) break
    const stuck = lines.findLast((line) => 'begun' in line)
    if (stuck !== undefined && 'begun' in stuck && !fates.has(stuck.begun))
      fates.set(stuck.begun, { fate: 'killed', by: 'time' })
    const next = left.filter(({ id }) => !fates.has(id))
    if (next.length === left.length) throw new Error('the tests do not run')
    left = next
  }
  for (const line of linesOf(results).slice(0, 1))
    if ('tests' in line) console.log(`${line.tests} tests; left out: ${line.broken.join('; ') || 'none'}`)
  tell(
    sample.filter(({ id }) => fates.has(id)),
    fates,
  )
}

function tell(sample: readonly Mutant[], fates: ReadonlyMap<string, { readonly fate: string }>): void {
  const count = new Map<string, number>()
  for (const { id, fileName, location, mutatorName, replacement = '' } of sample) {
    const fate = fates.get(id)?.fate ?? ''
    count.set(fate, (count.get(fate) ?? 0) + 1)
    if (fate === 'killed') continue
    const { line, column } = location.start
    const own = readFileSync(fileName, 'utf8').split('\n')[line]?.trim() ?? ''
    console.log(`${fileName}:${line + 1}:${column + 1} ${fate}: ${mutatorName}`)
    console.log(`  - ${own}\n  + ${replacement.replace(/\s+/g, ' ').slice(0, 160)}`)
  }
  const [killed, loading] = [count.get('killed') ?? 0, count.get('while loading') ?? 0]
  const counted = sample.length - loading
  console.log(
    `${killed} of ${counted} killed: ${((100 * killed) / counted).toFixed(1)} % (${loading} only act while loading)`,
  )
}

const { values, positionals } = parseArgs({
  options: {
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    tests: { type: 'string', default: '' },
    minutes: { type: 'string', default: '600' },
  },
  allowPositionals: true,
})
const [room = ''] = positionals
const [name = '', files = '**/*.ts'] = room.split(':')
if (name === '') {
  console.error(
    'usage: npm run test:mutants -- ROOM[:FILES] [--sample N] [--seed S] [--tests NAME,…] [--minutes M]',
  )
  process.exitCode = 2
} else if (values.sample === undefined) {
  const { status } = spawnSync('npx', ['stryker', 'run'], {
    stdio: 'inherit',
    env: { ...process.env, MUTANT_ROOM: room },
  })
  process.exitCode = status ?? 1
} else {
  const { mutants } = await instrument(`src/${name}/${files}`)
  const end = Date.now() + Number(values.minutes) * 60_000
  const sample = sampleOf(mutants, Number(values.sample), Number(values.seed))
  await trySample(room, sample, values.tests, end)
}
