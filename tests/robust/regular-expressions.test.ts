/** No regular expression over an author's text may backtrack: a text of a few kilobytes would stand for minutes. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parse } from 'acorn'
import { transformSync } from 'esbuild'
import { analyse } from 'scslre'
import { describe, expect, it } from 'vitest'

const SRC = resolve(import.meta.dirname, '../../src')
/** Run over what is no author's text, or is short; each with its reason. */
const EXCUSED: ReadonlyMap<string, string> = new Map([
  ['([\\w$]+)=([\\w$]+)\\(\\(\\)=>([\\w$]+)\\(\\{\\},([\\w$]+)\\),$', 'the source of Mermaid'],
  ['<[^>]*>', 'SVG that is finished, in which each < has its >'],
  ['([^{}]+)\\{([^{}]*)\\}', 'the stylesheet that Mermaid writes, without an author’s text'],
])

interface Literal {
  readonly pattern: string
  readonly flags: string
}

/** All regular expressions of a file, those given to `RegExp` as one text too. */
function literalsOf(file: string): readonly Literal[] {
  const { code } = transformSync(readFileSync(join(SRC, file), 'utf8'), { loader: 'ts' })
  const found: Literal[] = []
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) {
      for (const one of node) visit(one)
      return
    }
    if (typeof node !== 'object' || node === null) return
    const regex: unknown = Reflect.get(node, 'regex')
    if (typeof regex === 'object' && regex !== null)
      found.push({
        pattern: String(Reflect.get(regex, 'pattern')),
        flags: String(Reflect.get(regex, 'flags')),
      })
    for (const value of Object.values(node)) visit(value)
  }
  visit(parse(code, { ecmaVersion: 'latest', sourceType: 'module' }))
  return found
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .sort()

const faultsOf = ({ pattern, flags }: Literal): readonly string[] =>
  analyse({ source: pattern, flags }, { reportTypes: { Self: true, Trade: true, Move: true } }).reports.map(
    (report) => `${report.type}${report.exponential ? ' (exponential)' : ''} /${pattern}/${flags}`,
  )

describe('regular expressions', () => {
  it('are found, and known bad ones are noticed', () => {
    expect(files.flatMap(literalsOf).length).toBeGreaterThan(100)
    for (const pattern of ['\\s+docker-network', '\\s*(?:->|→)\\s*', '^(\\S+)(?:\\s+\\S+.*)?$', '(a+)+$'])
      expect(faultsOf({ pattern, flags: '' }), pattern).not.toEqual([])
  })
  it.each(files.filter((file) => literalsOf(file).length > 0))('do not backtrack in %s', (file) => {
    const read = literalsOf(file).filter(({ pattern }) => !EXCUSED.has(pattern))
    expect(read.flatMap(faultsOf)).toEqual([])
  })
})
