import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cacheKey, createCache } from '../../src/svg/cache.ts'
import { codeVersion } from '../../src/svg/code-version.ts'
import { createSvgRenderer, type SvgImage } from '../../src/svg/index.ts'

const run = promisify(execFile)
const ROOT = join(import.meta.dirname, '../..')
const SIMPLE = 'flowchart TB\n a["web"] --> b["db"]'
const KEY = cacheKey('a')
const MUCH = 1_000_000

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dn-cache-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const entries = (): string[] => readdirSync(folder).sort()
const fileOf = (key: string): string => join(folder, `${key}.svgc`)

async function draw(text: string, options: { root?: string; mermaid?: string } = {}): Promise<SvgImage> {
  const renderer = createSvgRenderer({ cacheDirectory: folder, ...options })
  const [result] = await renderer.render([text])
  await renderer.close()
  if (result?.status !== 'fulfilled') throw new Error('not drawn')
  return result.value
}

describe('an entry', () => {
  it('is read back as it was written', () => {
    const cache = createCache(folder, MUCH)
    const content = 'line\nline · 한글 😀\n'
    cache.write(KEY, content)
    expect(createCache(folder, MUCH).read(KEY)).toBe(content)
    expect(entries()).toEqual([`${KEY}.svgc`])
  })

  it.each([
    ['truncated', (whole: Buffer) => whole.subarray(0, whole.length - 3)],
    ['empty', () => Buffer.alloc(0)],
    [
      'changed in one bit',
      (whole: Buffer) => Buffer.from(whole.map((byte, i) => (i === 90 ? byte ^ 1 : byte))),
    ],
    ['of another form', () => Buffer.from('<svg></svg>')],
    ['longer than it was', (whole: Buffer) => Buffer.concat([whole, Buffer.from('x')])],
  ])('that is %s counts as absent and goes away', (_, damage) => {
    const cache = createCache(folder, MUCH)
    cache.write(KEY, `some content ${'x'.repeat(200)}`)
    writeFileSync(fileOf(KEY), damage(readFileSync(fileOf(KEY))))
    expect(cache.read(KEY)).toBeNull()
    expect(entries()).toEqual([])
    cache.write(KEY, 'again')
    expect(cache.read(KEY)).toBe('again')
  })

  it('is the least recently used one when the limit drops it', () => {
    const cache = createCache(folder, 700)
    const keys = ['a', 'b', 'c', 'd'].map((name) => cacheKey(name))
    keys.forEach((key, i) => {
      cache.write(key, 'x'.repeat(100))
      const time = Date.now() / 1000 - 10_000 * (10 - i)
      utimesSync(fileOf(key), time, time)
    })
    cache.read(keys[0]!)
    cache.trim()
    expect(entries()).toEqual([keys[0], keys[2], keys[3]].map((key) => `${key}.svgc`).sort())
  })

  it('that a killed build left half-written goes away when it is old, and stays while it may be in use', () => {
    const cache = createCache(folder, MUCH)
    writeFileSync(join(folder, 'old.tmp'), 'half')
    writeFileSync(join(folder, 'new.tmp'), 'half')
    const yesterday = Date.now() / 1000 - 86_400
    utimesSync(join(folder, 'old.tmp'), yesterday, yesterday)
    cache.trim()
    expect(entries()).toEqual(['new.tmp'])
  })

  it('cannot be kept where nothing can be written, and that is no error', () => {
    writeFileSync(join(folder, 'file'), '')
    const cache = createCache(join(folder, 'file', 'sub'), MUCH)
    cache.write(KEY, 'content')
    cache.trim()
    expect(cache.read(KEY)).toBeNull()
  })
})

describe('a figure', () => {
  it('is drawn once and then found, the same', async () => {
    const first = await draw(SIMPLE)
    const [name] = entries()
    const written = readFileSync(join(folder, name!))
    const renderer = createSvgRenderer({ cacheDirectory: folder })
    expect(renderer.peek(SIMPLE)).toEqual(first)
    await renderer.close()
    expect(readFileSync(join(folder, name!))).toEqual(written)
  })

  it('is drawn again when its entry was damaged', async () => {
    const first = await draw(SIMPLE)
    const [name] = entries()
    writeFileSync(join(folder, name!), readFileSync(join(folder, name!)).subarray(0, 500))
    expect(await draw(SIMPLE)).toEqual(first)
    expect(entries()).toEqual([name])
  })

  it('has an entry of its own for each text and each version of Mermaid', async () => {
    await draw(SIMPLE)
    await draw(SIMPLE.replace('web', 'api'))
    await draw(SIMPLE, { mermaid: 'mermaid-12' })
    await draw(SIMPLE)
    expect(entries()).toHaveLength(3)
  })

  it('is not taken from a renderer of other code', () => {
    expect(codeVersion()).toMatch(/^[0-9a-f]{64}$/)
    expect(cacheKey(SIMPLE, '11.17.2', codeVersion())).not.toBe(cacheKey(SIMPLE, '11.17.2', 'other'))
    // The parts do not run into one another.
    expect(cacheKey('ab', 'c')).not.toBe(cacheKey('a', 'bc'))
  })

  it('that cannot be drawn leaves nothing behind', async () => {
    const renderer = createSvgRenderer({ cacheDirectory: folder })
    await renderer.render(['flowchart TB\n a[['])
    await renderer.close()
    expect(entries()).toEqual([])
  })

  it('is redrawn alone when one post of many changes', async () => {
    const texts = Array.from({ length: 5 }, (_, i) => `flowchart TB\n a["web ${i}"]`)
    const first = createSvgRenderer({ cacheDirectory: folder })
    await first.render(texts)
    await first.close()
    const before = new Map(entries().map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
    const changed = texts.with(2, 'flowchart TB\n a["other"]')
    const second = createSvgRenderer({ cacheDirectory: folder })
    expect(changed.map((text) => second.peek(text) !== null)).toEqual([true, true, false, true, true])
    await second.render(changed)
    await second.close()
    expect(entries().filter((name) => !before.has(name))).toHaveLength(1)
    for (const [name, content] of before) expect(readFileSync(join(folder, name), 'utf8')).toBe(content)
  })
})

describe('several builds at once', () => {
  it('draw the same bytes into one folder and leave whole entries only', async () => {
    const texts = Array.from({ length: 8 }, (_, i) => `flowchart TB\n a["web ${i}"] --> b["10.0.0.${i}/24"]`)
    const program = join(import.meta.dirname, 'draw-process.ts')
    const outputs = await Promise.all(
      [texts, [...texts].reverse(), texts.slice(4), texts].map(async (list) => {
        const { stdout } = await run(
          process.execPath,
          ['--import', 'tsx', program, folder, JSON.stringify(list)],
          { cwd: ROOT },
        )
        const hashes: unknown = JSON.parse(stdout)
        if (!Array.isArray(hashes)) throw new Error(stdout)
        return new Map(list.map((text, i) => [text, String(hashes[i])]))
      }),
    )
    for (const text of texts) {
      const seen = new Set(outputs.flatMap((output) => output.get(text) ?? []))
      expect([...seen]).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)])
    }
    expect(entries()).toHaveLength(texts.length)
    expect(entries().every((name) => name.endsWith('.svgc'))).toBe(true)
    const renderer = createSvgRenderer({ cacheDirectory: folder })
    for (const text of texts) expect(renderer.peek(text)).not.toBeNull()
    await renderer.close()
  })

  it('never see an entry that is only half there', async () => {
    const big = 'x'.repeat(2_000_000)
    mkdirSync(folder, { recursive: true })
    const writer = run(
      process.execPath,
      [
        '--import',
        'tsx',
        '-e',
        `import('${join(ROOT, 'src/svg/cache.ts')}').then(({ createCache }) => {
        const cache = createCache(${JSON.stringify(folder)}, 1e9)
        for (let i = 0; i < 40; i++) cache.write('${KEY}', String(i % 10).repeat(2000000))
      })`,
      ],
      { cwd: ROOT },
    )
    const cache = createCache(folder, 1e9)
    let done = false
    const finished = writer.finally(() => {
      done = true
    })
    let seen = 0
    while (!done) {
      const content = cache.read(KEY)
      if (content !== null) {
        seen++
        expect(content).toHaveLength(big.length)
      }
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    await finished
    expect(cache.read(KEY)).toBe('9'.repeat(2_000_000))
    expect(seen).toBeGreaterThan(0)
  })
})
