/** What each code means and what to write, for the pages of the documentation. */
import { PROBLEM_CODES, type ProblemCode, type Severity } from './code.ts'
import { CODES_TABLE } from './codes-table.ts'

/** Where a problem comes from: the text of a block, a command, Docker's rules, a swarm, a post around it … */
export const CODE_GROUPS = ['text', 'command', 'docker', 'swarm', 'hint', 'figure', 'post'] as const
export type CodeGroup = (typeof CODE_GROUPS)[number]

export interface CodeEntry {
  readonly code: ProblemCode
  readonly severity: Severity
  readonly group: CodeGroup
  readonly meaning: { readonly en: string; readonly ko: string }
  readonly remedy: { readonly en: string; readonly ko: string }
  /** A block that has the problem; `null` where one block alone cannot. */
  readonly example: string | null
}

/** All codes, by code, in the order of the pages. */
export function codeEntries(): ReadonlyMap<string, CodeEntry> {
  const lines = new Map(CODES_TABLE.split('\n').map((line) => [line.slice(0, line.indexOf(' ')), line]))
  return new Map(PROBLEM_CODES.map((code) => [code, codeEntry(code, lines.get(code) ?? '')]))
}

function codeEntry(code: ProblemCode, line: string): CodeEntry {
  const [, severity, group, en = '', ko = '', remedyEn = '', remedyKo = '', ...example] = line.split(' | ')
  const text = example.join(' | ')
  return {
    code,
    severity: severity === 'warning' ? 'warning' : 'error',
    group: CODE_GROUPS.find((known) => known === group) ?? 'text',
    meaning: { en, ko },
    remedy: { en: remedyEn, ko: remedyKo },
    example: text === '!' ? null : text.replaceAll('↵', '\n'),
  }
}
