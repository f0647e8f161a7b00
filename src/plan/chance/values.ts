/** The values of a plan that can owe something to chance, one by one. */

import type { Plan, PlanAddress, PlanContainer, PlanEndpoint, PlanNetwork, PlanService } from '../plan.ts'
import type { Sureness } from './chance.ts'

/** One value, as far as plans can be compared by it. */
export interface Value extends Sureness {
  readonly text: string
  /** What has it. */
  readonly of: {
    readonly network?: PlanNetwork | undefined
    readonly container?: string
    readonly service?: string
  }
}

type Look = (key: string, value: Value) => Sureness

/** The same plan, each value as sure as `look` says. A value that stands in two places has one key. */
export function remarked(plan: Plan, look: Look): Plan {
  return {
    ...plan,
    networks: mapped(plan.networks, (network) => networkOf(network, look)),
    containers: mapped(plan.containers, (container) => containerOf(plan, container, look)),
    services: mapped(plan.services, (service) => serviceOf(plan, service, look)),
  }
}

/** By `KIND WHAT…`. */
export function valuesOf(plan: Plan): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>()
  remarked(plan, (key, value) => {
    values.set(key, value)
    return value
  })
  return values
}

function mapped<K, V>(map: ReadonlyMap<K, V>, change: (value: V) => V): ReadonlyMap<K, V> {
  const changed = new Map<K, V>()
  for (const [key, value] of map) changed.set(key, change(value))
  return changed
}

/** The same thing where it is as sure as it was: most are. */
function asSureAs<T extends Sureness>(thing: T, { certainty, pin }: Sureness): T {
  return thing.certainty === certainty && thing.pin === pin ? thing : { ...thing, certainty, pin }
}

function networkOf(network: PlanNetwork, look: Look): PlanNetwork {
  const of = { network }
  const vnis = { text: network.vni.join(), certainty: network.vniCertainty, pin: '', of }
  return {
    ...network,
    subnets: network.subnets.map((subnet, i) => {
      const text = `${subnet.address.value}/${subnet.length}`
      const { certainty, pin } = subnet
      return asSureAs(subnet, look(`subnet ${network.key} ${i}`, { text, certainty, pin, of }))
    }),
    vniCertainty:
      network.vni.length === 0 ? network.vniCertainty : look(`vni ${network.key}`, vnis).certainty,
    endpoints: mapped(network.endpoints, (endpoint) => endpointOf(network, endpoint, look)),
  }
}

function endpointOf(network: PlanNetwork, endpoint: PlanEndpoint, look: Look): PlanEndpoint {
  const of = { network, container: endpoint.container }
  const key = `address ${network.key} ${endpoint.container || endpoint.name}`
  return { ...endpoint, ...addressesOf(endpoint, key, of, look) }
}

function addressesOf(
  { ipv4, ipv6 }: Pick<PlanEndpoint, 'ipv4' | 'ipv6'>,
  key: string,
  of: Value['of'],
  look: Look,
): Pick<PlanEndpoint, 'ipv4' | 'ipv6'> {
  return { ipv4: addressOf(ipv4, `${key} 4`, of, look), ipv6: addressOf(ipv6, `${key} 6`, of, look) }
}

function addressOf(
  address: PlanAddress | null,
  key: string,
  of: Value['of'],
  look: Look,
): PlanAddress | null {
  if (address === null) return null
  const { certainty, pin } = address
  return asSureAs(address, look(key, { text: `${address.address.value}`, certainty, pin, of }))
}

function containerOf(plan: Plan, container: PlanContainer, look: Look): PlanContainer {
  const { name, placement } = container
  const of = { container: name }
  return {
    ...container,
    endpoints: new Map(
      [...container.endpoints].map(([key, attachment]) => {
        const on = { network: plan.networks.get(key), container: name }
        const addresses = addressesOf(attachment, `address ${key} ${name}`, on, look)
        const { interface: text, interfaceCertainty } = attachment
        const eth = { text, certainty: interfaceCertainty, pin: '', of: on }
        return [
          key,
          {
            ...attachment,
            ...addresses,
            interfaceCertainty: look(`interface ${key} ${name}`, eth).certainty,
          },
        ]
      }),
    ),
    ports: container.ports.map((port, i) => {
      const { ip, target, protocol, certainty } = port
      const key = `port ${name} ${i} ${ip.family} ${target}/${protocol}`
      return { ...port, certainty: look(key, { text: `${port.port}`, certainty, pin: '', of }).certainty }
    }),
    placement: look(`host ${name}`, { text: container.host, certainty: placement, pin: '', of }).certainty,
  }
}

function serviceOf(plan: Plan, service: PlanService, look: Look): PlanService {
  const of = { service: service.name }
  return {
    ...service,
    ports: service.ports.map((port, i) => {
      const own = { text: `${port.published}`, certainty: port.certainty, pin: '', of }
      return { ...port, certainty: look(`port ${service.name} ${i}`, own).certainty }
    }),
    vips: new Map(
      [...service.vips].map(([key, vip]) => {
        const on = { network: plan.networks.get(key), service: service.name }
        return [key, addressOf(vip, `vip ${key} ${service.name}`, on, look) ?? vip]
      }),
    ),
  }
}
