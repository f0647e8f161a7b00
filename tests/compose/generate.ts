// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of compose
/** Compose projects at random: every key that touches networks, short and long forms, several files, tags, variables. */
import fc from 'fast-check'

export interface Project {
  /** Text by file name; `compose.yaml` is the first, `over.yaml` goes over it where it is there. */
  readonly files: ReadonlyMap<string, string>
}

/** A value of YAML that can carry a tag. */
type Yaml = string | number | boolean | null | readonly Yaml[] | { readonly [key: string]: Yaml } | Tagged
class Tagged {
  readonly tag: string
  readonly value: Yaml
  constructor(tag: string, value: Yaml) {
    this.tag = tag
    this.value = value
  }
}

/** Flow style, so that tags and anchors are easy to put in front. */
function write(value: Yaml): string {
  if (value instanceof Tagged) return `${value.tag} ${write(value.value)}`
  if (Array.isArray(value)) return `[${value.map(write).join(', ')}]`
  if (typeof value === 'object' && value !== null)
    return `{ ${Object.entries(value)
      .map(([key, inner]) => `${key === '<<' ? key : JSON.stringify(key)}: ${write(inner)}`)
      .join(', ')} }`
  if (typeof value === 'string') return value.startsWith('=') ? value.slice(1) : JSON.stringify(value)
  return String(value)
}

/** Plain, as written: for numbers in YAML's own forms. */
const plain = (text: string): string => `=${text}`

const SERVICES = ['web', 'api', 'db', 'x-cache', 'Job_1', 'a.b']
const NETWORKS = ['front', 'back', 'lan', 'default']

const port = fc.integer({ min: 1, max: 65535 })
const shortPort: fc.Arbitrary<Yaml> = fc.oneof(
  port,
  port.map((p) => plain(`0x${p.toString(16)}`)),
  port.map(String),
  fc.tuple(port, port).map(([a, b]) => `${a}:${b}`),
  fc.tuple(port, port, fc.constantFrom('tcp', 'udp', 'sctp')).map(([a, b, p]) => `127.0.0.1:${a}:${b}/${p}`),
  port.map((p) => `[::1]:${p}:80`),
  port.map((p) => `127.0.0.1::${p}`),
  fc.integer({ min: 1000, max: 60000 }).map((p) => `${p}-${p + 2}:${p}-${p + 2}`),
  fc.integer({ min: 1000, max: 60000 }).map((p) => `${p}-${p + 5}:80`),
  fc.constantFrom('${PORT}:80', '${NONE:-8080}:80', '$PORT:81/udp', '${EMPTY:-9}0:82', '${PORT:+7}1:83'),
)
const longPort: fc.Arbitrary<Yaml> = fc
  .record(
    {
      target: fc.oneof(port, port.map(String)),
      published: fc.oneof(port, port.map(String), fc.constant('8000-8010')),
      host_ip: fc.constantFrom('127.0.0.1', '0.0.0.0', '::'),
      protocol: fc.constantFrom('tcp', 'udp'),
      mode: fc.constantFrom('host', 'ingress'),
      name: fc.constant('http'),
      app_protocol: fc.constant('http'),
    },
    { requiredKeys: ['target'] },
  )
  .map((value): Yaml => ({ ...value }))

const attachment: fc.Arbitrary<Yaml> = fc.option(
  fc
    .record(
      {
        ipv4_address: fc.integer({ min: 2, max: 250 }).map((n) => `10.9.0.${n}`),
        ipv6_address: fc.constant('fd00:9::9'),
        aliases: fc.array(fc.constantFrom('one', 'two', '${ALIAS}'), { maxLength: 3 }),
        mac_address: fc.constant('02:42:ac:11:00:02'),
        priority: fc.integer({ min: -5, max: 1000 }),
        gw_priority: fc.integer({ min: -5, max: 1000 }),
        interface_name: fc.constant('eth7'),
        link_local_ips: fc.constant(['169.254.1.2']),
      },
      { requiredKeys: [] },
    )
    .map((value): Yaml => ({ ...value })),
)
const networkNames = fc.uniqueArray(fc.constantFrom(...NETWORKS), { minLength: 1, maxLength: 3 })
const attachments: fc.Arbitrary<Yaml> = fc.oneof(
  networkNames.map((names): Yaml => names),
  fc
    .dictionary(fc.constantFrom(...NETWORKS), attachment, { minKeys: 1, maxKeys: 3 })
    .map((value): Yaml => ({ ...value })),
)
const dependencies: fc.Arbitrary<Yaml> = fc.oneof(
  fc.uniqueArray(fc.constantFrom('db', 'api'), { maxLength: 2 }).map((names): Yaml => names),
  fc
    .dictionary(
      fc.constantFrom('db', 'api'),
      fc.record(
        { condition: fc.constant('service_healthy'), required: fc.boolean() },
        { requiredKeys: ['condition'] },
      ),
    )
    .map(
      (value): Yaml => Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, { ...inner }])),
    ),
)

const service = (depends: boolean): fc.Arbitrary<Record<string, Yaml>> =>
  fc
    .record(
      {
        image: fc.constantFrom('nginx', '${IMAGE:-nginx}', 'redis:7'),
        container_name: fc.constantFrom('${COMPOSE_PROJECT_NAME}-one', 'boss'),
        hostname: fc.constantFrom('h1', '${ALIAS}'),
        ports: fc.array(fc.oneof(shortPort, longPort), { maxLength: 3 }),
        expose: fc.array(
          fc.oneof(
            port,
            port.map(String),
            port.map((p) => `${p}/udp`),
          ),
          { maxLength: 2 },
        ),
        links: fc.constantFrom(['db'], ['db:database', 'db']),
        profiles: fc.constantFrom(['debug'], ['on'], ['debug', 'on']),
        network_mode: fc.constantFrom('host', 'none', 'bridge', 'service:db', '${NOTHING:-}'),
        networks: attachments,
        depends_on: dependencies,
        scale: fc.integer({ min: 0, max: 3 }),
        deploy: fc.constantFrom<Yaml>(
          { mode: 'global' },
          { endpoint_mode: 'dnsrr', replicas: 2 },
          {
            placement: { constraints: ['node.role == manager'] },
          },
        ),
        mac_address: fc.constant('02:42:ac:11:00:09'),
        labels: fc.constantFrom<Yaml>(['a=b'], { a: 'b' }),
        environment: fc.constantFrom<Yaml>({ A: null, B: 1 }, ['A=${PORT}']),
        command: fc.constantFrom<Yaml>('run it', ['run', 'it']),
      },
      { requiredKeys: ['image'] },
    )
    .map((value) => {
      const { networks, network_mode, links, depends_on, container_name, scale, ...rest } = value
      const one: Record<string, Yaml> = { ...rest } as Record<string, Yaml>
      if (!depends) delete one.profiles
      if (network_mode !== undefined && networks === undefined && (depends || network_mode !== 'service:db'))
        one.network_mode = network_mode
      if (networks !== undefined) one.networks = networks
      if (depends && links !== undefined) one.links = links
      if (depends && depends_on !== undefined) one.depends_on = depends_on
      if (container_name !== undefined && scale === undefined && rest.deploy === undefined)
        one.container_name = container_name
      if (scale !== undefined && rest.deploy === undefined) one.scale = scale
      return one
    })

const network: fc.Arbitrary<Yaml> = fc.option(
  fc
    .record(
      {
        driver: fc.constantFrom('bridge', 'macvlan', '${DRIVER}'),
        driver_opts: fc.constantFrom<Yaml>(
          { parent: 'eth0' },
          { 'com.docker.network.bridge.name': 'br7' },
          { mtu: 1400 },
        ),
        internal: fc.constantFrom<Yaml>(true, 'false', plain('yes')),
        attachable: fc.boolean(),
        enable_ipv6: fc.boolean(),
        enable_ipv4: fc.boolean(),
        name: fc.constantFrom('named', '${COMPOSE_PROJECT_NAME}-net'),
        ipam: fc.constantFrom<Yaml>(
          { config: [{ subnet: '10.9.0.0/16' }] },
          {
            driver: 'default',
            config: [
              {
                subnet: '10.9.0.0/16',
                gateway: '10.9.0.9',
                ip_range: '10.9.1.0/24',
                aux_addresses: { a: '10.9.0.7' },
              },
              { subnet: 'fd00:9::/64' },
            ],
          },
          { config: [{ subnet: '${SUBNET}' }] },
        ),
        labels: fc.constantFrom<Yaml>(['a=b'], { a: 'b' }),
        external: fc.boolean(),
      },
      { requiredKeys: [] },
    )
    .map((value): Yaml => ({ ...value }) as Yaml),
)

/** What goes over a service: parts of one, some tagged. */
const overOf = (depends: boolean): fc.Arbitrary<Record<string, Yaml>> =>
  fc
    .tuple(
      service(depends),
      fc.array(fc.constantFrom('!reset', '!override', '', '', 'skip'), { minLength: 20, maxLength: 20 }),
    )
    .map(([one, tags]) =>
      Object.fromEntries(
        Object.entries(one).flatMap(([key, value], i): [string, Yaml][] => {
          const tag = tags[i] ?? ''
          if (tag === 'skip' || (tag === '!reset' && key === 'image')) return []
          return [[key, tag === '' ? value : new Tagged(tag, value)]]
        }),
      ),
    )
const over = overOf(true)
const overLow = overOf(false)

const networksOf = fc
  .tuple(...NETWORKS.slice(0, 4).map(() => network))
  .map((list): Record<string, Yaml> => Object.fromEntries(list.map((one, i) => [NETWORKS[i] ?? '', one])))

const body = fc.record({
  db: service(false),
  api: service(false),
  others: fc.dictionary(
    fc.constantFrom(...SERVICES.filter((name) => name !== 'db' && name !== 'api')),
    service(true),
    { maxKeys: 3 },
  ),
  networks: networksOf,
})

const ENV = `PORT=8088\nexport ALIAS = "al $\{PORT} ias"  # told\nDRIVER='bridge'\nSUBNET: 10.8.0.0/24\nEMPTY=\n`

export const project: fc.Arbitrary<Project> = fc
  .record({
    body,
    name: fc.constantFrom('', 'name: Shop_1\n', 'name: "${ALIAS2:-tail}"\n'),
    env: fc.constantFrom(ENV, `${ENV}COMPOSE_PROFILES=on, debug\n`, `${ENV}COMPOSE_PROJECT_NAME=fromenv\n`),
    more: fc.option(fc.record({ web: over, db: overLow, networks: fc.option(networksOf) })),
    extended: fc.option(service(false)),
    extendsFile: fc.option(service(false)),
    included: fc.option(fc.record({ inc: service(false), net: network })),
    merged: fc.option(service(false)),
    document: fc.option(service(false)),
  })
  .map(
    ({
      body: { db, api, others, networks },
      name,
      env,
      more,
      extended,
      extendsFile,
      included,
      merged,
      document,
    }) => {
      const files = new Map<string, string>([['.env', env]])
      const services: Record<string, Yaml> = { db, api, web: { image: 'nginx' }, ...others }
      if (extended !== null) services.child = { ...extended, extends: { service: 'api' } }
      if (extendsFile !== null) {
        files.set(
          'base/base.yaml',
          `services: ${write({ base: extendsFile, mid: { extends: 'base', expose: [1] } })}\n`,
        )
        services.far = { extends: { file: 'base/base.yaml', service: 'mid' } }
      }
      const lines: string[] = [name]
      if (included !== null) {
        files.set(
          'inc/compose.yaml',
          `services: ${write({ inc: { ...included.inc, networks: ['incnet'] } })}\nnetworks: ${write({ incnet: included.net })}\n`,
        )
        files.set('inc/.env', 'PORT=7077\nONLY=1\n')
        lines.push('include: [inc/compose.yaml]\n')
      }
      if (merged !== null) {
        lines.push(`x-base: &base ${write(merged)}\n`)
        services.anchored = { '<<': plain('*base'), hostname: 'own' }
      }
      lines.push(`services: ${write(services)}\n`, `networks: ${write(networks)}\n`)
      if (document !== null) lines.push(`---\nservices: ${write({ second: document })}\n`)
      files.set('compose.yaml', lines.join(''))
      if (more !== null) {
        const part = more.networks === null ? '' : `networks: ${write(more.networks)}\n`
        files.set('over.yaml', `services: ${write({ db: more.db, web: more.web })}\n${part}`)
      }
      return { files }
    },
  )
