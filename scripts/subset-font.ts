/**
 * Makes the two fonts of `assets/fonts` from the full Noto Sans KR.
 *
 *   npm pack @expo-google-fonts/noto-sans-kr        (unmodified static TrueType files, OFL-1.1)
 *   npx tsx scripts/subset-font.ts FOLDER_OF_THE_UNPACKED_PACKAGE
 *   npx tsx scripts/font-table.ts
 *
 * Kept are Latin, Greek, the signs a network figure may want, and the 2,350 syllables of KS X 1001, in which
 * ordinary Korean is written. All 11,172 syllables would be three times the bytes for the reader.
 */
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

const kept = [
  range(0x20, 0x7e), // ASCII
  range(0xa0, 0x17f), // Latin-1, Latin Extended-A
  range(0x391, 0x3c9), // Greek
  range(0x2010, 0x203b), // dashes, quotes, bullets
  '€₩™℃',
  range(0x2190, 0x2199), // arrows
  '⇄⇅⇆⇋⇌⇐⇒⇔',
  range(0x2200, 0x22ff), // mathematical operators
  range(0x2460, 0x2473), // circled numbers: the hops of a packet
  range(0x2500, 0x257f), // box drawing
  range(0x25a0, 0x25ff), // geometric shapes
  '★☆✓',
  range(0x3000, 0x3017), // CJK punctuation
  range(0x3131, 0x318e), // Hangul compatibility jamo
  syllables(),
].join('')

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('say where @expo-google-fonts/noto-sans-kr is unpacked')
const out = join(import.meta.dirname, '../assets/fonts')
mkdirSync(out, { recursive: true })
for (const [weight, name] of [
  [400, '400Regular'],
  [700, '700Bold'],
] as const) {
  const full = readFileSync(join(folder, name, `NotoSansKR_${name}.ttf`))
  // Pages load the one; what paints a PNG reads the other.
  for (const [format, ending] of [
    ['woff2', 'woff2'],
    ['truetype', 'ttf'],
  ] as const) {
    const subset = await subsetFont(full, kept, { targetFormat: format })
    writeFileSync(join(out, `noto-sans-kr-${weight}.${ending}`), subset)
    console.log(`noto-sans-kr-${weight}.${ending}: ${subset.length} bytes`)
  }
}
copyFileSync(join(folder, 'LICENSE_FONT'), join(out, 'OFL.txt'))
