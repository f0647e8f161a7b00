/** Which pages there are in which language, and how they find each other. */
import site from '../_data/site.js'
import { slug } from './slug.js'

const LANGUAGES = ['ko', 'en']

/** @param {import('@11ty/eleventy').UserConfig} eleventyConfig */
export default function (eleventyConfig) {
  // Korean at the root, English under /en/; a page may say otherwise.
  eleventyConfig.addGlobalData('eleventyComputed.lang', () => (data) => {
    if (typeof data.lang === 'string' && data.lang !== '') return data.lang
    return isEnglish(data.page?.url) ? 'en' : 'ko'
  })

  eleventyConfig.on('eleventy.after', ({ runMode, outputMode }) => {
    if (runMode === 'build' && outputMode === 'fs' && !site.isPlaced)
      console.log(`[site] SITE_URL is not set: feeds, sitemap and previews of links say ${site.url}`)
  })
  eleventyConfig.addFilter('slug', slug)
  eleventyConfig.addFilter('exists', (url, all) => all.some((item) => item.url === url))
  eleventyConfig.addFilter('inLanguage', (items, language) =>
    items.filter(({ data }) => data.lang === language),
  )

  eleventyConfig.addFilter('code', code)
  eleventyConfig.addFilter('absolute', (url, base) => new URL(url, base).href)
  eleventyConfig.addFilter('topics', topicsOf)
  eleventyConfig.addFilter('minutesToRead', minutesToRead)
  // Newest first.
  eleventyConfig.addFilter('around', (posts, url) => {
    const at = posts.findIndex((post) => post.url === url)
    return { newer: posts[at - 1], older: posts[at + 1] }
  })
  eleventyConfig.addFilter('ofGroup', (entries, group) => entries.filter((entry) => entry.group === group))

  /** The same page in the other language: the same path with or without `/en`. */
  eleventyConfig.addFilter('translation', (url, all) => {
    const other = isEnglish(url) ? url.replace(/^\/en/, '') : `/en${url}`
    return all.some((item) => item.url === other) ? other : null
  })

  for (const language of LANGUAGES) {
    const posts = (api) =>
      api
        .getFilteredByTag('post')
        .filter(({ url }) => isEnglish(url) === (language === 'en'))
        .reverse()
    eleventyConfig.addCollection(`posts_${language}`, posts)
    eleventyConfig.addCollection(`topics_${language}`, (api) => topics(posts(api)))
    eleventyConfig.addCollection(`guide_${language}`, (api) =>
      api
        .getFilteredByTag('guide')
        .filter(({ url }) => isEnglish(url) === (language === 'en'))
        .sort((a, b) => (a.data.order ?? 0) - (b.data.order ?? 0)),
    )
  }
}

const PARTICLE = '을|를|이|가|은|는|로|으로|와|과|에|의|나|도|만|처럼|에서|부터|까지|라고|이라고'
const BEFORE_PARTICLE = new RegExp(`(&lt;!--.*?--&gt;|[!-~]+) (${PARTICLE})(?![가-힣])`, 'g')

/** A plain text as HTML. What a Korean particle was kept apart from is code, to which the particle can be joined. */
const code = (text) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(BEFORE_PARTICLE, '<code>$1</code>$2')

/** What is read of a page: its prose, not what it folds away, draws or lists. */
const NOT_READ = /<(svg|details|pre|table|nav|script|style)\b[\s\S]*?<\/\1>|<[^>]*>/g

/** Korean by its letters, English by its words. */
function minutesToRead(html, language) {
  const text = html.replace(NOT_READ, ' ')
  const read = language === 'ko' ? text.replaceAll(/\s+/g, '').length / 500 : text.split(/\s+/).length / 220
  return String(Math.max(1, Math.round(read)))
}

const isEnglish = (url) => typeof url === 'string' && /^\/en(\/|$)/.test(url)

/** Tags that readers see; the others sort pages into collections. */
const topicsOf = (tags) => (tags ?? []).filter((tag) => tag !== 'post' && tag !== 'guide')

/** Topics, each with its posts, alphabetically. */
function topics(posts) {
  const found = new Map()
  for (const post of posts)
    for (const tag of topicsOf(post.data.tags)) found.set(tag, [...(found.get(tag) ?? []), post])
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, tagged]) => ({ name, slug: slug(name), posts: tagged }))
}
