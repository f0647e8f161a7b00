import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { guessEngine, releaseOf } from '../../src/verify/guess-engine.ts'
import { readInspect } from '../../src/verify/inspect.ts'

describe('releaseOf', () => {
  it.each([
    ['20.10.24', '20'],
    ['18.09.1', '20'],
    ['23.0.6', '20'],
    ['25.0.0', '26'],
    ['26.1.5', '26'],
    ['27.5.1', '27'],
    ['28.5.2', '28'],
    ['29.1.0-rc.1', '29'],
    ['31.0.0', '29'],
    ['dev', '29'],
  ])('takes %s for %s', (version, release) => {
    expect(releaseOf(version)).toBe(release)
  })
})

describe('guessEngine', () => {
  const text = readFileSync(join(import.meta.dirname, 'networks-20.json'), 'utf8')
  const guess = (json: string): string => {
    const reading = readInspect(json)
    return reading.ok ? guessEngine(reading.value) : reading.message
  }

  it('knows 20.10 by MACs that follow from addresses and by the gateway docker0 does not print', () => {
    expect(guess(text)).toBe('20')
  })

  it('knows 26 by such MACs alone', () => {
    expect(
      guess(text.replace('"Subnet": "172.17.0.0/16"', '"Subnet": "172.17.0.0/16", "Gateway": "172.17.0.1"')),
    ).toBe('26')
  })

  it('takes random MACs, and no MACs, for the newest', () => {
    expect(guess(text.replaceAll('"MacAddress": "02:42:', '"MacAddress": "3e:99:'))).toBe('28')
    expect(guess('[]')).toBe('29')
  })
})
