import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FENCE_KEYS, isOurFence, readInfo } from '../../src/markdown-it/info.ts'

const valuesOf = (info: string) =>
  Object.fromEntries([...readInfo(info).values].map(([key, { value }]) => [key, value]))

describe('the info string', () => {
  it('is ours by its whole first word', () => {
    expect(['docker-network', ' docker-network view=bus', 'docker-network\tx'].map(isOurFence)).toEqual([
      true,
      true,
      true,
    ])
    expect(['docker-networks', 'yaml docker-network', 'docker-network-x', ''].map(isOurFence)).toEqual([
      false,
      false,
      false,
      false,
    ])
  })

  it('takes values bare, in double and in single quotes', () => {
    expect(valuesOf(`docker-network view=bus title="두 단어" model='a b'`)).toEqual({
      view: 'bus',
      title: '두 단어',
      model: 'a b',
    })
  })

  it('keeps an equals sign and a colon inside a value', () => {
    expect(valuesOf('docker-network print=ip-addr:web title="a=b"')).toEqual({
      print: 'ip-addr:web',
      title: 'a=b',
    })
  })

  it('knows words that stand alone', () => {
    expect([...readInfo('docker-network model=m hidden').flags]).toEqual(['hidden'])
  })

  it('names what it does not know, with its place', () => {
    const info = 'docker-network veiw=bus view= use=a use=b'
    const { strange } = readInfo(info)
    expect(strange.map(({ kind, word }) => [kind, info.slice(word.span.start, word.span.end)])).toEqual([
      ['unknown', 'veiw'],
      ['empty', 'view'],
      ['repeated', 'use'],
    ])
  })

  it('has the span of every value be the value', () => {
    const key = fc.constantFrom(...FENCE_KEYS)
    const value = fc.stringMatching(/^[\p{L}0-9 .:/_-]*[\p{L}0-9]$/u)
    fc.assert(
      fc.property(key, value, fc.constantFrom('"', "'"), (name, text, quote) => {
        const info = `docker-network ${name}=${quote}${text}${quote}`
        const read = readInfo(info).values.get(name)
        expect(read?.value).toBe(text)
        expect(info.slice(read?.span.start, read?.span.end)).toBe(text)
      }),
      { seed: 7 },
    )
  })
})
