/** Bundles the playground once for each reading of the configuration, which a change of its source brings about. */
import { join } from 'node:path'
import { tsImport } from 'tsx/esm/api'

/** @param {import('@11ty/eleventy').UserConfig} eleventyConfig */
export default function (eleventyConfig) {
  // `<` would let a model end the script element it stands in.
  eleventyConfig.addFilter('jsonInScript', (value) => JSON.stringify(value).replaceAll('<', '\\u003c'))

  let bundled = false
  eleventyConfig.on('eleventy.before', async ({ directories, runMode, outputMode }) => {
    if (bundled || outputMode !== 'fs') return
    bundled = true
    const { bundlePlayground } = await tsImport('../scripts/bundle-playground.ts', import.meta.url)
    await bundlePlayground({
      outdir: join(directories.output, 'playground-app'),
      minify: runMode === 'build',
    })
  })
}
