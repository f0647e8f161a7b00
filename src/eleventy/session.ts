/**
 * The pipeline behind the plugin: everything from YAML to SVG. Loaded when a page has a block that is not kept from
 * an earlier build, so a site without blocks does not pay for it.
 */
import { createFileReader } from '../files/project-files.ts'
import { createRules, type DockerNetworkOptions, installRules, type Rules } from '../markdown-it/plugin.ts'
import { createSvgRenderer, type SvgOptions } from '../svg/index.ts'
import { createDrawings, type Drawings } from './drawings.ts'
import type { Renderer, Strategy } from './strategy.ts'

export { installRules }

export interface SessionOptions {
  readonly rules: DockerNetworkOptions
  readonly strategy: Strategy
  readonly imagePath: string
  readonly renderer: Renderer
  readonly svg: SvgOptions | undefined
}

export interface Session {
  readonly rules: Rules
  readonly drawings: Drawings
}

export function openSession(options: SessionOptions): Session {
  const drawings = createDrawings({
    strategy: options.strategy,
    imagePath: options.imagePath,
    createRenderer: options.renderer === 'mermaid' ? () => createSvgRenderer(options.svg) : null,
  })
  const readFile = options.rules.readFile ?? createFileReader(options.rules.root ?? '.')
  const rules = createRules({ ...options.rules, readFile, draw: (request) => drawings.place(request) })
  return { rules, drawings }
}
