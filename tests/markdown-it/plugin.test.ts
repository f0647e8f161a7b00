import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import MarkdownIt14 from 'markdown-it'
import MarkdownIt15 from 'markdown-it-15'
import { describe, expect, it } from 'vitest'
import dockerNetwork, { DockerNetworkError } from '../../src/index.ts'
import type { DockerNetworkOptions } from '../../src/markdown-it/plugin.ts'
import { type PlacedProblem, problemRecord } from '../../src/problem/report.ts'

/** In a project there is one markdown-it, and its types; here the other one plays its part. */
const create15 = (): MarkdownIt14 => new MarkdownIt15({ html: true }) as unknown as MarkdownIt14

const VERSIONS = [
  { version: '14', create: () => new MarkdownIt14({ html: true }) },
  { version: '15', create: create15 },
]

const BLOCK = '```docker-network\nservices:\n  web: { image: nginx }\n```\n'

describe.each(VERSIONS)('with markdown-it $version', ({ create }) => {
  const ours = (text: string, env?: object) => create().use(dockerNetwork).render(text, env)

  it('leaves every text without our fence as it is', () => {
    const text = '# A\n\n```js\nlet a = 1 < 2\n```\n\n~~~docker-networks\nx\n~~~\n\n    indented\n\n> `b`\n'
    expect(ours(text)).toBe(create().render(text))
  })

  it('leaves the fences of another plugin to it', () => {
    const md = create()
    md.renderer.rules.fence = (tokens, index) => `<other>${tokens[index]?.info}</other>`
    const html = md.use(dockerNetwork).render(`\`\`\`js\n\`\`\`\n\n${BLOCK}`)
    expect(html).toContain('<other>js</other>')
    expect(html).toContain('<figure class="docker-network')
  })

  it('makes a figure with caption, table and Mermaid source', () => {
    const html = ours(BLOCK.replace('docker-network', 'docker-network caption="One bridge"'))
    expect(html).toMatch(/^<figure class="docker-network[^>]*>/)
    for (const part of [
      'class="docker-network-picture',
      '<figcaption>One bridge',
      '<details',
      '<table',
      '172.18.0.2',
      '</figure>',
    ])
      expect(html).toContain(part)
  })

  it('has no caption that the author did not write', () => {
    expect(ours(BLOCK)).not.toContain('<figcaption>Docker networks of')
  })

  it('draws a model again with use=, from a body with only figure: in it', () => {
    const html = ours(
      `${BLOCK.replace('docker-network', 'docker-network model=a')}\n\`\`\`docker-network use=a view=bus\n\`\`\`\n\n\`\`\`docker-network use=a\nfigure: { caption: again }\n\`\`\`\n`,
    )
    expect(html.match(/<figure /g)).toHaveLength(3)
    expect(html).toContain('docker-network-bus')
    expect(html).toContain('<figcaption>again')
  })

  it('shows what a fence asks for, though the model once hid it', () => {
    const model = BLOCK.replace('docker-network', 'docker-network model=a').replace(
      'image: nginx',
      'image: ghcr.io/x/nginx',
    )
    const again = (info: string) =>
      ours(
        `${model.replace(/```\n$/, 'figure: { hide: [images] }\n```\n')}\n\`\`\`docker-network use=a ${info}\n\`\`\`\n`,
      ).split('<figure ')[2]
    const drawn = (info: string) => /<svg[\s\S]*?<\/svg>/.exec(again(info) ?? '')?.[0]
    expect(drawn('')).not.toContain('ghcr.io')
    expect(drawn('show=images')).toContain('ghcr.io')
  })

  it('takes the language of the page', () => {
    const html = ours(BLOCK, { lang: 'ko' })
    expect(html).toContain('<figure class="docker-network docker-network-network" id="')
    expect(html).toMatch(/<figure [^>]*lang="ko"/)
  })

  it('gives equal blocks ids of their own, the same at every build', () => {
    const ids = (html: string) => [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    const first = ids(ours(BLOCK + BLOCK))
    expect(new Set(first).size).toBe(first.length)
    expect(ids(ours(BLOCK + BLOCK))).toEqual(first)
  })
})

const reported = (text: string, options: DockerNetworkOptions = {}, env: object = {}) => {
  const found: PlacedProblem[] = []
  const html = new MarkdownIt14()
    .use(dockerNetwork, { ...options, report: (all) => found.push(...all) })
    .render(text, env)
  return { html, found: found.map(problemRecord) }
}

describe('problems of blocks', () => {
  it('stand in the page in place of the figure, escaped', () => {
    const { html } = reported(
      '```docker-network\nservices:\n  web: { image: x }\nnetworks:\n  n: { "<b>x</b>": 1 }\n```\n',
    )
    expect(html).toContain('docker-network-failed')
    expect(html).not.toContain('<b>x')
  })

  it('and figures turn no letters around them, whatever a text carries', () => {
    const { html } = reported(
      '```docker-network\nfigure: { title: "a\\u202eb", caption: "c\\u2066d" }\nservices: { web: { image: "x\\u202egnp.exe" } }\n```\n\n```docker-network\nnetworks: { n: { "k\\u202ey": 1 } }\nservices: { web: { networks: [n] } }\n```\n',
    )
    expect(html).toContain('a\ufffdb')
    expect(html).toContain('k\ufffdy')
    expect(html).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/)
  })

  it('are thrown as one error when the author wants that', () => {
    const md = new MarkdownIt14().use(dockerNetwork, { onProblem: 'throw' })
    const text =
      '```docker-network\nservices: { web: { imag: x } }\n```\n\n```docker-network use=nowhere\n```\n'
    let thrown: unknown
    try {
      md.render(text)
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(DockerNetworkError)
    const codes = thrown instanceof DockerNetworkError ? thrown.problems.map(({ code }) => code) : []
    expect(codes).toEqual(['UNKNOWN_KEY', 'MODEL_UNKNOWN'])
  })

  it.each([
    ['veiw=bus', 'FENCE_UNKNOWN_KEY', '1:19', 'Did you mean "view"?'],
    ['view=netwrok', 'FENCE_BAD_VALUE', '1:24', 'Write view=network.'],
    ['view=xyz', 'FENCE_BAD_VALUE', '1:24', 'Write view=network.'],
    ['show=mac', 'FENCE_BAD_VALUE', '1:24', 'Did you mean "macs"?'],
    ['title="two words', 'FENCE_BAD_VALUE', '1:19', 'Write title="…", with straight quotes on both ends.'],
    ['title=\u201ctwo words\u201d', 'FENCE_BAD_VALUE', '1:19', 'with straight quotes'],
    ['use=shpo', 'MODEL_UNKNOWN', '1:23', 'Did you mean "shop"?'],
    ['model=m step=3', 'STEP_OUT_OF_RANGE', '1:32', 'Write a step from 0 to 1.'],
  ])('of the first line are told with what to write: %s', (info, code, at, hint) => {
    const body = info.startsWith('use=') ? '' : 'commands: [docker ps]\n'
    const text = `\`\`\`docker-network ${info}\n${body}\`\`\`\n\n\`\`\`docker-network model=shop hidden\nservices: { web: {} }\n\`\`\`\n`
    const { found } = reported(text)
    expect(found.map((one) => [one.code, `${one.line}:${one.column}`])).toEqual([[code, at]])
    expect(found[0]?.hint).toContain(hint)
  })

  it.each(['', '\n', '  \n\n'])('of an empty body stand at the fence: %j', (body) => {
    const { found } = reported(`text\n\n> \`\`\`docker-network\n${body.replace(/^/gm, '> ')}\n> \`\`\`\n`)
    expect(found.map(({ code, line, column }) => `${code} ${line}:${column}`)).toEqual(['EMPTY_BLOCK 3:6'])
  })

  const WRONG = 'services:\n  web:\n    imag: nginx\n'
  const place = (text: string, file?: string) => {
    const folder = mkdtempSync(join(tmpdir(), 'dn-post-'))
    writeFileSync(join(folder, 'post.md'), file ?? text)
    const { found } = reported(text, { root: folder }, { page: { inputPath: join(folder, 'post.md') } })
    return found.filter(({ code }) => code === 'UNKNOWN_KEY').map(({ line, column }) => [line, column])
  }
  const fence = (body: string) => `\`\`\`docker-network\n${body}\`\`\`\n`

  it('have the line and column of the post', () => {
    expect(place(`text\n\n${fence(WRONG)}`)).toEqual([[6, 5]])
  })

  it('count front matter that the host has cut off', () => {
    const body = `text\n\n${fence(WRONG)}`
    expect(place(body, `---\ntitle: a\ntags: [b]\n---\n${body}`)).toEqual([[10, 5]])
  })

  it('count through lists and block quotes', () => {
    const quoted = fence(WRONG)
      .trimEnd()
      .split('\n')
      .map((line) => `> - ${line}`.replace(/- (?!```d)/, '  '))
      .join('\n')
    expect(place(`${quoted}\n`)).toEqual([[4, 9]])
  })

  it('count CRLF line ends as one', () => {
    const text = `text\n\n${fence(WRONG)}`.replaceAll('\n', '\r\n')
    expect(place(text, `---\r\ntitle: a\r\n---\r\n${text}`)).toEqual([[9, 5]])
  })

  it('tell the same block twice apart', () => {
    expect(place(fence(WRONG) + fence(WRONG))).toEqual([
      [4, 5],
      [9, 5],
    ])
  })

  it('tell the same block twice apart also after a template engine changed the text', () => {
    const file = `{{ one }}\n{{ two }}\n\n${fence(WRONG)}\n{{ three }}\n\n${fence(WRONG)}`
    const rendered = `1\n\n${fence(WRONG)}\n3\nand\nmore\n\n${fence(WRONG)}`
    expect(place(rendered, file)).toEqual([
      [7, 5],
      [15, 5],
    ])
  })
})

describe('references in prose', () => {
  const MODEL = '```docker-network model=shop\nservices:\n  web: { image: nginx }\n```\n\n'
  const render = (text: string) => reported(MODEL + text)

  it('become values, in text, in code, in headings and table cells', () => {
    const { html, found } = render(
      'at {dn:web.ip} and `{dn:shop#web.ip}`\n\n## {dn:web.ip}\n\n| a |\n| - |\n| *{dn:web.ip}* |\n',
    )
    expect(found.filter(({ severity }) => severity === 'error')).toEqual([])
    for (const part of [
      'at 172.18.0.2 and <code>172.18.0.2</code>',
      '<h2>172.18.0.2</h2>',
      '<em>172.18.0.2</em>',
    ])
      expect(html.includes(part), part).toBe(true)
  })

  it('stay as written behind a backslash, and in fences that do not ask', () => {
    const { html } = render('\\{dn:web.ip}\n\n```sh\nping {dn:web.ip}\n```\n')
    expect(html).toContain('<p>{dn:web.ip}</p>')
    expect(html).toContain('ping {dn:web.ip}')
  })

  it('become values in a fence of another language that asks for them', () => {
    const { html } = render('```console docker-network\nping {dn:web.ip}\n```\n')
    expect(html).toContain('<code class="language-console">ping 172.18.0.2\n</code>')
  })

  it('are errors at their own place when there is no such value', () => {
    const { found } = render('one {dn:web.ip}\nand {dn:wep.ip} {dn:web.ip} {dn:nope#web.ip}\n')
    expect(
      found.filter(({ severity }) => severity === 'error').map(({ line, column }) => [line, column]),
    ).toEqual([
      [7, 5],
      [7, 29],
    ])
  })

  it('are missed where an address is typed that no model has, unless the line says so', () => {
    const { found } = render(
      'at 172.18.0.9\n\n172.18.0.7 <!-- dn-ignore -->\n\n```sh\nping 172.18.0.8\n```\n',
    )
    expect(found.map(({ line, column }) => [line, column])).toEqual([
      [6, 4],
      [11, 6],
    ])
  })
})

describe('src=', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'dn-src-')))
  const outside = mkdtempSync(join(tmpdir(), 'dn-outside-'))
  mkdirSync(join(folder, 'posts', 'folder.yaml'), { recursive: true })
  writeFileSync(join(folder, 'posts', 'compose.yaml'), 'services:\n  fromfile: { image: nginx }\n')
  writeFileSync(join(outside, 'secret.yaml'), 'services: { secret: {} }\n')
  symlinkSync(join(outside, 'secret.yaml'), join(folder, 'posts', 'link.yaml'))
  writeFileSync(join(folder, 'posts', 'large.yaml'), `# ${'x'.repeat(2 ** 20)}`)
  const env = { page: { inputPath: './posts/post.md' } }
  const codeOf = (src: string) =>
    reported(`\`\`\`docker-network src=${src}\n\`\`\`\n`, { root: folder }, env).found.map(({ code }) => code)

  it('reads a file relative to the post', () => {
    const { html, found } = reported('```docker-network src=compose.yaml\n```\n', { root: folder }, env)
    expect(html).toContain('fromfile')
    expect(found.filter(({ severity }) => severity === 'error')).toEqual([])
  })

  it.each([
    ['nowhere.yaml', 'SRC_NOT_FOUND'],
    ['../../etc/passwd', 'SRC_OUTSIDE_PROJECT'],
    ['/etc/passwd', 'SRC_OUTSIDE_PROJECT'],
    ['link.yaml', 'SRC_OUTSIDE_PROJECT'],
    ['../posts', 'SRC_NOT_ALLOWED'],
    ['folder.yaml', 'SRC_NOT_A_FILE'],
    ['large.yaml', 'SRC_TOO_LARGE'],
  ])('refuses %s with %s', (src, code) => {
    expect(codeOf(src)).toEqual([code])
  })

  it.each([
    ['nowhere.yaml', ['posts/nowhere.yaml']],
    ['large.yaml', ['posts/large.yaml']],
    ['../../etc/passwd', []],
    ['link.yaml', []],
  ])('makes the post depend on %s, so that it is read again when that is mended: %j', (src, wanted) => {
    const files: string[] = []
    reported(
      `\`\`\`docker-network src=${src}\n\`\`\`\n`,
      { root: folder, depend: (found) => files.push(...found) },
      env,
    )
    expect(files).toEqual(wanted)
  })
})

describe('a reference', () => {
  const MODEL =
    '```docker-network hidden model=lab\nhosts: { host: { address: 192.168.56.10/24 } }\nservices: { web: { image: nginx } }\n```\n\n'
  const rendered = (text: string, options = {}) =>
    new MarkdownIt14({ html: true, ...options }).use(dockerNetwork).render(MODEL + text)
  it.each([
    ['<http://{dn:host.ip}:8080/>', '<a href="http://192.168.56.10:8080/">http://192.168.56.10:8080/</a>'],
    ['[a](http://{dn:host.ip}:8080/)', '<a href="http://192.168.56.10:8080/">a</a>'],
    [
      '[a](<http://{dn:lab@0#host.ip}/x> "to {dn:host.ip}")',
      '<a href="http://192.168.56.10/x" title="to 192.168.56.10">a</a>',
    ],
    [
      '![at {dn:host.ip}](x.png?{dn:host.ip} "{dn:host.ip}")',
      '<img src="x.png?192.168.56.10" alt="at 192.168.56.10" title="192.168.56.10">',
    ],
    ['[a][r]\n\n[r]: http://{dn:host.ip}/ "t"', '<a href="http://192.168.56.10/" title="t">a</a>'],
    ['<div data-a="{dn:host.ip}">{dn:host.ip}</div>', '<div data-a="192.168.56.10">192.168.56.10</div>'],
    ['a <a href="http://{dn:host.ip}/">x</a>', 'a <a href="http://192.168.56.10/">x</a>'],
    ['| a |\n|---|\n| [x](//{dn:host.ip}) |', '<a href="//192.168.56.10">x</a>'],
  ])('in %s is replaced', (written, html) => {
    expect(rendered(written)).toContain(html)
  })

  it('makes an address that links are made of, where markdown-it is asked for such links', () => {
    expect(rendered('see http://{dn:host.ip}:8080/a now', { linkify: true })).toContain(
      'see <a href="http://192.168.56.10:8080/a">http://192.168.56.10:8080/a</a> now',
    )
  })

  it('in a listing stays, which is told with what to write, and that works', () => {
    const listing = '```sh\ncurl http://{dn:host.ip}/\n```\n'
    const { html, found } = reported(MODEL + listing)
    expect(html).toContain('curl http://{dn:host.ip}/')
    expect(found).toMatchObject([{ code: 'REFERENCE_AS_TEXT', severity: 'warning', line: 7, column: 13 }])
    const said = /: (sh docker-network)\.$/.exec(found[0]?.hint ?? '')?.[1] ?? ''
    const { html: after, found: none } = reported(MODEL + listing.replace('sh', said))
    expect(after).toContain('curl http://192.168.56.10/')
    expect(none).toEqual([])
  })

  it('in a listing is none of our business where it is no value, is escaped, or the listing is no terminal’s', () => {
    const text = '```js\nconst a = "{dn:host.ip}"\n```\n\n```sh\n{dn:other.thing} \\{dn:host.ip}\n```\n'
    expect(reported(MODEL + text).found).toEqual([])
  })

  it('is told at its place, also in an address and in a definition elsewhere', () => {
    const { found } = reported(
      `${MODEL}{dn:host.ip} [b {dn:no.ip}](http://{dn:nix.ip}/)\n\n[a][r]\n\n[r]: http://{dn:none.ip}/\n`,
    )
    expect(found.map(({ message, line, column }) => [message.split('"')[1], line, column])).toEqual([
      ['nix.ip', 6, 36],
      ['no.ip', 6, 17],
      ['none.ip', 10, 13],
    ])
  })
})

describe('a figure of the author’s own name', () => {
  const ids = (html: string) => [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
  it.each(['docker-network id=shop class="wide card"', 'docker-network {.wide .card #shop}'])(
    'has the id and the classes of ```%s',
    (info) => {
      const { html, found } = reported(BLOCK.replace('docker-network', info))
      expect(html).toContain('<figure class="docker-network docker-network-network wide card" id="shop"')
      expect(ids(html).every((id) => id?.startsWith('shop'))).toBe(true)
      expect(found).toEqual([])
    },
  )

  it('may be a print', () => {
    const { html } = reported(BLOCK.replace('docker-network', 'docker-network print=addresses {.wide #list}'))
    expect(html).toMatch(
      /^<pre id="list" class="docker-network-print wide language-text" tabindex="0"><code class="language-text">/,
    )
  })

  it('has an id of one word, once in a text', () => {
    const twice = BLOCK.replace('docker-network', 'docker-network id=a')
    const { found } = reported(
      `${twice}\n${twice}\n${BLOCK.replace('docker-network', 'docker-network id="a b"')}`,
    )
    expect(found.map(({ message, hint }) => [message, hint])).toEqual([
      ['id "a" is there already', 'Write another id.'],
      ['an id is one word; got "a b"', 'Write id=a-b.'],
    ])
  })

  it('says how a title with double quotes is written, and that works', () => {
    const titled = (title: string) => reported(BLOCK.replace('docker-network', `docker-network ${title}`))
    const { found } = titled('title="the \\"shop\\""')
    expect(found).toHaveLength(1)
    const [said] = /title='.*'/.exec(found[0]?.hint ?? '') ?? []
    const { html, found: none } = titled(said ?? '')
    expect(none).toEqual([])
    expect(html).toContain('the &quot;shop&quot;')
  })
})

describe('what highlighters do to a text of ours', () => {
  it('finds its language on both elements, so that a theme colours letters and ground', () => {
    const { html } = reported(`${BLOCK}${BLOCK.replace('docker-network', 'docker-network print=commands')}`)
    expect(html).toContain(
      '<pre class="docker-network-source language-mermaid" tabindex="0"><code class="language-mermaid">',
    )
    expect(html).toContain(
      '<pre class="docker-network-print language-console" tabindex="0"><code class="language-console">',
    )
  })
})

describe('a model with errors', () => {
  const BROKEN = '```docker-network model=shop\nservices:\n  web: { imag: nginx }\n```\n'
  const USE = '```docker-network use=shop view=bus\n```\n'
  it('is shown wrong once, however many figures it has', () => {
    const { html } = reported(`${BROKEN}\n${USE}\n${USE}`)
    expect(html.match(/imag/g)?.length).toBe(reported(BROKEN).html.match(/imag/g)?.length)
    expect(html.match(/“shop” has errors, which are shown where it is written/g)).toHaveLength(2)
  })

  it('may have what a reference asks for, so that nothing is said of it', () => {
    const other = '```docker-network model=other\nservices: { api: {} }\n```\n'
    const { found } = reported(`${BROKEN}\n${other}\n{dn:web.ip}\n`)
    expect(found.map(({ code }) => code)).toEqual(['UNKNOWN_KEY'])
  })
})

describe('pieces of a page that Eleventy renders one by one', () => {
  it('have ids of their own, and the page itself those of its path', () => {
    const md = new MarkdownIt14().use(dockerNetwork)
    const page = { inputPath: './post.md', rawInput: `${BLOCK}\n` }
    const idOf = (text: string) => /<figure [^>]*id="([^"]+)"/.exec(md.render(text, { page }))?.[1]
    const whole = idOf(BLOCK)
    expect(whole).toBe(/id="([^"]+)"/.exec(md.render(BLOCK, { page: { inputPath: './post.md' } }))?.[1])
    expect(new Set([whole, idOf(`a\n\n${BLOCK}`), idOf(`b\n\n${BLOCK}`)]).size).toBe(3)
  })
})

it('tells VitePress and VuePress which files to follow, each once', () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'dn-follow-')))
  writeFileSync(join(root, 'compose.yaml'), 'services:\n  web: { image: nginx }\n')
  const block = '```docker-network src=compose.yaml\n```\n'
  for (const name of ['includes', 'importedFiles']) {
    const followed: string[] = []
    const env = { path: join(root, 'post.md'), [name]: followed }
    new MarkdownIt14().use(dockerNetwork, { root }).render(`${block}\n${block}`, env)
    expect(followed.filter((file) => file === join(root, 'compose.yaml'))).toHaveLength(1)
  }
})

it('draws its blocks also where a later plugin takes every fence for itself', () => {
  const md = new MarkdownIt14().use(dockerNetwork)
  md.renderer.rules.fence = (tokens, index) => `<mine>${tokens[index]?.info}</mine>`
  const html = md.render(`${BLOCK}\n\`\`\`js\n\`\`\`\n`)
  expect(html).toContain('<figure class="docker-network')
  expect(html).toContain('<mine>js</mine>')
})
