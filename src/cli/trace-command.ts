import { cleanText } from '../problem/clean.ts'
import { printTrace } from '../trace/print.ts'
import { parseTraceRequest } from '../trace/request.ts'
import { tracePacket } from '../trace/trace-packet.ts'
import { ENGINE_VERSIONS } from '../version.ts'
import { type Command, choiceOption, numberOption, UsageError } from './command.ts'
import { tellProblems } from './input.ts'
import { fileArgument, PROJECT_HELP, PROJECT_OPTIONS, PROJECT_USAGE, readProject } from './project.ts'

export const traceCommand: Command = {
  name: 'trace',
  usage: `trace FILE "FROM -> TO" [--json] [--engine N] [--step N] [--block N] ${PROJECT_USAGE}`,
  summary: 'the way of a packet, hop by hop',
  help: `FILE is as for \`plan\`. FROM and TO are containers, services, hosts, addresses, "client" (a machine beside the
hosts) or "outside"; TO may have a port: "web -> db:5432", "client -> web:8000".

  --json        the hops as one object
  --engine N    for this engine, whatever the file says: ${ENGINE_VERSIONS.join(', ')}
  --step N      after the first N of the block's commands
  --block N     the Nth fence of a Markdown file; the first unless given
${PROJECT_HELP}`,
  options: {
    ...PROJECT_OPTIONS,
    json: { type: 'boolean' },
    engine: { type: 'string' },
    step: { type: 'string' },
    block: { type: 'string' },
  },
  async run(args, options, terminal) {
    const way = args.at(-1)
    const named = args.slice(0, -1)
    if (way === undefined || named.length > 1 || (named.length === 0 && options.file === undefined))
      throw new UsageError('trace takes a FILE and one way in quotes, "web -> db"')
    const engine = choiceOption(options, 'engine', ENGINE_VERSIONS)
    const step = numberOption(options, 'step', 0)
    const input = await readProject(fileArgument(named, options), options, { engine, step }, terminal)
    const failed = tellProblems(input.problems, terminal)
    const plan = input.blocks[(numberOption(options, 'block', 1) ?? 1) - 1]?.planned?.plan
    if (plan == null) {
      if (!failed) terminal.tell('there is no such docker-network block\n')
      return 1
    }
    const request = parseTraceRequest(way, plan, { start: 0, end: way.length })
    if (!request.ok) {
      const hint = request.problem.hint === null ? '' : `; ${request.problem.hint}`
      throw new UsageError(`${request.problem.message}${hint}`)
    }
    const trace = tracePacket(plan, request.request)
    terminal.write(
      options.json === true ? `${JSON.stringify(trace, null, 2)}\n` : cleanText(printTrace(trace)),
    )
    return failed ? 1 : 0
  },
}
