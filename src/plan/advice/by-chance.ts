/** What of a plan may be otherwise on a real machine: told once for each cause, with what pins it. */
import { formatPrefix, prefixOf } from '../../net/index.ts'
import type { Report, Span } from '../../problem/problem.ts'
import { andList, listed, otherSide, type Said, say } from '../../problem/say.ts'
import type { NetworkEntry, Topology } from '../../topology/topology.ts'
import { addressesOf, pinOf } from '../certainty.ts'
import type { Plan, PlanEndpoint, PlanNetwork, PlanSubnet } from '../plan.ts'
import type { Assumption, Foreign } from '../project/external.ts'
import { warning } from './warning.ts'

/**
 * What the figure takes for granted of networks that are made elsewhere, in one warning with all there is to write.
 *
 * @returns Pins that it has told of.
 */
export function warnExternal(
  plan: Plan,
  assumptions: readonly Assumption[],
  report: Report,
): ReadonlySet<string> {
  const byName = new Map([...plan.networks.values()].reverse().map((network) => [network.name, network]))
  const found = assumptions.flatMap(({ entry, name }) => {
    const network = byName.get(name)
    return network === undefined ? [] : [{ entry, network }]
  })
  const [first, ...others] = found
  if (first === undefined) return new Set()
  const names = listed(found.map(({ entry }) => entry.key))
  const all = [...new Set(found.map(({ network }) => network.driver))]
  const drivers = andList(all)
  const subnets = first.network.subnets.map(subnetText).join(', ')
  const alone = /^[aeiou]/.test(first.network.driver)
    ? say`Network ${names} is made outside of this file; the figure takes it for an ${drivers} network with the subnet ${subnets}, and nobody else is on it`
    : say`Network ${names} is made outside of this file; the figure takes it for a ${drivers} network with the subnet ${subnets}, and nobody else is on it`
  const message =
    others.length === 0
      ? alone
      : say`Networks ${names} are made outside of this file; the figure takes them for ${drivers} networks with subnets that may be others, and nobody else is on them`
  const entries = found.map(({ entry, network }) => `${entry.key}: { ${described(entry, network)} }`)
  const written = `x-docker-network: { networks: { ${entries.join(', ')} } }`
  const hint =
    others.length === 0 ? say`Write what it has: ${written}.` : say`Write what they have: ${written}.`
  const related = others.map(({ entry }) => otherSide(say`made elsewhere too`, entry.span))
  report(warning('EXTERNAL_ASSUMED', first.entry.span, message, hint, related))
  return new Set(found.flatMap(({ network }) => network.subnets.map(({ pin }) => pin)))
}

/** The same of containers and networks that services share by their mode. @returns Pins that it has told of. */
export function warnForeign(
  plan: Plan,
  topology: Topology,
  foreign: readonly Foreign[],
  report: Report,
): ReadonlySet<string> {
  const networks = new Set([...plan.networks.values()].map(({ name }) => name))
  const containers = new Set([...plan.containers.values()].map(({ name }) => name))
  const isLeft = ({ kind, name }: Foreign): boolean =>
    (kind === 'container' ? containers : networks).has(name)
  for (const { kind, name, span, command } of foreign.filter(isLeft)) {
    const message =
      kind === 'container'
        ? say`Container "${name}" is made outside of this file; the figure takes it for one on the default bridge`
        : say`Network "${name}" is made outside of this file; the figure takes it for a bridge network of the default pools, and nobody else is on it`
    const hint =
      topology.commands.length > 0
        ? say`Say what it is, before the other commands: ${command}.`
        : say`Write what it is: x-docker-network: { commands: [${JSON.stringify(command)}, docker compose up -d] }.`
    report(warning('EXTERNAL_ASSUMED', span, message, hint))
  }
  return new Set(foreign.map(({ command }) => command))
}

const subnetText = ({ address, length }: PlanSubnet): string => formatPrefix(prefixOf({ address, length }))

function described({ driver }: NetworkEntry, network: PlanNetwork): string {
  const subnets = network.subnets.map((subnet) => `{ subnet: "${subnetText(subnet)}" }`).join(', ')
  const isSaid = driver !== null || network.driver === 'bridge'
  return `${isSaid ? '' : `driver: ${network.driver}, `}ipam: { config: [${subnets}] }`
}

/** One warning for the subnets, one for the addresses of each network. @param told Pins that need no more words. */
export function warnChance(plan: Plan, topology: Topology, told: ReadonlySet<string>, report: Report): void {
  const uncertain = [...plan.networks.values()].filter(
    ({ subnets }) => !['', ...told].includes(pinOf(subnets)),
  )
  const [first] = uncertain
  if (first !== undefined) {
    const names = uncertain.map((network) => network.key)
    const message =
      names.length === 1
        ? say`Docker leaves to chance which subnet network ${listed(names)} gets; the figure shows one possibility`
        : say`Docker leaves to chance which of the networks ${listed(names)} gets which subnet; the figure shows one possibility`
    report(
      warning(
        'SUBNET_BY_CHANCE',
        placeOf(topology, first),
        message,
        subnetHint(uncertain, pinOf(first.subnets)),
      ),
    )
  }
  let toldOfTasks = false
  for (const network of plan.networks.values()) {
    const isSwarm = network.scope === 'swarm'
    // The addresses there follow the tasks, and one word on the tasks of a block is enough.
    if (network.name === 'docker_gwbridge' || (isSwarm && (network.ingress || toldOfTasks))) continue
    const known = new Set([...told, ...network.subnets.map(({ pin }) => pin)])
    const loose = [...network.endpoints.values()].filter((one) => pinBeside(one, known) !== '')
    const [endpoint] = loose
    if (endpoint === undefined) continue
    toldOfTasks ||= isSwarm
    const names = loose.map((one) => one.name)
    const message =
      names.length === 1
        ? say`Docker leaves to chance which address ${listed(names)} gets on network "${network.key}"; the figure shows one possibility`
        : say`Docker leaves to chance which address ${listed(names)} get on network "${network.key}"; the figure shows one possibility`
    const span = plan.containers.get(endpoint.container)?.span ?? placeOf(topology, network)
    report(warning('ADDRESS_BY_CHANCE', span, message, pinHint(pinBeside(endpoint, known))))
  }
}

/** All at once: one of them alone could meet another's choice. */
function subnetHint(networks: readonly PlanNetwork[], pin: string): Said {
  const entries = networks.flatMap(({ subnets }) => {
    const [, key] = /^networks\.(.+)\.ipam\.config/.exec(pinOf(subnets)) ?? []
    const config = subnets.map((subnet) => `{ subnet: "${subnetText(subnet)}" }`).join(', ')
    return key === undefined ? [] : [`${key}: { ipam: { config: [${config}] } }`]
  })
  if (entries.length < 2) return pinHint(pin)
  return say`To pin them: networks: { ${entries.join(', ')} }.`
}

/** What pins an address of an endpoint and is not told of its network already. */
function pinBeside(endpoint: PlanEndpoint, told: ReadonlySet<string>): string {
  const isOfNetwork = (pin: string): boolean => told.has(pin) || /^networks\..+\.ipam\.config\b/.test(pin)
  return addressesOf(endpoint).find(({ pin }) => pin !== '' && !isOfNetwork(pin))?.pin ?? ''
}

function placeOf(topology: Topology, network: PlanNetwork): Span {
  const [service] = topology.services.values()
  return network.span ?? service?.span ?? { start: 0, end: 0 }
}

function pinHint(pin: string): Said {
  // Some are sentences, which are templates without values.
  const [, code, more] = /^(services\.\S+?)(?: and (\S+))?, or depends_on$/.exec(pin) ?? []
  if (code !== undefined)
    return more === undefined
      ? say`To pin it: ${code}, or depends_on.`
      : say`To pin it: ${code} and ${more}, or depends_on.`
  const [, replicated] = /^(services\..+): write the replicas as services of their own/.exec(pin) ?? []
  const said: Said =
    replicated === undefined
      ? { template: pin, values: [] }
      : say`${replicated}: write the replicas as services of their own, each with ipv4_address`
  return say`To pin it: ${said}.`
}
