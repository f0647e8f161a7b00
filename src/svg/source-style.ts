/** Declarations that change how text is set, and so where things come to lie. */
const SETTING = /^(font-size|font-weight|font-style)\s*:/

const STATEMENT = /^(\s*)(classDef|style)(\s+[\w,-]+\s+)(\S[^"`%]*)$/

/**
 * The text without the colours, lines and widths of its `classDef` and `style`. The finished SVG takes
 * them from its stylesheet by class, so to Mermaid they are only work: it writes them into the figure's own
 * stylesheet for each kind of shape and again into every element. What changes the size of text stays.
 */
export function withoutColours(diagram: string): string {
  let quoted = false
  const kept: string[] = []
  for (const line of diagram.split('\n')) {
    // A line of a label may look like a statement.
    const statement = quoted ? null : STATEMENT.exec(line)
    if ((line.split('"').length - 1) % 2 === 1) quoted = !quoted
    if (statement === null) {
      kept.push(line)
      continue
    }
    const [, indent = '', keyword = '', names = '', styles = ''] = statement
    const settings = styles
      .replace(/;\s*$/, '')
      .split(',')
      .map((part) => part.trim())
      .filter((part) => SETTING.test(part))
    if (settings.length > 0) kept.push(`${indent}${keyword}${names}${settings.join(',')}`)
  }
  return kept.join('\n')
}
