import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { LIMIT_PAGES, pageWithLimits } from '../../scripts/limits-table.ts'

const ROOT = join(import.meta.dirname, '../..')

describe('the table of limits', () => {
  it.each(LIMIT_PAGES)('is fresh in %s (npx tsx scripts/limits-table.ts)', (path, language) => {
    const text = readFileSync(join(ROOT, path), 'utf8')
    expect(pageWithLimits(text, language)).toBe(text)
  })
})
