/** A plan as it is kept: the commands with what they said, and who has which address. */
import { planSource } from '../../src/compile.ts'
import { IN_ORDER } from '../../src/engine/order.ts'
import { addressText, formatCidr, formatSocket } from '../../src/net/index.ts'
import { planJson } from '../../src/plan/json.ts'
import type { Plan, PlanAddress } from '../../src/plan/plan.ts'
import { plannerOf } from '../../src/plan/plan-networks.ts'
import type { Problem } from '../../src/problem/problem.ts'
import { readTopology } from '../../src/topology/read.ts'
import type { Topology } from '../../src/topology/topology.ts'
import type { Block } from './corpus.ts'
import type { Kept } from './kept.ts'

const stepLines = ({ steps, hosts }: Plan): readonly string[] =>
  steps.flatMap(({ host, command, error }) => [
    `${hosts.length > 1 ? `[${host}] ` : ''}$ ${command}`,
    ...(error === null ? [] : error.message.split('\n').map((line) => `  ! ${line}`)),
  ])

const networkLines = ({ networks }: Plan): readonly string[] =>
  [...networks.values()].map(({ key, driver, subnets, internal }) =>
    [
      `${key}: ${driver}${internal ? ' internal' : ''}`,
      ...subnets.map((one) => `${formatCidr(one)} via ${addressText(one.gateway) || 'none'}`),
    ].join(', '),
  )

const addressOf = (own: PlanAddress | null): string =>
  `${formatCidr(own)}${own?.certainty === 'one-of-several' ? ' †' : ''}`

const containerLines = ({ containers }: Plan): readonly string[] =>
  [...containers.values()].map(({ name, state, endpoints, defaultRoute, ports }) =>
    [
      `${name}: ${state}`,
      ...[...endpoints].map(
        ([network, { ipv4, ipv6, mac }]) =>
          `${network} ${[addressOf(ipv4), addressOf(ipv6), mac].filter((text) => text !== '').join(' ')}`,
      ),
      ...(defaultRoute === null ? [] : [`default by ${defaultRoute.network}`]),
      ...ports.map(({ ip, port, target, protocol }) => `${formatSocket(ip, port)} → ${target}/${protocol}`),
    ].join(', '),
  )

/** Planned in our own order alone: other orders cost as much again each. */
export function onePlan(source: string): {
  readonly plan: Plan | null
  readonly topology: Topology | null
  readonly problems: readonly Problem[]
} {
  const problems: Problem[] = []
  const topology = readTopology(source, (problem) => problems.push(problem))
  if (topology === null) return { plan: null, topology, problems }
  const made = plannerOf(topology, null, 'exists')(IN_ORDER)
  return { plan: made.plan, topology, problems: [...problems, ...made.problems] }
}

/** What a plan has, and what programs said; of what we say of it only the codes. */
export function keptPlan({ title, source }: Block): Kept {
  const made = onePlan(source)
  return keptOf(title, made, ({ code, severity }) => `${severity} ${code}`)
}

/** What a plan has, with where and what the author is told. */
export function keptTold({ title, source }: Block): Kept {
  return keptOf(title, onePlan(source), ({ code, severity, hint, span, related }) => {
    const places = [span, ...related.map((one) => one.span)].map(({ start, end }) => source.slice(start, end))
    return `${severity} ${code} at ${places.join(' and ')}: ${hint}`
  })
}

/** With other orders, and with all that the author is told. */
export function keptWhole({ title, source }: Block): Kept {
  const made = planSource(source)
  return keptOf(title, made, ({ code, severity, message, hint, span, related }) => {
    const places = [span, ...related.map((one) => one.span)].map(({ start, end }) => `${start}-${end}`)
    return `${severity} ${code} at ${places.join(', ')}: ${message} | ${hint}`
  })
}

function keptOf(
  title: string,
  { plan, problems }: { readonly plan: Plan | null; readonly problems: readonly Problem[] },
  told: (problem: Problem) => string,
): Kept {
  return {
    title,
    text: [
      ...(plan === null ? [] : [...stepLines(plan), ...networkLines(plan), ...containerLines(plan)]),
      ...problems.map(told),
    ].join('\n'),
    // The form that is fixed; what else a plan has is seen in ways, prints and figures.
    whole: planJson(plan, []),
    kinds: [
      ...problems.map(({ code }) => code),
      ...(plan?.steps.flatMap(({ error }) => (error === null ? [] : kindOfMessage(error.message))) ?? []),
    ],
  }
}

/** The first words of a refusal, without names and numbers. */
const kindOfMessage = (message: string): string =>
  (message.match(/(?<![\w"'.:/-])[a-z]{4,}(?![\w"'.:/-])/g) ?? []).slice(0, 5).join(' ')
