#!/usr/bin/env node
// The executable. In the repository it runs the TypeScript source, so nothing has to be built in between;
// an installed package has no `src` and runs what was compiled.
import { existsSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

async function load() {
  const source = existsSync(fileURLToPath(new URL('../src/cli/main.ts', import.meta.url)))
  if (!source) return import('../dist/cli/main.js')
  const { loadFromSource } = await import('../scripts/source-cli.js')
  return loadFromSource()
}

const terminal = {
  read: () => text(process.stdin),
  write: (content) => void process.stdout.write(content),
  tell: (message) => void process.stderr.write(message),
}

// `docker-network plan … | head` closes the pipe early; that is no error.
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error
})

try {
  const { main } = await load()
  process.exitCode = await main(process.argv.slice(2), terminal)
} catch (error) {
  const shown = process.env.DEBUG === undefined ? error?.message : error?.stack
  process.stderr.write(`docker-network: ${shown ?? error}\n`)
  process.exitCode = 1
}
