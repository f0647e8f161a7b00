import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { pictureStyle } from '../../src/picture/style.ts'
import { pageStyle } from '../../src/svg/drawing-style.ts'
import { WIDEST_STEP, WIDTH_STEP } from '../../src/svg/finish.ts'

const ROOT = join(import.meta.dirname, '../..')

it('has the stylesheet of the package end with the rules of the drawing, as the source has them', () => {
  const file = readFileSync(join(ROOT, 'assets/docker-network.css'), 'utf8')
  const formatted = spawnSync(
    join(ROOT, 'node_modules/.bin/biome'),
    ['format', '--stdin-file-path=assets/docker-network.css'],
    { cwd: ROOT, input: `${pictureStyle()}\n${pageStyle(WIDTH_STEP, WIDEST_STEP)}`, encoding: 'utf8' },
  ).stdout
  expect(formatted.length).toBeGreaterThan(1000)
  expect(file.endsWith(formatted)).toBe(true)
})
