import { parseCommand } from '../command/parse.ts'
import type { Operation, Refusal } from '../engine/operation.ts'
import type { Problem, Span } from '../problem/problem.ts'
import { SIZE_HINT } from '../topology/size.ts'
import type { CommandEntry } from '../topology/topology.ts'
import { operationSize } from './budget.ts'
import { composeDown, composeUp, upOptions } from './compose.ts'
import { composeFileFault } from './compose-file.ts'
import { type HostState, placeKey, recordStep, type Session } from './session.ts'
import { isSwarmCommand } from './swarm-session.ts'
import { endForeground, noteForeground, renamed, restartEngine } from './terminal.ts'

/** What came of a command; the span is where the fault was written, if elsewhere than in the command. */
interface Outcome {
  /** The author has been told of it when the block was read. */
  readonly told?: true
  readonly refusal: Refusal
  readonly span: Span | null
  readonly hint: string | null
}

/** Runs one of the block's commands as typed, and records it. */
export function runCommand(session: Session, entry: CommandEntry): void {
  const host = entry.host === null ? session.first : session.hosts.get(entry.host.value)
  const name = host?.entry.name ?? entry.host?.value ?? ''
  const outcome = host === undefined ? unknownHost(session, entry) : runOn(session, host, entry)
  recordStep(session, {
    host: name,
    command: entry.line.text,
    refusal: outcome?.refusal ?? null,
    span: entry.span,
    expected: entry.expectError,
    told: outcome?.told ?? false,
    faultSpan: outcome?.span ?? null,
    hint: outcome?.hint ?? null,
  })
  if (outcome === null && entry.expectError) {
    session.report({
      code: 'NO_ERROR',
      severity: 'warning',
      message: `"${entry.line.text}" is marked "expect: error", but Docker does it`,
      hint: 'Remove "expect: error".',
      span: entry.span,
      related: [],
    })
  }
}

function unknownHost({ hosts }: Session, entry: CommandEntry): Outcome {
  const known = [...hosts.keys()].join(', ')
  const name = entry.host?.value ?? ''
  return {
    refusal: { code: 'UNKNOWN_HOST', message: `there is no host "${name}"` },
    span: entry.host?.span ?? null,
    hint: `Write one of: ${known}.`,
  }
}

function runOn(session: Session, host: HostState, entry: CommandEntry): Outcome | null {
  const parsed = parseCommand(entry, session.topology.rules)
  if (parsed.kind === 'refused') {
    const { refusal } = parsed
    return { refusal, span: refusal.at ?? null, hint: refusal.hint ?? null }
  }
  for (const warning of parsed.warnings) session.report(warning satisfies Problem)
  for (const operation of parsed.operations) {
    endForeground(session, host)
    const outcome = execute(session, host, operation, entry.span)
    if (outcome !== null) return outcome
  }
  return null
}

function execute(session: Session, host: HostState, operation: Operation, span: Span): Outcome | null {
  const excess = session.budget.take(
    operationSize(operation, {
      topology: session.topology,
      container: host.engine.container,
      cluster: session.swarm.cluster(host.entry.name),
    }),
  )
  if (excess !== null) return { refusal: excess, span: null, hint: SIZE_HINT }
  if (isSwarmCommand(operation)) return plain(session.swarm.execute(host.entry.name, operation, span))
  switch (operation.op) {
    case 'look':
      return null
    case 'compose-up': {
      const problem = composeFileFault(session.topology, operation, session.hasOutside)
      if (problem !== null) return { refusal: problem, span: null, hint: null, told: true }
      const fault = composeUp(session, upOptions(session, operation, host), () => {})
      return fault === null ? null : { ...fault, hint: null }
    }
    case 'compose-down': {
      const problem = composeFileFault(session.topology, operation, session.hasOutside)
      if (problem !== null) return { refusal: problem, span: null, hint: null, told: true }
      const fault = composeDown(session, operation, host)
      return fault === null ? null : { ...fault, hint: null }
    }
    case 'network-create': {
      const refusal = host.engine.execute(operation)
      const network = host.engine.network(operation.name)
      if (refusal === null && network !== null) {
        host.chance.networkMade(network)
        session.spans.networks.set(placeKey(host.entry.name, operation.name), span)
      }
      if (refusal === null && network === null) session.swarm.networkWritten(operation.name, span)
      return plain(refusal)
    }
    case 'network-rm':
    case 'network-prune': {
      const before = [...host.engine.networks()]
      const refusal = host.engine.execute(operation)
      for (const network of before) {
        if (host.engine.network(network.name) !== network) host.chance.networkGone(network)
      }
      return plain(refusal)
    }
    case 'container-create': {
      session.spans.containers.set(placeKey(host.entry.name, operation.name), span)
      const refusal = host.engine.execute(operation)
      if (refusal === null) noteForeground(session, host, operation, span)
      return plain(refusal)
    }
    case 'container-rename': {
      const refusal = host.engine.execute(operation)
      if (refusal === null) renamed(session, host, operation.name, operation.to)
      return plain(refusal)
    }
    case 'engine-restart':
      return plain(restartEngine(session, host, operation, span))
    case 'network-connect':
    case 'network-disconnect':
    case 'container-start':
    case 'container-stop':
    case 'container-restart':
    case 'container-kill':
    case 'container-rm':
    case 'container-update':
    case 'container-prune':
      return plain(host.engine.execute(operation))
    default:
      return operation satisfies never
  }
}

function plain(refusal: Refusal | null): Outcome | null {
  return refusal === null ? null : { refusal, span: null, hint: null }
}
