import type { IpamError } from '../ipam/index.ts'
import type { Rules } from '../rules/index.ts'
import type { Refusal } from './operation.ts'

export function refuse(code: string, message: string): Refusal {
  return { code, message }
}

/** Several faults as moby's `internal/multierror` joins them: alone, or one a line behind an asterisk. */
export function joinFaults(faults: readonly string[]): string {
  return faults.length === 1 ? (faults[0] ?? '') : faults.map((fault) => `* ${fault}`).join('\n')
}

/** What a refused request for a pool says. moby `libnetwork/ipams/defaultipam/allocator.go: RequestPool`. */
export function poolRefusal(error: IpamError, family: 4 | 6, rules: Rules): Refusal {
  if (error === 'POOLS_EXHAUSTED') return refuse(error, rules.say.poolsExhausted(`${family}`))
  if (error === 'NO_POOL_OF_SIZE') return refuse(error, rules.say.noPoolOfSize())
  return refuse(error, rules.say.poolRequest(addressWording(error, rules)))
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

/** Begins what an engine says when an interface of a container cannot be set up. */
export const ADDING_INTERFACE = 'failed to add interface '

/** What a start that fails in the network says. */
export function startRefusal({ code, message }: Refusal, { say }: Rules): Refusal {
  const why = message.startsWith(ADDING_INTERFACE) ? say.interfaceFailed(message) : message
  return refuse(code, say.startFailed(why))
}

export function noSuchContainer(name: string): Refusal {
  return refuse('CONTAINER_NOT_FOUND', `No such container: ${name}`)
}

export function noSuchNetwork(name: string): Refusal {
  return refuse('NETWORK_NOT_FOUND', `network ${name} not found`)
}
