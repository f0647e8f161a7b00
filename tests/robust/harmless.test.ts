/** Nothing that is drawn runs or loads; what is not drawn by us is not taken for it. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import MarkdownIt from 'markdown-it'
import { describe, expect, it } from 'vitest'
import { compile } from '../../src/compile.ts'
import { createKeptPages } from '../../src/eleventy/kept-pages.ts'
import { isHarmless } from '../../src/harmless.ts'
import dockerNetwork from '../../src/index.ts'
import { drawPicture, standalonePicture } from '../../src/picture/draw.ts'
import { cacheKey, createCache } from '../../src/svg/cache.ts'
import { elementsOf } from '../support/dom.ts'
import { NEVER } from '../support/never.ts'
import { seeds } from '../support/seeds.ts'

/** Judged as a browser reads it, apart from the checker of the product. */
const MAY_BE = new Set(
  'figure figcaption div p ol ul li span details summary table caption thead tbody tr th td small code pre img svg title desc defs marker path g rect text tspan circle ellipse line polyline polygon style a b input label'.split(
    ' ',
  ),
)
const MAY_HAVE =
  /^(?:id|class|lang|role|tabindex|scope|value|width|height|alt|xmlns|viewbox|x|y|x1|x2|y1|y2|rx|ry|cx|cy|r|d|points|dx|dy|fill|stroke|transform|opacity|orient|refx|refy|marker[a-z-]*|font-[a-z]+|text-[a-z]+|stroke-[a-z]+|fill-[a-z]+|aria-[a-z]+|data-theme|paint-order|dominant-baseline|href|display|name|type|checked|for)$/i

function judge(html: string): void {
  for (const { tagName, attrs } of elementsOf(html)) {
    expect(MAY_BE, html.slice(0, 2000)).toContain(tagName)
    for (const { name, value } of attrs) {
      expect(name, `${tagName} ${name}`).toMatch(MAY_HAVE)
      if (name !== 'aria-label' && name !== 'alt') expect(value).not.toMatch(/javascript:|url\((?!#)/i)
    }
  }
  expect(html).not.toMatch(NEVER)
}

const q = JSON.stringify
const modelOf = (texts: readonly string[]): string => {
  const [a = '', b = '', c = '', d = '', e = '', f = ''] = texts.map((text) =>
    q(text.replaceAll('$', '$$$$')),
  )
  return `services:
  web: { image: ${a}, hostname: ${b}, ports: ["8000:80"], networks: { n: { aliases: [${c}] } } }
  db: { image: ${d}, networks: [n], depends_on: [web] }
networks: { n: { driver_opts: { ${e}: ${f} } } }
figure: { title: ${b}, caption: ${c}, show: [images, aliases, ports, macs, depends_on] }
`
}
const SIGNS = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"',
  "'",
  '" onload="x',
  '</text></svg><script>',
  ']]>',
  '-->',
  '&lt;',
  '{{x}}',
  'url(javascript:x)',
  '\u202e',
  '\ufffe',
  '\ud800',
  '\u0000',
  '\n',
  'a',
  '<',
  '>',
  '&',
  '한',
  '</style>',
  '<!--',
]

describe('a figure', () => {
  const views = ['network', 'datapath', 'overlay', 'bus']
  it.each(seeds())(
    'is harmless whatever its texts are (seed %i)',
    (seed) => {
      const text = fc
        .array(fc.constantFrom(...SIGNS), { minLength: 1, maxLength: 5 })
        .map((all) => all.join(''))
      fc.assert(
        fc.property(
          fc.array(text, { minLength: 6, maxLength: 6 }),
          fc.constantFrom(...views),
          (texts, view) => {
            const model = modelOf(texts)
            const html = new MarkdownIt()
              .use(dockerNetwork)
              .render(
                `\`\`\`docker-network view=${view}\n${model}\`\`\`\n\n\`\`\`docker-network print=compose\n${model}\`\`\`\n\n{dn:web.image} \`{dn:web.hostname}\`\n`,
              )
            judge(html)
            const compiled = compile(model)
            if (!compiled.ok) return
            const { svg } = drawPicture(compiled.scene, 'dn')
            judge(svg)
            judge(standalonePicture(svg))
            expect(isHarmless(svg)).toBe(true)
          },
        ),
        { seed, numRuns: 40 },
      )
    },
    120_000,
  )
})

const FOREIGN = [
  '<script>alert(1)</script>',
  '<svg onload="alert(1)"></svg>',
  '<svg><script>x</script></svg>',
  '<img src="x" onerror="alert(1)">',
  '<a href="javascript:x">y</a>',
  '<figure style="background:url(x)"></figure>',
  '<svg><use href="https://evil.example/x.svg#a"></use></svg>',
  '<svg><image href="x"></image></svg>',
  '<svg><foreignObject></foreignObject></svg>',
  '<svg><rect fill="url(https://evil.example/x)"></rect></svg>',
  '<img src="https://evil.example/x">',
  '<img src="//evil.example/x">',
  '<img src="data:text/html,x">',
  '<iframe src="x"></iframe>',
  '<style>@import "x"</style>',
  '<form action="x"></form>',
  '<div onclick=alert(1)>x</div>',
  '<p id=x>unquoted</p>',
  "<p id='x'>single</p>",
  '<!-- comment -->',
  '<![CDATA[x]]>',
  '<p',
  '<',
  '<p id="<script>">x</p>',
  '<p/onclick="x">',
  '<P ONCLICK="x">',
  // What browsers read as an address of another machine, or as CSS that loads.
  '<a href="/\\evil.example/">x</a>',
  '<a href="/\t/evil.example/">x</a>',
  '<a href="/\n/evil.example/">x</a>',
  '<a href="/&#47;evil.example/">x</a>',
  '<a href="/&sol;evil.example/">x</a>',
  '<img src="/\\evil.example/x.png" alt="">',
  '<img src="./\t//evil.example/x.png" alt="">',
  '<svg><path fill="url&#40;https://evil.example/x)"></path></svg>',
  '<svg><path fill="u\\72l(https://evil.example/x)"></path></svg>',
  '<svg><path clip-path="url&lpar;https://evil.example/x#a)"></path></svg>',
  '<svg><path marker-end="image-set(\'https://evil.example\')"></path></svg>',
  '<svg><animate attributeName="href" values="javascript:x"></animate></svg>',
]

describe('the checker of what comes from a disk', () => {
  it('takes every figure of ours', () => {
    for (const view of [
      'network',
      'datapath',
      'overlay',
      'bus',
      'addresses',
      'matrix',
      'sequence highlight="db -> web"',
    ])
      for (const info of ['', ' lang=ko', ' theme=dark', ' print=compose'])
        expect(
          isHarmless(
            new MarkdownIt()
              .use(dockerNetwork)
              .render(
                `\`\`\`docker-network view=${view}${info}\n${modelOf(['a<b', '"', 'c', 'd', 'e', 'f'])}\`\`\`\n`,
              ),
          ),
        ).toBe(true)
  })
  it.each(FOREIGN)('refuses %s', (html) => {
    expect(isHarmless(html)).toBe(false)
    expect(isHarmless(`<figure class="docker-network">\n${html}</figure>\n`)).toBe(false)
  })
  it('takes time in proportion', () => {
    for (const text of [
      '<p '.repeat(50_000),
      `<p ${'a '.repeat(100_000)}`,
      `<p ${'a="b" '.repeat(50_000)}`,
      '<'.repeat(100_000),
    ])
      expect(isHarmless(text)).toBe(false)
  })
})

describe('a kept page', () => {
  const src = '```docker-network\nservices: { web: {} }\n```\n'
  const env = { page: { inputPath: './post.md' } }
  const good = '<figure class="docker-network">172.18.0.2</figure>\n'
  const file = (folder: string): string => {
    const names = execFileSync('find', [folder, '-name', '*.svgc'], { encoding: 'utf8' }).trim().split('\n')
    return names[0] ?? ''
  }
  const sealed = (content: string): string =>
    `docker-network-cache-1 ${createHash('sha256').update(content).digest('hex')}\n${content}`
  const pages = () => {
    const cacheDirectory = mkdtempSync(join(tmpdir(), 'dn-kept-'))
    const kept = createKeptPages({ cacheDirectory }, '', false)
    kept?.keep(src, env, { fences: [good], problems: [] })
    return { kept, entry: file(cacheDirectory) }
  }
  const entryOf = (html: string, lengths: unknown = [html.length]): string =>
    `${JSON.stringify({ lengths, problems: [], file: null })}\n${html}`

  it('is found as it was kept', () => {
    const { kept, entry } = pages()
    expect(kept?.find(src, env)?.fences).toEqual([good])
    writeFileSync(entry, sealed(entryOf(good)))
    expect(kept?.find(src, env)?.fences).toEqual([good])
  })
  it.each<readonly [string, (entry: string) => void]>([
    ['bad JSON', (entry) => writeFileSync(entry, sealed('not json\nx'))],
    ['JSON of another form', (entry) => writeFileSync(entry, sealed('[1,2]\nx'))],
    ['null', (entry) => writeFileSync(entry, sealed('null\nx'))],
    ['no JSON at all', (entry) => writeFileSync(entry, sealed('x'))],
    ['nothing', (entry) => writeFileSync(entry, '')],
    ['lengths beyond its end', (entry) => writeFileSync(entry, sealed(entryOf(good, [5, 5, 500])))],
    ['lengths before its end', (entry) => writeFileSync(entry, sealed(entryOf(good, [1])))],
    ['lengths that are none', (entry) => writeFileSync(entry, sealed(entryOf(good, [-1, 2.5])))],
    ['a wrong hash', (entry) => writeFileSync(entry, `${sealed(entryOf(good))} `)],
    ['a piece of it', (entry) => writeFileSync(entry, readFileSync(entry).subarray(0, 60))],
    ['a folder', (entry) => execFileSync('sh', ['-c', `rm ${entry}; mkdir -p ${entry}/x`])],
    ['a pipe', (entry) => execFileSync('sh', ['-c', `rm ${entry}; mkfifo ${entry}`])],
    ['a link to another file', (entry) => execFileSync('ln', ['-sf', '/etc/passwd', entry])],
    ['a link to a device', (entry) => execFileSync('ln', ['-sf', '/dev/zero', entry])],
    ...FOREIGN.map((html) => [html, (entry: string) => writeFileSync(entry, sealed(entryOf(html)))] as const),
  ])('is none when its entry is damaged or foreign: %s', (_, damage) => {
    const { kept, entry } = pages()
    damage(entry)
    expect(kept?.find(src, env)).toBeNull()
    kept?.keep(src, env, { fences: [good], problems: [] })
    expect(kept?.find(src, env)?.fences).toEqual([good])
  })
})

describe('the cache', () => {
  it('cannot be written under /proc, and does not try for ever', () => {
    const cache = createCache('/proc/nowhere/deep', 1000)
    cache.write(cacheKey('a'), 'b')
    expect(cache.read(cacheKey('a'))).toBeNull()
  })
  it('is made where folders are missing', () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'dn-cache-')), 'a', 'b')
    const cache = createCache(folder, 1000)
    cache.write(cacheKey('a'), 'b')
    expect(cache.read(cacheKey('a'))).toBe('b')
    mkdirSync(folder, { recursive: true })
  })
})

it.each([
  ['a figure', '```docker-network\nservices: { web: { image: nginx } }\n```\n'],
  [
    'steps, with drawings for phones',
    '```docker-network steps=0..2\nnetworks: { a: {}, b: {}, c: {}, d: {} }\nservices:\n  web: { image: nginx, networks: [a, b, c, d], ports: ["80:80"] }\n  x: { networks: [a, b] }\n  y: { networks: [d] }\ncommands: [docker stop web, docker start web]\n```\n',
  ],
  ['ways', '```docker-network highlight="web -> db:80"\nservices: { web: {}, db: {} }\n```\n'],
  ['a print', '```docker-network print=compose {.wide #a}\nservices: { web: {} }\n```\n'],
])('%s can be kept for the next build', (_what, text) => {
  const html = new MarkdownIt().use(dockerNetwork).render(text)
  judge(html)
  expect(isHarmless(html)).toBe(true)
})

it('no button but one of several is harmless, and no link leads elsewhere', () => {
  expect(isHarmless('<input type="radio" name="a">')).toBe(true)
  for (const html of [
    '<input type="image" src="/x">',
    '<a href="https://example.org/">',
    '<a href="javascript:a">',
  ])
    expect(isHarmless(html)).toBe(false)
})
