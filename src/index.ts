/** `markdown-it-docker-network`: the markdown-it plugin, and the pipeline behind it. */
import * as library from './browser.ts'
import { figurePng } from './figure-png.ts'
import { createFileReader } from './files/project-files.ts'
import { watchFilesOfHost } from './files/watched.ts'
import withoutFiles, { type DockerNetworkOptions, type MarkdownIt } from './markdown-it/plugin.ts'
import { RasterError } from './raster/raster.ts'

export * from './browser.ts'
export { type FigurePng, type FigurePngOptions, figurePng } from './figure-png.ts'
export { RasterError } from './raster/raster.ts'

/** `md.use(dockerNetwork, options)` */
function dockerNetwork(md: MarkdownIt, options: DockerNetworkOptions = {}): void {
  const root = options.root ?? '.'
  withoutFiles(md, {
    ...options,
    readFile: options.readFile ?? createFileReader(root),
    depend(files, env) {
      watchFilesOfHost(files, env, root)
      options.depend?.(files, env)
    },
  })
}

export default dockerNetwork
/** What `require` gives: the plugin itself, with everything else on it. */
const forRequire = /* @__PURE__ */ Object.assign(
  (md: MarkdownIt, options?: DockerNetworkOptions): void => dockerNetwork(md, options),
  library,
  { default: dockerNetwork, figurePng, RasterError },
)

export { forRequire as 'module.exports' }
