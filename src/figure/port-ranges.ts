/** Published ports that follow each other, as one: `8000-8010`, as `docker ps` prints them. */
import type { PublishedPort } from '../plan/plan.ts'

/** Two are as short as their range. */
const LEAST = 3

/** Ports of one address that lead to as many ports of a container; `count` is 1 for a port alone. */
export interface PortRange extends PublishedPort {
  readonly count: number
}

/** In the order of writing; each range stands where its first port stood. */
export function portRanges(ports: readonly PublishedPort[]): readonly PortRange[] {
  const runs: PublishedPort[][] = []
  const open = new Map<string, PublishedPort[]>()
  for (const port of ports) {
    const { ip, protocol, certainty } = port
    const key = `${ip.family} ${ip.value} ${protocol} ${certainty} ${port.port - port.target}`
    const run = open.get(key)
    if (run !== undefined && (run[0]?.port ?? 0) + run.length === port.port) run.push(port)
    else {
      const begun = [port]
      runs.push(begun)
      open.set(key, begun)
    }
  }
  return runs.flatMap((run) => {
    const [first] = run
    if (first === undefined) return []
    return run.length < LEAST ? run.map((port) => ({ ...port, count: 1 })) : [{ ...first, count: run.length }]
  })
}

/** `8000`, `8000-8010`. */
export function rangeText(first: number, count: number): string {
  return count === 1 ? String(first) : `${first}-${first + count - 1}`
}
