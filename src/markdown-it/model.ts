import { isError, type Planned, planModel, readTexts } from '../compile.ts'
import { MAX_STEPS_RUN } from '../compose/limits.ts'
import type { LoadOptions, ModelText } from '../compose/load.ts'
import { problemAt } from '../compose/problem-at.ts'
import type { Source } from '../problem/report.ts'
import { say } from '../problem/say.ts'
import type { EngineVersion } from '../version.ts'

/** What figures and prints of a post are made from: a block, or files with perhaps a block over them. */
export interface Model {
  /** `''` for one without a name. */
  readonly name: string
  /** All text the model was read from, as the spans of its problems count. */
  readonly text: string
  readonly source: Source
  /** Files that were looked for beside its texts, from the project's root. */
  readonly files: readonly string[]
  /** All of it, or only the first so many of its commands. Computed once each. */
  plan(step: number | null): Planned
  /** Whether what it is read from has errors, so that nothing can be shown of it. */
  readonly failed: boolean
}

/** Every step of a model that is asked for is planned from the beginning, and kept. */
function tooManySteps(whole: Planned): Planned {
  const message = say`The steps that the post asks for run more than ${MAX_STEPS_RUN} commands of this model together`
  const hint = say`Ask for fewer different steps, or make several models.`
  return {
    ...whole,
    plan: null,
    problems: [problemAt('BLOCK_TOO_LARGE', { start: 0, end: 0 }, message, hint)],
  }
}

export function createModel(
  name: string,
  texts: readonly ModelText[],
  load: LoadOptions,
  engine: EngineVersion | undefined,
): Model {
  const plans = new Map<number | null, Planned>()
  let steps = 0
  const { text, source, files, ...read } = readTexts(texts, load)
  const plan = (step: number | null): Planned => {
    const known = plans.get(step)
    if (known !== undefined) return known
    const run = Math.min(step ?? Number.POSITIVE_INFINITY, read.topology?.commands.length ?? 0)
    steps += step === null ? 0 : run
    const planned =
      steps > MAX_STEPS_RUN
        ? tooManySteps(plan(null))
        : planModel({ text, source, files, ...read }, { engine, step: step ?? undefined })
    plans.set(step, planned)
    return planned
  }
  return {
    name,
    text,
    source,
    files,
    plan,
    get failed() {
      const { plan: made, problems } = plan(null)
      return made === null || problems.some(isError)
    },
  }
}
