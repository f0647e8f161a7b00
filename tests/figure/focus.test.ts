import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import MarkdownIt from 'markdown-it'
import { describe, expect, it } from 'vitest'
import { type Compiled, compile } from '../../src/compile.ts'
import dockerNetwork from '../../src/markdown-it/plugin.ts'
import { placeScene } from '../../src/picture/draw.ts'
import type { PlacedProblem } from '../../src/problem/report.ts'
import { VIEWS } from '../../src/topology/topology.ts'

const span = { start: 0, end: 0 }
const SHOP = `networks: { front: {}, back: {}, mail: {} }
services:
  proxy: { image: traefik, networks: [front], ports: ["443:443"] }
  web: { image: nginx, networks: [front, back], depends_on: [db] }
  api: { image: node, networks: [front, back] }
  db: { image: postgres, networks: [back, mail] }
  smtp: { image: postfix, networks: [mail] }
  job: { image: busybox, network_mode: none }
`

function focused(names: readonly string[], text = SHOP, highlight?: string): Extract<Compiled, { ok: true }> {
  const result = compile(text, {
    figure: {
      focus: names.map((value) => ({ value, span })),
      highlight: highlight === undefined ? [] : [{ value: highlight, span }],
    },
  })
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join())
  return result
}
const cardsOf = ({ scene }: Extract<Compiled, { ok: true }>): readonly string[] =>
  scene.cards.map((card) => card.container)
const factsOf = ({ scene }: Extract<Compiled, { ok: true }>): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(
    scene.networks.map(({ title, facts }) => [title, facts.find((fact) => fact.startsWith('and '))]),
  )

describe('focus=', () => {
  it('draws a container, its networks and what it depends on, and counts the rest where it is', () => {
    const one = focused(['web'])
    expect(cardsOf(one)).toEqual(['web', 'db'])
    expect(factsOf(one)).toEqual({ front: 'and 2 more', back: 'and 1 more' })
    expect(one.scene.cards[1]?.members[0]?.details).toEqual(['and one more network'])
    expect(one.figure.legend.map(({ text }) => text)).toContain(
      '4 more containers and one more network are not drawn.',
    )
  })

  it('does not count docker_gwbridge among the networks of a task', () => {
    const text = readFileSync(
      join(import.meta.dirname, '../../content/gallery/32-highlight-overlay.yaml'),
      'utf8',
    )
    const one = focused(['db'], text)
    expect(one.scene.cards.flatMap(({ members }) => members.flatMap(({ details }) => details))).toEqual([])
  })

  it('tells what is left out beyond the networks drawn: containers, networks, hosts', () => {
    const text = readFileSync(
      join(import.meta.dirname, '../../content/gallery/33-fifty-on-five.yaml'),
      'utf8',
    )
    const one = focused(['node2'], text)
    expect(one.figure.legend[0]?.text).toBe('40 more containers and 4 more hosts are not drawn.')
    const all = [...one.plan.networks.values()].filter(({ span }) => span !== null)
    expect(one.scene.networks.length).toBe(all.length)
    const legend = focused(['front', 'back', 'mail', 'job']).figure.legend.map(({ kind }) => kind)
    expect(legend).not.toContain('rest')
  })

  it('tells in the address space of a part whose each address is, drawn or not', () => {
    const highlight = { focus: [{ value: 'proxy', span }], view: 'addresses' as const }
    const result = compile(SHOP, { figure: highlight })
    if (!result.ok) throw new Error('not drawn')
    const cells = (placeScene(result.scene).cells ?? []).map(({ texts }) =>
      texts.map(({ text }) => text).join(' '),
    )
    expect(cells.filter((text) => text.startsWith('172.18.0.'))).toEqual(['172.18.0.0/16 back'])
    expect(cells).toEqual(expect.arrayContaining(['172.19.0.0/16 front', '172.20.0.0/16 mail']))
    expect(cells.filter((text) => /^172\.19\.0\.[0-9] /.test(text))).toHaveLength(6)
  })

  it('draws a network with all of its containers', () => {
    const one = focused(['mail'])
    expect(cardsOf(one)).toEqual(['db', 'smtp'])
    expect(factsOf(one)).toEqual({ mail: undefined })
  })

  it('draws a list, and all that a highlighted way passes', () => {
    expect(cardsOf(focused(['proxy', 'smtp']))).toEqual(['proxy', 'smtp'])
    expect(cardsOf(focused(['smtp'], SHOP, 'proxy -> api'))).toEqual(['proxy', 'api', 'smtp'])
  })

  it('keeps containers with one sandbox together', () => {
    const pod =
      'services: { vpn: { image: gluetun }, app: { image: x, network_mode: "service:vpn" }, other: {} }'
    expect(
      focused(['app'], pod).scene.cards.map((card) => card.members.map((member) => member.container)),
    ).toEqual([['vpn', 'app']])
  })

  it('takes the tasks of a swarm service, and the containers of a host', () => {
    const text = readFileSync(
      join(import.meta.dirname, '../../content/gallery/33-fifty-on-five.yaml'),
      'utf8',
    )
    const one = focused(['queue'], text)
    expect(cardsOf(one)).toHaveLength(10)
    expect([...one.scene.plan.services.keys()]).toEqual(['queue'])
    expect(cardsOf(focused(['node2'], text))).toHaveLength(10)
    expect(focused(['node2'], text).scene.hosts.map(({ name }) => name)).toEqual(['node2'])
  })

  it('has no more addresses in its table than in the figure', () => {
    expect(focused(['proxy']).figure.addresses.map(({ owner }) => owner)).toEqual(['front', 'proxy'])
  })

  it('is drawn with every address once', () => {
    const { cells, chips } = placeScene(focused(['web']).scene)
    expect(cells).toBeUndefined()
    expect(chips.filter(({ kind }) => kind === 'interface')).toHaveLength(3)
  })

  it('goes with steps', () => {
    const result = compile(
      'commands: [docker network create a, docker run -d --name xx --network a nginx, docker run -d --name yy nginx]',
      { since: 1, figure: { focus: [{ value: 'xx', span }] } },
    )
    expect(result.ok && result.figure.description[0]).toBe('container xx is new: 172.18.0.2 on a.')
    expect(result.ok && cardsOf(result)).toEqual(['xx'])
  })

  it('tells a name that is not there at its place', () => {
    const problems: PlacedProblem[] = []
    const md = new MarkdownIt().use(dockerNetwork, { report: (found) => problems.push(...found) })
    md.render(`\`\`\`docker-network focus="proxy, wbe"\n${SHOP}\`\`\`\n`)
    const told = problems.map(({ problem, source }) => [
      problem.code,
      problem.hint,
      source.position(problem.span.start).column,
    ])
    expect(told).toContainEqual(['UNKNOWN_FOCUS', 'Did you mean "web"?', 33])
  })

  it.each([undefined, ...VIEWS])('never draws a container as one without a network, in view %s', (view) => {
    const text = `networks: { aa: {}, bb: {}, cc: {} }
services:
  far: { image: nginx, networks: [aa, bb], ports: ["80:80"] }
  guest: { image: nginx, network_mode: "service:far" }
  near: { image: nginx, networks: [bb, cc] }
  web: { image: nginx, networks: [cc], depends_on: [far, guest, near, bare] }
  bare: { image: nginx, network_mode: none }
`
    const highlight = view === 'sequence' ? [{ value: 'web -> near', span }] : []
    const result = compile(text, {
      figure: { focus: [{ value: 'web', span }], view: view ?? null, highlight, show: ['depends_on'] },
    })
    if (!result.ok) throw new Error('not drawn')
    if (view !== 'sequence') {
      // The address space tells of all that is on a network of the part.
      expect([...result.scene.plan.containers.keys()].sort()).toEqual(['bare', 'near', 'web'])
      expect(result.figure.legend.map(({ text: said }) => said)).toContain(
        '2 more containers and 2 more networks are not drawn.',
      )
    }
    const apart = result.scene.cards.filter((card) => card.apart === 'none').map((card) => card.container)
    expect(apart).toEqual(['bare'])
    expect(result.figure.description.filter((said) => said.includes('no network'))).toEqual([
      expect.stringContaining('bare'),
    ])
  })

  it.each(['network', 'bus', 'datapath', 'matrix'] as const)(
    'says of a container whose only network is hidden that it is on one, in view %s',
    (view) => {
      const text =
        'services:\n  web: { image: nginx, network_mode: bridge }\n  bare: { image: nginx, network_mode: none }\n'
      const result = compile(text, { figure: { view, hide: ['bridge'] } })
      if (!result.ok) throw new Error('not drawn')
      expect(result.scene.cards.map(({ container, apart }) => [container, apart])).toEqual([
        ['web', 'undrawn'],
        ['bare', 'none'],
      ])
      const said = result.figure.description.join(' ')
      expect(said).toContain('Container web (nginx) on the host is on networks that are not drawn.')
      expect(said).toContain('Container bare (nginx) on the host has no network, only lo.')
      // A sandbox with its interfaces has no lines of its own.
      if (view !== 'datapath') expect(result.mermaid).toContain('on networks not drawn here')
    },
  )

  it('draws what a highlighted way begins at on its networks, also where the packet gets nowhere', () => {
    const one = focused(['smtp'], SHOP, 'proxy -> 203.0.113.9')
    expect(one.scene.cards.map(({ container, apart }) => [container, apart])).toContainEqual(['proxy', null])
    const none = focused(['smtp'], SHOP, 'proxy -> smtp')
    expect(none.scene.cards.map(({ container, apart }) => [container, apart])).toContainEqual(['proxy', null])
  })

  it('has no words of a container that now is on other networks than those drawn', () => {
    const text = `commands:
  - docker network create aa
  - docker network create bb
  - docker run -d --name app --network aa nginx
  - docker network connect bb app
  - docker network disconnect aa app
`
    const result = compile(text, { since: 3, figure: { focus: [{ value: 'aa', span }] } })
    if (!result.ok) throw new Error('not drawn')
    expect(result.figure.description.join(' ')).not.toContain('no network')
  })

  it('takes a network by its key in the file, as references do, and lists of names', () => {
    const shop = `name: shop\n${SHOP}`
    expect(cardsOf(focused(['mail'], shop))).toEqual(['shop-db-1', 'shop-smtp-1'])
    expect(cardsOf(focused(['shop_mail'], shop))).toEqual(['shop-db-1', 'shop-smtp-1'])
    expect(cardsOf(focused(['proxy,smtp']))).toEqual(['proxy', 'smtp'])
    const inFile = compile(`${SHOP}figure: { focus: "proxy, smtp" }\n`)
    expect(inFile.ok && cardsOf(inFile)).toEqual(['proxy', 'smtp'])
  })

  it.each([
    ['proxy, wbe', 'wbe', 'Did you mean "web"?'],
    ['', '', null],
    [' , ', ' , ', null],
    ['nothing-like-it', 'nothing-like-it', null],
    ['mial', 'mial', 'Did you mean "mail"?'],
  ])('tells of focus "%s" what is not there, and what is', (written, unknown, hint) => {
    const lab = `name: shop\n${SHOP}commands: [docker run -d --name by-hand nginx]\nfigure: { focus: "${written}" }\n`
    const result = compile(lab)
    const told = result.problems.filter(({ code }) => code === 'UNKNOWN_FOCUS')
    expect(told.map(({ message }) => message)).toEqual([`nothing is called "${unknown}"`])
    const { span: at } = told[0] ?? { span }
    expect(lab.slice(at.start, at.end).replaceAll('"', '')).toBe(unknown)
    if (hint === null) expect(told[0]?.hint).toMatch(/^Known: .*shop-web-1.*shop_mail.*host\.$/)
    else expect(told[0]?.hint).toBe(hint)
  })

  it.each(VIEWS)('has networks in the colours of the whole figure, in view %s', (view) => {
    const huesOf = (focus: readonly string[]) => {
      const result = compile(SHOP, {
        figure: {
          view,
          focus: focus.map((value) => ({ value, span })),
          highlight: view === 'sequence' ? [{ value: 'web -> db', span }] : [],
        },
      })
      if (!result.ok) throw new Error('not drawn')
      return result.scene.networks.map(({ key, hue }) => [key, hue])
    }
    const whole = huesOf([])
    expect(whole.map(([, hue]) => hue)).toEqual([...whole.keys()])
    for (const [name, count] of [
      ['db', 2],
      ['mail', 1],
      ['job', 0],
    ] as const) {
      const part = huesOf([name])
      expect(part).toHaveLength(view === 'sequence' ? whole.length : count)
      expect(whole).toEqual(expect.arrayContaining(part))
    }
  })
})
