/**
 * Imports recordings of real engines: `tsx scripts/import-recordings.ts FOLDER`, where FOLDER has a folder for each
 * release (20, 26, 28, 29) with one JSON file for each recording. Writes tests/conformance/fixtures/RELEASE/NAME.json
 * with what the tests compare and nothing else.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type {
  RecordedAttachment,
  RecordedContainer,
  RecordedNetwork,
  RecordedService,
  RecordedStep,
  Recording,
} from '../tests/conformance/recording.ts'

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }
type Fields = { readonly [key: string]: Json }

const FIXTURES = resolve(import.meta.dirname, '../tests/conformance/fixtures')
const RELEASES = ['20', '26', '28', '29'] as const

const fields = (value: Json | undefined): Fields =>
  value !== null && typeof value === 'object' && !isList(value) ? value : {}
const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value)
const list = (value: Json | undefined): readonly Json[] => (isList(value) ? value : [])
/** Go's own words for an address or prefix that is not there, which 29 prints in templates, are none. */
const text = (value: Json | undefined): string =>
  typeof value === 'string' ? value.replaceAll(/invalid (?:IP|Prefix)(?! address)\b/g, '') : ''
const number = (value: Json | undefined): number => (typeof value === 'number' ? value : 0)
const entries = (value: Json | undefined): [string, Fields][] =>
  Object.entries(fields(value)).map(([key, inner]) => [key, fields(inner)])

/** Looks whose output says addresses, or the text of a compose file. */
const KEPT = /^docker (network )?inspect -f|xargs docker (network )?inspect|^cat |^docker info/

function stepOf(result: Fields): RecordedStep {
  const command = text(result.cmd)
  const ok = result.rc === 0
  const output = ok ? (KEPT.test(command) ? text(result.stdout) : '') : text(result.stderr)
  return { command, ok, output }
}

function networkOf(network: Fields): RecordedNetwork {
  return {
    driver: text(network.driver),
    scope: text(network.scope),
    subnets: list(network.subnets).map(text),
    gateways: list(network.gateways).map((g) => (g === null ? null : text(g))),
    ranges: list(network.ip_ranges).map(text),
    aux: Object.fromEntries(
      list(network.aux).flatMap((one) => Object.entries(fields(one)).map(([k, v]) => [k, text(v)])),
    ),
    internal: network.internal === true,
    attachable: network.attachable === true,
    ipv6: network.ipv6 === true,
    vni: text(fields(network.options)['com.docker.network.driver.overlay.vxlanid_list']),
    endpoints: Object.fromEntries(
      entries(network.endpoints).map(([name, e]) => [
        name,
        { ipv4: text(e.ipv4), ipv6: text(e.ipv6), mac: text(e.mac) },
      ]),
    ),
  }
}

function attachmentOf(one: Fields, container: Fields): RecordedAttachment {
  const withPrefix = (address: string, length: Json | undefined): string =>
    address === '' ? '' : `${address}/${typeof length === 'number' ? length : 0}`
  const names = isList(one.dns_names) ? one.dns_names : list(one.aliases)
  return {
    ipv4: withPrefix(text(one.ipv4), one.prefix),
    ipv6: withPrefix(text(one.ipv6), one.ipv6_prefix),
    mac: text(one.mac),
    gateway: text(one.gateway),
    gateway6: text(one.ipv6_gateway),
    interface: text(one.interface) || interfaceWith(container, text(one.ipv6)),
    names: names.map(text).filter((name) => !/^[0-9a-f]{12}$/.test(name)),
  }
}

/** Recordings name the interface by its IPv4 address; a network without any has only the other. */
function interfaceWith(container: Fields, ipv6: string): string {
  const has = (link: Fields): boolean =>
    ipv6 !== '' && list(link.addrs).some((address) => text(address).startsWith(`${ipv6}/`))
  return entries(container.interfaces).find(([, link]) => has(link))?.[0] ?? ''
}

function containerOf(container: Fields): RecordedContainer {
  const ports = Object.entries(fields(container.ports)).map(([port, bindings]) => {
    const hosts = list(bindings).map((binding) => {
      const ip = text(fields(binding).HostIp)
      return `${ip.includes(':') ? `[${ip}]` : ip}:${text(fields(binding).HostPort)}`
    })
    return [port, hosts] as const
  })
  const routes = [...list(container.routes), ...list(container.routes6)].map(text)
  const links = entries(container.interfaces)
    .filter(([name]) => name !== 'lo')
    .map(([name, link]) => {
      const address =
        list(link.addrs)
          .map(text)
          .find((a) => !a.includes(':')) ?? ''
      return [name, { address, mac: text(link.mac), mtu: number(link.mtu) }] as const
    })
  return {
    state: text(container.state),
    links: Object.fromEntries(links),
    networks: Object.fromEntries(
      entries(container.networks).map(([name, one]) => [name, attachmentOf(one, container)]),
    ),
    ports: Object.fromEntries(ports),
    routes: routes
      .filter((route) => route.startsWith('default '))
      .map((route) =>
        route
          .slice('default '.length)
          .replace(/ +metric.*$/, '')
          .trim(),
      ),
  }
}

function serviceOf(service: Fields): RecordedService {
  return {
    vips: Object.fromEntries(
      Object.entries(fields(service.vips)).map(([network, vip]) => [network, text(vip)]),
    ),
    ports: list(service.ports).map((port) => ({
      published: number(fields(port).PublishedPort),
      target: number(fields(port).TargetPort),
      mode: text(fields(port).PublishMode),
    })),
    tasks: Object.fromEntries(
      entries(service.tasks).map(([name, task]) => [
        name,
        {
          state: text(task.state),
          addresses: Object.fromEntries(
            Object.entries(fields(task.addresses)).map(([network, all]) => [network, list(all).map(text)]),
          ),
        },
      ]),
    ),
  }
}

function recordingOf(source: Fields, engine: Recording['engine']): Recording {
  const expected = fields(source.expected)
  const hosts = entries(expected.hosts).map(([name, host]) => {
    const eth0 = fields(fields(host.interfaces).eth0)
    const address =
      list(eth0.addrs)
        .map(text)
        .find((a) => !a.includes(':')) ?? ''
    return [name, { address }] as const
  })
  return {
    name: text(source.name),
    title: text(source.title),
    engineVersion: text(source.engine_version),
    engine,
    kernelNote: text(source.kernel_note),
    daemonArgs: list(source.daemon_args).map(text),
    hostSetup: list(source.host_setup).map(text),
    compose: text(source.compose),
    // Recordings of 29 leave the machine out; all were made on the first of this subnet.
    hosts: hosts.length > 0 ? Object.fromEntries(hosts) : { n1: { address: '198.51.100.11/24' } },
    steps: list(source.results).map((result) => stepOf(fields(result))),
    networks: Object.fromEntries(
      entries(expected.networks)
        .filter(([name]) => name !== 'host' && name !== 'none')
        .map(([name, network]) => [name, networkOf(network)]),
    ),
    containers: Object.fromEntries(
      entries(expected.containers).map(([name, container]) => [name, containerOf(container)]),
    ),
    services: Object.fromEntries(
      entries(expected.services).map(([name, service]) => [name, serviceOf(service)]),
    ),
  }
}

const folder = process.argv[2]
if (folder === undefined) {
  console.error('usage: tsx scripts/import-recordings.ts FOLDER')
  process.exit(2)
}
/** Made while the machine was so busy that docker_gwbridge came after a network typed later. */
const RACES: ReadonlySet<string> = new Set(['29/52-swarm-gwbridge-subnet.json'])

for (const release of RELEASES) {
  const target = join(FIXTURES, release)
  mkdirSync(target, { recursive: true })
  for (const file of readdirSync(join(folder, release)).filter((name) => name.endsWith('.json'))) {
    if (RACES.has(`${release}/${file}`)) continue
    const source: Json = JSON.parse(readFileSync(join(folder, release, file), 'utf8'))
    const recording = recordingOf(fields(source), release)
    writeFileSync(join(target, file), `${JSON.stringify(recording, null, 1)}\n`)
  }
}
