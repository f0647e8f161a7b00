/** Mermaid in the reader's browser, told the same and finished the same as at build time. */
import { MERMAID_CONFIG } from '../svg/config.ts'
import { finishSvg } from '../svg/finish.ts'
import { dockerNetworkLayout } from '../svg/mermaid-layout.ts'

/** Turns Mermaid text into a finished `<svg>`, one at a time. Rejects when Mermaid cannot draw it. */
export type Drawer = (mermaidText: string, id: string) => Promise<string>

/** Loads Mermaid and the font it measures with. Both take a moment, so call it once, early. */
export async function createDrawer(): Promise<Drawer> {
  const [{ default: mermaid }] = await Promise.all([import('mermaid'), loadFont()])
  mermaid.registerLayoutLoaders([dockerNetworkLayout])
  mermaid.initialize({ ...MERMAID_CONFIG, secure: [...MERMAID_CONFIG.secure] })
  return async (mermaidText, id) => {
    const begun = performance.now()
    const { svg } = await mermaid.render(id, mermaidText)
    performance.measure('docker-network:mermaid', { start: begun })
    return finishSvg(svg, { id }).svg
  }
}

/** A width measured before the font has come would be another font's. */
async function loadFont(): Promise<void> {
  const family = MERMAID_CONFIG.themeVariables.fontFamily
  await Promise.all(
    ['400', '700'].flatMap((weight) =>
      ['a', '가'].map((letter) => document.fonts.load(`${weight} 14px ${family}`, letter)),
    ),
  )
}
