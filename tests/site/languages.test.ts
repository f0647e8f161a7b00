import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import MarkdownIt from 'markdown-it'
import { expect, it } from 'vitest'

const CONTENT = join(import.meta.dirname, '../../content')
const pages = readdirSync(CONTENT, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.md') && !path.startsWith('en/'))
  .sort()

/** What a page is made of, whatever its language: headings by level, tables, listings, blocks without their titles. */
function outline(path: string): readonly string[] {
  const text = readFileSync(join(CONTENT, path), 'utf8').replace(/^---\n[\s\S]*?\n---\n/, '')
  return new MarkdownIt().parse(text, {}).flatMap((token) => {
    if (token.type === 'heading_open' || token.type === 'table_open') return [token.tag]
    return token.type === 'fence' ? [token.info.replace(/ title="[^"]*"| src=\S*(?=\/)/g, '')] : []
  })
}

it.each(pages)('%s has the same outline in Korean and English', (path) => {
  expect(existsSync(join(CONTENT, 'en', path))).toBe(true)
  expect(outline(join('en', path))).toEqual(outline(path))
})
