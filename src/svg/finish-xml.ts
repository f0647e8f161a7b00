/** Just enough XML to take a drawing apart and put it together, in a page as well as in a build. */

export interface XmlElement {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly XmlNode[]
}

export type XmlNode = XmlElement | string

/** Text and attributes come decoded. Comments, processing instructions and stray end tags are dropped. */
export function parseXml(source: string): XmlElement | null {
  const token =
    /<!--[\s\S]*?-->|<[!?][^>]*>|<\/([\w:.-]+)\s*>|<([\w:.-]+)((?:[\s/](?:[^<>"']|"[^"]*"|'[^']*')*)?)>|([^<]+)|</g
  const top: XmlNode[] = []
  const open: { name: string; attributes: Map<string, string>; children: XmlNode[] }[] = []
  const add = (node: XmlNode): void => void (open.at(-1)?.children ?? top).push(node)
  for (const [, end, start, rest = '', text] of source.matchAll(token)) {
    if (text !== undefined) add(decoded(text))
    else if (end !== undefined) {
      const at = open.findLastIndex((element) => element.name === end)
      if (at >= 0) open.length = at
    } else if (start !== undefined) {
      const attributes = new Map<string, string>()
      for (const [, name = '', double, single] of rest.matchAll(
        /([^\s=/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'))?/g,
      ))
        attributes.set(name, decoded(double ?? single ?? ''))
      const element = { name: start, attributes, children: [] }
      add(element)
      if (!rest.trimEnd().endsWith('/')) open.push(element)
    }
  }
  return top.find((node): node is XmlElement => typeof node !== 'string') ?? null
}

const NAMED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', '\u00a0'],
])

function decoded(text: string): string {
  return text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w+));/gi, (all, hex, decimal, name) => {
    if (name !== undefined) return NAMED.get(name) ?? all
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
  })
}

/** Whether XML 1.0 has a way to write the character; `for…of` hands lone surrogates over one by one. */
function isAllowed(character: string): boolean {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x20) return code === 9 || code === 10 || code === 13
  return !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff
}

export const escapeText = (text: string): string =>
  [...text]
    .filter(isAllowed)
    .join('')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')

/** An element as text. Attributes without value are left out. */
export function tag(
  name: string,
  attributes: Readonly<Record<string, string | number | null>>,
  content: string | null = null,
): string {
  const written = Object.entries(attributes).map(([key, value]) =>
    value === null || value === '' ? '' : ` ${key}="${escapeText(String(value)).replaceAll('"', '&quot;')}"`,
  )
  return content === null
    ? `<${name}${written.join('')}/>`
    : `<${name}${written.join('')}>${content}</${name}>`
}

export const childrenOf = (element: XmlElement): XmlElement[] =>
  element.children.filter((child): child is XmlElement => typeof child !== 'string')

export const textOf = (node: XmlNode): string =>
  typeof node === 'string' ? node : node.children.map(textOf).join('')

export const attribute = (element: XmlElement, name: string): string => element.attributes.get(name) ?? ''

export const classesOf = (element: XmlElement): string[] =>
  attribute(element, 'class').split(/\s+/).filter(Boolean)

/** All elements below, in order, that `test` accepts; what lies inside an accepted one is not looked at. */
export function find(element: XmlElement, test: (element: XmlElement) => boolean): XmlElement[] {
  return childrenOf(element).flatMap((child) => (test(child) ? [child] : find(child, test)))
}
