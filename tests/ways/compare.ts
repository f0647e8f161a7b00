/** One scene on real engines: packets are sent, and each way is held beside what `trace` says of it. */

import { formatCidr } from '../../src/net/index.ts'
import type { Plan } from '../../src/plan/plan.ts'
import { planNetworks } from '../../src/plan/plan-networks.ts'
import type { Problem } from '../../src/problem/problem.ts'
import { readTopology } from '../../src/topology/read.ts'
import type { Topology } from '../../src/topology/topology.ts'
import { parseTraceRequest } from '../../src/trace/request.ts'
import type { Trace, TraceEffect } from '../../src/trace/trace.ts'
import { tracePacket } from '../../src/trace/trace-packet.ts'
import type { EngineVersion } from '../../src/version.ts'
import { type CommandResult, type RunningEngine, startEngine } from '../engine/dockerd.ts'
import { inNetworkOf, LAN, type Lan, startLan } from './lan.ts'
import { type Question, questionsIn, textOf } from './questions.ts'
import { blockOf, HOSTS, type Scene, setupOf } from './scene.ts'

/** What became of a packet, in words that both sides can say. */
export interface Outcome {
  /** `unknown`: the name was not resolved. */
  readonly result: 'ok' | 'reset' | 'timeout' | 'unreachable' | 'unknown'
  /** Address the packet was sent to; `''` where the name was not resolved. */
  readonly asked: string
  /** Who answered, and the address that one saw the packet come from; `''` where nobody did. */
  readonly receiver: string
  readonly source: string
}

export interface Difference {
  readonly question: string
  readonly planned: string
  readonly real: string
}

export interface Compared {
  readonly pairs: number
  readonly prints: number
  readonly differences: readonly Difference[]
  /** The scene could not be played: what differs is told by `test:engine`. */
  readonly unlike: string
}

/** A scene being played. */
export interface Stage {
  readonly plan: Plan
  readonly topology: Topology
  readonly block: string
  readonly lan: Lan
  readonly engines: ReadonlyMap<string, RunningEngine>
}

const PATIENCE = 4500

/** Plays a scene, does what is to be done on it, and clears everything away. */
export async function onStage<T>(
  scene: Scene,
  version: EngineVersion,
  prober: string,
  act: (stage: Stage) => Promise<T>,
): Promise<T | string> {
  const lan = await startLan(prober)
  const engines = new Map<string, RunningEngine>()
  try {
    for (const { name, address } of HOSTS.slice(0, scene.hosts)) {
      const engine = await startEngine(setupOf(scene, address), [prober])
      engines.set(name, engine)
      await lan.join(engine.pid)
    }
    const first = engines.get('host')
    const block = blockOf(scene, version, idIn((await first?.get('/info')) ?? '{}'))
    const { plan, topology, problems } = planOf(block)
    if (plan === null || topology === null)
      return `the block was not read: ${problems.map((p) => p.message).join('; ')}`
    for (const [i, text] of scene.commands.entries()) {
      const [, host = 'host', command = text] = /^\[(\w+)\] (.*)$/.exec(text) ?? []
      const result = await engines.get(host)?.docker(command.split(' ').slice(1))
      const step = plan.steps[i]
      if (result === undefined || step === undefined || step.ok !== (result.status === 0))
        return `${text}: planned ${step?.ok ? 'done' : `refused (${step?.error?.message})`}, real ${said(result)}`
    }
    for (const network of plan.networks.values()) {
      const host = HOSTS.find(({ name }) => name === network.host)
      if (network.driver !== 'bridge' || host === undefined) continue
      for (const subnet of network.subnets)
        if (subnet.address.family === 4) await lan.route(formatCidr(subnet), host.address)
    }
    for (const engine of engines.values()) await settle(engine)
    return await act({ plan, topology, block, lan, engines })
  } finally {
    for (const engine of engines.values()) await engine.close()
    lan.close()
  }
}

/** A new bridge asks for a second or two whether its IPv6 address is another's, and does not use it meanwhile. */
async function settle(engine: RunningEngine): Promise<void> {
  for (let tries = 0; tries < 40; tries++) {
    const { stdout } = await engine.shell('ip -6 addr show tentative')
    if (stdout.trim() === '') return
    await new Promise((done) => setTimeout(done, 100))
  }
}

const said = (result: CommandResult | undefined): string =>
  result === undefined ? 'not run' : result.status === 0 ? 'done' : result.stderr.trim()

function idIn(info: string): string {
  const value: unknown = JSON.parse(info)
  const id: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'ID') : ''
  return typeof id === 'string' ? id : ''
}

function planOf(block: string): {
  readonly plan: Plan | null
  readonly topology: Topology | null
  readonly problems: readonly Problem[]
} {
  const problems: Problem[] = []
  const topology = readTopology(block, (problem) => problems.push(problem))
  const plan = topology === null ? null : planNetworks(topology, (problem) => problems.push(problem))
  return { plan, topology, problems: problems.filter(({ severity }) => severity === 'error') }
}

/** @param only questions to ask, all when empty. */
export async function compareWays(
  stage: Stage,
  prober: string,
  only: readonly string[] = [],
): Promise<{ readonly pairs: number; readonly differences: readonly Difference[] }> {
  const questions = questionsIn(stage.plan).filter((one) => only.length === 0 || only.includes(textOf(one)))
  const asked = await Promise.all(
    [...new Set(questions.map(({ from }) => from))].map(async (from) => {
      const mine = questions.filter((one) => one.from === from)
      return { mine, outcomes: await ask(stage, prober, from, mine) }
    }),
  )
  const differences: Difference[] = []
  for (const { mine, outcomes } of asked) {
    for (const [i, question] of mine.entries()) {
      const planned = outcomesOf(stage.plan, question)
      const real = outcomes[i]
      if (real === undefined) throw new Error(`no answer to ${textOf(question)}`)
      if (planned.some((one) => agree(stage.plan, one, real))) continue
      const texts = planned.map((one) => wordsOf(one))
      differences.push({ question: textOf(question), planned: texts.join(' or '), real: wordsOf(real) })
    }
  }
  return { pairs: questions.length, differences }
}

const wordsOf = ({ result, asked, receiver, source }: Outcome): string =>
  result === 'ok'
    ? `${receiver} at ${asked} from ${source}`
    : `${result}${asked === '' ? '' : ` at ${asked}`}`

/** A container that shares another's network may be the one that answers. */
function agree(plan: Plan, planned: Outcome, real: Outcome): boolean {
  const sandbox = (name: string): string => {
    const container = plan.containers.get(name)
    return container?.mode === 'container' ? sandbox(container.sharedWith) : name
  }
  if (planned.result !== real.result) return false
  if (real.result === 'unknown') return true
  if (planned.asked !== real.asked) return false
  return (
    real.result !== 'ok' ||
    (sandbox(planned.receiver) === sandbox(real.receiver) && planned.source === real.source)
  )
}

async function ask(
  { plan, lan, engines }: Stage,
  prober: string,
  from: string,
  questions: readonly Question[],
): Promise<readonly Outcome[]> {
  const lines = questions.map(({ protocol, target, port }, i) => `${i} ${protocol} ${target} ${port}`)
  const script = (program: string): string => `${program} ask ${PATIENCE} <<'END'\n${lines.join('\n')}\nEND`
  const container = plan.containers.get(from)
  const engine = engines.get(container?.host ?? from)
  let text: string
  if (container !== undefined && engine !== undefined) {
    const pid = await engine.docker(['inspect', '--format', '{{.State.Pid}}', from.split('@')[0] ?? from])
    const { stdout } = await engine.shell(script(`nsenter -t ${pid.stdout.trim()} --net --mount /bin/prober`))
    text = stdout
  } else if (engine !== undefined) text = (await engine.shell(script(prober))).stdout
  else text = await inNetworkOf(from === 'client' ? lan.client : lan.outside, script(prober))
  const answers = new Map(
    text
      .trim()
      .split('\n')
      .map((line) => {
        const [id = '', result = '', at = '', receiver = '', source = ''] = line.split(' ')
        return [id, { result, asked: at === '-' ? '' : at, receiver, source }]
      }),
  )
  return questions.flatMap((_, i) => {
    const answer = answers.get(String(i))
    return answer === undefined ? [] : [{ ...answer, result: resultOf(answer.result) }]
  })
}

function resultOf(text: string): Outcome['result'] {
  if (text === 'ok' || text === 'reset' || text === 'timeout' || text === 'unreachable') return text
  if (text === 'unknown') return text
  throw new Error(`the prober said ${text}`)
}

/** What `trace` says of a question; several where it says that chance decides. */
function outcomesOf(plan: Plan, question: Question): readonly Outcome[] {
  const first = traceOf(plan, textOf(question))
  if (first === null) return [{ result: 'unknown', asked: '', receiver: '', source: '' }]
  const found = first.hops.find((hop) => hop.kind === 'resolve' || hop.kind === 'hosts')
  if (found?.kind !== 'resolve' || found.answers.length < 2)
    return [outcomeOf(first, found?.kind === undefined ? question.target : found.answer)]
  // Which of several answers comes first is left to chance.
  return found.answers.flatMap((answer) => {
    const trace = traceOf(plan, textOf({ ...question, target: answer }))
    return trace === null ? [] : [outcomeOf(trace, answer)]
  })
}

function traceOf(plan: Plan, text: string): Trace | null {
  const parsed = parseTraceRequest(text, plan, { start: 0, end: 0 })
  return parsed.ok ? tracePacket(plan, parsed.request) : null
}

function outcomeOf(trace: Trace, asked: string): Outcome {
  const result = RESULTS[trace.effect]
  if (result !== 'ok') return { result, asked: result === 'unknown' ? '' : asked, receiver: '', source: '' }
  const last = trace.hops.at(-1)
  const outside = asked === LAN.outside ? 'outside' : 'client'
  const own = trace.request.from.kind === 'client' ? LAN.client : LAN.outside
  const receiver = trace.destination === '' ? last?.host || outside : trace.destination
  return { result, asked, receiver, source: trace.seenAs || own }
}

const RESULTS: Readonly<Record<TraceEffect, Outcome['result']>> = {
  answered: 'ok',
  refused: 'reset',
  timeout: 'timeout',
  unreachable: 'unreachable',
  'unknown-name': 'unknown',
  'not-sent': 'unknown',
}
