/** What stands in a page where a figure would, when its block has errors: where, what, and what to write. */
import { codeFrame, type PlacedProblem } from '../problem/report.ts'
import type { Words } from '../words/words.ts'
import { element, escapeHtml } from './escape.ts'

/** Most problems shown in a page; the terminal lists all. */
const MOST = 50

export function problemHtml(problems: readonly PlacedProblem[], words: Words): string {
  const items = problems.slice(0, MOST).map((placed) => problemItem(placed, words))
  return `${element(
    'figure',
    { class: 'docker-network docker-network-failed', lang: words.language },
    `${element('figcaption', {}, escapeHtml(words.page.failed(problems.length)))}\n${element('ol', {}, items.join('\n'))}`,
  )}\n`
}

function problemItem({ problem, source }: PlacedProblem, words: Words): string {
  const at = source.position(problem.span.start)
  const kind = problem.severity === 'error' ? words.page.error : words.page.warning
  const frame = codeFrame(source, problem.span)
  return element(
    'li',
    { class: `docker-network-${problem.severity}` },
    [
      element(
        'p',
        {},
        `${escapeHtml(kind)} ${element('code', {}, escapeHtml(problem.code))} ${element('span', { class: 'docker-network-place' }, escapeHtml(`${source.file}:${at.line}:${at.column}`))}`,
      ),
      element('p', {}, escapeHtml(problem.message)),
      frame.length === 0 ? '' : element('pre', { tabindex: 0 }, escapeHtml(frame.join('\n'))),
      problem.hint === null ? '' : element('p', {}, escapeHtml(`${words.page.hint}: ${problem.hint}`)),
      ...problem.related.map((other) => {
        const there = source.position(other.span.start)
        return element('p', {}, escapeHtml(`${other.message} (${source.file}:${there.line}:${there.column})`))
      }),
    ].join(''),
  )
}
