import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planSource } from '../../src/compile.ts'
import type { Plan } from '../../src/plan/plan.ts'
import { textIn } from '../../src/problem/in-language.ts'
import type { Problem } from '../../src/problem/problem.ts'
import {
  lintProse,
  lookUp,
  parseReference,
  type ReferableModel,
  resolveReference,
  splitReferences,
} from '../../src/reference/index.ts'

function planOf(source: string): Plan {
  const { plan } = planSource(source)
  if (plan === null) throw new Error('no plan')
  return plan
}

const shop = planOf(`
engine: 28
hosts: { host: { address: 192.168.56.10/24 } }
networks: { mybridge: {}, back: { ipam: { config: [{ subnet: 10.5.0.0/24, ip_range: 10.5.0.128/25 }] } } }
services:
  db: { image: redis, networks: [mybridge] }
  web: { image: chrch/web, networks: { mybridge: {}, back: { ipv4_address: 10.5.0.9 } }, ports: ["8000:5000", "53:53/udp"], depends_on: [db] }
`)
const pets = planOf(`
hosts: { node1: { address: 192.168.56.11/24, role: manager }, node2: { address: 192.168.56.12/24 } }
swarm: true
networks: { pets-overlay: {} }
services: { db: { image: redis, networks: [pets-overlay] }, web: { networks: [pets-overlay], ports: ["8080:5000"], deploy: { replicas: 2 } } }
`)
const project = planOf(`
name: shop
networks: { front: {}, lan: { name: office } }
services:
  web: { image: nginx, networks: [front] }
  app: { image: app, deploy: { replicas: 2 }, networks: [front] }
  db: { image: redis, container_name: store, networks: [lan] }
  job: { image: job }
`)
const twoHosts = planOf(`
name: shop
hosts: { a: { address: 10.9.0.1/24 }, b: { address: 10.9.0.2/24, daemon: { default-address-pools: [{ base: 10.50.0.0/16, size: 24 }] } } }
networks: { front: {} }
services:
  web: { networks: [front], deploy: { placement: { constraints: [node.hostname == a] } } }
  api: { networks: [front], deploy: { placement: { constraints: [node.hostname == b] } } }
`)
const text = (plan: Plan, path: string): string => {
  const value = lookUp(plan, path)
  return value.ok ? value.text : `${textIn(value.reason)}; ${value.hint === null ? '' : textIn(value.hint)}`
}

describe('a name of the file', () => {
  it.each([
    ['web.ip', 'shop-web-1.ip'],
    ['web@front.ip', 'shop-web-1@shop_front.ip'],
    ['front.subnet', 'shop_front.subnet'],
    ['lan.gateway', 'office.gateway'],
    ['default.subnet', 'shop_default.subnet'],
    ['db.ip', 'store.ip'],
    ['db@lan.cidr', 'store@office.cidr'],
    ['job.ip', 'shop-job-1.ip'],
    ['app.image', 'shop-app-2.image'],
  ])('%s is %s, which a project made of it', (path, made) => {
    expect(lookUp(project, path)).toEqual(lookUp(project, made))
    expect(lookUp(project, path).ok).toBe(true)
  })
  it('of several containers has no address, and the hint lists names that do', () => {
    expect(text(project, 'app.ip')).toBe(
      '"app" means 2 containers; Write one of shop-app-1.ip, shop-app-2.ip.',
    )
    expect(lookUp(project, 'shop-app-1.ip').ok).toBe(true)
    expect(text(project, 'app@front.ip')).toContain('shop-app-2@front.ip')
    expect(lookUp(project, 'shop-app-2@front.ip').ok).toBe(true)
  })
  it('of a network that several hosts have means those that are the same everywhere', () => {
    expect(text(twoHosts, 'front.driver')).toBe('bridge')
    const [, first = ''] = /Write one of (\S+?),/.exec(text(twoHosts, 'front.subnet')) ?? []
    expect(lookUp(twoHosts, first).ok).toBe(true)
  })
})

describe('a path', () => {
  it.each([
    ['db.ip', '172.18.0.2'],
    ['db.cidr', '172.18.0.2/16'],
    ['db.gateway', '172.18.0.1'],
    ['db.interface', 'eth0'],
    ['db.subnet', '172.18.0.0/16'],
    ['db.network', 'mybridge'],
    ['db.image', 'redis'],
    ['db.state', 'running'],
    ['web@mybridge.ip', '172.18.0.3'],
    ['web@back.ip', '10.5.0.9'],
    ['web.port', '8000'],
    ['web.ports', '8000:5000, 53:53/udp'],
    ['web.route', '10.5.0.128'],
    ['mybridge.subnet', '172.18.0.0/16'],
    ['mybridge.gateway', '172.18.0.1'],
    ['back.ip-range', '10.5.0.128/25'],
    ['bridge.gateway', '172.17.0.1'],
    ['bridge.device', 'docker0'],
    ['host.ip', '192.168.56.10'],
    ['host.address', '192.168.56.10/24'],
    ['engine', '28'],
    ['command.1', 'docker network create --subnet 10.5.0.0/24 --ip-range 10.5.0.128/25 back'],
  ])('%s is %s', (path, value) => {
    expect(text(shop, path)).toBe(value)
  })
  it.each([
    ['pets-overlay.vni', '4097'],
    ['ingress.vni', '4096'],
    ['pets-overlay.subnet', '10.0.1.0/24'],
    ['db.vip', '10.0.1.2'],
    ['web.vip', '10.0.1.4'],
    ['web.port', '8080'],
    ['web.replicas', '2'],
    ['node2.ip', '192.168.56.12'],
    ['docker_gwbridge@node1.subnet', '172.18.0.0/16'],
    ['ingress-endpoint@node1@ingress.ip', '10.0.0.2'],
  ])('%s of a swarm is %s', (path, value) => {
    expect(text(pets, path)).toBe(value)
  })
  it('of a task with a dot in its name is found', () => {
    expect(text(pets, 'web.1.ip')).toMatch(/^10\.0\.1\.\d+$/)
  })
  it.each([
    ['wbe.ip', 'Did you mean web.ip?'],
    ['web.ip', 'Write web@back or web@mybridge.'],
    ['db.ipp', 'Did you mean db.ip?'],
    ['db.mac', 'Give it one with mac_address, or use engine 27 or earlier.'],
    ['mybridge.vni', 'has no VNI: its driver is bridge'],
    ['nobody', 'the model has no "nobody"'],
    ['wbe', 'Did you mean web?'],
    ['', 'Write, for example, web.ip.'],
    ['__proto__.ip', 'the model has no "__proto__"'],
    ['db.constructor', 'a container has no property "constructor"'],
    ['command.99', 'The first is 1.'],
  ])('%s is told what to write', (path, part) => {
    expect(text(shop, path)).toContain(part)
  })
  it('that is a name alone is that name', () => {
    expect(text(shop, 'web')).toBe('web')
  })
  it('of a service that has only tasks is told which', () => {
    expect(text(pets, 'web.ip')).toContain('Write web.1.ip, or web.vip.')
  })
})

describe('a reference in a text', () => {
  it('is found with its model, step and place', () => {
    const line = 'web: {dn:web.ip}, db: {dn:lab@3#db.1.ip}.'
    const pieces = splitReferences(line)
    expect(pieces.map((piece) => (piece.kind === 'text' ? piece.text : piece.reference))).toEqual([
      'web: ',
      { model: null, step: null, path: 'web.ip', span: { start: 5, end: 16 } },
      ', db: ',
      { model: 'lab', step: 3, path: 'db.1.ip', span: { start: 22, end: 40 } },
      '.',
    ])
  })
  it('stays as it is behind a backslash', () => {
    expect(splitReferences('write \\{dn:web.ip}')).toEqual([{ kind: 'text', text: 'write {dn:web.ip}' }])
  })
  it('is found by any text, and nothing of the text is lost', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('{dn:', '}', 'a.b', '#', '@3', '\\', ' ', '{', '\n', '가')),
        (parts) => {
          const whole = parts.join('')
          const joined = splitReferences(whole)
            .map((piece) =>
              piece.kind === 'text'
                ? piece.text
                : whole.slice(piece.reference.span.start, piece.reference.span.end),
            )
            .join('')
          expect(joined).toBe(whole.replaceAll(/\\(?=\{dn:[^{}\n]*\})/g, ''))
        },
      ),
      { seed: 20220204, numRuns: 500 },
    )
  })

  const at = { start: 0, end: 0 }
  const models: readonly ReferableModel[] = [
    { name: 'shop', steps: 0, plan: () => shop },
    { name: 'pets', steps: 3, plan: () => pets },
    { name: 'broken', steps: 0, plan: () => null },
  ]
  it('takes the model it names', () => {
    expect(resolveReference(parseReference('shop#db.ip', at), models)).toEqual({
      ok: true,
      text: '172.18.0.2',
    })
    expect(resolveReference(parseReference('pets#db.vip', at), models)).toEqual({
      ok: true,
      text: '10.0.1.2',
    })
  })
  it('takes the only model that has the value when it names none', () => {
    expect(resolveReference(parseReference('mybridge.subnet', at), models)).toEqual({
      ok: true,
      text: '172.18.0.0/16',
    })
  })
  it.each([
    ['web.port', 'AMBIGUOUS_REFERENCE', "Write the model's name in front: {dn:MODEL#web.port}."],
    ['shpo#web.ip', 'UNKNOWN_REFERENCE', 'Did you mean "shop"?'],
    ['pets@4#db.vip', 'STEP_OUT_OF_RANGE', 'Write a step from 0 to 3.'],
    ['shop#nothing.ip', 'UNKNOWN_REFERENCE', 'It has'],
  ])('%s is %s', (inside, code, hint) => {
    const resolved = resolveReference(parseReference(inside, at), models)
    expect(resolved.ok).toBe(false)
    if (resolved.ok) return
    expect(resolved.problem?.code).toBe(code)
    expect(resolved.problem?.hint).toContain(hint)
  })
  it('says nothing more of a model whose block has errors', () => {
    expect(resolveReference(parseReference('broken#web.ip', at), models)).toEqual({
      ok: false,
      problem: null,
    })
  })
  it('needs a model in the post', () => {
    expect(resolveReference(parseReference('web.ip', at), []).ok).toBe(false)
  })
})

describe('addresses typed by hand', () => {
  function lint(prose: string, plans: readonly Plan[] = [shop, pets]): string[] {
    const problems: Problem[] = []
    lintProse([{ text: prose, offset: 100 }], plans, 'warning', (problem) => problems.push(problem))
    return problems.map(({ code, span }) => `${code} ${prose.slice(span.start - 100, span.end - 100)}`)
  }
  it.each([
    ['`db`는 172.18.0.2 입니다.', []],
    ['`db`는 172.18.0.7 입니다.', ['STALE_ADDRESS 172.18.0.7']],
    ['ping 10.5.0.77', ['STALE_ADDRESS 10.5.0.77']],
    ['curl http://10.5.0.77:80/x', ['STALE_ADDRESS 10.5.0.77']],
    ['cat /var/10.5.0.77/log', []],
    ['the gateway 172.18.0.1 of 172.18.0.0/16', []],
    ['inet 172.18.0.2/16 brd 172.18.255.255', []],
    ['172.18.0.0/24', ['STALE_SUBNET 172.18.0.0/24']],
    ['pools go from 172.17.0.0/16 to 172.31.0.0/16', []],
    ['all of 10.0.0.0/8', []],
    ['half of it, 10.5.0.128/25', []],
    ['web (172.18.0.3), db=172.18.0.2', []],
    ['inet6 fe80::1, at 12:34:56, 02:42:ac:11:00:02', []],
    ['8.8.8.8, 127.0.0.11 and 192.168.56.10', []],
    ['Docker 28.5.2 and version 172.18.0.7.1', []],
    ['172.18.0.7 <!-- dn-ignore -->', []],
    ['<!-- dn-ignore-next-line -->\n172.18.0.7\n172.18.0.8', ['STALE_ADDRESS 172.18.0.8']],
    ['300.18.0.7 and 172.18.0.07', []],
  ])('%s', (prose, found) => {
    expect(lint(prose)).toEqual(found)
  })
  it('knows whose an address is', () => {
    expect(lint('web (172.18.0.2)', [shop])).toEqual(['STALE_ADDRESS 172.18.0.2'])
    expect(lint('db (172.18.0.2)', [shop])).toEqual([])
  })
  it('says nothing without a model', () => {
    expect(lint('172.18.0.7', [])).toEqual([])
  })
  it('takes an address that any model of the post has', () => {
    const other = planOf(
      'commands: [docker network create back, docker run -d --name aa --network back nginx, docker run -d --name bb --network back nginx, docker run -d --name cc --network back nginx]',
    )
    expect(lint('172.18.0.4')).toEqual([])
    expect(lint('172.18.0.4', [shop])).toEqual(['STALE_ADDRESS 172.18.0.4'])
    expect(lint('172.18.0.4', [shop, other])).toEqual([])
  })
  it('takes an address that a command of the model names', () => {
    const plan = planOf(
      'commands: [docker network create --subnet 10.9.0.0/24 lab, { run: docker run -d --name cc --network lab --ip 10.9.0.300 nginx, expect: error }]',
    )
    expect(lint('docker run --ip 10.9.0.44', [plan])).toEqual(['STALE_ADDRESS 10.9.0.44'])
  })
  it('ends on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (prose) => {
        lint(prose)
      }),
      { seed: 20220204, numRuns: 300 },
    )
    expect(lint(`${'1.'.repeat(50_000)} ${':'.repeat(50_000)} ${'f:'.repeat(50_000)}`)).toEqual([])
  })
})
