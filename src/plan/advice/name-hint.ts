/** What to write in the place of a name that is not there. */
import type { Refusal } from '../../engine/operation.ts'
import { commandLine } from '../../problem/command-line.ts'
import { nearest } from '../../problem/nearest.ts'
import { type Said, say } from '../../problem/say.ts'
import type { Session } from '../session/session.ts'
import type { Step } from '../step.ts'

/** The name that was probably meant, or how there would come to be one. */
export function nameHint(session: Session, step: Step, { code, name = 'NAME' }: Refusal): Said {
  const { host, op } = step
  const engine = session.hosts.get(host)?.engine
  const { networks, services } = session.topology
  const first = (make: string): Said => say`Create it first: ${make}.`
  const advice = (known: readonly string[], otherwise: Said): Said => {
    const near = nearest(name, known)
    return near === null ? otherwise : say`Did you mean "${near}"?`
  }
  switch (code) {
    case 'UNDEFINED_NETWORK':
      return advice([...networks.keys()], say`Declare it under "networks:".`)
    case 'UNDEFINED_SERVICE':
      return services.has(name)
        ? say`"${name}" is left out for its "profiles:"; delete them, or give those who need it the same.`
        : advice([...services.keys()], say`Declare it under "services:".`)
    case 'NETWORK_NOT_FOUND': {
      const create = networkCreate(name, op?.startsWith('service-') === true ? 'overlay' : 'bridge')
      const isExternal = [...networks.values()].some(
        (entry) => entry.external && (entry.name?.value ?? entry.key) === name,
      )
      const known = [...(engine?.networks() ?? [])].map((network) => network.name)
      return advice(
        known,
        isExternal
          ? say`Delete "external:", so that compose creates it. Or create it before docker compose up: ${create}.`
          : first(create),
      )
    }
    case 'CONTAINER_NOT_FOUND':
      return advice(
        [...(engine?.containers() ?? [])].map((container) => container.name),
        first(commandLine('docker', 'run', '-d', '--name', name, 'IMAGE')),
      )
    case 'SERVICE_NOT_FOUND':
      return advice(
        [...services.keys()],
        first(commandLine('docker', 'service', 'create', '--name', name, 'IMAGE')),
      )
    default:
      return advice(
        ['bridge', 'overlay', 'macvlan', 'ipvlan'],
        say`Drivers: bridge, overlay, macvlan, ipvlan.`,
      )
  }
}

export function networkCreate(name: string, driver: 'bridge' | 'overlay'): string {
  return commandLine('docker', 'network', 'create', ...(driver === 'bridge' ? [] : ['-d', driver]), name)
}
