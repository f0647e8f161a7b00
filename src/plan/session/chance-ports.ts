/** Ports chosen after one that was left to chance has been given back: which ports are free then is by chance too. */
import type { Container } from '../../engine/state.ts'
import { type HostState, placeKey, type Session } from './session.ts'

/**
 * Does something on a host's engine, and marks the ports that it chose among those that may be free or not.
 *
 * Ephemeral ports go on behind the last one given, so what is given back does not matter to them.
 */
export function watchingPorts<Result>(session: Session, host: HostState, act: () => Result): Result {
  if (session.chancePorts.size === 0) return act()
  const keyOf = ({ name }: Container): string => placeKey(host.entry.name, name)
  const holders = [...host.engine.containers()].filter(
    (one) => session.chancePorts.has(keyOf(one)) && portsOf(one).length > 0,
  )
  const held = new Map(holders.map((one) => [one, portsOf(one)]))
  const started = new Set([...host.engine.containers()].filter((one) => one.state === 'running'))
  const result = act()
  const gone = holders.filter((one) => portsOf(one).join() !== held.get(one)?.join())
  // Who of them has which is by chance, so any of their ports may be the one that is free now.
  if (gone.length > 0 && gone.length < holders.length)
    for (const port of [...held.values()].flat()) session.loosePorts.add(`${host.entry.name} ${port}`)
  if (gone.length > 0 && gone.length === holders.length)
    for (const port of [...held.values()].flat()) session.loosePorts.delete(`${host.entry.name} ${port}`)
  if (session.loosePorts.size === 0) return result
  for (const container of host.engine.containers()) {
    const isNew = container.state === 'running' && !started.has(container)
    if (isNew && mayTake(session, host, container)) session.chancePorts.add(keyOf(container))
  }
  return result
}

/** Ports of the host that the engine chose for a container: `tcp 8080`. */
const portsOf = ({ sandbox }: Container): readonly string[] =>
  (sandbox?.ports ?? []).flatMap(({ dynamic, protocol, hostPort }) =>
    dynamic ? [`${protocol} ${hostPort}`] : [],
  )

/** Whether a port that may be free or not lies in a range a container asks for. */
function mayTake({ loosePorts }: Session, { entry }: HostState, { ports }: Container): boolean {
  return ports.some(({ published, protocol }) => {
    if (published === null || published.first === published.last) return false
    return [...loosePorts].some((text) => {
      const [host, itsProtocol, port] = text.split(' ')
      const number = Number(port)
      return (
        host === entry.name &&
        itsProtocol === protocol &&
        number >= published.first &&
        number <= published.last
      )
    })
  })
}
