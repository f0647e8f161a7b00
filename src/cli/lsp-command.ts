import { type Command, UsageError } from './command.ts'
import { packageVersion } from './package-version.ts'

export const lspCommand: Command = {
  name: 'lsp',
  usage: 'lsp [--stdio]',
  summary: 'a language server for editors, over standard input and output',
  help: `For docker-network fences in Markdown, and for topology and compose files: problems as one types, completion,
hover with addresses, definitions, quick fixes, and renaming of models.

  --stdio       how it speaks in any case; accepted because editors say it`,
  options: { stdio: { type: 'boolean' } },
  async run(args) {
    if (args.length > 0) throw new UsageError(`"${args[0]}" is one argument too many`)
    const { serve } = await import('../lsp/server.ts')
    return serve(process.stdin, process.stdout, packageVersion())
  },
}
