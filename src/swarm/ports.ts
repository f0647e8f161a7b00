import type { ServicePortRequest } from '../engine/operation.ts'
import { createSerialNumbers } from './serial.ts'

type Protocol = ServicePortRequest['protocol']

/**
 * Ports the routing mesh publishes on every node, one space for each protocol.
 * @see swarmkit `manager/allocator/portallocator.go`: dynamicPortStart, dynamicPortEnd
 */
export interface IngressPorts {
  /** A port of one's own choice, or the next from 30000 to 32767 for `null`. `null` when there is none. */
  allocate(protocol: Protocol, published: number | null): number | null
  release(protocol: Protocol, published: number): void
  /** Automatic ports begin again at the lowest free. */
  rewind(): void
}

const FIRST_DYNAMIC = 30_000
const LAST_DYNAMIC = 32_767

export function createIngressPorts(): IngressPorts {
  const spaces = new Map<Protocol, ReturnType<typeof createSpace>>()

  function spaceOf(protocol: Protocol) {
    let space = spaces.get(protocol)
    if (space === undefined) {
      space = createSpace()
      spaces.set(protocol, space)
    }
    return space
  }

  return {
    allocate: (protocol, published) => spaceOf(protocol).allocate(published),
    release: (protocol, published) => spaceOf(protocol).release(published),
    rewind: () => {
      for (const space of spaces.values()) space.rewind()
    },
  }
}

function createSpace() {
  const dynamic = createSerialNumbers(FIRST_DYNAMIC, LAST_DYNAMIC)
  const others = createSerialNumbers(1, 65_535)
  const isDynamic = (port: number): boolean => port >= FIRST_DYNAMIC && port <= LAST_DYNAMIC
  return {
    allocate(published: number | null): number | null {
      if (published === null) return dynamic.next()
      return (isDynamic(published) ? dynamic : others).take(published) ? published : null
    },
    rewind: dynamic.rewind,
    release: (published: number): void => (isDynamic(published) ? dynamic : others).release(published),
  }
}
