/** What names, resolvers, routes and drivers depend on besides addresses: compared where both sides say something. */
import { formatNetworkConnect, formatNetworkDisconnect } from '../command/format.ts'
import { NO_WISHES } from '../engine/operation.ts'
import type { Plan, PlanContainer, PlanNetwork } from '../plan/plan.ts'
import { type Difference, differ } from './difference.ts'
import type { InspectedContainer, InspectedNetwork } from './inspect.ts'
import type { NamedEngine } from './names.ts'
import { rerunAdvice } from './rerun.ts'

const SERVICE = 'com.docker.compose.service'

export function verifySettings(
  plan: Plan,
  container: PlanContainer,
  found: InspectedContainer,
  engine: NamedEngine,
): Difference[] {
  const about = { network: '', endpoint: container.name }
  const isTask = container.service !== ''
  const ownsNames = container.mode === 'networks' || container.mode === 'none'
  const again = `or ${rerunAdvice(plan, container, engine, found)}`
  const image = imageText(found.image)
  return [
    ...(container.image === '' || image === ''
      ? []
      : differ(
          'IMAGE_DIFFERS',
          about,
          imageText(container.image),
          image,
          `in the block: image: ${found.image}; ${again}`,
        )),
    ...(isTask || !ownsNames || found.hostname === ''
      ? []
      : differ(
          'HOSTNAME_DIFFERS',
          about,
          container.hostname || shortId(found.id),
          found.hostname,
          `in the block: hostname: ${found.hostname}; ${again}`,
        )),
    ...(isTask || !ownsNames ? [] : verifyResolver(plan, container, found, again)),
    ...(found.state !== 'running' || isTask ? [] : verifyAttachments(plan, container, found, engine)),
  ]
}

/** What the engine's own settings say goes for those that say nothing. */
function verifyResolver(
  plan: Plan,
  container: PlanContainer,
  found: InspectedContainer,
  again: string,
): Difference[] {
  const about = { network: '', endpoint: container.name }
  const own = plan.hosts.find(({ name }) => name === container.host)?.daemon
  const { servers, search, options } = container.dnsSettings
  const line = (
    what: string,
    planned: readonly string[],
    real: readonly string[],
    inherited: readonly string[],
  ) => {
    const text = planned.join(' ')
    if (real.length === 0 && text === inherited.join(' ')) return []
    const key = what === 'dns_opt' ? 'dns_opt' : what
    const advice = `in the block: ${key}: [${real.join(', ')}] for ${container.name}; ${again}`
    return differ(
      'DNS_DIFFERS',
      about,
      text === '' ? '' : `${what} ${text}`,
      real.length === 0 ? '' : `${what} ${real.join(' ')}`,
      advice,
    )
  }
  const known = new Map(container.extraHosts.map(({ name, address }) => [name, address]))
  const lines = found.extraHosts.map((text) => {
    const [, name = text, address = ''] = /^([^:=]+)[:=](.*)$/.exec(text) ?? []
    return [
      name,
      address === 'host-gateway' ? (known.get(name) ?? address) : address.replace(/^\[(.*)\]$/, '$1'),
    ]
  })
  const written = found.extraHosts.map((text) => JSON.stringify(text)).join(', ')
  return [
    ...line('dns', servers, found.dns, own?.dns ?? []),
    ...line('dns_search', search, found.dnsSearch, own?.dnsSearch ?? []),
    ...line('dns_opt', options, found.dnsOptions, own?.dnsOptions ?? []),
    ...differ(
      'EXTRA_HOSTS_DIFFER',
      about,
      [...known]
        .map((pair) => pair.join(':'))
        .sort()
        .join(', '),
      lines
        .map((pair) => pair.join(':'))
        .sort()
        .join(', '),
      `in the block: extra_hosts: [${written}] for ${container.name}; ${again}`,
    ),
  ]
}

function verifyAttachments(
  plan: Plan,
  container: PlanContainer,
  found: InspectedContainer,
  engine: NamedEngine,
): Difference[] {
  return [...container.endpoints].flatMap(([key, attachment]) => {
    const network = plan.networks.get(key)
    const name = engine.networks.get(key)?.network.name ?? network?.name ?? key
    const real = found.attachments.find((one) => one.network === name)
    if (real === undefined || network === undefined) return []
    const about = { network: key, endpoint: container.name }
    // Up to 24 the engine lists the host name too.
    const silent = new Set([
      container.name,
      found.name,
      shortId(found.id),
      found.labels.get(SERVICE) ?? '',
      container.hostname,
      found.hostname,
    ])
    const aliases = (list: readonly string[]): string =>
      [...new Set(list)]
        .filter((alias) => !silent.has(alias))
        .sort()
        .join(', ')
    const wanted = aliases(attachment.aliases)
    const join = formatNetworkConnect(
      {
        ...NO_WISHES,
        network: name,
        ipv4: attachment.ipv4?.certainty === 'declared' ? addressOf(real.ipv4) : '',
        aliases: wanted === '' ? [] : wanted.split(', '),
        gwPriority: attachment.gwPriority,
      },
      found.name,
    )
    const again = `on the engine: ${formatNetworkDisconnect(name, found.name)}, then ${join}`
    return [
      ...(network.name === 'bridge'
        ? []
        : differ(
            'ALIASES_DIFFER',
            about,
            wanted,
            aliases(real.aliases),
            `in the block: aliases: [${aliases(real.aliases)}] for ${container.name} on ${key}; or ${again}`,
          )),
      ...differ(
        'GATEWAY_PRIORITY_DIFFERS',
        about,
        String(attachment.gwPriority),
        String(real.gwPriority),
        `in the block: gw_priority: ${real.gwPriority} for ${container.name} on ${key}; or ${again}`,
      ),
    ]
  })
}

const addressOf = (cidr: string): string => cidr.replace(/\/\d+$/, '')
const shortId = (id: string): string => id.slice(0, 12)

/** Without what goes without saying: the registry, `library/`, `:latest`, and a digest behind a tag. */
function imageText(image: string): string {
  const plain = image.replace(/^(?:docker\.io\/)?(?:library\/)?/, '').replace(/(:[^:@/]+)@sha256:.*$/, '$1')
  return plain.startsWith('sha256:') ? '' : plain.replace(/:latest$/, '')
}

/** Networks that Docker makes by itself, with options of its own. */
const OWN: ReadonlySet<string> = new Set(['bridge', 'docker_gwbridge', 'ingress', 'host', 'none'])

/** What holds where an option is not written. @see moby `libnetwork/drivers/bridge/bridge_linux.go` */
const DEFAULTS: ReadonlyMap<string, string> = new Map([
  ['com.docker.network.bridge.enable_icc', 'true'],
  ['com.docker.network.bridge.enable_ip_masquerade', 'true'],
  ['com.docker.network.enable_ipv4', 'true'],
  ['com.docker.network.enable_ipv6', 'false'],
  ['macvlan_mode', 'bridge'],
  ['ipvlan_mode', 'l2'],
  ['ipvlan_flag', 'bridge'],
])
/** Given by the managers, or told by flags. */
const NOT_COMPARED: ReadonlySet<string> = new Set([
  'com.docker.network.driver.overlay.vxlanid_list',
  'com.docker.network.enable_ipv4',
  'com.docker.network.enable_ipv6',
])

export function verifyOptions(network: PlanNetwork, found: InspectedNetwork, recreate: string): Difference[] {
  if (OWN.has(network.name)) return []
  const keys = new Set([...network.options.keys(), ...found.options.keys()])
  const differing = [...keys].sort().filter((key) => {
    if (NOT_COMPARED.has(key)) return false
    const real = found.options.get(key)
    // The dummy that the engine has made where none was given.
    if (key === 'parent' && real !== undefined && /^d[im]-/.test(real) && !network.options.has(key))
      return false
    return settled(key, network.options.get(key)) !== settled(key, real)
  })
  const text = (options: ReadonlyMap<string, string>): string =>
    differing.flatMap((key) => (options.has(key) ? [`${key}=${options.get(key)}`] : [])).join(', ')
  if (differing.length === 0) return []
  const written = differing
    .map((key) => `${key}: ${JSON.stringify(found.options.get(key) ?? DEFAULTS.get(key) ?? '')}`)
    .join(', ')
  const about = { network: network.key, endpoint: '' }
  const advice = `in the block: driver_opts: { ${written} } for ${network.key}; or ${recreate}`
  return differ(
    'OPTIONS_DIFFER',
    about,
    text(network.options) || 'defaults',
    text(found.options) || 'defaults',
    advice,
  )
}

function settled(key: string, value: string | undefined): string {
  const text = value ?? DEFAULTS.get(key) ?? ''
  return /^(?:1|t|true)$/i.test(text) ? 'true' : /^(?:0|f|false)$/i.test(text) ? 'false' : text
}
