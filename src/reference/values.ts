/** The values of a plan that prose may name: what a name may mean, and each subject's properties. */

import { addressText, formatAddress, formatCidr } from '../net/index.ts'
import { containersNamed, networksNamed } from '../plan/named.ts'
import type { Plan, PlanContainer, PlanHost, PlanNetwork, PlanService } from '../plan/plan.ts'
import { orList, say } from '../problem/say.ts'
import { containerValue } from './container-value.ts'
import { networkValue } from './network-value.ts'
import { given, none, type Value } from './value.ts'

export type Subject =
  | { readonly kind: 'network'; readonly network: PlanNetwork }
  | { readonly kind: 'container'; readonly container: PlanContainer; readonly network: string | null }
  | { readonly kind: 'endpoint'; readonly network: PlanNetwork; readonly endpoint: string }
  | { readonly kind: 'service'; readonly service: PlanService; readonly network: string | null }
  | { readonly kind: 'host'; readonly host: PlanHost }

/** Subjects a name may mean, the likeliest first. */
export function subjectsOf(plan: Plan, name: string): readonly Subject[] {
  const found: Subject[] = []
  const network = plan.networks.get(name)
  if (network !== undefined) found.push({ kind: 'network', network })
  const container = plan.containers.get(name)
  if (container !== undefined) found.push({ kind: 'container', container, network: null })
  const service = plan.services.get(name)
  if (service !== undefined) found.push({ kind: 'service', service, network: null })
  const host = plan.hosts.find((one) => one.name === name)
  if (host !== undefined) found.push({ kind: 'host', host })
  if (service === undefined && container === undefined)
    for (const one of containersNamed(plan, name))
      found.push({ kind: 'container', container: one, network: null })
  if (network === undefined)
    for (const one of networksNamed(plan, name)) found.push({ kind: 'network', network: one })
  for (let at = name.indexOf('@'); at > 0; at = name.indexOf('@', at + 1))
    found.push(...joinedSubjects(plan, name.slice(0, at), name.slice(at + 1)))
  return found
}

/** `SUBJECT@NETWORK` */
function joinedSubjects(plan: Plan, name: string, where: string): readonly Subject[] {
  return networksNamed(plan, where).flatMap((on): readonly Subject[] => {
    const service = plan.services.get(name)
    const containers = containersNamed(plan, name)
    if (service !== undefined)
      return [
        ...(plan.containers.has(name) ? containersOn(containers, on) : []),
        { kind: 'service', service, network: on.key },
      ]
    if (containers.length > 0) return containersOn(containers, on)
    return on.endpoints.has(name) ? [{ kind: 'endpoint', network: on, endpoint: name }] : []
  })
}

const containersOn = (containers: readonly PlanContainer[], on: PlanNetwork): readonly Subject[] =>
  containers.map((container) => ({ kind: 'container', container, network: on.key }))

/** The value of a property; `null` when such a subject has no property of that name. */
export function propertyOf(plan: Plan, subject: Subject, property: string): Value | null {
  switch (subject.kind) {
    case 'network':
      return networkValue(subject.network, property)
    case 'container':
      return containerValue(plan, subject.container, subject.network, property)
    case 'endpoint':
      return endpointValue(subject.network, subject.endpoint, property)
    case 'service':
      return serviceValue(plan, subject.service, subject.network, property)
    case 'host':
      return hostValue(subject.host, property)
    default:
      return subject satisfies never
  }
}

function endpointValue(network: PlanNetwork, name: string, property: string): Value | null {
  const endpoint = network.endpoints.get(name)
  if (endpoint === undefined) return null
  switch (property) {
    case 'ip':
      return given(
        addressText((endpoint.ipv4 ?? endpoint.ipv6)?.address),
        say`"${name}" has no address there`,
      )
    case 'ip6':
      return given(addressText(endpoint.ipv6?.address), say`"${name}" has no IPv6 address there`)
    case 'cidr':
      return given(formatCidr(endpoint.ipv4 ?? endpoint.ipv6), say`"${name}" has no address there`)
    case 'cidr6':
      return given(formatCidr(endpoint.ipv6), say`"${name}" has no IPv6 address there`)
    case 'mac':
      return given(endpoint.mac, say`the MAC address of "${name}" is random`)
    case 'host':
      return given(endpoint.host, say``)
    default:
      return null
  }
}

function serviceValue(
  plan: Plan,
  service: PlanService,
  network: string | null,
  property: string,
): Value | null {
  const { name } = service
  switch (property) {
    case 'vip':
      return vipOf(plan, service, network)
    case 'port':
      return given(String(service.ports[0]?.published ?? ''), say`service "${name}" publishes no port`)
    case 'ports':
      return given(
        service.ports.map((port) => `${port.published}:${port.target}`).join(', '),
        say`service "${name}" publishes no port`,
      )
    case 'replicas':
      return given(String(service.tasks.length), say``)
    case 'image':
      return given(service.image, say`service "${name}" has no image`)
    case 'mode':
      return given(service.mode, say``)
    default:
      return null
  }
}

function vipOf(plan: Plan, service: PlanService, network: string | null): Value {
  const { name } = service
  if (network !== null)
    return given(
      addressText(service.vips.get(network)?.address),
      say`service "${name}" has no VIP on "${network}"`,
    )
  const own = [...service.vips].filter(([key]) => plan.networks.get(key)?.ingress !== true)
  const vips = own.length > 0 ? own : [...service.vips]
  const [first, second] = vips
  if (first === undefined) {
    return none(say`service "${name}" has no VIP: its endpoint mode is ${service.endpointMode}`)
  }
  if (second === undefined) return { ok: true, text: formatAddress(first[1].address) }
  const hint = say`Write ${orList(vips.map(([key]) => `${name}@${key}.vip`))}.`
  return none(say`service "${name}" has several VIPs`, hint)
}

function hostValue(host: PlanHost, property: string): Value | null {
  switch (property) {
    case 'ip':
      return given(
        addressText(host.address?.address),
        say`host "${host.name}" has no address`,
        say`Write its address under hosts.`,
      )
    case 'address':
      return given(
        formatCidr(host.address),
        say`host "${host.name}" has no address`,
        say`Write its address under hosts.`,
      )
    case 'interface':
      return given(host.interface, say``)
    case 'role':
      return given(host.role, say`host "${host.name}" is in no swarm`)
    default:
      return null
  }
}
