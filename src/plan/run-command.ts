import type { ParsedCommand } from '../command/parse.ts'
import type { Operation, Refusal } from '../engine/operation.ts'
import { isRefusal, refuse } from '../engine/refusal.ts'
import type { Problem, Span } from '../problem/problem.ts'
import { say, worded } from '../problem/say.ts'
import { SIZE_HINT } from '../topology/size.ts'
import type { CommandEntry } from '../topology/topology.ts'
import { warnConnected, warnPublishAll, warnUnusedIpv6 } from './advice/surprises.ts'
import { composeAction, composeRun } from './compose/actions.ts'
import { composeDown } from './compose/down.ts'
import { composeUp, upOptions } from './compose/project-up.ts'
import { containerThing } from './project/external.ts'
import { composeFileRefusal } from './project/unreadable.ts'
import { recordStep } from './record/record-step.ts'
import { operationSize } from './session/budget.ts'
import { madeBy } from './session/causes.ts'
import { watchingPorts } from './session/chance-ports.ts'
import { makeOutside, markBehind } from './session/outside.ts'
import { withFile } from './session/project-file.ts'
import { type HostState, placeKey, type Session } from './session/session.ts'
import { endForeground, noteForeground, renamed, restartEngine } from './session/terminal.ts'
import { isSwarmCommand } from './stack/swarm-session.ts'

/** What a command was refused for, and by which of its operations. */
interface Outcome {
  readonly refusal: Refusal
  readonly op?: Operation['op']
}

type OfFile = Parameters<typeof withFile>[1]

const isOfFile = (operation: Operation): operation is OfFile =>
  operation.op.startsWith('compose-') || operation.op === 'stack-deploy'

/** Runs one of the block's commands as typed, and records it. */
export function runCommand(session: Session, entry: CommandEntry): void {
  const host = entry.host === null ? session.first : session.hosts.get(entry.host.value)
  const parsed = session.parsed(entry)
  const outcome =
    host === undefined ? { refusal: unknownHost(session, entry) } : runOn(session, host, entry, parsed)
  recordStep(session, {
    host: host?.entry.name ?? entry.host?.value ?? '',
    command: entry.line.text,
    refusal: outcome?.refusal ?? null,
    span: entry.span,
    expected: entry.expectError,
    op: outcome?.op,
    makes: madeBy(parsed.kind === 'accepted' ? parsed.operations : [], entry.line.text),
  })
  if (outcome === null && entry.expectError) {
    session.report({
      code: 'NO_ERROR',
      severity: 'warning',
      ...worded(
        say`"${entry.line.text}" is marked "expect: error", but Docker does it`,
        say`Remove "expect: error".`,
      ),
      span: entry.span,
      related: [],
    })
  }
}

function unknownHost({ hosts }: Session, { host }: CommandEntry): Refusal {
  return refuse('UNKNOWN_HOST', say`there is no host "${host?.value ?? ''}"`, {
    at: host?.span,
    hint: say`Write one of: ${[...hosts.keys()].join(', ')}.`,
  })
}

function runOn(
  session: Session,
  host: HostState,
  entry: CommandEntry,
  parsed: ParsedCommand,
): Outcome | null {
  if (parsed.kind === 'refused') return { refusal: parsed.refusal, op: 'look' }
  for (const warning of parsed.warnings) session.report(warning satisfies Problem)
  for (const operation of parsed.operations) {
    endForeground(session, host)
    const refusal = execute(session, host, operation, entry.span)
    if (refusal !== null) return { refusal, op: operation.op }
  }
  return null
}

function execute(whole: Session, host: HostState, operation: Operation, span: Span): Refusal | null {
  const session = isOfFile(operation) ? withFile(whole, operation) : whole
  if (isRefusal(session)) return session
  const excess = session.budget.take(
    operationSize(operation, {
      topology: session.topology,
      container: host.engine.container,
      cluster: session.swarm.cluster(host.entry.name),
    }),
  )
  if (excess !== null) return { ...excess, hint: SIZE_HINT }
  makeOutside(session, host, operation)
  if (isSwarmCommand(operation)) return session.swarm.execute(host.entry.name, operation, span)
  switch (operation.op) {
    case 'look':
      return null
    case 'compose-up':
      return (
        composeFileRefusal(session.topology, operation, session.outside.exists) ??
        composeUp(session, upOptions(session, operation, host), () => {})
      )
    case 'compose-down':
      return (
        composeFileRefusal(session.topology, operation, session.outside.exists) ??
        composeDown(session, operation, host)
      )
    case 'compose-action':
      return (
        composeFileRefusal(session.topology, operation, session.outside.exists) ??
        composeAction(session, operation, host)
      )
    case 'compose-run':
      return (
        composeFileRefusal(session.topology, operation, session.outside.exists) ??
        composeRun(session, operation, host, span)
      )
    case 'network-create': {
      const refusal = host.engine.execute(operation)
      const network = host.engine.network(operation.name)
      if (refusal === null && network !== null) {
        host.chance.networkMade(network)
        markBehind(session, host, new Map([[operation.name, operation.name]]))
        warnUnusedIpv6(operation, span, session.report)
        session.spans.networks.set(placeKey(host.entry.name, operation.name), span)
      }
      if (refusal === null && network === null) session.swarm.networkWritten(operation.name, span)
      return refusal
    }
    case 'network-rm':
    case 'network-prune': {
      const before = [...host.engine.networks()]
      const overlays = session.swarm.networks().map(({ name }) => name)
      const refusal = host.engine.execute(operation)
      for (const network of before) {
        if (host.engine.network(network.name) === network) continue
        host.chance.networkGone(network)
        session.outside.gone(network.name)
      }
      const left = new Set(session.swarm.networks().map(({ name }) => name))
      for (const name of overlays) if (!left.has(name)) session.outside.gone(name)
      return refusal
    }
    case 'container-create': {
      session.spans.containers.set(placeKey(host.entry.name, operation.name), span)
      const refusal = watchingPorts(session, host, () => host.engine.execute(operation))
      if (refusal === null) noteForeground(session, host, operation, span)
      if (refusal === null && operation.publishAll && operation.expose.length === 0)
        warnPublishAll(operation.name, span, session.report)
      return refusal
    }
    case 'container-rename': {
      const refusal = host.engine.execute(operation)
      if (refusal === null) renamed(session, host, operation.name, operation.to)
      if (refusal === null) session.outside.gone(containerThing(operation.name))
      return refusal
    }
    case 'container-rm': {
      const before = operation.names.filter((name) => host.engine.container(name) !== null)
      const refusal = watchingPorts(session, host, () => host.engine.execute(operation))
      for (const name of before)
        if (host.engine.container(name) === null) session.outside.gone(containerThing(name))
      return refusal
    }
    case 'engine-restart':
      return restartEngine(session, host, operation, span)
    case 'network-connect': {
      const { container: name, endpoint } = operation
      const before = host.engine.container(name)?.attachments.get(endpoint.network)
      const refusal = watchingPorts(session, host, () => host.engine.execute(operation))
      const after = host.engine.container(name)?.attachments.get(endpoint.network)
      if (refusal === null && before !== undefined && before === after)
        warnConnected(operation, span, session.report)
      return refusal
    }
    case 'network-disconnect':
    case 'container-start':
    case 'container-stop':
    case 'container-restart':
    case 'container-kill':
    case 'container-update':
    case 'container-prune':
      return watchingPorts(session, host, () => host.engine.execute(operation))
    default:
      return operation satisfies never
  }
}
