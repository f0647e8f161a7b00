// Links this package's own executable into node_modules/.bin, as npm does for dependencies, so that
// `npx docker-network …` in the repository finds it at once and without asking npm's cache.
import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs'

if (existsSync('node_modules') && process.platform !== 'win32') {
  mkdirSync('node_modules/.bin', { recursive: true })
  rmSync('node_modules/.bin/docker-network', { force: true })
  symlinkSync('../../bin/docker-network.js', 'node_modules/.bin/docker-network')
  chmodSync('bin/docker-network.js', 0o755)
}
