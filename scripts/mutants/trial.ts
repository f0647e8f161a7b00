/** Tries mutants of a bundle one by one, each with the tests that pass it, until one fails. */
import type { Mutant } from './bundle.ts'
import type { NotedTest } from './stand-in.ts'

/** As Stryker's instrumentation reads and writes it. */
interface Switches {
  activeMutant?: string | undefined
  currentTestId?: string | undefined
  hitCount?: number | undefined
  hitLimit?: number
  mutantCoverage?: Coverage
}

interface Coverage {
  readonly static: Readonly<Record<string, number>>
  readonly perTest: Readonly<Record<string, Readonly<Record<string, number>>>>
}

declare global {
  var __stryker__: Switches | undefined
}

export type Fate = 'killed' | 'survived' | 'not reached' | 'while loading'

export interface Trial {
  readonly tests: number
  /** Tests that fail without a mutant, and are left out. */
  readonly broken: readonly string[]
  fateOf(mutant: Mutant): Promise<{ readonly fate: Fate; readonly by: string }>
}

async function passes({ run }: NotedTest): Promise<boolean> {
  try {
    await run()
    return true
  } catch {
    return false
  }
}

export async function createTrial(noted: readonly NotedTest[]): Promise<Trial> {
  globalThis.__stryker__ ??= {}
  const switches: Switches = globalThis.__stryker__
  const passing: { readonly test: NotedTest; readonly id: string; readonly time: number }[] = []
  const broken: string[] = []
  for (const [i, test] of noted.entries()) {
    const id = `${i + 1}`
    switches.currentTestId = id
    const start = performance.now()
    if (await passes(test)) passing.push({ test, id, time: performance.now() - start })
    else broken.push(test.name)
  }
  switches.currentTestId = undefined
  const kills = new Map<string, number>()
  /** The quickest first; the more often a test has killed, the earlier. */
  const cost = ({ id, time }: { readonly id: string; readonly time: number }): number =>
    time / (1 + (kills.get(id) ?? 0)) ** 2
  const { static: atLoad = {}, perTest = {} } = switches.mutantCoverage ?? {}
  return {
    tests: noted.length,
    broken,
    async fateOf({ id }) {
      const reaching = passing
        .filter((one) => (perTest[one.id]?.[id] ?? 0) > 0)
        .sort((a, b) => cost(a) - cost(b))
      if (reaching.length === 0) return { fate: id in atLoad ? 'while loading' : 'not reached', by: '' }
      const hits = reaching.reduce((sum, one) => sum + (perTest[one.id]?.[id] ?? 0), 0)
      switches.activeMutant = id
      switches.hitLimit = 1000 + hits * 100
      switches.hitCount = 0
      for (const { test, id: own } of reaching) {
        if (await passes(test)) continue
        kills.set(own, (kills.get(own) ?? 0) + 1)
        switches.activeMutant = undefined
        return { fate: 'killed', by: test.name }
      }
      switches.activeMutant = undefined
      return { fate: 'survived', by: '' }
    },
  }
}
