/** The page of one file: its figures in every view, prints, plan and problems, as HTML. */
import { type Compiled, drawPlanned } from '../compile.ts'
import { element, escapeHtml, openTag } from '../html/escape.ts'
import { drawingHtml, figureHtml } from '../html/figure-html.ts'
import { problemHtml } from '../html/problem-html.ts'
import { stepsHtml } from '../html/steps-html.ts'
import type { Input, InputBlock } from '../input/input.ts'
import { drawPicture } from '../picture/draw.ts'
import { planJson } from '../plan/json.ts'
import { VIEWS, type View } from '../topology/topology.ts'
import { wordsFor } from '../words/words-for.ts'
import type { PreviewWords } from './words.ts'

/** One of the files that are served. */
export interface ServedFile {
  /** As problems name it, and as the page's address does. */
  readonly name: string
  /** `null` when it cannot be read. */
  readonly input: Input | null
}

type DrawnFigure = Extract<Compiled, { readonly ok: true }>

function drawHtml({ figure, mermaid, scene }: DrawnFigure, id: string, language: string): string {
  const options = { id, mermaid, words: wordsFor(language), theme: 'auto' as const }
  const { svg } = drawPicture(scene, `${id}-drawing`)
  return figureHtml(figure, drawingHtml(figure, { kind: 'svg', svg }, options), options)
}

/** The whole page. `main` alone changes when the file does. */
export function previewPage(main: string, title: string, words: PreviewWords): string {
  return `<!doctype html>
<html lang="${words.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)} – ${escapeHtml(words.title)}</title>
<link rel="stylesheet" href="/assets/docker-network.css">
<link rel="stylesheet" href="/preview.css">
<script type="module" src="/preview.js"></script>
</head>
<body data-connected="${escapeHtml(words.connected)}" data-ended="${escapeHtml(words.ended)}">
<header><h1>${escapeHtml(title)}</h1><p id="state" role="status"></p></header>
<main>
${main}
</main>
</body>
</html>
`
}

/** A list of files, each a link to its page, with how much is wrong in it. */
export function filesHtml(files: readonly ServedFile[], words: PreviewWords): string {
  const items = files.map(({ name, input }) => {
    const link = element('a', { href: fileAddress(name) }, escapeHtml(name))
    const wrong = input?.problems.length ?? 0
    return element('li', {}, wrong === 0 ? link : `${link} ${element('small', {}, words.count(wrong))}`)
  })
  return `${element('h2', {}, escapeHtml(words.files))}\n${element('ul', { class: 'files' }, items.join('\n'))}`
}

export const fileAddress = (name: string): string => `/file?name=${encodeURIComponent(name)}`

/** @param first Ids of the tabs that are seen; the others come without their contents. All of them unless given. */
export function fileHtml(
  file: ServedFile,
  words: PreviewWords,
  first: ReadonlySet<string> | null = null,
): string {
  const { name, input } = file
  if (input === null) return element('p', {}, escapeHtml(words.unreadable(name)))
  const blocks = input.blocks.map((block, index) => blockHtml(block, index + 1, words, first))
  const problems =
    input.problems.length === 0
      ? ''
      : `${element('h2', {}, escapeHtml(words.problems))}\n${problemHtml(input.problems, wordsFor(words.language))}`
  const shown = blocks.length === 0 ? [element('p', {}, escapeHtml(words.nothing))] : blocks
  return [problems, ...shown].filter((part) => part !== '').join('\n')
}

function blockHtml(
  block: InputBlock,
  number: number,
  words: PreviewWords,
  first: ReadonlySet<string> | null,
): string {
  const { show, written } = block
  const line = (written.info ?? written.body).source.position(0).line
  const heading = element('h2', {}, escapeHtml(words.block(number, line)))
  const panels = show.kind === 'print' ? [printPanel(show.text)] : viewPanels(block, number)
  const plan = block.planned?.plan ?? null
  if (plan !== null)
    panels.push({ name: words.plan, html: () => preHtml(JSON.stringify(planJson(plan, []), null, 2)) })
  return element('section', {}, `${heading}\n${tabsHtml(panels, `b${number}`, first)}`)
}

interface Panel {
  readonly name: string
  /** Made when it is asked for: most are not looked at. */
  html(): string
}

const preHtml = (text: string): string => element('pre', { tabindex: 0 }, escapeHtml(text))
const printPanel = (text: string): Panel => ({ name: 'print', html: () => preHtml(text) })

/** The view that the block shows first, then the others. */
function viewPanels(block: InputBlock, number: number): Panel[] {
  const { show, planned, language } = block
  if (show.kind === 'steps') return [stepsPanel(show.steps, `b${number}`, language)]
  if (show.kind !== 'figure' || planned === null) return []
  const own = show.compiled.figure.view
  return [own, ...VIEWS.filter((other) => other !== own)].map((view) => ({
    name: view,
    html: () => {
      const compiled = view === own ? show.compiled : drawn(block, view)
      return compiled === null ? '' : drawHtml(compiled, `b${number}-${view}`, language)
    },
  }))
}

type Steps = Extract<InputBlock['show'], { readonly kind: 'steps' }>['steps']

function stepsPanel(steps: Steps, id: string, language: string): Panel {
  const words = wordsFor(language)
  const figures = () =>
    steps.map(({ compiled, ...one }) => ({
      ...one,
      figure: drawHtml(compiled, `${id}-${one.step}`, language),
    }))
  return { name: words.change.steps, html: () => stepsHtml(figures(), `${id}-steps`, words) }
}

function drawn({ planned, language }: InputBlock, view: View): DrawnFigure | null {
  if (planned === null) return null
  const compiled = drawPlanned(planned, { language, figure: { view } })
  return compiled.ok ? compiled : null
}

/** Tabs of radio buttons, which need no script. */
function tabsHtml(panels: readonly Panel[], id: string, first: ReadonlySet<string> | null): string {
  const tabs = panels.map(({ name, html }, index) => {
    const tab = `${id}-tab-${index}`
    const radio = openTag('input', { type: 'radio', name: id, id: tab, checked: index === 0 ? '' : null })
    return `${radio}${element('label', { for: tab }, escapeHtml(name))}${element('div', { class: 'panel' }, first === null || first.has(tab) ? html() : '')}`
  })
  return element('div', { class: 'tabs' }, tabs.join('\n'))
}
