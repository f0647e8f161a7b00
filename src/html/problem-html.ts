/** What stands in a page where a figure would, when its block has errors: where, what, and what to write. */

import { wordsIn } from '../problem/in-language.ts'
import { codeFrame, narrowed, type PlacedProblem, placeText } from '../problem/report.ts'
import type { Words } from '../words/words.ts'
import { element, escapeHtml } from './escape.ts'

/** Most problems shown in a page; the terminal lists all. */
const MOST = 50

/** @param pageOf Address of the page on a code, where the site has such pages. */
export function problemHtml(
  problems: readonly PlacedProblem[],
  words: Words,
  pageOf: ((code: string) => string) | null = null,
): string {
  const items = problems.slice(0, MOST).map((placed) => problemItem(placed, words, pageOf))
  const errors = problems.filter(({ problem }) => problem.severity === 'error').length
  const heading = errors > 0 ? words.page.failed(errors) : words.page.warned(problems.length)
  return `${element(
    'figure',
    {
      class: `docker-network docker-network-${errors > 0 ? 'failed' : 'warned'}`,
      lang: words.language,
    },
    `${element('figcaption', {}, escapeHtml(heading))}\n${element('ol', {}, items.join('\n'))}`,
  )}\n`
}

/** Stands where a figure of a model would whose problems are shown where the model is. */
export const toldHtml = (model: string, words: Words): string =>
  `${element(
    'figure',
    { class: 'docker-network docker-network-failed', lang: words.language },
    element('figcaption', {}, escapeHtml(words.page.modelFailed(model))),
  )}\n`

function problemItem(
  { problem, source }: PlacedProblem,
  words: Words,
  pageOf: ((code: string) => string) | null,
): string {
  const said = wordsIn(problem, words.language)
  const named = element('code', {}, escapeHtml(problem.code))
  const code = pageOf === null ? named : element('a', { href: pageOf(problem.code) }, named)
  const kind = problem.severity === 'error' ? words.page.error : words.page.warning
  const frame = narrowed(source, problem.span).source.quotable
    ? codeFrame(source, problem.span, problem.code)
    : []
  return element(
    'li',
    { class: `docker-network-${problem.severity}` },
    [
      element(
        'p',
        {},
        `${escapeHtml(kind)} ${code} ${element('span', { class: 'docker-network-place' }, escapeHtml(placeText(source, problem.span)))}`,
      ),
      element('p', {}, escapeHtml(said.message)),
      frame.length === 0 ? '' : element('pre', { tabindex: 0 }, escapeHtml(frame.join('\n'))),
      element('p', {}, escapeHtml(`${words.page.hint}: ${said.hint}`)),
      ...problem.related.map(({ span }, index) =>
        element('p', {}, escapeHtml(`${said.related[index] ?? ''} (${placeText(source, span)})`)),
      ),
    ].join(''),
  )
}
