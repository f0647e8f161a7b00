import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Eleventy } from '@11ty/eleventy'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import dockerNetwork, {
  type EleventyConfig,
  type EleventyDockerNetworkOptions,
} from '../../src/eleventy/plugin.ts'

interface Config extends EleventyConfig {
  addPlugin<T>(plugin: (config: EleventyConfig, options?: T) => void, options?: T): void
}

interface Page {
  readonly url: string
  readonly content: string
}

const HOME = join(import.meta.dirname, '../..')
const block = (name: string): string =>
  `\`\`\`docker-network\nservices:\n  ${name}: { image: nginx }\n\`\`\`\n`

let folder = ''
const started = process.cwd()
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'dn-kept-')))
  process.chdir(folder)
})
afterEach(() => {
  process.chdir(started)
  rmSync(folder, { recursive: true, force: true })
})

async function build(
  options: EleventyDockerNetworkOptions = {},
  logged: string[] = [],
  configure: (config: Config) => void = () => {},
): Promise<ReadonlyMap<string, string>> {
  const eleventy = new Eleventy('.', '_site', {
    quietMode: true,
    configPath: null,
    config: (config: Config) => {
      config.addPlugin(dockerNetwork, {
        svg: { root: HOME, cacheDirectory: join(folder, 'cache') },
        ...options,
      })
      configure(config)
    },
  })
  const spies = (['error', 'warn', 'log'] as const).map((name) =>
    vi.spyOn(console, name).mockImplementation((...parts) => void logged.push(parts.join(' '))),
  )
  try {
    const pages: readonly Page[] = await eleventy.toJSON()
    return new Map(pages.map(({ url, content }) => [url, content]))
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}

const kept = (): string[] => readdirSync(join(folder, 'cache/pages')).sort()
const drawings = (): string[] =>
  readdirSync(join(folder, 'cache'))
    .filter((name) => name.endsWith('.svgc'))
    .sort()

describe('a page that did not change', () => {
  it('comes out the same from what is kept, and nothing is drawn', async () => {
    writeFileSync(
      'a.md',
      `text\n\n${block('web')}\nmore\n\n- item\n\n  ${block('db').replaceAll('\n', '\n  ')}\n`,
    )
    writeFileSync('b.md', block('api'))
    const cold = await build()
    expect(kept()).toHaveLength(2)
    // Without the drawings of the renderer, so that only the kept pages can give them.
    for (const name of drawings()) rmSync(join(folder, 'cache', name))
    const warm = await build()
    expect(warm).toEqual(cold)
    expect(warm.get('/a/')?.match(/<svg /g)).toHaveLength(2)
    expect(drawings()).toEqual([])
  })

  it('is made anew when its text, its language or the options change', async () => {
    // A folder for each state of the file: Eleventy remembers what it has read in this process.
    const inFolder = async (name: string, text: string, options: EleventyDockerNetworkOptions = {}) => {
      mkdirSync(join(folder, name))
      process.chdir(join(folder, name))
      writeFileSync('a.md', text)
      return (await build(options)).get('/a/')
    }
    const first = await inFolder('first', block('web'))
    expect(kept()).toHaveLength(1)
    expect(await inFolder('again', block('web'))).toBe(first)
    expect(kept()).toHaveLength(1)
    expect(await inFolder('korean', `---\nlang: ko\n---\n${block('web')}`)).toMatch(/[가-힣]/)
    expect(kept()).toHaveLength(2)
    await inFolder('engine', block('web'), { engine: '20' })
    expect(kept()).toHaveLength(3)
    expect(await inFolder('text', block('other'))).toContain('other')
    expect(kept()).toHaveLength(4)
  })

  it('tells its warnings again, with the lines the file has now', async () => {
    const warning = '```docker-network\nnetworks:\n  spare: {}\nservices:\n  web: { image: nginx }\n```\n'
    writeFileSync('a.md', warning)
    const cold: string[] = []
    await build({}, cold)
    expect(cold.join('\n')).toContain('a.md:3:')
    expect(kept()).toHaveLength(1)
    const warm: string[] = []
    await build({}, warm)
    expect(warm.filter((line) => line.includes('a.md'))).toEqual(cold.filter((line) => line.includes('a.md')))
    writeFileSync('a.md', `---\ntitle: x\n---\n${warning}`)
    const moved: string[] = []
    await build({}, moved)
    expect(moved.join('\n')).toContain('a.md:6:')
  })

  it('is not kept when it has errors, refers to a model, or reads a file', async () => {
    writeFileSync('error.md', block('web').replace('image', 'imag'))
    writeFileSync(
      'refers.md',
      `${block('web').replace('docker-network', 'docker-network model=m')}\n{dn:m#web.ip}\n`,
    )
    writeFileSync('compose.yaml', 'services:\n  web: { image: nginx }\n')
    writeFileSync('reads.md', '```docker-network src=./compose.yaml\n```\n')
    const first = await build({ onError: 'warn', root: folder })
    expect(existsSync(join(folder, 'cache/pages'))).toBe(false)
    expect(first.get('/reads/')).toContain('web')
    writeFileSync('compose.yaml', 'services:\n  changed: { image: nginx }\n')
    expect((await build({ onError: 'warn', root: folder })).get('/reads/')).toContain('changed')
  })

  it('is made anew when what is kept was damaged', async () => {
    writeFileSync('a.md', block('web'))
    const cold = await build()
    const [name] = kept()
    const file = join(folder, 'cache/pages', name!)
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, -20))
    expect(await build()).toEqual(cold)
    expect(kept()).toEqual([name])
  })

  it.each<readonly [string, readonly string[], string | undefined]>([
    ['no fence', [], undefined],
    ['fewer fences', ['<p>a</p>'], undefined],
    ['more fences', ['<p>a</p>', '<p>b</p>', '<p>c</p>'], undefined],
    ['a line that steers a terminal', ['<p>a</p>', '<p>b</p>'], 'x\u001b[31mred'],
    ['a link to elsewhere', ['<p>a</p>', '<a href="/\\evil.example/">b</a>'], undefined],
  ])('is made anew when an entry that seems right is not of this page: %s', async (_, fences, told) => {
    writeFileSync('a.md', `${block('web')}\n${block('db')}`)
    const cold = await build()
    const [name] = kept()
    const problems = told === undefined ? [] : [{ severity: 'warning', ofChance: false, text: told }]
    const file = told === undefined ? null : { size: 0, time: statSync('a.md').mtimeMs, hash: '' }
    if (file !== null) file.size = statSync('a.md').size
    const head = JSON.stringify({ lengths: fences.map(({ length }) => length), problems, file })
    const content = `${head}\n${fences.join('')}`
    const hash = createHash('sha256').update(content).digest('hex')
    writeFileSync(join(folder, 'cache/pages', name!), `docker-network-cache-1 ${hash}\n${content}`)
    const logged: string[] = []
    expect(await build({}, logged)).toEqual(cold)
    expect(logged.join('\n')).not.toContain('red')
  })

  describe('of many', () => {
    const MANY = 40
    const names = Array.from({ length: MANY }, (_, i) => `p${i}`)
    const files = (): string[] => kept().map((name) => join(folder, 'cache/pages', name))
    const largest = (): string => files().reduce((a, b) => (statSync(a).size >= statSync(b).size ? a : b))
    /** Whether a build had to draw: the renderer keeps its drawings beside the pages. */
    const hasDrawn = (): boolean => drawings().length > 0
    beforeEach(() => {
      for (const name of names) writeFileSync(`${name}.md`, `text of ${name}\n\n${block('web')}`)
    })

    it('comes out the same from the bundle alone', async () => {
      const cold = await build()
      expect(kept()).toHaveLength(MANY + 1)
      const bundle = largest()
      for (const file of files()) if (file !== bundle) rmSync(file)
      for (const name of drawings()) rmSync(join(folder, 'cache', name))
      const first = kept()
      const warm = await build()
      expect(warm).toEqual(cold)
      // The bundle is opened when enough pages have been asked for; those before were made anew.
      expect(kept().length).toBeLessThan(MANY)
      expect(kept()).toEqual(expect.arrayContaining(first))
    })

    it('comes out the same when the bundle was damaged or is gone', async () => {
      const cold = await build()
      const bundle = largest()
      for (const name of drawings()) rmSync(join(folder, 'cache', name))
      writeFileSync(bundle, readFileSync(bundle).subarray(0, -20))
      expect(await build()).toEqual(cold)
      rmSync(largest())
      expect(await build()).toEqual(cold)
      expect(hasDrawn()).toBe(false)
      expect(kept()).toHaveLength(MANY + 1)
    })

    it('tells the lines its files have now, though the bundle has others', async () => {
      const warning = (name: string): string =>
        `\`\`\`docker-network\nnetworks:\n  spare: {}\nservices:\n  ${name}: { image: nginx }\n\`\`\`\n`
      for (const name of names) writeFileSync(`${name}.md`, warning(name))
      await build({}, [])
      for (const name of names.slice(0, 3))
        writeFileSync(`${name}.md`, `---\ntitle: x\n---\n${warning(name)}`)
      for (let round = 0; round < 2; round++) {
        const logged: string[] = []
        await build({}, logged)
        const text = logged.join('\n')
        for (const name of names) expect(text).toContain(`${name}.md:${names.indexOf(name) < 3 ? 6 : 3}:`)
      }
    })
  })

  it('is kept from what this plugin made, and other plugins still have their say', async () => {
    writeFileSync('a.md', `# title\n\n${block('web')}\n\`\`\`js\nlet x\n\`\`\`\n`)
    const shout = (config: Config): void =>
      config.amendLibrary('md', (md) => {
        const original = md.render
        const render = async function (this: typeof md, src: string, env?: object): Promise<string> {
          await new Promise((resolve) => setTimeout(resolve, 1))
          return `${await original.call(this, src, env)}<!--other-->`
        }
        Object.defineProperty(md, 'render', { value: render, writable: true, configurable: true })
      })
    const cold = await build({}, [], shout)
    const warm = await build({}, [], shout)
    expect(warm).toEqual(cold)
    expect(warm.get('/a/')).toMatch(
      /<h1>title<\/h1>[\s\S]*<svg [\s\S]*class="language-js"[\s\S]*<!--other-->/,
    )
    expect((await build()).get('/a/')).not.toContain('<!--other-->')
  })
})
