import { dateToRfc822 } from '@11ty/eleventy-plugin-rss'

/**
 * The feed of one language. Not a Nunjucks template: an error after one of its asynchronous filters reaches nobody, and
 * Eleventy throws one when a post changes while a build goes on; the server then waited for the feed for ever.
 */
const ESCAPES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escapeXml = (text) => String(text).replace(/[&<>"']/g, (letter) => ESCAPES[letter])

export default async function feed({ lang, site, page, collections }) {
  const words = site[lang]
  const absolute = (url) => escapeXml(new URL(url, site.url).href)
  const items = []
  for (const post of collections[`posts_${lang}`]) {
    const html = await this.dockerNetworkImages(post.templateContent)
    const description = await this.renderTransforms(html, post.data.page, site.url)
    items.push(`<item>
<title>${escapeXml(post.data.title)}</title>
<link>${absolute(post.url)}</link>
<guid isPermaLink="true">${absolute(post.url)}</guid>
<pubDate>${dateToRfc822(post.date)}</pubDate>
<atom:updated>${(post.data.updated ?? post.date).toISOString()}</atom:updated>
<description>${escapeXml(description)}</description>
</item>
`)
  }
  return `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
<title>${escapeXml(words.title)}</title>
<link>${absolute(lang === 'en' ? '/en/' : '/')}</link>
<atom:link href="${absolute(page.url)}" rel="self" type="application/rss+xml"/>
<description>${escapeXml(words.description)}</description>
<language>${lang}</language>
${items.join('')}</channel>
</rss>
`
}
