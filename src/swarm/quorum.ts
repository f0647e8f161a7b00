/** The managers of one swarm, who decide by majority. */
export interface Quorum {
  join(manager: string): void
  /** @returns whether another manager leads from now on. One that left still counts among those who should agree. */
  leave(manager: string): boolean
  /** A manager that becomes a worker counts no more. @returns whether another manager leads from now on. */
  demote(manager: string): boolean
  reachable(): number
  unreachable(): number
  /** Whether more than half of them are there. */
  holds(): boolean
}

/** @see swarmkit `manager/state/raft/raft.go` */
export function createQuorum(): Quorum {
  const there: string[] = []
  let joined = 0
  return {
    join(manager) {
      there.push(manager)
      joined++
    },
    leave(manager) {
      const at = there.indexOf(manager)
      if (at >= 0) there.splice(at, 1)
      return at === 0 && there.length > 0
    },
    demote(manager) {
      joined--
      const at = there.indexOf(manager)
      if (at >= 0) there.splice(at, 1)
      return at === 0 && there.length > 0
    },
    reachable: () => there.length,
    unreachable: () => joined - there.length,
    holds: () => there.length > joined / 2,
  }
}
