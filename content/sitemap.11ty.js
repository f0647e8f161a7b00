/** Every page with its other language, for search engines. */
export const data = { permalink: '/sitemap.xml', eleventyExcludeFromCollections: true }

export function render({ collections, site }) {
  const entries = collections.all
    .filter(({ url }) => typeof url === 'string' && url.endsWith('/'))
    .map(({ url, date, data }) => {
      const changed = data.tags?.includes('post')
        ? `<lastmod>${(data.updated ?? date).toISOString()}</lastmod>`
        : ''
      return `<url><loc>${new URL(url, site.url).href.replaceAll('&', '&amp;')}</loc>${changed}</url>`
    })
  return `<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${entries.join('\n')}
</urlset>
`
}
