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

/** One line, whatever happened; the stack only for who asks for it. */
function fail(error, what = '') {
  const shown = process.env.DEBUG === undefined ? (error?.message ?? error) : (error?.stack ?? error)
  // The reason without the stack that some messages bring along.
  const [reason] = process.env.DEBUG === undefined ? String(shown).split(/\n\s+at /) : [shown]
  process.stderr.write(`docker-network: ${what}${reason}\n`)
  process.exitCode = 1
}

// `docker-network plan … | head` closes the pipe early; that is no error.
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') fail(error, 'cannot write standard output: ')
})
// Nobody is left to be told.
process.stderr.on('error', () => {
  process.exitCode = 1
})
process.on('uncaughtException', (error) => fail(error))

try {
  const { main } = await load()
  const status = await main(process.argv.slice(2), terminal)
  process.exitCode = process.exitCode === undefined || process.exitCode === 0 ? status : process.exitCode
} catch (error) {
  fail(error)
}
