/** Compares the containers of a plan with what `docker inspect` says of them. */
import { addressText, formatSocket } from '../net/index.ts'
import type { Plan, PlanContainer } from '../plan/plan.ts'
import { type Difference, differ, different } from './difference.ts'
import type { InspectedContainer } from './inspect.ts'
import { missingAdvice } from './missing.ts'
import type { NamedEngine } from './names.ts'
import { rerunAdvice } from './rerun.ts'
import { verifySettings } from './settings.ts'

export function verifyContainers(plan: Plan, engine: NamedEngine): Difference[] {
  const planned = [...plan.containers.values()].filter((container) => container.host === engine.host)
  const names = new Set(planned.map(({ name }) => name))
  const unplanned = [...engine.containers].filter(([name]) => !names.has(name))
  return [
    ...planned.flatMap((container) => verifyContainer(plan, container, engine, names)),
    ...unplanned.map(([name, { name: realName, state }]) =>
      different(
        'CONTAINER_UNPLANNED',
        { network: '', endpoint: name },
        '',
        state,
        `remove it (docker rm -f ${realName}), or declare it: it may hold addresses`,
        'note',
      ),
    ),
  ]
}

function verifyContainer(
  plan: Plan,
  container: PlanContainer,
  engine: NamedEngine,
  names: ReadonlySet<string>,
): Difference[] {
  const about = { network: '', endpoint: container.name }
  const found = engine.containers.get(container.name)
  if (found === undefined) {
    const advice = missingAdvice(plan, container, engine, names)
    return [different('CONTAINER_MISSING', about, container.state, '', advice)]
  }
  const word = container.state !== 'running' ? 'stop' : found.state === 'paused' ? 'unpause' : 'start'
  const planned = container.ports.map(({ ip, port, target, protocol, certainty }) => ({
    host: formatSocket(ip, port),
    container: `${target}/${protocol}`,
    sure: certainty !== 'one-of-several',
  }))
  const real = found.ports.map((port) => ({ ...port, sure: isSure(container, port.container) }))
  const ports = `in the block: ports as they are for ${container.name}; or ${rerunAdvice(plan, container, engine, found)}`
  return [
    ...differ(
      'STATE_DIFFERS',
      about,
      container.state,
      found.state,
      `on the engine: docker ${word} ${found.name}`,
    ),
    ...verifyGateways(plan, container, found, engine),
    ...differ('PORTS_DIFFER', about, portsText(planned), portsText(real), ports),
    ...verifySettings(plan, container, found, engine),
  ]
}

/** Host ports left to chance are not compared, only that there are some. */
const isSure = (container: PlanContainer, port: string): boolean =>
  !container.ports.some(
    ({ target, protocol, certainty }) => `${target}/${protocol}` === port && certainty === 'one-of-several',
  )

/** Published ports as text; `[::]` goes with `0.0.0.0`, and exposed ones are left out. */
function portsText(
  ports: readonly { readonly host: string; readonly container: string; readonly sure: boolean }[],
): string {
  const published = ports
    .filter(({ host }) => host !== '' && !host.startsWith('[::]:'))
    .map(
      ({ host, container, sure }) => `${sure ? host : host.replace(/(?<![0-9])[0-9]+$/, '?')}->${container}`,
    )
  return [...new Set(published)].sort().join(', ')
}

function verifyGateways(
  plan: Plan,
  container: PlanContainer,
  found: InspectedContainer,
  engine: NamedEngine,
): Difference[] {
  if (found.state !== 'running') return []
  return [...container.endpoints].flatMap(([key, attachment]) => {
    const name = engine.networks.get(key)?.network.name ?? plan.networks.get(key)?.name
    const attached = found.attachments.find(({ network }) => network === name)
    if (attached === undefined) return []
    const about = { network: key, endpoint: container.name }
    const advice = 'in the block: gateway: under the network, or the aux address DefaultGatewayIPv4'
    return [
      ...differ(
        'CONTAINER_GATEWAY_DIFFERS',
        about,
        addressText(attachment.gateway),
        attached.gateway,
        advice,
      ),
      ...differ(
        'CONTAINER_GATEWAY_DIFFERS',
        about,
        addressText(attachment.gateway6),
        attached.gateway6,
        advice,
      ),
    ]
  })
}
