/** HTML as a browser reads it, for tests that judge what an author's text has become. */
import { type DefaultTreeAdapterMap, parseFragment } from 'parse5'

type Node = DefaultTreeAdapterMap['node']
export type Element = DefaultTreeAdapterMap['element']

const isElement = (node: Node): node is Element => 'tagName' in node

/** All elements of a piece of HTML, in order, those in SVG and in templates too. */
export function elementsOf(html: string): readonly Element[] {
  const found: Element[] = []
  const visit = (node: Node): void => {
    if (isElement(node)) found.push(node)
    if ('content' in node) visit(node.content)
    if ('childNodes' in node) for (const child of node.childNodes) visit(child)
  }
  visit(parseFragment(html))
  return found
}

/** Elements with the names of their attributes, as one text: what a value of an author must not change. */
export const skeletonOf = (html: string): string =>
  elementsOf(html)
    .map(({ tagName, attrs }) => [tagName, ...attrs.map(({ name }) => name)].join(' '))
    .join('\n')

export function textOf(html: string): string {
  const pieces: string[] = []
  const visit = (node: Node): void => {
    if (node.nodeName === '#text' && 'value' in node) pieces.push(node.value)
    if ('childNodes' in node) for (const child of node.childNodes) visit(child)
  }
  visit(parseFragment(html))
  return pieces.join('')
}
