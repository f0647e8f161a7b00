import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile } from '../../src/compile.ts'
import { portRanges } from '../../src/figure/port-ranges.ts'
import type { PublishedPort } from '../../src/plan/plan.ts'
import { seeds } from '../support/seeds.ts'

const ports = (...pairs: readonly (readonly [string, string])[]): readonly PublishedPort[] =>
  pairs.map(([host, container]) => ({ host, container, certainty: 'computed' }))
const shown = (list: readonly PublishedPort[]): readonly string[] =>
  portRanges(list).map(({ host, container }) => `${host}->${container}`)

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
    expect(portRanges(list)).toEqual(list)
  })

  for (const seed of seeds()) {
    it(`lose none and gain none (seed ${seed})`, () => {
      const port = fc.record({
        host: fc
          .tuple(fc.constantFrom('0.0.0.0:', '[::]:'), fc.integer({ min: 1, max: 12 }))
          .map((p) => p.join('')),
        container: fc
          .tuple(fc.integer({ min: 1, max: 12 }), fc.constantFrom('/tcp', '/udp'))
          .map((p) => p.join('')),
        certainty: fc.constant('computed' as const),
      })
      const numbers = (text: string): readonly number[] => {
        const [first = 0, last = first] = (/(\d+(?:-\d+)?)(?:\/|$)/.exec(text)?.[1] ?? '')
          .split('-')
          .map(Number)
        return Array.from({ length: last - first + 1 }, (_, i) => first + i)
      }
      fc.assert(
        fc.property(fc.uniqueArray(port, { selector: (one) => `${one.host} ${one.container}` }), (list) => {
          const single = portRanges(list).flatMap(({ host, container }) => {
            const targets = numbers(container)
            return numbers(host).map(
              (number, i) =>
                `${host.replace(/[\d-]+$/, '')}${number} ${targets[i]}${container.slice(container.indexOf('/'))}`,
            )
          })
          expect([...single].sort()).toEqual(list.map((one) => `${one.host} ${one.container}`).sort())
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
