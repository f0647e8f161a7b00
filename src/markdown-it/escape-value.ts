/**
 * Values in Markdown. A value is text, whatever its letters mean to Markdown, to HTML, or to the template language of
 * whoever reads the result next: it comes from a compose file that the writer of the post may not have written.
 */
import { escapeHtml } from '../html/escape.ts'
import { cleanLine } from '../problem/clean.ts'

const reference = (letter: string): string => `&#${letter.codePointAt(0)};`

/** A value on one line, as in Markdown and HTML any run of white space is one blank. */
export const flat = (value: string): string => cleanLine(value.replace(/\s+/g, ' '))

/**
 * Text of Markdown or HTML, both of which know references of letters. Signs of names and addresses stay as they are,
 * but for those of which other readers of Markdown make a link.
 */
export const escaped = (text: string): string =>
  text.replace(/[^\p{L}\p{M}\p{N} .,:/+=-]/gu, reference).replace(/\/(?=\/)|\.(?=\p{L}\p{L})/gu, reference)

/**
 * In running text, a heading, a table, a link's text, an attribute in quotes.
 *
 * @param begins Whether the value is the first thing on its line, where more letters have a meaning.
 */
export function inProse(value: string, begins: boolean): string {
  const written = escaped(flat(value)).replace(/^ | $/g, '&#32;')
  if (!begins) return written
  return written.replace(/^[ :+=-]/, reference).replace(/^(\d{1,9})\.(?= |$)/, '$1&#46;')
}

/** Also those letters that `encodeURIComponent` leaves, which end an address in Markdown or an attribute. */
const percent = (letter: string): string =>
  /[!'()*]/.test(letter) ? `%${letter.charCodeAt(0).toString(16).toUpperCase()}` : encodeURIComponent(letter)

/**
 * In the address of a link.
 *
 * @param begins Whether the address begins with it: then it is no scheme and no other host.
 */
export function inAddress(value: string, begins: boolean): string {
  const written = flat(value).replace(/[^\w./:~-]/gu, percent)
  if (!begins) return written
  const relative = written.replace(/^\/+/, (slashes) => '%2F'.repeat(slashes.length)).replaceAll(':', '%3A')
  // A template language would read <% where the address stands in angles.
  return relative.replace(/^%/, '&#37;')
}

/** Where it would be run, or read as style: nothing but what no program takes for more than letters. */
export const attributeValue = (value: string): string => flat(value).replace(/[^\p{L}\p{N} .:/_-]/gu, '_')

/** Between tags, or in an attribute in quotes. */
export const htmlText = (value: string): string => escapeHtml(flat(value))

/** Whether a value can stand between backticks as it is, and does no harm should they be none. */
export const isPlainCode = (value: string): boolean => /^[\p{L}\p{M}\p{N} ./:,@=+()#_-]*$/u.test(value)

/** Whether a listing with this value has to be HTML: most template languages begin with one of these. */
export const looksLikeTemplate = (text: string): boolean => /\{[{%#]|<[%?]|[$#]\{/.test(text)
