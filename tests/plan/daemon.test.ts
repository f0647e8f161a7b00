/** Each key of daemon.json is obeyed, changes nothing here, or is refused with the reason. */
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { planJson } from '../../src/plan/json.ts'
import type { Plan } from '../../src/plan/plan.ts'
import { planNetworks } from '../../src/plan/plan-networks.ts'
import type { Problem } from '../../src/problem/problem.ts'
import { DAEMON_KEYS } from '../../src/topology/keys.ts'
import { readTopology } from '../../src/topology/read.ts'

function run(block: object): {
  readonly plan: Plan
  readonly problems: readonly Problem[]
} {
  const problems: Problem[] = []
  const topology = readTopology(stringify(block), (problem) => problems.push(problem))
  if (topology === null) throw new Error('not read')
  return { plan: planNetworks(topology, (problem) => problems.push(problem)), problems }
}
const json = (plan: Plan) => JSON.parse(JSON.stringify(planJson(plan, [])))
const WEB = ['docker run -d --name web -p 8080:80 nginx']

describe('daemon:', () => {
  it('default-gateway is the way out of docker0, and no container gets its address', () => {
    const daemon = { bip: '192.168.1.1/24', 'fixed-cidr': '192.168.1.0/25', 'default-gateway': '192.168.1.2' }
    const { plan, problems } = run({ daemon, commands: WEB })
    expect(problems).toEqual([])
    expect(json(plan).containers.web.defaultRoute).toEqual({ network: 'bridge', via: '192.168.1.2' })
    expect(json(plan).networks.bridge.endpoints.web.ipv4).toBe('192.168.1.3/24')
  })
  it('default-gateway-v6 is the same for IPv6', () => {
    const daemon = { ipv6: true, 'fixed-cidr-v6': 'fd00:9::/64', 'default-gateway-v6': 'fd00:9::99' }
    const { plan } = run({ daemon, commands: WEB })
    expect(json(plan).containers.web.endpoints.bridge.gateway6).toBe('fd00:9::99')
  })
  it('ipv6 alone stops an engine up to 27, which has no subnet for docker0', () => {
    const faults = (engine: number, daemon: object) =>
      run({ engine, daemon, commands: [] }).problems.map(({ message }) => message)
    const none =
      'the daemon does not start: IPv6 is enabled for the default bridge, but no subnet is configured.'
    for (const engine of [20, 26, 27]) {
      expect(faults(engine, { ipv6: true })[0]).toContain(none)
      expect(faults(engine, { ipv6: true, 'fixed-cidr-v6': 'fd00:1::/64' })).toEqual([])
    }
    expect(faults(28, { ipv6: true, id: 'aaaa' })).toEqual([])
  })
  it('a gateway outside of docker0 stops the engine, and says so', () => {
    const { problems } = run({ daemon: { 'default-gateway': '10.0.0.1' }, commands: [] })
    expect(problems[0]?.message).toContain('the daemon does not start')
  })
  it('icc, ip-masq, ip and mtu are of docker0 alone', () => {
    const daemon = { icc: false, 'ip-masq': false, ip: '127.0.0.1', mtu: 1400 }
    const { plan, problems } = run({ daemon, commands: ['docker network create n', ...WEB] })
    expect(problems).toEqual([])
    const [bridge, n] = [plan.networks.get('bridge'), plan.networks.get('n')]
    expect([bridge?.policy.icc, bridge?.policy.ipv4.source]).toEqual([false, null])
    expect([n?.policy.icc, n?.policy.ipv4.source]).toEqual([true, 'masquerade'])
    expect(bridge?.options.get('com.docker.network.driver.mtu')).toBe('1400')
    expect(json(plan).containers.web.ports).toEqual([{ host: '127.0.0.1:8080', container: '80/tcp' }])
  })
  it('default-network-opts are options of networks that do not say otherwise', () => {
    const daemon = { 'default-network-opts': { bridge: { 'com.docker.network.driver.mtu': '1400' } } }
    const { plan } = run({
      daemon,
      commands: ['docker network create a', 'docker network create -o com.docker.network.driver.mtu=9000 b'],
    })
    const mtu = (name: string) => plan.networks.get(name)?.options.get('com.docker.network.driver.mtu')
    expect([mtu('a'), mtu('b'), mtu('bridge')]).toEqual(['1400', '9000', undefined])
  })
  it('ip6tables filters IPv6, or leaves it open', () => {
    const filtered = (engine: number, ip6tables: boolean): boolean | undefined =>
      run({ engine, daemon: { ip6tables }, commands: [] }).plan.networks.get('bridge')?.policy.ipv6.filtered
    expect([filtered(26, true), filtered(28, false)]).toEqual([true, false])
  })
  it('dns, dns-search and dns-opts are those of containers that name none', () => {
    const daemon = { dns: ['192.0.2.9'], 'dns-search': ['example.test'], 'dns-opts': ['ndots:2'] }
    const { plan } = run({ daemon, commands: [...WEB, 'docker run -d --name own --dns 192.0.2.1 nginx'] })
    const settings = (name: string) => plan.containers.get(name)?.dnsSettings
    expect(settings('web')).toEqual({
      servers: ['192.0.2.9'],
      search: ['example.test'],
      options: ['ndots:2'],
    })
    expect(settings('own')?.servers).toEqual(['192.0.2.1'])
  })
  it.each([
    ['iptables', false],
    ['ip-forward', false],
    ['ip-forward-no-drop', true],
    ['allow-direct-routing', true],
    ['firewall-backend', 'nftables'],
    ['bridge-accept-fwmark', '0x1'],
    ['bridge', 'none'],
    ['host-gateway-ip', '192.0.2.1'],
    ['host-gateway-ips', '192.0.2.1'],
    ['swarm-default-advertise-addr', 'eth0'],
  ])('refuses %s: %s, with the reason', (key, value) => {
    const { problems } = run({ daemon: { [key]: value }, commands: [] })
    expect(problems.map(({ code }) => code)).toEqual(['UNSUPPORTED_SETTING'])
    expect(problems[0]?.message).toMatch(/is not simulated: ./)
  })
  it.each([
    ['iptables', true],
    ['ip-forward', true],
    ['allow-direct-routing', false],
    ['firewall-backend', 'iptables'],
    ['log-driver', 'json-file'],
    ['storage-driver', 'overlay2'],
  ])('takes %s: %s, which changes nothing', (key, value) => {
    expect(run({ daemon: { [key]: value }, commands: [] }).problems).toEqual([])
  })
  it.each(['10.0.0.0/24', '192.168.2.0/25'])('tells that fixed-cidr %s is outside of bip', (range) => {
    const block = {
      daemon: { bip: '192.168.1.1/24', 'fixed-cidr': range },
      commands: ['docker run -d nginx'],
    }
    expect(run(block).problems.map(({ code, hint }) => [code, hint])).toEqual([
      ['INVALID_SUBNET', 'Write a fixed-cidr inside of 192.168.1.0/24 under daemon, or leave it out.'],
    ])
    expect(run({ ...block, engine: 26 }).problems).toEqual([])
  })
  it.each(['192.168.1.128/25', '192.168.0.0/16'])(
    'takes fixed-cidr %s, which shares addresses with bip',
    (range) => {
      const commands = ['docker run -d nginx']
      const { problems } = run({ daemon: { bip: '192.168.1.1/24', 'fixed-cidr': range }, commands })
      expect(problems).toEqual([])
    },
  )
  /** Keys of daemon.json without a say in addresses, ways and rules. */
  const PLAIN =
    `allow-nondistributable-artifacts api-cors-header authorization-plugins builder cgroup-parent containerd
    containerd-namespace containerd-plugin-namespace cpu-rt-period cpu-rt-runtime data-root debug default-cgroupns-mode
    default-ipc-mode default-runtime default-shm-size default-ulimits exec-opts exec-root experimental features group
    hosts http-proxy https-proxy init init-path insecure-registries labels log-driver log-format log-level log-opts
    max-concurrent-downloads max-concurrent-uploads max-download-attempts no-new-privileges no-proxy
    node-generic-resources pidfile proxies raw-logs registry-mirrors runtimes seccomp-profile selinux-enabled
    shutdown-timeout storage-driver storage-opts tls tlscacert tlscert tlskey tlsverify userland-proxy-path
    userns-remap`.split(/\s+/)
  /** Each has a test of its own above, or in bad-inputs and the recordings. */
  const OBEYED =
    `bip fixed-cidr fixed-cidr-v6 default-address-pools ipv6 userland-proxy live-restore default-gateway
    default-gateway-v6 icc ip-masq ip mtu ip6tables default-network-opts dns dns-search dns-opts id`.split(
      /\s+/,
    )
  const REFUSED =
    `iptables ip-forward ip-forward-no-drop allow-direct-routing firewall-backend bridge-accept-fwmark
    bridge host-gateway-ip host-gateway-ips swarm-default-advertise-addr`.split(/\s+/)
  it('has each known key in one of three kinds', () => {
    expect([...DAEMON_KEYS.keys()].sort()).toEqual([...PLAIN, ...OBEYED, ...REFUSED].sort())
  })
  it.each(PLAIN)('%s changes nothing', (key) => {
    const commands = ['docker network create n', ...WEB]
    const { plan, problems } = run({ daemon: { [key]: 'x' }, commands })
    expect(problems).toEqual([])
    expect(json(plan)).toEqual(json(run({ commands }).plan))
  })
  it.each(REFUSED)('%s is refused with a value that nobody knows', (key) => {
    const { problems } = run({ daemon: { [key]: 'x' }, commands: [] })
    expect(problems.map(({ code }) => code)).toEqual(['UNSUPPORTED_SETTING'])
  })
  it('of a host goes over that of the block, key by key', () => {
    const { plan } = run({
      daemon: { 'default-address-pools': [{ base: '10.77.0.0/16', size: 24 }], bip: '192.168.9.1/24' },
      hosts: {
        one: { address: '198.51.100.1/24' },
        two: { address: '198.51.100.2/24', daemon: { bip: '10.9.9.1/24' } },
      },
      commands: ['[one] docker network create a', '[two] docker network create b'],
    })
    const { networks } = json(plan)
    expect(networks.a.subnets).toEqual(['10.77.0.0/24'])
    expect(networks.b.subnets).toEqual(['10.77.0.0/24'])
    expect(networks['bridge@one'].subnets).toEqual(['192.168.9.0/24'])
    expect(networks['bridge@two'].subnets).toEqual(['10.9.9.0/24'])
  })
})
