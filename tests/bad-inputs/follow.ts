/** Follows a hint to the letter, as an author would: what it says to write is written, what it says to delete is deleted. */
import { type Document, isMap, isPair, isScalar, isSeq, type Node, parse, parseDocument } from 'yaml'
import { planSource } from '../../src/compile.ts'
import { addressText, formatPrefix, prefixOf } from '../../src/net/index.ts'
import type { Problem } from '../../src/problem/problem.ts'

/** The text after the hint was followed; `null` when the rule does not fit this input. */
type Follow = (input: Input, found: RegExpExecArray) => string | null

export interface Input {
  readonly text: string
  readonly problem: Problem
  /** What the problem marks. */
  readonly marked: string
}

/** Puts a text in the place of what is marked, quoted as that was. */
const replace = ({ text, problem: { span }, marked }: Input, by: string): string => {
  const quoted = marked.startsWith('"') ? JSON.stringify(by) : marked.startsWith("'") ? `'${by}'` : by
  return `${text.slice(0, span.start)}${quoted}${text.slice(span.end)}`
}

type Step = { readonly holder: Node; readonly index: number; readonly start: number; readonly end: number }

/** Entries and items around a span, innermost last. */
function around(doc: Document, start: number, end: number): readonly Step[] {
  const found: Step[] = []
  const visit = (node: unknown): void => {
    if (!isMap(node) && !isSeq(node)) return
    for (const [index, item] of node.items.entries()) {
      const parts = (isPair(item) ? [item.key, item.value] : [item]) as readonly (Node | null)[]
      const ranges = parts.flatMap((part) => (part?.range == null ? [] : [part.range]))
      const from = Math.min(...ranges.map(([first]) => first))
      const to = Math.max(...ranges.map(([, last]) => last))
      if (from > start || to < end) continue
      found.push({ holder: node, index, start: from, end: to })
      for (const part of parts) visit(part)
    }
  }
  visit(doc.contents)
  return found
}

const read = (text: string): Document => parseDocument(text, { uniqueKeys: false, merge: true })
const print = (doc: Document): string => doc.toString({ lineWidth: 0 })

/** Deletes the innermost entry or item that is marked, or the one of that key around it. */
export function remove({ text, problem: { span } }: Input, key?: string): string | null {
  const doc = read(text)
  const steps = around(doc, span.start, span.end)
  const keyOf = ({ holder, index }: Step): unknown => {
    const item = isMap(holder) ? holder.items[index] : null
    return isPair(item) && isScalar(item.key) ? item.key.value : null
  }
  const step = key === undefined ? steps.at(-1) : steps.findLast((one) => keyOf(one) === key)
  if (step === undefined || !(isMap(step.holder) || isSeq(step.holder))) return null
  step.holder.items.splice(step.index, 1)
  return print(doc)
}

/** Deletes the command that is marked, or in which something is. */
function removeCommand(input: Input): string | null {
  const doc = read(input.text)
  const steps = around(doc, input.problem.span.start, input.problem.span.end)
  const list = steps.find(({ holder }) => isSeq(holder))
  if (list === undefined || !isSeq(list.holder)) return null
  list.holder.items.splice(list.index, 1)
  return print(doc)
}

/** Types commands before the marked one. */
function before(input: Input, ...commands: readonly string[]): string | null {
  const doc = read(input.text)
  const steps = around(doc, input.problem.span.start, input.problem.span.end)
  const list = steps.find(({ holder }) => isSeq(holder))
  if (list === undefined || !isSeq(list.holder)) return null
  list.holder.items.splice(list.index, 0, ...commands.map((command) => doc.createNode(command)))
  return print(doc)
}

/** Merges YAML into the block. */
export function merge(text: string, written: string): string {
  const doc = read(text)
  const put = (value: unknown, path: readonly string[]): void => {
    const isTable = typeof value === 'object' && value !== null && !Array.isArray(value)
    const there = doc.getIn(path)
    if (isTable && isMap(there)) for (const [key, inner] of Object.entries(value)) put(inner, [...path, key])
    else if (isTable && isSeq(there) && there.items.every((item) => isScalar(item))) {
      // The short form of a list of names: each gets settings.
      doc.setIn(
        path,
        Object.fromEntries(there.items.map((item) => [String((item as { value: unknown }).value), {}])),
      )
      put(value, path)
    } else doc.setIn(path, value)
  }
  for (const [key, value] of Object.entries(parse(written) as Record<string, unknown>)) put(value, [key])
  return print(doc)
}

/** Puts words into the marked command, behind its verb. */
function addFlags({ text, problem: { span } }: Input, flags: string): string | null {
  const doc = read(text)
  for (const { holder, index } of [...around(doc, span.start, span.end)].reverse()) {
    const item = isSeq(holder) ? holder.items[index] : isMap(holder) ? holder.items[index]?.value : null
    if (!isScalar(item) || typeof item.value !== 'string') continue
    const verb =
      /^((?:\[\w+\] )?docker (?:network|service|swarm|container|stack|compose|node) \w+|(?:\[\w+\] )?docker \w+)/
    if (!verb.test(item.value)) continue
    item.value = item.value.replace(verb, `$1 ${flags}`)
    return print(doc)
  }
  return null
}

/** Changes the key of the innermost marked entry. */
function renameKey({ text, problem: { span } }: Input, by: string): string | null {
  const doc = read(text)
  const step = around(doc, span.start, span.end).findLast(({ holder }) => isMap(holder))
  const pair = step !== undefined && isMap(step.holder) ? step.holder.items[step.index] : undefined
  if (pair === undefined || !isScalar(pair.key)) return null
  pair.key.value = by
  return print(doc)
}

/** Changes the key of the marked entry that is called so. */
function renameAround({ text, problem: { span } }: Input, key: string, by: string): string | null {
  const doc = read(text)
  for (const { holder, index } of around(doc, span.start, span.end)) {
    const pair = isMap(holder) ? holder.items[index] : undefined
    if (pair === undefined || !isScalar(pair.key) || pair.key.value !== key) continue
    pair.key.value = by
    return print(doc)
  }
  return null
}

/** Writes the address that the figure shows, and its subnet, until nothing is left to chance. */
function pinned(input: Input, [, service = '', network = '', key = '', withSubnet]: RegExpExecArray): string {
  const { plan } = planSource(input.text)
  const shown = plan?.networks.get(network)
  const mine = [...(plan?.containers.values() ?? [])].find(
    (one) => one.service === service || one.name === service,
  )
  const attachment = mine?.endpoints.get(network)
  const address = (key === 'ipv6_address' ? attachment?.ipv6 : attachment?.ipv4) ?? null
  const [subnet] = shown?.subnets ?? []
  const one = `services: { ${service}: { networks: { ${network}: { ${key}: "${addressText(address?.address)}" } } } }`
  const written = merge(input.text, one)
  if (withSubnet === undefined || subnet === undefined) return written
  const block = formatPrefix(prefixOf(subnet))
  return merge(written, `networks: { ${network}: { ipam: { config: [{ subnet: "${block}" }] } } }`)
}

/** Deletes what is marked in a command, with the flag in front of it. */
const removeWords = (input: Input): string | null => {
  const { text, marked } = input
  const { span } = input.problem
  if (/connect \S*$/.test(text.slice(0, span.start))) return removeCommand(input)
  const flag = marked.startsWith('-')
    ? ''
    : (/ -{1,2}[a-z-]+[= ]$/.exec(text.slice(0, span.start))?.[0] ?? ' ')
  return `${text.slice(0, span.start - flag.length)}${text.slice(span.end)}`
}

/** The last usable address, or half, of a block. */
function inside(block: string, marked: string): string {
  const [address = '', length = ''] = block.split('/')
  return marked.includes('/') ? `${address}/${Number(length) + 1}` : address.replace(/\d+$/, '9')
}

/** The names of a list, each with settings that are nothing. */
const asNames = (input: Input): string =>
  replace(
    { ...input, marked: '' },
    `{ ${[parse(input.marked) as unknown]
      .flat()
      .map((name) => `${name}: {}`)
      .join(', ')} }`,
  )

/** Hints that say what to write or to delete, by their words. The first that fits is followed. */
export const RULES: readonly (readonly [RegExp, Follow])[] = [
  [/^Did you mean \[([^\]]+)\]\?/, (input, [, by = '']) => replace(input, `[${by}]`)],
  [/^Did you mean "([^"]+)"\?/, (input, [, by = '']) => replace(input, by)],
  [/^Write one of (\w+)/, (input, [, by = '']) => replace(input, by)],
  [/^Write (true) or false/, (input, [, by = '']) => replace(input, by)],
  [
    /^Write a (?:whole number|size) from (-?\d+) to (\d+)(?:, such as (\d+))?/,
    (input, [, least = '', most = '', such]) =>
      replace(input, such ?? (Number(input.marked) > Number(most) ? most : least)),
  ],
  [
    /x-docker-network: (\{.*?\})(?:\.$|; or )/,
    (input, [, yaml = '']) => merge(input.text, `x-docker-network: ${yaml}`),
  ],
  [
    /\b((?:hosts|swarm|default-address-pools): [{[].*[}\]])\./,
    (input, [, yaml = '']) => merge(input.text, yaml.startsWith('default') ? `daemon: { ${yaml} }` : yaml),
  ],
  [
    /^Say what it is, before the other commands: (docker .*)\.$/,
    ({ text }, [, command = '']) =>
      text.replace(/^commands: \[/m, `$&${command.replace('IMAGE', 'nginx')}, `),
  ],
  [/first: (docker .*)\.$/, (input, [, command = '']) => before(input, command.replace('IMAGE', 'nginx'))],
  [/^Leave the command out/, removeCommand],
  [
    /^Start it anew, too: (docker restart .+)\.$/,
    ({ text }, found) => `${text.trimEnd()}\n  - ${found[1]}\n`,
  ],
  [/or delete deploy\.(\w+)\.$/, (input, [, key = '']) => remove(input, key)],
  [/^Write "(swarm: true)"/, (input, [, yaml = '']) => merge(input.text, yaml)],
  [
    /^Declare it under "(networks|services):"/,
    (input, [, key = '']) =>
      merge(input.text, `${key}: { ${input.marked.replace(/^"service:|"$/g, '')}: {} }`),
  ],
  [/^Name it under "networks:" of a service, or delete it/, (input) => remove(input)],
  [
    /^Write (?:it (?:without|with) the prefix length|the prefix length too): (\S+)\.$/,
    (input, [, by = '']) => replace(input, by),
  ],
  [/^Write each part without/, (input) => replace(input, input.marked.replace(/(^|\.)0+(?=\d)/g, '$1'))],
  [/^Write it as (\w+)\./, (input, [, by = '']) => renameKey(input, by)],
  [/^Write one inside (\S+)\./, (input, [, by = '']) => replace(input, inside(by, input.marked))],
  [/write an address from \S+ to (\S+), or/, (input, [, by = '']) => replace(input, by)],
  [
    /^Write six bytes: (\S+)\.$/,
    (input, [, by = '']) => replace({ ...input, marked: '' }, JSON.stringify(by)),
  ],
  [
    /^Write an (?:IPv[46] )?address (?:of the host, )?such as ([\da-f.:]*[\da-f])/,
    (input, [, by = '']) => replace(input, by),
  ],
  [/^Write an address and a prefix length: (\S+)\.$/, (input, [, by = '']) => replace(input, by)],
  [/^Write "([\d./]+ via [\d.]+)"/, (input, [, by = '']) => replace(input, by)],
  [
    /^Write "HOST:CONTAINER", such as "(\d+:\d+)"/,
    (input, [, by = '']) => replace({ ...input, marked: '' }, JSON.stringify(by)),
  ],
  [
    /^Write (\/tcp),/,
    (input, [, by = '']) => replace(input, input.marked.replace(/"/g, '').replace(/\/.*/, by)),
  ],
  [/^Write HOST:CONTAINER, such as (\d+:\d+)/, (input, [, by = '']) => replace(input, by)],
  [/^Write SERVICE=\w+, such as (\S+)\.$/, (input, [, by = '']) => replace(input, by)],
  [/"[.]", "_" and "-": (\S+)\.$/, (input, [, by = '']) => input.text.replaceAll(input.marked, by)],
  [
    /^(?:Use letters, digits|Use at least two letters)/,
    (input) => input.text.replaceAll(input.marked || '""', 'shop1'),
  ],
  [/^Choose another name/, (input) => replace(input, 'another1')],
  [
    /^Choose another port of the host/,
    (input) => replace({ ...input, marked: '' }, input.marked.replace(/\d+/, '18080')),
  ],
  [/^Write (\S+\/\d+), without/, (input, [, by = '']) => replace(input, by)],
  [/^Write (\[.*\])\.$/, (input, [, by = '']) => replace({ ...input, marked: '' }, by)],
  [/^Write (\{ .* \})(?:;|\.)/, (input, [, by = '']) => replace({ ...input, marked: '' }, by)],
  [/^Write "NAME: \{\}" for each/, asNames],
  [/^Write "- " in front of each item/, (input) => replace({ ...input, marked: '' }, `[${input.marked}]`)],
  [/^Write a blank behind the colon: "(.*)"\.$/, (input, [, by = '']) => replace(input, by)],
  [/^Write an alias, such as <<: (\*\w+)/, (input, [, by = '']) => replace(input, by)],
  [/^Write network_mode: "([^"]+)"\.$/, (input, [, by = '']) => replace(input, by)],
  [/^Write ("[^"]*\$\{\w+:-value\}[^"]*")/, (input, [, by = '']) => replace({ ...input, marked: '' }, by)],
  [
    /^Write (\$\{\w+:-value\})/,
    (input, [, by = '']) => replace(input, input.marked.replace(/\$\{[^}]*\}|\$\w+/, by).replaceAll('"', '')),
  ],
  [/^Write (\$\{NAME:-default\})/, (input, [, by = '']) => replace(input, by)],
  [/^Write a constraint such as (\S+)\.$/, (input, [, by = '']) => replace(input, by)],
  [/^Write ([\w.:/-]+)\.$/, (input, [, by = '']) => replace(input, by)],
  [/^Write (8080:80), or/, (input, [, by = '']) => replace(input, by)],
  [
    /such as ([0-9][\w.:-]*)\.$/,
    (input, [, by = '']) =>
      replace(
        input,
        by.includes(':') || by.includes('.')
          ? by
          : input.marked.replaceAll('"', '').replace(/\d+(?=:\d+$)/, by),
      ),
  ],
  [
    /^Add (--restart unless-stopped)/,
    (input, [, flags = '']) => input.text.replace('docker run', `docker run ${flags}`),
  ],
  [/^Add (--expose) with each port/, (input, [, flag = '']) => addFlags(input, `${flag} 80`)],
  [
    /^Add (--attachable) \(/,
    (input, [, flag = '']) => input.text.replace('network create', `network create ${flag}`),
  ],
  [
    /^Add (--?[a-z][a-z0-9-]*(?: [\w.:/]+)?)(?:\.$|:| to keep)/,
    (input, [, flags = '']) => addFlags(input, flags),
  ],
  [/^Leave --scope out/, removeWords],
  [/^Leave one of the two out/, removeWords],
  [/^Name it once/, removeWords],
  [
    /^Publish the port in mode=host/,
    ({ text }) =>
      merge(
        text,
        JSON.stringify({
          commands: [
            (/commands: \[(.*)\]/.exec(text)?.[1] ?? '').replace(
              /-p (\d+):(\d+)/,
              '-p published=$1,target=$2,mode=host',
            ),
          ],
        }),
      ),
  ],
  [/^Remove "(\w+): error"/, (input) => input.text.replace(/, expect: error|\n +expect: error/, '')],
  [/^Delete "external:"/, (input) => input.text.replace(/external: true,? ?/, '')],
  [/^Delete "([\w-]+):"/, (input, [, key = '']) => remove(input, key)],
  [/^Delete one of these "?(\w+)"?/, (input, [, key = '']) => remove(input, key)],
  [/^Leave the line with the directive out/, ({ text }) => text.replace(/^%.*\n(?:---\n)?/, '')],
  [/^Write what it says: ((?:files|services): \{.*\})\.$/, (input, [, yaml = '']) => merge(input.text, yaml)],
  [
    /^Write gw_priority: 1 under (\S+) of "([^"]+)"\.$/,
    (input, [, network = '', service = '']) =>
      merge(input.text, `services: { ${service}: { networks: { ${network}: { gw_priority: 1 } } } }`),
  ],
  [/^If # is the prompt, write: (.*)$/, (input, [, command = '']) => replace(input, command)],
  [
    /^Have it leave first: (\[\S+\] docker swarm leave)\.$/,
    (input, [, command = '']) => before(input, command),
  ],
  [/^Write it under "(ports):"/, (input, [, key = '']) => renameAround(input, 'expose', key)],
  [/^To pin them: (networks: \{.*\})\.$/, (input, [, yaml = '']) => merge(input.text, yaml)],
  [/^To pin it: services\.([^.]+)\.networks\.([^.]+)\.(ipv[46]_address)( and networks)?/, pinned],
  [/^(?:Delete one of th|Leave (?:it|the tag|direction) out)/, (input) => remove(input)],
  [/leave (?:the address|the link|it) out/i, (input) => remove(input)],
  [/; leave one of them out\.$/, removeWords],
  [/^Indent with spaces/, (input) => input.text.replaceAll('\t', '  ')],
  [/^Close the bracket\.$/, (input) => closed(input.text)],
  [/^Put the text in quotes/, (input) => replace(input, JSON.stringify(input.marked))],
  [/^Write "services:" or "commands:", for example "(.*)"\.$/, (_, [, yaml = '']) => yaml],
]

const closed = (text: string): string => {
  const open: string[] = []
  for (const letter of text) {
    if (letter === '{' || letter === '[') open.push(letter === '{' ? '}' : ']')
    if (letter === '}' || letter === ']') open.pop()
  }
  return text + open.reverse().join('')
}

/** Hints that say no text to write, and why not. */
export const NO_TEXT: readonly (readonly [hint: RegExp, why: string])[] = [
  [
    /^(?:Known|Known keys|Fields|Properties|Services there|Nodes|Hosts of this block): /,
    'lists what there is',
  ],
  [/^See "docker /, 'names where to read on'],
  [
    /^(?:Ports are numbers|Ports go|IPv4 has four|A prefix length of|Commands begin with|A global service runs)/,
    'tells a rule',
  ],
  [/^Write docker [a-z ]+(?:\[OPTIONS\] ?)?[A-Z_:[\] ]*\.$/, 'a form with values of the author'],
  [/^Write "?(?:KEY: VALUE|- docker …)/, 'a form with values of the author'],
  [
    /^(?:Give the network a bigger|Ask for fewer|Choose another subnet|Use another parent|Write another com)/,
    'a value that is the author’s to choose',
  ],
  [
    /^(?:Write the address that swarm init|Write the interface under|Write a value that the driver|Write a pool as)/,
    'a value that is the author’s to choose',
  ],
  [/^Write the subnet of this gateway/, 'a value that is the author’s to choose'],
  [
    /^Write (?:the names|the values|one text|a text|a whole number\.|the value behind)/,
    'what is meant is not known',
  ],
  [
    /^(?:Join the second|Name one network at|Join a network of your own|A bridge has one|Use an overlay|Remove the services|Stop, remove)/,
    'another model',
  ],
  [/^Docker accepts it without an error/, 'another model'],
  [/^Paste what "docker compose config"/, 'asks for another program'],
  [
    /^Put the whole command in quotes|^Put a command with|^Put texts that|^Close the (?:quote|bracket or)|^Indent all|^Write a name between/,
    'syntax: where it goes wrong is known, what is meant is not',
  ],
  [/^Write highlight=/, 'a form with values of the author'],
  [/^The figure shows them while they run/, 'tells how to read the figure'],
  [/^A newer compose may know it/, 'tells what else it may be'],
  [/is left out for its "profiles:"/, 'says two ways out, in other places'],
  [/^Write the name alone, or/, 'shows two forms'],
  [/^To pin it: docker service create under/, 'another model'],
  [/^Join a network that is not internal/, 'another model'],
]
