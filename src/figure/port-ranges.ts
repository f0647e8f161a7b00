/** Published ports that follow each other, as one: `8000-8010`, as `docker ps` prints them. */
import type { PublishedPort } from '../plan/plan.ts'

/** Two are as short as their range. */
const LEAST = 3

interface Run {
  readonly first: PublishedPort
  readonly ports: PublishedPort[]
  readonly host: Split
  readonly container: Split
}

/** A port with what stands around it: `0.0.0.0:` 8000, or 5000 `/tcp`. */
interface Split {
  readonly before: string
  readonly port: number
  readonly after: string
}

/** In the order of writing; each range stands where its first port stood. */
export function portRanges(ports: readonly PublishedPort[]): readonly PublishedPort[] {
  if (ports.length < LEAST) return ports
  const runs: Run[] = []
  const open = new Map<string, Run>()
  for (const port of ports) {
    const host = split(port.host)
    const container = split(port.container)
    const key = JSON.stringify([host.before, container.after, port.certainty, host.port - container.port])
    const run = open.get(key)
    if (run !== undefined && run.host.port + run.ports.length === host.port) run.ports.push(port)
    else {
      const begun = { first: port, ports: [port], host, container }
      runs.push(begun)
      open.set(key, begun)
    }
  }
  return runs.flatMap((run) => (run.ports.length < LEAST ? run.ports : [joined(run)]))
}

function joined({ first, ports, host, container }: Run): PublishedPort {
  const range = ({ before, port, after }: Split): string =>
    `${before}${port}-${port + ports.length - 1}${after}`
  return { ...first, host: first.host === '' ? '' : range(host), container: range(container) }
}

function split(text: string): Split {
  const [, before = '', port = '', after = ''] = /^(.*?)(\d+)(\/\w+)?$/.exec(text) ?? []
  return { before, port: Number(port), after }
}
