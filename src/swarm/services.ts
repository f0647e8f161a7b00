import {
  isGlobal,
  type NameSettings,
  NO_NAME_SETTINGS,
  type Refusal,
  type ServiceCreate,
  type ServicePortRequest,
  type ServiceUpdate,
} from '../engine/operation.ts'
import type { Span } from '../problem/problem.ts'
import { freeAddress, type Moment, PIN_KEPT, settleFreed, takeAddress } from './addresses.ts'
import { nodeMatches, parseConstraints } from './constraint.ts'
import { firstSlot, isJob, tasksAtOnce, withConcurrency } from './job.ts'
import { settleNode } from './nodes.ts'
import {
  badConstraint,
  badName,
  DNSRR_INGRESS,
  ingressAsServiceNetwork,
  longName,
  noPreviousSpec,
  serviceExists,
} from './refusals.ts'
import { needsIngress, type Service, type Task } from './service.ts'
import { allocatePorts, refusedPorts, releasePorts } from './service-ports.ts'
import { type ClusterState, INGRESS } from './state.ts'
import { allocateTasks, endTask, newTask, schedule, startAll, taskNetworks } from './tasks.ts'

// One letter at a time: swarmkit's own `[A-Za-z0-9]+` takes JavaScript for ever on a long name that does not match.
const DNS_NAME = /^[a-zA-Z0-9](?:[-_]*[A-Za-z0-9])*$/

/** swarmkit `manager/controlapi/common.go: validateAnnotations` */
export function refusedName(name: string, at?: Span): Refusal | null {
  if (!DNS_NAME.test(name)) return badName(at)
  return name.length > 63 ? longName(at) : null
}

/** What the control API refuses of a new or changed service. */
function refuse(state: ClusterState, spec: ServiceCreate): Refusal | null {
  const ingress = spec.networks.find((n) => n.network === INGRESS)
  if (ingress !== undefined) return ingressAsServiceNetwork(ingress.network, ingress.origins?.network)
  if (spec.endpointMode === 'dnsrr' && spec.ports.some((p) => p.mode === 'ingress')) return DNSRR_INGRESS
  const constraints = parseConstraints(spec.constraints)
  if (!constraints.ok)
    return badConstraint(constraints.message, spec.origins?.constraints?.[constraints.index])
  return refusedPorts(state, spec)
}

/** `docker service create`, up to the point where its tasks have their addresses and wait for a node. */
export function createService(state: ClusterState, spec: ServiceCreate): Refusal | null {
  const refusal = refusedName(spec.name, spec.origins?.name) ?? refuse(state, spec)
  if (refusal !== null) return refusal
  if (state.services.has(spec.name)) return serviceExists(spec.name, spec.origins?.name)
  const service: Service = {
    spec: withConcurrency(spec),
    previous: null,
    constraints: constraintsOf(spec),
    allocated: false,
    lacks: '',
    vips: new Map(),
    ports: [],
    tasks: [],
  }
  state.services.set(spec.name, service)
  allocateService(state, service)
  addTasks(state, service)
  return null
}

function constraintsOf(spec: ServiceCreate) {
  const parsed = parseConstraints(spec.constraints)
  return parsed.ok ? parsed.constraints : []
}

/**
 * Gives a service its ports and VIPs: the ingress network first, then its networks in order. What it had and still
 * needs it keeps.
 *
 * @see swarmkit `manager/allocator/network.go: allocateService`;
 * moby `libnetwork/cnmallocator/networkallocator.go: AllocateService`
 */
export function allocateService(state: ClusterState, service: Service): void {
  const ports = allocatePorts(state, service)
  if (ports === null) return
  service.ports = ports
  const wanted = service.spec.endpointMode === 'dnsrr' ? [] : taskNetworks(state, service)
  for (const [network, vip] of service.vips) {
    if (wanted.includes(network)) continue
    service.vips.delete(network)
    freeAddress(state, vip)
  }
  service.allocated = wanted.every((network) => {
    if (service.vips.has(network)) return true
    const vip = takeAddress(state, network, null, 'alone', '')
    if (vip !== null) service.vips.set(network, vip)
    service.lacks = vip === null ? network : ''
    return vip !== null
  })
  if (service.allocated) return
  for (const vip of service.vips.values()) freeAddress(state, vip)
  service.vips.clear()
}

/**
 * Each change of a job, be it of a label, begins it anew: its tasks are removed, whatever they have done.
 * @see swarmkit `manager/controlapi/service.go: UpdateService`; seen on Docker 28.5.2
 */
function beginAnew(state: ClusterState, service: Service): void {
  const old = service.tasks
  service.tasks = []
  for (const task of old) if (task.started) state.changes.push({ kind: 'stop', task, together: false })
  const begun = state.changes.length
  addTasks(state, service)
  schedule(state)
  // On their node the new ones start while the old ones end.
  for (const [i, change] of state.changes.entries())
    if (i >= begun) state.changes[i] = { ...change, together: true }
  for (const task of old) {
    for (const allocation of task.addresses.values()) freeAddress(state, allocation)
    if (task.node !== '') settleNode(state, task.node, false)
  }
}

/** Makes the tasks a service lacks: the lowest free slots, or one on each node that may run it. */
export function addTasks(state: ClusterState, service: Service): void {
  const added: Task[] = []
  if (isGlobal(service.spec)) {
    for (const node of state.nodes.values()) {
      if (!node.alive || node.availability !== 'active' || !nodeMatches(service.constraints, node)) continue
      if (service.tasks.some((task) => task.node === node.name)) continue
      added.push(newTask(state, service, 0, node.name))
    }
  } else {
    const taken = new Set(service.tasks.map((task) => task.slot))
    let slot = firstSlot(service.spec)
    while (service.tasks.length + added.length < tasksAtOnce(service.spec)) {
      if (!taken.has(slot)) added.push(newTask(state, service, slot, ''))
      slot++
    }
  }
  service.tasks = [...service.tasks, ...added].sort((a, b) => a.slot - b.slot)
  allocateTasks(state, service, added)
  const preassigned = added.filter((task) => task.allocated && task.node !== '')
  for (const task of state.arrange(preassigned)) settleNode(state, task.node, preassigned.length > 1)
  startAll(state, preassigned)
}

/**
 * Ends the tasks beyond the wanted number: those of nodes that have the most of the service, so that the rest is
 * even. Among equals Docker takes any; this keeps the lowest slots.
 *
 * @see swarmkit `manager/orchestrator/replicated/services.go: reconcile`
 */
function dropTasks(state: ClusterState, service: Service): void {
  const perNode = new Map<string, number>()
  const ranked = state.arrange(service.tasks).map((task) => {
    const nth = task.node === '' ? Number.MAX_SAFE_INTEGER : (perNode.get(task.node) ?? 0) + 1
    perNode.set(task.node, nth)
    return { task, nth }
  })
  ranked.sort((a, b) => a.nth - b.nth)
  for (const { task } of ranked.slice(service.spec.replicas)) endTask(state, service, task)
  for (const task of service.tasks) markLeftToChance(task)
}

function markLeftToChance(task: Task): void {
  for (const [network, allocation] of task.addresses) {
    if (allocation.certainty === 'one-of-several') continue
    task.addresses.set(network, { ...allocation, certainty: 'one-of-several', pin: PIN_KEPT })
  }
}

/** `docker service scale` and the replicas of an update. */
export function scaleService(state: ClusterState, service: Service, replicas: number): void {
  service.previous = service.spec
  service.spec = { ...service.spec, replicas }
  if (isJob(service.spec)) beginAnew(state, service)
  else if (service.tasks.length > replicas && service.spec.mode === 'replicated') dropTasks(state, service)
  else addTasks(state, service)
}

/** The wanted state after a `docker service update`. */
function changed(spec: ServiceCreate, update: ServiceUpdate): ServiceCreate {
  const kept = spec.networks.filter((n) => !update.networkRemove.includes(n.network))
  const removedPort = (p: ServicePortRequest): boolean =>
    update.publishRemove.some((text) => text === `${p.target}` || text === `${p.target}/${p.protocol}`)
  return {
    ...spec,
    replicas: update.replicas ?? spec.replicas,
    networks: [...kept, ...update.networkAdd],
    ports: [...spec.ports.filter((p) => !removedPort(p)), ...update.publishAdd],
    constraints: [
      ...spec.constraints.filter((c) => !update.constraintRemove.includes(c)),
      ...update.constraintAdd,
    ],
    endpointMode: update.endpointMode ?? spec.endpointMode,
    names: changedNames(spec.names ?? NO_NAME_SETTINGS, update),
  }
}

/** A host is removed by its name alone, or with its address. */
function changedNames(
  names: NameSettings,
  { namesAdd = NO_NAME_SETTINGS, namesRemove = NO_NAME_SETTINGS }: ServiceUpdate,
): NameSettings {
  const list = (key: keyof NameSettings): readonly string[] => [
    ...names[key].filter((one) =>
      namesRemove[key].every((gone) => gone !== one && !(key === 'extraHosts' && one.startsWith(`${gone}:`))),
    ),
    ...namesAdd[key],
  ]
  return {
    extraHosts: list('extraHosts'),
    dns: list('dns'),
    dnsSearch: list('dnsSearch'),
    dnsOptions: list('dnsOptions'),
  }
}

/** `docker service update`. Tasks are replaced one by one when anything but their number or placement changes. */
export function updateService(state: ClusterState, service: Service, update: ServiceUpdate): Refusal | null {
  const spec = changed(service.spec, update)
  const refusal = refuse(state, spec)
  if (refusal !== null) return refusal
  replaceSpec(state, service, spec, update.force)
  return null
}

/**
 * What the service was before its last change; another rollback brings that change back.
 * @see swarmkit `manager/controlapi/service.go: UpdateService`
 */
export function rollbackService(state: ClusterState, service: Service, at?: Span): Refusal | null {
  const { previous, spec } = service
  if (previous === null) return noPreviousSpec(spec.name, at)
  replaceSpec(state, service, previous, false)
  return null
}

/** Brings a service to another wanted state. */
export function replaceSpec(
  state: ClusterState,
  service: Service,
  spec: ServiceCreate,
  force: boolean,
): void {
  const before = service.spec
  service.previous = before
  service.spec = withConcurrency(spec)
  service.constraints = constraintsOf(spec)
  allocateService(state, service)
  if (isJob(spec)) {
    beginAnew(state, service)
    return
  }
  if (service.tasks.length > spec.replicas && spec.mode === 'replicated') dropTasks(state, service)
  const old = service.tasks
  addTasks(state, service)
  const dirty = force || taskPart(before) !== taskPart(spec)
  const replaced = old.filter((task) => {
    const node = state.nodes.get(task.node)
    return dirty || (node !== undefined && !nodeMatches(service.constraints, node))
  })
  // Docker goes through the slots in any order, one at a time.
  for (const task of state.arrange(replaced))
    replaceTask(state, service, task, replaced.length > 1 ? 'one-of-a-batch' : 'alone')
}

/** What of a service its tasks are made from. */
function taskPart(spec: ServiceCreate): string {
  const { image, hostname, networks, ports, endpointMode, names = NO_NAME_SETTINGS } = spec
  return JSON.stringify([image, hostname, networks, ports, endpointMode, names])
}

/**
 * The new task is allocated and placed while the old one still has its addresses, then takes its slot.
 * @see swarmkit `manager/orchestrator/update/updater.go: updateTask`
 */
function replaceTask(state: ClusterState, service: Service, old: Task, moment: Moment): void {
  service.tasks = service.tasks.filter((task) => task !== old)
  if (old.started) state.changes.push({ kind: 'stop', task: old, together: false })
  const nodeStays = isGlobal(service.spec)
  const task = newTask(state, service, old.slot, nodeStays ? old.node : '')
  service.tasks = [...service.tasks, task].sort((a, b) => a.slot - b.slot)
  allocateTasks(state, service, [task], moment)
  if (nodeStays && task.allocated) {
    settleNode(state, task.node, false)
    startAll(state, [task])
  } else schedule(state)
  for (const allocation of old.addresses.values()) freeAddress(state, allocation)
  if (old.node !== '') settleNode(state, old.node, false)
}

/**
 * Makes tasks anew somewhere else, all at once: the new ones are allocated while the old ones still have their addresses.
 * @see swarmkit `manager/orchestrator/replicated/tasks.go: restartTasksByNodeID`
 */
export function moveTasks(state: ClusterState, moving: ReadonlyMap<Service, readonly Task[]>): void {
  const all = [...moving.values()].flat()
  for (const [service, old] of moving) {
    service.tasks = service.tasks.filter((task) => !old.includes(task))
    const made = old.map((task) => newTask(state, service, task.slot, ''))
    service.tasks = [...service.tasks, ...made].sort((a, b) => a.slot - b.slot)
    for (const task of old) if (task.started) state.changes.push({ kind: 'stop', task, together: false })
    allocateTasks(state, service, made, all.length > 1 ? 'one-of-a-batch' : 'alone')
  }
  schedule(state)
  for (const task of all) {
    for (const allocation of task.addresses.values()) freeAddress(state, allocation)
    if (task.node !== '') settleNode(state, task.node, false)
  }
}

export function removeService(state: ClusterState, service: Service): void {
  state.services.delete(service.spec.name)
  for (const vip of service.vips.values()) freeAddress(state, vip)
  releasePorts(state, service)
  for (const task of [...service.tasks]) endTask(state, service, task)
  settleFreed(state)
}

/** Whether a service uses a network, so that it cannot be removed. */
export function usesNetwork(service: Service, network: string): boolean {
  return network === INGRESS
    ? needsIngress(service.spec)
    : service.spec.networks.some((n) => n.network === network)
}
