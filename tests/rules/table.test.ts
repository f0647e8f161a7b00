import { describe, expect, it } from 'vitest'
import { PAGES, pageWithTable } from '../../scripts/rules-table.ts'

describe('the table of what differs between engines', () => {
  it.each(PAGES)('is in %s as the register has it (npx tsx scripts/rules-table.ts)', (path, language) => {
    const { now, fresh } = pageWithTable(path, language)
    expect(now).toBe(fresh)
  })
})
