import { lookAt, whyUnreadable } from '../files/look-at.ts'
import { LANGUAGES } from '../words/words-for.ts'
import { type Command, choiceOption, numberOption, onlyArgument, UsageError } from './command.ts'
import { untilEnded } from './found.ts'

export const previewCommand: Command = {
  name: 'preview',
  usage: 'preview FILE|FOLDER [--port N] [--no-open] [--lang L]',
  summary: 'figures in the browser, in every view, anew at each save',
  help: `FILE is Markdown, a compose file or a topology; of a FOLDER all of these are listed. The page shows figures in every
view with their tables, Mermaid text, plan and problems. It is served to this machine alone.

  --port N      the port to listen on; a free one unless given
  --no-open     do not open the browser
  --lang L      language of the words: ${[...LANGUAGES.keys()].join(', ')}; the browser's unless given`,
  options: { port: { type: 'string' }, 'no-open': { type: 'boolean' }, lang: { type: 'string' } },
  async run(args, options, terminal) {
    const target = onlyArgument(args, 'FILE or FOLDER')
    const stat = lookAt(target)
    if (stat === null) throw new UsageError(`cannot read ${target}: ${whyUnreadable(target)}`)
    const language = choiceOption(options, 'lang', [...LANGUAGES.keys()])
    const port = numberOption(options, 'port', 1) ?? 0
    const { startPreview } = await import('../preview/server.ts')
    const { previewWords } = await import('../preview/words.ts')
    const preview = await startPreview({ target, isFolder: stat.isDirectory(), port, language }).catch(
      (error: unknown) => {
        throw new UsageError(portMessage(port, error))
      },
    )
    terminal.write(previewWords(language ?? process.env.LANG ?? 'en').serving(target, preview.address))
    if (options['no-open'] !== true) await openBrowser(preview.address)
    await untilEnded()
    await preview.close()
    return 0
  },
}

function portMessage(port: number, error: unknown): string {
  return Reflect.get(Object(error), 'code') === 'EADDRINUSE'
    ? `port ${port} is in use; leave --port out for a free one`
    : `cannot listen on port ${port}: ${error instanceof Error ? error.message : String(error)}`
}

/** Where there is none to open, the address has been printed. */
async function openBrowser(address: string): Promise<void> {
  try {
    const { default: open } = await import('open')
    const browser = await open(address)
    browser.on('error', () => undefined)
  } catch {
    // The address stands in the terminal.
  }
}
