/** Models with a form, but with any value in any of its places: read, planned, drawn, printed and traced without a throw. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile } from '../../src/compile.ts'
import { isHarmless } from '../../src/harmless.ts'
import { figureSvg, planJson, print, trace } from '../../src/library.ts'
import { PRINT_KINDS } from '../../src/print/print.ts'
import { elementsOf } from '../support/dom.ts'
import { NEVER } from '../support/never.ts'
import { LONG, seeds } from '../support/seeds.ts'

const NAMES = ['a', 'b', 'web', 'db', 'x-1', 'n', 'front', '__proto__', 'constructor', 'A.b_c']
const name = fc.constantFrom(...NAMES)
const odd = fc.constantFrom<unknown>(
  null,
  true,
  0,
  -1,
  1.5,
  1e21,
  '',
  'x',
  '0x50',
  '08',
  '1_000',
  '22:22',
  '~',
  'no',
  '10.0.0.0/8',
  '10.5.0.9',
  'fd00::/64',
  '80:80',
  '3000-3005:80-85/udp',
  '127.0.0.1::53/udp',
  'service:a',
  'container:web',
  'host',
  'none',
  '\u202e<b>',
  '\ud800',
  '\u0000',
  'a\nb',
  '[',
  '$$',
  '\u0024{X:-y}',
  '\u0024{X:?z}',
  [],
  {},
  [null],
  [[1]],
  { a: { b: [] } },
)
/** Mostly what belongs there, now and then anything. */
const or = <T>(good: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 12, arbitrary: good as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: odd })
const some = (fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<unknown> =>
  fc.record(fields, { requiredKeys: [] })
const few = (item: fc.Arbitrary<unknown>, most = 3): fc.Arbitrary<unknown> =>
  fc.array(item, { maxLength: most })
const named = (item: fc.Arbitrary<unknown>, most = 4): fc.Arbitrary<unknown> =>
  fc.dictionary(name, item, { maxKeys: most })

const address = fc.constantFrom('10.5.0.9', '10.5.0.1', '10.5.0.255', 'fd00::9', '172.18.0.5')
const subnet = fc.constantFrom(
  '10.5.0.0/24',
  '10.5.0.0/16',
  '10.5.0.0/31',
  '10.5.0.0/32',
  'fd00::/64',
  '0.0.0.0/8',
)
const port = fc.constantFrom<unknown>('80:80', '80', 80, '8080-8083:80', '53:53/udp', '[::1]:80:80', {
  target: 80,
  published: 90,
  mode: 'host',
})
const attachment = or(
  some({
    ipv4_address: or(address),
    ipv6_address: or(address),
    aliases: or(few(name)),
    mac_address: or(fc.constantFrom('02:42:ac:11:00:02', '01:00:00:00:00:00')),
    gw_priority: or(fc.integer({ min: -5, max: 5 })),
  }),
)
const service = some({
  image: or(fc.constantFrom('nginx', 'redis:7', 'a/b@sha256:x')),
  networks: or(fc.oneof(few(name), named(attachment, 3))),
  ports: or(few(port)),
  expose: or(few(port)),
  depends_on: or(
    fc.oneof(
      few(name),
      named(
        some({ condition: fc.constantFrom('service_started', 'service_completed_successfully', 'x') }),
        3,
      ),
    ),
  ),
  links: or(few(fc.constantFrom('a', 'db:x', 'web:web'))),
  network_mode: or(fc.constantFrom('host', 'none', 'bridge', 'service:a', 'container:b', 'front')),
  container_name: or(name),
  scale: or(fc.nat(4)),
  profiles: or(few(name, 1)),
  extends: or(fc.constantFrom<unknown>('a', { service: 'b' })),
  mac_address: or(fc.constantFrom('02:42:ac:11:00:09')),
  dns: or(few(address)),
  deploy: or(
    some({
      mode: or(fc.constantFrom('replicated', 'global', 'replicated-job')),
      replicas: or(fc.nat(4)),
      endpoint_mode: or(fc.constantFrom('vip', 'dnsrr')),
      placement: or(
        some({ constraints: or(few(fc.constantFrom('node.role==manager', 'node.labels.x!=y', 'z'))) }),
      ),
    }),
  ),
})
const network = some({
  driver: or(fc.constantFrom('bridge', 'overlay', 'macvlan', 'ipvlan', 'host', 'null', 'weave')),
  internal: or(fc.boolean()),
  attachable: or(fc.boolean()),
  external: or(fc.boolean()),
  enable_ipv6: or(fc.boolean()),
  enable_ipv4: or(fc.boolean()),
  name: or(name),
  driver_opts: or(
    fc.constantFrom<unknown>(
      { parent: 'eth0' },
      { 'com.docker.network.bridge.name': 'br0' },
      { ipvlan_mode: 'l3' },
      { 'com.docker.network.bridge.gateway_mode_ipv4': 'isolated' },
    ),
  ),
  ipam: or(
    some({
      config: or(
        few(
          some({
            subnet: or(subnet),
            ip_range: or(subnet),
            gateway: or(address),
            aux_addresses: or(named(address)),
          }),
          2,
        ),
      ),
    }),
  ),
})
const host = some({
  address: or(fc.constantFrom('192.168.56.11/24', '192.168.56.12/24', '10.5.0.1/16')),
  role: or(fc.constantFrom('manager', 'worker')),
  labels: or(named(name)),
  interfaces: or(fc.constantFrom({ eth1: '10.9.0.1/24' }, { wg0: '' })),
  routes: or(few(fc.constantFrom('10.8.0.0/16 via 192.168.56.1', '10.7.0.0/16 dev eth0'))),
})
const command = fc.constantFrom(
  'docker compose up -d',
  'docker compose down',
  'docker swarm init',
  'docker stack deploy -c a.yaml s',
  'docker network create --subnet 10.5.0.0/24 n',
  'docker run -d --name a --network n nginx',
  'docker run --name b -p 80:80 nginx',
  '[a] docker stop web',
  'docker restart a',
  'systemctl restart docker',
  'docker service update --force a',
  'docker node rm a',
  '',
)
const model = some({
  name: or(name),
  engine: or(fc.constantFrom(20, 26, 27, 28, 29)),
  swarm: or(
    fc.constantFrom<unknown>(true, false, { 'default-addr-pool': ['10.20.0.0/16'], 'mask-length': 26 }),
  ),
  hosts: or(named(host, 3)),
  daemon: or(
    fc.constantFrom<unknown>(
      { bip: '10.200.0.1/24' },
      { ipv6: true },
      { 'default-address-pools': [{ base: '10.0.0.0/16', size: 24 }] },
      { icc: false },
    ),
  ),
  services: or(named(service, 5)),
  networks: or(named(network, 4)),
  commands: or(few(command, 5)),
  figure: or(
    some({
      view: or(fc.constantFrom('network', 'datapath', 'overlay', 'bus', 'matrix', 'sequence', 'addresses')),
      title: or(fc.constantFrom('A', '<script>')),
      show: or(few(fc.constantFrom('images', 'macs', 'depends_on', 'aliases'))),
      highlight: or(fc.constantFrom('a -> b', 'client -> web:80', 'web -> 10.5.0.9')),
    }),
  ),
}).map((value) => JSON.stringify(value))

describe.each(seeds())('seed %i', (seed) => {
  it('any value in any place is drawn, printed and traced, or told of', () => {
    fc.assert(
      fc.property(model, (source) => {
        const first = compile(source)
        expect(JSON.stringify(planJson(source))).toBe(JSON.stringify(planJson(source)))
        for (const { span, message, hint } of first.problems) {
          expect(span.start).toBeLessThanOrEqual(span.end)
          expect(span.end).toBeLessThanOrEqual(source.length)
          expect(`${message} ${hint}`).not.toMatch(/\bNaN\b|\[object /)
          expect(hint).not.toBe('')
        }
        if (!first.ok) return
        const drawn = figureSvg(source)
        if (!drawn.ok) throw new Error('is planned, and not drawn')
        expect(drawn.svg).not.toMatch(NEVER)
        expect(drawn.svg).not.toMatch(/\bNaN\b|\bundefined\b|Infinity/)
        for (const kind of Object.keys(PRINT_KINDS)) print(source, kind)
        for (const way of ['a -> b', 'client -> web:80', 'outside -> a', 'web -> db:5432/udp'])
          trace(source, way)
      }),
      { seed, numRuns: 60 * LONG },
    )
  }, 3_600_000)

  it('what passes for a figure of ours has nothing that runs or loads, as a browser reads it', () => {
    const drawn = figureSvg('services: { web: { image: nginx, ports: ["80:80"] } }')
    if (!drawn.ok) throw new Error('not drawn')
    const { svg } = drawn
    const sign = fc.constantFrom(
      ...'< > " \' = / & ; <script> </script> <img onerror=x> onload="x" href="javascript:x" xlink:href="x" <!-- --> <![CDATA[ ]]> <style> <a <foreignObject> <svg style="x" src="//x" src="x.png" url(x) \u0000 \t \n a &#60; <SCRIPT <use <animate </svg> </title>'.split(
        ' ',
      ),
    )
    const spoiled = fc
      .array(fc.tuple(fc.nat(svg.length), fc.nat(8), fc.array(sign, { maxLength: 3 })), { maxLength: 3 })
      .map((all) =>
        all.reduce(
          (text, [at, cut, signs]) => text.slice(0, at) + signs.join('') + text.slice(at + cut),
          svg,
        ),
      )
    fc.assert(
      fc.property(spoiled, (text) => {
        if (!isHarmless(text)) return
        for (const { tagName, attrs } of elementsOf(text)) {
          expect(tagName).not.toMatch(
            /^(?:script|style|iframe|object|embed|foreignobject|use|image|animate.*|link|meta|base)$/,
          )
          for (const { name, value } of attrs) {
            expect(name).not.toMatch(/^(?:on|style$|srcset$|action$|formaction$|ping$|xlink:)/)
            // Figures have links: to rows of the page, and to pages of the site.
            if (name === 'href') expect(value).toMatch(/^(?:#|\/(?!\/))/)
            if (/^(?:src|href)$/.test(name))
              expect(value).not.toMatch(/^\s*(?:javascript|data:text|https?:|\/\/)/i)
          }
        }
      }),
      { seed, numRuns: 60 * LONG },
    )
  }, 3_600_000)
})
