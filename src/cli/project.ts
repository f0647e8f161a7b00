/** The options by which compose is told what to read, for the commands that read such files. */
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { readVariables } from '../compose/dotenv.ts'
import { MODEL_NAMES } from '../compose/load.ts'
import { isProjectName, normalName } from '../compose/project-name.ts'
import { fileErrorText } from '../files/file-error.ts'
import { lookAt } from '../files/look-at.ts'
import { type Input, type InputOptions, type ProjectOptions, readInputText } from '../input/input.ts'
import { fileSource } from '../problem/report.ts'
import { LANGUAGES } from '../words/words-for.ts'
import { type Command, type OptionValues, type Terminal, UsageError } from './command.ts'

export const PROJECT_OPTIONS: Command['options'] = {
  file: { type: 'string', short: 'f', multiple: true },
  'project-name': { type: 'string', short: 'p' },
  'env-file': { type: 'string', multiple: true },
  profile: { type: 'string', multiple: true },
  environment: { type: 'boolean' },
  lang: { type: 'string' },
}

export const PROJECT_USAGE = '[--lang L] [-f FILE]… [-p NAME] [--env-file FILE]… [--profile NAME]…'

export const PROJECT_HELP = `  --lang L              language of the words, also of problems: ${[...LANGUAGES.keys()].join(', ')}; en unless given
  -f, --file FILE       a file that goes over those before it, as with compose; FILE may be left out then
  -p, --project-name N  name of the project
  --env-file FILE       variables; .env beside the file unless given
  --profile NAME        a profile that is active, or "*"; those of COMPOSE_PROFILES unless given
  --environment         variables of the shell go before those of files`

/**
 * Reads what a command works on: FILE, a folder with a compose project, or `-` for standard input, and what `-f` puts
 * over it.
 *
 * @param file `null` when only `-f` names files.
 * @throws {UsageError} when something named cannot be read.
 */
export async function readProject(
  file: string | null,
  values: OptionValues,
  options: InputOptions,
  terminal: Terminal,
): Promise<Input> {
  const over = listOption(values, 'file')
  const isFolder = file !== null && file !== '-' && isDirectory(file)
  const main = file === null ? [] : isFolder ? await filesOfFolder(file) : [file]
  const [first, ...rest] = [...main, ...over]
  if (first === undefined) throw new UsageError('FILE is missing')
  const texts = await Promise.all(
    [first, ...rest].map(async (name) => ({
      name: name === '-' ? '<stdin>' : name,
      path: name === '-' ? null : name,
      text: name === '-' ? await terminal.read() : await readText(name),
    })),
  )
  const [text, ...others] = texts
  if (text === undefined) throw new UsageError('FILE is missing')
  const project: ProjectOptions = {
    over: others,
    variables: (await variableTexts(values)) ?? (isFolder ? await variablesOfFolder(file, first) : null),
    environment: new Map(values.environment === true ? shellVariables() : []),
    name: projectName(values),
    profiles: profilesOf(values),
    // As compose does: whoever names files, names all of them.
    overrides: over.length === 0 && rest.length === 0,
  }
  const input = readInputText(text.name, text.path, text.text, { ...options, project })
  const read = [...texts.flatMap(({ path }) => path ?? []), ...listOption(values, 'env-file')]
  return { ...input, files: [...input.files, ...read.map((path) => relative(input.root, resolve(path)))] }
}

/** The files of compose's own choice in a folder. @see compose-go `cli/options.go: WithConfigFileEnv` */
async function filesOfFolder(folder: string): Promise<readonly string[]> {
  const variables = new Map<string, string>()
  const beside = await readFile(join(folder, '.env'), 'utf8').catch(() => '')
  readVariables(beside, 0, new Map(), variables, () => {})
  const named = variables.get('COMPOSE_FILE') ?? ''
  if (named !== '') {
    const separator = variables.get('COMPOSE_PATH_SEPARATOR') ?? ':'
    return named.split(separator).map((name) => join(folder, name))
  }
  const found = MODEL_NAMES.map((name) => join(folder, name)).find(isFile)
  if (found === undefined) throw new UsageError(`${folder} has no compose file: ${MODEL_NAMES.join(', ')}`)
  return [found]
}

/**
 * Where the `.env` of a folder names a file in another one, both folders' are read, and the one that was asked for wins.
 *
 * @returns `null` where there is nothing but the `.env` beside the file.
 * @see docker/compose `cmd/compose/compose.go: toProjectOptions`, which reads `.env` before and after the file is found
 */
async function variablesOfFolder(folder: string, first: string): Promise<ProjectOptions['variables']> {
  if (resolve(dirname(first)) === resolve(folder)) return null
  const names = [join(dirname(first), '.env'), join(folder, '.env')].filter(isFile)
  return textsOf(names)
}

async function variableTexts(values: OptionValues): Promise<ProjectOptions['variables']> {
  const files = listOption(values, 'env-file')
  return files.length === 0 ? null : textsOf(files)
}

const textsOf = (files: readonly string[]): Promise<NonNullable<ProjectOptions['variables']>> =>
  Promise.all(
    files.map(async (name) => {
      const text = await readText(name)
      return { text, source: fileSource(name, text) }
    }),
  )

const shellVariables = (): readonly (readonly [string, string])[] =>
  Object.entries(process.env).map(([name, value]) => [name, value ?? ''])

function profilesOf(values: OptionValues): readonly string[] | null {
  const profiles = listOption(values, 'profile')
  return profiles.length === 0 ? null : profiles
}

function projectName(values: OptionValues): string | null {
  const name = values['project-name']
  if (typeof name !== 'string') return null
  if (isProjectName(name)) return name
  const better = normalName(name)
  const hint = better === '' ? '' : `; write ${better}`
  throw new UsageError(`-p takes lower case letters, digits, "_" and "-"; got "${name}"${hint}`)
}

function listOption(values: OptionValues, name: string): readonly string[] {
  const list = values[name]
  return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : []
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new UsageError(`cannot read ${file}: ${fileErrorText(error)}`)
  }
}

/** Whether a folder is a compose project. */
export const hasComposeFile = (folder: string): boolean =>
  MODEL_NAMES.some((name) => isFile(join(folder, name))) ||
  (isFile(join(folder, '.env')) && /^[ \t]*COMPOSE_FILE=/m.test(readFileSync(join(folder, '.env'), 'utf8')))

const isFile = (path: string): boolean => lookAt(path)?.isFile() === true
const isDirectory = (path: string): boolean => lookAt(path)?.isDirectory() === true

/** The one FILE of a command; `null` when `-f` names files in its place. @throws {UsageError} on more. */
export function fileArgument(args: readonly string[], values: OptionValues): string | null {
  const [first, ...others] = args
  if (first === undefined && listOption(values, 'file').length > 0) return null
  if (first === undefined) throw new UsageError('FILE is missing')
  if (others.length > 0) throw new UsageError(`one FILE at a time; "${others[0]}" is one too many`)
  return first
}
