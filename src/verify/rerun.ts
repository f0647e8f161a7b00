/** How a container of a plan is made on an engine where it is missing, or where it was made another way. */
import { formatContainerRemove } from '../command/format.ts'
import { addressText, formatSocket } from '../net/index.ts'
import type { Plan, PlanAttachment, PlanContainer, PlanNetwork } from '../plan/plan.ts'
import { shellWord } from '../problem/command-line.ts'
import { runCommands } from './commands.ts'
import type { InspectedContainer } from './inspect.ts'
import type { NamedEngine } from './names.ts'
import type { Named, Sandbox } from './sandboxes.ts'

const PROJECT = 'com.docker.compose.project'

/** All commands that make it, in one line; behind `docker rm -f` where `found` is in the way. */
export function rerunAdvice(
  plan: Plan,
  container: PlanContainer,
  engine: NamedEngine,
  found: InspectedContainer | null,
): string {
  if (isOfCompose(container, engine, found)) return 'on the engine: docker compose up -d'
  const sandbox = sandboxOf(plan, container, engine)
  const made = runCommands(sandbox, new Set()).map((line, i) =>
    i === 0 && container.state !== 'running' ? line.replace('docker run -d', 'docker create') : line,
  )
  const before = found === null ? [] : [formatContainerRemove([found.name])]
  return `on the engine: ${[...before, ...made].join(', then ')}`
}

function isOfCompose(
  container: PlanContainer,
  engine: NamedEngine,
  found: InspectedContainer | null,
): boolean {
  if (found !== null) return found.labels.has(PROJECT)
  return [...container.endpoints.keys()].some((key) => engine.networks.get(key)?.network.labels.has(PROJECT))
}

/** A container that the plan does not have, with the addresses of one that is missing: it has another name now. */
export function renamedTo(
  container: PlanContainer,
  planned: ReadonlySet<string>,
  engine: NamedEngine,
): InspectedContainer | null {
  const texts = (list: readonly (readonly [string, string])[]): string => list.map(String).sort().join(' ')
  const own = [...container.endpoints].map(
    ([key, { ipv4 }]) => [engine.networks.get(key)?.network.name ?? key, addressText(ipv4?.address)] as const,
  )
  if (own.length === 0) return null
  for (const [name, found] of engine.containers) {
    const its = found.attachments.map(({ network, ipv4 }) => [network, ipv4.replace(/\/.*/, '')] as const)
    if (!planned.has(name) && texts(its) === texts(own)) return found
  }
  return null
}

function sandboxOf(plan: Plan, container: PlanContainer, engine: NamedEngine): Sandbox<Named> {
  const nameOf = (network: PlanNetwork): string =>
    engine.networks.get(network.key)?.network.name ?? network.name
  return {
    name: container.name.split('@')[0] ?? container.name,
    task: null,
    image: container.image,
    mode: container.mode === 'container' ? `container:${container.sharedWith}` : container.mode,
    attachments: [...container.endpoints].flatMap(([key, attachment]) => {
      const network = plan.networks.get(key)
      return network === undefined
        ? []
        : [attachmentOf(plan, container, network, nameOf(network), attachment)]
    }),
    ports: container.ports
      .filter(({ ip }) => ip.family === 4 || ip.value !== 0n)
      .map(
        ({ ip, port, target, protocol }) =>
          `${ip.value === 0n ? port : formatSocket(ip, port)}:${target}${protocol === 'tcp' ? '' : `/${protocol}`}`,
      ),
    hostname: container.hostname,
    dns: container.dnsSettings.servers,
    dnsSearch: container.dnsSettings.search,
    dnsOptions: container.dnsSettings.options,
    extraHosts: container.extraHosts.map(({ text }) => text),
    state: container.state,
  }
}

/** An address is asked for where the engine takes one, so that it is the plan's whatever is free. */
function attachmentOf(
  plan: Plan,
  container: PlanContainer,
  network: PlanNetwork,
  name: string,
  { ipv4, ipv6, mac, aliases, gwPriority, links }: PlanAttachment,
): Sandbox<Named>['attachments'][number] {
  const isDefault = network.name === 'bridge'
  const takes = (family: 4 | 6): boolean =>
    !isDefault &&
    (!plan.rules.staticAddressNeedsGivenSubnet ||
      network.subnets.some((subnet) => subnet.given && subnet.address.family === family))
  const own = isDefault ? container.links : links
  return {
    network: { name },
    ipv4: takes(4) ? addressText(ipv4?.address) : '',
    ipv6: takes(6) ? addressText(ipv6?.address) : '',
    mac,
    aliases: aliases.filter((alias) => alias !== container.name),
    links: [...own].map(([alias, target]) => `${target}:${alias}`),
    gwPriority,
  }
}

/** `docker rename NOW BEFORE`. */
export const renameAdvice = (found: InspectedContainer, container: PlanContainer): string =>
  `on the engine: docker rename ${shellWord(found.name)} ${shellWord(container.name)}`
