import type { Plan } from '../plan/plan.ts'
import { cleanText } from '../problem/clean.ts'
import type { PlacedProblem } from '../problem/report.ts'
import { printTrace, remedyOf } from '../trace/print.ts'
import { parseTraceRequest } from '../trace/request.ts'
import type { Trace, TraceRequest } from '../trace/trace.ts'
import { tracePacket } from '../trace/trace-packet.ts'
import { ENGINE_VERSIONS } from '../version.ts'
import { type Command, choiceOption, numberOption, UsageError } from './command.ts'
import { tellProblems } from './input.ts'
import { fileArgument, PROJECT_HELP, PROJECT_OPTIONS, PROJECT_USAGE, readProject } from './project.ts'

export const traceCommand: Command = {
  name: 'trace',
  usage: `trace FILE "FROM -> TO"… [--json] [--engine N] [--step N] [--block N] ${PROJECT_USAGE}`,
  summary: 'the way of a packet, hop by hop',
  help: `FILE is as for \`plan\`. FROM and TO are containers, services, hosts, addresses, "client" (a machine beside the
hosts) or "outside"; TO may have a port: "web -> db:5432", "client -> web:8000". Several ways may be asked for at once.

  --json        the hops as one object, of several ways as a list
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
    const ways = args.filter(isWay)
    const named = args.filter((word) => !isWay(word))
    if (ways.length === 0 || named.length > 1 || (named.length === 0 && options.file === undefined))
      throw new UsageError('trace takes a FILE and ways in quotes, "web -> db"')
    const engine = choiceOption(options, 'engine', ENGINE_VERSIONS)
    const step = numberOption(options, 'step', 0)
    const input = await readProject(fileArgument(named, options), options, { engine, step }, terminal)
    const plan = input.blocks[(numberOption(options, 'block', 1) ?? 1) - 1]?.planned?.plan
    if (plan == null) {
      if (!tellProblems(input.problems, options, terminal))
        terminal.tell('there is no such docker-network block\n')
      return 1
    }
    const traces = ways.map((way) => tracePacket(plan, requestOf(way, plan)))
    const failed = tellProblems(
      input.problems.filter((problem) => concerns(problem, traces, plan)),
      options,
      terminal,
    )
    const objects = traces.map((trace) => ({ ...trace, remedy: remedyOf(trace) }))
    terminal.write(
      options.json === true
        ? `${JSON.stringify(objects.length === 1 ? objects[0] : objects, null, 2)}\n`
        : cleanText(traces.map(printTrace).join('\n')),
    )
    return failed ? 1 : 0
  },
}

const isWay = (word: string): boolean => /->|→/.test(word)

function requestOf(way: string, plan: Plan): TraceRequest {
  const request = parseTraceRequest(way, plan, { start: 0, end: way.length })
  if (request.ok) return request.request
  throw new UsageError(`${request.problem.message}; ${request.problem.hint}`)
}

/**
 * Whether a problem is worth telling beside these ways. What Docker leaves to chance is only where it is about a
 * container on the way, or, where it names none, about a network on it.
 */
function concerns(
  { problem: { code, severity, message } }: PlacedProblem,
  traces: readonly Trace[],
  plan: Plan,
): boolean {
  if (severity === 'error' || !code.endsWith('_BY_CHANCE')) return true
  const names = [...message.matchAll(/"([^"]+)"/g)].map((match) => match[1] ?? '')
  const hops = traces.flatMap((trace) => trace.hops)
  const containers = new Set([
    ...traces.flatMap(({ source, destination }) => [source, destination]),
    ...hops.map((hop) => hop.container),
  ])
  const networks = new Set(hops.map((hop) => hop.network))
  const isEndpoint = (name: string): boolean =>
    plan.containers.has(name) ||
    plan.services.has(name) ||
    [...plan.networks.values()].some((network) => network.endpoints.has(name))
  const endpoints = names.filter(isEndpoint)
  return endpoints.length > 0
    ? endpoints.some((name) => containers.has(name) || containers.has(`${name}.1`))
    : names.some((name) => networks.has(name))
}
