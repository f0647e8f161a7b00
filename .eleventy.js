import { HtmlBasePlugin } from '@11ty/eleventy'
import rss from '@11ty/eleventy-plugin-rss'
import dates from './_config/dates.js'
import highlight from './_config/highlight.js'
import markdown from './_config/markdown.js'
import ownLook from './_config/own-look.js'
import pages from './_config/pages.js'
import playground from './_config/playground.js'
import search from './_config/search.js'
import share from './_config/share.js'
import { loadSource } from './_config/source.js'

/** @param {import('@11ty/eleventy').UserConfig} eleventyConfig */
export default async function (eleventyConfig) {
  // What matters fits on one screen; a line for each of some hundred files does not.
  eleventyConfig.setQuietMode(true)
  const { dockerNetwork } = await loadSource()
  eleventyConfig.addWatchTarget('./src/', { resetConfig: true })
  eleventyConfig.addPlugin(dockerNetwork)

  eleventyConfig.addPlugin(dates)
  eleventyConfig.addPlugin(highlight)
  eleventyConfig.addPlugin(markdown)
  await eleventyConfig.addPlugin(ownLook)
  eleventyConfig.addPlugin(pages)
  eleventyConfig.addPlugin(playground)
  eleventyConfig.addPlugin(search)
  eleventyConfig.addPlugin(share)
  eleventyConfig.addPlugin(rss)
  eleventyConfig.addPlugin(HtmlBasePlugin)

  eleventyConfig.addPassthroughCopy({
    public: '/',
    'assets/docker-network.css': '/docker-network.css',
    'assets/fonts': '/fonts',
  })
}

export const config = {
  // `{{json .IPAM}}` in a shell example is Docker's, not Liquid's.
  markdownTemplateEngine: false,
  htmlTemplateEngine: 'njk',
  dir: { input: 'content', includes: '../_includes', data: '../_data', output: '_site' },
}
