import { describe, expect, it } from 'vitest'
import type { Problem } from '../../src/problem/problem.ts'
import { readTopology } from '../../src/topology/read.ts'

function read(text: string) {
  const problems: Problem[] = []
  const topology = readTopology(`engine: ${text}\nservices: { web: {} }`, (problem) => problems.push(problem))
  return {
    engine: topology?.engine,
    releases: topology?.rules.releases,
    problems: problems.map((p) => p.message),
  }
}

describe('engine', () => {
  it('is the newest of its line, with the command line and the Compose that come with it', () => {
    expect(read('28').releases).toEqual({ engine: '28.5', cli: '28.5', compose: '2.40' })
  })
  it('may be a minor release, with the command line of the same number', () => {
    expect(read('"28.0.4"')).toEqual({
      engine: '28',
      releases: { engine: '28.0', cli: '28.0', compose: '2.40' },
      problems: [],
    })
  })
  it.each(['20', '20.10', '"20.10.24"', 'v20.10'])('is 20.10 as %s', (text) => {
    expect(read(text).releases?.engine).toBe('20.10')
  })
  it('may have another command line and another Compose', () => {
    expect(read('{ release: 26, cli: 28, compose: 2.32.1 }')).toEqual({
      engine: '26',
      releases: { engine: '26.1', cli: '28.99', compose: '2.32' },
      problems: [],
    })
  })
  it('is told where it is not known', () => {
    expect(read('19.3').problems).toEqual(['The rules of engine "19.3" are not known'])
    expect(read('{ release: 28, compose: 1.29 }').problems).toEqual([
      '"1.29" is no release of Docker Compose 2 or later',
    ])
    expect(read('{ release: 28, client: 27 }').problems).toEqual(['"engine" has no key "client"'])
  })
})
