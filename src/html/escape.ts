import { cleanText } from '../problem/clean.ts'

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
  // VitePress and others compile the page as a template, in which two braces begin an expression.
  ['{', '&#123;'],
])

/**
 * Text made safe for element content and for attribute values in quotes of either kind. Characters that neither HTML
 * nor XML may contain are replaced, so that a feed stays well-formed too, and so are those that turn the direction of
 * the letters around them.
 */
export function escapeHtml(text: string): string {
  return cleanText(text).replace(/[&<>"'{]/g, (letter) => ENTITIES.get(letter) ?? letter)
}

/** An element with its content, which is HTML already. Attribute values are escaped; `null` leaves one out. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | null>>,
  content: string,
): string {
  return `${openTag(name, attributes)}${content}</${name}>`
}

export function openTag(name: string, attributes: Readonly<Record<string, string | number | null>>): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === null ? [] : [value === '' ? ` ${key}` : ` ${key}="${escapeHtml(String(value))}"`],
  )
  return `<${name}${written.join('')}>`
}
