import { parse } from 'yaml'
import { MermaidTextError } from './mermaid-text-error.ts'
import { withoutColours } from './source-style.ts'

/** Longer text is refused: a figure of a thousand boxes has a tenth of it. In UTF-16 units. */
const MAX_LENGTH = 1_000_000

/** What a value in the front matter may look like. */
type Allowed = RegExp | { readonly [key: string]: Allowed }

const NUMBER = /^\d{1,4}(\.\d+)?$/
const FLAG = /^(true|false)$/
const WORD = /^[\w-]{1,40}$/

/**
 * What the front matter of a figure may say. All else is left out, so that text from anywhere cannot bring in
 * CSS (`themeCSS` can fetch a URL), loosen the security level, or set text in a font that was not measured.
 * Themes and colours go too: the finished SVG has its own, and Mermaid works out a theme anew at each mention.
 */
const FRONT_MATTER: { readonly [key: string]: Allowed } = {
  title: /^[^<>]{0,200}$/,
  config: {
    layout: WORD,
    flowchart: {
      curve: WORD,
      defaultRenderer: WORD,
      diagramPadding: NUMBER,
      nodeSpacing: NUMBER,
      padding: NUMBER,
      rankSpacing: NUMBER,
      titleTopMargin: NUMBER,
      wrappingWidth: NUMBER,
      subGraphTitleMargin: { top: NUMBER, bottom: NUMBER },
    },
    elk: { mergeEdges: FLAG, nodePlacementStrategy: WORD, cycleBreakingStrategy: WORD },
    markdownAutoWrap: FLAG,
    themeVariables: { fontSize: /^\d{1,2}(\.\d+)?(px)?$/ },
  },
}

const FENCE = /^\s*---[^\S\n]*\n([\s\S]*?)\n[^\S\n]*---[^\S\n]*(?:\n|$)/

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function pick(value: unknown, allowed: Allowed): unknown {
  if (allowed instanceof RegExp)
    return ['string', 'number', 'boolean'].includes(typeof value) && allowed.test(String(value))
      ? value
      : undefined
  if (!isRecord(value)) return undefined
  const kept = Object.entries(allowed).flatMap(([key, rule]) => {
    const own = Object.hasOwn(value, key) ? pick(value[key], rule) : undefined
    return own === undefined ? [] : [[key, own] as const]
  })
  return kept.length === 0 ? undefined : Object.fromEntries(kept)
}

function readFrontMatter(body: string): unknown {
  try {
    return parse(body, { maxAliasCount: 0 })
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
    throw new MermaidTextError(`the front matter is not YAML: ${reason}`)
  }
}

function withoutDirectives(text: string): string {
  // Again and again, because what stood around a directive may become one when it is gone.
  for (let rest = text; ; ) {
    const less = rest.replace(/%%\{[\s\S]*?\}%%/g, '')
    // One that is never closed is not a comment to Mermaid either.
    if (less === rest) return rest.replace(/%%\{[\s\S]*$/, '')
    rest = less
  }
}

/** Gives the text as Mermaid may see it. */
export type SourceReader = (text: string) => string

/**
 * Makes a reader of Mermaid text: it gives a flowchart without `%%{…}%%` directives and colours, its front matter
 * cut down to what cannot do harm. Figures of one maker have the same front matter, so it is remembered.
 *
 * The reader throws a `MermaidTextError` when the text is not a flowchart, or its front matter cannot be read.
 */
export function createSourceReader(): SourceReader {
  let last: { readonly body: string; readonly front: string } = { body: '', front: '' }

  const frontOf = (body: string): string => {
    if (body === last.body) return last.front
    const kept = pick(readFrontMatter(body), FRONT_MATTER)
    // JSON is YAML, so Mermaid reads back exactly what was kept.
    last = { body, front: kept === undefined ? '' : `---\n${JSON.stringify(kept)}\n---\n` }
    return last.front
  }

  return (text) => {
    if (text.length > MAX_LENGTH)
      throw new MermaidTextError(`the text has ${text.length} characters; at most ${MAX_LENGTH} can be drawn`)
    const lines = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
    const fence = FENCE.exec(lines)
    const diagram = withoutDirectives(lines.slice(fence?.[0].length ?? 0))
    const kind = /^(?:\s|%%[^\n]*\n)*([\w-]+)/.exec(diagram)?.[1] ?? ''
    if (!['flowchart', 'graph', 'flowchart-elk'].includes(kind))
      throw new MermaidTextError(
        `only flowcharts can be drawn without a browser; this begins with ${kind === '' ? 'nothing' : `"${kind}"`}`,
      )
    return frontOf(fence?.[1] ?? '') + withoutColours(diagram)
  }
}
