/**
 * Every key of the language, with the form of its value. The reader knows a key when it is here; the JSON Schema
 * is made from the same tables (scripts/make-schema.ts).
 */
import { ENGINE_VERSIONS } from '../version.ts'
import { FIGURE_PARTS, SIGNS, VIEWS } from './topology.ts'

/** A JSON Schema (draft 2020-12), as far as this language needs it. */
export type Schema = { readonly [keyword: string]: unknown } | boolean

export interface KeyForm {
  /** For editors, one sentence. */
  readonly doc: string
  readonly schema: Schema
}
export type KeyTable = ReadonlyMap<string, KeyForm>

const TEXT: Schema = { type: ['string', 'number', 'boolean', 'null'] }
const WORD: Schema = { type: ['string', 'null'] }
const FLAG: Schema = { type: ['boolean', 'string', 'null'] }
const COUNT: Schema = { type: ['integer', 'string', 'null'] }
const TEXTS: Schema = { type: ['array', 'null'], items: TEXT }
const ANYTHING: Schema = true
const TEXT_OR_TEXTS: Schema = { anyOf: [TEXT, TEXTS] }
const TEXT_MAP: Schema = { type: ['object', 'null'], additionalProperties: TEXT }
const oneOf = (values: readonly string[]): Schema => ({ enum: [...values, null] })
const listOf = (items: Schema): Schema => ({ type: ['array', 'null'], items })
const mapOf = (values: Schema): Schema => ({ type: ['object', 'null'], additionalProperties: values })
const ref = (name: string): Schema => ({ $ref: `#/$defs/${name}` })

const form = (doc: string, schema: Schema): KeyForm => ({ doc, schema })
const NO_EFFECT = 'Accepted as compose knows it; does not touch networking.'
function table(keys: Readonly<Record<string, KeyForm>>, ignored: string = ''): KeyTable {
  const all = new Map<string, KeyForm>(Object.entries(keys))
  for (const key of ignored.split(/\s+/)) if (key !== '') all.set(key, form(NO_EFFECT, ANYTHING))
  return all
}

export const DAEMON_KEYS = table(
  {
    bip: form('Address of docker0 with prefix length.', WORD),
    'fixed-cidr': form('Range of docker0 for containers.', WORD),
    'fixed-cidr-v6': form('IPv6 subnet of docker0.', WORD),
    'default-address-pools': form(
      'Pools that replace the built-in ones.',
      listOf({
        type: 'object',
        properties: { base: WORD, size: COUNT },
        required: ['base', 'size'],
        additionalProperties: false,
      }),
    ),
    ipv6: form('IPv6 on docker0.', FLAG),
    'userland-proxy': form('Whether docker-proxy serves published ports.', FLAG),
    'live-restore': form('Containers live on while the engine restarts.', FLAG),
    'default-gateway': form('Default route of containers on docker0.', WORD),
    'default-gateway-v6': form('IPv6 default route of containers on docker0.', WORD),
    icc: form('Containers of docker0 reach each other.', FLAG),
    'ip-masq': form("Packets of docker0 leave with the host's address.", FLAG),
    ip: form('Address of the host that ports of docker0 are published on.', WORD),
    mtu: form('MTU of docker0.', COUNT),
    ip6tables: form('IPv6 is filtered and translated.', FLAG),
    'default-network-opts': form('Options of new networks, by driver.', mapOf(TEXT_MAP)),
    dns: form('Nameservers of containers.', TEXT_OR_TEXTS),
    'dns-search': form('Search domains of containers.', TEXT_OR_TEXTS),
    'dns-opts': form('Resolver options of containers.', TEXT_OR_TEXTS),
    id: form("The engine's id, from which its ULA prefix follows.", WORD),
  },
  `allow-nondistributable-artifacts api-cors-header authorization-plugins bridge builder cgroup-parent
  containerd containerd-namespace containerd-plugin-namespace cpu-rt-period cpu-rt-runtime data-root debug
  default-cgroupns-mode default-ipc-mode default-runtime
  default-shm-size default-ulimits exec-opts exec-root experimental features group hosts
  http-proxy https-proxy init init-path insecure-registries ip-forward ip-forward-no-drop host-gateway-ip host-gateway-ips
  iptables labels log-driver log-format log-level log-opts max-concurrent-downloads
  max-concurrent-uploads max-download-attempts no-new-privileges no-proxy node-generic-resources pidfile proxies
  raw-logs registry-mirrors runtimes seccomp-profile selinux-enabled shutdown-timeout storage-driver storage-opts
  swarm-default-advertise-addr tls tlscacert tlscert tlskey tlsverify userland-proxy-path userns-remap
  allow-direct-routing bridge-accept-fwmark firewall-backend`,
)

export const HOST_KEYS = table({
  address: form('Address on the underlay in CIDR form.', WORD),
  interface: form('Interface on the underlay; eth0 unless written.', WORD),
  interfaces: form('Further interfaces with their addresses in CIDR form.', mapOf(TEXT_OR_TEXTS)),
  routes: form('Routes, e.g. "172.20.5.0/24 via 198.51.100.9".', listOf(WORD)),
  nameservers: form("Nameservers of the host's resolv.conf.", listOf(WORD)),
  listens: form(
    'Ports that processes of the machine itself listen on, e.g. 22, 53/udp, "127.0.0.1:5432".',
    TEXT_OR_TEXTS,
  ),
  role: form('Role in the swarm.', oneOf(['manager', 'worker'])),
  labels: form('Labels of the node in the swarm, as placements ask for them.', { anyOf: [TEXT_MAP, TEXTS] }),
  daemon: form("This host's own daemon.json.", ref('daemon')),
})

export const OUTSIDE_KEYS = table({
  icon: form('Sign: router, firewall, internet, machine or another; machine unless written.', oneOf(SIGNS)),
  address: form('Address, with or without a prefix length.', WORD),
  routes: form('Routes, e.g. "172.20.5.0/24 via 192.168.56.10".', listOf(WORD)),
})

const ENGINE_RELEASE = {
  anyOf: [
    { enum: [...ENGINE_VERSIONS, ...ENGINE_VERSIONS.map(Number), 20.1, null] },
    { type: 'string', pattern: `^v?(${ENGINE_VERSIONS.join('|')})(\\.[0-9]+){0,2}$` },
    { type: 'number', minimum: 20, exclusiveMaximum: 30 },
  ],
}
const OTHER_RELEASE = { anyOf: [{ type: 'number' }, { type: 'string', pattern: '^v?[0-9]+(\\.[0-9]+)*$' }] }

export const ENGINE_KEYS = table({
  release: form('Release of the Docker Engine; 29 unless written.', ENGINE_RELEASE),
  cli: form('Release of the docker command line; that of the engine unless written.', OTHER_RELEASE),
  compose: form(
    'Release of Docker Compose; the one that came with the engine unless written.',
    OTHER_RELEASE,
  ),
})

export const UNDERLAY_KEYS = table({
  subnet: form('Subnet that joins the hosts.', WORD),
  name: form('What the figure calls it.', WORD),
})

export const SWARM_KEYS = table({
  'default-addr-pool': form('Pools for overlays; 10.0.0.0/8 unless written.', TEXT_OR_TEXTS),
  'mask-length': form('Prefix length of an overlay from the pools; 24 unless written.', COUNT),
})

export const NETWORK_KEYS = table({
  name: form('Name as is, without the project in front.', WORD),
  driver: form('bridge, overlay, macvlan, ipvlan, host, none.', WORD),
  driver_opts: form('Options of the driver.', {
    anyOf: [TEXT_MAP, TEXTS],
  }),
  internal: form('No way out of the network.', FLAG),
  attachable: form('Containers outside services may join the overlay.', FLAG),
  enable_ipv4: form('IPv4 on the network.', FLAG),
  enable_ipv6: form('IPv6 on the network.', FLAG),
  ipam: form('Subnets, ranges, gateways.', ref('ipam')),
  external: form('The network exists already.', {
    anyOf: [FLAG, { type: 'object', properties: { name: WORD }, additionalProperties: false }],
  }),
  labels: form('Marks, as "prune --filter label=…" asks for them.', { anyOf: [TEXT_MAP, TEXTS] }),
})

export const IPAM_KEYS = table(
  {
    driver: form('default.', WORD),
    config: form('One item for each subnet.', listOf(ref('subnet'))),
  },
  'options',
)

export const SUBNET_KEYS = table({
  subnet: form('Subnet in CIDR form.', WORD),
  ip_range: form('Range for dynamic addresses, in CIDR form.', WORD),
  gateway: form('Address of the gateway.', WORD),
  aux_addresses: form('Addresses never given out, by name.', TEXT_MAP),
})

export const ATTACHMENT_KEYS = table(
  {
    ipv4_address: form('Static IPv4 address.', WORD),
    ipv6_address: form('Static IPv6 address.', WORD),
    mac_address: form('MAC address on this network.', WORD),
    aliases: form('Further names on this network.', TEXTS),
    link_local_ips: form('Link-local addresses.', TEXTS),
    priority: form('Higher is connected first.', COUNT),
    gw_priority: form('Higher takes the default route (28 and later).', COUNT),
    interface_name: form('Name of the interface inside the container (28 and later).', WORD),
  },
  'driver_opts',
)

export const PORT_KEYS = table(
  {
    target: form('Port in the container.', COUNT),
    published: form('Port on the host, or a range.', TEXT),
    host_ip: form('Address on the host.', WORD),
    protocol: form('tcp, udp or sctp.', oneOf(['tcp', 'udp', 'sctp'])),
    mode: form('ingress or host.', oneOf(['ingress', 'host'])),
  },
  'app_protocol name',
)

export const DEPLOY_KEYS = table(
  {
    mode: form('replicated or global.', oneOf(['replicated', 'global', 'replicated-job', 'global-job'])),
    replicas: form('How many containers or tasks.', COUNT),
    endpoint_mode: form('vip or dnsrr.', oneOf(['vip', 'dnsrr'])),
    placement: form('Where tasks may run.', ref('placement')),
  },
  'labels resources restart_policy rollback_config update_config',
)

export const PLACEMENT_KEYS = table(
  { constraints: form('e.g. "node.role == worker".', TEXTS) },
  'preferences max_replicas_per_node',
)

export const SERVICE_KEYS = table(
  {
    image: form('Image.', WORD),
    'x-icon': form('Sign in figures, where the name of the image does not say it.', oneOf(SIGNS)),
    container_name: form('Name of the container.', WORD),
    hostname: form('Host name inside the container.', WORD),
    networks: form('Networks it joins: a list, or a map with settings.', {
      anyOf: [TEXTS, mapOf({ anyOf: [ref('attachment'), { type: 'null' }] })],
    }),
    network_mode: form('host, none, bridge, service:NAME or container:NAME.', WORD),
    ports: form('Published ports.', listOf({ anyOf: [TEXT, ref('port')] })),
    expose: form('Ports told, not published.', TEXTS),
    depends_on: form('Services that start first.', { anyOf: [TEXTS, mapOf(ANYTHING)] }),
    extra_hosts: form('Lines of /etc/hosts: NAME:ADDRESS, or NAME:host-gateway.', {
      anyOf: [mapOf(TEXT_OR_TEXTS), TEXTS],
    }),
    dns: form('Name servers of resolv.conf.', TEXT_OR_TEXTS),
    dns_search: form('Search domains of resolv.conf.', TEXT_OR_TEXTS),
    dns_opt: form('Options of resolv.conf.', TEXTS),
    links: form('SERVICE or SERVICE:ALIAS.', TEXTS),
    external_links: form('CONTAINER or CONTAINER:ALIAS.', TEXTS),
    mac_address: form('MAC address.', WORD),
    scale: form('How many containers.', COUNT),
    deploy: form('Replicas, mode, placement.', ref('deploy')),
    profiles: form('Started only when one of these is asked for.', TEXTS),
    ipc: form('service:NAME starts that service first.', WORD),
    pid: form('service:NAME starts that service first.', WORD),
    uts: form('service:NAME starts that service first.', WORD),
    cgroup: form('service:NAME starts that service first.', WORD),
    volumes_from: form('Services that start first, for their volumes.', TEXTS),
    labels: form('Marks, as "prune --filter label=…" asks for them.', { anyOf: [TEXT_MAP, TEXTS] }),
    restart: form('no, always, unless-stopped or on-failure.', WORD),
  },
  `annotations attach blkio_config build cap_add cap_drop cgroup_parent command configs cpu_count cpu_percent
  cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares cpus cpuset credential_spec develop
  device_cgroup_rules devices domainname entrypoint env_file environment extends
  gpus group_add healthcheck init isolation label_file log_driver log_opt logging mem_limit
  mem_reservation mem_swappiness memswap_limit models oom_kill_disable oom_score_adj pids_limit platform
  post_start pre_start pre_stop privileged provider pull_policy pull_refresh_after read_only runtime secrets security_opt
  shm_size stdin_open stop_grace_period stop_signal storage_opt sysctls tmpfs tty ulimits use_api_socket user
  userns_mode volume_driver volumes working_dir`,
)

/** Keys of a service that touch networks, or which containers there are. */
export const GRAVE_SERVICE_KEYS: readonly string[] = [
  ...[...SERVICE_KEYS].filter(([, { doc }]) => doc !== NO_EFFECT).map(([key]) => key),
  'extends',
  'provider',
]

export const COMMAND_KEYS = table({
  run: form('The command.', WORD),
  expect: form('error: the command is meant to fail.', oneOf(['error', 'ok'])),
  host: form('Host it is typed on; the first unless written.', WORD),
})

export const FIGURE_KEYS = table({
  view: form('What the figure is about.', oneOf(VIEWS)),
  direction: form('Which way it reads.', oneOf(['down', 'right'])),
  title: form('Title.', TEXT),
  caption: form('Caption below the figure.', TEXT),
  show: form('Parts to show.', {
    anyOf: [listOf({ enum: [...FIGURE_PARTS] }), { enum: [...FIGURE_PARTS] }],
  }),
  hide: form('Parts to hide.', {
    anyOf: [listOf({ enum: [...FIGURE_PARTS] }), { enum: [...FIGURE_PARTS] }],
  }),
  highlight: form('A packet\'s way, e.g. "web -> db".', TEXT_OR_TEXTS),
  icons: form('Signs by name of a container or service.', mapOf(oneOf(SIGNS))),
  focus: form('Names of what is to be drawn, with what it is joined to.', TEXT_OR_TEXTS),
})

export const TOP_KEYS = table(
  {
    name: form('Project: goes in front of the names of containers and networks.', WORD),
    engine: form('Release of the Docker Engine; 29 unless written.', {
      anyOf: [...ENGINE_RELEASE.anyOf, ref('engine')],
    }),
    daemon: form('daemon.json of every host without one of its own.', ref('daemon')),
    hosts: form('Machines by name.', mapOf({ anyOf: [ref('host'), { type: 'null' }] })),
    underlay: form('What joins the hosts.', ref('underlay')),
    outside: form(
      'Machines around the hosts, to be drawn: routers, firewalls, the internet.',
      mapOf({ anyOf: [ref('outside'), { type: 'null' }] }),
    ),
    swarm: form('Whether the hosts form a swarm.', { anyOf: [FLAG, ref('swarm')] }),
    networks: form('Networks by name.', mapOf({ anyOf: [ref('network'), { type: 'null' }] })),
    services: form('Services by name.', mapOf({ anyOf: [ref('service'), { type: 'null' }] })),
    files: form(
      'Further compose files, by the name that "docker compose -f" gives them.',
      mapOf(ref('file')),
    ),
    commands: form('Commands typed in this order.', {
      anyOf: [WORD, listOf({ anyOf: [WORD, ref('command')] })],
    }),
    chance: form(
      'ok: that Docker leaves some subnets or addresses to chance is meant; no warning.',
      oneOf(['ok']),
    ),
    figure: form('What the figure shows.', ref('figure')),
  },
  'version configs secrets volumes include models',
)

export const FILE_KEYS = table(
  {
    name: form('Project; that of the folder unless written.', WORD),
    networks: form('Networks by name.', mapOf({ anyOf: [ref('network'), { type: 'null' }] })),
    services: form('Services by name.', mapOf({ anyOf: [ref('service'), { type: 'null' }] })),
  },
  'version configs secrets volumes',
)

/** The tables by the name the JSON Schema gives them. */
export const KEY_TABLES: ReadonlyMap<string, KeyTable> = new Map([
  ['daemon', DAEMON_KEYS],
  ['host', HOST_KEYS],
  ['outside', OUTSIDE_KEYS],
  ['engine', ENGINE_KEYS],
  ['underlay', UNDERLAY_KEYS],
  ['swarm', SWARM_KEYS],
  ['network', NETWORK_KEYS],
  ['ipam', IPAM_KEYS],
  ['subnet', SUBNET_KEYS],
  ['attachment', ATTACHMENT_KEYS],
  ['port', PORT_KEYS],
  ['deploy', DEPLOY_KEYS],
  ['placement', PLACEMENT_KEYS],
  ['service', SERVICE_KEYS],
  ['command', COMMAND_KEYS],
  ['figure', FIGURE_KEYS],
  ['file', FILE_KEYS],
])
