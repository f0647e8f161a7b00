import { isError, type Planned, planSource } from '../compile.ts'
import type { Source } from '../problem/report.ts'
import type { EngineVersion } from '../version.ts'

/** One block or file that figures and prints of a post are made from. */
export interface Model {
  /** `''` for one without a name. */
  readonly name: string
  /** The text the model was read from, whole. */
  readonly text: string
  readonly source: Source
  /** All of it, or only the first so many of its commands. Computed once each. */
  plan(step: number | null): Planned
  /** Whether what it is read from has errors, so that nothing can be shown of it. */
  readonly failed: boolean
}

export function createModel(
  name: string,
  text: string,
  source: Source,
  engine: EngineVersion | undefined,
): Model {
  const plans = new Map<number | null, Planned>()
  const plan = (step: number | null): Planned => {
    const known = plans.get(step)
    if (known !== undefined) return known
    const planned = planSource(text, { engine, step: step ?? undefined })
    plans.set(step, planned)
    return planned
  }
  return {
    name,
    text,
    source,
    plan,
    get failed() {
      const { plan: made, problems } = plan(null)
      return made === null || problems.some(isError)
    },
  }
}
