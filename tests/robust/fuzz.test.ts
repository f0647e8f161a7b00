/** Random input of every kind: nothing throws, the same input gives the same bytes, and nothing leaves that may not. */
import fc from 'fast-check'
import MarkdownIt from 'markdown-it'
import { describe, expect, it } from 'vitest'
import { compile, planSource } from '../../src/compile.ts'
import dockerNetwork from '../../src/index.ts'
import { readInputText } from '../../src/input/input.ts'
import { planJson } from '../../src/plan/json.ts'
import { formatProblem } from '../../src/problem/report.ts'
import { importTopology } from '../../src/verify/import.ts'
import { readInspect } from '../../src/verify/inspect.ts'
import { NEVER } from '../support/never.ts'
import { LONG, seeds } from '../support/seeds.ts'

const check = (seed: number, runs: number, property: fc.IProperty<never> | fc.IRawProperty<never>): void => {
  fc.assert(property as fc.IRawProperty<unknown>, { seed, numRuns: runs * LONG })
}
const of = (words: string): fc.Arbitrary<string> => fc.constantFrom(...words.split(' '))
const name = of('web db aa bb n back front app x-1 __proto__ 웹 a.b "q"')
const image = of('nginx alpine redis:7')
const subnet = of('10.5.0.0/24 10.6.0.0/16 10.5.0.0/25 172.18.0.0/16 fd00::/64 10.0.0.0/33 x')
const command = fc.oneof(
  fc.tuple(name, subnet).map(([n, s]) => `docker network create --subnet ${s} ${n}`),
  fc
    .tuple(of('bridge macvlan overlay ipvlan host'), name)
    .map(([d, n]) => `docker network create -d ${d} ${n}`),
  fc.tuple(name, name, image).map(([c, n, i]) => `docker run -d --name ${c} --network ${n} ${i}`),
  fc
    .tuple(name, of('80:80 8000-8002:80-82 53/udp 127.0.0.1::80 x'), image)
    .map(([c, p, i]) => `docker run -d --name ${c} -p ${p} ${i}`),
  fc.tuple(of('start stop restart kill rm rm\u0020-f pause'), name).map(([v, c]) => `docker ${v} ${c}`),
  fc.tuple(of('connect disconnect'), name, name).map(([v, n, c]) => `docker network ${v} ${n} ${c}`),
  fc.tuple(of('rm prune'), name).map(([v, n]) => `docker network ${v} ${n}`),
  fc
    .tuple(name, fc.nat(5), name)
    .map(([s, r, n]) => `docker service create --name ${s} --replicas ${r} --network ${n} nginx`),
  fc.tuple(name, fc.nat(6)).map(([s, r]) => `docker service scale ${s}=${r}`),
  of(
    'docker\u0020swarm\u0020init docker\u0020swarm\u0020leave docker\u0020compose\u0020up docker\u0020compose\u0020down docker\u0020ps',
  ).map((c) => c),
  fc.string({ maxLength: 40 }),
)
const commandsModel = fc
  .tuple(of('20 26 27 28 29'), fc.array(command, { maxLength: 14 }))
  .map(([engine, all]) => `engine: ${engine}\ncommands: ${JSON.stringify(all)}\n`)
const yaml = fc
  .array(
    of(
      'services: networks: web: - \u0020\u0020 { } [ ] &a *a << : , ports: "80:80" | > # ? !!x --- $ $\u007bA} \t \n \n\u0020\u0020 image: nginx commands: hosts: swarm: true',
    ).map((w) => w),
    { maxLength: 40 },
  )
  .map((all) => all.join(' '))
const info = fc
  .array(
    of(
      'view=bus view= model=a use=a step=1 print=addresses print=compose hidden lang=ko title="x theme=dark highlight="web\u0020->\u0020db" src=x.yaml src=../.env x = \u202e {% `',
    ),
    { maxLength: 6 },
  )
  .map((all) => all.join(' ').replaceAll('`', ''))
const reference = of(
  '{dn:web.ip} {dn:a#web.ip} {dn:a@1#command.1} {dn:} {dn:{dn:}} `{dn:web.image}` \\{dn:web.ip} {dn:n.subnet} 172.18.0.9 | # -',
)
const post = fc
  .array(
    fc.oneof(
      reference,
      fc
        .tuple(info, fc.oneof(yaml, commandsModel))
        .map(([i, body]) => `\n\n\`\`\`docker-network ${i}\n${body}\n\`\`\`\n\n`),
      fc.string({ maxLength: 20 }),
    ),
    { maxLength: 8 },
  )
  .map((all) => all.join(' '))
const json = fc.oneof(
  fc.json({ maxDepth: 4 }),
  fc.jsonValue({ maxDepth: 3 }).map((value) =>
    JSON.stringify([
      {
        Name: value,
        Id: value,
        IPAM: value,
        Containers: value,
        NetworkSettings: value,
        Config: value,
        Driver: 'bridge',
        Options: value,
        State: value,
      },
    ]),
  ),
  fc.string({ maxLength: 60 }),
)

describe.each(seeds())('seed %i', (seed) => {
  const planned = (source: string): string => {
    const { plan, problems } = planSource(source)
    return JSON.stringify(planJson(plan, problems))
  }
  const sound = (source: string): void => {
    const first = planned(source)
    expect(planned(source)).toBe(first)
    const { problems } = compile(source)
    for (const { span, message, code } of problems) {
      expect(span.start).toBeGreaterThanOrEqual(0)
      expect(span.end).toBeLessThanOrEqual(source.length)
      expect(span.start).toBeLessThanOrEqual(span.end)
      expect(message, code).not.toMatch(/\bNaN\b|\[object /)
    }
  }
  it('commands', () => check(seed, 60, fc.property(commandsModel, sound) as never), 3_600_000)
  it('YAML', () => check(seed, 150, fc.property(yaml, sound) as never), 3_600_000)
  it('Markdown pages, info strings, references and prints', () => {
    check(
      seed,
      60,
      fc.property(post, (text) => {
        const log: string[] = []
        const html = new MarkdownIt({ html: false })
          .use(dockerNetwork, { report: (problems) => log.push(...problems.map(formatProblem)) })
          .render(text)
        // What is no block and no reference is the business of Markdown.
        const parts =
          html.match(/<figure [\s\S]*?<\/figure>|<pre class="docker-network[\s\S]*?<\/pre>/g) ?? []
        expect(parts.join('')).not.toMatch(NEVER)
        expect(log.join('\n')).not.toMatch(NEVER)
        const input = readInputText('a.md', 'a.md', text, {})
        expect(input.rewrite(() => '')).toBe(input.rewrite(() => ''))
      }) as never,
    )
  }, 3_600_000)
  it('JSON of inspect', () => {
    check(
      seed,
      300,
      fc.property(json, (text) => {
        const read = readInspect(text)
        if (!read.ok) expect(read.message).not.toBe('')
        else importTopology(read.value, undefined)
      }) as never,
    )
  }, 3_600_000)
})
