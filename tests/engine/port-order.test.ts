/**
 * In which order the ports of one container are bound. Up to 26 as go-connections sorts them; what is said of it here is
 * what Docker 20.10.24 and 26.1.5 did, each on an engine that had published nothing before.
 */
import { describe, expect, it } from 'vitest'
import { planSource } from '../../src/compile.ts'
import type { Plan } from '../../src/plan/plan.ts'

const plan = (engine: number, ports: string, before = ''): Plan => {
  const block = `engine: ${engine}\ncommands: [${before}docker run -d --name c1 ${ports} nginx]`
  const { plan: made } = planSource(block)
  if (made === null) throw new Error(block)
  return made
}
/** `container port=host port`, IPv4 alone; what failed. */
const bound = (...of: Parameters<typeof plan>): string => {
  const { containers, steps } = plan(...of)
  const ports = (containers.get('c1')?.ports ?? []).filter(({ ip }) => ip.family === 4)
  const listed = ports.map(({ target, port }) => `${target}=${port}`).sort()
  return steps.at(-1)?.error?.message.replace(/.*: (?=Bind)/, '') ?? listed.join(' ')
}
const certainty = (...of: Parameters<typeof plan>): readonly string[] => [
  ...new Set(
    plan(...of)
      .containers.get('c1')
      ?.ports.map((port) => port.certainty),
  ),
]

describe.each([20, 26])('in %i', (engine) => {
  it('a range of a higher container port is bound before a fixed port, which then finds its own taken', () => {
    expect(bound(engine, '-p 7000-7005:81 -p 7000:80')).toBe(
      'Bind for 0.0.0.0:7000 failed: port is already allocated',
    )
    expect(bound(engine, '-p 7000:81 -p 7000-7005:80')).toBe('80=7001 81=7000')
    expect(bound(engine, '-p 7000-7005:80 -p 7000:81')).toBe('80=7001 81=7000')
  })
  it('what is written last for one TCP port is bound first', () => {
    expect(bound(engine, '-p 7000:80 -p 7000-7005:80')).toBe(
      'Bind for 0.0.0.0:7000 failed: port is already allocated',
    )
    expect(bound(engine, '-p 7000-7005:80 -p 7000:80')).toBe('80=7000 80=7001')
  })
  it('the higher container port goes first where ranges begin alike', () => {
    expect(bound(engine, '-p 7000-7005:80 -p 7000-7005:81')).toBe('80=7001 81=7000')
    expect(bound(engine, '-p 80 -p 81')).toBe('80=32769 81=32768')
  })
  it('chance decides where the higher port of the host leads to the lower one of the container', () => {
    const taken = 'docker run -d --name q1 -p 7000:80 nginx, '
    expect(certainty(engine, '-p 7001-7005:80 -p 7000-7005:81', taken)).toEqual(['one-of-several'])
    // The other way round each comparison says the same.
    expect(certainty(engine, '-p 7001-7005:81 -p 7000-7005:80', taken)).toEqual(['computed'])
    // Ranges that do not meet cannot take from each other.
    expect(certainty(engine, '-p 7100-7105:80 -p 7000-7005:81', taken)).toEqual(['computed'])
  })
})

describe('in 28', () => {
  it('fixed ports are bound before any choice, and choices by ascending container port', () => {
    expect(bound(28, '-p 7000-7005:81 -p 7000:80')).toBe('80=7000 81=7001')
    expect(bound(28, '-p 7000:80 -p 7000-7005:80')).toBe('80=7000 80=7001')
    expect(bound(28, '-p 7000-7005:80 -p 7000-7005:81')).toBe('80=7000 81=7001')
  })
  it('nothing is left to chance', () => {
    expect(certainty(28, '-p 7001-7005:80 -p 7000-7005:81')).toEqual(['computed'])
  })
})
