import { FONT_FAMILY } from '../font/font-family.ts'

const FONT_STACK = `"${FONT_FAMILY}", sans-serif`

/**
 * What Mermaid is told before every figure. Every option that changes a drawing is pinned, because Mermaid 12
 * changed its defaults (ELK, the "neo" look), and nothing in a figure's text may change what is `secure`.
 */
export const MERMAID_CONFIG = {
  startOnLoad: false,
  securityLevel: 'strict',
  htmlLabels: false,
  layout: 'dagre',
  look: 'classic',
  theme: 'base',
  themeVariables: { fontFamily: FONT_STACK, fontSize: '14px' },
  fontFamily: FONT_STACK,
  deterministicIds: true,
  handDrawnSeed: 1,
  maxTextSize: 1_000_000,
  maxEdges: 10_000,
  logLevel: 'fatal',
  suppressErrorRendering: true,
  // The words of Mermaid's own list, and what else could reach the stylesheet, the fonts or the network.
  secure: [
    'secure',
    'securityLevel',
    'startOnLoad',
    'maxTextSize',
    'maxEdges',
    'suppressErrorRendering',
    'themeCSS',
    'fontFamily',
    'altFontFamily',
    'htmlLabels',
    'look',
    'dompurifyConfig',
    'deterministicIds',
    'handDrawnSeed',
    'arrowMarkerAbsolute',
    'legacyMathML',
    'forceLegacyMathML',
    'logLevel',
  ],
  flowchart: { htmlLabels: false, wrappingWidth: 400, curve: 'basis' },
} as const
