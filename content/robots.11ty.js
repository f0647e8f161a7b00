export const data = { permalink: '/robots.txt', eleventyExcludeFromCollections: true }

export const render = ({ site }) => `User-agent: *
Allow: /
Sitemap: ${new URL('/sitemap.xml', site.url).href}
`
