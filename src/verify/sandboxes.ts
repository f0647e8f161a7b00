/** The containers of an engine with their addresses, put together from both kinds of inspect. */
import type { Inspected, InspectedContainer, InspectedNetwork } from './inspect.ts'

/** @typeParam Network what is known of its networks: all, or their names. */
export interface Sandbox<Network extends Named = InspectedNetwork> {
  readonly name: string
  /** Swarm service it is a task of, or `null`. */
  readonly task: string | null
  readonly image: string
  /** `networks`, `host`, `none` or `container:NAME`. */
  readonly mode: string
  readonly attachments: readonly SandboxAttachment<Network>[]
  /** As `-p` takes them. */
  readonly ports: readonly string[]
  /** `''` where it follows from the id. */
  readonly hostname: string
  readonly dns: readonly string[]
  readonly dnsSearch: readonly string[]
  readonly dnsOptions: readonly string[]
  readonly extraHosts: readonly string[]
  /** `created` and `exited` hold no address; all others are as good as running. */
  readonly state: 'running' | 'created' | 'exited'
}

export type Named = Pick<InspectedNetwork, 'name'>

export interface SandboxAttachment<Network extends Named = InspectedNetwork> {
  readonly network: Network
  readonly ipv4: string
  readonly ipv6: string
  readonly mac: string
  readonly aliases: readonly string[]
  /** As `--link` takes them. */
  readonly links: readonly string[]
  readonly gwPriority: number
}

/** Stands for an image that only `docker inspect` of the container would tell. */
const UNKNOWN_IMAGE = 'image'

/** In order of names. Load balancers and swarm's own sandboxes are left out: they come with their networks. */
export function sandboxesOf(inspected: Inspected): Sandbox[] {
  const byId = new Map(inspected.containers.map((container) => [container.id, container]))
  const names = new Map(inspected.containers.map(({ id, name }) => [id, name]))
  const attachments = new Map<string, SandboxAttachment[]>()
  for (const network of inspected.networks)
    for (const { key, name, ipv4, ipv6, mac } of network.endpoints) {
      const isContainer = /^[0-9a-f]{64}$/.test(key) && !name.startsWith('gateway_')
      if (!isContainer) continue
      names.set(key, names.get(key) ?? name)
      attachments.set(key, [
        ...(attachments.get(key) ?? []),
        { network, ipv4, ipv6, mac, ...wishesOf(byId.get(key), network.name) },
      ])
    }
  for (const container of inspected.containers) {
    if (stateOf(container) === 'running') continue
    const own = container.attachments.flatMap(({ network: name }) => {
      const network = inspected.networks.find((one) => one.name === name)
      return network === undefined
        ? []
        : [{ network, ipv4: '', ipv6: '', mac: '', ...wishesOf(container, name) }]
    })
    attachments.set(container.id, own)
  }
  return [...names]
    .sort(([, a], [, b]) => (a < b ? -1 : 1))
    .map(([id, name]): Sandbox => {
      const container = byId.get(id)
      const joined = (attachments.get(id) ?? []).filter(
        ({ network }) => network.driver !== 'host' && network.driver !== 'null',
      )
      return {
        name,
        task: /^(.+)\.(?:[0-9]+|[0-9a-z]{25})\.[0-9a-z]{25}$/.exec(name)?.[1] ?? null,
        image: container?.image || UNKNOWN_IMAGE,
        mode: modeOf(container?.networkMode ?? '', joined.length, names),
        attachments: joined,
        ports: container === undefined ? [] : portsOf(container),
        hostname: container === undefined || id.startsWith(container.hostname) ? '' : container.hostname,
        dns: container?.dns ?? [],
        dnsSearch: container?.dnsSearch ?? [],
        dnsOptions: container?.dnsOptions ?? [],
        extraHosts: container?.extraHosts ?? [],
        state: container === undefined ? 'running' : stateOf(container),
      }
    })
}

const stateOf = ({ state }: InspectedContainer): Sandbox['state'] =>
  state === 'created' ? 'created' : ['exited', 'dead'].includes(state) ? 'exited' : 'running'

function wishesOf(
  container: InspectedContainer | undefined,
  network: string,
): Pick<SandboxAttachment, 'aliases' | 'links' | 'gwPriority'> {
  const own = container?.attachments.find((one) => one.network === network)
  return {
    aliases: aliasesOf(container, network),
    links: own?.links ?? [],
    gwPriority: own?.gwPriority ?? 0,
  }
}

function modeOf(mode: string, joined: number, names: ReadonlyMap<string, string>): string {
  if (mode === 'host') return mode
  if (mode.startsWith('container:')) {
    const target = mode.slice('container:'.length)
    // Its sandbox went with a container that is gone.
    const name = names.get(target)
    return name === undefined ? 'none' : `container:${name}`
  }
  return joined === 0 ? 'none' : 'networks'
}

/** Without those an engine or Compose adds: the id, the container's and the service's own name, up to 24 the host name. */
function aliasesOf(container: InspectedContainer | undefined, network: string): readonly string[] {
  if (container === undefined) return []
  const service = container.labels.get('com.docker.compose.service')
  const aliases = container.attachments.find((attachment) => attachment.network === network)?.aliases ?? []
  return aliases.filter(
    (alias) =>
      alias !== container.name &&
      alias !== service &&
      alias !== container.hostname &&
      !container.id.startsWith(alias),
  )
}

/** `[::]` comes with `0.0.0.0` and is not written twice. */
function portsOf({ ports }: InspectedContainer): string[] {
  return ports
    .filter(({ host }) => host !== '' && !host.startsWith('[::]:'))
    .map(({ host, container }) => `${host.replace(/^0\.0\.0\.0:/, '')}:${container.replace(/\/tcp$/, '')}`)
}
