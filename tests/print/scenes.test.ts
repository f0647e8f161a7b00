/** Prints of the scenes that were compared with running engines: one of each kind, to the letter. */
import { join } from 'node:path'
import { it } from 'vitest'
import { PRINT_KINDS, printModel } from '../../src/print/print.ts'
import { holdTo, type Played, playedScenes } from '../support/scenes.ts'

const FILE = join(import.meta.dirname, 'scenes.txt')

const subjects = ({ plan }: Played, of: string): readonly string[] => {
  if (of === 'network') return [...plan.networks.keys()]
  if (of === 'container') return [...plan.containers.keys()]
  return of === 'host' ? plan.hosts.map(({ name }) => name) : ['']
}

/** What stands in it, whatever the names and addresses are. */
const kindOf = (text: string): string =>
  [...new Set(text.split('\n').map((line) => line.replace(/\w*\d[\w.:/]*|"\w+"/g, 'X')))].sort().join('\n')

function prints(scenes: readonly Played[]): ReadonlyMap<string, string> {
  const known = new Set<string>()
  const found = new Map<string, string>()
  for (const played of scenes)
    for (const [kind, of] of Object.entries(PRINT_KINDS))
      for (const subject of subjects(played, of)) {
        const printed = printModel(kind, subject, played.plan, played.topology)
        const text = printed.ok ? printed.text : `${printed.message}. ${printed.hint}`
        const key = `${kind} ${kindOf(text)}`
        if (known.has(key)) continue
        known.add(key)
        found.set(`${played.title} | ${kind} ${subject}`.trim(), text)
      }
  return found
}

const played = playedScenes()

it('a print of a measured scene is as it was, and none is new', () => {
  holdTo(FILE, prints(played))
})
