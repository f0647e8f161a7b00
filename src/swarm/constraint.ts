import { contains, parseAddress, parsePrefix } from '../net/index.ts'

/** What placement constraints may ask of a node. */
export interface NodeFacts {
  readonly id: string
  readonly hostname: string
  readonly role: 'manager' | 'worker'
  /** Address without prefix length, or `''`. */
  readonly ip: string
  readonly labels: ReadonlyMap<string, string>
}

/** `node.role == worker`, read. */
export interface Constraint {
  readonly key: string
  readonly equal: boolean
  readonly value: string
}

export type ConstraintResult =
  | { readonly ok: true; readonly constraints: readonly Constraint[] }
  /** swarmkit's own words, and which of the texts it is. */
  | { readonly ok: false; readonly message: string; readonly index: number }

const KEY = /^[a-z_][a-z0-9\-_.]+$/i
const VALUE = /^[a-z0-9:\-_\s.*()?+[\]\\^$|/]+$/i

/** @see swarmkit `manager/constraint/constraint.go: Parse` */
export function parseConstraints(texts: readonly string[]): ConstraintResult {
  const constraints: Constraint[] = []
  for (const [index, text] of texts.entries()) {
    const operator = text.includes('==') ? '==' : text.includes('!=') ? '!=' : null
    const fail = (message: string): ConstraintResult => ({ ok: false, message, index })
    if (operator === null) return fail('constraint expected one operator from ==, !=')
    const at = text.indexOf(operator)
    const key = text.slice(0, at).trim()
    const value = text.slice(at + 2).trim()
    if (!KEY.test(key)) return fail(`key '${key}' is invalid`)
    if (!VALUE.test(value)) return fail(`value '${value}' is invalid`)
    constraints.push({ key, equal: operator === '==', value })
  }
  return { ok: true, constraints }
}

/** @see swarmkit `manager/constraint/constraint.go: NodeMatches`: keys and values without regard to case. */
export function nodeMatches(constraints: readonly Constraint[], node: NodeFacts): boolean {
  return constraints.every((constraint) => matches(constraint, node))
}

function matches({ key, equal, value }: Constraint, node: NodeFacts): boolean {
  const is = (actual: string): boolean => (actual.toLowerCase() === value.toLowerCase()) === equal
  const name = key.toLowerCase()
  switch (name) {
    case 'node.id':
      return is(node.id)
    case 'node.hostname':
      return is(node.hostname)
    case 'node.role':
      return is(node.role)
    case 'node.ip':
      return ipMatches(value, node.ip) === equal
    case 'node.platform.os':
      return is('linux')
    case 'node.platform.arch':
      return is('x86_64')
    default:
      // The label itself is case sensitive; one that is not set reads as ''.
      if (name.startsWith('node.labels.')) return is(node.labels.get(key.slice('node.labels.'.length)) ?? '')
      return name.startsWith('engine.labels.') ? is('') : false
  }
}

function ipMatches(value: string, ip: string): boolean {
  const address = parseAddress(ip)
  const block = parsePrefix(value.includes('/') ? value : `${value}/${value.includes(':') ? 128 : 32}`)
  return address !== null && block !== null && contains(block, address)
}
