/**
 * `npm run test:compose [FOLDER…]`: reads every compose file of the folders with the real compose and with us, and tells
 * what is read otherwise. Without a folder: the files of this repository,
 * those of `own.txt`, and generated ones. `--all` also tells what
 * an engine would refuse.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { type Project, project } from './generate.ts'
import { findCompose, type Read, readWithCompose } from './oracle.ts'
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

/** Projects in the styles one meets, of our own: `### FOLDER/FILE` begins each file. */
export const ownFiles = (): ReadonlyMap<string, string> =>
  new Map(
    readFileSync(join(import.meta.dirname, 'own.txt'), 'utf8')
      .split(/^### /m)
      .slice(1)
      .map((part) => {
        const [name = '', ...lines] = part.split('\n')
        const text = lines.join('\n')
        return [
          name,
          name.includes('crlf')
            ? text.replaceAll('\n', '\r\n')
            : name.includes('bom/')
              ? `\ufeff${text}`
              : text,
        ]
      }),
  )

/** The folders of `ownFiles`, and the file each begins with. */
export function ownProjects(): ReadonlyMap<string, string> {
  const main = /^([^/]+)\/((?:docker-)?(?:compose|stack)\.ya?ml)$/
  return new Map(
    [...ownFiles().keys()].flatMap((name) => {
      const [, folder, file] = main.exec(name) ?? []
      return folder === undefined || file === undefined ? [] : [[folder, file]]
    }),
  )
}

function writeFiles(root: string, files: ReadonlyMap<string, string>): void {
  for (const [name, text] of files) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), text)
  }
}

function compareOwn(
  compose: readonly string[],
  tell: (verdict: Verdict, what: string, theirs: Read) => void,
): void {
  const root = mkdtempSync(join(tmpdir(), 'docker-network-own-'))
  try {
    writeFiles(root, ownFiles())
    for (const [folder, file] of ownProjects()) {
      const path = join(root, folder, file)
      tell(compareFiles(compose, [path]), folder, readWithCompose(compose, [path]))
    }
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
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
      writeFiles(root, one.files)
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
  const own: object[] = []
  compareOwn(compose, (_, folder, theirs) => {
    own.push({ folder, expected: theirs.ok ? compact(recordOfCompose(theirs.model)) : null })
  })
  writeFileSync(to, `${JSON.stringify(kept)}\n`)
  writeFileSync(join(dirname(to), 'own.json'), `${JSON.stringify(own)}\n`)
  console.log(`${kept.length} projects kept in ${to}, ${own.length} of our own beside it`)
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
    compareOwn(compose, (verdict, folder) => tell(verdict, `own.txt ${folder}`))
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
