import { extname, join } from 'node:path'
import { lookAt } from '../files/look-at.ts'
import { THEMES, type Theme } from '../html/figure-html.ts'
import { type Drawn, drawnIn } from '../markdown-it/post.ts'
import type { Located } from '../problem/problem.ts'
import { VIEWS } from '../topology/topology.ts'
import {
  type Command,
  choiceOption,
  type ExitStatus,
  languageOption,
  numberOption,
  type OptionValues,
  type Terminal,
  textOption,
  UsageError,
} from './command.ts'
import { drawFigures, ENDINGS, FORMATS, type Format, takesSeveral } from './figure-draw.ts'
import { fileStems } from './file-names.ts'
import { again, namedFrom } from './found.ts'
import { type Input, type InputOptions, inputFiles, tellProblems } from './input.ts'
import {
  fileArgument,
  hasComposeFile,
  PROJECT_HELP,
  PROJECT_OPTIONS,
  PROJECT_USAGE,
  readProject,
} from './project.ts'
import { type OutFile, writeOutputs } from './write.ts'

export const figureCommand: Command = {
  name: 'figure',
  usage: `figure FILE|FOLDER… [--view V] [--highlight WAY] [--focus NAME] [--format F] [--theme T] [--step N [--since N]] [--block N] [-o OUT [--force] [--watch]] ${PROJECT_USAGE}`,
  summary: 'the figure as Mermaid text, SVG, HTML or PNG',
  help: `FILE is as for \`plan\`. Of several files, of a pattern such as 'posts/**/*.md' and of a FOLDER without a compose file
every figure is written to the folder OUT, under the name of its file.

  --view V      ${VIEWS.join(', ')}; the block's own, or what suits it, unless given
  --highlight W a packet's way, "web -> db:5432"; several times for several
  --focus NAME  only this and what it is joined to; several as "web,db"
  --format F    ${FORMATS.join(', ')}; by the ending of OUT, else svg. HTML is a whole page that needs no other file.
                PNG needs a Chromium or Chrome
  --fragment    HTML of the figure alone, for a page that links docker-network.css
  --theme T     ${THEMES.join(', ')}
  --step N      after the first N of the block's commands
  --since N     marks what has changed since the first N of them
  --block N     the Nth fence of a Markdown file; all of them unless given
  -o, --output  file or folder to write, instead of standard output; never FILE itself
  --force       replace OUT though it is no figure that this command made
  --watch       again at each change, until Ctrl+C
${PROJECT_HELP}`,
  options: {
    ...PROJECT_OPTIONS,
    view: { type: 'string' },
    highlight: { type: 'string', multiple: true },
    focus: { type: 'string', multiple: true },
    format: { type: 'string' },
    fragment: { type: 'boolean' },
    theme: { type: 'string' },
    step: { type: 'string' },
    since: { type: 'string' },
    block: { type: 'string' },
    output: { type: 'string', short: 'o' },
    force: { type: 'boolean' },
    watch: { type: 'boolean' },
  },
  async run(args, options, terminal) {
    const wanted = wantedOf(options)
    const make = async (): Promise<Made> =>
      isMany(args, options) ? many(args, options, wanted, terminal) : one(args, options, wanted, terminal)
    if (options.watch !== true) return (await make()).status
    if (args.includes('-')) throw new UsageError('standard input cannot be watched')
    if (wanted.output === undefined) throw new UsageError('say with -o what to write at each change')
    await again(args, async () => (await make()).files, terminal.tell)
    return 0
  },
}

interface Wanted {
  readonly theme: Theme
  readonly format: Format
  readonly isFragment: boolean
  readonly block: number | undefined
  readonly output: string | undefined
  readonly force: boolean
  readonly input: InputOptions
}

interface Made {
  readonly status: ExitStatus
  /** What the figures were read from. */
  readonly files: readonly string[]
}

function wantedOf(options: OptionValues): Wanted {
  const view = choiceOption(options, 'view', VIEWS)
  const output = textOption(options, 'output')
  const step = numberOption(options, 'step', 0)
  const since = numberOption(options, 'since', 0)
  if (since !== undefined && step !== undefined && since >= step)
    throw new UsageError(`--since ${since} is not before --step ${step}`)
  const highlight = [options.highlight ?? []].flat().map(located)
  const focus = [options.focus ?? []].flat().map(located)
  if (focus.some(({ value }) => !/[^\s,]/.test(value)))
    throw new UsageError('--focus needs a name: of a container, a service, a network or a host')
  const language = languageOption(options)
  return {
    theme: choiceOption(options, 'theme', THEMES) ?? 'auto',
    format: formatOf(options, output),
    isFragment: options.fragment === true,
    block: numberOption(options, 'block', 1),
    output,
    force: options.force === true,
    input: { figure: { view: view ?? null, highlight, focus }, language, step, since },
  }
}

const located = (value: unknown): Located<string> => ({ value: String(value), span: { start: 0, end: 0 } })

function formatOf(options: OptionValues, output: string | undefined): Format {
  const given = choiceOption(options, 'format', FORMATS)
  if (given !== undefined) return given
  const ending = extname(output ?? '').toLowerCase()
  if (ending === '' || isDirectory(output ?? '')) return 'svg'
  const [, format] = Object.entries(ENDINGS).find(([known]) => known === ending) ?? []
  if (format === undefined)
    throw new UsageError(
      `no format is written to *${ending}: use ${Object.keys(ENDINGS).join(', ')}, or --format`,
    )
  return format
}

/** A folder, or the name of one that is to be made. */
const isDirectory = (path: string): boolean => /[\\/]$/.test(path) || lookAt(path)?.isDirectory() === true

/** Whether the arguments mean several files: then each figure goes into a file of its own. */
function isMany(args: readonly string[], options: OptionValues): boolean {
  const [word, another] = args
  if (word === undefined || Array.isArray(options.file)) return false
  if (another !== undefined) return true
  if (word === '-') return false
  const stat = lookAt(word)
  return stat === null ? /[*?{[]/.test(word) : stat.isDirectory() && !hasComposeFile(word)
}

async function one(
  args: readonly string[],
  options: OptionValues,
  wanted: Wanted,
  terminal: Terminal,
): Promise<Made> {
  const file = fileArgument(args, options)
  const input = await readProject(file, options, wanted.input, terminal)
  const failed = tellProblems(input.problems, options, terminal)
  if (!failed && !input.isMarkdown) checkSteps(input, wanted.input)
  const figures = chosen(input, wanted.block)
  const files = inputFiles(file ?? '-', input)
  const { output, format } = wanted
  if (output !== undefined && isDirectory(output)) {
    await writeOutputs(await filesOf(figures, nameIn(file), wanted, output), {
      inputs: files,
      force: wanted.force,
    })
    return { status: failed || figures.length === 0 ? 1 : 0, files }
  }
  if (figures.length > 1 && !takesSeveral(format))
    throw new UsageError(
      `there are ${figures.length} figures: choose one with --block N, or name a folder with -o`,
    )
  if (figures.length > 0) {
    const content = await drawFigures(figures, format, wanted.theme, wanted.isFragment)
    if (output === undefined) terminal.write(content)
    else await writeOutputs([{ path: output, content }], { inputs: files, force: wanted.force })
  }
  return { status: failed || figures.length === 0 ? 1 : 0, files }
}

/** A topology alone has the steps that were asked for, as a post is told by STEP_OUT_OF_RANGE. */
function checkSteps(input: Input, { step, since }: InputOptions): void {
  const commands = input.blocks[0]?.planned?.topology?.commands.length ?? 0
  const asked = step === undefined ? since : step
  if (asked === undefined) return
  const option = step === undefined ? '--since' : '--step'
  if (asked > commands)
    throw new UsageError(
      `${option} ${asked}, but the file has ${commands} ${commands === 1 ? 'command' : 'commands'}`,
    )
  if (step === undefined && asked === commands)
    throw new UsageError(`--since ${asked} is not before the last command, which is ${commands}`)
}

const nameIn = (file: string | null): string =>
  fileStems([file === null || file === '-' ? 'figure.yaml' : (file.split(/[\\/]/).at(-1) ?? file)])[0] ??
  'figure'

/** Nothing is written when a block of any file has an error. */
async function many(
  args: readonly string[],
  options: OptionValues,
  wanted: Wanted,
  terminal: Terminal,
): Promise<Made> {
  const { output } = wanted
  if (output === undefined || (extname(output) !== '' && !isDirectory(output)))
    throw new UsageError('several files: say with -o which folder to write to')
  const named = namedFrom(args)
  const stems = fileStems(named.map(({ name }) => name))
  const inputs: string[] = []
  const files: OutFile[] = []
  let failed = false
  for (const [index, { path }] of named.entries()) {
    const input = await readProject(path, options, wanted.input, terminal)
    failed = tellProblems(input.problems, options, terminal) || failed
    inputs.push(...inputFiles(path, input))
    if (!failed)
      files.push(...(await filesOf(chosen(input, wanted.block), stems[index] ?? path, wanted, output)))
  }
  if (!failed) await writeOutputs(files, { inputs, force: wanted.force })
  return { status: failed || files.length === 0 ? 1 : 0, files: inputs }
}

/** A file for each figure, numbered where a text has several. */
function filesOf(
  figures: readonly Drawn[],
  stem: string,
  { format, theme, isFragment }: Wanted,
  folder: string,
): Promise<readonly OutFile[]> {
  const ending = format === 'mermaid' ? 'mmd' : format
  return Promise.all(
    figures.map(async (figure, index) => ({
      path: join(folder, `${stem}${figures.length > 1 ? `-${index + 1}` : ''}.${ending}`),
      content: await drawFigures([figure], format, theme, isFragment),
    })),
  )
}

function chosen(input: Input, block: number | undefined): readonly Drawn[] {
  if (block !== undefined && block > input.blocks.length)
    throw new UsageError(`--block ${block}: there are ${input.blocks.length} docker-network fences`)
  const blocks = block === undefined ? input.blocks : input.blocks.slice(block - 1, block)
  return blocks.flatMap(({ show }) => drawnIn(show))
}
