import { describe, expect, it } from 'vitest'
import { type Compiled, compile } from '../../src/compile.ts'
import { place } from '../../src/picture/place.ts'
import type { PlacedFigure } from '../../src/picture/placed.ts'
import { type FigureCase, figureCases } from '../support/figures.ts'
import { faultsOf } from './placed-judge.ts'
import { sceneFaults } from './scene-judge.ts'

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
      const figure = place(result.scene, { width })
      const faults = [...faultsOf(figure, result.plan), ...sceneFaults(figure, result.scene)]
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

/** Parts of a figure that have words in them. */
const LISTS = ['enclosures', 'bands', 'boxes', 'chips', 'pills'] as const

/** Every part of a figure made wrong in every way, each time one. */
function* wrongFigures(figure: PlacedFigure): Generator<readonly [what: string, wrong: PlacedFigure]> {
  const swapped = <T>(list: readonly T[], index: number, part: T | null): readonly T[] =>
    list.flatMap((one, at) => (at !== index ? [one] : part === null ? [] : [part]))
  for (const list of LISTS)
    for (const [index, part] of figure[list].entries()) {
      const put = (change: Partial<typeof part> | null): PlacedFigure => ({
        ...figure,
        [list]: swapped<object>(figure[list], index, change === null ? null : { ...part, ...change }),
      })
      yield [`${part.id} is gone`, put(null)]
      yield [`${part.id} is there twice`, { ...figure, [list]: [...figure[list], part] }]
      yield [`${part.id} is cut to half its width`, put({ width: part.width / 2 })]
      yield [`${part.id} is cut to half its height`, put({ height: part.height / 2 })]
      for (const [at, text] of part.texts.entries()) {
        const say = (change: Partial<typeof text> | null): PlacedFigure =>
          put({ texts: swapped(part.texts, at, change === null ? null : { ...text, ...change }) })
        yield [`"${text.text}" is gone`, say(null)]
        yield [`"${text.text}" is another`, say({ text: `${text.text}7` })]
        yield [`"${text.text}" is below ${part.id}`, say({ y: text.y + part.height })]
        yield [`"${text.text}" is nowhere`, say({ x: Number.NaN })]
        yield [`"${text.text}" is there twice`, put({ texts: [...part.texts, text] })]
        const x = text.anchor === 'middle' ? text.x : text.x + (text.anchor === 'end' ? -3 : 3)
        const foreign = { ...figure.lines[0]!, id: 'foreign', from: '', to: '', kind: 'attach' as const }
        const points = [
          { x, y: Math.max(0, text.y - 200) },
          { x, y: text.y + 10 },
        ]
        yield [
          `a line goes through "${text.text}"`,
          { ...figure, lines: [...figure.lines, { ...foreign, points }] },
        ]
      }
    }
  for (const [index, line] of figure.lines.entries()) {
    const put = (change: Partial<typeof line> | null): PlacedFigure => ({
      ...figure,
      lines: swapped(figure.lines, index, change === null ? null : { ...line, ...change }),
    })
    const last = line.points.length - 1
    yield [`${line.id} is gone`, put(null)]
    yield [`${line.id} is there twice`, { ...figure, lines: [...figure.lines, line] }]
    yield [`${line.id} lies aside`, put({ points: line.points.map(({ x, y }) => ({ x: x + 25, y })) })]
    yield [`${line.id} lies deeper`, put({ points: line.points.map(({ x, y }) => ({ x, y: y + 25 })) })]
    yield [
      `${line.id} ends elsewhere`,
      put({ points: line.points.map(({ x, y }, i) => ({ x, y: i === last ? y + 20 : y })) }),
    ]
    yield [
      `${line.id} is slanted`,
      put({ points: [line.points[0]!, { x: line.points[last]!.x + 17, y: line.points[last]!.y + 3 }] }),
    ]
    yield [`${line.id} has another colour`, put({ hue: (line.hue ?? -1) + 1 })]
  }
}

describe('the judges see whatever is wrong with any part', () => {
  it.each([
    ['ten', '01'],
    ['ten', '10'],
    ['kinds', '02'],
    ['kinds', '16'],
    ['gallery', '15'],
  ] as const)('%s %s', (set, name) => {
    const one = figureCases(set).find((each) => each.name.startsWith(name))!
    const { scene, plan } = compiled(one)!
    const figure = place(scene)
    const unseen = [...wrongFigures(figure)].filter(
      ([, wrong]) => faultsOf(wrong, plan).length + sceneFaults(wrong, scene).length === 0,
    )
    expect(unseen.map(([what]) => what)).toEqual([])
  })
})
