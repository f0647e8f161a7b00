import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/**
 * The package as users get it: packed once, installed from the tarball into fresh projects outside this repository,
 * and used there the way its README says.
 */
const ROOT = resolve(import.meta.dirname, '../..')
const MARKDOWN = `# Post

\`\`\`docker-network
networks:
  mybridge: {}
services:
  db: { image: redis, networks: [mybridge] }
  web: { image: chrch/web, networks: [mybridge], ports: ["8000:5000"], depends_on: [db] }
\`\`\`

\`\`\`js
untouched({ x: 1 })
\`\`\`
`
const ADDRESSES = ['172.18.0.0/16', '172.18.0.1', '172.18.0.2', '172.18.0.3']

const run = promisify(execFile)
let folder = ''
let tarball = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docker-network-package-'))
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], { cwd: ROOT })
  const [packed] = JSON.parse(stdout.slice(stdout.indexOf('[\n')))
  tarball = join(folder, packed.filename)
}, 240_000)

afterAll(() => rm(folder, { recursive: true, force: true }))

/** A fresh project with the package and `dependencies` installed. */
async function project(
  name: string,
  dependencies: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>>,
) {
  const cwd = join(folder, name)
  await mkdir(cwd)
  const manifest = { name, private: true, type: 'module', dependencies }
  for (const [file, text] of Object.entries({ 'package.json': JSON.stringify(manifest), ...files })) {
    await mkdir(dirname(join(cwd, file)), { recursive: true })
    await writeFile(join(cwd, file), text)
  }
  await run('npm', ['install', '--no-fund', '--no-audit', '--prefer-offline', tarball], { cwd })
  return {
    exec: async (command: string, ...args: string[]) =>
      (await run(command, args, { cwd, env: { ...process.env, NO_COLOR: '1' } })).stdout,
    read: (file: string) => readFile(join(cwd, file), 'utf8'),
  }
}

const RENDER = `
import MarkdownIt from 'markdown-it'
import dockerNetwork from 'markdown-it-docker-network'
import { readFileSync } from 'node:fs'
process.stdout.write(new MarkdownIt().use(dockerNetwork).render(readFileSync('post.md', 'utf8')))
`
const TYPES = `
import MarkdownIt from 'markdown-it'
import dockerNetwork, { type DockerNetworkOptions, compile } from 'markdown-it-docker-network'
const options: DockerNetworkOptions = { language: 'ko' }
new MarkdownIt().use(dockerNetwork, options)
const compiled = compile('networks: {}')
if (compiled.ok) compiled.mermaid.trim()
`
const TSCONFIG = JSON.stringify({
  compilerOptions: {
    module: 'nodenext',
    target: 'es2022',
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    types: [],
  },
  include: ['types.ts'],
})

describe('the packed package', () => {
  for (const [release, types] of [
    ['14', { '@types/markdown-it': '14' }],
    ['15', {}],
  ] as const) {
    it(`works and compiles with plain markdown-it ${release}`, async () => {
      const { exec } = await project(
        `markdown-it-${release}`,
        { 'markdown-it': release, typescript: '^5.9.0', ...types },
        { 'post.md': MARKDOWN, 'render.js': RENDER, 'types.ts': TYPES, 'tsconfig.json': TSCONFIG },
      )
      const html = await exec('node', 'render.js')
      for (const address of ADDRESSES) expect(html).toContain(address)
      expect(html).toContain('<code class="language-js">untouched({ x: 1 })')
      await exec('npx', 'tsc')
    })
  }

  it('has a command line that plans and draws', async () => {
    const { exec } = await project('cli', {}, { 'post.md': MARKDOWN })
    const [plan] = JSON.parse(await exec('npx', 'docker-network', 'plan', 'post.md', '--json'))
    expect(plan.containers.web.endpoints.mybridge.ipv4).toBe('172.18.0.3/16')
    const svg = await exec('npx', 'docker-network', 'figure', 'post.md', '--format', 'svg')
    for (const address of ADDRESSES) expect(svg).toContain(address)
  })

  it('draws in a site of Eleventy 3 with default settings', async () => {
    const { exec, read } = await project(
      'eleventy',
      { '@11ty/eleventy': '^3.1.0' },
      {
        'post.md': MARKDOWN,
        'eleventy.config.js': `
          import dockerNetwork from 'markdown-it-docker-network/eleventy'
          export default (eleventyConfig) => { eleventyConfig.addPlugin(dockerNetwork) }
        `,
      },
    )
    await exec('npx', 'eleventy')
    const html = await read('_site/post/index.html')
    expect(html).toContain('<svg')
    for (const address of ADDRESSES) expect(html).toContain(address)
  })

  it('shows its figures in VitePress', async () => {
    const { exec, read } = await project(
      'vitepress',
      { vitepress: '^1.6.0' },
      {
        'index.md': MARKDOWN,
        '.vitepress/config.js': `
          import dockerNetwork from 'markdown-it-docker-network'
          export default { markdown: { config: (md) => { md.use(dockerNetwork) } } }
        `,
      },
    )
    await exec('npx', 'vitepress', 'build', '.')
    const html = await read('.vitepress/dist/index.html')
    expect(html).toContain('<figure')
    for (const address of ADDRESSES) expect(html).toContain(address)
  })
})
