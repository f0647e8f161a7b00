/** What `src=` of a guest's post can have published. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import MarkdownIt from 'markdown-it'
import { describe, expect, it } from 'vitest'
import { createFileReader, isReadable } from '../../src/files/project-files.ts'
import dockerNetwork from '../../src/index.ts'
import { formatProblem, type PlacedProblem } from '../../src/problem/report.ts'

const SECRET = 'tok_0123456789'
const root = realpathSync(mkdtempSync(join(tmpdir(), 'dn-files-')))
const put = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

function rendered(src: string): { html: string; log: string; codes: readonly string[]; files: string[] } {
  const found: PlacedProblem[] = []
  const files: string[] = []
  const md = new MarkdownIt().use(dockerNetwork, {
    root,
    report: (problems) => found.push(...problems),
    depend: (names) => files.push(...names),
  })
  const html = md.render(`\`\`\`docker-network src=${src}\n\`\`\`\n`, { page: { inputPath: './posts/g.md' } })
  return {
    html,
    log: found.map(formatProblem).join('\n'),
    codes: found.map(({ problem }) => problem.code),
    files,
  }
}

describe('files with secrets', () => {
  const HIDDEN = [
    '.env',
    '.env.local',
    '.npmrc',
    '.netrc',
    '.git/config',
    '.git/x.yaml',
    '.github/workflows/ci.yml',
    '.secrets.yaml',
    'posts/.drafts/net.yaml',
    'production.env',
    'id_rsa',
    'key.pem',
    'Makefile',
    'terraform.tfvars',
    'posts/other.md',
    'yaml',
    'x.yaml.bak',
  ]
  for (const path of HIDDEN) put(path, `token: ${SECRET}\nservices: { ${SECRET}: {} }\n`)

  it.each(HIDDEN)('are not read: %s', (path) => {
    const { html, log, codes, files } = rendered(`../${path}`)
    expect(codes).toEqual(['SRC_NOT_ALLOWED'])
    expect(files).toEqual([])
    expect(html + log).not.toContain(SECRET)
  })

  it.each(['../.nowhere', '../.git/nowhere.yaml'])('are not even told to be missing: %s', (path) => {
    expect(rendered(path).codes).toEqual(['SRC_NOT_ALLOWED'])
  })

  it('are not reached by links inside the project', () => {
    symlinkSync(join(root, '.env'), join(root, 'posts', 'link.yaml'))
    symlinkSync(join(root, '.git'), join(root, 'posts', 'folder'))
    symlinkSync(join(root, 'id_rsa'), join(root, 'posts', 'key.yaml'))
    for (const path of ['link.yaml', 'folder/x.yaml', 'key.yaml'])
      expect(rendered(path).codes, path).toEqual(['SRC_NOT_ALLOWED'])
  })

  it('in YAML are not quoted in the page', () => {
    put('secrets.yaml', `api_token: ${SECRET}\ndb_password: ${SECRET}\n`)
    put('broken.yaml', `services: [\n  a: ${SECRET}: ${SECRET}\n`)
    put('wrong.json', `{ "services": { "web": { "imag": "${SECRET}" } } }`)
    for (const path of ['../secrets.yaml', '../broken.yaml', '../wrong.json']) {
      const { html, codes } = rendered(path)
      expect(codes.length, path).toBeGreaterThan(0)
      expect(html).toContain('docker-network-failed')
      expect(html, path).not.toContain(SECRET)
    }
  })

  it('of variables are quoted neither in the page nor in the log', () => {
    const told: string[] = []
    for (const wrong of [`TOKEN ${SECRET}`, `A=b\n${SECRET}`, `A="${SECRET}`, `=${SECRET}`]) {
      put('vars/.env', wrong)
      put('vars/net.yaml', 'services: { web: { image: "$A" } }\n')
      const { html, log } = rendered('../vars/net.yaml')
      expect(log, wrong).not.toContain(SECRET)
      if (log.includes('.env:')) told.push(wrong)
      expect(html, wrong).not.toContain(SECRET)
    }
    expect(told.length).toBeGreaterThan(1)
  })

  it('a page does quote the post itself', () => {
    const html = new MarkdownIt()
      .use(dockerNetwork)
      .render('```docker-network\nservices: { web: { image: nginx, ports: ["8O:80"] } }\n```\n')
    expect(html).toContain('image: nginx, ports: [&quot;8O:80&quot;]')
  })
})

describe('the reader of project files', () => {
  it('reads what a model may be written in', () => {
    for (const path of ['posts/a.yaml', 'b.yml', 'deep/er/C.YAML', 'd.json', 'my.env/e.yaml']) {
      put(path, 'services: { web: {} }\n')
      expect(createFileReader(root)(path, null)).toMatchObject({ ok: true, file: path })
    }
  })
  it('reads below a root that is itself hidden', () => {
    put('.hidden/site/net.yaml', 'services: {}\n')
    expect(createFileReader(join(root, '.hidden/site'))('net.yaml', null).ok).toBe(true)
  })
  it('waits for no pipe and takes no device', () => {
    execFileSync('mkfifo', [join(root, 'pipe.yaml')])
    expect(createFileReader(root)('pipe.yaml', null)).toMatchObject({ ok: false, why: 'not-a-file' })
    expect(createFileReader('/')('dev/zero', null, 'post')).toMatchObject({ ok: false, why: 'not-a-file' })
  })
  it('tells a file without rights from one that is not there', () => {
    put('loop.yaml', '')
    symlinkSync('round.yaml', join(root, 'round.yaml'))
    expect(createFileReader(root)('round.yaml', null)).toMatchObject({ ok: false, why: 'not-readable' })
    expect(createFileReader(root)('nowhere.yaml', null)).toMatchObject({ ok: false, why: 'missing' })
  })
  it('gives variables only from files named so, and only to who asks for them', () => {
    expect(isReadable('.env', 'variables')).toBe(true)
    expect(isReadable('deploy/prod.env', 'variables')).toBe(true)
    for (const path of ['.env', 'prod.env']) expect(isReadable(path, 'model')).toBe(false)
    for (const path of ['.git/.env', '.npmrc', 'id_rsa', 'a.yaml', '.secret.env'])
      expect(isReadable(path, 'variables'), path).toBe(false)
  })
})

describe('variables of a file', () => {
  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: variables of compose
  put('app/.env', `TOKEN=${SECRET}\n`)
  put('app/compose.yaml', 'services: { web: { image: nginx } }\n')
  put('app/base.yaml', 'services: { base: { image: redis } }\n')
  put('app/vars.env', `TOKEN=${SECRET}\n`)
  const KEYS = [
    'name: ${TOKEN}',
    'services: { web: { image: "${TOKEN}" } }',
    'services: { web: { image: "${TOKEN:-x}", container_name: "c${TOKEN}", hostname: "h${TOKEN}" } }',
    'services: { x: { extends: { file: ../app/base.yaml, service: base }, image: "${TOKEN}" } }',
    'include: [{ path: ../app/base.yaml, env_file: ../app/vars.env }]\nservices: { x: { image: "${TOKEN}" } }',
    'include: [{ path: ../app/base.yaml, project_directory: ../app }]\nname: "${TOKEN}"',
    'networks: { n: { name: "n${TOKEN}", driver: "${TOKEN}" } }\nservices: { x: { networks: [n] } }',
    'services: { x: { ports: ["${TOKEN}:80"], profiles: ["${TOKEN}"] } }',
    'figure: { title: "${TOKEN}", caption: "${TOKEN}" }',
    'hosts: { h: { interface: "${TOKEN}" } }',
    'x-docker-network: { figure: { title: "${TOKEN}" }, engine: "${TOKEN}" }',
    'commands: ["docker run -d --name c${TOKEN} x${TOKEN}"]',
    '---\nname: ${TOKEN}\n---\nservices: { x: { image: "${TOKEN}" } }',
  ]
  const FENCES = ['', 'src=../app/compose.yaml', 'title="${TOKEN}" src=../app/compose.yaml']
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: variables of compose
  it.each(KEYS.flatMap((body) => FENCES.map((fence) => [fence, body] as const)))(
    'are not seen by what is written in a post: %s %s',
    (fence, body) => {
      const log: string[] = []
      const md = new MarkdownIt().use(dockerNetwork, {
        root,
        report: (problems) => log.push(...problems.map(formatProblem)),
      })
      const post = `\`\`\`docker-network ${fence}\n${body}\n\`\`\`\n\n{dn:web.image} {dn:x.image}\n`
      const html = md.render(post, { page: { inputPath: './posts/g.md' } })
      expect(`${html}${log.join('\n')}`.toLowerCase()).not.toContain(SECRET)
    },
  )
  it('are seen by the file itself, inside of keys that are drawn, and by no other', () => {
    put('app/own.yaml', `services: { web: { image: "app:\${TOKEN}", environment: { A: "\${TOKEN}x" } } }\n`)
    expect(rendered('../app/own.yaml').html).toContain(`app:${SECRET}`)
    expect(rendered('../app/own.yaml').html).not.toContain(`${SECRET}x`)
  })
})
