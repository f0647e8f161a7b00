import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile } from '../../src/compile.ts'
import { portRanges, rangeText } from '../../src/figure/port-ranges.ts'
import { formatAddress } from '../../src/net/index.ts'
import type { PublishedPort } from '../../src/plan/plan.ts'
import { port } from '../support/plan.ts'
import { seeds } from '../support/seeds.ts'

const ports = (...pairs: readonly (readonly [string, string])[]): readonly PublishedPort[] =>
  pairs.map(([host, container]) => port(`${host}->${container}`))
const shown = (list: readonly PublishedPort[]): readonly string[] =>
  portRanges(list).map(({ ip, port: first, target, count, protocol }) => {
    const numbers = (from: number): string => rangeText(from, count)
    return `${ip.family === 6 ? `[${formatAddress(ip)}]` : formatAddress(ip)}:${numbers(first)}->${numbers(target)}/${protocol}`
  })

describe('ports that follow each other', () => {
  it('are one, for each address and protocol by itself', () => {
    const list = [8000, 8001, 8002].flatMap((port) => [
      [`0.0.0.0:${port}`, `${port - 7000}/tcp`] as const,
      [`[::]:${port}`, `${port - 7000}/tcp`] as const,
      [`0.0.0.0:${port}`, `${port}/udp`] as const,
    ])
    expect(shown(ports(...list))).toEqual([
      '0.0.0.0:8000-8002->1000-1002/tcp',
      '[::]:8000-8002->1000-1002/tcp',
      '0.0.0.0:8000-8002->8000-8002/udp',
    ])
  })

  it('stay as they are when they are two, or lead elsewhere', () => {
    const list = ports(
      ['0.0.0.0:80', '80/tcp'],
      ['0.0.0.0:81', '81/tcp'],
      ['0.0.0.0:82', '92/tcp'],
      ['127.0.0.1:83', '83/tcp'],
    )
    expect(portRanges(list)).toEqual(list.map((one) => ({ ...one, count: 1 })))
  })

  for (const seed of seeds()) {
    it(`lose none and gain none (seed ${seed})`, () => {
      const one = fc.record({
        at: fc.constantFrom('0.0.0.0', '[::]'),
        from: fc.integer({ min: 1, max: 12 }),
        to: fc.integer({ min: 1, max: 12 }),
        protocol: fc.constantFrom('tcp', 'udp'),
      })
      type One = { at: string; from: number; to: number; protocol: string }
      const textOf = ({ at, from, to, protocol }: One): string => `${at}:${from}->${to}/${protocol}`
      fc.assert(
        fc.property(fc.uniqueArray(one, { selector: textOf }), (list) => {
          const single = portRanges(list.map((each) => port(textOf(each)))).flatMap((range) =>
            Array.from({ length: range.count }, (_, i) =>
              textOf({
                at: range.ip.family === 6 ? '[::]' : '0.0.0.0',
                from: range.port + i,
                to: range.target + i,
                protocol: range.protocol,
              }),
            ),
          )
          expect([...single].sort()).toEqual(list.map(textOf).sort())
        }),
        { seed },
      )
    })
  }
})

describe('a published port', () => {
  const text = (ports: string): string => {
    const result = compile(`services: { web: { ports: [${ports}] } }`)
    if (!result.ok) throw new Error('not drawn')
    return result.mermaid
  }
  it('has its own protocol beside the client', () => {
    expect(text('"53:53/udp", "80:80"')).toContain('"53/udp<br/>80/tcp"')
  })
  it('is no line of its own in a range, however long', () => {
    expect(text('"8000-8010:8000-8010"')).toContain('8000-8010 → web:8000-8010')
    expect(text('"1-65535:1-65535"').length).toBeLessThan(3000)
  })
})
