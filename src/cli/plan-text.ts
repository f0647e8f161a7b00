/** A plan for a person at a terminal. */
import { addressText, formatCidr, formatSocket } from '../net/index.ts'
import { certaintyOf, pinOf } from '../plan/certainty.ts'
import type { Certainty, Plan, PlanContainer } from '../plan/plan.ts'
import { oneLine } from '../plan/record/record-step.ts'
import { shownCommand } from '../problem/hidden.ts'
import { textTable } from './table.ts'

const mark = (certainty: Certainty): string => {
  switch (certainty) {
    case 'declared':
      return 'declared'
    case 'computed':
      return ''
    case 'one-of-several':
      return 'one of several'
    default:
      return certainty satisfies never
  }
}

export function planText(plan: Plan): string {
  const parts = [
    `Docker Engine ${plan.engine}`,
    networksText(plan),
    endpointsText(plan),
    containersText(plan),
    servicesText(plan),
    failuresText(plan),
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

function networksText(plan: Plan): string {
  if (plan.networks.size === 0) return ''
  const rows = [...plan.networks.values()].map((network) => [
    network.key,
    network.driver,
    network.scope,
    network.host,
    network.subnets.map(formatCidr).join(' '),
    network.subnets.map(({ gateway }) => addressText(gateway)).join(' '),
    network.vni.join(' '),
    mark(certaintyOf(network.subnets)),
  ])
  return textTable(['NETWORK', 'DRIVER', 'SCOPE', 'HOST', 'SUBNET', 'GATEWAY', 'VNI', 'CERTAINTY'], rows)
}

function endpointsText(plan: Plan): string {
  const rows = [...plan.networks.values()].flatMap((network) =>
    [...network.endpoints.values()].map((endpoint) => [
      network.key,
      endpoint.name,
      plan.containers.get(endpoint.container)?.endpoints.get(network.key)?.interface ?? '',
      formatCidr(endpoint.ipv4),
      formatCidr(endpoint.ipv6),
      endpoint.mac,
      mark(certaintyOf([endpoint.ipv4, endpoint.ipv6])),
      pinOf([endpoint.ipv4, endpoint.ipv6]),
    ]),
  )
  if (rows.length === 0) return ''
  return textTable(['NETWORK', 'ENDPOINT', 'DEVICE', 'IPV4', 'IPV6', 'MAC', 'CERTAINTY', 'TO PIN IT'], rows)
}

function containersText(plan: Plan): string {
  if (plan.containers.size === 0) return ''
  const rows = [...plan.containers.values()].map((container) => [
    container.name,
    container.host,
    container.state,
    container.mode === 'networks' ? '' : container.mode,
    container.defaultRoute === null
      ? ''
      : `${addressText(container.defaultRoute.via)} (${container.defaultRoute.network})`,
    [
      ...container.ports.map(
        ({ ip, port, target, protocol }) => `${formatSocket(ip, port)}->${target}/${protocol}`,
      ),
      ...container.exposed.map(
        ({ first, last, protocol }) => `${first === last ? first : `${first}-${last}`}/${protocol}`,
      ),
    ].join(', '),
    loose(container),
  ])
  return textTable(['CONTAINER', 'HOST', 'STATE', 'MODE', 'DEFAULT ROUTE', 'PORTS', 'LEFT TO CHANCE'], rows)
}

/** What of a container, beside its addresses, could have been another. */
function loose({ placement, endpoints, ports }: PlanContainer): string {
  const isLoose = (certainty: Certainty): boolean => certainty === 'one-of-several'
  return [
    ...(isLoose(placement) ? ['host'] : []),
    ...([...endpoints.values()].some(({ interfaceCertainty }) => isLoose(interfaceCertainty))
      ? ['device']
      : []),
    ...(ports.some(({ certainty }) => isLoose(certainty)) ? ['ports'] : []),
  ].join(', ')
}

function servicesText(plan: Plan): string {
  if (plan.services.size === 0) return ''
  const rows = [...plan.services.values()].map((service) => [
    service.name,
    service.mode,
    [...service.vips].map(([network, vip]) => `${formatCidr(vip)} (${network})`).join(', '),
    service.tasks.join(' '),
    service.ports.map((port) => `${port.published}->${port.target}/${port.protocol} ${port.mode}`).join(', '),
  ])
  return textTable(['SERVICE', 'MODE', 'VIRTUAL ADDRESS', 'TASKS', 'PORTS'], rows)
}

function failuresText(plan: Plan): string {
  const failed = plan.steps.filter((step) => !step.ok)
  if (failed.length === 0) return ''
  const rows = failed.map((step) => [
    step.host,
    shownCommand(step.command),
    step.error === null ? '' : `${step.error.code}: ${oneLine(step.error.message)}`,
  ])
  return textTable(['HOST', 'FAILED COMMAND', 'ERROR'], rows)
}
