/**
 * `npm test`: two steps, both of them run whatever fails before, and the last line says how many passed and failed.
 *
 *   npm run test:logic    types, style, and all tests that need nothing but the code
 *   npm run test:whole    the packed package, the built site, a real browser (brought where there is none), processes
 *
 * What follows `npm test --` goes to Vitest, which then runs alone.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { NO_BROWSER } from '../src/svg/find-browser.ts'
import { bringBrowser } from './browser.ts'

const REPORT = '.cache/test-report.json'

interface Counts {
  readonly passed: number
  readonly failed: number
}

function run(command: string, ...args: string[]): boolean {
  console.log(`\n> ${command} ${args.join(' ')}`)
  return spawnSync(command, args, { stdio: 'inherit' }).status === 0
}

/** Counts of a Vitest run; a run that did not come to its end has one failure. */
function vitest(args: readonly string[]): Counts {
  rmSync(REPORT, { force: true })
  mkdirSync('.cache', { recursive: true })
  const ok = run('vitest', 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${REPORT}`, ...args)
  try {
    const report: unknown = JSON.parse(readFileSync(REPORT, 'utf8'))
    const count = (name: string): number =>
      Number(typeof report === 'object' && report !== null ? Reflect.get(report, name) : 0)
    const failed = count('numFailedTests')
    return { passed: count('numPassedTests'), failed: ok ? failed : Math.max(1, failed) }
  } catch {
    return { passed: 0, failed: 1 }
  }
}

const counts = (ok: boolean): Counts => (ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 })

function browser(): Counts {
  const found = bringBrowser() !== null
  if (!found) console.error(NO_BROWSER)
  return counts(found)
}

const STEPS = {
  logic: () => [counts(run('tsc')), counts(run('biome', 'check', '.')), vitest(['--project', 'logic'])],
  whole: () => [
    browser(),
    counts(run('npm', 'run', '--silent', 'check:package')),
    vitest(['--project', 'whole']),
  ],
}

const [first, ...rest] = process.argv.slice(2)
const results =
  first === undefined
    ? [...STEPS.logic(), ...STEPS.whole()]
    : first === '--step' && (rest[0] === 'logic' || rest[0] === 'whole')
      ? STEPS[rest[0]]()
      : [browser(), vitest([first, ...rest])]
const sum = (what: keyof Counts): number => results.reduce((total, one) => total + one[what], 0)
process.exitCode = sum('failed') === 0 ? 0 : 1
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`)
