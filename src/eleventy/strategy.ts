/**
 * `svg`: inline. `img`: a file beside the pages, `<img>` in the page. `png`: the same with PNG files, in light colours, for
 * mail and readers that show no SVG. `mermaid`: the text, for a page that loads
 * Mermaid in the reader's browser.
 */
export const STRATEGIES = ['svg', 'img', 'png', 'mermaid'] as const
export type Strategy = (typeof STRATEGIES)[number]

/** `picture`: our own, at once. `mermaid`: the Mermaid text, drawn by Mermaid while the site is built. */
export const RENDERERS = ['picture', 'mermaid'] as const
export type Renderer = (typeof RENDERERS)[number]
