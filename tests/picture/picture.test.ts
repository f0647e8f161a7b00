import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Compiled, compile } from '../../src/compile.ts'
import { place } from '../../src/picture/place.ts'
import type { PlacedFigure } from '../../src/picture/placed.ts'
import { writeSvg } from '../../src/picture/write-svg.ts'
import { TOPOLOGY_VIEWS as VIEWS } from '../../src/topology/topology.ts'
import { figureCases } from '../support/figures.ts'
import { seeds } from '../support/seeds.ts'
import { topologies } from '../support/topologies.ts'

const GALLERY = join(import.meta.dirname, '../../content/gallery')
type Drawn = Extract<Compiled, { readonly ok: true }>

function compiled(source: string, view: (typeof VIEWS)[number] | null = null): Drawn | null {
  const result = compile(source, { figure: { view } })
  return result.ok ? result : null
}

/** What of the plan the picture has to have, and what it has, each as a sorted list. */
function contentOf(
  { scene }: Drawn,
  figure: PlacedFigure,
): { wanted: readonly string[]; has: readonly string[] } {
  const wanted: string[] = []
  const has: string[] = []
  for (const host of scene.hosts) {
    wanted.push(`host ${host.name}`)
    for (const { container, text } of host.plumbing?.dnat ?? [])
      if (container !== '') wanted.push(`port ${container} ${text}`)
  }
  for (const network of scene.networks) wanted.push(`network ${network.key}`)
  for (const card of scene.cards) {
    for (const member of card.members) wanted.push(`container ${member.container}`)
    for (const joint of card.joints)
      wanted.push(`attachment ${card.container} ${joint.network} ${joint.lines.join(' ')}`)
    for (const port of card.ports) wanted.push(`port ${card.container} ${port.text}`)
  }
  for (const one of figure.enclosures) if (one.subject.is === 'host') has.push(`host ${one.subject.host}`)
  // One mark for a network, or one on each host that has it.
  const marks = new Set<string>()
  for (const { subject } of figure.bands) {
    if (subject.is !== 'network') continue
    const network = `network ${subject.network}`
    if (subject.host === '' || marks.has(`${network} ${subject.host}`) || !has.includes(network))
      has.push(network)
    marks.add(`${network} ${subject.host}`)
  }
  for (const box of figure.boxes)
    if (box.subject.is === 'container') has.push(`container ${box.subject.container}`)
  for (const chip of figure.chips)
    if (chip.subject.is === 'attachment') {
      const texts = chip.texts.map((text) => text.text).join(' ')
      has.push(`attachment ${chip.subject.container} ${chip.subject.network} ${texts}`)
    }
  for (const pill of figure.pills) {
    if (pill.subject.is !== 'port' || pill.subject.container === '') continue
    for (const { text } of pill.texts)
      for (const port of text.split(', ')) has.push(`port ${pill.subject.container} ${port}`)
  }
  return { wanted: wanted.sort(), has: has.sort() }
}

describe('a picture', () => {
  it.each(readdirSync(GALLERY))('has each part of the plan once: %s', (name) => {
    const source = readFileSync(join(GALLERY, name), 'utf8')
    for (const view of VIEWS) {
      const drawn = compiled(source, view)
      expect(drawn).not.toBeNull()
      if (drawn === null) continue
      const { wanted, has } = contentOf(drawn, place(drawn.scene))
      expect(has).toEqual(wanted)
    }
  })

  it.each(seeds())('has each part of any plan once, with ids of its own (seed %i)', (seed) => {
    fc.assert(
      fc.property(topologies(), fc.constantFrom(...VIEWS), (source, view) => {
        const drawn = compiled(source, view)
        if (drawn === null) return
        const figure = place(drawn.scene)
        const { wanted, has } = contentOf(drawn, figure)
        expect(has).toEqual(wanted)
        const parts = [
          figure.enclosures,
          figure.bands,
          figure.boxes,
          figure.chips,
          figure.pills,
          figure.lines,
        ]
        const ids = parts.flat().map((part) => part.id)
        expect(new Set(ids).size).toBe(ids.length)
        for (const id of ids) expect(id).toMatch(/^[a-z][a-z0-9_]*$/)
        expect(Number.isFinite(figure.width) && Number.isFinite(figure.height)).toBe(true)
      }),
      { seed, numRuns: 30 },
    )
  })

  it('has alike environments side by side, each with its ports on the edge of the host', () => {
    const source = figureCases('shapes').find(({ name }) => name === '41-environments')!.source
    const compiled = compile(source, { language: 'en' })
    if (!compiled.ok) throw new Error('is refused')
    const figure = place(compiled.scene)
    const tops = figure.boxes.filter(({ id }) => /^c_(dev|stage|prod)_web$/.test(id)).map(({ y }) => y)
    expect(new Set(tops).size).toBe(1)
    expect(tops).toHaveLength(3)
    const [host] = figure.enclosures
    expect(figure.pills.every((pill) => pill.y < host!.y)).toBe(true)
  })

  it.each([
    ['42-observability', ['grafana', 'alertmanager', 'otel']],
    ['43-log-search', ['logstash', 'filebeat', 'metricbeat']],
  ])('has cards of unlike widths in one row rather than equal ones in two: %s', (name, row) => {
    const { source } = figureCases('shapes').find((one) => one.name === name)!
    const compiled = compile(source, { language: 'en' })
    if (!compiled.ok) throw new Error('is refused')
    const boxes = new Map(place(compiled.scene).boxes.map((box) => [box.id, box]))
    const ends = row.map((card) => boxes.get(`c_${card}`)!).map(({ y, height }) => y + height)
    expect(Math.max(...ends) - Math.min(...ends)).toBeLessThan(30)
  })

  it('names far networks beside each other on a card', () => {
    const keys = Array.from({ length: 30 }, (_, at) => `net${at}`)
    const source = `networks: { ${keys.map((key) => `${key}: {}`).join(', ')} }
services: { scanner: { image: x, networks: [${keys.join(', ')}] } }`
    const compiled = compile(source, { language: 'en' })
    if (!compiled.ok) throw new Error('is refused')
    const figure = place(compiled.scene)
    const card = figure.boxes.find(({ id }) => id === 'c_scanner')!
    expect(card.height).toBeLessThan(300)
    expect(figure.width).toBeLessThanOrEqual(700)
  })

  it('is the same for the same model', () => {
    const source = readFileSync(join(GALLERY, '30-two-overlays.yaml'), 'utf8')
    const [a, b] = [compiled(source), compiled(source)]
    if (a === null || b === null) throw new Error('not drawn')
    const write = (one: Drawn): string => writeSvg(place(one.scene), { id: 'x' }).svg
    expect(write(a)).toBe(write(b))
  })

  it('shows the author’s characters as they were written', () => {
    const drawn = compiled('figure: { show: [images] }\nservices: { web: { image: "R&D/<lab>@x" } }')
    if (drawn === null) return
    expect(writeSvg(place(drawn.scene), { id: 'x' }).svg).toContain('R&amp;D/&lt;lab&gt;')
  })

  it('joins every chip of a grid to its network, however unlike the cards are', () => {
    const services = Array.from(
      { length: 14 },
      (_, i) => `  s${i}: { image: x, depends_on: [${i % 3 === 1 ? `s${i - 1}` : ''}] }`,
    )
    const drawn = compiled(`figure: { show: [depends_on] }\nservices:\n${services.join('\n')}`)
    if (drawn === null) throw new Error('not drawn')
    const figure = place(drawn.scene)
    const joined = new Set(figure.lines.flatMap((line) => (line.kind === 'attach' ? [line.from] : [])))
    for (const chip of figure.chips) if (chip.kind === 'interface') expect(joined).toContain(chip.id)
  })

  it('does not take a loopback port for the client’s way in', () => {
    const drawn = compiled('services: { app: { image: x, ports: ["127.0.0.1:9000:9000"] } }')
    if (drawn === null) throw new Error('not drawn')
    const figure = place(drawn.scene)
    expect(figure.boxes.some((box) => box.kind === 'client')).toBe(false)
    expect(figure.pills.map((pill) => [pill.kind, pill.texts[0]?.text])).toEqual([
      ['local', '127.0.0.1:9000 · this host only'],
    ])
  })

  it('turns arrowheads in a way that every renderer knows', () => {
    // `auto-start-reverse` is left unturned by resvg, which draws the PNG.
    const drawn = compiled('services: { web: { image: nginx, ports: ["80:80"] } }')
    if (drawn === null) throw new Error('not drawn')
    const { svg } = writeSvg(place(drawn.scene), { id: 'x' })
    expect(svg).toContain('<marker ')
    expect(svg).toMatch(/orient="auto"/)
    expect(svg).not.toContain('auto-start-reverse')
  })
})
