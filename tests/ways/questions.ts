/** Everything that can be asked in a plan: who sends where, with the word a program would be given. */
import { addressText, type Cidr, formatAddress } from '../../src/net/index.ts'
import type { Plan, PlanContainer, PlanHost, PlanNetwork } from '../../src/plan/plan.ts'
import { LAN } from './lan.ts'

export interface Question {
  /** A container, a host, `client` or `outside`. */
  readonly from: string
  /** An address or a name. */
  readonly target: string
  readonly port: number
  readonly protocol: 'tcp' | 'udp'
}

/** As `trace` takes it. */
export function textOf({ from, target, port, protocol }: Question): string {
  const to = target.includes(':') ? `[${target}]` : target
  return `${from} -> ${to}:${port}${protocol === 'udp' ? '/udp' : ''}`
}

type Target = Omit<Question, 'from'>

const bare = (cidr: Cidr | null): string => addressText(cidr?.address)
const tcp = (target: string, port: number): Target => ({ target, port, protocol: 'tcp' })
const udp = (target: string, port: number): Target => ({ target, port, protocol: 'udp' })

export function questionsIn(plan: Plan): readonly Question[] {
  const running = [...plan.containers.values()].filter((container) => container.state === 'running')
  const questions: Question[] = []
  const add = (from: string, targets: readonly Target[]): void => {
    for (const target of targets) questions.push({ from, ...target })
  }
  const published = publishedPorts(running)
  const addresses = running.flatMap(addressesOf)
  for (const container of running) {
    const host = plan.hosts.find(({ name }) => name === container.host)
    add(container.name, [
      ...addresses.flatMap((target) => [tcp(target, 80), udp(target, 80)]),
      ...names(plan, running).map((name) => tcp(name, 80)),
      ...(isKnown(plan, container)
        ? loopback(published)
        : container.mode === 'networks'
          ? [tcp('127.0.0.1', 80)]
          : []),
      ...atHosts(plan, published),
      ...(container.mode === 'networks' && host !== undefined ? bridgeGateways(plan, host) : []).flatMap(
        (gateway) => published.map((port) => ({ ...port, target: gateway })),
      ),
      ...(container.mode === 'host' || host === undefined ? [] : [tcp(bare(host.address), 9)]),
      tcp(LAN.client, 80),
      udp(LAN.outside, 80),
      tcp(LAN.outsideName, 80),
    ])
  }
  for (const host of plan.hosts) {
    add(host.name, [
      ...addresses.flatMap((target) => [tcp(target, 80)]),
      ...loopback(published),
      ...atHosts(plan, published),
      ...bridgeGateways(plan, host).flatMap((gateway) =>
        published.map((port) => ({ ...port, target: gateway })),
      ),
      tcp(LAN.client, 80),
      tcp(LAN.outside, 80),
    ])
  }
  add('client', [
    ...addresses.flatMap((target) => [tcp(target, 80)]),
    ...addresses.slice(0, 2).map((target) => udp(target, 80)),
    ...atHosts(plan, published),
    ...plan.hosts.map((host) => tcp(bare(host.address), 9)),
  ])
  const known = new Set<string>()
  return questions.filter((question) => {
    const text = textOf(question)
    if (known.has(text)) return false
    known.add(text)
    return true
  })
}

/** Whether all containers of a sandbox say what they listen on; else nobody can tell what is closed there. */
function isKnown(plan: Plan, container: PlanContainer): boolean {
  const owner = container.mode === 'container' ? container.sharedWith : container.name
  return [...plan.containers.values()].every(
    ({ name, sharedWith, listens }) => listens !== null || (name !== owner && sharedWith !== owner),
  )
}

function addressesOf({ endpoints }: PlanContainer): readonly string[] {
  return [...endpoints.values()]
    .flatMap(({ ipv4, ipv6 }) => [bare(ipv4), bare(ipv6)])
    .filter((text) => text !== '')
}

/** Published ports, and those that a container on the host's own network is said to listen on. */
function publishedPorts(containers: readonly PlanContainer[]): readonly Target[] {
  return containers.flatMap(({ ports, exposed, mode }): readonly Target[] =>
    [
      ...ports,
      ...(mode === 'host' ? exposed.map(({ first, protocol }) => ({ port: first, protocol })) : []),
    ].map(({ port, protocol }) => ({ target: '', port, protocol: protocol === 'udp' ? 'udp' : 'tcp' })),
  )
}

function names(plan: Plan, containers: readonly PlanContainer[]): readonly string[] {
  return [
    ...containers.flatMap((container) => [
      container.name,
      ...container.dns,
      ...container.links.keys(),
      ...[...container.endpoints.values()].flatMap(({ aliases }) => aliases),
    ]),
    ...[...plan.networks.keys()].slice(0, 2).map((key) => `${containers[0]?.name ?? 'x'}.${key}`),
    'localhost',
  ]
}

const loopback = (published: readonly Target[]): readonly Target[] => [
  tcp('127.0.0.1', 80),
  tcp('127.0.0.1', 9),
  ...['127.0.0.1', '::1', 'localhost'].flatMap((target) => published.map((port) => ({ ...port, target }))),
]

const atHosts = (plan: Plan, published: readonly Target[]): readonly Target[] =>
  plan.hosts.flatMap((host) => published.map((port) => ({ ...port, target: bare(host.address) })))

const gatewayTexts = ({ subnets }: PlanNetwork): readonly string[] =>
  subnets.flatMap(({ gateway }) => (gateway === null ? [] : [formatAddress(gateway)]))

function bridgeGateways(plan: Plan, host: PlanHost): readonly string[] {
  return [...plan.networks.values()]
    .filter((network) => network.driver === 'bridge' && network.host === host.name)
    .flatMap(gatewayTexts)
    .slice(0, 4)
}
