/** States that commands lead to are given back by import, settings and all. */
import { expect, it } from 'vitest'
import { planSource } from '../../src/compile.ts'
import { importTopology } from '../../src/verify/import.ts'
import { inspectedOf } from './inspected-of.ts'
import { STATES } from './states.ts'

it.each(STATES)('$name', ({ commands }) => {
  const block = `engine: 28\nhosts: { host: { address: 198.51.100.10/24 } }\ncommands: ${JSON.stringify(commands)}`
  const { plan, problems } = planSource(block)
  if (plan === null) throw new Error(JSON.stringify(problems))
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  const { text, differences } = importTopology(inspectedOf(plan), '28')
  expect(differences, text).toEqual([])
  const again = planSource(text)
  expect(again.problems.filter(({ severity }) => severity === 'error')).toEqual([])
  const states = (of: typeof plan | null) =>
    [...(of?.containers.values() ?? [])].map(({ name, state }) => `${name} ${state}`).sort()
  expect(states(again.plan), text).toEqual(states(plan))
  const links = (of: typeof plan | null) =>
    [...(of?.containers.values() ?? [])]
      .flatMap(({ name, links: own, endpoints }) => [
        ...[...own].map((link) => `${name}: ${link}`),
        ...[...endpoints].flatMap(([key, one]) => [...one.links].map((link) => `${name} on ${key}: ${link}`)),
      ])
      .sort()
  expect(links(again.plan), text).toEqual(links(plan))
})
