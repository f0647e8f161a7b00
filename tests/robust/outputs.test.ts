/** What the command line writes, and what it must not write over. */
import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { fileStems, idOf } from '../../src/cli/file-names.ts'
import { ROOT } from '../support/built-site.ts'

const BIN = join(ROOT, 'bin/docker-network.js')
const POST = 'Post\n\n```docker-network\nservices: { web: { image: nginx } }\n```\n'
const MODEL = 'services: { web: { image: nginx } }\n'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dn-out-'))
})
const put = (path: string, text: string): string => {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
  return path
}
const get = (path: string): string => readFileSync(join(folder, path), 'utf8')
function run(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync('node', [BIN, ...args], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 60_000,
  })
  expect(stderr).not.toMatch(/\n\s+at |node:internal/)
  return { status, stdout, stderr }
}
/** Nothing half written is left anywhere. */
const leftovers = (): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('.tmp'))

describe('an output over an input', () => {
  it.each<readonly [string, readonly string[]]>([
    ['the folder of the post', ['-o', 'p']],
    ['the folder by another way', ['-o', 'p/../p/./']],
    ['the folder by a link', ['-o', 'link']],
    ['the folder of the post, forced', ['-o', 'p', '--force']],
  ])('markdown refuses %s', (_, options) => {
    put('p/a.md', POST)
    symlinkSync('p', join(folder, 'link'))
    const { status, stderr } = run('markdown', 'p/a.md', ...options)
    expect(status).toBe(2)
    expect(stderr).toMatch(/a\.md would be written over what it is made from/)
    expect(get('p/a.md')).toBe(POST)
    expect(readdirSync(join(folder, 'p'))).toEqual(['a.md'])
  })
  it('markdown refuses it when another file of the run is hit, and writes none', () => {
    put('p/a.md', POST)
    put('q/b.md', POST)
    symlinkSync('../p/a.md', join(folder, 'q/a.md'))
    expect(run('markdown', 'q/b.md', 'q/a.md', '-o', 'p').status).toBe(2)
    expect(get('p/a.md')).toBe(POST)
    expect(existsSync(join(folder, 'p/b.md'))).toBe(false)
  })
  it('an SVG does not hit a file that src= names', () => {
    put('p/a-1.svg', 'mine')
    put('p/a.md', POST)
    expect(run('markdown', 'p/a.md', '-o', 'out', '--images', 'p').status).toBe(2)
    expect(get('p/a-1.svg')).toBe('mine')
  })
  it.each(['svg', 'mermaid', 'html'])('figure refuses FILE itself as %s', (format) => {
    put('t.yaml', MODEL)
    for (const force of [[], ['--force']]) {
      const { status } = run('figure', 't.yaml', '--format', format, '-o', './t.yaml', ...force)
      expect(status).toBe(2)
    }
    expect(get('t.yaml')).toBe(MODEL)
  })
  it('figure refuses a file that the post names in src=', () => {
    put('net.yaml', MODEL)
    put('a.md', '```docker-network src=net.yaml\n```\n')
    expect(run('figure', 'a.md', '--format', 'svg', '-o', 'net.yaml', '--force').status).toBe(2)
    expect(get('net.yaml')).toBe(MODEL)
  })
  it('leaves an input as it is when the output is another name of its content', () => {
    put('t.yaml', MODEL)
    linkSync(join(folder, 't.yaml'), join(folder, 'same.svg'))
    expect(run('figure', 't.yaml', '-o', 'same.svg').status).toBe(2)
    expect(get('t.yaml')).toBe(MODEL)
  })
})

describe('an output over a file that is there', () => {
  it('is refused without --force when it is not ours, and nothing at all is written', () => {
    put('a.md', POST)
    put('b.md', POST)
    put('out/b.md', 'my own text\n')
    const { status, stderr } = run('markdown', 'a.md', 'b.md', '-o', 'out')
    expect([status, get('out/b.md')]).toEqual([2, 'my own text\n'])
    expect(stderr).toContain('--force')
    expect(readdirSync(join(folder, 'out'))).toEqual(['b.md'])
    expect(run('markdown', 'a.md', 'b.md', '-o', 'out', '--force').status).toBe(0)
    expect(get('out/b.md')).toContain('<figure')
  })
  it('is written again when an earlier run made it', () => {
    put('a.md', POST)
    put('t.yaml', MODEL)
    for (const text of [POST, POST.replace('web', 'api')]) {
      put('a.md', text)
      expect(run('markdown', 'a.md', '-o', 'out').status).toBe(0)
    }
    expect(get('out/a.md')).toContain('api')
    for (const model of [MODEL, MODEL.replace('web', 'api')])
      for (const name of ['f.svg', 'f.mmd', 'f.html']) {
        put('t.yaml', model)
        expect(run('figure', 't.yaml', '-o', name).status, name).toBe(0)
        expect(get(name)).toContain(model.includes('api') ? 'api' : 'web')
      }
  })
  it.each(['svg', 'mmd', 'html'])('figure refuses a *.%s of another', (ending) => {
    put('t.yaml', MODEL)
    put(`mine.${ending}`, 'docker-network, but mine')
    expect(run('figure', 't.yaml', '-o', `mine.${ending}`).status).toBe(2)
    expect(get(`mine.${ending}`)).toBe('docker-network, but mine')
  })
  it('keeps the text of a post that has a fence of ours, whatever else stands in it', () => {
    put('a.md', POST)
    const other = `<figure class="docker-network">\n\n${POST.replace('nginx', 'other')}`
    put('out/a.md', other)
    expect(run('markdown', 'a.md', '-o', 'out').status).toBe(2)
    expect(get('out/a.md')).toBe(other)
  })
  it('follows a link to a figure, and keeps the link', () => {
    put('t.yaml', MODEL)
    expect(run('figure', 't.yaml', '-o', 'real.svg').status).toBe(0)
    symlinkSync('real.svg', join(folder, 'link.svg'))
    expect(run('figure', 't.yaml', '-o', 'link.svg').status).toBe(0)
    expect(
      readdirSync(folder, { withFileTypes: true })
        .find((f) => f.name === 'link.svg')
        ?.isSymbolicLink(),
    ).toBe(true)
  })
})

describe('what the file system refuses', () => {
  it.each<readonly [string, string, RegExp]>([
    ['a folder', 'there', /cannot write there\/t\.svg: it is a folder/],
    ['a file as folder', 't.yaml/x/y.svg', /cannot write t\.yaml\/x\/y\.svg: /],
    ['a folder in /proc, which cannot be made', '/proc/nowhere/deep/x.svg', /cannot write \/proc\/nowhere/],
    ['a device that is full', '/dev/full', /cannot write \/dev\/full: no space/],
    ['a name that is too long', `${'x'.repeat(300)}.svg`, /the name is too long/],
  ])('names the file: %s', (_, output, message) => {
    put('t.yaml', MODEL)
    mkdirSync(join(folder, 'there/t.svg'), { recursive: true })
    const { status, stderr } = run('figure', 't.yaml', '--format', 'svg', '-o', output)
    expect(stderr).toMatch(message)
    expect(status).toBe(1)
    expect(leftovers()).toEqual([])
  })

  const inNamespace = spawnSync('unshare', ['-rm', 'true']).status === 0
  it.skipIf(!inNamespace)('leaves everything as it was when the disk is full', () => {
    for (let i = 0; i < 10; i++) put(`p/post-${i}.md`, POST)
    mkdirSync(join(folder, 'out'))
    const posts = Array.from({ length: 10 }, (_, i) => `p/post-${i}.md`).join(' ')
    const script = `mount -t tmpfs -o size=32k tmpfs out && echo old > out/post-3.md
node ${BIN} markdown ${posts} -o out --force; echo "status $?"; ls -A out; cat out/post-3.md`
    const { stdout, stderr } = spawnSync('unshare', ['-rm', 'sh', '-c', script], {
      cwd: folder,
      encoding: 'utf8',
    })
    expect(stderr).toMatch(/cannot write out\/post-\d[^:]*: no space is left on the disk\n$/)
    expect(stdout).toBe('status 1\npost-3.md\nold\n')
  })

  it.skipIf(process.getuid?.() === 0)('says so without rights', () => {
    put('t.yaml', MODEL)
    mkdirSync(join(folder, 'locked'))
    chmodSync(join(folder, 'locked'), 0o500)
    const { status, stderr } = run('figure', 't.yaml', '-o', 'locked/x.svg')
    expect([status, stderr]).toEqual([1, expect.stringContaining('permission denied')])
  })

  it.each(['plan', 'check', 'figure', '--help'])(
    '%s says in one line that standard output is full',
    (command) => {
      put('t.yaml', MODEL)
      const args =
        command === '--help' ? '--help' : `${command} t.yaml${command === 'check' ? ' --json' : ''}`
      const { status, stderr } = spawnSync('sh', ['-c', `node ${BIN} ${args} > /dev/full`], {
        cwd: folder,
        encoding: 'utf8',
      })
      expect(stderr).toMatch(/^docker-network: cannot write standard output: .*no space.*\n$/)
      expect(status).toBe(1)
    },
  )
  it('ends quietly when nobody reads on', () => {
    put('t.yaml', MODEL)
    const out = execFileSync(
      'bash',
      ['-c', `node ${BIN} plan t.yaml --json | head -1; exit \${PIPESTATUS[0]}`],
      {
        cwd: folder,
        encoding: 'utf8',
      },
    )
    expect(out).toBe('{\n')
  })
  it('ends when standard error is closed or full', () => {
    put('wrong.yaml', 'services: { web: { imag: x } }\n')
    for (const closed of ['2>/dev/full', '2>&-']) {
      const { status } = spawnSync('sh', ['-c', `node ${BIN} check wrong.yaml ${closed}`], { cwd: folder })
      expect(status).toBe(1)
    }
  })
})

describe('names of posts', () => {
  const ODD = [
    'a#b.md',
    'a?b.md',
    'a b.md',
    '100%.md',
    "it's.md",
    'a&b"c.md',
    '한글.md',
    'a%20b.md',
    '(x).md',
    '-.md',
  ]

  it('become URLs and ids that are found', () => {
    for (const name of ODD) put(`p/${name}`, POST)
    expect(
      run('markdown', ...ODD.map((name) => `p/${name}`), '-o', 'out', '--images', 'out/img ages').status,
    ).toBe(0)
    for (const name of ODD) {
      const html = get(`out/${name}`)
      const src =
        /<img [^>]*src="([^"]*)"/.exec(html)?.[1]?.replaceAll('&#39;', "'").replaceAll('&amp;', '&') ?? ''
      const { pathname, search, hash } = new URL(src, 'https://example.org/')
      expect([search, hash], name).toEqual(['', ''])
      expect(existsSync(join(folder, 'out', decodeURIComponent(pathname))), src).toBe(true)
      const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
      for (const id of ids) expect(id).toMatch(/^[\p{L}\p{N}_-]+$/u)
      for (const [, refs = ''] of html.matchAll(/aria-(?:describedby|labelledby|controls)="([^"]*)"/g))
        for (const ref of refs.split(' ')) expect(ids, name).toContain(ref)
    }
  })
  it('that differ in case or ending alone have figures of their own', () => {
    const names = ['b.md', 'b.markdown', 'B.md']
    for (const name of names) put(`p/${name}`, POST.replace('web', `web${name.replace('.', '')}`))
    expect(run('markdown', ...names.map((name) => `p/${name}`), '-o', 'out').status).toBe(0)
    const images = names.map((name) => /src="([^"]*)"/.exec(get(`out/${name}`))?.[1] ?? '')
    expect(new Set(images.map((image) => image.toLowerCase())).size).toBe(3)
    for (const [i, name] of names.entries())
      expect(get(`out/${images[i]}`)).toContain(`web${name.replace('.', '')}`)
  })
  it('two of one name are refused', () => {
    put('p/a.md', POST)
    put('q/a.md', POST)
    expect(run('markdown', 'p/a.md', 'q/a.md', '-o', 'out').status).toBe(2)
  })
  it('give each its own stem and id', () => {
    expect(fileStems(['a.md', 'A.markdown', 'c.md'])[2]).toBe('c')
    expect(idOf('plain-name_1')).toBe('plain-name_1')
    expect(idOf('a b')).not.toBe(idOf('a-b'))
  })
})
