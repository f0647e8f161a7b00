import { basename, join, relative, sep } from 'node:path'
import { drawingHtml, figureHtml } from '../html/figure-html.ts'
import { stepsHtml } from '../html/steps-html.ts'
import { type Drawn, drawnIn } from '../markdown-it/post.ts'
import { listingOf } from '../markdown-it/rewrite.ts'
import { drawPicture, standalonePicture } from '../picture/draw.ts'
import { wordsFor } from '../words/words-for.ts'
import { type Command, textOption, UsageError } from './command.ts'
import { fileStems, idOf } from './file-names.ts'
import { type Block, type Input, inputFiles, readInput, tellProblems } from './input.ts'
import { type OutFile, writeOutputs } from './write.ts'

export const markdownCommand: Command = {
  name: 'markdown',
  usage: 'markdown FILE… -o DIR [--images DIR] [--image-url URL] [--lang L] [--force]',
  summary: 'Markdown in, Markdown with SVG files out, for any generator',
  help: `Each FILE is written to DIR under its own name. In place of a block stands its figure: an <img> of an SVG file
beside the text, with caption, address table and description; prints become code blocks and references values.
Nothing is written when a block of any FILE has an error.

  -o, --output     folder to write to
  --images DIR     folder for the SVG files, instead of beside the text
  --image-url URL  where the site serves that folder, e.g. /assets/figures; the way from the text to it unless given
  --lang L         language of the words; the file's front matter, else en
  --force          replace files that are there and that this command did not make; never a FILE`,
  options: {
    output: { type: 'string', short: 'o' },
    images: { type: 'string' },
    'image-url': { type: 'string' },
    force: { type: 'boolean' },
    lang: { type: 'string' },
  },
  async run(args, options, terminal) {
    const output = textOption(options, 'output')
    if (args.length === 0) throw new UsageError('FILE is missing')
    if (output === undefined) throw new UsageError('say with -o which folder to write to')
    const names = args.map((file) => basename(file))
    const twice = names.find((name, index) => names.indexOf(name) !== index)
    if (twice !== undefined)
      throw new UsageError(`two files are called ${twice}; write them to different folders`)
    const folder = textOption(options, 'images') ?? output
    const url =
      textOption(options, 'image-url') ??
      relative(output, folder).split(sep).map(encodeURIComponent).join('/')
    const images = { folder, url: url === '' || url.endsWith('/') ? url : `${url}/` }
    let failed = false
    const files: OutFile[] = []
    const inputs: string[] = []
    const stems = fileStems(names)
    for (const [index, file] of args.entries()) {
      const input = await readInput(file, { language: textOption(options, 'lang') }, terminal)
      if (!input.isMarkdown) throw new UsageError(`${file} is no Markdown file`)
      failed = tellProblems(input.problems, terminal) || failed
      inputs.push(...inputFiles(file, input))
      if (failed) continue
      const stem = stems[index] ?? basename(file)
      files.push(...rewritten(join(output, basename(file)), stem, input, images))
    }
    if (failed) return 1
    await writeOutputs(files, { inputs, force: options.force === true })
    return 0
  },
}

/** Where SVG files go: a folder, and what stands before their names in the text. */
interface Images {
  readonly folder: string
  readonly url: string
}

function rewritten(path: string, stem: string, input: Input, { folder, url }: Images): readonly OutFile[] {
  const figures = input.blocks.flatMap(({ show, theme }, index) =>
    drawnIn(show).map((drawn, at, all) => ({
      key: `${index + 1}${all.length > 1 ? `-${at + 1}` : ''}`,
      drawn,
      theme,
    })),
  )
  const drawn = new Map(
    figures.map(({ key, drawn, theme }) => [
      key,
      { ...drawPicture(drawn.scene, `dn-${key}`), theme, name: `${stem}-${key}.svg` },
    ]),
  )
  const content = input.rewrite((block, number) => {
    const all = drawnIn(block.show)
    if (all.length === 0) return printed(block)
    const htmls = all.map((one, at) => {
      const key = `${number}${all.length > 1 ? `-${at + 1}` : ''}`
      const image = drawn.get(key)
      if (image === undefined) return ''
      return figure(one, block, `${idOf(stem)}-${key}`, {
        ...image,
        src: url + encodeURIComponent(image.name),
      })
    })
    const { show } = block
    if (show.kind !== 'steps') return htmls.join('')
    const steps = show.steps.map((one, at) => ({ ...one, figure: htmls[at] ?? '' }))
    return withoutBlankLines(stepsHtml(steps, `${idOf(stem)}-${number}`, wordsFor(block.language)))
  })
  const files = [...drawn.values()].map(({ name, svg, theme }) => ({
    path: join(folder, name),
    content: standalonePicture(svg, theme),
  }))
  return [{ path, content }, ...files]
}

function printed({ show }: Block): string {
  if (show.kind !== 'print') return ''
  return listingOf(show.text, show.language)
}

function figure(
  { figure: shown, mermaid }: Drawn,
  { language, theme }: Block,
  id: string,
  image: { readonly src: string; readonly width: number; readonly height: number },
): string {
  const options = { id, mermaid, words: wordsFor(language), theme }
  const html = figureHtml(shown, drawingHtml(shown, { kind: 'img', ...image }, options), options)
  return withoutBlankLines(html)
}

/** A blank line would end the HTML block and begin a paragraph. */
const withoutBlankLines = (html: string): string => html.replace(/\n\s*\n/g, '\n')
