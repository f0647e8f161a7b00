/** What a figure and a print say of the changes between two steps of a model. */
import { formatAddress } from '../net/index.ts'
import { addressesOf } from '../plan/certainty.ts'
import {
  attachmentText,
  type Change,
  type ChangedThing,
  type ChangeKind,
  type Changes,
  portText,
} from '../plan/changes.ts'
import type { PlanContainer, PublishedPort } from '../plan/plan.ts'
import type { ChangePlace } from '../words/views.ts'
import type { Words } from '../words/words.ts'

/** Stands before whatever is new, gone or another: a sign that is there in black and white, too. */
export const CHANGE_SIGNS: Readonly<Record<ChangeKind, string>> = { new: '+', gone: '−', changed: '~' }

/** `+ ` in front of what is new, and so on; `''` where nothing happened, or nobody asked. */
export function changeSign(changes: Changes | null, thing: ChangedThing): string {
  const change = changes?.of(thing) ?? null
  return change === null ? '' : `${CHANGE_SIGNS[change.kind]} `
}

/** A default route that goes to another gateway; one that came or went does so with a network. */
export const movedRoute = (container: string, changes: Changes): 'changed' | null =>
  ([4, 6] as const).some((family) => changes.of({ is: 'route', container, family })?.kind === 'changed')
    ? 'changed'
    : null

/** The same behind a text of Mermaid's, where a sign in front would begin a list: ` (new)`. */
export function changeMark(changes: Changes | null, thing: ChangedThing, words: Words): string {
  const change = changes?.of(thing) ?? null
  return change === null ? '' : ` (${changeWord(change.kind, words)})`
}

export const changeWord = (kind: ChangeKind, { change }: Words): string => change.legend[kind].slice(2)

/** Ports of a container that opened, closed or stayed, so that none of them hides in a range; by the first of them. */
export function portsByChange<T extends PublishedPort>(
  changes: Changes | null,
  container: string,
  ports: readonly T[],
): readonly { readonly thing: ChangedThing; readonly ports: readonly T[] }[] {
  const groups = new Map<ChangeKind | null, { readonly thing: ChangedThing; readonly ports: T[] }>()
  for (const port of ports) {
    const thing = { is: 'port', container, port: portText(port) } as const
    const kind = changes?.of(thing)?.kind ?? null
    const group = groups.get(kind) ?? { thing, ports: [] }
    group.ports.push(port)
    groups.set(kind, group)
  }
  return [...groups.values()]
}

/** One sentence for each change, in the order of the plan; one that says so where there is none. */
export function changeSentences(changes: Changes, words: Words): readonly string[] {
  const said = inRanges(changes.list).map((change) => sentence(change, changes, words))
  return (said.length === 0 ? [words.change.none] : said).map((text) => `${text}.`)
}

/** The same with their signs in front, as a list of text. */
export const changeLines = (changes: Changes, words: Words): readonly string[] =>
  changes.list.length === 0
    ? [words.change.none]
    : inRanges(changes.list).map(
        (change) => `${CHANGE_SIGNS[change.kind]} ${sentence(change, changes, words)}`,
      )

function sentence({ thing, kind, from, to }: Change, changes: Changes, words: Words): string {
  const { change } = words
  const { merged, before, after } = changes
  const who = 'container' in thing ? thing.container.trim() : ''
  switch (thing.is) {
    case 'network': {
      const name = merged.networks.get(thing.network)?.name ?? thing.network
      const [was, is] = [from, to].map((text) => withGateways(text, words))
      return from === to
        ? change.networkAnew(name, is ?? '')
        : change.network(kind, name, was ?? '', is ?? '')
    }
    case 'container': {
      const named = places((kind === 'gone' ? before : after).containers.get(thing.container), kind, changes)
      return from === to ? change.anew(who, named) : change.container(who, stateOf(from), stateOf(to), named)
    }
    case 'name':
      return change.name(from, to)
    case 'attachment':
      return change.attachment(
        kind,
        who,
        thing.network,
        from,
        to,
        kind === 'gone' ? holderOf(from, thing.network, changes) : '',
      )
    case 'route':
      return change.route(kind, who, thing.family, from, to)
    case 'endpoint': {
      const endpoint = merged.networks.get(thing.network)?.endpoints.get(thing.endpoint)
      const host = endpoint?.host ?? ''
      const called =
        endpoint?.kind === 'load-balancer' ? words.space.loadBalancer(host) : words.space.ingressSandbox(host)
      return change.endpoint(kind, called, thing.network, from, to)
    }
    case 'port':
      return change.port(kind, thing.port, who, from, to)
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

/** `172.18.0.0/16 172.18.0.1`, with what the second address is. */
const withGateways = (subnets: string, { figure }: Words): string =>
  subnets.replace(
    /(\/\d{1,3}) ([^ ,]+)/g,
    (_, length: string, gateway: string) => `${length} · ${figure.gateway(gateway)}`,
  )

/** Ports that follow each other and had the same happen to them, as one: `8000-8010`. */
function inRanges(list: readonly Change[]): readonly Change[] {
  const joined: Change[] = []
  let run: Change[] = []
  const flush = (): void => {
    const [first, last] = [run[0], run.at(-1)]
    if (first?.thing.is === 'port' && last?.thing.is === 'port' && run.length > 2)
      joined.push({
        ...first,
        thing: { ...first.thing, port: rangeOf(first.thing.port, last.thing.port) },
        from: rangeOf(first.from, last.from),
        to: rangeOf(first.to, last.to),
      })
    else joined.push(...run)
    run = []
  }
  for (const change of list) {
    const last = run.at(-1)
    if (last !== undefined && !follows(last, change)) flush()
    run.push(change)
  }
  flush()
  return joined
}

function follows(one: Change, next: Change): boolean {
  const [a, b] = [one.thing, next.thing]
  return (
    a.is === 'port' &&
    b.is === 'port' &&
    a.container === b.container &&
    one.kind === next.kind &&
    after(a.port) === b.port &&
    after(one.from) === next.from &&
    after(one.to) === next.to
  )
}

/** The number of a port: behind the address, before the protocol. */
const NUMBER = /(?<!\d)\d{1,5}(?=(?:\/[a-z]{1,4})?$)/

const after = (port: string): string => port.replace(NUMBER, (number) => String(Number(number) + 1))

const rangeOf = (first: string, last: string): string =>
  first === last ? first : first.replace(NUMBER, (number) => `${number}-${NUMBER.exec(last)?.[0]}`)

const stateOf = (text: string): PlanContainer['state'] | '' =>
  text === 'running' || text === 'created' || text === 'exited' ? text : ''

const roleOf = (text: string): 'manager' | 'worker' | '' =>
  text === 'manager' || text === 'worker' ? text : ''

/** `172.18.0.2` on `back`, for each network. */
const places = (
  container: PlanContainer | undefined,
  kind: ChangeKind,
  changes: Changes,
): readonly ChangePlace[] =>
  [...(container?.endpoints ?? [])].map(([network, attachment]) => {
    const address = attachmentText(attachment)
    return { network, address, by: kind === 'gone' ? holderOf(address, network, changes) : '' }
  })

/** Who has an address now that another had before; `''` where it is free. */
function holderOf(address: string, network: string, { after }: Changes): string {
  const given = new Set(address.split(', '))
  for (const { name, container, ...own } of after.networks.get(network)?.endpoints.values() ?? [])
    if (addressesOf(own).some((one) => given.has(formatAddress(one.address))))
      return container === '' ? name : container
  return ''
}
