import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import MarkdownIt from 'markdown-it'
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { ROOT } from '../support/built-site.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dn-cli-'))
  file('shop.yaml', SHOP)
  file('a.yaml', WRONG)
})

/** Runs the executable as a shell would, in a folder that is not the project's. */
function run(args: readonly string[], input = '') {
  const { status, stdout, stderr } = spawnSync('node', [join(ROOT, 'bin/docker-network.js'), ...args], {
    cwd: folder,
    input,
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

const file = (name: string, text: string): string => {
  mkdirSync(dirname(join(folder, name)), { recursive: true })
  writeFileSync(join(folder, name), text)
  return name
}

const SHOP = 'services:\n  web: { image: nginx, ports: ["8000:80"] }\n  db: { image: redis }\n'
const WRONG = 'services:\n  web:\n    imag: nginx\n'
const fence = (body: string, info = ''): string => `\`\`\`docker-network${info}\n${body}\`\`\`\n`

describe('docker-network', () => {
  it('tells how it is used, and of each command', () => {
    for (const args of [
      ['--help'],
      ['help', 'plan'],
      ['plan', '--help'],
      ['figure', '-h'],
      ['check', '--help'],
      ['trace', '--help'],
    ]) {
      const { status, stdout, stderr } = run(args)
      expect([status, stderr]).toEqual([0, ''])
      expect(stdout).toMatch(/^usage: docker-network /)
    }
  })

  it('tells the version of the package', () => {
    const { version }: { version: string } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
    expect(run(['--version'])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' })
  })

  it.each([
    [[]],
    [['frobnicate']],
    [['plan']],
    [['plan', 'nowhere.yaml']],
    [['plan', '.']],
    [['plan', 'a.yaml', 'b.yaml']],
    [['plan', '--frob', 'a.yaml']],
    [['plan', '--engine', '19', '-']],
    [['figure', '--view', 'upside-down', '-']],
    [['figure', '--format', 'gif', '-']],
    [['figure', '-o', 'shop.pdf', '-']],
    [['figure', '--focus', '', '-']],
    [['figure', '--focus', ' , ', '-']],
    [['check']],
    [['trace', '-']],
  ])('says what is wrong with its use, and nothing on standard output: %j', (args) => {
    const { status, stdout, stderr } = run(args, SHOP)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain('usage: docker-network')
    expect(stderr).not.toMatch(/\n\s+at /)
  })

  it.each([
    [['plna', '-'], 'there is no command "plna"; did you mean "plan"?'],
    [['help', 'chekc'], 'there is no command "chekc"; did you mean "check"?'],
    [['--versoin'], 'there is no option "--versoin"; did you mean "--version"?'],
    [['plan', '--jsno', '-'], 'there is no option "--jsno"; did you mean "--json"?'],
    [['figure', '-x', '-'], 'there is no option "-x"\n'],
    [['figure', '--theme', 'drak', '-'], 'got "drak"; did you mean "dark"?'],
  ])('names what was probably meant: %j', (args, message) => {
    const { status, stderr } = run(args, SHOP)
    expect(status).toBe(2)
    expect(stderr).toContain(message)
  })

  it.each([
    [['--step', '3'], '--step 3, but the file has 2 commands'],
    [['--since', '3'], '--since 3, but the file has 2 commands'],
    [['--since', '2'], '--since 2 is not before the last command, which is 2'],
    [['--step', '2', '--since', '1'], null],
    [['--since', '1'], null],
  ])('draws no step that a file does not have: %j', (args, message) => {
    const lab = 'commands:\n  - docker network create lab\n  - docker run -d --name web --network lab nginx\n'
    const { status, stdout, stderr } = run(['figure', '-', '--format', 'mermaid', ...args], lab)
    expect(status).toBe(message === null ? 0 : 2)
    if (message === null) expect(stdout).toMatch(/^flowchart /m)
    else expect(stderr).toContain(message)
  })

  it.each([
    ['docker run -d --network nowhere nginx', 0],
    ['docker service create --name a --replicas 999999999 nginx', 1],
    ['poweroff', 1],
    ['poweroff # fails', 1],
    ['docker run -d --network nowhere nginx # fails', 0],
  ])('plan ends with an error where the plan is not what the engine would do: %s', (command, status) => {
    const lab = `commands:\n  - docker swarm init\n  - "${command}"\n`
    expect(run(['plan', '-'], lab).status).toBe(status)
  })

  it('is found by npx right after npm ci', () => {
    const found = spawnSync('npx', ['--no-install', 'docker-network', '--version'], {
      cwd: ROOT,
      encoding: 'utf8',
    })
    expect([found.status, found.stdout]).toEqual([0, run(['--version']).stdout])
  })
})

describe('docker-network plan', () => {
  it('prints one object for a topology, from a file and from standard input', () => {
    const { status, stdout } = run(['plan', 'shop.yaml', '--json'])
    const plan = JSON.parse(stdout)
    expect(status).toBe(0)
    expect(Object.keys(plan)).toEqual(['engine', 'networks', 'containers', 'services', 'steps', 'problems'])
    expect(plan.containers.db.endpoints.default.ipv4).toBe('172.18.0.2/16')
    expect(run(['plan', '-', '--json'], SHOP).stdout).toBe(stdout)
  })

  it('prints a list with one object for each fence of a Markdown text', () => {
    const text = `---\nlang: ko\n---\n${fence(SHOP, ' model=shop')}\n> ${fence(SHOP).replaceAll('\n', '\n> ').trimEnd().replace(/>$/, '')}\n\n${fence('', ' use=shop view=bus')}`
    const plans = JSON.parse(run(['plan', file('post.md', text), '--json']).stdout)
    expect(plans).toHaveLength(3)
    expect(plans[2]).toEqual(plans[0])
    expect(JSON.parse(run(['plan', '-', '--json'], text).stdout)).toEqual(plans)
  })

  it('prints no character that steers a terminal', () => {
    const text = 'services: { web: {} }\nnetworks: { default: { name: "a\\u001b[2J\\u202eb" } }\n'
    const { status, stdout } = run(['plan', '-'], text)
    expect(status).toBe(0)
    expect(stdout).toContain('a\ufffd[2J\ufffdb')
  })

  // Compose reads `.env` of the working directory, finds the file by it, and then reads the one beside that file.
  it('takes the .env of a folder whose COMPOSE_FILE lies in another, before the one beside the file', () => {
    file(
      'named/.env',
      'COMPOSE_PROJECT_NAME=outer\nCOMPOSE_FILE=sub/compose.yaml\nCOMPOSE_PROFILES=p\nPORT=5\n',
    )
    file('named/sub/.env', 'PORT=6\nTARGET=7\n')
    file('named/sub/compose.yaml', 'services: { a: { image: a, profiles: [p], ports: ["$PORT:$TARGET"] } }\n')
    const { stdout } = run(['plan', 'named'])
    expect(stdout).toContain('outer-a-1')
    expect(stdout).toContain('0.0.0.0:5->7/tcp')
  })

  it('prints tables for a person', () => {
    const { status, stdout } = run(['plan', 'shop.yaml'])
    expect(status).toBe(0)
    expect(stdout).toMatch(/^NETWORK +DRIVER +SCOPE +HOST +SUBNET +GATEWAY/m)
    expect(stdout).toMatch(/^default +web +eth0 +172\.18\.0\.3\/16/m)
  })

  it('plans for another engine than the block says', () => {
    expect(JSON.parse(run(['plan', 'shop.yaml', '--json', '--engine', '20']).stdout).engine).toBe('20')
  })

  it('takes a failing command as part of the plan, and an error of the author as an error', () => {
    const failing = 'commands:\n  - docker network create same\n  - docker network create same\n'
    const { status, stdout, stderr } = run(['plan', '-', '--json'], failing)
    expect(status).toBe(0)
    expect(JSON.parse(stdout).steps.map((step: { ok: boolean }) => step.ok)).toEqual([true, false])
    expect(stderr).toContain('<stdin>:3:')
    const wrong = run(['plan', '-', '--json'], WRONG)
    expect(wrong.status).toBe(1)
    expect(JSON.parse(wrong.stdout).problems).toHaveLength(1)
  })
})

describe('docker-network check', () => {
  it('lists all problems of all files with place, line and hint, on standard error', () => {
    const names = ['a.yaml', file('b.md', `---\ntitle: b\n---\n\n${fence(WRONG)}`)]
    const { status, stdout, stderr } = run(['check', ...names])
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(
      /^a\.yaml:3:5 UNKNOWN_KEY .*\n {2}3 \| {5}imag: …\n {4}\| {5}\^{4}\n {2}hint: .*image/m,
    )
    expect(stderr).toMatch(/^b\.md:8:5 UNKNOWN_KEY /m)
  })

  it('gives them as a list to editors', () => {
    const { status, stdout, stderr } = run(['check', '--json', 'a.yaml'])
    expect([status, stderr]).toEqual([1, ''])
    expect(JSON.parse(stdout)).toEqual([
      expect.objectContaining({
        file: 'a.yaml',
        line: 3,
        column: 5,
        endLine: 3,
        endColumn: 9,
        severity: 'error',
      }),
    ])
  })

  it('takes a failing command as an error, unless the author marked it as meant', () => {
    const run2 = 'docker network create same'
    expect(run(['check', '-'], `commands: [${run2}, ${run2}]\n`).status).toBe(1)
    expect(run(['check', '-'], `commands:\n  - ${run2}\n  - run: ${run2}\n    expect: error\n`).status).toBe(
      0,
    )
  })

  it('lets warnings pass', () => {
    expect(run(['check', 'shop.yaml']).status).toBe(0)
  })

  it('takes folders and patterns, and says what it read', () => {
    mkdirSync(join(folder, 'many/node_modules/x'), { recursive: true })
    for (const name of ['many/a.md', 'many/node_modules/x/b.md']) file(name, fence(SHOP))
    file('many/compose.yml', SHOP)
    file('many/values.yaml', 'kind: Deployment\n')
    file('many/prose.md', 'Nothing.\n')
    for (const word of ['many', 'many/**/*'])
      expect([word, run(['check', word]).stderr]).toEqual([
        word,
        expect.stringMatching(/^2 files, 2 blocks, 0 errors, \d+ warnings?\n$/m),
      ])
    expect(run(['check', 'many/**/*.txt'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('many/**/*.txt'),
    })
  })

  it('tells the problems of a model once, though two posts show it', () => {
    mkdirSync(join(folder, 'twice'), { recursive: true })
    file('twice/model.yaml', WRONG)
    for (const name of ['twice/a.md', 'twice/b.md']) file(name, '```docker-network src=model.yaml\n```\n')
    const { stderr } = run(['check', 'twice'])
    expect(stderr.match(/UNKNOWN_KEY/g)).toHaveLength(1)
    expect(stderr).toMatch(/^3 files, 3 blocks, 1 error, /m)
  })

  it('tells in the language of --lang', () => {
    const text = 'services: { web: { prots: ["80:80"] } }\n'
    const { stderr } = run(['check', '-', '--lang', 'ko'], text)
    expect(stderr).toContain('<stdin>:1:20 UNKNOWN_KEY 서비스 "web"에 "prots" 키는 없습니다\n')
    expect(stderr).toContain('  도움말: 혹시 "ports" 말인가요?\n')
    expect(JSON.parse(run(['check', '-', '--json', '--lang', 'ko'], text).stdout)).toMatchObject([
      { code: 'UNKNOWN_KEY', hint: '혹시 "ports" 말인가요?' },
    ])
    expect(run(['check', '-', '--lang', 'fr'], text).status).toBe(2)
  })
  it('checks again at each change', async () => {
    const path = join(folder, file('watched.yaml', SHOP))
    const child = spawn('node', [join(ROOT, 'bin/docker-network.js'), 'check', path, '--watch'])
    onTestFinished(() => void child.kill('SIGKILL'))
    const ended = new Promise((done) => child.on('exit', done))
    let said = ''
    const says = (words: string): Promise<void> =>
      new Promise((done) => {
        const look = (): void => {
          if (said.includes(words)) done()
          else child.stderr.once('data', () => setImmediate(look))
        }
        look()
      })
    child.stderr.on('data', (chunk) => {
      said += String(chunk)
    })
    await says('0 errors')
    writeFileSync(path, WRONG)
    await says('UNKNOWN_KEY')
    child.kill('SIGINT')
    expect(await ended).toBe(0)
  }, 20_000)
})

describe('docker-network figure', () => {
  it('prints Mermaid text, SVG and HTML', () => {
    expect(run(['figure', 'shop.yaml', '--format', 'mermaid']).stdout).toMatch(/^flowchart /m)
    const svg = run(['figure', 'shop.yaml', '--format', 'svg'])
    expect(svg.stdout).toMatch(/^<svg [\s\S]*172\.18\.0\.3[\s\S]*<\/svg>\n$/)
    expect(run(['figure', 'shop.yaml']).stdout).toBe(svg.stdout)
    expect(run(['figure', 'shop.yaml', '--format', 'html', '--fragment']).stdout).toMatch(
      /^<figure [\s\S]*<svg [\s\S]*<\/figure>\n/,
    )
  })

  it('prints HTML as a whole page that needs nothing else, and knows it again', () => {
    const page = run(['figure', 'shop.yaml', '--format', 'html', '--lang', 'ko']).stdout
    expect(page).toMatch(/^<!doctype html>\n<html lang="ko">[\s\S]*<figure [\s\S]*<\/html>\n$/)
    expect(page).toContain('<meta charset="utf-8">')
    expect(page).toContain('.docker-network-picture {')
    expect(page).not.toMatch(/<script|<link|url\(["']?(?!#)/)
    for (let i = 0; i < 2; i++) expect(run(['figure', 'shop.yaml', '-o', 'out/page.html']).status).toBe(0)
  })

  it('takes files, folders and patterns, and names each figure by its file', () => {
    file('lots/a.md', fence(SHOP) + fence('services:\n  other: { image: nginx }\n'))
    file('lots/deep/b.yaml', SHOP)
    const written = (...args: string[]) => {
      expect(run(['figure', ...args, '-o', 'figures-of-many']).status).toBe(0)
      const names = readdirSync(join(folder, 'figures-of-many'), { recursive: true }).map(String).sort()
      rmSync(join(folder, 'figures-of-many'), { recursive: true })
      return names
    }
    expect(written('lots')).toEqual(['a-1.svg', 'a-2.svg', 'deep', 'deep/b.svg'])
    expect(written('lots/**/*.md', 'shop.yaml')).toEqual(['a-1.svg', 'a-2.svg', 'shop.svg'])
    expect(written('lots', '--format', 'html')).toEqual(['a-1.html', 'a-2.html', 'deep', 'deep/b.html'])
    expect(run(['figure', 'lots']).stderr).toContain('say with -o which folder to write to')
  })

  it('writes into a folder that is named with a slash, though it is not there', () => {
    expect(run(['figure', 'shop.yaml', '-o', 'to/be/made/']).status).toBe(0)
    expect(existsSync(join(folder, 'to/be/made/shop.svg'))).toBe(true)
  })

  it('takes a folder with a compose file as that project', () => {
    file('project/compose.yaml', 'services:\n  web: { image: nginx }\n')
    expect(run(['figure', 'project']).stdout).toMatch(/^<svg /)
  })

  it('follows its files with --watch', async () => {
    file('followed.yaml', SHOP)
    const child = spawn(
      'node',
      [join(ROOT, 'bin/docker-network.js'), 'figure', 'followed.yaml', '-o', 'followed.svg', '--watch'],
      { cwd: folder },
    )
    onTestFinished(() => void child.kill('SIGKILL'))
    const text = () =>
      existsSync(join(folder, 'followed.svg')) ? readFileSync(join(folder, 'followed.svg'), 'utf8') : ''
    await vi.waitFor(() => expect(text()).toContain('>web<'), { timeout: 15_000, interval: 100 })
    file('followed.yaml', SHOP.replace('web', 'other'))
    await vi.waitFor(() => expect(text()).toContain('>other<'), { timeout: 15_000, interval: 100 })
    const ended = new Promise((done) => child.once('exit', done))
    child.kill('SIGINT')
    expect(await ended).toBe(0)
  }, 40_000)

  it('fixes the theme of an SVG file, which no page can tell it', () => {
    const grounds = (theme: string) =>
      [...run(['figure', 'shop.yaml', '--theme', theme]).stdout.matchAll(/--dn-canvas:(#\w+)/g)].map(
        ([, colour]) => colour,
      )
    const [light, dark] = grounds('auto')
    expect(light).not.toBe(dark)
    // No other is left for the reader's preference to choose.
    expect(grounds('light')).toEqual([light])
    expect(grounds('dark')).toEqual([dark])
  })

  it('writes a PNG file by way of a browser', () => {
    const { status, stdout } = run(['figure', 'shop.yaml', '-o', 'out/shop.png'])
    expect([status, stdout]).toEqual([0, ''])
    expect(readFileSync(join(folder, 'out/shop.png')).subarray(1, 4).toString()).toBe('PNG')
  })

  it('prints nothing for a block with errors, but what is wrong', () => {
    const { status, stdout, stderr } = run(['figure', 'a.yaml'])
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toContain('UNKNOWN_KEY')
  })

  it('wants one fence chosen where only one fits', () => {
    file('two.md', fence(SHOP) + fence('services:\n  other: { image: nginx }\n'))
    expect(run(['figure', 'two.md']).status).toBe(2)
    expect(run(['figure', 'two.md', '--block', '2']).stdout).toContain('other')
    expect(run(['figure', 'two.md', '--block', '3']).status).toBe(2)
  })
})

describe('docker-network trace', () => {
  it('tells a packet’s way', () => {
    const { status, stdout } = run(['trace', 'shop.yaml', 'web -> db'])
    expect(status).toBe(0)
    expect(stdout).toMatch(/^web -> db\n 1\. [\s\S]*172\.18\.0\.2[\s\S]*\nreached\n$/)
  })

  it('says who there is, when an end is unknown', () => {
    expect(run(['trace', 'shop.yaml', 'web -> dv'])).toMatchObject({ status: 2, stdout: '' })
  })
})

describe('docker-network markdown', () => {
  const text = [
    '---\ntitle: a\n---\n',
    '> - ```docker-network model=shop',
    '>   services:',
    '>     web: { image: nginx }',
    '>   ```',
    '>   at {dn:web.ip} and \\{dn:web.ip}\n',
    '```js\nlet a = "{dn:web.ip}"\n```',
    '```docker-network use=shop print=hosts:web\n```\n',
    '```console docker-network\nping {dn:web.ip}\n```\n',
  ].join('\n')

  it('writes Markdown that draws the same with any Markdown parser, with SVG files beside it', () => {
    file('walk.md', text)
    expect(run(['markdown', 'walk.md', '-o', 'build'])).toEqual({ status: 0, stdout: '', stderr: '' })
    const written = readFileSync(join(folder, 'build/walk.md'), 'utf8')
    expect(written).toMatch(/^---\ntitle: a\n---\n\n> - <figure class="docker-network/)
    const html = new MarkdownIt({ html: true }).render(written.slice(written.indexOf('\n\n')))
    expect(html).toMatch(
      /<blockquote>\s*<ul>\s*<li>\s*<figure [\s\S]*<img src="walk-1\.svg" [\s\S]*<\/figure>/,
    )
    for (const part of [
      'at 172.18.0.2 and {dn:web.ip}',
      'let a = &quot;{dn:web.ip}&quot;',
      '<code class="language-console">ping 172.18.0.2\n</code>',
      '172.18.0.2\t',
    ])
      expect(html.includes(part), part).toBe(true)
    expect(html).not.toContain('docker-network use=')
    expect(readFileSync(join(folder, 'build/walk-1.svg'), 'utf8')).toMatch(
      /^<svg [\s\S]*<style>[\s\S]*172\.18\.0\.2/,
    )
  })

  it('writes the SVG files to a folder of their own, and points to where they are served', () => {
    const options = ['--images', 'site/assets/figures', '--image-url', '/assets/figures/']
    expect(run(['markdown', 'walk.md', '-o', 'site/_posts', ...options]).status).toBe(0)
    expect(readFileSync(join(folder, 'site/_posts/walk.md'), 'utf8')).toContain(
      '<img src="/assets/figures/walk-1.svg"',
    )
    expect(existsSync(join(folder, 'site/assets/figures/walk-1.svg'))).toBe(true)
    expect(existsSync(join(folder, 'site/_posts/walk-1.svg'))).toBe(false)
  })

  it('points from the text to the folder of the SVG files when it is not told where they are served', () => {
    expect(run(['markdown', 'walk.md', '-o', 'site/text', '--images', 'site/text/draw ings']).status).toBe(0)
    expect(readFileSync(join(folder, 'site/text/walk.md'), 'utf8')).toContain(
      '<img src="draw%20ings/walk-1.svg"',
    )
  })

  it('writes values as text, whatever their letters mean to Markdown and HTML', () => {
    const block = fence('services: { my_web_x: { image: "<img src=x>" } }\n')
    file('odd.md', `{dn:my_web_x.image} *{dn:my_web_x.ip}* \`{dn:my_web_x.image}\`\n\n${block}`)
    expect(run(['markdown', 'odd.md', '-o', 'build'])).toMatchObject({ status: 0 })
    const written = readFileSync(join(folder, 'build/odd.md'), 'utf8')
    expect(new MarkdownIt({ html: true }).render(written).split('\n')[0]).toBe(
      '<p>&lt;img src=x&gt; <em>172.18.0.2</em> <code>&lt;img src=x&gt;</code></p>',
    )
  })

  it('says that a folder has nothing to read but what it writes to', () => {
    file('notes/a.md', 'text\n')
    const { status, stderr } = run(['markdown', 'notes', '-o', 'notes'])
    expect(status).toBe(2)
    expect(stderr).toContain('there is no Markdown file to read in notes')
  })

  it('writes nothing when a block has an error', () => {
    file('wrong.md', fence(WRONG))
    expect(run(['markdown', 'walk.md', 'wrong.md', '-o', 'nothing'])).toMatchObject({ status: 1, stdout: '' })
    expect(existsSync(join(folder, 'nothing'))).toBe(false)
  })
})

describe('docker-network markdown --for', () => {
  const post = [
    '---\ntitle: a\n---\n',
    fence('services:\n  web: { image: "a{b}<c>" }\n').replace('docker-network', 'docker-network model=shop'),
    '- item\n  ```docker-network use=shop view=bus title="a <b> {c} | d"\n  ```\n',
    '```docker-network use=shop print=inspect:bridge\n```\n',
    'web is {dn:web.ip}\n',
  ].join('\n')
  const outputOf = (host: string, name = 'post.md') => {
    file(`src/${name}`, post)
    const { status, stderr } = run(['markdown', 'src', '-o', `${host}/content`, '--for', host])
    expect([status, stderr]).toEqual([0, ''])
    return readFileSync(join(folder, host, 'content', name), 'utf8')
  }

  it.each([
    ['hugo', '/docker-network/post-1.svg', 'hugo/static/docker-network/post-1.svg'],
    [
      'jekyll',
      '{{ "/assets/docker-network/post-1.svg" | relative_url }}',
      'jekyll/content/assets/docker-network/post-1.svg',
    ],
    ['mkdocs', 'post-1.svg', 'mkdocs/content/post-1.svg'],
    ['docusaurus', './post-1.svg', 'docusaurus/content/post-1.svg'],
  ])('%s finds its images', (host, address, path) => {
    expect(outputOf(host)).toContain(`![Docker networks of one host](${address})`)
    expect(readFileSync(join(folder, path), 'utf8')).toMatch(/^<svg /)
  })

  it.each(['hugo', 'mkdocs', 'docusaurus', 'astro', 'mdx', 'github'])(
    '%s gets text that Markdown alone reads, in a list as well, with nothing of ours left over',
    (host) => {
      const written = outputOf(host)
      const html = new MarkdownIt({ html: true }).render(written.slice(written.indexOf('\n\n')))
      expect(html).toContain('<td><code>172.18.0.2</code></td>')
      expect(html).toMatch(/<li>[\s\S]*a &lt;b&gt; \{c\} \| d[\s\S]*<\/li>/)
      expect(html).toContain('web is 172.18.0.2')
      expect(html).not.toMatch(/```docker-network|\{dn:|made by/)
    },
  )

  it.each(['mdx', 'astro', 'docusaurus'])('%s gets nothing outside of code that JSX would read', (host) => {
    const outside = outputOf(host)
      .replace(/```[\s\S]*?```/g, '')
      .replace(/<\/?(?:details|summary)>/g, '')
    expect(outside).not.toMatch(/[<{]/)
  })

  it('github gets Mermaid for a host with settings of its own, and no image', () => {
    const written = outputOf('github')
    expect(written).toMatch(/```mermaid\nflowchart TB\n/)
    expect(written).not.toContain('layout: docker-network')
    expect(existsSync(join(folder, 'github/content/post-1.svg'))).toBe(false)
  })

  it('carries a folder over with its folders, and knows again what it made', () => {
    file('tree/a/index.md', post)
    file('tree/b/index.md', 'nothing of ours\n')
    const twice = () => run(['markdown', 'tree', '-o', 'tree/out'])
    expect(twice().status).toBe(0)
    file('tree/b/index.md', 'other\n')
    expect(twice()).toMatchObject({ status: 0, stderr: '' })
    expect(readFileSync(join(folder, 'tree/out/b/index.md'), 'utf8')).toMatch(/^other\n/)
    expect(existsSync(join(folder, 'tree/out/a/index-1.svg'))).toBe(true)
    expect(existsSync(join(folder, 'tree/out/out'))).toBe(false)
    expect(run(['markdown', 'tree/**/*.md', '-o', 'tree/out', '--check'])).toMatchObject({
      status: 0,
      stderr: '',
    })
    file('tree/b/index.md', 'third\n')
    expect(run(['markdown', 'tree', '-o', 'tree/out', '--check'])).toMatchObject({
      status: 1,
      stderr: 'tree/out/b/index.md is stale\n',
    })
  })

  it('passes over what an earlier run has made in the folder', () => {
    file('again/post.md', post)
    for (const out of ['again/one', 'again/two']) expect(run(['markdown', 'again', '-o', out]).status).toBe(0)
    expect(readdirSync(join(folder, 'again/two')).filter((name) => !name.endsWith('.svg'))).toEqual([
      'post.md',
    ])
  })

  it('says where images go when a site cannot be told from the folder', () => {
    file('src/post.md', post)
    const { status, stderr } = run(['markdown', 'src', '-o', 'elsewhere', '--for', 'hugo'])
    expect(status).toBe(2)
    expect(stderr).toContain('--images and --image-url')
    const said = ['--images', 'elsewhere/static', '--image-url', '/x']
    expect(run(['markdown', 'src', '-o', 'elsewhere', '--for', 'hugo', ...said]).status).toBe(0)
  })
})

describe('docker-network markdown --write', () => {
  const readme = [
    '# Shop\n',
    '```docker-network src=shop.yaml model=shop\n```',
    'web is {dn:web.ip}, `{dn:web.ip}:80`, \\{dn:web.ip}.\n',
    '> - ```docker-network',
    '>   services:',
    '>     other: { image: nginx }',
    '>   ```',
    'after\n',
  ].join('\n')
  const fresh = () => {
    file('kept/shop.yaml', 'services:\n  web: { image: nginx }\n')
    file('kept/README.md', readme)
    expect(run(['markdown', 'kept/README.md', '--for', 'github', '--write'])).toEqual({
      status: 0,
      stdout: '',
      stderr: '',
    })
    return readFileSync(join(folder, 'kept/README.md'), 'utf8')
  }
  const now = () => readFileSync(join(folder, 'kept/README.md'), 'utf8')

  it('puts what is made below each block, and values between comments', () => {
    const text = fresh()
    expect(text).toContain('<!-- docker-network src=shop.yaml model=shop -->\n\n```mermaid\nflowchart TB')
    expect(text).toContain('> - <!-- docker-network\n>   services:\n>     other: { image: nginx }\n>   -->\n')
    const html = new MarkdownIt({ html: true }).render(text)
    expect(html).toContain(
      'web is <!--dn:web.ip-->172.18.0.2<!--/dn-->, <code><!--dn:web.ip-->172.18.0.2<!--/dn-->:80</code>, {dn:web.ip}.',
    )
    expect(html).toMatch(/<blockquote>\s*<ul>\s*<li>[\s\S]*language-mermaid[\s\S]*<\/li>/)
  })

  it('changes nothing the second time, and --check is content', () => {
    const text = fresh()
    expect(run(['markdown', 'kept/README.md', '--write']).status).toBe(0)
    expect(now()).toBe(text)
    expect(run(['markdown', 'kept/README.md', '--check'])).toEqual({ status: 0, stdout: '', stderr: '' })
  })

  it('follows the model, and --check says before that which block is stale', () => {
    const before = fresh()
    file('kept/shop.yaml', 'services:\n  db: { image: redis }\n  web: { image: nginx, depends_on: [db] }\n')
    const { status, stderr } = run(['markdown', 'kept/README.md', '--for', 'github', '--check'])
    expect(status).toBe(1)
    expect(stderr).toContain(
      'kept/README.md is stale (block at line 3); run docker-network markdown kept/README.md --for github --write',
    )
    expect(now()).toBe(before)
    run(['markdown', 'kept/README.md', '--write'])
    expect(now()).toContain('web is <!--dn:web.ip-->172.18.0.3<!--/dn-->')
    expect(now()).toContain('after\n')
  })

  it('places problems at lines of the file as it is, and writes nothing then', () => {
    const text = fresh().replace('other: { image: nginx }', 'other: { imag: nginx }')
    file('kept/README.md', text)
    const line = text.split('\n').findIndex((one) => one.includes('imag:')) + 1
    const { status, stderr } = run(['markdown', 'kept/README.md', '--write'])
    expect(status).toBe(1)
    expect(stderr).toContain(`kept/README.md:${line}:16 UNKNOWN_KEY`)
    expect(now()).toBe(text)
  })

  it('says so when a comment is not ended, or a block cannot stand in one', () => {
    file('kept/README.md', 'a\n\n<!-- docker-network src=shop.yaml -->\n')
    expect(run(['markdown', 'kept/README.md', '--write'])).toMatchObject({
      status: 1,
      stderr:
        'kept/README.md:3:1 the comment "<!-- docker-network" has no "<!-- /docker-network -->" below it\n',
    })
    file('kept/README.md', fence('services: { web: { image: "a-->b" } }\n'))
    expect(run(['markdown', 'kept/README.md', '--write'])).toMatchObject({ status: 1 })
  })

  it('leaves a file without anything of ours as it is, to its last letter', () => {
    file('kept/README.md', '# plain')
    expect(run(['markdown', 'kept/README.md', '--write']).status).toBe(0)
    expect(now()).toBe('# plain')
    expect(run(['markdown', 'kept/README.md', '--check']).status).toBe(0)
  })

  it('keeps line ends', () => {
    file('kept/README.md', '<!-- docker-network src=shop.yaml --><!-- /docker-network -->\r\n\r\nb\r\n')
    expect(run(['markdown', 'kept/README.md', '--write']).status).toBe(0)
    expect(now().replace(/\r\n/g, '')).not.toContain('\n')
    expect(now()).toContain('flowchart TB')
  })
})
