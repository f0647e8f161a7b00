import { expect, it } from 'vitest'
import feed from '../../_includes/feed.js'

const filters = {
  dockerNetworkImages: async (html: string) => html,
  renderTransforms: async (html: string) => html,
}
const post = (content: () => string) => ({
  url: '/posts/one/',
  date: new Date(0),
  data: { title: 'one & <two>', page: {} },
  get templateContent() {
    return content()
  },
})
const page = (posts: readonly object[]) => ({
  lang: 'en',
  site: { url: 'https://example.com', en: { title: 'title', description: 'description' } },
  page: { url: '/en/feed.xml' },
  collections: { posts_en: posts },
})

it('the feed has each post, escaped once', async () => {
  const xml = await feed.call(filters, page([post(() => '<p>&amp;</p>')]))
  expect(xml).toContain('<title>one &amp; &lt;two&gt;</title>')
  expect(xml).toContain('<link>https://example.com/posts/one/</link>')
  expect(xml).toContain('<description>&lt;p&gt;&amp;amp;&lt;/p&gt;</description>')
})

it('the feed fails, and does not wait for ever, when a later post is changed while it is built', async () => {
  const changed = post(() => {
    throw new Error('Tried to use templateContent too early')
  })
  await expect(feed.call(filters, page([post(() => 'one'), changed]))).rejects.toThrow('too early')
})
