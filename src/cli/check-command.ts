import { isError } from '../compile.ts'
import { type PlacedProblem, problemRecord, problemRecordIn } from '../problem/report.ts'
import { ENGINE_VERSIONS, type EngineVersion } from '../version.ts'
import {
  type Command,
  choiceOption,
  type ExitStatus,
  languageOption,
  type OptionValues,
  type Terminal,
  UsageError,
} from './command.ts'
import { again, namedFiles } from './found.ts'
import { inputFiles, tellProblems } from './input.ts'
import { PROJECT_HELP, PROJECT_OPTIONS, PROJECT_USAGE, readProject } from './project.ts'

export const checkCommand: Command = {
  name: 'check',
  usage: `check FILE|FOLDER… [--json] [--engine N] [--watch] ${PROJECT_USAGE}`,
  summary: 'all problems of all files, each with its line and what to write',
  help: `FILE is as for \`plan\`, or a pattern such as 'posts/**/*.md'; of a FOLDER all Markdown, compose and topology files
are checked. The exit status is 1 when one of the problems is an error, not a warning.

  --json        a list of problems on standard output, for editors: file, line, column, endLine, endColumn, code,
                severity, message, hint, related
  --engine N    check for this engine, whatever the file says: ${ENGINE_VERSIONS.join(', ')}
  --watch       again at each change, until Ctrl+C
${PROJECT_HELP}`,
  options: {
    ...PROJECT_OPTIONS,
    json: { type: 'boolean' },
    engine: { type: 'string' },
    watch: { type: 'boolean' },
  },
  async run(args, options, terminal) {
    const engine = choiceOption(options, 'engine', ENGINE_VERSIONS)
    if (options.watch !== true) return (await check(args, options, engine, terminal)).status
    if (args.includes('-')) throw new UsageError('standard input cannot be watched')
    const run = async (): Promise<readonly string[]> => (await check(args, options, engine, terminal)).files
    await again(args, run, terminal.tell)
    return 0
  },
}

async function check(
  args: readonly string[],
  options: OptionValues,
  engine: EngineVersion | undefined,
  terminal: Terminal,
): Promise<{ readonly status: ExitStatus; readonly files: readonly string[] }> {
  const files = args.length === 0 && Array.isArray(options.file) ? [null] : namedFiles(args)
  // A model that two posts name by `src=` has its problems once.
  const distinct = new Map<string, PlacedProblem>()
  const read: string[] = []
  let blocks = 0
  for (const file of files) {
    const input = await readProject(file, options, { engine }, terminal)
    for (const problem of input.problems) distinct.set(JSON.stringify(problemRecord(problem)), problem)
    for (const one of inputFiles(file ?? '-', input)) read.push(one)
    blocks += input.blocks.length
  }
  const problems = [...distinct.values()]
  const asJson = options.json === true
  const language = languageOption(options) ?? 'en'
  if (asJson) terminal.write(`${JSON.stringify(problems.map(problemRecordIn(language)), null, 2)}\n`)
  else tellProblems(problems, options, terminal)
  const errors = problems.filter(({ problem }) => isError(problem)).length
  const counts = [
    counted(files.length, 'file'),
    counted(blocks, 'block'),
    counted(errors, 'error'),
    counted(problems.length - errors, 'warning'),
  ]
  if (!asJson) terminal.tell(`${counts.join(', ')}\n`)
  return { status: errors > 0 ? 1 : 0, files: read }
}

const counted = (number: number, thing: string): string => `${number} ${thing}${number === 1 ? '' : 's'}`
