/** A shell line as words. Nothing of the shell is run: variables stay as they are, substitutions are dropped. */
import { parse } from 'shell-quote'

export interface ShellLine {
  /** Simple commands in order, joined by `;` or `&&`; what follows `||` or `&` is left out. */
  readonly commands: readonly ShellCommand[]
  /** Why a shell would run none of it. */
  readonly fault: ShellFault | null
}
export interface ShellFault {
  readonly message: string
  readonly hint: string
}
export interface ShellCommand {
  readonly words: readonly string[]
  /** `$(…)` or backticks as written: not run, so the words they would give are missing. */
  readonly substitutions: readonly string[]
  /** First words of the commands it is piped into. */
  readonly pipedInto: readonly (readonly string[])[]
}

type Token =
  | string
  | { readonly op: string }
  | { readonly op: 'glob'; readonly pattern: string }
  | { readonly comment: string }

/** Nothing in such a line means anything to a shell but the blanks. */
const BARE_WORDS = /^[\w가-힣 ./:,=@+-]*$/

export function splitShell(text: string): ShellLine {
  if (BARE_WORDS.test(text)) return bareWords(text)
  const joined = text.replaceAll(/\\\r?\n[ \t]*/g, ' ')
  const quote = findOpenQuote(joined)
  if (quote !== null) {
    const message = `unexpected end of command while looking for matching ${quote}`
    return { commands: [], fault: { message, hint: `Close the quote ${quote}.` } }
  }
  const tokens = tokensOf(joined)
  if (tokens === null) {
    const hint = 'Write a name between the braces, or single quotes around the text.'
    return { commands: [], fault: { message: 'bad substitution', hint } }
  }
  const commands: ShellCommand[] = []
  let words: string[] = []
  let substitutions: string[] = []
  let piped: string[][] = []
  let target: string[] = words
  const finish = (): void => {
    if (words.length > 0 || substitutions.length > 0)
      commands.push({ words, substitutions, pipedInto: piped })
    words = []
    substitutions = []
    piped = []
    target = words
  }
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]
    if (token === undefined) continue
    if (typeof token === 'string') {
      const end = substitutionEnd(tokens, i)
      if (end === null) target.push(token)
      else {
        substitutions.push(
          tokens
            .slice(i, end + 1)
            .map(tokenText)
            .join(' '),
        )
        i = end
      }
    } else if ('comment' in token) break
    else if ('pattern' in token) target.push(token.pattern)
    else if (token.op === '||' || token.op === '&') {
      finish()
      return { commands, fault: null }
    } else if (token.op === ';' || token.op === '&&') finish()
    else if (token.op === '|' || token.op === '|&') {
      target = []
      piped.push(target)
    } else if (token.op.includes('>') || token.op.includes('<')) {
      // The word after a redirection is its file; a digit in front is the stream.
      if (/^[0-9]$/.test(target.at(-1) ?? '')) target.pop()
      i += 1
    }
  }
  finish()
  return { commands, fault: null }
}

/** What `parse` would give, several times as fast: most commands of most posts are such lines. */
function bareWords(text: string): ShellLine {
  const words: string[] = []
  for (let start = 0; start < text.length; ) {
    const blank = text.indexOf(' ', start)
    const end = blank < 0 ? text.length : blank
    if (end > start) words.push(text.slice(start, end))
    start = end + 1
  }
  return {
    commands: words.length === 0 ? [] : [{ words, substitutions: [], pipedInto: [] }],
    fault: null,
  }
}

/** `null` for `${}`, and for `${` without its end: the only texts the library throws at. */
function tokensOf(text: string): readonly Token[] | null {
  try {
    return parse(text, (name) => `$${name}`)
  } catch {
    return null
  }
}

/** Index of the last token of a substitution that begins at `start`, or `null`. */
function substitutionEnd(tokens: readonly Token[], start: number): number | null {
  const first = tokens[start]
  if (typeof first !== 'string') return null
  const next = tokens[start + 1]
  if (first.endsWith('$') && isOp(next, '(')) {
    let depth = 0
    for (let i = start + 1; i < tokens.length; i++) {
      if (isOp(tokens[i], '(')) depth += 1
      else if (isOp(tokens[i], ')')) {
        depth -= 1
        if (depth === 0) return i
      }
    }
    return tokens.length - 1
  }
  if (!first.startsWith('`')) return null
  for (let i = start; i < tokens.length; i++) {
    const token = tokens[i]
    if (typeof token === 'string' && token.endsWith('`') && (i > start || token.length > 1)) return i
  }
  return null
}

function isOp(token: Token | undefined, op: string): boolean {
  return typeof token === 'object' && 'op' in token && token.op === op
}

function tokenText(token: Token): string {
  if (typeof token === 'string') return token
  if ('comment' in token) return ''
  return 'pattern' in token ? token.pattern : token.op
}

function findOpenQuote(text: string): string | null {
  let open = ''
  for (let i = 0; i < text.length; i++) {
    const letter = text[i] ?? ''
    if (letter === '\\' && open !== "'") i += 1
    else if (open === '') {
      if (letter === '#' && (i === 0 || /\s/.test(text[i - 1] ?? ''))) return null
      if (letter === '"' || letter === "'") open = letter
    } else if (letter === open) open = ''
  }
  return open === '' ? null : open
}
