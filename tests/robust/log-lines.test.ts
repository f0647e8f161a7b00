/** What of an author's text reaches the log of a build, which is read line by line, by people and by machines. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import MarkdownIt from 'markdown-it'
import { beforeAll, describe, expect, it } from 'vitest'
import { planText } from '../../src/cli/plan-text.ts'
import { planSource } from '../../src/compile.ts'
import { escapeHtml } from '../../src/html/escape.ts'
import dockerNetwork from '../../src/index.ts'
import { readInputText } from '../../src/input/input.ts'
import { cleanLine, cleanText, logLine } from '../../src/problem/clean.ts'
import { formatProblem } from '../../src/problem/report.ts'
import { readInspect } from '../../src/verify/inspect.ts'
import { ROOT } from '../support/built-site.ts'
import { NEVER } from '../support/never.ts'

const ENDS = ['\n', '\r', '\r\n', '\u2028', '\u2029', '\u0085', '\v', '\f']
const FORGED = '::error title=owned::forged'
const q = JSON.stringify
/** Models with a text at each place that can appear in a message, a table or a trace. */
const MODELS: Readonly<Record<string, (text: string) => string>> = {
  service: (text) => `services: { ${q(`web${text}`)}: { image: x } }`,
  network: (text) => `services: { web: { networks: [${q(`n${text}`)}] } }`,
  'declared network': (text) =>
    `services: { web: { networks: [${q(`n${text}`)}] } }\nnetworks: { ${q(`n${text}`)}: {} }`,
  host: (text) => `hosts: { ${q(`h${text}`)}: {} }\nservices: { web: {} }`,
  image: (text) => `services: { web: { image: ${q(text)} } }`,
  'container name': (text) => `services: { web: { container_name: ${q(text)} } }`,
  hostname: (text) => `services: { web: { hostname: ${q(text)} } }`,
  address: (text) =>
    `services: { web: { networks: { n: { ipv4_address: ${q(text)} } } } }\nnetworks: { n: {} }`,
  subnet: (text) =>
    `networks: { n: { ipam: { config: [{ subnet: ${q(text)} }] } } }\nservices: { web: { networks: [n] } }`,
  port: (text) => `services: { web: { ports: [${q(text)}] } }`,
  key: (text) => `services: { web: { ${q(text)}: 1 } }`,
  'key of the block': (text) => `${q(text)}: 1\nservices: { web: {} }`,
  command: (text) => `commands: [${q(`docker run -d --name web${text} nginx`)}, ${q(`docker ${text}`)}]`,
  'option of a network': (text) =>
    `networks: { n: { driver: ${q(text)} } }\nservices: { web: { networks: [n] } }`,
  way: (text) => `services: { web: {} }\nfigure: { highlight: ${q(`web -> ${text}`)} }`,
  project: (text) => `name: ${q(text)}\nservices: { web: {} }`,
  'two of a name': (text) => `services: { web: { image: x, ${q(text)}: 1, ${q(text)}: 2 } }`,
  constraint: (text) =>
    `swarm: true\nservices: { web: { deploy: { placement: { constraints: [${q(text)}] } } } }`,
}
const lineBegins = (log: string, text: string): boolean =>
  log.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/).some((line) => line.trimStart().startsWith(text))

describe('problems', () => {
  it.each(Object.keys(MODELS))('are one line each, with a text over several lines as %s', (place) => {
    for (const end of ENDS) {
      const { problems } = readInputText(
        'a.yaml',
        'a.yaml',
        MODELS[place]?.(`x${end}${FORGED}${end}##[add-mask]1`) ?? '',
        {},
      )
      const log = problems.map(formatProblem).join('\n\n')
      expect(lineBegins(log, '::'), log).toBe(false)
      expect(log).not.toMatch(/[\r\v\f\u0085\u2028\u2029]|##\[/)
    }
  })
  it('are one line each in a Markdown text, whatever its info strings and its name are', () => {
    const post = `\`\`\`docker-network ${FORGED} view=\u2028${FORGED}\nservices: { web: {} }\n\`\`\`\n\n{dn:\u2028${FORGED}}`
    const { problems } = readInputText(`::error::a${'\n'}.md`, 'a.md', post, {})
    expect(problems.length).toBeGreaterThan(1)
    expect(lineBegins(problems.map(formatProblem).join('\n\n'), '::')).toBe(false)
  })
})

describe('the command line', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'dn-log-'))
  })
  const run = (...args: string[]) =>
    spawnSync('node', [join(ROOT, 'bin/docker-network.js'), ...args], { cwd: folder, encoding: 'utf8' })

  it.each(['service', 'host', 'image', 'container name', 'network', 'command', 'declared network'])(
    'begins no line with the text of a %s',
    (place) => {
      writeFileSync(join(folder, 'a.yaml'), MODELS[place]?.(`\n${FORGED}`) ?? '')
      for (const args of [
        ['check', 'a.yaml'],
        ['plan', 'a.yaml'],
        ['trace', 'a.yaml', `web -> \n${FORGED}`],
      ]) {
        const { stdout, stderr } = run(...args)
        expect(lineBegins(stdout + stderr, '::'), stdout + stderr).toBe(false)
      }
    },
  )
  it('begins no line with an argument', () => {
    for (const args of [[`x\n${FORGED}`], ['plan', `\n${FORGED}`], ['plan', `--x\n${FORGED}`]])
      expect(lineBegins(run(...args).stderr, '::')).toBe(false)
  })
})

describe('characters that nothing may contain', () => {
  const ALL = Array.from({ length: 0x10000 }, (_, unit) => String.fromCharCode(unit)).join('a')

  it('are replaced, and only they', () => {
    for (const clean of [cleanText, cleanLine, logLine, escapeHtml]) expect(clean(ALL)).not.toMatch(NEVER)
    for (const kept of ['a\tb', '한글 🐳', 'é\u0301', 'a\u200bb\u00ad', 'a\ufeffb']) {
      expect(cleanText(kept)).toBe(kept)
      expect(cleanLine(kept)).toBe(kept)
    }
    expect(cleanText('a\nb\r\nc')).toBe('a\nb\nc')
    expect(cleanLine('a\nb\r\nc')).toBe('a\ufffdb\ufffdc')
  })
  it.each(Object.keys(MODELS))('reach neither page nor log as %s', (place) => {
    const text = 'a\u202eb\u0000\u001b[2J\ufffe\ud800c\u2066\u200f'
    const model = MODELS[place]?.(text) ?? ''
    const references = ['web.image', 'web.hostname', 'web.network', 'command.1'].map(
      (path) => `{dn:${path}} \`{dn:${path}}\``,
    )
    for (const info of ['', ' view=datapath', ' print=compose', ' print=commands']) {
      const post = `\`\`\`docker-network${info}\n${model}\n\`\`\`\n\n${references.join('\n\n')}\n\n\`\`\`sh docker-network\n{dn:web.image}\n\`\`\`\n`
      const found: string[] = []
      const html = new MarkdownIt()
        .use(dockerNetwork, { report: (problems) => found.push(...problems.map(formatProblem)) })
        .render(post)
      expect(html.replaceAll('\u0000', '\ufffd')).not.toMatch(NEVER)
      expect(found.join('\n')).not.toMatch(NEVER)
    }
  })
})

describe('a very great many', () => {
  const BLOCK = '```docker-network\nservices: { web: { image: x } }\n```\n\n'

  it('lint problems, listing lines, words of an info string and fences are survived', () => {
    const count = 200_000
    const lint = `${BLOCK}${'Address 172.18.0.99.\n'.repeat(count)}`
    expect(readInputText('a.md', 'a.md', lint, {}).problems.length).toBeGreaterThanOrEqual(count)
    const listing = `${BLOCK}\`\`\`js\n${'x\n'.repeat(count)}\`\`\`\n`
    expect(
      readInputText('a.md', 'a.md', listing, {})
        .rewrite(() => '')
        .split('\n').length,
    ).toBeGreaterThan(count)
    const words = `\`\`\`docker-network ${'x '.repeat(count)}\nservices: { web: {} }\n\`\`\`\n`
    expect(readInputText('a.md', 'a.md', words, {}).problems.length).toBeGreaterThan(0)
    const references = `${BLOCK}${'{dn:nope.ip}\n\n'.repeat(20_000)}`
    expect(readInputText('a.md', 'a.md', references, {}).problems).toHaveLength(20_000)
  }, 120_000)
})

describe("an engine's list of faults", () => {
  it('is one line of the table of what failed, without a sign for the line ends', () => {
    const { plan } = planSource('commands: [docker run -d --ip 10.1.1.1 nginx]')
    if (plan === null) throw new Error('not planned')
    expect(plan.steps.find(({ ok }) => !ok)?.error?.message).toContain('\n')
    const text = planText(plan)
    expect(text).toContain('invalid endpoint settings: user-specified IP address')
    expect(text).not.toContain('\ufffd')
  })
})

describe('what docker inspect printed', () => {
  it.each(['\ud800', '\u202e', '\u0000', '\ufffe', '\n::error::x'])('is refused without %j of it', (text) => {
    for (const json of [JSON.stringify([{ Name: text }]), `[${text}`, `{"a": "${text}`]) {
      const read = readInspect(json)
      if (read.ok) throw new Error('is read')
      expect(read.message).not.toMatch(NEVER)
      expect(read.message).not.toContain('\n')
    }
  })
})
