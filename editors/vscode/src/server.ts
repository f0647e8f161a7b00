/** The language server of the package, in a process of its own. */
import { serve } from '../../../src/lsp/server.ts'
import manifest from '../package.json' with { type: 'json' }

void serve(process.stdin, process.stdout, manifest.version).then((status) => process.exit(status))
