/** Labels, a `<text>` for each line, so that lines stay apart wherever the text is read without the picture. */
import { type Offset, translation } from './finish-shape.ts'
import {
  attribute,
  childrenOf,
  classesOf,
  escapeText,
  find,
  tag,
  textOf,
  type XmlElement,
} from './finish-xml.ts'

/** What Mermaid sets labels in; its rows are given in this unit. */
const EM = 14

type Role = 'name' | 'plain' | 'quiet'

interface Run {
  readonly role: Role
  readonly text: string
}

/** @param anchor - Of the lines, where the label itself does not say. */
export function labelLines(label: XmlElement, origin: Offset, anchor: 'start' | 'middle'): string {
  return textsIn(label, translation(label, origin))
    .map(({ element, offset }) => linesOf(element, offset, anchor))
    .join('')
}

function textsIn(
  element: XmlElement,
  offset: Offset,
): { readonly element: XmlElement; readonly offset: Offset }[] {
  return childrenOf(element).flatMap((child) => {
    const inner = translation(child, offset)
    return child.name === 'text' ? [{ element: child, offset: inner }] : textsIn(child, inner)
  })
}

function linesOf(text: XmlElement, offset: Offset, anchor: 'start' | 'middle'): string {
  const rows = find(text, (element) => element.name === 'tspan')
  return rows
    .map((row) => {
      const runs = runsOf(row)
      if (runs.length === 0) return ''
      const place = {
        x: tenth(offset.x + (Number(attribute(row, 'x')) || 0)),
        y: tenth(offset.y + em(attribute(row, 'y')) + em(attribute(row, 'dy'))),
        'text-anchor': anchor === 'middle' ? 'middle' : null,
      }
      const [only] = runs
      const same = runs.every((run) => run.role === only?.role)
      const content = same
        ? escapeText(runs.map((run) => run.text).join(''))
        : runs.map((run) => tag('tspan', { class: roleClass(run.role) }, escapeText(run.text))).join('')
      return `\n${tag('text', { ...place, class: same && only ? roleClass(only.role) : null }, content)}`
    })
    .join('')
}

const roleClass = (role: Role): string | null => (role === 'plain' ? null : role)

/** Mermaid sets every word apart; words of one role come together. */
function runsOf(row: XmlElement): Run[] {
  const words = childrenOf(row).filter((child) => classesOf(child).includes('text-inner-tspan'))
  const pieces = words.length
    ? words.map((word): Run => ({ role: roleOf(word), text: textOf(word) }))
    : [{ role: 'plain' as const, text: textOf(row) }]
  const runs: { role: Role; text: string }[] = []
  for (const { role, text } of pieces) {
    const last = runs.at(-1)
    if (last?.role === role) last.text += text
    else if (text.trim() !== '' || last) runs.push({ role, text })
  }
  return runs.some((run) => run.text.trim() !== '') ? runs : []
}

function roleOf(word: XmlElement): Role {
  if (attribute(word, 'font-weight') === 'bold') return 'name'
  return attribute(word, 'font-style') === 'italic' ? 'quiet' : 'plain'
}

const em = (value: string): number => (Number.parseFloat(value) || 0) * (value.endsWith('em') ? EM : 1)
const tenth = (value: number): number => Math.round(value * 10) / 10
