import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { ROOT } from '../support/built-site.ts'

const SAVED = join(import.meta.dirname, '../verify')
let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dn-verify-'))
  for (const name of ['networks-20.json', 'containers-20.json']) cpSync(join(SAVED, name), join(folder, name))
  mkdirSync(join(folder, 'bin'))
  mkdirSync(join(folder, 'broken'))
  // Stands for the docker command; what it prints was printed by a real one.
  program('bin', [
    'case "$1 $2" in',
    '  "version --format") echo 20.10.24;;',
    '  "network ls") echo n1;;',
    `  "network inspect") cat ${folder}/networks-20.json;;`,
    '  "ps -a") echo c1;;',
    `  "inspect --type") cat ${folder}/containers-20.json;;`,
    'esac',
  ])
  program('broken', ['echo "Cannot connect to the Docker daemon" >&2', 'exit 1'])
})

function program(name: string, lines: readonly string[]): void {
  const path = join(folder, name, 'docker')
  writeFileSync(path, ['#!/bin/sh', ...lines, ''].join('\n'))
  chmodSync(path, 0o755)
}

function run(args: readonly string[], input = '', docker = 'bin') {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(ROOT, 'bin/docker-network.js'), ...args],
    {
      cwd: folder,
      input,
      encoding: 'utf8',
      env: { ...process.env, PATH: `${join(folder, docker)}${delimiter}${process.env.PATH}` },
    },
  )
  return { status, stdout, stderr }
}

describe('docker-network import and verify', () => {
  it('make a block of a running engine that verifies clean against it', () => {
    const imported = run(['import', '--engine'])
    expect([imported.status, imported.stderr]).toEqual([0, ''])
    writeFileSync(join(folder, 'shop.yaml'), imported.stdout)
    // One that does not run is in the block too.
    expect(imported.stdout).toContain('idle')
    expect(run(['verify', 'shop.yaml', '--engine'])).toEqual({
      status: 0,
      stdout: 'no difference\n',
      stderr: '',
    })
    expect(run(['check', 'shop.yaml'])).toEqual({
      status: 0,
      stdout: '',
      stderr: '1 file, 1 block, 0 errors, 0 warnings\n',
    })
  })

  it('take saved JSON, from standard input too', () => {
    const text = readFileSync(join(folder, 'networks-20.json'), 'utf8')
    const { status, stdout } = run(['import', '-', '--fence'], text)
    expect(status).toBe(0)
    expect(stdout).toMatch(/^```docker-network\nengine: 20\n[\s\S]*\n```\n$/)
    writeFileSync(join(folder, 'post.md'), `# Post\n\n${stdout}`)
    expect(run(['verify', 'post.md', '--inspect', 'networks-20.json'])).toEqual({
      status: 0,
      stdout: 'no difference\n',
      stderr: '',
    })
  })

  it('tell each difference with what to change, and end with status 1', () => {
    writeFileSync(
      join(folder, 'wrong.yaml'),
      'engine: 20\nnetworks:\n  front: {}\nservices:\n  web: { networks: [front] }\n',
    )
    const { status, stdout } = run(['verify', 'wrong.yaml', '--inspect', 'networks-20.json', '--json'])
    expect(status).toBe(1)
    const differences: { readonly code: string; readonly severity: string }[] = JSON.parse(stdout)
    expect(differences.filter(({ severity }) => severity === 'difference').map(({ code }) => code)).toEqual([
      'ENDPOINT_UNPLANNED',
      'ENDPOINT_UNPLANNED',
    ])
    const other = run(['verify', 'wrong.yaml', '--inspect', 'networks-20.json'])
    expect(other.stdout).toMatch(
      /ENDPOINT_UNPLANNED {2}endpoint late on network bridge\n {2}planned nothing, found 172/,
    )
    expect(other.stdout).toMatch(/\n2 differences \(and \d not mentioned in the block\)\n$/)
  })

  it('say that a block is for another engine', () => {
    writeFileSync(join(folder, 'new.yaml'), 'engine: 28\nservices: {}\n')
    expect(run(['verify', 'new.yaml', '--engine']).stderr).toContain('write "engine: 20"')
  })

  it.each([
    [['verify', 'shop.yaml'], 'either --engine or --inspect'],
    [['verify', '--engine'], 'FILE is missing'],
    [['verify', 'shop.yaml', '--engine', '--host', 'elsewhere'], '--host must be one of host'],
    [['verify', 'shop.yaml', '--inspect', 'nowhere.json'], 'cannot read nowhere.json'],
    [['verify', 'shop.yaml', '--inspect', 'shop.yaml'], 'shop.yaml: this is not JSON'],
    [['import'], 'either --engine or JSONFILE'],
    [['import', '--engine', '--rules', '12'], '--rules must be one of 20'],
  ])('refuse %j', (args, message) => {
    const { status, stderr } = run(args)
    expect(status).toBe(2)
    expect(stderr).toContain(message)
  })

  it('say why the engine cannot be asked', () => {
    const { status, stderr } = run(['import', '--engine'], '', 'broken')
    expect(status).toBe(2)
    expect(stderr).toContain('Cannot connect to the Docker daemon')
  })
})
