/**
 * `npm run test:compose [FOLDER…]`: reads every compose file of the folders with the real compose and with us, and tells
 * what is read otherwise. Without a folder: the files of this repository, and generated ones.
 */
import { readdirSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { findCompose, readWithCompose } from './oracle.ts'
import { readOurs } from './ours.ts'
import { recordOfCompose } from './record.ts'

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

function main(folders: readonly string[]): number {
  const compose = findCompose()
  if (compose === null) {
    console.log(
      'test:compose: no docker compose 2 here; TEST_COMPOSE_PATH names one (scripts/debian-compose.sh)',
    )
    return 0
  }
  const named = folders.length > 0 ? folders : [resolve(import.meta.dirname, 'projects')]
  const counts = new Map<string, number>()
  for (const folder of named) {
    for (const file of composeFiles(resolve(folder))) {
      const verdict = compareFiles(compose, [file])
      counts.set(verdict.kind, (counts.get(verdict.kind) ?? 0) + 1)
      if ('detail' in verdict) console.log(`${verdict.kind} ${file}\n    ${verdict.detail}`)
    }
  }
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
  console.log(`${total} files: ${[...counts].map(([kind, count]) => `${count} ${kind}`).join(', ')}`)
  return (counts.get('other') ?? 0) + (counts.get('only-compose') ?? 0) > 0 ? 1 : 0
}

if (basename(process.argv[1] ?? '') === 'difference.ts') process.exitCode = main(process.argv.slice(2))
