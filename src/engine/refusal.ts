import type { IpamError } from '../ipam/index.ts'
import type { ProblemCode } from '../problem/code.ts'
import type { Span } from '../problem/problem.ts'
import { englishOf, type Said } from '../problem/say.ts'
import type { Rules } from '../rules/index.ts'
import type { Refusal } from './operation.ts'

/**
 * @param message what the program prints; as `Said` where it is our word and not a program's.
 * @param subject what it is about, beside the words.
 */
export function refuse(code: ProblemCode, message: string | Said, subject: Subject = {}): Refusal {
  return typeof message === 'string'
    ? { code, message, ...subject }
    : { code, message: englishOf(message), ours: message, ...subject }
}
export type Subject = Omit<Refusal, 'code' | 'message'>

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'code' in value && 'message' in value
}

/** The same refusal, about a place where it has none of its own. */
export function placed(refusal: Refusal, at: Span | null | undefined): Refusal {
  return refusal.at === undefined && at != null ? { ...refusal, at } : refusal
}

/** The same refusal in the words of one who passes it on. */
export function reword(refusal: Refusal, message: string): Refusal {
  return { ...refusal, message, ours: undefined }
}

/** Several faults as moby's `internal/multierror` joins them: alone, or one a line behind an asterisk. */
export function joinRefusals(refusals: readonly Refusal[], start: string): Refusal | null {
  const [first] = refusals
  if (first === undefined) return null
  const several = refusals.map(({ message }) => `* ${message}`).join('\n')
  return reword(first, `${start}:\n${refusals.length === 1 ? first.message : several}`)
}

/** What a refused request for a pool says. moby `libnetwork/ipams/defaultipam/allocator.go: RequestPool`. */
export function poolRefusal(error: IpamError, family: 4 | 6, rules: Rules, subject: Subject): Refusal {
  if (error === 'POOLS_EXHAUSTED') return refuse(error, rules.say.poolsExhausted(`${family}`))
  if (error === 'NO_POOL_OF_SIZE') return refuse(error, rules.say.noPoolOfSize())
  return refuse(error, rules.say.poolRequest(addressWording(error, rules)), subject)
}

/** moby `libnetwork/ipamapi/contract.go`. */
export function addressWording(error: IpamError, { say }: Rules): string {
  switch (error) {
    case 'POOL_OVERLAP':
      return 'Pool overlaps with other one on this address space'
    case 'POOLS_EXHAUSTED':
      return say.poolsExhausted('4')
    case 'NO_POOL_OF_SIZE':
      return say.noPoolOfSize()
    case 'ADDRESS_IN_USE':
      return 'Address already in use'
    case 'ADDRESS_OUT_OF_RANGE':
      return 'Requested address is out of range'
    case 'NO_AVAILABLE_ADDRESS':
      return say.noAvailableAddress()
    default:
      return error satisfies never
  }
}

/** What a start that fails in the network says. */
export function startRefusal(refusal: Refusal, { say }: Rules): Refusal {
  const { message, isOfInterface } = refusal
  return reword(refusal, say.startFailed(isOfInterface === true ? say.interfaceFailed(message) : message))
}

export function noSuchContainer(name: string, at?: Span): Refusal {
  return refuse('CONTAINER_NOT_FOUND', `No such container: ${name}`, { name, at })
}

export function noSuchNetwork(name: string, at?: Span): Refusal {
  return refuse('NETWORK_NOT_FOUND', `network ${name} not found`, { name, at })
}
