import { expect, it } from 'vitest'
import { lab } from '../engine/lab.ts'

it('refuses a long swarm name that does not fit, at once', () => {
  const result = lab(
    '28',
    `
    name: ${'x'.repeat(80)}
    swarm: true
    networks: { "a b": {} }
    ---
    docker network create -d overlay "${'y'.repeat(80)} z"`,
  )
  expect(result.error(0)).not.toBeNull()
})

it('takes names of JavaScript’s own objects for names', () => {
  const { plan } = lab(
    '28',
    `
    services: { __proto__: { networks: [constructor] }, toString: { networks: [constructor] } }
    networks: { constructor: {} }
    ---`,
  )
  expect([...plan.containers.keys()]).toEqual(['__proto__', 'toString'])
  expect(plan.networks.get('constructor')?.endpoints.size).toBe(2)
})
