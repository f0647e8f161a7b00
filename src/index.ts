/** `markdown-it-docker-network`: the markdown-it plugin, and the pipeline behind it. */
export {
  type Compiled,
  type CompileOptions,
  compile,
  type DrawOptions,
  drawPlanned,
  type Planned,
  type PlanOptions,
  planSource,
} from './compile.ts'
export type { Figure } from './figure/figure.ts'
export {
  DockerNetworkError,
  type DockerNetworkOptions,
  type DrawRequest,
  default,
  type MarkdownIt,
} from './markdown-it/plugin.ts'
export type { Certainty, Plan } from './plan/plan.ts'
export type { Problem, Severity, Span } from './problem/problem.ts'
export type { ProblemRecord } from './problem/report.ts'
export type { Topology, View } from './topology/topology.ts'
export { DEFAULT_ENGINE, ENGINE_VERSIONS, type EngineVersion } from './version.ts'
