/** Newest major version of Mermaid the tests run with. A newer one has to prove itself before its first figure. */
const TESTED_MAJOR = 12

/** A figure with all that the layout and the finisher look for. */
export const PROBE = `---
config:
  layout: docker-network
---
flowchart TB
  subgraph g["\`**group**\`"]
    a["\`**one**
10.0.0.1/24\`"]
  end
  b["two"]
  a attach-e1@-->|"label"| b
  class a container
`

/** What a drawing of `PROBE` must contain, and what is missing where it does not. */
const PARTS: readonly (readonly [RegExp, string])[] = [
  [/<svg[^>]*\sviewBox="/, 'a viewBox'],
  [/class="[^"]*\bcluster\b/, 'a group'],
  [/class="[^"]*\bnode\b[^"]*\bcontainer\b/, 'boxes with their classes'],
  [/class="[^"]*\bflowchart-link\b/, 'edges'],
  [/class="[^"]*\bedgeLabels?\b/, 'labels of edges'],
  [/<tspan[^>]*>10\.0\.0\.1\/24</, 'text as SVG text'],
]

export const needsProof = (version: string): boolean => Number.parseInt(version, 10) > TESTED_MAJOR

/** What a Mermaid's drawing of `PROBE` lacks; empty when it can be worked with. */
export const missingParts = (svg: string): readonly string[] =>
  PARTS.filter(([part]) => !part.test(svg)).map(([, name]) => name)
