import { describe, expect, it } from 'vitest'
import { type Compiled, compile } from '../../src/compile.ts'
import { place } from '../../src/picture/place.ts'
import type { PlacedFigure } from '../../src/picture/placed.ts'
import { type FigureCase, figureCases } from '../support/figures.ts'
import { faultsOf } from './placed-judge.ts'

/** Random topologies of the 200; each is drawn twice. */
const RANDOM = Number(process.env.DN_GEOMETRY_RUNS ?? 60)
/** A column of a blog, and a phone. */
const WIDTHS = [700, 360] as const

const compiled = (one: FigureCase): (Compiled & { readonly ok: true }) | null => {
  const result = compile(one.source, { language: one.name.length % 2 === 0 ? 'ko' : 'en' })
  return result.ok ? result : null
}

function faultsIn(cases: readonly FigureCase[]): Record<string, readonly string[]> {
  const found: Record<string, readonly string[]> = {}
  for (const one of cases) {
    const result = compiled(one)
    if (result === null) {
      // What Docker refuses is not drawn; the cases written by hand are not refused.
      if (one.set !== 'random') found[one.name] = ['it is refused']
      continue
    }
    for (const width of WIDTHS) {
      const faults = faultsOf(place(result.scene, { width }), result.plan)
      if (faults.length > 0) found[`${one.name} at ${width} px`] = faults
    }
  }
  return found
}

describe('every figure keeps the geometry contract', () => {
  for (const set of ['ten', 'kinds', 'shapes', 'gallery'] as const)
    it(`${set}`, () => {
      expect(faultsIn(figureCases(set))).toEqual({})
    })

  it('random topologies', () => {
    expect(faultsIn(figureCases('random').slice(0, RANDOM))).toEqual({})
  })
})

/** Each takes a sound figure and makes it wrong in one way. */
const MUTATIONS: Readonly<Record<string, (figure: PlacedFigure) => PlacedFigure>> = {
  'a line is gone': (f) => ({ ...f, lines: f.lines.filter((line) => line !== attach(f)) }),
  'a line is cut short': (f) => withLine(f, (points) => points.slice(0, -1)),
  'a line begins beside its part': (f) =>
    withLine(f, ([first = ORIGIN, ...rest]) => [{ x: first.x + 60, y: first.y + 60 }, ...rest]),
  'a line goes through a box': (f) => {
    const box = f.boxes.at(-1) ?? f.boxes[0]!
    return withLine(f, ([first = ORIGIN, ...rest]) => [
      first,
      { x: box.x + box.width / 2, y: box.y + box.height / 2 },
      ...rest,
    ])
  },
  'a line leads nowhere': (f) => ({
    ...f,
    lines: f.lines.map((line) => (line === attach(f) ? { ...line, to: 'n_nothing' } : line)),
  }),
  'a line is no number': (f) => withLine(f, ([, ...rest]) => [{ x: Number.NaN, y: 0 }, ...rest]),
  'a box is gone': (f) => ({ ...f, boxes: f.boxes.filter((box) => box !== boxOf(f)) }),
  'a box is drawn twice': (f) => ({ ...f, boxes: [...f.boxes, { ...boxOf(f), id: 'twin', x: f.width - 1 }] }),
  'a box is shifted': (f) => withBox(f, { x: boxOf(f).x + 45 }),
  'a box leaves the figure': (f) => withBox(f, { x: -30 }),
  'a box is turned inside out': (f) => withBox(f, { width: -5 }),
  'a name leaves its box': (f) =>
    withBox(f, { texts: boxOf(f).texts.map((text) => ({ ...text, x: text.x + 80 })) }),
  'a name is too wide': (f) => withBox(f, { texts: boxOf(f).texts.map((text) => ({ ...text, width: 400 })) }),
  'a text lies on another': (f) => {
    const [first] = boxOf(f).texts
    return first === undefined ? f : withBox(f, { texts: [...boxOf(f).texts, first] })
  },
  'an address is gone': (f) => withChip(f, { texts: [] }),
  'an address is another': (f) =>
    withChip(f, { texts: chipOf(f).texts.map((text) => ({ ...text, text: '10.1.2.3' })) }),
  'an attachment is drawn twice': (f) => ({
    ...f,
    chips: [...f.chips, { ...chipOf(f), id: 'twin', texts: [] }],
  }),
  'an attachment is gone': (f) => ({ ...f, chips: f.chips.filter((chip) => chip !== chipOf(f)) }),
  'a band lies on a box': (f) => {
    const { x, y } = boxOf(f)
    return { ...f, bands: f.bands.map((band, at) => (at === 0 ? { ...band, x, y } : band)) }
  },
  'a port is gone': (f) => ({ ...f, pills: [] }),
  'letters are tiny': (f) =>
    withBox(f, { texts: boxOf(f).texts.map((text) => ({ ...text, size: 6, width: 10 })) }),
  'the drawing is cut': (f) => ({ ...f, width: f.width - 60 }),
  'nothing is drawn': (f) => ({
    ...f,
    lines: [],
    bands: [],
    boxes: [],
    chips: [],
    pills: [],
    enclosures: [],
  }),
}

const ORIGIN = { x: 0, y: 0 }
const attach = (figure: PlacedFigure) => figure.lines.find((line) => line.kind === 'attach')!
const boxOf = (figure: PlacedFigure) => figure.boxes.find((box) => box.kind === 'container')!
const chipOf = (figure: PlacedFigure) => figure.chips.find((chip) => chip.kind === 'interface')!
type Points = PlacedFigure['lines'][number]['points']

const withLine = (figure: PlacedFigure, change: (points: Points) => Points): PlacedFigure => ({
  ...figure,
  lines: figure.lines.map((line) =>
    line === attach(figure) ? { ...line, points: change(line.points) } : line,
  ),
})
const withBox = (figure: PlacedFigure, change: Partial<PlacedFigure['boxes'][number]>): PlacedFigure => ({
  ...figure,
  boxes: figure.boxes.map((box) => (box === boxOf(figure) ? { ...box, ...change } : box)),
})
const withChip = (figure: PlacedFigure, change: Partial<PlacedFigure['chips'][number]>): PlacedFigure => ({
  ...figure,
  chips: figure.chips.map((chip) => (chip === chipOf(figure) ? { ...chip, ...change } : chip)),
})

describe('the judge of the geometry', () => {
  const one = figureCases('ten')[0]!
  const sound = compiled(one)!
  const figure = place(sound.scene)

  it('has nothing against a sound figure', () => {
    expect(faultsOf(figure, sound.plan)).toEqual([])
  })

  it.each(Object.entries(MUTATIONS))('sees that %s', (_, mutate) => {
    expect(faultsOf(mutate(figure), sound.plan)).not.toEqual([])
  })
})
