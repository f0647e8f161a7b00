/**
 * Makes the fonts of `assets/fonts` from the full Noto Sans KR, and their `@font-face` rules in the style sheet.
 *
 *   npm pack @expo-google-fonts/noto-sans-kr        (unmodified static TrueType files, OFL-1.1)
 *   npx tsx scripts/subset-font.ts FOLDER_OF_THE_UNPACKED_PACKAGE
 *   npx tsx scripts/font-table.ts
 *
 * Kept are Latin, Greek, the signs a network figure may want, and the 2,350 syllables of KS X 1001, in which
 * ordinary Korean is written. All 11,172 syllables would be three times the bytes for the reader.
 *
 * What paints a PNG reads the whole font of a weight (`.ttf`). Pages have it in parts, of which a browser loads those
 * that a page has letters of: a page of a technical blog needs 70 of 190 kilobytes.
 */
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import subsetFont from 'subset-font'

const range = (from: number, to: number): string =>
  String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, i) => from + i))

/** Rows 0xB0–0xC8 of EUC-KR are the syllables of KS X 1001, in alphabetical order. */
function syllables(): string {
  const decoder = new TextDecoder('euc-kr')
  const bytes: number[] = []
  for (let row = 0xb0; row <= 0xc8; row++) for (let cell = 0xa1; cell <= 0xfe; cell++) bytes.push(row, cell)
  return decoder.decode(Uint8Array.from(bytes))
}

const LATIN = [
  range(0x20, 0x7e), // ASCII
  range(0xa0, 0x17f), // Latin-1, Latin Extended-A
  range(0x2010, 0x203b), // dashes, quotes, bullets
  range(0x2190, 0x2199), // arrows
  range(0x2460, 0x2473), // circled numbers: the hops of a packet
  '▸▾',
].join('')
const SIGNS = [
  range(0x391, 0x3c9), // Greek
  '€₩™℃',
  '⇄⇅⇆⇋⇌⇐⇒⇔',
  range(0x2200, 0x22ff), // mathematical operators
  range(0x2500, 0x257f), // box drawing
  range(0x25a0, 0x25ff), // geometric shapes
  '★☆✓',
  range(0x3000, 0x3017), // CJK punctuation
  range(0x3131, 0x318e), // Hangul compatibility jamo
].join('')
/** The syllables of this project's own Korean: site, guide and problems, as texts about networks have them. */
const KOREAN = readFileSync(join(import.meta.dirname, 'korean-syllables.txt'), 'utf8').replaceAll('\n', '')

/** In the order of the style sheet, where of two rules with a letter the later is asked first. */
const PARTS: readonly { readonly name: string; readonly letters: string; readonly range?: string }[] = [
  { name: 'rare', letters: without(syllables(), KOREAN), range: 'U+AC00-D7A3' },
  { name: 'korean', letters: KOREAN },
  { name: 'signs', letters: without(SIGNS, LATIN) },
  { name: 'latin', letters: LATIN },
]

function without(letters: string, others: string): string {
  const gone = new Set(others)
  return [...letters].filter((letter) => !gone.has(letter)).join('')
}

/** `U+AC00-AC02, U+AC04` */
function unicodeRange(letters: string): string {
  const runs: [from: number, to: number][] = []
  for (const point of [...new Set(letters)]
    .map((letter) => letter.codePointAt(0) ?? 0)
    .sort((a, b) => a - b)) {
    const last = runs.at(-1)
    if (last?.[1] === point - 1) last[1] = point
    else runs.push([point, point])
  }
  const hex = (point: number): string => point.toString(16).toUpperCase()
  return runs.map(([from, to]) => `U+${hex(from)}${to > from ? `-${hex(to)}` : ''}`).join(', ')
}

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('say where @expo-google-fonts/noto-sans-kr is unpacked')
const out = join(import.meta.dirname, '../assets/fonts')
mkdirSync(out, { recursive: true })
const rules: string[] = []
for (const [weight, name] of [
  [400, '400Regular'],
  [700, '700Bold'],
] as const) {
  const full = readFileSync(join(folder, name, `NotoSansKR_${name}.ttf`))
  const whole = await subsetFont(full, PARTS.map(({ letters }) => letters).join(''), {
    targetFormat: 'truetype',
  })
  writeFileSync(join(out, `noto-sans-kr-${weight}.ttf`), whole)
  for (const { name, letters, range } of PARTS) {
    const part = await subsetFont(whole, letters, { targetFormat: 'woff2' })
    const file = `noto-sans-kr-${weight}-${name}.woff2`
    writeFileSync(join(out, file), part)
    console.log(`${file}: ${part.length} bytes`)
    rules.push(`@font-face {
  font-family: "Noto Sans KR";
  font-weight: ${weight};
  font-display: swap;
  src: url("fonts/${file}") format("woff2");
  unicode-range: ${range ?? unicodeRange(letters)};
}
`)
  }
}
copyFileSync(join(folder, 'LICENSE_FONT'), join(out, 'OFL.txt'))
const sheet = join(out, '../docker-network.css')
const rest = readFileSync(sheet, 'utf8').replaceAll(/@font-face \{[^}]*\}\n/g, '')
const place = rest.indexOf('*/\n') + 3
writeFileSync(sheet, rest.slice(0, place) + rules.join('') + rest.slice(place))
execFileSync('npx', ['biome', 'format', '--write', sheet])
