/**
 * Compares the swarm of a plan with what real managers and nodes did. What Docker leaves to chance is compared as
 * sets; every exclusion is named here with its reason.
 */
import type { TextNetwork, TextPlan } from '../support/as-text.ts'
import type { Note } from './compare.ts'
import type { RecordedContainer, Recording } from './recording.ts'

type Same = (what: string, own: unknown, recorded: unknown) => void

const sameWith =
  (note: Note, about: string): Same =>
  (what, own, recorded) => {
    if (JSON.stringify(own) !== JSON.stringify(recorded))
      note(`${about} ${what}: ${JSON.stringify(own)} instead of ${JSON.stringify(recorded)}`)
  }

/** Task ids are random: `web.1.ksqjude243i2dnyo18s2ztdl1` is the task web.1. */
const taskName = (name: string): string => name.replace(/\.[a-z0-9]{25}$/, '')

export function compareSwarm(plan: TextPlan, recording: Recording, note: Note): void {
  sameWith(note, 'networks')(
    'names',
    [...plan.networks.keys()].sort(),
    Object.keys(recording.networks).sort(),
  )
  for (const network of plan.networks.values()) compareNetwork(plan, recording, network, note)
  compareVnis(plan, recording, note)
  if (hasServices(recording)) compareServices(plan, recording, note)
  compareTasks(plan, recording, note)
}

/** Recordings of 29 have containers and networks, not what `docker service inspect` says. */
const hasServices = ({ services }: Recording): boolean => Object.keys(services).length > 0

function compareNetwork(plan: TextPlan, recording: Recording, own: TextNetwork, note: Note): void {
  const recorded = recording.networks[own.key]
  if (recorded === undefined) return
  const same = sameWith(note, own.key)
  // inspect prints no driver for a network its managers could give nothing.
  if (recorded.subnets.length > 0 || own.driver !== 'overlay') same('driver', own.driver, recorded.driver)
  same('scope', own.scope, recorded.scope)
  same('internal', own.internal, recorded.internal)
  same('attachable', own.attachable, recorded.attachable)
  if (own.certainty !== 'one-of-several') {
    same('subnets', own.subnets, recorded.subnets)
    for (const [i, gateway] of recorded.gateways.entries()) {
      // 20.10 prints no gateway for the bridge network on a fresh start.
      if (gateway !== null) same('gateway', own.gateways[i], gateway)
    }
  }
  if (own.scope === 'swarm') compareOverlay(plan, recording, own, note)
  else compareLocal(recording, own, note)
}

/** Every address the manager gave on an overlay: to VIPs, tasks and nodes. */
function compareOverlay(plan: TextPlan, recording: Recording, own: TextNetwork, note: Note): void {
  const same = sameWith(note, own.key)
  const recorded = recording.networks[own.key]
  const chance: string[] = []
  for (const [name, endpoint] of own.endpoints) {
    const other = Object.entries(recorded?.endpoints ?? {}).find(([n]) => taskName(n) === name)?.[1]
    const task = Object.values(recording.services).flatMap((s) => s.tasks[name]?.addresses[own.key] ?? [])[0]
    const address = other?.ipv4 ?? task
    // A node's own address is not in the recording while none of its tasks has been started (state preparing).
    if (address === undefined && endpoint.kind === 'load-balancer') continue
    if (endpoint.certainty === 'one-of-several') {
      chance.push(endpoint.ipv4)
      continue
    }
    same(`${name} ipv4`, endpoint.ipv4, address)
    if (other !== undefined) same(`${name} mac`, endpoint.mac, other.mac)
  }
  for (const service of plan.services.values()) {
    if (service.vipCertainty.get(own.key) === 'one-of-several') chance.push(service.vips.get(own.key) ?? '')
  }
  // Which of them has which is left to chance (rotation of a batch, order of a stack); that all are given is not.
  const given = new Set([
    ...Object.values(recorded?.endpoints ?? {}).map((e) => e.ipv4),
    ...Object.values(recording.services).flatMap((s) => [
      s.vips[own.key] ?? '',
      ...Object.values(s.tasks).flatMap((t) => t.addresses[own.key] ?? []),
    ]),
  ])
  if (hasServices(recording))
    for (const address of chance) if (!given.has(address)) note(`${own.key}: nobody was given ${address}`)
}

/** Bridges of the host: names of gateway endpoints carry a random sandbox id. */
function compareLocal(recording: Recording, own: TextNetwork, note: Note): void {
  const same = sameWith(note, own.key)
  const recorded = recording.networks[own.key]
  const running = Object.entries(recording.containers).filter(([, c]) => c.state === 'running')
  for (const [name, endpoint] of own.endpoints) {
    const exact = recorded?.endpoints[name]
    const owner = running.find(([n]) => taskName(n) === endpoint.container)
    // A task the recorded node was still preparing has no endpoint yet.
    if (exact === undefined && owner === undefined) continue
    const other = exact ?? endpointOf(recording, own.key, owner?.[1])
    if (endpoint.certainty === 'one-of-several') continue
    if (preparing(recording)) continue
    same(`${name} ipv4`, endpoint.ipv4, other?.ipv4)
    if (endpoint.mac !== '') same(`${name} mac`, endpoint.mac, other?.mac)
  }
  if (preparing(recording)) return
  const addresses = (all: Iterable<{ readonly ipv4: string }>): string[] => [...all].map((e) => e.ipv4).sort()
  same('addresses', addresses(own.endpoints.values()), addresses(Object.values(recorded?.endpoints ?? {})))
}

/**
 * Whether the recording was taken before all tasks ran: the node had then given fewer local addresses. A manager
 * may say running a moment before (or after) the engine is asked for its containers.
 */
function preparing(recording: Recording): boolean {
  const running = new Set(
    Object.entries(recording.containers).flatMap(([name, c]) =>
      c.state === 'running' ? [taskName(name)] : [],
    ),
  )
  return Object.values(recording.services).some((s) =>
    Object.keys(s.tasks).some((task) => !running.has(task)),
  )
}

/** The endpoint on a bridge that has an address of a container's interface. */
function endpointOf(recording: Recording, network: string, container: RecordedContainer | undefined) {
  const addresses = Object.values(container?.links ?? {}).map((link) => link.address)
  return Object.values(recording.networks[network]?.endpoints ?? {}).find((e) => addresses.includes(e.ipv4))
}

/** A stack makes its networks in any order, so their ids change places. */
function compareVnis(plan: TextPlan, recording: Recording, note: Note): void {
  const stack = recording.steps.some((step) => step.command.includes('stack deploy'))
  const own = [...plan.networks.values()].filter((n) => n.scope === 'swarm')
  if (stack) {
    const ids = (all: readonly string[]): string[] => all.flatMap((vni) => vni.split(',')).sort()
    sameWith(note, 'stack')(
      'VNIs',
      ids(own.map((n) => n.vni.join())),
      ids(own.map((n) => recording.networks[n.key]?.vni ?? '')),
    )
    return
  }
  for (const network of own) {
    sameWith(note, network.key)('VNI', network.vni.join(), recording.networks[network.key]?.vni ?? '')
  }
}

function compareServices(plan: TextPlan, recording: Recording, note: Note): void {
  sameWith(note, 'services')(
    'names',
    [...plan.services.keys()].sort(),
    Object.keys(recording.services).sort(),
  )
  for (const [name, own] of plan.services) {
    const recorded = recording.services[name]
    if (recorded === undefined) continue
    const same = sameWith(note, name)
    same('networks of VIPs', [...own.vips.keys()].sort(), Object.keys(recorded.vips).sort())
    for (const [network, vip] of own.vips) {
      if (own.vipCertainty.get(network) !== 'one-of-several')
        same(`VIP on ${network}`, vip, recorded.vips[network])
    }
    same(
      'ports',
      own.ports.map(({ published, target, mode }) => ({ published, target, mode })),
      recorded.ports,
    )
    same('tasks', [...own.tasks].sort(), Object.keys(recorded.tasks).sort())
  }
}

function compareTasks(plan: TextPlan, recording: Recording, note: Note): void {
  for (const [id, recorded] of Object.entries(recording.containers)) {
    const own = plan.containers.get(taskName(id))
    // What is left of a task that was ended: its managers no longer know it.
    if (recorded.state !== 'running') continue
    const same = sameWith(note, taskName(id))
    same('state', own?.state, recorded.state)
    if (own === undefined) continue
    const links = Object.entries(recorded.links)
    same(
      'interfaces',
      [...own.endpoints.values()].map((a) => a.interface).sort(),
      links.map(([n]) => n).sort(),
    )
    for (const [key, attachment] of own.endpoints) {
      const at = recorded.networks[key]
      // 28 gives overlays their interface numbers in random order; docker_gwbridge is second in any case.
      if (attachment.interfaceCertainty !== 'one-of-several' && at !== undefined) {
        same(`${key} interface`, attachment.interface, at.interface)
      }
      if (key === 'docker_gwbridge') {
        const link = recorded.links[attachment.interface]
        same('subnet of docker_gwbridge', subnetOf(attachment.ipv4), subnetOf(link?.address ?? ''))
      }
      if (attachment.certainty === 'one-of-several') continue
      if (at !== undefined) same(`${key} ipv4`, attachment.ipv4, at.ipv4)
      if (at !== undefined && attachment.mac !== '') same(`${key} mac`, attachment.mac, at.mac)
    }
    const route = own.defaultRoute
    const device = own.endpoints.get(route?.network ?? '')?.interface ?? ''
    same('default route', `via ${route?.via} dev ${device}`, recorded.routes[0])
  }
}

const subnetOf = (cidr: string): string => cidr.replace(/^(\d+\.\d+)\..*(\/\d+)$/, '$1$2')
