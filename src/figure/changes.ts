/** What a figure and a print say of the changes between two steps of a model. */
import { attachmentText, type Change, type ChangeKind, type Changes } from '../plan/changes.ts'
import type { PlanContainer } from '../plan/plan.ts'
import type { Words } from '../words/words.ts'

/** Stands before whatever is new, gone or another: a sign that is there in black and white, too. */
export const CHANGE_SIGNS: Readonly<Record<ChangeKind, string>> = { new: '+', gone: '−', changed: '~' }

/** One sentence for each change, in the order of the plan; one that says so where there is none. */
export function changeSentences(changes: Changes, words: Words): readonly string[] {
  const said = changes.list.map((change) => sentence(change, changes, words))
  return (said.length === 0 ? [words.change.none] : said).map((text) => `${text}.`)
}

/** The same with their signs in front, as a list of text. */
export const changeLines = (changes: Changes, words: Words): readonly string[] =>
  changes.list.length === 0
    ? [words.change.none]
    : changes.list.map((change) => `${CHANGE_SIGNS[change.kind]} ${sentence(change, changes, words)}`)

function sentence({ thing, kind, from, to }: Change, { merged }: Changes, { change }: Words): string {
  switch (thing.is) {
    case 'network':
      return change.network(kind, merged.networks.get(thing.network)?.name ?? thing.network, from, to)
    case 'container': {
      const container = merged.containers.get(thing.container)
      return change.container(thing.container, stateOf(from), stateOf(to), container ? places(container) : [])
    }
    case 'attachment':
      return change.attachment(kind, thing.container, thing.network, from, to)
    case 'port':
      return change.port(kind, thing.port, thing.container, from, to)
    case 'service':
      return change.service(kind, thing.service, from, to)
    case 'vip':
      return change.vip(kind, thing.service, thing.network, from, to)
    case 'mesh':
      return change.mesh(kind, thing.port, thing.service, from, to)
    case 'role':
      return change.role(thing.host, roleOf(from), roleOf(to))
    default:
      return thing satisfies never
  }
}

const stateOf = (text: string): PlanContainer['state'] | '' =>
  text === 'running' || text === 'created' || text === 'exited' ? text : ''

const roleOf = (text: string): 'manager' | 'worker' | '' =>
  text === 'manager' || text === 'worker' ? text : ''

/** `172.18.0.2` on `back`, for each network. */
const places = (
  container: PlanContainer,
): readonly { readonly network: string; readonly address: string }[] =>
  [...container.endpoints].map(([network, attachment]) => ({ network, address: attachmentText(attachment) }))
