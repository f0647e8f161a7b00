/** What the command line is given to read, and cannot: named, in one line, with no stack, whatever the command. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../support/built-site.ts'

const BIN = join(ROOT, 'bin/docker-network.js')
const folder = mkdtempSync(join(tmpdir(), 'dn-in-'))
writeFileSync(join(folder, 't.yaml'), 'services: { web: { image: nginx } }\n')
writeFileSync(join(folder, 'binary.yaml'), Buffer.from([0xff, 0xfe, 0x00, 0x80, 0x0a]))
writeFileSync(join(folder, 'not.json'), '[')
mkdirSync(join(folder, 'empty'))
mkdirSync(join(folder, 'folder.yaml'))
symlinkSync('loop.yaml', join(folder, 'loop.yaml'))

/** `--` ends the options of Node, which has an `--env-file` of its own. */
const run = (...args: readonly string[]) =>
  spawnSync('node', ['--', BIN, ...args], { cwd: folder, encoding: 'utf8', timeout: 60_000, input: '' })

const COMMANDS: readonly (readonly [string, (file: string) => readonly string[]])[] = [
  ['plan', (file) => ['plan', file]],
  ['check', (file) => ['check', file]],
  ['figure', (file) => ['figure', file, '-o', 'x.svg']],
  ['markdown', (file) => ['markdown', file, '-o', 'out']],
  ['trace', (file) => ['trace', file, 'web -> web']],
  ['import', (file) => ['import', file]],
  ['verify', (file) => ['verify', 't.yaml', '--inspect', file]],
  ['plan -f', (file) => ['plan', 't.yaml', '-f', file]],
  ['plan --env-file', (file) => ['plan', 't.yaml', '--env-file', file]],
]
const FILES = ['nowhere.yaml', 'loop.yaml', '/proc/self/mem', 't.yaml/below.yaml', `${'x'.repeat(300)}.yaml`]

describe.each(COMMANDS)('%s', (_, args) => {
  it.each(FILES)('names what cannot be read: %s', (file) => {
    const { status, stdout, stderr } = run(...args(file))
    expect([1, 2]).toContain(status)
    expect(stdout).toBe('')
    expect(stderr).not.toMatch(/\n\s+at |node:internal|\bE[A-Z]{3,}\b/)
    expect(stderr.split('\n')[0]).toContain(file)
  })
})

it.each(['empty', 'folder.yaml', 'binary.yaml', 'not.json'])(
  'no command ends with a stack or stands still for %s',
  (file) => {
    for (const [name, args] of COMMANDS) {
      const { status, stderr, signal } = run(...args(file))
      expect(signal, name).toBeNull()
      expect([0, 1, 2], name).toContain(status)
      expect(stderr, name).not.toMatch(/\n\s+at |node:internal/)
    }
  },
  300_000,
)
