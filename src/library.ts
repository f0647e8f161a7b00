/**
 * The pipeline for programs: one text in, one thing out. Pure and synchronous, in Node and in browsers; what an author
 * writes never makes it throw.
 */

import { type CompileOptions, compile, isError, type PlanOptions, planSource } from './compile.ts'
import { decorate, type FigureTransformer } from './picture/decorate.ts'
import { drawPicture, standalonePicture } from './picture/draw.ts'
import type { PictureTheme } from './picture/style.ts'
import { planJson as jsonOf } from './plan/json.ts'
import { printModel } from './print/print.ts'
import type { Problem } from './problem/problem.ts'
import { fileSource, formatProblemIn } from './problem/report.ts'
import { worded } from './problem/say.ts'
import { printTrace } from './trace/print.ts'
import { parseTraceRequest } from './trace/request.ts'
import type { Trace } from './trace/trace.ts'
import { tracePacket } from './trace/trace-packet.ts'

/** What could not be made, and why. `problems` has every error and warning of the source; offsets count in it. */
export interface Failed {
  readonly ok: false
  readonly problems: readonly Problem[]
}

export interface FigureSvgOptions extends CompileOptions {
  /** Begins every id in the drawing; unique in its page. @default 'docker-network' */
  readonly id?: string | undefined
  /**
   * Puts the stylesheet of a theme into the drawing, for `<img>`, feeds and files. Without it a page needs the
   * package's stylesheet; where there is none, the light theme shows.
   */
  readonly theme?: PictureTheme | undefined
  /** What they say of containers, networks and hosts is added: classes, links, captions. */
  readonly transformers?: readonly FigureTransformer[] | undefined
}

export type FigureSvg =
  | {
      readonly ok: true
      /** One `<svg>` element. */
      readonly svg: string
      /** CSS pixels. */
      readonly width: number
      readonly height: number
      /** Warnings. */
      readonly problems: readonly Problem[]
    }
  | Failed

/** The figure of a model. @param source Body of a block, a compose file or a topology. */
export function figureSvg(source: string, options: FigureSvgOptions = {}): FigureSvg {
  const compiled = compile(source, options)
  if (!compiled.ok) return { ok: false, problems: compiled.problems }
  const { svg, width, height } = drawPicture(
    decorate(compiled.scene, options.transformers),
    options.id ?? 'docker-network',
  )
  const { theme } = options
  const whole = theme === undefined ? svg : standalonePicture(svg, theme)
  return { ok: true, svg: whole, width, height, problems: compiled.problems }
}

export type Traced = { readonly ok: true; readonly trace: Trace; readonly text: string } | Failed

/**
 * The way of a packet.
 *
 * @param way `web -> db:5432`, `client -> web:8000`. Problems of it have offsets into `way`.
 */
export function trace(source: string, way: string, options: PlanOptions = {}): Traced {
  const { plan, problems } = planSource(source, options)
  if (plan === null || problems.some(isError)) return { ok: false, problems }
  const request = parseTraceRequest(way, plan, { start: 0, end: way.length })
  if (!request.ok) return { ok: false, problems: [request.problem] }
  const found = tracePacket(plan, request.request)
  return { ok: true, trace: found, text: printTrace(found) }
}

export type PrintedText =
  /** `language` for highlighting: `console`, `yaml`, `json` or `text`. */
  { readonly ok: true; readonly text: string; readonly language: string } | Failed

/** @param kind As in `print=`: `addresses`, `commands`, `inspect:NET`, `ip-addr:CONTAINER`, … */
export function print(source: string, kind: string, options: PlanOptions = {}): PrintedText {
  const { topology, plan, problems } = planSource(source, options)
  if (topology === null || plan === null || problems.some(isError)) return { ok: false, problems }
  const colon = kind.indexOf(':')
  const [name, argument] = colon < 0 ? [kind, ''] : [kind.slice(0, colon), kind.slice(colon + 1)]
  const printed = printModel(name, argument, plan, topology)
  if (printed.ok) return printed
  const { code, said } = printed
  const span = { start: 0, end: kind.length }
  return {
    ok: false,
    problems: [{ code, severity: 'error', ...worded(said.message, said.hint), span, related: [] }],
  }
}

/** What `docker-network plan --json` prints. */
export function planJson(source: string, options: PlanOptions = {}): object {
  const { plan, problems } = planSource(source, options)
  return jsonOf(plan, problems)
}

/**
 * A problem as the command line prints it: `FILE:LINE:COLUMN CODE message`, the line with carets, hint and related
 * places.
 *
 * @param source The text that its offsets count in.
 * @param file What to call that text.
 * @param language `ko` or `en`.
 */
export const formatProblem = (
  problem: Problem,
  source: string,
  file = 'docker-network',
  language = 'en',
): string => formatProblemIn(language)({ problem, source: fileSource(file, source) })
