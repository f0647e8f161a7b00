import { isGlobal, type Refusal } from '../../engine/operation.ts'
import { formatPrefix } from '../../net/index.ts'
import type { Report, Span } from '../../problem/problem.ts'
import { andList, asWritten, programSays, type Said, say, worded } from '../../problem/say.ts'
import {
  type Cluster,
  hostPorts,
  nodeMatches,
  overlappedBy,
  type Service,
  type Swarm,
} from '../../swarm/index.ts'
import type { Topology } from '../../topology/topology.ts'
import { networkEntry, networkSpan, serviceSpan, type Written } from './written.ts'

/**
 * Tells the author what a manager only writes into its log: networks without a subnet, services and tasks that
 * wait for ever.
 */
export function reportTrouble(topology: Topology, swarm: Swarm, written: Written, report: Report): void {
  const nowhere = topology.swarm?.span ?? { start: 0, end: 0 }
  const spanOf = (service: string): Span => serviceSpan(topology, written, service) ?? nowhere
  for (const cluster of swarm.clusters()) {
    reportNetworks(topology, cluster, written, report)
    for (const service of cluster.services.values())
      reportService(cluster, service, spanOf(service.spec.name), report)
  }
  for (const { task, service, host, refusal } of swarm.failures()) {
    report({
      code: 'TASK_FAILED',
      severity: 'warning',
      ...worded(
        say`task ${task} cannot start on ${host}: ${programSays(refusal.code, refusal.message)}`,
        taskHint(refusal),
      ),
      span: spanOf(service),
      related: [],
    })
  }
}

function taskHint({ code, port }: Refusal): Said {
  if (code === 'PORT_IN_USE' && port !== undefined)
    return say`Publish another port than ${port}, or leave it free on that host.`
  return say`Write the task so that its host can start it, or keep it from that host with a placement constraint.`
}

function reportNetworks(topology: Topology, cluster: Cluster, written: Written, report: Report): void {
  for (const overlay of cluster.overlays.values()) {
    if (overlay.state !== null || !overlay.managed) continue
    const others = [...cluster.overlays.values()].filter((o) => o !== overlay)
    const other = overlappedBy(overlay, others)
    const entry = networkEntry(topology, written, overlay.name)
    report({
      code: 'OVERLAY_NOT_ALLOCATED',
      severity: 'warning',
      ...worded(
        other === null
          ? say`the overlay "${overlay.name}" gets no subnet: its managers cannot give it what it asks for`
          : say`the overlay "${overlay.name}" gets no subnet: it overlaps the network "${other.name}"`,
        say`Docker accepts it without an error and only logs it. Choose another subnet or VXLAN id, or give the swarm wider pools.`,
      ),
      span: entry?.ipam[0]?.subnet?.span ??
        networkSpan(topology, written, overlay.name) ??
        topology.swarm?.span ?? { start: 0, end: 0 },
      related: [],
    })
  }
}

function reportService(cluster: Cluster, service: Service, span: Span, report: Report): void {
  const waiting = service.tasks.filter((task) => task.node === '')
  const nodes = [...cluster.nodes.values()].filter((node) => node.alive)
  const hasNowhere = isGlobal(service.spec) && !nodes.some((node) => nodeMatches(service.constraints, node))
  if (service.allocated && waiting.length === 0 && !hasNowhere) return
  const shown = waiting
    .slice(0, 3)
    .map((task) => task.name)
    .join(', ')
  const names =
    waiting.length > 3 ? say`${shown}, ${waiting.length - 3} more` : asWritten(shown || service.spec.name)
  const { what, hint } = service.allocated ? whyNoNode(cluster, service) : whyNoVip(cluster, service)
  report({
    code: 'TASK_PENDING',
    severity: 'warning',
    ...worded(
      waiting.length > 1 ? say`${names} wait for ever: ${what}` : say`${names} waits for ever: ${what}`,
      hint,
    ),
    span,
    related: [],
  })
}

type Nodes = readonly { readonly name: string; readonly role: string }[]

const nodesHint = (alive: Nodes): Said =>
  say`Nodes: ${alive.map((node) => `${node.name} (${node.role})`).join(', ')}.`

/** The labels that are asked for, as an author gives them to a machine; `null` when more than labels is missing. */
function labelHint({ constraints }: Service, alive: Nodes): Said | null {
  const [first] = alive
  const labels = constraints.filter(({ key, equal }) => equal && /^node\.labels\./i.test(key))
  if (first === undefined || labels.length < constraints.length) return null
  const pairs = labels.map(
    ({ key, value }) => `${JSON.stringify(key.slice('node.labels.'.length))}: ${JSON.stringify(value)}`,
  )
  return say`Give a host these labels: hosts: { ${first.name}: { labels: { ${pairs.join(', ')} } } }.`
}

interface Why {
  readonly what: Said
  readonly hint: Said
}

/** A service waits for a virtual address or a port. */
function whyNoVip(cluster: Cluster, { lacks }: Service): Why {
  if (lacks !== '') return whyFull(cluster, lacks)
  return {
    what: say`no port from 30000 to 32767 is left for it`,
    hint: say`Publish a port by its number: published=8080,target=80.`,
  }
}

/** A network has no address to give. */
function whyFull(cluster: Cluster, name: string): Why {
  const subnets = cluster.overlays.get(name)?.state?.subnets ?? []
  if (subnets.length === 0)
    return {
      what: say`network "${name}" has no subnet`,
      hint: say`Give it a subnet that overlaps no other, or the swarm wider pools.`,
    }
  const text = andList(subnets.map(({ lease }) => formatPrefix(lease.subnet)))
  return {
    what: say`network "${name}" (${text}) has no address left`,
    hint: say`Give ${name} a larger subnet, or make fewer replicas: each task, each service and each node takes one.`,
  }
}

/** Why a task fits none of the nodes. */
function whyNoNode(cluster: Cluster, service: Service): Why {
  const hungry = service.tasks.find((task) => !task.allocated)
  if (hungry !== undefined) {
    return whyFull(cluster, hungry.lacks)
  }
  const { spec, constraints } = service
  const alive = [...cluster.nodes.values()].filter((node) => node.alive)
  if (!alive.some((node) => nodeMatches(constraints, node))) {
    const what = say`no node has ${andList(spec.constraints)}`
    return { what, hint: labelHint(service, alive) ?? nodesHint(alive) }
  }
  const ports = hostPorts(spec).join(', ')
  const hint = say`A port in host mode is taken once on each node; publish it in ingress mode, or make fewer replicas.`
  return { what: say`port ${ports} in host mode is taken on every node that fits`, hint }
}
