import { planJson } from '../plan/json.ts'
import { isLimitOfOurs } from '../plan/step.ts'
import { cleanText } from '../problem/clean.ts'
import type { PlacedProblem } from '../problem/report.ts'
import { ENGINE_VERSIONS } from '../version.ts'
import { type Command, choiceOption } from './command.ts'
import { type InputBlock, tellProblems } from './input.ts'
import { planText } from './plan-text.ts'
import { fileArgument, PROJECT_HELP, PROJECT_OPTIONS, PROJECT_USAGE, readProject } from './project.ts'

export const planCommand: Command = {
  name: 'plan',
  usage: `plan FILE [--json] [--engine N] ${PROJECT_USAGE}`,
  summary: 'the networks, addresses and ports a real engine would give',
  help: `FILE is a topology or compose file (.yaml, .yml), a folder with a compose file, a Markdown file (.md, every
docker-network fence), or - for standard input.

  --json        one object; for Markdown a list with one object for each fence
  --engine N    plan for this engine, whatever the file says: ${ENGINE_VERSIONS.join(', ')}
${PROJECT_HELP}

A command that the engine refuses is part of the plan and no error here; \`check\` says otherwise. One that is not
simulated, or asks for more than is planned, is an error.`,
  options: {
    ...PROJECT_OPTIONS,
    json: { type: 'boolean' },
    engine: { type: 'string' },
  },
  async run(args, options, terminal) {
    const engine = choiceOption(options, 'engine', ENGINE_VERSIONS)
    const input = await readProject(fileArgument(args, options), options, { engine }, terminal)
    const failed = tellProblems(input.problems, options, terminal)
    if (options.json === true) {
      const records = input.blocks.map(blockJson)
      terminal.write(`${JSON.stringify(input.isMarkdown ? records : records[0], null, 2)}\n`)
    } else {
      const texts = input.blocks.flatMap(({ planned }) =>
        planned?.plan == null ? [] : [planText(planned.plan)],
      )
      terminal.write(cleanText(texts.join('\n')))
    }
    return failed && input.problems.some((placed) => !isFailedCommand(placed, input.blocks)) ? 1 : 0
  },
}

function blockJson({ planned }: InputBlock): object {
  return planJson(planned?.plan ?? null, planned?.problems ?? [])
}

/** As in a shell, a typed command that fails does not stop the rest, and the plan says it in `steps`. */
function isFailedCommand({ problem }: PlacedProblem, blocks: readonly InputBlock[]): boolean {
  if (problem.severity !== 'error') return true
  if (isLimitOfOurs(problem.code)) return false
  return blocks.some(
    ({ planned }) =>
      planned?.topology?.commands.some(
        ({ span }) => span.start <= problem.span.start && problem.span.end <= span.end,
      ) === true &&
      planned.plan?.steps.some((step) => !step.ok && step.error?.code === problem.code) === true,
  )
}
