/**
 * `npm run test:compose [FOLDER…]`: reads every compose file of the folders with the real compose and with us, and tells
 * what is read otherwise. Without a folder: the files of this repository, and generated ones. `--all` also tells what
 * an engine would refuse.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { type Project, project } from './generate.ts'
import { findCompose, readWithCompose } from './oracle.ts'
import { readOurs } from './ours.ts'
import { compact, recordOfCompose } from './record.ts'

const MODEL_FILES = ['compose.yaml', 'over.yaml']
const OVERRIDE = /\.override\.ya?ml$/

export function composeFiles(folder: string): string[] {
  if (statSync(folder).isFile()) return [folder]
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/.test(name) && !OVERRIDE.test(name) && !name.includes('node_modules'))
    .sort()
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
}

export type Verdict =
  | { readonly kind: 'same' | 'both-refuse' }
  | { readonly kind: 'only-compose' | 'only-ours' | 'other' | 'engine-refuses'; readonly detail: string }

/** One project, read twice. */
export function compareFiles(compose: readonly string[], files: readonly string[]): Verdict {
  const theirs = readWithCompose(compose, files)
  const ours = readOurs(files)
  const first = ours.readErrors[0] ?? ours.errors[0]
  const told = first === undefined ? '' : `${first.code} ${first.message}`
  if (!theirs.ok) {
    return ours.errors.length > 0 || ours.record === null
      ? { kind: 'both-refuse' }
      : { kind: 'only-ours', detail: theirs.message.split('\n').at(-1) ?? '' }
  }
  if (ours.record === null || ours.readErrors.length > 0) return { kind: 'only-compose', detail: told }
  const expected = recordOfCompose(theirs.model)
  if (!isDeepStrictEqual(expected, ours.record))
    return { kind: 'other', detail: differenceOf(expected, ours.record).join('\n    ') }
  return ours.errors.length > 0 ? { kind: 'engine-refuses', detail: told } : { kind: 'same' }
}

/** Paths at which two values are not equal. */
export function differenceOf(expected: unknown, actual: unknown, path = ''): string[] {
  if (isDeepStrictEqual(expected, actual)) return []
  const isMap = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
  if (!isMap(expected) || !isMap(actual))
    return [`${path}: compose ${JSON.stringify(expected)}, ours ${JSON.stringify(actual)}`]
  const keys = new Set([...Object.keys(expected), ...Object.keys(actual)])
  return [...keys].flatMap((key) =>
    differenceOf(expected[key], actual[key], path === '' ? key : `${path}.${key}`),
  )
}

/** Generated projects, written into a folder for the time of reading. */
export function compareGenerated(
  compose: readonly string[],
  runs: number,
  seed: number,
  tell: (project: Project, verdict: Verdict, files: readonly string[]) => void,
): void {
  const folder = mkdtempSync(join(tmpdir(), 'docker-network-compose-'))
  try {
    for (const [number, one] of fc.sample(project, { numRuns: runs, seed }).entries()) {
      const root = join(folder, `project${number}`)
      for (const [name, text] of one.files) {
        mkdirSync(dirname(join(root, name)), { recursive: true })
        writeFileSync(join(root, name), text)
      }
      const files = MODEL_FILES.filter((name) => one.files.has(name)).map((name) => join(root, name))
      tell(one, compareFiles(compose, files), files)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** `--record`: keeps what compose reads of generated projects, for a test that has no compose. */
function record(compose: readonly string[], to: string): void {
  const kept: object[] = []
  compareGenerated(compose, 100, 11, ({ files }, verdict, paths) => {
    const theirs = readWithCompose(compose, paths)
    if (!theirs.ok || kept.length >= 40) return
    kept.push({
      name: basename(dirname(paths[0] ?? '')),
      files: Object.fromEntries(files),
      expected: compact(recordOfCompose(theirs.model)),
    })
    if (verdict.kind === 'other') console.log(verdict.detail)
  })
  writeFileSync(to, `${JSON.stringify(kept)}\n`)
  console.log(`${kept.length} projects kept in ${to}`)
}

function main(words: readonly string[]): number {
  const compose = findCompose()
  if (compose === null) {
    console.log(
      'test:compose: no docker compose 2 here; TEST_COMPOSE_PATH names one (scripts/debian-compose.sh)',
    )
    return 0
  }
  if (words.includes('--record')) {
    record(compose, resolve(import.meta.dirname, 'recorded.json'))
    return 0
  }
  const counts = new Map<string, number>()
  const all = words.includes('--all')
  const tell = (verdict: Verdict, what: string): void => {
    counts.set(verdict.kind, (counts.get(verdict.kind) ?? 0) + 1)
    if ('detail' in verdict && (all || verdict.kind !== 'engine-refuses'))
      console.log(`${verdict.kind} ${what}\n    ${verdict.detail}`)
  }
  const folders = words.filter((word) => word !== '--all')
  const named = folders.length > 0 ? folders : [resolve(import.meta.dirname, '../topology/good')]
  for (const folder of named)
    for (const file of composeFiles(resolve(folder))) tell(compareFiles(compose, [file]), file)
  if (folders.length === 0) {
    const seed = Date.now() % 100_000
    console.log(`generated projects, seed ${seed}`)
    compareGenerated(compose, 200, seed, ({ files }, verdict) =>
      tell(verdict, [...files.values()].join('\n')),
    )
  }
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
  console.log(`${total} projects: ${[...counts].map(([kind, count]) => `${count} ${kind}`).join(', ')}`)
  return (counts.get('other') ?? 0) + (counts.get('only-compose') ?? 0) > 0 ? 1 : 0
}

if (basename(process.argv[1] ?? '') === 'difference.ts') process.exitCode = main(process.argv.slice(2))
