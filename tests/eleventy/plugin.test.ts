import { mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Eleventy } from '@11ty/eleventy'
import MarkdownIt from 'markdown-it'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import dockerNetwork, {
  type EleventyConfig,
  type EleventyDockerNetworkOptions,
} from '../../src/eleventy/plugin.ts'

/** What these tests use of Eleventy's configuration beside what the plugin does. */
interface Config extends EleventyConfig {
  addPlugin<T>(plugin: (config: Config, options?: T) => void, options?: T): void
  addTemplate(path: string, content: string, data?: object): void
  setLibrary(engine: 'md', md: MarkdownIt | { render(text: string): string }): void
  readonly htmlTransformer: {
    addPosthtmlPlugin(extensions: string, plugin: () => (tree: PostHtml) => PostHtml): void
  }
}

interface PostHtml {
  match(what: { readonly tag: string }, found: (node: { attrs?: object }) => unknown): void
}

interface Page {
  readonly url: string
  readonly content: string
}

const BLOCK = '```docker-network\nservices:\n  web: { image: nginx }\n```\n'
const BROKEN = '```docker-network\nservices:\n  web: { imag: nginx }\n```\n'
const FIGURE =
  /<figure class="docker-network[^>]*>\s*(?:<span [^>]*><\/span>\s*)*<div class="docker-network-drawing"[^>]*>\s*<svg /g

const home = process.cwd()
let folder = ''
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'dn-eleventy-')))
  process.chdir(folder)
})
afterAll(() => process.chdir(home))

const options = (more: EleventyDockerNetworkOptions = {}): EleventyDockerNetworkOptions => ({
  svg: { root: home, cacheDirectory: null },
  ...more,
})

async function build(configure: (config: Config) => void, logged: string[] = []): Promise<readonly Page[]> {
  const eleventy = new Eleventy('.', '_site', {
    quietMode: true,
    configPath: null,
    config: (config: Config) => {
      configure(config)
    },
  })
  const error = vi.spyOn(console, 'error').mockImplementation((...parts) => void logged.push(parts.join(' ')))
  const warn = vi.spyOn(console, 'warn').mockImplementation((...parts) => void logged.push(parts.join(' ')))
  try {
    return await eleventy.toJSON()
  } finally {
    error.mockRestore()
    warn.mockRestore()
  }
}

const contentOf = (pages: readonly Page[], url: string): string =>
  pages.find((page) => page.url === url)?.content ?? ''
const figuresIn = (html: string): number => html.match(FIGURE)?.length ?? 0

describe('pages built by Eleventy', () => {
  it('have their figures as SVG, also where another template takes the content before layouts and transforms', async () => {
    const pages = await build((config) => {
      config.addPlugin(dockerNetwork, options())
      config.addTemplate('post.md', `# A\n\n${BLOCK}\ntext\n\n${BLOCK}`, { tags: 'post' })
      config.addTemplate(
        'feed.njk',
        '{% for p in collections.post %}{{ p.templateContent | safe }}{% endfor %}',
        {
          permalink: '/feed.html',
        },
      )
    })
    expect(figuresIn(contentOf(pages, '/post/'))).toBe(2)
    expect(figuresIn(contentOf(pages, '/feed.html'))).toBe(2)
    expect(contentOf(pages, '/post/')).not.toContain('<!--docker-network')
  })

  it('have ids that are unique in the page, also with the same figure twice', async () => {
    const pages = await build((config) => {
      config.addPlugin(dockerNetwork, options())
      config.addTemplate('post.md', BLOCK + BLOCK)
    })
    const ids = [...contentOf(pages, '/post/').matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)
    expect(ids.length).toBeGreaterThan(4)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('are right in paginated Markdown and in a feed with images', async () => {
    const pages = await build((config) => {
      config.addPlugin(dockerNetwork, options())
      config.addTemplate('item.md', BLOCK, {
        pagination: { data: 'list', size: 1, alias: 'item' },
        list: ['a', 'b'],
        permalink: '/{{ item }}/',
        tags: 'post',
      })
      config.addTemplate(
        'feed.njk',
        '{{ collections.post[0].templateContent | dockerNetworkImages | safe }}',
        {
          permalink: '/feed.html',
        },
      )
    })
    expect(figuresIn(contentOf(pages, '/a/'))).toBe(1)
    expect(figuresIn(contentOf(pages, '/b/'))).toBe(1)
    expect(contentOf(pages, '/feed.html')).toMatch(
      /<img src="\/docker-network\/[0-9a-f]{16}\.svg" alt="[^"]+"/,
    )
    expect(contentOf(pages, '/feed.html')).not.toContain('<svg')
  })

  it('get files beside them with strategy img, and plain text with strategy mermaid, both with the table', async () => {
    const withStrategy = (strategy: 'img' | 'mermaid') =>
      build((config) => {
        config.addPlugin(dockerNetwork, options({ strategy }))
        config.addTemplate('post.md', BLOCK)
      })
    const img = contentOf(await withStrategy('img'), '/post/')
    expect(img).toMatch(/<img src="\/docker-network\/[0-9a-f]{16}\.svg" width="\d+" height="\d+" alt="/)
    const mermaid = contentOf(await withStrategy('mermaid'), '/post/')
    expect(mermaid).toContain('<pre class="mermaid">')
    for (const html of [img, mermaid]) expect(html).toContain('<table class="docker-network-addresses">')
  })

  it('tell eleventy-img to leave images of ours alone, and leave nothing of that behind', async () => {
    const seen: unknown[] = []
    const pages = await build((config) => {
      config.addPlugin(dockerNetwork, options({ strategy: 'img' }))
      // Set while plugins are added.
      config.addPlugin((later: Config) => {
        later.htmlTransformer.addPosthtmlPlugin('html', () => (tree) => {
          tree.match({ tag: 'img' }, (node) => {
            seen.push(node.attrs)
            return node
          })
          return tree
        })
      })
      config.addTemplate('post.md', BLOCK, { tags: 'post' })
      config.addTemplate('feed.njk', '{{ collections.post[0].templateContent }}', { permalink: '/feed.xml' })
    })
    expect(seen).toEqual([expect.objectContaining({ 'eleventy:ignore': expect.anything() })])
    expect(contentOf(pages, '/post/')).toContain('<img src="/docker-network/')
    expect(contentOf(pages, '/feed.xml')).toContain('&lt;img src=&quot;/docker-network/')
    for (const { content } of pages) expect(content).not.toContain('eleventy:')
  })

  it.each(['atom', 'rss', 'json'])(
    'are images under whole addresses in a feed of the RSS plugin (%s)',
    async (type) => {
      const { feedPlugin } = await import('@11ty/eleventy-plugin-rss')
      const pages = await build((config) => {
        config.addPlugin(dockerNetwork, options())
        config.addPlugin(feedPlugin, {
          type,
          outputPath: '/feed.html',
          collection: { name: 'post' },
          metadata: { title: 'A', base: 'https://example.org/blog/', language: 'en', author: { name: 'A' } },
        })
        config.addTemplate('post.md', BLOCK, { tags: 'post' })
      })
      const feed = contentOf(pages, '/feed.html')
      expect(feed).toMatch(
        /(?:<|&lt;)img src=(?:\\?"|&quot;)https:\/\/example\.org\/docker-network\/[0-9a-f]{16}\.svg/,
      )
      expect(feed).not.toMatch(/(?:<|&lt;)svg|eleventy:/)
      expect(contentOf(pages, '/post/')).toContain('<svg ')
    },
  )

  it('need markdown-it, and a site with another library is told so', async () => {
    const built = build((config) => {
      config.setLibrary('md', { render: (text: string) => text })
      config.addPlugin(dockerNetwork, options())
      config.addTemplate('post.md', BLOCK)
    })
    await expect(built).rejects.toThrow('docker-network needs markdown-it')
  })

  it('are files in the theme that their fence fixes', async () => {
    const site = await build((config) => {
      config.addPlugin(dockerNetwork, options({ strategy: 'img' }))
      config.addTemplate('post.md', BLOCK.replace('network', 'network theme=dark') + BLOCK)
    })
    const names = [...contentOf(site, '/post/').matchAll(/<img src="([^"]*)"/g)].map(([, src]) => src)
    expect(new Set(names).size).toBe(2)
  })

  it('are rendered to a plain string when they have no block, or every drawing is there already', async () => {
    const kinds: string[] = []
    const configure = (config: Config) => {
      config.addPlugin(
        dockerNetwork,
        options({ svg: { root: home, cacheDirectory: join(folder, '.cache') } }),
      )
      // As a plugin of its own: what a configuration does itself comes before its plugins.
      config.addPlugin((later: EleventyConfig) => {
        later.amendLibrary('md', (md) => {
          const render = md.render.bind(md)
          md.render = (src, env) => {
            const html = render(src, env)
            kinds.push(`${src.includes('docker-network') ? 'figure' : 'text'}: ${typeof html}`)
            return html
          }
        })
      })
      config.addTemplate('post.md', BLOCK)
      config.addTemplate('text.md', 'nothing but text')
    }
    await build(configure)
    expect(kinds.sort()).toEqual(['figure: object', 'text: string'])
    kinds.length = 0
    const pages = await build(configure)
    expect(kinds.sort()).toEqual(['figure: string', 'text: string'])
    expect(figuresIn(contentOf(pages, '/post/'))).toBe(1)
  })

  it('keep working with a library of the site and wrappers of other plugins, before and after', async () => {
    const md = new MarkdownIt()
    const seen: string[] = []
    const wrap = (name: string) => (wrapped: { render: MarkdownIt['render'] }) => {
      const inner = wrapped.render.bind(wrapped)
      wrapped.render = (src, env) => {
        seen.push(name)
        return inner(src, env)
      }
    }
    for (let round = 0; round < 2; round++) {
      const pages = await build((config) => {
        config.setLibrary('md', md)
        config.amendLibrary('md', wrap('before'))
        config.addPlugin(dockerNetwork, options())
        config.addPlugin((later: EleventyConfig) => later.amendLibrary('md', wrap('after')))
        config.addTemplate('post.md', BLOCK)
      })
      expect(figuresIn(contentOf(pages, '/post/'))).toBe(1)
    }
    expect(new Set(seen)).toEqual(new Set(['before', 'after']))
  })
})

describe('errors in blocks', () => {
  const configure = (more: EleventyDockerNetworkOptions) => (config: Config) => {
    config.addPlugin(dockerNetwork, options(more))
    config.addTemplate('a.md', `text\n\n${BROKEN}`)
    config.addTemplate('b.md', BLOCK + BROKEN)
  }

  it('fail the build with one error, after each was listed with its place', async () => {
    const logged: string[] = []
    await expect(build(configure({}), logged)).rejects.toThrow(
      'docker-network blocks have 2 errors, listed above',
    )
    expect(logged.join('\n')).toMatch(/a\.md:\d+:10 UNKNOWN_KEY/)
    expect(logged.join('\n')).toMatch(/b\.md:\d+:10 UNKNOWN_KEY/)
  })

  it('are none for an address typed by hand, unless the site says so', async () => {
    const stale = '```docker-network\nservices:\n  web: { image: nginx }\n```\n\nweb is 172.18.0.77.\n'
    const site = (more: EleventyDockerNetworkOptions) => (config: Config) => {
      config.addPlugin(dockerNetwork, options(more))
      config.addTemplate('a.md', stale)
    }
    const logged: string[] = []
    await build(site({}), logged)
    expect(logged.join('\n')).toContain('STALE_ADDRESS warning')
    await expect(build(site({ lint: 'error' }))).rejects.toThrow('one error')
    const silent: string[] = []
    await build(site({ lint: false }), silent)
    expect(silent.join('\n')).not.toContain('STALE_ADDRESS')
  })

  it('stand in the page when the build is to go on', async () => {
    const pages = await build(configure({ onError: 'warn' }))
    expect(contentOf(pages, '/a/')).toContain('docker-network-failed')
    expect(figuresIn(contentOf(pages, '/b/'))).toBe(1)
  })
})

describe('warnings', () => {
  it('are told once for a model that two pages show, and those of chance are counted', async () => {
    const open = 'services: { a: { networks: [n] }, b: { networks: [n] } }\nnetworks: { n: {} }\n'
    for (const name of ['one', 'two', 'three']) writeFileSync(join(folder, `${name}.yaml`), open)
    writeFileSync(join(folder, 'unused.yaml'), 'services: { a: {} }\nnetworks: { n: {} }\n')
    const logged: string[] = []
    await build((config) => {
      config.addPlugin(dockerNetwork, options())
      const post = ['one', 'two', 'three', 'unused'].map(
        (name) => `\`\`\`docker-network src=${name}.yaml\n\`\`\`\n`,
      )
      for (const page of ['a.md', 'b.md']) config.addTemplate(page, post.join('\n'))
    }, logged)
    const log = logged.join('\n')
    expect(log.match(/ADDRESS_BY_CHANCE/g)).toHaveLength(1)
    expect(log).toContain('2 more places are left to chance')
    expect(log.match(/UNUSED_NETWORK/g)).toHaveLength(1)
  })
})

describe('options', () => {
  it('are checked at the door', async () => {
    const wrong: unknown = { strategy: 'inlined' }
    const failed = build((config) => config.addPlugin(dockerNetwork, wrong as EleventyDockerNetworkOptions))
    await expect(failed).rejects.toMatchObject({
      originalError: { message: 'strategy must be one of svg, img, png, mermaid; got "inlined"' },
    })
  })
})

describe('files of src=', () => {
  it('are what a page is rebuilt for', async () => {
    writeFileSync(join(folder, 'compose.yaml'), 'services:\n  db: { image: redis }\n')
    const added: unknown[] = []
    const pages = await build((config) => {
      config.addPlugin(dockerNetwork, options())
      config.on('eleventy.config', (templateConfig) => {
        const graph = templateConfig.usesGraph
        const add = graph?.addDependency
        if (graph !== undefined && add !== undefined)
          graph.addDependency = (from, to) => {
            added.push([from, to])
            add.call(graph, from, to)
          }
      })
      config.addTemplate('post.md', '```docker-network src=compose.yaml\n```\n')
    })
    expect(
      contentOf(pages, '/post/').includes('172.17.0.2') || contentOf(pages, '/post/').includes('172.18.0.2'),
    ).toBe(true)
    // Also what would go over it, and its variables, so that the post follows when they come.
    expect(added).toEqual([['./post.md', expect.arrayContaining(['./compose.yaml', './.env'])]])
    expect(readFileSync(join(folder, 'compose.yaml'), 'utf8')).toContain('redis')
  })
})
