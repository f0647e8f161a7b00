import { createInkMeter } from '../font/ink-meter.ts'
import { MERMAID_CONFIG } from './config.ts'
import { keepConfigReads } from './config-reads.ts'
import { missingParts, needsProof, PROBE } from './contract.ts'
import { loadMermaid, MermaidError, type MermaidPackage, readScript } from './mermaid-host.ts'
import { dockerNetworkLayout } from './mermaid-layout.ts'
import { MermaidTextError } from './mermaid-text-error.ts'
import { createSourceReader } from './source.ts'
import { createDrawingWindow } from './window.ts'

/** A figure as Mermaid draws it. */
export interface Drawing {
  readonly svg: string
  /** Characters the font of the figures lacks: they were given room by estimate. */
  readonly missing: readonly string[]
}

export interface EngineOptions {
  /** Whether Mermaid may be kept from copying its configuration at every read. @default true */
  readonly keepConfigReads?: boolean
  /** Where to say that something works, but not as it should. @default `process.emitWarning` */
  readonly warn?: (message: string) => void
}

/** Draws one figure after another with one Mermaid, in this thread. */
export interface Engine {
  /** Rejects with a `MermaidTextError` when the text cannot be drawn. */
  draw(id: string, text: string): Promise<Drawing>
}

/** Evaluates Mermaid; a third of a second, so once in a process. */
export function createEngine(found: MermaidPackage, options: EngineOptions = {}): Engine {
  const warn = options.warn ?? ((message: string) => process.emitWarning(message))
  const meter = createInkMeter()
  const window = createDrawingWindow(meter)
  const script = readScript(found)
  const { code, refusal } =
    options.keepConfigReads === false ? { code: script, refusal: null } : keepConfigReads(script)
  if (refusal !== null)
    warn(`figures are drawn slower than they could be with Mermaid ${found.version}: ${refusal}`)
  const mermaid = loadMermaid(found, window, code)
  mermaid.registerLayoutLoaders([dockerNetworkLayout])
  mermaid.initialize(MERMAID_CONFIG)
  const readSource = createSourceReader()
  // One at a time: all drawings share the window.
  let last: Promise<unknown> = needsProof(found.version) ? prove() : Promise.resolve()

  async function prove(): Promise<void> {
    const svg = await mermaid.render('probe', PROBE).then(
      (drawn) => drawn.svg,
      (error: unknown) => `<!-- ${String(error)} -->`,
    )
    const missing = missingParts(svg)
    if (missing.length > 0)
      throw new MermaidError(
        `figures cannot be drawn with Mermaid ${found.version}: its drawing lacks ${missing.join(', ')}; npm install mermaid@12`,
      )
  }

  const draw = async (id: string, text: string): Promise<Drawing> => {
    const source = readSource(text)
    try {
      const { svg } = await mermaid.render(id, source)
      return { svg, missing: meter.missingIn(text) }
    } catch (error) {
      window.clear()
      throw new MermaidTextError(error instanceof Error ? error.message : String(error))
    }
  }

  return {
    draw(id, text) {
      const drawing = last.then(() => draw(id, text))
      // A text that cannot be drawn does not stop the next one; a Mermaid that cannot be used does.
      last = drawing.catch((error: unknown) => {
        if (error instanceof MermaidError) throw error
      })
      // Who draws next is told; if nobody does, that is no unhandled rejection.
      last.catch(() => undefined)
      return drawing
    },
  }
}
