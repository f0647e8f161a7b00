import type { IpamError } from '../ipam/index.ts'
import { type EngineVersion, isAtLeast } from '../version.ts'
import type { Refusal } from './operation.ts'

export function refuse(code: string, message: string): Refusal {
  return { code, message }
}

/** Several faults as moby's `internal/multierror` joins them: alone, or one a line behind an asterisk. */
export function joinFaults(faults: readonly string[]): string {
  return faults.length === 1 ? (faults[0] ?? '') : faults.map((fault) => `* ${fault}`).join('\n')
}

/** What a refused request for a pool says. moby `libnetwork/ipams/defaultipam/allocator.go: RequestPool`. */
export function poolRefusal(error: IpamError, family: 4 | 6, engine: EngineVersion): Refusal {
  if (error === 'POOLS_EXHAUSTED') {
    return isAtLeast(engine, '27')
      ? refuse(error, 'all predefined address pools have been fully subnetted')
      : refuse(
          error,
          `could not find an available, non-overlapping IPv${family} address pool among the defaults to assign to the network`,
        )
  }
  const prefix = isAtLeast(engine, '27') ? 'invalid pool request: ' : ''
  return refuse(error, `${prefix}${addressWording(error, engine)}`)
}

/** moby `libnetwork/ipamapi/contract.go`. */
export function addressWording(error: IpamError, engine: EngineVersion): string {
  switch (error) {
    case 'POOL_OVERLAP':
      return 'Pool overlaps with other one on this address space'
    case 'POOLS_EXHAUSTED':
      return 'all predefined address pools have been fully subnetted'
    case 'ADDRESS_IN_USE':
      return 'Address already in use'
    case 'ADDRESS_OUT_OF_RANGE':
      return 'Requested address is out of range'
    case 'NO_AVAILABLE_ADDRESS':
      return isAtLeast(engine, '26')
        ? 'no available addresses on this pool'
        : 'No available addresses on this pool'
    default:
      return error satisfies never
  }
}

/** Begins what an engine says when an interface of a container cannot be set up. */
export const ADDING_INTERFACE = 'failed to add interface '

/**
 * From 28 on a start that fails in the network says so (moby `daemon/start.go`). Before, interfaces are set up by a
 * hook of the runtime, which tells of it in its own words.
 */
export function startRefusal({ code, message }: Refusal, engine: EngineVersion): Refusal {
  if (isAtLeast(engine, '28')) return refuse(code, `failed to set up container networking: ${message}`)
  if (!message.startsWith(ADDING_INTERFACE)) return refuse(code, message)
  const hook =
    'failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: error running hook #0: error running hook: exit status 1, stdout: , stderr: '
  if (isAtLeast(engine, '26')) {
    return refuse(code, `failed to create task for container: ${hook}${message}: unknown`)
  }
  const logged = `time="0001-01-01T00:00:00Z" level=fatal msg=${JSON.stringify(message)}`
  return refuse(code, `${hook}${logged}: unknown`)
}

export function noSuchContainer(name: string): Refusal {
  return refuse('CONTAINER_NOT_FOUND', `No such container: ${name}`)
}

export function noSuchNetwork(name: string): Refusal {
  return refuse('NETWORK_NOT_FOUND', `network ${name} not found`)
}
