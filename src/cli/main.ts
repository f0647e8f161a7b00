/** The `docker-network` executable: reads the command line, runs a command, gives the exit status. */
import { parseArgs } from 'node:util'
import { FileError } from '../files/write-files.ts'
import { logLine } from '../problem/clean.ts'
import { checkCommand } from './check-command.ts'
import { type Command, type ExitStatus, type Terminal, UsageError, withNearest } from './command.ts'
import { figureCommand } from './figure-command.ts'
import { importCommand } from './import-command.ts'
import { lspCommand } from './lsp-command.ts'
import { markdownCommand } from './markdown-command.ts'
import { packageVersion } from './package-version.ts'
import { planCommand } from './plan-command.ts'
import { previewCommand } from './preview-command.ts'
import { traceCommand } from './trace-command.ts'
import { verifyCommand } from './verify-command.ts'

export const COMMANDS: readonly Command[] = [
  planCommand,
  figureCommand,
  checkCommand,
  traceCommand,
  markdownCommand,
  verifyCommand,
  importCommand,
  previewCommand,
  lspCommand,
]
const NAME = 'docker-network'

/** @param argv What was typed after the name of the executable. */
export async function main(argv: readonly string[], terminal: Terminal): Promise<ExitStatus> {
  const [first, ...rest] = argv
  if (first === undefined) {
    terminal.tell(overview())
    return 2
  }
  if (first === '--help' || first === '-h' || first === 'help') return help(rest, terminal)
  if (first === '--version' || first === '-v') {
    terminal.write(`${packageVersion()}\n`)
    return 0
  }
  const command = COMMANDS.find(({ name }) => name === first)
  if (command === undefined) return unknownCommand(first, terminal)
  try {
    return await run(command, rest, terminal)
  } catch (error) {
    if (error instanceof FileError) {
      terminal.tell(`${NAME} ${command.name}: ${logLine(error.message)}\n`)
      return 1
    }
    if (!(error instanceof UsageError) && !isParseArgsError(error)) throw error
    const message = unknownOption(error.message, command) ?? error.message
    terminal.tell(`${NAME} ${command.name}: ${logLine(message)}\nusage: ${NAME} ${command.usage}\n`)
    return 2
  }
}

async function run(command: Command, args: readonly string[], terminal: Terminal): Promise<ExitStatus> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { ...command.options, help: { type: 'boolean', short: 'h' } },
    allowPositionals: true,
    strict: true,
  })
  if (values.help === true) {
    terminal.write(commandHelp(command))
    return 0
  }
  return command.run(positionals, values, terminal)
}

function unknownCommand(word: string, terminal: Terminal): ExitStatus {
  const names = [...COMMANDS.map(({ name }) => name), '--help', '--version']
  const what = word.startsWith('-') ? 'option' : 'command'
  terminal.tell(
    `${NAME}: ${logLine(withNearest(`there is no ${what} "${word}"`, word, names))}\n\n${overview()}`,
  )
  return 2
}

/** In place of Node's words, which explain a thing that nobody means. */
function unknownOption(message: string, { options }: Command): string | null {
  const word = /^Unknown option '(-[^' ]*)/.exec(message)?.[1]
  if (word === undefined) return null
  const names = [...Object.keys(options), 'help'].map((name) => `--${name}`)
  return withNearest(`there is no option "${word}"`, word, names)
}

const isParseArgsError = (error: unknown): error is Error =>
  error instanceof Error && String(Reflect.get(error, 'code')).startsWith('ERR_PARSE_ARGS')

function help(args: readonly string[], terminal: Terminal): ExitStatus {
  const command = COMMANDS.find(({ name }) => name === args[0])
  if (args[0] !== undefined && command === undefined) return unknownCommand(args[0], terminal)
  terminal.write(command === undefined ? overview() : commandHelp(command))
  return 0
}

function overview(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length))
  const commands = COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}   ${summary}`)
  return `usage: ${NAME} COMMAND …

Networks of Docker containers with the addresses a real engine would give.

${commands.join('\n')}

\`${NAME} COMMAND --help\` tells more of one. --version gives the version.
Exit status: 0 done, 1 the input has errors, 2 wrong usage.
`
}

const commandHelp = (command: Command): string =>
  `usage: ${NAME} ${command.usage}\n\n${command.summary}\n\n${command.help}\n`
