/**
 * How much is done, counted and not timed: how often each block of code is run, as V8 counts for coverage, and how long
 * the lists are that its own methods walk. The same on every machine and under any load.
 */
import { session } from './start-counting.ts'

interface Coverage {
  readonly result: readonly {
    readonly url: string
    readonly functions: readonly {
      readonly functionName: string
      readonly ranges: readonly { readonly count: number }[]
    }[]
  }[]
}

function ask<T>(method: string, params: object = {}): T {
  let answer: T | undefined
  // The inspector of the own thread answers before `post` returns.
  session.post(method, params, (error: Error | null, result?: object) => {
    if (error !== null) throw error
    answer = result as T
  })
  return answer as T
}

type Method = (this: unknown[], ...args: unknown[]) => unknown

/** Methods that walk a list without calling back, so that nothing is counted inside, with the steps each takes. */
const WALKERS: Readonly<Record<string, (list: readonly unknown[], result: unknown) => number>> = {
  includes: (list) => list.length,
  indexOf: (list, result) => (result === -1 ? list.length : Number(result)),
  lastIndexOf: (list, result) => list.length - Number(result),
  slice: (_, result) => (result as unknown[]).length,
  concat: (_, result) => (result as unknown[]).length,
  splice: (list, result) => list.length + (result as unknown[]).length,
  join: (list) => list.length,
  shift: (list) => list.length / 16,
  unshift: (list) => list.length / 16,
}

/** Runs of blocks of code, and steps along lists, that `action` takes. */
export function workOf(action: () => unknown): number {
  let steps = 0
  const prototype = Array.prototype as unknown as Record<PropertyKey, unknown>
  const originals = new Map<PropertyKey, unknown>()
  for (const [name, stepsOf] of Object.entries(WALKERS)) {
    const original = prototype[name] as Method
    originals.set(name, original)
    prototype[name] = function (this: unknown[], ...args: unknown[]): unknown {
      const result = original.apply(this, args)
      steps += stepsOf(this, result)
      return result
    }
  }
  const iterate = prototype[Symbol.iterator] as Method
  originals.set(Symbol.iterator, iterate)
  prototype[Symbol.iterator] = function (this: unknown[]): unknown {
    const iterator = iterate.call(this) as IterableIterator<unknown>
    const counted = {
      next: () => {
        steps += 1
        return iterator.next()
      },
      [Symbol.iterator]: () => counted,
    }
    return counted
  }
  // What was counted so far is forgotten.
  ask('Profiler.takePreciseCoverage')
  try {
    action()
    const { result } = ask<Coverage>('Profiler.takePreciseCoverage')
    for (const { url, functions } of result) {
      if (!/\/src\/|node_modules\/(?:yaml|markdown-it)/.test(url)) continue
      for (const { functionName, ranges } of functions) {
        for (const { count } of ranges) {
          steps += count
          if (process.env.SHOW_WORK !== undefined && count > 1000)
            process.stderr.write(`  ${count} ${functionName} ${url.slice(-60)}\n`)
        }
      }
    }
    return steps
  } finally {
    for (const [name, original] of originals) prototype[name] = original
  }
}

/**
 * How work grows when a size doubles and doubles again: 2 for work in proportion, 4 for work that grows with the square.
 * What does not depend on the size falls out.
 */
export function growth(size: number, action: (size: number) => () => unknown): number {
  // What is made once for all, tables and the like, is no part of it.
  workOf(action(size))
  const [one = 0, two = 0, four = 0] = [1, 2, 4].map((times) => workOf(action(size * times)))
  if (process.env.SHOW_WORK !== undefined) process.stderr.write(`${one} ${two} ${four}\n`)
  return (four - two) / Math.max(1, two - one)
}
