import { extname } from 'node:path'
import type { Compiled } from '../compile.ts'
import { drawingHtml, figureHtml, THEMES, type Theme } from '../html/figure-html.ts'
import { drawnIn } from '../markdown-it/post.ts'
import { drawPicture, standalonePicture } from '../picture/draw.ts'
import type { Located } from '../problem/problem.ts'
import { renderPngs } from '../svg/png.ts'
import { VIEWS } from '../topology/topology.ts'
import { LANGUAGES, wordsFor } from '../words/words-for.ts'
import {
  type Command,
  choiceOption,
  numberOption,
  type OptionValues,
  textOption,
  UsageError,
} from './command.ts'
import { type Input, inputFiles, tellProblems } from './input.ts'
import { fileArgument, PROJECT_HELP, PROJECT_OPTIONS, PROJECT_USAGE, readProject } from './project.ts'
import { markedPng, writeOutputs } from './write.ts'

const FORMATS = ['mermaid', 'svg', 'html', 'png'] as const
type Format = (typeof FORMATS)[number]

/** Formats by the ending of the file that is written. */
const ENDINGS: ReadonlyMap<string, Format> = new Map([
  ['.mmd', 'mermaid'],
  ['.mermaid', 'mermaid'],
  ['.svg', 'svg'],
  ['.html', 'html'],
  ['.png', 'png'],
])

type Drawn = Extract<Compiled, { readonly ok: true }>

export const figureCommand: Command = {
  name: 'figure',
  usage: `figure FILE [--view V] [--highlight WAY] [--format F] [--theme T] [--lang L] [--step N [--since N]] [--block N] [-o OUT [--force]] ${PROJECT_USAGE}`,
  summary: 'the figure as Mermaid text, SVG, HTML or PNG',
  help: `FILE is as for \`plan\`.

  --view V      ${VIEWS.join(', ')}; the block's own, or what suits it, unless given
  --highlight W a packet's way, "web -> db:5432"; several times for several
  --format F    ${FORMATS.join(', ')}; by the ending of OUT, else svg. PNG needs a Chromium or Chrome
  --theme T     ${THEMES.join(', ')}
  --lang L      language of the words: ${[...LANGUAGES.keys()].join(', ')}
  --step N      after the first N of the block's commands
  --since N     marks what has changed since the first N of them
  --block N     the Nth fence of a Markdown file; all of them unless given
  -o, --output  file to write, instead of standard output; never FILE itself
  --force       replace OUT though it is no figure that this command made
${PROJECT_HELP}`,
  options: {
    ...PROJECT_OPTIONS,
    view: { type: 'string' },
    highlight: { type: 'string', multiple: true },
    format: { type: 'string' },
    theme: { type: 'string' },
    lang: { type: 'string' },
    step: { type: 'string' },
    since: { type: 'string' },
    block: { type: 'string' },
    output: { type: 'string', short: 'o' },
    force: { type: 'boolean' },
  },
  async run(args, options, terminal) {
    const view = choiceOption(options, 'view', VIEWS)
    const theme = choiceOption(options, 'theme', THEMES) ?? 'auto'
    const language = choiceOption(options, 'lang', [...LANGUAGES.keys()])
    const output = textOption(options, 'output')
    const format = formatOf(options, output)
    const step = numberOption(options, 'step', 0)
    const since = numberOption(options, 'since', 0)
    if (since !== undefined && step !== undefined && since >= step)
      throw new UsageError(`--since ${since} is not before --step ${step}`)
    const highlight = [options.highlight ?? []].flat().map(located)
    const figure = { view: view ?? null, highlight }
    const file = fileArgument(args, options)
    const input = await readProject(file, options, { figure, language, step, since }, terminal)
    const failed = tellProblems(input.problems, terminal)
    const figures = chosen(input, numberOption(options, 'block', 1))
    if (figures.length > 1 && (format === 'svg' || format === 'png'))
      throw new UsageError(`there are ${figures.length} figures: choose one with --block N`)
    if (figures.length > 0) {
      const content = await drawn(figures, format, theme)
      const inputs = inputFiles(file ?? '-', input)
      if (output === undefined) terminal.write(content)
      else await writeOutputs([{ path: output, content }], { inputs, force: options.force === true })
    }
    return failed || figures.length === 0 ? 1 : 0
  },
}

const located = (value: unknown): Located<string> => ({ value: String(value), span: { start: 0, end: 0 } })

function formatOf(options: OptionValues, output: string | undefined): Format {
  const given = choiceOption(options, 'format', FORMATS)
  if (given !== undefined) return given
  const ending = extname(output ?? '').toLowerCase()
  const format = ending === '' ? 'svg' : ENDINGS.get(ending)
  if (format === undefined)
    throw new UsageError(
      `no format is written to *${ending}: use ${[...ENDINGS.keys()].join(', ')}, or --format`,
    )
  return format
}

function chosen(input: Input, block: number | undefined): readonly Drawn[] {
  if (block !== undefined && block > input.blocks.length)
    throw new UsageError(`--block ${block}: there are ${input.blocks.length} docker-network fences`)
  const blocks = block === undefined ? input.blocks : input.blocks.slice(block - 1, block)
  return blocks.flatMap(({ show }) => drawnIn(show))
}

async function drawn(figures: readonly Drawn[], format: Format, theme: Theme): Promise<string | Uint8Array> {
  if (format === 'mermaid') return figures.map(({ mermaid }) => ensureNewline(mermaid)).join('\n')
  const images = figures.map(({ scene }, index) => drawPicture(scene, `dn-${index + 1}-svg`).svg)
  switch (format) {
    case 'svg':
      return ensureNewline(standalonePicture(images[0] ?? '', theme))
    case 'png': {
      const standalone = images.map((svg) => standalonePicture(svg, theme))
      const isDark = theme === 'dark'
      const [png] = await renderPngs(standalone, {
        theme: isDark ? 'dark' : 'light',
        background: isDark ? '#14171b' : '#ffffff',
      })
      return png === undefined ? '' : markedPng(png)
    }
    case 'html':
      return figures
        .map(({ figure, mermaid }, index) => {
          const words = wordsFor(figure.language)
          const options = { id: `dn-${index + 1}`, mermaid, words, theme }
          return figureHtml(
            figure,
            drawingHtml(figure, { kind: 'svg', svg: images[index] ?? '' }, options),
            options,
          )
        })
        .join('\n')
    default:
      return format satisfies never
  }
}

const ensureNewline = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`)
