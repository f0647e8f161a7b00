/**
 * `npm test`: brings a browser, then types, style, package and tests. All of them run whatever fails before, and the
 * last line says how many passed and failed. What follows `npm test --` goes to Vitest, which then runs alone.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { NO_BROWSER } from '../src/svg/find-browser.ts'
import { bringBrowser } from './browser.ts'

const REPORT = '.cache/test-report.json'

const run = (command: string, ...args: string[]): boolean => {
  console.log(`\n> ${command} ${args.join(' ')}`)
  return spawnSync(command, args, { stdio: 'inherit' }).status === 0
}

/** Counts of a Vitest run; a run that did not come to its end has one failure. */
function vitest(args: readonly string[]): { readonly passed: number; readonly failed: number } {
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

const args = process.argv.slice(2)
const browser = bringBrowser()
if (browser === null) console.error(NO_BROWSER)
const checks =
  args.length > 0
    ? [browser !== null]
    : [
        browser !== null,
        run('tsc'),
        run('biome', 'check', '.'),
        run('npm', 'run', '--silent', 'check:package'),
      ]
const tests = vitest(args)
const passed = checks.filter(Boolean).length + tests.passed
const failed = checks.filter((ok) => !ok).length + tests.failed
process.exitCode = failed === 0 ? 0 : 1
console.log(`\n${passed} passed, ${failed} failed`)
