/** What tests see of Vitest while mutants are tried: they are only noted down, and run one by one by `trial.ts`. */
import { expect } from 'vitest'

export interface NotedTest {
  readonly name: string
  readonly run: () => unknown
}

type Body = (...values: readonly unknown[]) => unknown
type Titled = (title: string, body: Body, ...rest: readonly unknown[]) => void

export const noted: NotedTest[] = []
const path: string[] = []

function describeOne(title: string, body: Body): void {
  path.push(title)
  body()
  path.pop()
}

function note(title: string, body: Body): void {
  noted.push({ name: [...path, title].join(' > '), run: body })
}

function eachOf(one: Titled) {
  return (rows: readonly unknown[]): Titled =>
    (title, body) => {
      for (const [i, row] of rows.entries())
        one(`${title} #${i}`, () => body(...(Array.isArray(row) ? row : [row])))
    }
}

export const describe = Object.assign(describeOne, { each: eachOf(describeOne) })
export const it = Object.assign(note, { each: eachOf(note) })
export { expect }
