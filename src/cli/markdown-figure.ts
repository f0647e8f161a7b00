/** A block as Markdown: its picture, caption, ways and addresses, in the form that a host wants. */
import { addressColumns, addressTableHtml, drawingHtml, figureHtml } from '../html/figure-html.ts'
import { type StepHtml, stepsHtml } from '../html/steps-html.ts'
import { escaped, flat, isPlainCode } from '../markdown-it/escape-value.ts'
import type { Drawn } from '../markdown-it/post.ts'
import { listingOf } from '../markdown-it/rewrite.ts'
import { wordsFor } from '../words/words-for.ts'
import type { Block } from './input.ts'
import type { Form, MarkdownHost } from './markdown-hosts.ts'

export interface FigureImage {
  /** As it stands in the text. */
  readonly src: string
  readonly width: number
  readonly height: number
}

/**
 * @param id Begins every id of the block.
 * @param imageOf Image of a picture of the block; `key` tells it from the block's others, `''` where it is the only
 * one. `null` where the host draws.
 */
export function blockMarkdown(
  block: Block,
  host: MarkdownHost,
  id: string,
  imageOf: ((drawn: Drawn, key: string) => FigureImage) | null,
): string {
  const { show, language } = block
  const figureOf = (drawn: Drawn, key: string): string =>
    figureMarkdown(block, drawn, host.form, `${id}${key}`, imageOf?.(drawn, key) ?? null)
  switch (show.kind) {
    case 'print':
      return listingOf(show.text, show.language, host.form === 'html' || host.form === 'image')
    case 'figure':
      return figureOf(show.compiled, '')
    case 'steps': {
      const steps = show.steps.map((one, at) => ({ ...one, figure: figureOf(one.compiled, `-${at + 1}`) }))
      return host.form === 'html'
        ? withoutBlankLines(stepsHtml(steps, id, wordsFor(language)))
        : steps.map((one) => stepMarkdown(one, language)).join('\n\n')
    }
    case 'hidden':
    case 'problems':
      return ''
    default:
      return show satisfies never
  }
}

function stepMarkdown({ step, command, changes, figure }: StepHtml, language: string): string {
  const heading = `**${text(wordsFor(language).change.step(step))}** ${code(command)}`.trimEnd()
  const said = changes.map((change) => `- ${text(change)}`).join('\n')
  return [heading, said, figure].filter((part) => part !== '').join('\n\n')
}

function figureMarkdown(
  block: Block,
  compiled: Drawn,
  form: Form,
  id: string,
  image: FigureImage | null,
): string {
  if (form === 'html') return html(block, compiled, id, image)
  const { figure } = compiled
  const words = wordsFor(block.language)
  const picture =
    form === 'mermaid' || image === null
      ? listingOf(withoutSettings(compiled.mermaid), 'mermaid', false)
      : `![${text(figure.title)}](${image.src})`
  const ways = figure.ways.map((way) =>
    [
      `${way.letter === '' ? '' : `**${way.letter}** `}${text(words.description.way(way.text, way.reached))}`,
      '',
      ...way.hops.map((hop) => `${hop.number}. ${text(hop.text)}`),
    ].join('\n'),
  )
  const notes = figure.legend.filter(({ swatch }) => swatch === 'none').map((entry) => text(entry.text))
  const caption = figure.caption === '' ? figure.title : figure.caption
  return [
    picture,
    [`*${text(caption)}*`, ...notes].join(' · '),
    ...ways,
    addresses(compiled, form, block.language),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function addresses({ figure }: Drawn, form: Form, language: string): string {
  const { page, table } = wordsFor(language)
  if (figure.addresses.length === 0) return ''
  if (form === 'image')
    return `<details class="docker-network-details">\n<summary>${escaped(table.caption)}</summary>\n${addressTableHtml(figure.addresses, table)}\n</details>`
  const { head, rows } = addressColumns(figure.addresses, table)
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const lines = [
    line(head.map((cell) => text(cell.text))),
    line(head.map(() => '---')),
    ...rows.map((row) =>
      line(row.map((cell) => `${cell.isCode ? code(cell.text) : text(cell.text)}${cell.isOpen ? ' †' : ''}`)),
    ),
  ].join('\n')
  if (form === 'plain') return `**${text(table.caption)}**\n\n${lines}`
  return `<details>\n<summary>${text(page.addresses)}</summary>\n\n${lines}\n\n</details>`
}

const text = (value: string): string => escaped(flat(value))

const code = (value: string): string =>
  value === '' ? '' : isPlainCode(value) ? `\`${flat(value)}\`` : text(value)

/** The settings are those of our own renderer; a host has its own, and its reader's theme. */
const withoutSettings = (mermaid: string): string => mermaid.replace(/^---\n[\s\S]*?\n---\n/, '')

function html(block: Block, { figure, mermaid }: Drawn, ownId: string, image: FigureImage | null): string {
  const id = block.id ?? ownId
  const { classes, language, theme } = block
  const options = { id, classes, mermaid, words: wordsFor(language), theme }
  const drawing =
    image === null
      ? drawingHtml(figure, { kind: 'mermaid' }, options)
      : drawingHtml(figure, { kind: 'img', ...image }, options)
  return withoutBlankLines(figureHtml(figure, drawing, options))
}

/** A blank line would end the HTML block and begin a paragraph. */
const withoutBlankLines = (html: string): string => html.replace(/\n\s*\n/g, '\n')
