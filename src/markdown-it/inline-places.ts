/** Where in a paragraph a place is: what markdown-it knows of its tokens, but does not say in offsets. */

export interface CodeSpan {
  /** Offsets of the first backtick and behind the last. */
  readonly start: number
  readonly end: number
  /** Backticks on each side. */
  readonly ticks: number
}

/** What stands between backticks, in order. @see CommonMark 6.1 */
export function codeSpans(text: string): readonly CodeSpan[] {
  const runs = [...text.matchAll(/\\`|`+/g)]
    .filter(([run]) => !run.startsWith('\\'))
    .map((match) => ({ at: match.index, ticks: match[0].length }))
  const next = new Map<number, number>()
  const partner: (number | undefined)[] = []
  for (let i = runs.length - 1; i >= 0; i--) {
    const { ticks } = runs[i] ?? { ticks: 0 }
    partner[i] = next.get(ticks)
    next.set(ticks, i)
  }
  const spans: CodeSpan[] = []
  for (let i = 0; i < runs.length; ) {
    const open = runs[i]
    const close = runs[partner[i] ?? -1]
    if (open !== undefined && close !== undefined) {
      spans.push({ start: open.at, end: close.at + close.ticks, ticks: open.ticks })
      i = (partner[i] ?? i) + 1
    } else i += 1
  }
  return spans
}

const ADDRESSES: readonly RegExp[] = [
  // [text](address), [label]: address
  /\]\([ \t]*<?([^\s()<>]*)$/,
  /^[ \t>]*\[[^\]\n]+\]:[ \t]*<?([^\s<>]*)$/m,
  // <scheme:address>
  /<([a-z][a-z0-9+.-]*:[^\s<>]*)$/i,
  // An attribute of HTML that is an address.
  /\b(?:href|src|srcset|action|formaction|poster|cite|data|xlink:href)[ \t]*=[ \t]*["']?([^"'\s<>]*)$/i,
]

/**
 * Whether what follows `before` is in the address of a link, and whether the address begins there.
 *
 * @param before The last letters before the place.
 */
export function isAddress(before: string): { readonly begins: boolean } | null {
  for (const form of ADDRESSES) {
    const found = form.exec(before)
    if (found !== null) return { begins: found[1] === '' }
  }
  return null
}

/** Whether what follows is in an attribute of HTML that is run, or read as style: no reference of a letter protects it. */
export function isProgram(before: string): boolean {
  return /\s(?:on\w+|style)[ \t]*=[ \t]*(?:"[^"]*|'[^']*|[^\s"'>]*)$/i.test(before)
}
