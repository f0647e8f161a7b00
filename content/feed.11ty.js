import feed from '../_includes/feed.js'

export const data = { permalink: '/feed.xml', eleventyExcludeFromCollections: true }
export const render = feed
