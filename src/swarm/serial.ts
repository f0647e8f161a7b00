/** Numbers given out one after the other; a freed one is not given again before the last has been reached. */
export interface SerialNumbers {
  /** Takes a certain number, also a lower one; `false` when it is in use or none. Never moves the cursor. */
  take(number: number): boolean
  /** The next free number after the last dynamically given, from the lowest again at the end; `null` for none. */
  next(): number | null
  release(number: number): void
  /** Begins again at the lowest free. */
  rewind(): void
}

/**
 * @param first lowest number, @param last highest (inclusive).
 * @see moby `libnetwork/bitmap/sequence.go: getAvailableFromCurrent`; swarmkit `internal/idm/idm.go`
 */
export function createSerialNumbers(first: number, last: number): SerialNumbers {
  const used = new Set<number>()
  let cursor = first

  function lowestFree(from: number, to: number): number | null {
    for (let number = from; number <= to; number++) if (!used.has(number)) return number
    return null
  }

  return {
    take(number) {
      if (!Number.isInteger(number) || number < 0 || number > last || used.has(number)) return false
      used.add(number)
      return true
    },
    next() {
      const number = lowestFree(cursor, last) ?? lowestFree(first, last)
      if (number === null) return null
      used.add(number)
      cursor = number + 1
      return number
    },
    release: (number) => void used.delete(number),
    rewind: () => {
      cursor = first
    },
  }
}

/**
 * VXLAN network identifiers, 24 bits. Below 4096 lie the ids of 802.1Q VLANs, which Docker gives only where they are asked for.
 * @see moby `libnetwork/drivers/overlay/ovmanager/ovmanager.go: vxlanIDStart, vxlanIDEnd`
 */
export function createVniAllocator(): SerialNumbers {
  return createSerialNumbers(4096, (1 << 24) - 1)
}
