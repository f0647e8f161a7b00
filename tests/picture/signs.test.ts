import { describe, expect, it } from 'vitest'
import { compile, planSource } from '../../src/compile.ts'
import { signOfImage } from '../../src/figure/signs.ts'
import { figureSvg } from '../../src/library.ts'
import type { FigureTransformer } from '../../src/picture/decorate.ts'
import { placeScene } from '../../src/picture/draw.ts'
import { SIGN_PATHS } from '../../src/picture/signs.ts'
import { SIGNS } from '../../src/topology/topology.ts'

function boxesOf(source: string, width = 700) {
  const compiled = compile(source)
  if (!compiled.ok) throw new Error(compiled.problems.map(({ message }) => message).join())
  return placeScene(compiled.scene, width)
}
const signsOf = (source: string): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(
    boxesOf(source).boxes.flatMap((box) =>
      box.subject.is === 'container' ? [[box.subject.container, box.sign?.name]] : [],
    ),
  )

describe('a sign', () => {
  it.each([
    ['postgres:16', 'database'],
    ['ghcr.io/acme/postgres-with-timescale@sha256:00', 'database'],
    ['redis', 'cache'],
    ['docker.io/library/nginx:1.27', 'web'],
    ['jc21/nginx-proxy-manager', 'proxy'],
    ['confluentinc/cp-kafka', 'queue'],
    ['quay.io/frrouting/frr:9', 'router'],
    ['localhost:5000/qmcgaw/gluetun', 'vpn'],
    ['prom/node-exporter', 'monitor'],
    ['provectuslabs/kafka-ui', 'web'],
    ['mongo-express:1', 'web'],
    ['dpage/pgadmin4', 'web'],
    ['quay.io/prometheuscommunity/postgres-exporter', 'monitor'],
    ['acme/mail-worker', 'worker'],
    ['alpine', null],
    ['', null],
  ])('of the image %s is %s', (image, sign) => {
    expect(signOfImage(image)).toBe(sign)
  })

  it('is by image, by x-icon, by figure.icons, in this order of weight', () => {
    const services =
      'services: { db: { image: postgres }, job: { image: x, x-icon: worker }, web: { image: nginx } }'
    expect(signsOf(services)).toEqual({ db: 'database', job: 'worker', web: 'web' })
    expect(signsOf(`${services}\nfigure: { icons: { web: proxy, job: queue } }`)).toEqual({
      db: 'database',
      job: 'queue',
      web: 'proxy',
    })
    expect(signsOf(`${services}\nfigure: { hide: [icons] }`)).toEqual({
      db: undefined,
      job: undefined,
      web: undefined,
    })
  })

  it('that nobody asked for is there for all or for none', () => {
    const long = 'services: { a-database-of-customers-in-europe: { image: postgres }, web: { image: nginx } }'
    expect(Object.values(signsOf(long))).toEqual([undefined, undefined])
    expect(Object.values(signsOf(`${long}\nfigure: { show: [icons] }`))).toEqual(['database', 'web'])
  })

  it('stands inside of its box, before the name', () => {
    for (const box of boxesOf('services: { db: { image: postgres }, cache: { image: redis } }').boxes) {
      if (box.sign === undefined) continue
      expect(box.sign.x).toBeGreaterThanOrEqual(box.x)
      expect(box.sign.x + 16).toBeLessThan((box.texts[0]?.x ?? 0) - (box.texts[0]?.width ?? 0) / 2)
      expect(box.sign.y).toBeGreaterThanOrEqual(box.y)
      expect(box.sign.y + 16).toBeLessThanOrEqual(box.y + box.height)
    }
  })

  it('has a shape for every name, each another', () => {
    expect(new Set(SIGNS.map((sign) => SIGN_PATHS[sign])).size).toBe(SIGNS.length)
  })

  it('that is none is told, with those there are', () => {
    const result = compile('services: { web: { x-icon: databse } }')
    expect(result.problems.map(({ code, hint }) => `${code} ${hint}`)).toEqual([
      expect.stringMatching(/^INVALID_VALUE .*database/),
    ])
  })
})

describe('outside:', () => {
  const source = `hosts: { node: { address: 192.168.56.10/24 } }
outside:
  internet: { icon: internet }
  router: { icon: router, address: 192.168.56.1, routes: ["172.18.0.0/16 via 192.168.56.10"] }
  nas: { address: 192.168.56.20/24 }
services: { web: { image: nginx, ports: ["80:80"] } }
`
  it.each([700, 340])('is drawn below at %i px, each joined, nothing on anything else', (width) => {
    const figure = boxesOf(source, width)
    const machines = figure.boxes.filter((box) => box.kind === 'machine')
    expect(machines.map((box) => box.texts.map(({ text }) => text).join(' '))).toEqual([
      'internet',
      expect.stringContaining('router 192.168.56.1 172.18.0.0/16 via 192.168.56.10'),
      'nas 192.168.56.20/24',
    ])
    for (const [index, one] of machines.entries()) {
      expect(one.x).toBeGreaterThanOrEqual(0)
      expect(one.x + one.width).toBeLessThanOrEqual(figure.width)
      expect(one.y + one.height).toBeLessThanOrEqual(figure.height)
      expect(figure.lines.some((line) => line.from === one.id)).toBe(true)
      for (const other of [...machines.slice(index + 1), ...figure.enclosures])
        expect(
          one.x < other.x + other.width &&
            other.x < one.x + one.width &&
            one.y < other.y + other.height &&
            other.y < one.y + one.height,
        ).toBe(false)
    }
  })

  it.each([700, 340])('is joined at %i px to the interface that leads to it, which has a pill', (width) => {
    const figure = boxesOf(
      `hosts: { node: { address: 192.168.56.10/24, interfaces: { wg0: 172.22.1.1/24, lan: 10.1.0.2/24 } } }
outside: { internet: {}, peer: { address: 172.22.1.7 }, nas: { address: 192.168.56.20/24 }, tv: { address: 10.1.0.9 } }
services: { web: { image: nginx } }`,
      width,
    )
    const devices = figure.lines.flatMap((line) => {
      const chip = figure.chips.find(({ id }) => id === line.to)?.subject
      return line.subject.is === 'machine' ? [[line.subject.machine, chip?.is === 'nic' && chip.device]] : []
    })
    expect(Object.fromEntries(devices)).toEqual({ internet: 'eth0', peer: 'wg0', nas: 'eth0', tv: 'lan' })
  })

  it('without an address is joined to the interface of the default route', () => {
    const { lines, chips } = boxesOf(
      `hosts: { node: { address: 192.168.56.10/24, interfaces: { wg0: 172.22.1.1/24 }, routes: ["default via 172.22.1.254"] } }
outside: { internet: {} }
services: { web: { image: nginx } }`,
    )
    const end = lines.find(({ subject }) => subject.is === 'machine')?.to
    expect(chips.find(({ id }) => id === end)?.subject).toEqual({ is: 'nic', host: 'node', device: 'wg0' })
  })

  it('is held to what addresses and routes are', () => {
    const result = compile(
      'outside: { fw: { icon: firewall, address: nowhere, routes: [default] } }\nservices: { web: {} }',
    )
    expect(result.problems.map(({ code }) => code)).toEqual(['INVALID_ADDRESS', 'INVALID_ROUTE'])
  })
})

describe('a transformer', () => {
  const source =
    'networks: { back: {} }\nservices: { db: { image: postgres, networks: [back] }, web: { networks: [back] } }'
  const drawn = (...transformers: readonly FigureTransformer[]): string => {
    const result = figureSvg(source, { transformers })
    if (!result.ok) throw new Error('not drawn')
    return result.svg
  }

  it('gives a class, a link and a caption to a box', () => {
    const svg = drawn({
      name: 'docs',
      container: ({ name }) =>
        name === 'db' ? { class: 'mine', link: '#database', caption: 'all orders' } : undefined,
      network: () => ({ caption: 'rack 4' }),
      host: () => ({ class: 'rack' }),
    })
    expect(svg).toMatch(/<a href="#database"><g class="box container [^"]*mine">/)
    expect(svg).toContain('>all orders</text>')
    expect(svg).toContain('rack 4')
    expect(svg).toMatch(/<g class="enclosure host[^"]* rack">/)
    expect(svg).toContain('role="group"')
    expect(drawn()).toContain('role="img"')
  })

  it('comes together with others', () => {
    const svg = drawn(
      { container: () => ({ class: 'one' }) },
      { container: () => ({ class: 'two', link: '/db/' }) },
    )
    expect(svg).toMatch(/<a href="\/db\/"><g class="[^"]* one two">/)
  })

  it('can bring in nothing that runs or breaks out', () => {
    const svg = drawn({
      container: () => ({
        class: '"><script>',
        link: 'javascript:alert(1)',
        caption: '<script>alert(1)</script>',
      }),
    })
    expect(svg).not.toContain('<script')
    expect(svg).not.toContain('javascript:')
    expect(svg).not.toContain('<a ')
  })
})

describe('figure.icons', () => {
  const told = (text: string, step?: number): readonly string[] =>
    planSource(text, { step })
      .problems.filter(({ code }) => code === 'UNKNOWN_ICON' || code === 'INVALID_VALUE')
      .map(
        ({ code, message, hint, span }) => `${code} ${text.slice(span.start, span.end)}: ${message}. ${hint}`,
      )

  it('tells a name that nothing has, at its place, with the nearest one', () => {
    expect(
      told('services: { web: {}, jobs: {} }\nfigure: { icons: { wbe: cache, jobs: worker } }\n'),
    ).toEqual([
      'UNKNOWN_ICON wbe: icons has "wbe", and no container or service is called so. Did you mean "web"?',
    ])
  })

  it('tells a sign that there is not', () => {
    expect(told('services: { web: {} }\nfigure: { icons: { web: cahce } }\n')).toHaveLength(1)
    expect(told('services: { web: { x-icon: cahce } }\n')).toHaveLength(1)
  })

  it('takes names of containers, services and replicas, and those that commands make or unmake', () => {
    const text = `services: { web: { deploy: { replicas: 2 } } }
commands: [docker run -d --name box busybox, docker rm -f box]
figure: { icons: { web: web, web-2: cache, box: worker } }
`
    for (const step of [undefined, 0, 1, 2]) expect(told(text, step)).toEqual([])
  })
})
