import { importTopology } from '../verify/import.ts'
import { ENGINE_VERSIONS } from '../version.ts'
import { type Command, choiceOption, UsageError } from './command.ts'
import { inspectEngine } from './docker.ts'
import { readInspectFiles } from './inspect-files.ts'
import { differencesText } from './verify-command.ts'

export const importCommand: Command = {
  name: 'import',
  usage: 'import (--engine | JSONFILE…) [--rules N] [--fence]',
  summary: 'a block of what a running engine has',
  help: `JSONFILE is saved output of \`docker network inspect\` and \`docker inspect\`; - is standard input. Without the
latter, images and ports are not known. An address is written only where Docker would give another one by itself.
Containers that do not run are made by commands. Should the block not give all as it was found, the differences are told and
the exit status is 1.

  --engine     ask the engine that the docker command reaches
  --rules N    the engine's release: ${ENGINE_VERSIONS.join(', ')}; told by the engine, or guessed from its MACs
  --fence      as a fenced block, ready for a Markdown file`,
  options: { engine: { type: 'boolean' }, rules: { type: 'string' }, fence: { type: 'boolean' } },
  async run(args, options, terminal) {
    const isEngine = options.engine === true
    if (isEngine === args.length > 0) throw new UsageError('write either --engine or JSONFILE')
    const rules = choiceOption(options, 'rules', ENGINE_VERSIONS)
    const engine = isEngine ? await inspectEngine() : null
    const inspected = engine?.inspected ?? (await readInspectFiles(args, terminal))
    const { text, differences } = importTopology(inspected, rules ?? engine?.release)
    terminal.write(options.fence === true ? `\`\`\`docker-network\n${text}\`\`\`\n` : text)
    if (differences.length > 0)
      terminal.tell(`The block does not give all as it was found:\n\n${differencesText(differences)}`)
    return differences.length > 0 ? 1 : 0
  },
}
