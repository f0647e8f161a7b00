import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path'
import { MARKDOWN } from '../input/input.ts'
import type { Drawn } from '../markdown-it/post.ts'
import { drawPicture, standalonePicture } from '../picture/draw.ts'
import { LANGUAGES } from '../words/words-for.ts'
import {
  type Command,
  choiceOption,
  type OptionValues,
  type Terminal,
  textOption,
  UsageError,
} from './command.ts'
import { fileStems, idOf } from './file-names.ts'
import { type NamedFile, namedIn } from './found.ts'
import { type Input, inputFiles, readInput, tellProblems } from './input.ts'
import { blockMarkdown, type FigureImage } from './markdown-figure.ts'
import { HOST_NAMES, hostNamed, type ImagePlace, type MarkdownHost } from './markdown-hosts.ts'
import { keepInPlace } from './markdown-in-place.ts'
import { isMadeByUs, isStale, MADE_BY, type OutFile, writeOutputs } from './write.ts'

export const markdownCommand: Command = {
  name: 'markdown',
  usage:
    'markdown FILE|FOLDER… (-o DIR | --write) [--for HOST] [--check] [--images DIR] [--image-url URL] [--lang L] [--force]',
  summary: 'Markdown in, Markdown with figures out, for any generator',
  help: `Each FILE is written to DIR under its own name, and what is in a FOLDER under its way from there. In place of a
block stands its figure with caption and addresses; prints become code blocks and references values. Nothing is written
when a block of any FILE has an error.

  -o, --output     folder to write to
  --for HOST       what the text is for: ${HOST_NAMES.join(', ')}. HTML with <img> unless given; github
                   gets Mermaid, which GitHub and GitLab draw
  --write          keep FILE itself fresh, for github: a block goes into a comment, and what is made of it stands below
  --check          write nothing; exit 1 when something would be written, and say what. For CI
  --images DIR     folder for the SVG files; where HOST looks for them, or beside the text, unless given
  --image-url URL  where the site serves that folder, e.g. /assets/figures; the way from the text to it unless given
  --lang L         language of the words: ${[...LANGUAGES.keys()].join(', ')}; the file's front matter, else en
  --force          replace files that are there and that this command did not make; never a FILE`,
  options: {
    output: { type: 'string', short: 'o' },
    for: { type: 'string' },
    write: { type: 'boolean' },
    check: { type: 'boolean' },
    images: { type: 'string' },
    'image-url': { type: 'string' },
    force: { type: 'boolean' },
    lang: { type: 'string' },
  },
  async run(args, options, terminal) {
    const output = textOption(options, 'output')
    const name = choiceOption(options, 'for', HOST_NAMES)
    const language = textOption(options, 'lang')
    const inPlace = options.write === true || (output === undefined && options.check === true)
    if (args.length === 0) throw new UsageError('FILE is missing')
    if (inPlace && output !== undefined) throw new UsageError('either -o or --write')
    if (inPlace && (name ?? 'github') !== 'github')
      throw new UsageError(`--write keeps Mermaid fresh in a file of GitHub's; for ${name} write with -o`)
    if (inPlace)
      return keepInPlace(markdownFiles(args, null), { check: options.check === true, language }, terminal)
    if (output === undefined) throw new UsageError('say with -o which folder to write to, or --write')
    const made = await madeFiles(markdownFiles(args, output), hostNamed(name), output, options, terminal)
    if (made === null) return 1
    if (options.check === true) {
      const stale = made.files.filter(isStale).map(({ path }) => `${path} is stale\n`)
      terminal.tell(stale.join(''))
      return stale.length > 0 ? 1 : 0
    }
    await writeOutputs(made.files, { inputs: made.inputs, force: options.force === true })
    return 0
  },
}

/** @throws {UsageError} for a file that is no Markdown, and for two that would be one. */
function markdownFiles(args: readonly string[], output: string | null): readonly NamedFile[] {
  const isOutput = ({ path }: NamedFile): boolean =>
    output !== null && resolve(path).startsWith(resolve(output) + sep)
  const files = namedIn(args, MARKDOWN).filter(
    (file) => file.isNamed || (!isOutput(file) && !isMadeByUs(file.path)),
  )
  if (files.length === 0)
    throw new UsageError(
      `there is no Markdown file to read in ${args.join(', ')}, but what this command made or writes to`,
    )
  const wrong = files.find(({ path }) => path !== '-' && !MARKDOWN.test(extname(path)))
  if (wrong !== undefined) throw new UsageError(`${wrong.path} is no Markdown file`)
  const names = files.map((file) => file.name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined && output !== null)
    throw new UsageError(`two files are called ${twice}; write them to different folders`)
  return files
}

/** Everything that stands in `output` afterwards; `null` when a block has an error. */
async function madeFiles(
  files: readonly NamedFile[],
  host: MarkdownHost,
  output: string,
  options: OptionValues,
  terminal: Terminal,
): Promise<{ readonly files: readonly OutFile[]; readonly inputs: readonly string[] } | null> {
  let failed = false
  const made: OutFile[] = []
  const inputs: string[] = []
  const stems = fileStems(files.map(({ name }) => name))
  for (const [index, { path, name }] of files.entries()) {
    const input = await readInput(path, { language: textOption(options, 'lang') }, terminal)
    if (!input.isMarkdown) throw new UsageError(`${path} is no Markdown file`)
    failed = tellProblems(input.problems, options, terminal) || failed
    inputs.push(...inputFiles(path, input))
    if (failed) continue
    const target = join(output, name)
    const images = imagesOf(options, host, output, dirname(target))
    made.push(...rewritten(target, stems[index] ?? name, input, host, images))
  }
  return failed ? null : { files: made, inputs }
}

function imagesOf(options: OptionValues, host: MarkdownHost, output: string, beside: string): ImagePlace {
  const given = textOption(options, 'images')
  const url = textOption(options, 'image-url')
  if (given === undefined && url === undefined && host.images !== null) return host.images(output)
  const folder = given ?? (url === undefined ? beside : output)
  const way = url ?? relative(beside, folder).split(sep).map(encodeURIComponent).join('/')
  // MDX takes a name without a dot in front for a package.
  const start = way === '' ? (host.isMdx ? './' : '') : way.endsWith('/') ? way : `${way}/`
  return { folder, urlOf: (name) => start + encodeURIComponent(name) }
}

function rewritten(
  path: string,
  stem: string,
  input: Input,
  host: MarkdownHost,
  images: ImagePlace,
): readonly OutFile[] {
  const flat = images.folder === dirname(path) ? basename(stem) : stem.replace(/[\\/]/g, '-')
  const files: OutFile[] = []
  const content = input.rewrite((block, number) => {
    const imageOf = ({ scene }: Drawn, key: string): FigureImage => {
      const { svg, width, height } = drawPicture(scene, `dn-${number}${key}`)
      const name = `${flat}-${number}${key}.svg`
      files.push({ path: join(images.folder, name), content: standalonePicture(svg, block.theme) })
      return { src: images.urlOf(name), width, height }
    }
    return blockMarkdown(block, host, `${idOf(flat)}-${number}`, host.form === 'mermaid' ? null : imageOf)
  })
  return [{ path, content: `${content.trimEnd()}\n\n${MADE_BY}\n` }, ...files]
}
