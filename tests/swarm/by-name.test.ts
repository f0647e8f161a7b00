/** Rules by name, each side of their edges, in every release: to be read in `by-name.kept.txt`. */
import { it } from 'vitest'
import { holdByName } from '../support/by-name.ts'

it('a swarm does as its rules say', () => {
  holdByName(import.meta.dirname)
})
