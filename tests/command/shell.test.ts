import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitShell } from '../../src/command/shell.ts'
import { type Written, writtenAt } from '../../src/problem/written.ts'

const split = (text: string): ReturnType<typeof splitShell> => splitShell(writtenAt(text, 0))
const wordsOf = (text: string): string[][] =>
  split(text).commands.map(({ words }) => words.map((word) => word.text))
const piece = (text: string, { span }: Written): string => text.slice(span.start, span.end)

describe('words', () => {
  const letters = fc.array(fc.constantFrom(...'ab=-,:/.한 \'\\" \t#'), { maxLength: 14 })
  const lines = fc.sample(letters, { seed: 20260101, numRuns: 1500 }).map((some) => some.join(''))
  const closed = lines.filter((line) => split(line).fault === null)

  it('are those of the shell of this machine', () => {
    expect(closed.length).toBeGreaterThan(300)
    const calls = closed.map((line) => `w ${line}\n\n`).join('')
    const script = `w() { printf '%s\\0' "$#" "$@"; }\n${calls}`
    const { stdout, status } = spawnSync('sh', ['-f'], { input: script, encoding: 'utf8' })
    expect(status).toBe(0)
    const ours = closed.flatMap((line) => {
      const [words = []] = wordsOf(`w ${line}`)
      return [String(words.length - 1), ...words.slice(1)]
    })
    expect(stdout.split('\0').slice(0, -1)).toEqual(ours)
  })
  it('are refused where that shell refuses them', () => {
    for (const line of lines.filter((one) => split(one).fault !== null).slice(0, 40)) {
      const { status } = spawnSync('sh', ['-fnc', `: ${line}`], { encoding: 'utf8' })
      expect([line, status]).toEqual([line, 2])
    }
  })
  it('know where each of their letters stands', () => {
    for (const line of closed) {
      for (const word of split(line).commands.flatMap(({ words }) => words)) {
        const { text, span, letters: places } = word
        if (places === null) expect(line.slice(span.start, span.end)).toBe(text)
        for (let i = 0; places !== null && i < text.length; i++) {
          const [start = 0, end = 0] = places.slice(2 * i)
          expect([text[i], `\\${text[i]}`]).toContain(line.slice(start, end))
        }
      }
    }
  })
})

describe('operators', () => {
  it.each([
    ['a b; c', [['a', 'b'], ['c']]],
    ['a && b || c', [['a'], ['b']]],
    ['a || b && c', [['a'], ['c']]],
    ['a || b; c', [['a'], ['c']]],
    ['a & b', [['a'], ['b']]],
    ['a | b c', [['a']]],
    ['a > /dev/null 2>&1', [['a']]],
    ['a 2 >x', [['a', '2']]],
    ['a &>x b', [['a', 'b']]],
    ['a <<< word b', [['a', 'b']]],
    ['a # b; c', [['a']]],
    ['a b#c', [['a', 'b#c']]],
    ['(a b) && c', [['a', 'b'], ['c']]],
    ['a "$\u007bB:-c d}" $\u007bE}', [['a', '$\u007bB:-c d}', '$\u007bE}']]],
    ["a $'b'", [['a', 'b']]],
    ['a b\\\nc', [['a', 'bc']]],
  ])('%s', (text, words) => {
    expect(wordsOf(text)).toEqual(words)
  })
})

describe('what is not run', () => {
  it.each([
    ['a $(b $(c) ")") d', ['a', 'd'], '$(b $(c) ")")'],
    ['a "x$(b)y" d', ['a', 'd'], '$(b)'],
    ['a `b c` d', ['a', 'd'], '`b c`'],
    ['a <(b) d', ['a', 'd'], '<(b)'],
  ])('%s', (text, words, lost) => {
    const [command] = split(text).commands
    expect(command?.words.map((word) => word.text)).toEqual(words)
    expect(command?.substitutions.map((one) => [one.text, piece(text, one)])).toEqual([[lost, lost]])
  })
  it('knows the role that a token of a swarm gives', () => {
    expect(wordsOf('a --token $(docker swarm join-token -q worker) b')).toEqual([
      ['a', '--token', 'TOKEN-worker', 'b'],
    ])
  })
})

describe('what a shell would not read', () => {
  it.each([
    ['a "b', '"'],
    ["a 'b", "'"],
    ['a $(b', '$'],
    ['a `b', '`'],
    ['a $\u007b}', '$\u007b}'],
    ['a $\u007bb', '$\u007bb'],
  ])('%s', (text, at) => {
    const { commands, fault } = split(text)
    expect(commands).toEqual([])
    expect(fault && text.slice(fault.at.start, fault.at.end)).toBe(at)
  })
})
