/**
 * Writes `src/font/{font,ink}-table.ts`, the measures of the fonts in `assets/fonts`, so that no font is parsed
 * when a figure is drawn. Run again after `scripts/subset-font.ts`; `tests/svg/font.test.ts` compares the two.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { create, type Font, type Glyph } from 'fontkit'

const ROOT = join(import.meta.dirname, '..')
const WEIGHTS = [400, 700] as const

function open(weight: number): Font {
  const font = create(readFileSync(join(ROOT, `assets/fonts/noto-sans-kr-${weight}.ttf`)))
  if (!('layout' in font)) throw new Error('not a single font')
  return font
}

const isHangul = (c: number): boolean => c >= 0xac00 && c <= 0xd7a3
const fonts = WEIGHTS.map(open)
const regular = fonts[0]
if (regular === undefined) throw new Error('no font')
const covered = [...new Set(regular.characterSet)]
  .filter((c) => c >= 0x20 && c <= 0xfffd && regular.glyphForCodePoint(c).id !== 0)
  .sort((a, b) => a - b)

/** Letters that run together into one glyph. They stand in the table as private-use characters from U+E000. */
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'
const ligatures = [...LETTERS].flatMap((a) =>
  [...LETTERS].flatMap((b) =>
    ['', ...LETTERS].map((c) => a + b + c).filter((text) => regular.layout(text).glyphs.length === 1),
  ),
)
const PRIVATE = 0xe000
const ligatureOf = (point: number): string | undefined => ligatures[point - PRIVATE]
const textOf = (point: number): string => ligatureOf(point) ?? String.fromCodePoint(point)
covered.push(...ligatures.map((_, i) => PRIVATE + i))
covered.sort((a, b) => a - b)

/** Gaps and lengths of runs in base 36: `gap.length` against the end of the run before. */
function codeRuns(points: readonly number[]): string {
  const runs: string[] = []
  let end = 0
  for (let i = 0; i < points.length; ) {
    const start = points[i] ?? 0
    let n = 1
    while (points[i + n] === start + n) n++
    runs.push(n === 1 ? (start - end).toString(36) : `${(start - end).toString(36)}.${n.toString(36)}`)
    end = start + n
    i += n
  }
  return runs.join(' ')
}

/** Values with the length of their run in base 36: `value.length`. */
function codeValues(values: readonly number[]): string {
  const runs: string[] = []
  for (let i = 0; i < values.length; ) {
    let n = 1
    while (values[i + n] === values[i]) n++
    const value = (values[i] ?? 0).toString(36)
    if (value.includes('.')) throw new Error(`not a whole number of font units: ${values[i]}`)
    runs.push(n === 1 ? value : `${value}.${n.toString(36)}`)
    i += n
  }
  return runs.join(' ')
}

const advance = (font: Font, text: string): number => font.layout(text).advanceWidth

interface Table {
  readonly advances: string
  readonly inkStarts: string
  readonly inkEnds: string
  readonly slantedStarts: string
  readonly slantedEnds: string
  readonly left: string
  readonly right: string
  readonly kern: string
}

/** How far a browser slants a font that has no italic: by a quarter of the height (Skia's SK_Scalar1/4). */
const SLANT = 1 / 4

/** From where to where the control points of a slanted glyph lie, in quarters of a unit. */
function slantedInk(glyph: Glyph): readonly [number, number] {
  const points = glyph.path.commands.flatMap(({ args }) =>
    args.flatMap((x, i) => (i % 2 === 0 ? [x + SLANT * (args[i + 1] ?? 0)] : [])),
  )
  return points.length === 0
    ? [0, 0]
    : [Math.round(Math.min(...points) / SLANT), Math.round(Math.max(...points) / SLANT)]
}

function tableOf(font: Font): Table {
  const glyphs = covered.map((c) => {
    const glyph = font.layout(textOf(c)).glyphs[0]
    if (glyph === undefined) throw new Error(`no glyph for ${textOf(c)}`)
    return glyph
  })
  const own = new Map(covered.map((c, i) => [c, glyphs[i]?.advanceWidth ?? 0]))
  // The box around the control points, as FreeType takes it; an empty glyph has none.
  const inks = glyphs.map(({ cbox }) =>
    Number.isFinite(cbox.minX)
      ? ([Math.round(cbox.minX), Math.round(cbox.maxX)] as const)
      : ([0, 0] as const),
  )
  // Hangul is kerned like its first syllable or not at all: it stands for the others here, and the test
  // compares all of them.
  const probes = covered.filter((c) => !isHangul(c) || c === 0xac00)
  const rows = probes.map((a) =>
    probes.map((b) => {
      const pair = advance(font, textOf(a) + textOf(b))
      return pair - (own.get(a) ?? 0) - (own.get(b) ?? 0)
    }),
  )
  const classes = (vectors: readonly (readonly number[])[]): { of: number[]; first: number[] } => {
    const known = new Map<string, number>([[vectors[0]?.map(() => 0).join() ?? '', 0]])
    const first: number[] = [-1]
    const of = vectors.map((v, i) => {
      const key = v.join()
      let id = known.get(key)
      if (id === undefined) {
        id = known.size
        known.set(key, id)
        first.push(i)
      }
      return id
    })
    return { of, first }
  }
  const left = classes(rows)
  const right = classes(probes.map((_, j) => rows.map((row) => row[j] ?? 0)))
  const spread = (of: readonly number[]): string => {
    const byPoint = new Map(probes.map((c, i) => [c, of[i] ?? 0]))
    return codeValues(covered.map((c) => byPoint.get(isHangul(c) ? 0xac00 : c) ?? 0))
  }
  const kern = left.first
    .slice(1)
    .map((i) => codeValues(right.first.slice(1).map((j) => rows[i]?.[j] ?? 0)))
    .join('|')
  return {
    advances: codeValues(covered.map((c) => own.get(c) ?? 0)),
    inkStarts: codeValues(inks.map(([start]) => start)),
    inkEnds: codeValues(inks.map(([, end]) => end)),
    slantedStarts: codeValues(glyphs.map((glyph) => slantedInk(glyph)[0])),
    slantedEnds: codeValues(glyphs.map((glyph) => slantedInk(glyph)[1])),
    left: spread(left.of),
    right: spread(right.of),
    kern,
  }
}

const tables = fonts.map(tableOf)
const HEAD = '// Written by scripts/font-table.ts from assets/fonts. Do not edit.'

function write(name: string, comment: readonly string[], body: readonly string[]): void {
  const lines = [HEAD, '', '/**', ...comment.map((line) => ` * ${line}`), ' */', ...body, '']
  writeFileSync(join(ROOT, 'src/font', name), lines.join('\n'))
  console.log(`${name}: ${lines.join('\n').length} bytes`)
}

const rows = (keys: readonly (keyof Table)[]): readonly string[] =>
  tables.flatMap((table, i) => [
    `    ${WEIGHTS[i]}: {`,
    ...keys.flatMap((key) => [`      ${key}:`, `        '${table[key]}',`]),
    '    },',
  ])

write(
  'font-table.ts',
  [
    'Measures of Noto Sans KR as shipped, in font units. `covered`: the code points, as runs `gap.length`.',
    'The other rows are runs `value.length`, one value per covered code point (base 36); `kern` has one row',
    'per left class from 1, one value per right class from 1; class 0 is not kerned. Ligatures are the',
    'private-use characters from U+E000, in the order given.',
  ],
  [
    'export const FONT_TABLE = {',
    `  unitsPerEm: ${regular.unitsPerEm},`,
    `  ascent: ${regular.ascent},`,
    `  descent: ${-regular.descent},`,
    `  ligatures: '${ligatures.join(' ')}',`,
    '  covered:',
    `    '${codeRuns(covered)}',`,
    '  weights: {',
    ...rows(['advances', 'left', 'right', 'kern']),
    '  },',
    '} as const',
  ],
)
write(
  'ink-table.ts',
  [
    'Where outlines start and end from the pen, in the form of `FONT_TABLE` and apart from it, as pages that draw',
    'have no use for it. `slanted…`: the same slanted, in quarters of a unit.',
  ],
  [
    'export const INK_TABLE = {',
    '  weights: {',
    ...rows(['inkStarts', 'inkEnds', 'slantedStarts', 'slantedEnds']),
    '  },',
    '} as const',
  ],
)
