/**
 * A figure as HTML that is complete by itself: drawing, caption, legend, and folded out the addresses, the
 * description and the Mermaid source. No script, no style attribute: it stands under a strict Content-Security-Policy.
 */
import type { AddressRow, Figure, FigureWay, LegendEntry } from '../figure/figure.ts'
import type { TableWords, Words } from '../words/words.ts'
import { element, escapeHtml, openTag } from './escape.ts'

/** The picture itself. */
export type Drawing =
  /** Inline. The text of one `<svg>` element that is safe already. */
  | { readonly kind: 'svg'; readonly svg: string }
  | { readonly kind: 'img'; readonly src: string; readonly width: number; readonly height: number }
  /** The Mermaid text, for a page that loads Mermaid, or that has nothing better. */
  | { readonly kind: 'mermaid' }

/** `auto` follows the reader's preference and a `data-theme` on the page. */
export const THEMES = ['auto', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

export interface FigureHtmlOptions {
  /** Unique in its page; the ids of the figure begin with it. */
  readonly id: string
  /** Further classes, with blanks between them. */
  readonly classes?: string | undefined
  readonly mermaid: string
  readonly words: Words
  /** `auto` follows the reader's preference and the page's `data-theme`. */
  readonly theme: Theme
}

/** @param drawing HTML of the picture, from `drawingHtml` or a host's own. */
export function figureHtml(figure: Figure, drawing: string, options: FigureHtmlOptions): string {
  const { id, words } = options
  // A name that stands for none says nothing that the drawing does not.
  const below = `${escapeHtml(figure.caption)}${legendHtml(figure)}`
  return [
    openTag('figure', {
      class: `docker-network docker-network-${figure.view}${options.classes ? ` ${options.classes}` : ''}`,
      id,
      lang: words.language,
      'data-theme': options.theme === 'auto' ? null : options.theme,
    }),
    ...figure.lights.map(({ mark }) =>
      element('span', { class: `dn-at dn-${mark}`, id: `${id}-${mark}` }, ''),
    ),
    element('div', { class: 'docker-network-drawing', ...scrolling(figure, drawing) }, drawing),
    ...(below === '' ? [] : [element('figcaption', {}, below)]),
    ...figure.ways.map((way) => wayHtml(way, words)),
    detailsHtml(figure, options),
    '</figure>\n',
  ].join('\n')
}

/**
 * Focusable, so that a drawing wider than a phone can be scrolled by keyboard. A picture of ours fits its column and has
 * its own name: there is nothing to stop at.
 */
const scrolling = (figure: Figure, drawing: string): Readonly<Record<string, string | number>> =>
  /^<svg [^>]*class="docker-network-picture\b/.test(drawing)
    ? {}
    : { role: 'group', tabindex: 0, 'aria-label': figure.title }

export function drawingHtml(figure: Figure, drawing: Drawing, options: FigureHtmlOptions): string {
  switch (drawing.kind) {
    case 'svg':
      return drawing.svg
    case 'img':
      return openTag('img', {
        src: drawing.src,
        width: Math.ceil(drawing.width),
        height: Math.ceil(drawing.height),
        alt: figure.title,
        'aria-describedby': `${options.id}-description`,
      })
    case 'mermaid':
      return element('pre', { class: 'mermaid' }, escapeHtml(options.mermaid))
    default:
      return drawing satisfies never
  }
}

function legendHtml(figure: Figure): string {
  if (figure.legend.length === 0) return ''
  const entries = figure.legend.map((entry) =>
    element('li', {}, `${swatchHtml(entry)}${escapeHtml(entry.text)}`),
  )
  return element('ul', { class: 'docker-network-legend' }, entries.join(''))
}

const swatchHtml = (entry: LegendEntry): string =>
  entry.swatch === 'none'
    ? ''
    : element(
        'span',
        { class: `docker-network-swatch ${entry.swatch} ${entry.kind}`, 'aria-hidden': 'true' },
        '',
      )

function wayHtml(way: FigureWay, words: Words): string {
  const hops = way.hops.map((hop) => element('li', { value: hop.number }, escapeHtml(hop.text)))
  return element(
    'div',
    { class: way.reached ? 'docker-network-way' : 'docker-network-way docker-network-way-dropped' },
    `${element('p', {}, `${way.letter === '' ? '' : `<b>${way.letter}</b> `}${escapeHtml(words.description.way(way.text, way.reached))}`)}${element('ol', {}, hops.join(''))}`,
  )
}

function detailsHtml(figure: Figure, options: FigureHtmlOptions): string {
  const { id, words } = options
  const description = figure.description.map((sentence) => element('li', {}, escapeHtml(sentence)))
  return element(
    'details',
    { class: 'docker-network-details' },
    [
      element('summary', {}, escapeHtml(words.page.details)),
      addressTableHtml(figure.addresses, words.table, id),
      element('p', { class: 'docker-network-heading' }, escapeHtml(words.page.descriptionHeading)),
      element('ul', { id: `${id}-description`, class: 'docker-network-description' }, description.join('')),
      element('p', { class: 'docker-network-heading' }, escapeHtml(words.page.source)),
      listingHtml('docker-network-source', 'mermaid', options.mermaid),
    ].join('\n'),
  )
}

/**
 * A text in its own lines. The language stands on both elements, as highlighters write it: themes put the ground on the
 * outer one and the letters' colour on the inner one, and one without the other is white on white.
 */
export function listingHtml(name: string, language: string, text: string, id: string | null = null): string {
  const named = `language-${language}`
  return element(
    'pre',
    { id, class: `${name} ${named}`, tabindex: 0 },
    element('code', { class: named }, escapeHtml(text)),
  )
}

/** @param id Of the figure, whose parts the rows then link to. */
export function addressTableHtml(rows: readonly AddressRow[], words: TableWords, id = ''): string {
  if (rows.length === 0) return ''
  const { head, rows: cells } = addressColumns(rows, words)
  const body = rows.map((row, index) =>
    element(
      'tr',
      { class: `docker-network-${row.certainty}${row.mark === '' ? '' : ` dn-${row.mark}`}` },
      (cells[index] ?? []).map((cell) => cellHtml(cell, row, words, id)).join(''),
    ),
  )
  const headings = head.map(({ text }) => element('th', { scope: 'col' }, escapeHtml(text)))
  return element(
    'div',
    { class: 'docker-network-scroll', role: 'group', tabindex: 0, 'aria-label': words.caption },
    element(
      'table',
      { class: 'docker-network-addresses' },
      `${element('caption', {}, escapeHtml(words.caption))}<thead><tr>${headings.join('')}</tr></thead>\n<tbody>${body.join('\n')}</tbody>`,
    ),
  )
}

/** A cell of the table of addresses; code is what a terminal shows or takes. */
export interface AddressCell {
  readonly text: string
  readonly isCode: boolean
  readonly isOwner: boolean
  /** `true` of an address that Docker leaves to chance. */
  readonly isOpen: boolean
}

/** The table of addresses as text: hosts only where there are several. */
export function addressColumns(
  rows: readonly AddressRow[],
  words: TableWords,
): { readonly head: readonly AddressCell[]; readonly rows: readonly (readonly AddressCell[])[] } {
  const hosts = new Set(rows.map((row) => row.host)).size > 1
  const word = (text: string): AddressCell => ({ text, isCode: false, isOwner: false, isOpen: false })
  const columns = <T>(network: T, host: T, owner: T, address: T, certainty: T): readonly T[] => [
    network,
    ...(hosts ? [host] : []),
    owner,
    address,
    certainty,
  ]
  const { network, host, owner, address, certainty } = words
  return {
    head: columns(network, host, owner, address, certainty).map(word),
    rows: rows.map((row) =>
      columns(
        word(row.network),
        word(row.host),
        { ...word(`${row.owner} ${roleWord(row, words)}`), isOwner: true },
        { ...word(row.address), isCode: true, isOpen: row.certainty === 'one-of-several' },
        word(certaintyWord(row, words)),
      ),
    ),
  }
}

function cellHtml(cell: AddressCell, row: AddressRow, words: TableWords, id: string): string {
  if (cell.isOwner) {
    const name = escapeHtml(row.owner)
    const linked = id === '' || row.mark === '' ? name : element('a', { href: `#${id}-${row.mark}` }, name)
    return element('th', { scope: 'row' }, `${linked} ${roleHtml(row, words)}`)
  }
  const text = escapeHtml(cell.text)
  const mark = cell.isOpen ? ' †' : ''
  return element('td', {}, `${cell.isCode && cell.text !== '' ? element('code', {}, text) : text}${mark}`)
}

function roleHtml(row: AddressRow, words: TableWords): string {
  return element('small', {}, escapeHtml(roleWord(row, words)))
}

function roleWord(row: AddressRow, words: TableWords): string {
  switch (row.role) {
    case 'container':
      return words.roles.container
    case 'task':
      return words.roles.task
    case 'load-balancer':
      return words.roles.loadBalancer
    case 'gateway':
      return words.roles.gateway
    case 'vip':
      return words.roles.vip
    default:
      return row.role satisfies never
  }
}

function certaintyWord(row: AddressRow, words: TableWords): string {
  switch (row.certainty) {
    case 'declared':
      return words.declared
    case 'computed':
      return words.computed
    case 'one-of-several':
      return words.oneOfSeveral
    default:
      return row.certainty satisfies never
  }
}
