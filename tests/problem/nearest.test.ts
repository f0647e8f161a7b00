import { describe, expect, it } from 'vitest'
import { nearest } from '../../src/problem/nearest.ts'

describe('the nearest known word', () => {
  it.each([
    ['prots', ['image', 'ports'], 'ports'],
    ['bd', ['web', 'db'], 'db'],
    ['dns', ['vip', 'dnsrr'], 'dnsrr'],
    ['netwrok', ['node', 'network'], 'network'],
    ['ipv4address', ['ipv6_address', 'ipv4_address'], 'ipv4_address'],
    ['Services', ['services'], 'services'],
  ])('of %s in %j is %s', (word, known, near) => {
    expect(nearest(word, known)).toBe(near)
  })

  it.each([
    ['foo', ['top', 'info', 'cp']],
    ['web', ['db', 'api']],
    ['cache', ['back', 'bridge']],
    ['x', ['y', 'ab']],
    ['podman', ['docker']],
    ['', ['a']],
  ])('is not guessed: %s in %j', (word, known) => {
    expect(nearest(word, known)).toBeNull()
  })
})
