/** Commands typed on a simulated machine, and what came of them, through the public path. */
import { addressText, formatCidr, formatSocket } from '../../src/net/index.ts'
import type { Plan } from '../../src/plan/plan.ts'
import { planNetworks } from '../../src/plan/plan-networks.ts'
import type { Problem } from '../../src/problem/problem.ts'
import { readTopology } from '../../src/topology/read.ts'
import type { EngineVersion } from '../../src/version.ts'

export interface Lab {
  readonly plan: Plan
  readonly problems: readonly Problem[]
  /** IPv4 address without prefix length, `''` for none. */
  ip(container: string, network?: string): string
  ip6(container: string, network?: string): string
  mac(container: string): string
  /** `eth0` … by network. */
  interfaces(container: string): Record<string, string>
  /** `NETWORK via ADDRESS`, or `none`. */
  route(container: string): string
  ports(container: string): string[]
  subnets(network: string): readonly string[]
  gateways(network: string): readonly string[]
  /** Message of the n-th command, from 0; `null` when it was done. */
  error(step: number): string | null
}

/**
 * @param body commands one a line; lines before a line `---` are the rest of the block.
 */
export function lab(engine: EngineVersion, body: string): Lab {
  const [first = '', second] = body.split(/^\s*---\s*$/m)
  const head = second === undefined ? '' : outdent(first)
  const commands = (second ?? first).split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]))
  const list = commands.map((command) => `- ${JSON.stringify(command)}`)
  const block = [`engine: ${engine}`, head, ...(list.length === 0 ? [] : ['commands:', ...list])].join('\n')
  const problems: Problem[] = []
  const topology = readTopology(block, (problem) => problems.push(problem))
  if (topology === null) throw new Error(JSON.stringify(problems))
  const plan = planNetworks(topology, (problem) => problems.push(problem), null, 'absent')
  const steps = plan.steps.slice(plan.steps.length - commands.length)
  const attachment = (container: string, network?: string) => {
    const endpoints = plan.containers.get(container)?.endpoints
    return network === undefined ? [...(endpoints?.values() ?? [])][0] : endpoints?.get(network)
  }
  return {
    plan,
    problems,
    ip: (container, network) => addressText(attachment(container, network)?.ipv4?.address),
    ip6: (container, network) => addressText(attachment(container, network)?.ipv6?.address),
    mac: (container) => attachment(container)?.mac ?? '',
    interfaces: (container) =>
      Object.fromEntries(
        [...(plan.containers.get(container)?.endpoints ?? [])].map(([key, e]) => [key, e.interface]),
      ),
    route(container) {
      const route = plan.containers.get(container)?.defaultRoute
      return route === null || route === undefined ? 'none' : `${route.network} via ${addressText(route.via)}`
    },
    ports: (container) =>
      (plan.containers.get(container)?.ports ?? []).map(
        ({ ip, port, target, protocol }) => `${formatSocket(ip, port)}->${target}/${protocol}`,
      ),
    subnets: (network) => (plan.networks.get(network)?.subnets ?? []).map(formatCidr),
    gateways: (network) =>
      (plan.networks.get(network)?.subnets ?? []).map(({ gateway }) => addressText(gateway)),
    error: (step) => steps[step]?.error?.message ?? null,
  }
}

function outdent(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const indent = Math.min(...lines.map((line) => line.length - line.trimStart().length))
  return lines.map((line) => line.slice(indent)).join('\n')
}

/** `docker run -d` of so many containers on a network, c1, c2, … */
export function runMany(count: number, network: string, from = 1): string {
  return Array.from(
    { length: count },
    (_, i) => `docker run -d --name c${from + i} --network ${network} bb`,
  ).join('\n')
}
