import { addressText, formatCidr } from '../net/index.ts'
import type { Plan, PlanContainer } from '../plan/plan.ts'
import { orList, type Said, say } from '../problem/say.ts'
import { networkValue } from './network-value.ts'
import { given, none, PROPERTIES, type Value } from './value.ts'

export function containerValue(
  plan: Plan,
  container: PlanContainer,
  network: string | null,
  property: string,
): Value | null {
  const { name } = container
  const perContainer = containerOnly(container, property)
  if (perContainer !== null) return perContainer
  if (!(PROPERTIES.container as readonly string[]).includes(property)) return null
  const on = network ?? soleNetwork(plan, container)
  if (typeof on === 'object') return on
  const attachment = container.endpoints.get(on)
  if (attachment === undefined) {
    const reason =
      container.state === 'running'
        ? say`container "${name}" is not on network "${on}"`
        : notRunning(container)
    return none(reason)
  }
  switch (property) {
    case 'ip':
      return given(
        addressText((attachment.ipv4 ?? attachment.ipv6)?.address),
        say`"${name}" has no address there`,
      )
    case 'ip6':
      return given(addressText(attachment.ipv6?.address), say`"${name}" has no IPv6 address on "${on}"`)
    case 'cidr':
      return given(formatCidr(attachment.ipv4 ?? attachment.ipv6), say`"${name}" has no address there`)
    case 'cidr6':
      return given(formatCidr(attachment.ipv6), say`"${name}" has no IPv6 address on "${on}"`)
    case 'mac': {
      const hint = say`Give it one with mac_address, or use engine 27 or earlier.`
      return given(
        attachment.mac,
        say`the MAC address of "${name}" is random, a new one at every start`,
        hint,
      )
    }
    case 'gateway':
      return given(addressText(attachment.gateway), say`"${name}" has no gateway on "${on}"`)
    case 'gateway6':
      return given(addressText(attachment.gateway6), say`"${name}" has no IPv6 gateway on "${on}"`)
    case 'interface':
      return given(attachment.interface, say`"${name}" has no interface on "${on}"`)
    case 'network':
      return given(on, say``)
    default: {
      const joined = plan.networks.get(on)
      return joined === undefined ? null : networkValue(joined, property)
    }
  }
}

/** Values that do not depend on a network. */
function containerOnly(container: PlanContainer, property: string): Value | null {
  const { name } = container
  const published = container.ports.filter(({ ip }) => ip.family === 4)
  switch (property) {
    case 'port':
      return given(String(published[0]?.port ?? ''), say`container "${name}" publishes no port`)
    case 'ports':
      return given(
        published
          .map(({ port, target, protocol }) => `${port}:${target}${protocol === 'tcp' ? '' : `/${protocol}`}`)
          .join(', '),
        say`container "${name}" publishes no port`,
      )
    case 'host':
      return given(container.host, say``)
    case 'hostname':
      return given(container.hostname, say`the host name of "${name}" is its random id`, say`Write hostname.`)
    case 'image':
      return given(container.image, say`container "${name}" has no image`)
    case 'state':
      return given(container.state, say``)
    case 'route':
      return given(addressText(container.defaultRoute?.via), say`container "${name}" has no default route`)
    default:
      return null
  }
}

/** The one network of a container (docker_gwbridge aside), or why there is none. */
function soleNetwork(plan: Plan, container: PlanContainer): string | Value {
  const all = [...container.endpoints.keys()]
  const own = all.filter((key) => {
    const network = plan.networks.get(key)
    return network?.name !== 'docker_gwbridge' && network?.ingress !== true
  })
  const candidates = own.length > 0 ? own : all
  const [first, second] = candidates
  if (first === undefined) {
    return none(
      container.state === 'running'
        ? say`container "${container.name}" is on no network`
        : notRunning(container),
    )
  }
  if (second === undefined) return first
  const hint = say`Write ${orList(candidates.map((key) => `${container.name}@${key}`))}.`
  return none(say`container "${container.name}" is on several networks`, hint)
}

function notRunning(container: PlanContainer): Said {
  return say`container "${container.name}" is not running (${container.state}), so it has no address`
}
