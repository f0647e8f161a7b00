/**
 * Figures of several steps in one place, one of them to be seen at a time: radio buttons and the stylesheet do it, no
 * script. On paper, and where there is no stylesheet, they stand one below the other.
 */
import type { Words } from '../words/words.ts'
import { element, escapeHtml, openTag } from './escape.ts'

export interface StepHtml {
  readonly step: number
  /** `''` before the first command. */
  readonly command: string
  readonly changes: readonly string[]
  /** The figure, as `figureHtml` makes it. */
  readonly figure: string
}

/** @param id Unique in its page. */
export function stepsHtml(steps: readonly StepHtml[], id: string, words: Words): string {
  const parts = steps.map(({ step, command, changes, figure }, index) => {
    const button = `${id}-step-${step}`
    const radio = openTag('input', {
      type: 'radio',
      name: `${id}-steps`,
      id: button,
      checked: index === 0 ? '' : null,
      'aria-label': words.change.step(step),
    })
    const said = changes.map((change) => element('li', {}, escapeHtml(change)))
    const code = command === '' ? '' : ` ${element('code', {}, escapeHtml(command))}`
    return [
      radio,
      element('label', { for: button }, String(step)),
      element(
        'div',
        { class: 'docker-network-step' },
        [
          element('p', {}, `${element('b', {}, escapeHtml(words.change.step(step)))}${code}`),
          ...(said.length === 0 ? [] : [element('ul', {}, said.join(''))]),
          figure,
        ].join('\n'),
      ),
    ].join('')
  })
  const attributes = { class: 'docker-network-steps', id, role: 'group', 'aria-label': words.change.steps }
  return `${openTag('div', attributes)}\n${parts.join('\n')}\n</div>\n`
}
