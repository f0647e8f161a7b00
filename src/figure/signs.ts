/** What a container is, by the name of its image: for a sign beside its name. */
import type { Plan } from '../plan/plan.ts'
import { nearest } from '../problem/nearest.ts'
import type { Located, Problem } from '../problem/problem.ts'
import { say, worded } from '../problem/say.ts'
import type { Sign, Topology } from '../topology/topology.ts'

/** Words that images of a kind have in their last name, in the order they are tried. */
const WORDS: readonly (readonly [Sign, RegExp])[] = [
  [
    'monitor',
    /prometheus|grafana|loki|alertmanager|exporter|cadvisor|telegraf|zabbix|uptime-kuma|netdata|jaeger|kibana/,
  ],
  // Pages about something, which have its name.
  ['web', /-ui$|-express$|commander|admin(?:er|\d)?$|-web-|dashboard/],
  ['vpn', /gluetun|wireguard|openvpn|tailscale|headscale|zerotier|wg-easy|netbird/],
  ['firewall', /opnsense|pfsense|firewall/],
  ['router', /^frr|quagga|vyos|^bird\b|openwrt|gobgp|^ceos|router/],
  ['proxy', /traefik|haproxy|envoy|caddy|nginx-proxy|squid|^kong|^swag$|pgbouncer|proxy/],
  ['queue', /rabbitmq|kafka|^nats|mosquitto|emqx|activemq|zookeeper|redpanda|pulsar|beanstalk/],
  ['cache', /redis|valkey|memcached|keydb|dragonfly|varnish/],
  [
    'database',
    /postgres|postgis|timescale|mysql|mariadb|percona|mongo|cassandra|scylla|couchdb|couchbase|influxdb|clickhouse|cockroach|neo4j|elasticsearch|opensearch|mssql|rethinkdb|^db$/,
  ],
  ['worker', /celery|sidekiq|worker|runner|ofelia|^cron/],
  ['web', /nginx|httpd|apache|lighttpd|openresty|tomcat|wordpress|^ghost|whoami|^web$/],
]

/** `null` for an image that says nothing. @param image as `docker run` takes it, registry and tag included */
export function signOfImage(image: string): Sign | null {
  const [bare = ''] = image.split('@', 1)
  const last = bare.slice(bare.lastIndexOf('/') + 1).replace(/:[^:]*$/, '')
  return WORDS.find(([, words]) => words.test(last.toLowerCase()))?.[0] ?? null
}

/**
 * Names under `figure.icons` that no container and no service has. One that a command names was there at some step, or
 * will be.
 */
export function unknownIcons(
  names: readonly Located<string>[],
  plan: Plan,
  { services, commands }: Pick<Topology, 'services' | 'commands'>,
): readonly Problem[] {
  if (names.length === 0) return []
  const known = [...new Set([...plan.containers.keys(), ...plan.services.keys(), ...services.keys()])]
  const isPart = (text: string, name: string): boolean => text.split(/[^\w.-]+/).includes(name)
  return names.flatMap(({ value, span }) => {
    if (known.includes(value) || commands.some(({ line }) => isPart(line.text, value))) return []
    const near = nearest(value, known)
    const message = say`icons has "${value}", and no container or service is called so`
    const hint =
      near === null
        ? say`Write the name of a container or a service: ${known.slice(0, 12).join(', ')}.`
        : say`Did you mean "${near}"?`
    return [
      {
        code: 'UNKNOWN_ICON',
        severity: 'warning',
        ...worded(message, hint),
        span,
        related: [],
        fix: near === null ? undefined : { span, text: near },
      } as const,
    ]
  })
}
