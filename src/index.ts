/** `markdown-it-docker-network`: the markdown-it plugin, and the pipeline behind it. */
import * as library from './browser.ts'
import { figurePng } from './figure-png.ts'
import { createFileReader } from './files/project-files.ts'
import withoutFiles, { type DockerNetworkOptions, type MarkdownIt } from './markdown-it/plugin.ts'
import { RasterError } from './raster/raster.ts'

export * from './browser.ts'
export { type FigurePng, type FigurePngOptions, figurePng } from './figure-png.ts'
export { RasterError } from './raster/raster.ts'

/** `md.use(dockerNetwork, options)` */
function dockerNetwork(md: MarkdownIt, options: DockerNetworkOptions = {}): void {
  withoutFiles(md, { ...options, readFile: options.readFile ?? createFileReader(options.root ?? '.') })
}

export default dockerNetwork
/** What `require` gives: the plugin itself, with everything else on it. */
const forRequire = /* @__PURE__ */ Object.assign(
  (md: MarkdownIt, options?: DockerNetworkOptions): void => dockerNetwork(md, options),
  library,
  { default: dockerNetwork, figurePng, RasterError },
)

export { forRequire as 'module.exports' }
