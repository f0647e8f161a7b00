/**
 * `markdown-it-docker-network` where there are no files: in a page, a worker, an editor in the browser. `src=` is told
 * as a file that is not there, unless `readFile` gives it.
 */
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
export type { FileText, ReadFile } from './files/file-text.ts'
export {
  type Failed,
  type FigureSvg,
  type FigureSvgOptions,
  figureSvg,
  formatProblem,
  type PrintedText,
  planJson,
  print,
  type Traced,
  trace,
} from './library.ts'
export {
  DockerNetworkError,
  type DockerNetworkOptions,
  type DrawRequest,
  default,
  type MarkdownIt,
} from './markdown-it/plugin.ts'
export type { Decoration, FigureTransformer } from './picture/decorate.ts'
export type { Certainty, Plan, PlanContainer, PlanNetwork } from './plan/plan.ts'
export type { Problem, Severity, Span } from './problem/problem.ts'
export type { PlacedProblem, ProblemRecord } from './problem/report.ts'
export type { Topology, View } from './topology/topology.ts'
export type { Trace } from './trace/trace.ts'
export { DEFAULT_ENGINE, ENGINE_VERSIONS, type EngineVersion } from './version.ts'
