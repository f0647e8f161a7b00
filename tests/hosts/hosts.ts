import { COMPOSE, type Host, post } from './host.ts'

const STYLE = 'markdown-it-docker-network/style.css'
const ASSETS = 'node_modules/markdown-it-docker-network/assets'

const eleventyConfig = (options = '', more = '', imports = ''): string => `
import dockerNetwork from 'markdown-it-docker-network/eleventy'
${imports}
export default function (eleventyConfig) {
  ${more}
  eleventyConfig.addPlugin(dockerNetwork${options})
  eleventyConfig.addPassthroughCopy({
    '${ASSETS}/docker-network.css': 'docker-network.css',
    '${ASSETS}/fonts': 'fonts',
  })
}
export const config = { dir: { input: 'content', includes: '../_includes' } }
`

const LAYOUT = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ title }}</title>
<link rel="stylesheet" href="/docker-network.css"></head>
<body>{{ content | safe }}</body></html>
`

const eleventyFiles = (options = '', more = '', imports = ''): Host['files'] => ({
  'package.json': '{"private":true,"type":"module"}',
  'eleventy.config.js': eleventyConfig(options, more, imports),
  '_includes/base.njk': LAYOUT,
  'content/post.md': post('compose.yaml', 'title: Networks\nlayout: base.njk\ntags: posts\ndate: 2026-01-02'),
  'content/compose.yaml': COMPOSE,
})

/** What eleventy-base-blog has in its configuration. */
const BASE_BLOG = `
  eleventyConfig.addBundle('css', { toFileDirectory: 'dist', bundleHtmlContentFromSelector: 'style' })
  eleventyConfig.addPlugin(pluginSyntaxHighlight, { preAttributes: { tabindex: 0 } })
  eleventyConfig.addPlugin(pluginNavigation)
  eleventyConfig.addPlugin(HtmlBasePlugin)
  eleventyConfig.addPlugin(InputPathToUrlTransformPlugin)
  eleventyConfig.addPlugin(feedPlugin, {
    type: 'atom',
    outputPath: '/feed/feed.xml',
    collection: { name: 'posts', limit: 10 },
    metadata: { language: 'en', title: 'Blog', subtitle: 'A blog', base: 'https://example.com/', author: { name: 'A' } },
  })
  eleventyConfig.addPlugin(eleventyImageTransformPlugin, { formats: ['avif', 'webp', 'auto'], failOnError: false })
  eleventyConfig.addPlugin(IdAttributePlugin)
`
const BASE_BLOG_IMPORTS = `
import { IdAttributePlugin, InputPathToUrlTransformPlugin, HtmlBasePlugin } from '@11ty/eleventy'
import { feedPlugin } from '@11ty/eleventy-plugin-rss'
import pluginSyntaxHighlight from '@11ty/eleventy-plugin-syntaxhighlight'
import pluginNavigation from '@11ty/eleventy-navigation'
import { eleventyImageTransformPlugin } from '@11ty/eleventy-img'
`
const BASE_BLOG_PACKAGES = [
  '@11ty/eleventy@3',
  '@11ty/eleventy-img@6',
  '@11ty/eleventy-plugin-rss@3',
  '@11ty/eleventy-plugin-syntaxhighlight@5',
  '@11ty/eleventy-navigation@1',
]
/** In a feed as HTML that is escaped. */
const FEED_IMAGE = /&lt;img src=&quot;https:\/\/example\.com\/docker-network\/[0-9a-f]{16}\.svg/

const vitepress = (release: string): Host => ({
  name: `vitepress-${release.split('.', 1)[0]}`,
  packages: [`vitepress@${release}`],
  files: {
    'package.json': '{"private":true,"type":"module"}',
    '.vitepress/config.js': `
import dockerNetwork from 'markdown-it-docker-network'
export default {
  markdown: { config: (md) => md.use(dockerNetwork, { onProblem: 'throw' }) },
}
`,
    '.vitepress/theme/index.js': `
import DefaultTheme from 'vitepress/theme'
import '${STYLE}'
export default DefaultTheme
`,
    'post.md': post('compose.yaml'),
    'compose.yaml': COMPOSE,
  },
  commands: ['vitepress build'],
  output: '.vitepress/dist',
  figure: 'svg',
  hasStyles: true,
})

export const HOSTS: readonly Host[] = [
  {
    name: 'eleventy-3',
    packages: ['@11ty/eleventy@3'],
    files: eleventyFiles(),
    commands: ['eleventy'],
    output: '_site',
    figure: 'svg',
    hasStyles: true,
  },
  {
    name: 'eleventy-4',
    packages: ['@11ty/eleventy@4.0.0-alpha.10'],
    node: 22,
    files: eleventyFiles(),
    commands: ['eleventy'],
    output: '_site',
    figure: 'svg',
    hasStyles: true,
  },
  {
    name: 'base-blog',
    packages: BASE_BLOG_PACKAGES,
    files: eleventyFiles('', BASE_BLOG, BASE_BLOG_IMPORTS),
    commands: ['eleventy'],
    output: '_site',
    figure: 'svg',
    hasStyles: true,
    holds: [FEED_IMAGE],
    lacks: [/eleventy:ignore/],
  },
  {
    name: 'base-blog-images',
    packages: BASE_BLOG_PACKAGES,
    files: eleventyFiles(", { strategy: 'img' }", BASE_BLOG, BASE_BLOG_IMPORTS),
    commands: ['eleventy'],
    output: '_site',
    figure: 'img',
    hasStyles: true,
    holds: [FEED_IMAGE],
    lacks: [/eleventy:ignore/, /content\/docker-network/],
  },
  vitepress('1.6.4'),
  vitepress('2.0.0-alpha.12'),
  {
    name: 'vuepress-2',
    packages: [
      'vuepress@2.0.0-rc.30',
      '@vuepress/bundler-vite@2.0.0-rc.30',
      '@vuepress/theme-default@2.0.0-rc.132',
      'sass-embedded',
      'vue',
    ],
    node: 22,
    files: {
      'package.json': '{"private":true,"type":"module"}',
      'docs/.vuepress/config.js': `
import { viteBundler } from '@vuepress/bundler-vite'
import { defaultTheme } from '@vuepress/theme-default'
import dockerNetwork from 'markdown-it-docker-network'
export default {
  bundler: viteBundler(),
  theme: defaultTheme(),
  extendsMarkdown: (md) => { md.use(dockerNetwork, { onProblem: 'throw' }) },
}
`,
      'docs/.vuepress/client.js': `import '${STYLE}'\nexport default {}\n`,
      'docs/README.md': post('compose.yaml'),
      'docs/compose.yaml': COMPOSE,
    },
    commands: ['vuepress build docs'],
    output: 'docs/.vuepress/dist',
    figure: 'svg',
    hasStyles: true,
  },
  {
    name: 'slidev',
    packages: ['@slidev/cli', '@slidev/theme-default', 'vue'],
    node: 22,
    files: {
      'package.json': '{"private":true,"type":"module"}',
      'vite.config.ts': `
import { defineConfig } from 'vite'
import dockerNetwork from 'markdown-it-docker-network'
export default defineConfig({
  slidev: { markdown: { markdownSetup: (md) => { md.use(dockerNetwork, { onProblem: 'throw' }) } } },
})
`,
      'styles/index.ts': `import '${STYLE}'\n`,
      'slides.md': post('compose.yaml', 'theme: default'),
      'compose.yaml': COMPOSE,
    },
    commands: ['slidev build slides.md'],
    output: 'dist',
    figure: 'script',
    hasStyles: true,
  },
  {
    name: 'marp',
    packages: ['@marp-team/marp-cli@4'],
    files: {
      'package.json': '{"private":true,"type":"module"}',
      'marp.config.mjs': `
import { readFileSync } from 'node:fs'
import dockerNetwork from 'markdown-it-docker-network'
export default {
  engine: ({ marp }) => marp.use(dockerNetwork, { onProblem: 'throw' }),
}
`,
      'deck.md': post('compose.yaml', 'marp: true'),
      'compose.yaml': COMPOSE,
    },
    commands: ['marp deck.md -o out/deck.html'],
    output: 'out',
    figure: 'svg',
    hasStyles: false,
  },
  {
    name: 'astro-starlight',
    packages: ['astro', '@astrojs/starlight', 'sharp'],
    node: 22,
    files: {
      'package.json': '{"private":true,"type":"module"}',
      'astro.config.mjs': `
import { defineConfig } from 'astro/config'
import starlight from '@astrojs/starlight'
export default defineConfig({ integrations: [starlight({ title: 'Docs' })] })
`,
      'src/content.config.ts': `
import { defineCollection } from 'astro:content'
import { docsLoader } from '@astrojs/starlight/loaders'
import { docsSchema } from '@astrojs/starlight/schema'
export const collections = { docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }) }
`,
      'posts/index.mdx': post('../compose.yaml').replaceAll('{dn:lab#web.ip}', '{dn:lab#web.ip}'),
      'posts/more/post.md': post('../../compose.yaml'),
      'compose.yaml': COMPOSE,
    },
    commands: ['docker-network markdown posts -o src/content/docs --for astro', 'astro build'],
    output: 'dist',
    figure: 'img',
    hasStyles: false,
  },
  {
    name: 'docusaurus',
    packages: ['@docusaurus/core@3', '@docusaurus/preset-classic@3', 'react@19', 'react-dom@19'],
    files: {
      'package.json': '{"private":true}',
      'docusaurus.config.js': `
module.exports = {
  title: 'Docs', url: 'https://example.com', baseUrl: '/base/', onBrokenLinks: 'throw',
  presets: [['classic', { docs: { routeBasePath: '/' }, blog: false }]],
}
`,
      'posts/index.md': post('../compose.yaml', 'slug: /'),
      'posts/more/deep.mdx': post('../../compose.yaml'),
      'compose.yaml': COMPOSE,
    },
    commands: ['docker-network markdown posts -o docs --for docusaurus', 'docusaurus build'],
    output: 'build',
    figure: 'img',
    hasStyles: false,
  },
  {
    name: 'nuxt-content',
    packages: ['nuxt', '@nuxt/content', 'better-sqlite3'],
    node: 22,
    files: {
      'package.json': '{"private":true,"type":"module"}',
      'nuxt.config.ts':
        "export default defineNuxtConfig({ modules: ['@nuxt/content'], css: ['markdown-it-docker-network/style.css'], telemetry: false, compatibilityDate: '2026-01-01' })\n",
      'content.config.ts':
        "import { defineContentConfig, defineCollection } from '@nuxt/content'\nexport default defineContentConfig({ collections: { content: defineCollection({ type: 'page', source: '**/*.md' }) } })\n",
      'app/pages/[...slug].vue':
        '<script setup lang="ts">\nconst route = useRoute()\nconst { data: page } = await useAsyncData(route.path, () => queryCollection(\'content\').path(route.path).first())\n</script>\n<template><ContentRenderer v-if="page" :value="page" /></template>\n',
      'posts/index.md': post('../compose.yaml'),
      'compose.yaml': COMPOSE,
    },
    commands: [
      'docker-network markdown posts -o content --images public/docker-network --image-url /docker-network --for mdx',
      'nuxt generate',
    ],
    output: '.output/public',
    figure: 'img',
    hasStyles: false,
  },
  {
    name: 'mdx',
    packages: ['@mdx-js/mdx@3', 'react', 'react-dom', 'remark-gfm'],
    files: {
      'package.json': '{"private":true,"type":"module"}',
      'posts/post.mdx': post('../compose.yaml', 'title: a').replace(/^---\n[\s\S]*?---\n/, ''),
      'compose.yaml': COMPOSE,
      'build.mjs': `
import { mkdirSync, readFileSync, writeFileSync, copyFileSync, readdirSync } from 'node:fs'
import { evaluate } from '@mdx-js/mdx'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import * as runtime from 'react/jsx-runtime'
import remarkGfm from 'remark-gfm'
const { default: Post } = await evaluate(readFileSync('mdx/post.mdx', 'utf8'), { ...runtime, remarkPlugins: [remarkGfm] })
mkdirSync('out', { recursive: true })
for (const name of readdirSync('mdx')) if (name.endsWith('.svg')) copyFileSync('mdx/' + name, 'out/' + name)
writeFileSync('out/index.html', renderToStaticMarkup(createElement(Post)))
`,
    },
    commands: ['docker-network markdown posts -o mdx --for mdx', 'node build.mjs'],
    output: 'out',
    figure: 'img',
    hasStyles: false,
  },
  {
    name: 'hugo',
    packages: [],
    program: 'hugo',
    files: {
      'hugo.toml':
        'baseURL = "https://example.com/"\ntitle = "Blog"\n[markup.highlight]\ncodeFences = false\n',
      'config.toml': 'baseURL = "https://example.com/"\ntitle = "Blog"\n',
      'layouts/_default/single.html': '<!doctype html><title>{{ .Title }}</title>{{ .Content }}',
      'layouts/_default/list.html':
        '<!doctype html><title>{{ .Title }}</title>{{ range .Pages }}{{ .Content }}{{ end }}',
      'drafts/post.md': post('../compose.yaml'),
      'compose.yaml': COMPOSE,
    },
    commands: ['docker-network markdown drafts -o content/posts --for hugo', 'hugo'],
    output: 'public',
    figure: 'img',
    hasStyles: false,
  },
  {
    name: 'jekyll',
    packages: [],
    program: 'jekyll',
    files: {
      '_config.yml': 'baseurl: "/blog"\nexclude: [node_modules, drafts, package.json]\n',
      '_layouts/default.html': '<!doctype html><title>{{ page.title }}</title>{{ content }}',
      'drafts/2026-01-02-post.md': post('../compose.yaml', 'title: Networks\nlayout: default'),
      'compose.yaml': COMPOSE,
    },
    commands: ['docker-network markdown drafts -o _posts --for jekyll', 'jekyll build'],
    output: '_site',
    figure: 'img',
    hasStyles: false,
    holds: [/src="\/blog\/assets\/docker-network\//],
  },
  {
    name: 'mkdocs',
    packages: [],
    program: 'mkdocs',
    files: {
      'mkdocs.yml': 'site_name: Docs\nmarkdown_extensions: [tables, fenced_code]\n',
      'posts/index.md': post('../compose.yaml'),
      'posts/more/post.md': post('../../compose.yaml'),
      'compose.yaml': COMPOSE,
    },
    commands: ['docker-network markdown posts -o docs --for mkdocs', 'mkdocs build --strict'],
    output: 'site',
    figure: 'img',
    hasStyles: false,
  },
  {
    name: 'mkdocs-material',
    packages: [],
    program: 'mkdocs',
    files: {
      'mkdocs.yml': 'site_name: Docs\ntheme: { name: material }\nplugins: []\n',
      'posts/index.md': post('../compose.yaml'),
      'posts/more/post.md': post('../../compose.yaml'),
      'compose.yaml': COMPOSE,
    },
    commands: ['docker-network markdown posts -o docs --for mkdocs', 'mkdocs build'],
    output: 'site',
    figure: 'img',
    hasStyles: false,
  },
  {
    name: 'plain-html',
    packages: [],
    files: { 'package.json': '{"private":true}', 'compose.yaml': COMPOSE },
    commands: ['mkdir -p out', 'docker-network figure compose.yaml -o out/index.html'],
    output: 'out',
    figure: 'svg',
    hasStyles: true,
  },
]
