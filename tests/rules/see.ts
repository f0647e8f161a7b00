/** A block run in chosen releases, and what can be seen of it. */

import { planNetworks } from '../../src/plan/plan-networks.ts'
import { printModel } from '../../src/print/print.ts'
import type { Problem } from '../../src/problem/problem.ts'
import {
  type Program,
  RELEASES,
  type Release,
  type Releases,
  type Rules,
  rulesOfReleases,
} from '../../src/rules/index.ts'
import { readTopology } from '../../src/topology/read.ts'
import { parseTraceRequest } from '../../src/trace/request.ts'
import { tracePacket } from '../../src/trace/trace-packet.ts'
import { asText, type TextPlan } from '../support/as-text.ts'
import type { RuleCase } from './cases.ts'

export interface Seen {
  readonly plan: TextPlan
  readonly ip: (container: string) => string
  readonly ip6: (container: string) => string
  readonly mac: (container: string) => string
  /** By network, with a dagger where left to chance. */
  readonly interfaces: (container: string) => Readonly<Record<string, string>>
  readonly ports: (container: string) => readonly string[]
  /** Of a step, from the end; ids and MACs left out. */
  readonly error: (step: number) => string | undefined
  readonly nat: () => readonly string[]
  readonly print: (kind: string, argument: string) => string
  readonly inspect: (network: string) => { EnableIPv4?: boolean; IPAM: { Config: { Gateway?: string }[] } }
  readonly reached: (way: string) => boolean
  readonly build: () => readonly string[]
}

/** @param rulesIn what holds in the releases, the register unless a test changes it. */
export function see(
  program: Program,
  release: Release,
  { block, with: others }: RuleCase,
  rulesIn: (releases: Releases) => Rules = rulesOfReleases,
): Seen {
  const lines = block.split('\n')
  const commands = lines.filter((line) => line.startsWith('docker'))
  const text = [
    ...lines.filter((line) => !line.startsWith('docker')),
    ...(commands.length === 0 ? [] : ['commands:', ...commands.map((line) => `- ${JSON.stringify(line)}`)]),
  ].join('\n')
  const problems: Problem[] = []
  const topology = readTopology(text === '' ? 'commands: []' : text, (problem) => problems.push(problem))
  if (topology === null) throw new Error(problems.map(({ message }) => message).join('\n'))
  const releases = { ...RELEASES['28'], ...others, [program]: release }
  const made = planNetworks({ ...topology, rules: rulesIn(releases) }, () => {})
  const plan = asText(made)
  const first = (container: string) => [...(plan.containers.get(container)?.endpoints.values() ?? [])][0]
  const print = (kind: string, argument: string): string => {
    const printed = printModel(kind, argument, made, topology)
    return printed.ok ? printed.text : printed.message
  }
  return {
    plan,
    print,
    ip: (container) => first(container)?.ipv4.split('/')[0] ?? '',
    ip6: (container) => first(container)?.ipv6.split('/')[0] ?? '',
    mac: (container) => first(container)?.mac ?? '',
    interfaces: (container) =>
      Object.fromEntries(
        [...(plan.containers.get(container)?.endpoints ?? [])].map(([key, one]) => [
          key,
          `${one.interface}${one.interfaceCertainty === 'one-of-several' ? ' †' : ''}`,
        ]),
      ),
    ports: (container) =>
      (plan.containers.get(container)?.ports ?? []).map((port) => `${port.host}->${port.container}`),
    error: (step) =>
      plan.steps
        .at(step)
        ?.error?.message.replace(/\b[0-9a-f]{64}\b|\b[0-9a-f]{12}\b/g, 'ID')
        .replace(/veth[0-9a-f]{7}/g, 'vethID'),
    nat: () => print('iptables', '').split('\n'),
    inspect: (network) => JSON.parse(print('inspect', network))[0],
    reached(way) {
      const request = parseTraceRequest(way, made, { start: 0, end: 0 })
      if (!request.ok) throw new Error(request.problem.message)
      return tracePacket(made, request.request).reached
    },
    build: () => print('commands', '').split('\n'),
  }
}
