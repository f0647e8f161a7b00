/** Writes the part of assets/docker-network.css that src/svg/drawing-style.ts makes: `npx tsx scripts/drawing-style.ts`. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pictureStyle } from '../src/picture/style.ts'
import { pageStyle } from '../src/svg/drawing-style.ts'
import { WIDEST_STEP, WIDTH_STEP } from '../src/svg/finish.ts'

const FILE = join(import.meta.dirname, '../assets/docker-network.css')
const MARK = '/* The drawing. Written by scripts/drawing-style.ts from src/svg/drawing-style.ts. */\n'

const [before = ''] = readFileSync(FILE, 'utf8').split(MARK)
writeFileSync(FILE, `${before.trimEnd()}\n${MARK}${pictureStyle()}\n${pageStyle(WIDTH_STEP, WIDEST_STEP)}\n`)
