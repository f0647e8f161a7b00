/**
 * The playground: a model on the one side, its figure, addresses and Mermaid text on the other, drawn anew as one
 * types. The page stands without this script, with the figure of its first model drawn when the site was built.
 */
import type { Compiled } from '../compile.ts'
import type { FigureHtmlOptions } from '../html/figure-html.ts'
import { download, pngBlob, svgBlob } from './export.ts'
import { decodeModel, encodeModel } from './model-link.ts'
import { type Part, playgroundPage } from './page.ts'
import { plainField, type TextField } from './text-field.ts'
import { playgroundWords } from './words.ts'

const FILE_NAME = 'docker-network'

type Pipeline = typeof import('./pipeline.ts')

/** Loaded at the first change; a load that failed is tried again at the next. */
const pipeline = (): Promise<Pipeline> => import('./pipeline.ts')

async function start(): Promise<void> {
  const language = document.documentElement.lang
  const page = playgroundPage(document)
  const words = playgroundWords(language)
  let field: TextField = plainField(page.model, () => queue())
  let running = false
  let again = false

  const say = (text: string): void => {
    page.status.textContent = text
  }

  /** Draws the model as it is now. A change while one is drawn is drawn right after, the ones between never. */
  const queue = async (): Promise<void> => {
    if (running) {
      again = true
      return
    }
    running = true
    do {
      again = false
      try {
        await update()
      } catch {
        stale(true)
        say(words.notDrawn)
      }
    } while (again)
    running = false
  }

  /** The figure of an earlier text: dimmed, and not to be taken away, so that nobody takes it for this one's. */
  const stale = (is: boolean): void => {
    page.output.classList.toggle('stale', is)
    page.output.inert = is
    for (const [part, button] of page.buttons) button.disabled = is && part !== 'copy-link'
  }

  const update = async (): Promise<void> => {
    const begun = performance.now()
    const source = field.text()
    const parts = await pipeline()
    const view = parts.VIEWS.find((known) => known === page.view.value) ?? null
    const compiled = parts.compile(source, { language, figure: { view } })
    field.showProblems(compiled.problems)
    showProblems(source, compiled, parts)
    if (compiled.ok) draw(compiled, parts)
    performance.measure('docker-network:update', { start: begun })
  }

  const showProblems = (source: string, compiled: Compiled, parts: Pipeline): void => {
    const { problems } = compiled
    const figureWords = parts.wordsFor(language)
    const file = parts.fileSource(words.editor, source, true)
    const placed = problems.map((problem) => ({ problem, source: file }))
    const pageOf = (code: string): string => `${page.problemPages}${code}/`
    page.problems.innerHTML = problems.length === 0 ? '' : parts.problemHtml(placed, figureWords, pageOf)
    stale(!compiled.ok)
    say(compiled.ok ? words.drawn : words.problems(problems.filter(parts.isError).length))
  }

  const draw = (compiled: Extract<Compiled, { ok: true }>, parts: Pipeline): void => {
    const { figure, scene, mermaid } = compiled
    const figureWords = parts.wordsFor(language)
    const options: FigureHtmlOptions = { id: FILE_NAME, mermaid, words: figureWords, theme: 'auto' }
    const { svg } = parts.drawPicture(scene, `${FILE_NAME}-drawing`)
    const open = page.output.querySelector('details')?.open ?? true
    page.output.innerHTML = parts.figureHtml(
      figure,
      parts.drawingHtml(figure, { kind: 'svg', svg }, options),
      options,
    )
    const details = page.output.querySelector('details')
    if (details !== null) details.open = open
  }

  const copy = async (text: string): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text)
      say(words.copied)
    } catch {
      say(words.notCopied)
    }
  }

  const link = async (): Promise<string> => {
    const address = new URL(location.href)
    address.hash = await encodeModel(field.text())
    history.replaceState(null, '', address)
    return address.href
  }

  const take: Readonly<Record<Part, () => Promise<void> | void>> = {
    'copy-link': async () => copy(await link()),
    'copy-svg': async () => copy(await shownSvg(page.output)),
    'copy-mermaid': () => copy(page.output.querySelector('.docker-network-source')?.textContent ?? ''),
    'download-svg': async () => download(svgBlob(await shownSvg(page.output)), `${FILE_NAME}.svg`),
    'download-png': async () => download(await pngBlob(await shownSvg(page.output)), `${FILE_NAME}.png`),
  }

  for (const [part, button] of page.buttons) button.addEventListener('click', () => void take[part]())
  page.view.addEventListener('change', () => void queue())
  page.example.addEventListener('change', () => {
    field.setText(page.examples.get(page.example.value) ?? '')
  })
  const openLink = async (): Promise<void> => {
    const model = await decodeModel(location.hash)
    if (model !== null) field.setText(model)
    else if (location.hash.length > 1) say(words.brokenLink)
  }
  addEventListener('hashchange', () => void openLink())

  await openLink()
  const { createEditor } = await import('./editor.ts')
  field = createEditor(page.model, words.editor, () => void queue())
}

/** The drawing on the page as a file of its own. */
async function shownSvg(output: HTMLElement): Promise<string> {
  const svg = output.querySelector('.docker-network-drawing svg')
  if (svg === null) return ''
  const { standalonePicture } = await pipeline()
  return standalonePicture(new XMLSerializer().serializeToString(svg))
}

void start()
