import { type PlacedProblem, problemRecord } from '../problem/report.ts'
import { ENGINE_VERSIONS } from '../version.ts'
import { type Command, choiceOption } from './command.ts'
import { tellProblems } from './input.ts'
import { PROJECT_HELP, PROJECT_OPTIONS, PROJECT_USAGE, readProject } from './project.ts'

export const checkCommand: Command = {
  name: 'check',
  usage: `check FILE… [--json] [--engine N] ${PROJECT_USAGE}`,
  summary: 'all problems of all files, each with its line and what to write',
  help: `FILE is as for \`plan\`. The exit status is 1 when one of the problems is an error, not a warning.

  --json        a list of problems on standard output, for editors: file, line, column, endLine, endColumn, code,
                severity, message, hint, related
  --engine N    check for this engine, whatever the file says: ${ENGINE_VERSIONS.join(', ')}
${PROJECT_HELP}`,
  options: {
    ...PROJECT_OPTIONS,
    json: { type: 'boolean' },
    engine: { type: 'string' },
  },
  async run(args, options, terminal) {
    const files = args.length === 0 ? [null] : args
    const engine = choiceOption(options, 'engine', ENGINE_VERSIONS)
    const problems: PlacedProblem[] = []
    for (const file of files)
      for (const problem of (await readProject(file, options, { engine }, terminal)).problems)
        problems.push(problem)
    if (options.json === true) terminal.write(`${JSON.stringify(problems.map(problemRecord), null, 2)}\n`)
    else tellProblems(problems, terminal)
    return problems.some(({ problem }) => problem.severity === 'error') ? 1 : 0
  },
}
