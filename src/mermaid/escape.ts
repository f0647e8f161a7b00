import type { Line } from '../figure/figure.ts'

/**
 * Lines as a Mermaid string, quotes included, that shows these lines whatever an author wrote into them.
 *
 * Where every line is harmless it is a markdown string, so that the name is bold and details are slanted. Else it is
 * a plain string: Mermaid drops escaped characters of markdown and prints references to them as they stand, so
 * nothing in a markdown string can be quoted.
 */
export function labelText(lines: readonly Line[]): string {
  const shown = lines.map(({ role, text }): Line => ({ role, text: oneLine(text) }))
  if (shown.every((line) => isHarmless(line.text))) return `"\`${shown.map(markdownLine).join('\n')}\`"`
  return `"${shown.map((line) => lookAlikes(line.text)).join('<br/>')}"`
}

/** Lines as a plain Mermaid string, quotes included. */
export const plainText = (lines: readonly string[]): string => `"${lines.map(statementText).join('<br/>')}"`

/** One line outside of any string, as of `accTitle:`. */
export const statementText = (text: string): string => (isInOrder(text) ? text : lookAlikes(cleaned(text)))

/** Words of a sequence diagram, where a semicolon or a number sign would end them. */
export const sequenceText = (text: string): string => lookAlikes(cleaned(text))

function markdownLine({ role, text }: Line): string {
  switch (role) {
    case 'name':
      return `**${text}**`
    case 'detail':
      return `*${text}*`
    case 'address':
      return text
    default:
      return role satisfies never
  }
}

/** Letters and digits of any script, and the signs of names and addresses. */
const PLAIN_SIGNS =
  /^[\p{L}\p{N}(×][\p{L}\p{M}\p{N} _.,:/()→·…†×①-⑳+=-]*[\p{L}\p{M}\p{N}).…†]$|^[\p{L}\p{N}]$/u
/** Underscores that markdown could pair, list markers, links. */
const MARKDOWN = /(?<![\p{L}\p{N}_])_|_(?![\p{L}\p{N}_])|^\d+[.)](?: |$)|https?:|www\./u

const isHarmless = (line: string): boolean => PLAIN_SIGNS.test(line) && !MARKDOWN.test(line)

const oneLine = (text: string): string => (isInOrder(text) ? text : cleaned(text))

/**
 * Signs of names and addresses with single blanks between them, none of which has a look-alike: there is nothing to
 * do, and it is the usual case.
 */
const IN_ORDER = /^[\w.:/†→·…×①-⑳가-힣(),=+-]+(?: [\w.:/†→·…×①-⑳가-힣(),=+-]+)*$/

const isInOrder = (text: string): boolean => IN_ORDER.test(text) && !text.includes('direction ')

/** White space of any kind is one blank; what cannot be shown, and nothing at all, is an empty box. */
const cleaned = (text: string): string =>
  text
    // Mermaid takes any line with these two words for a statement, in strings too.
    .replace(/(direction)\s+(?=TB|BT|RL|LR|TD)/gu, '$1_')
    .replace(/\s+/gu, ' ')
    .replace(/[\p{Cc}\p{Cs}\p{Co}\p{Cn}\u200B-\u200F\u202A-\u202E\u2060-\u2069]/gu, '□')
    .trim() || '□'

/**
 * Mermaid resolves references in some labels and prints them in others, so a sign it could misread is shown by the
 * one that looks like it.
 */
const LOOK_ALIKES: ReadonlyMap<string, string> = new Map([
  ['"', '”'],
  ['`', '‘'],
  ['&', '＆'],
  ['<', '‹'],
  ['>', '›'],
  ['#', '＃'],
  [';', '；'],
  ['\\', '＼'],
  ['%', '％'],
  ['{', '｛'],
  ['}', '｝'],
])

const lookAlikes = (text: string): string =>
  text.replace(/["`&<>#;\\%{}]/gu, (sign) => LOOK_ALIKES.get(sign) ?? sign)
