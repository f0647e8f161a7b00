/**
 * The same figure in the Mermaid that beautiful-mermaid reads: it knows no front matter, no edge ids, no markdown
 * strings and no accessible titles. Boxes, groups, edges and their labels stay.
 */
export function plainMermaid(text: string): string {
  return text
    .replace(/^---\n[\s\S]*?\n---\n/, '')
    .replace(/^ *acc(?:Title|Descr):.*\n/gm, '')
    .replace(/ [a-z]+(?:-[a-z]+)*-e\d+@/g, ' ')
    .replace(/^ *class [a-z]+(?:-[a-z]+)*-e\d+[^\n]*\n/gm, '')
    .replace(
      /"`([\s\S]*?)`"/g,
      (_, label: string) => `"${label.replaceAll('*', '').replaceAll('\n', '<br/>')}"`,
    )
}
