/**
 * `svg`: inline. `img`: a file beside the pages, `<img>` in the page. `mermaid`: the text, for a page that loads
 * Mermaid in the reader's browser.
 */
export const STRATEGIES = ['svg', 'img', 'mermaid'] as const
export type Strategy = (typeof STRATEGIES)[number]
