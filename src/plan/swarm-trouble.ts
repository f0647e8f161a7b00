import type { Report, Span } from '../problem/problem.ts'
import {
  type Cluster,
  hostPorts,
  nodeMatches,
  overlappedBy,
  type Service,
  type Swarm,
} from '../swarm/index.ts'
import type { Topology } from '../topology/topology.ts'
import { networkEntry, networkSpan, serviceSpan, type Written } from './swarm-written.ts'

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
      message: `task ${task} cannot start on ${host}: ${refusal.message}`,
      hint: null,
      span: spanOf(service),
      related: [],
    })
  }
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
      message:
        other === null
          ? `the overlay "${overlay.name}" gets no subnet: its managers cannot give it what it asks for`
          : `the overlay "${overlay.name}" gets no subnet: it overlaps the network "${other.name}"`,
      hint: 'Docker accepts it without an error and only logs it. Choose another subnet or VXLAN id, or give the swarm wider pools.',
      span: entry?.ipam[0]?.subnet?.span ??
        networkSpan(topology, written, overlay.name) ??
        topology.swarm?.span ?? { start: 0, end: 0 },
      related: [],
    })
  }
}

function reportService(cluster: Cluster, service: Service, span: Span, report: Report): void {
  const waiting = service.tasks.filter((task) => task.node === '')
  if (service.allocated && waiting.length === 0) return
  const shown = waiting.slice(0, 3).map((task) => task.name)
  const names = [...shown, ...(waiting.length > 3 ? [`${waiting.length - 3} more`] : [])].join(', ')
  const { what, hint } = service.allocated
    ? whyNoNode(cluster, service)
    : {
        what: 'its addresses or ports cannot be given',
        hint: 'Give its networks subnets that are free, and publish ports that are free.',
      }
  report({
    code: 'TASK_PENDING',
    severity: 'warning',
    message: `${names === '' ? service.spec.name : names} ${waiting.length > 1 ? 'wait' : 'waits'} for ever: ${what}`,
    hint,
    span,
    related: [],
  })
}

/** Why a task fits none of the nodes. */
function whyNoNode(cluster: Cluster, service: Service): { readonly what: string; readonly hint: string } {
  const hungry = service.tasks.find((task) => !task.allocated)
  if (hungry !== undefined) {
    const names = hungry.networks.join(', ')
    return {
      what: `no address is left on ${names}`,
      hint: `Give the network a larger subnet, or make fewer replicas.`,
    }
  }
  const { spec, constraints } = service
  const alive = [...cluster.nodes.values()].filter((node) => node.alive)
  if (!alive.some((node) => nodeMatches(constraints, node))) {
    const known = alive.map((node) => `${node.name} (${node.role})`).join(', ')
    return { what: `no node has ${spec.constraints.join(' and ')}`, hint: `Nodes: ${known}.` }
  }
  const ports = hostPorts(spec).join(', ')
  const hint =
    'A port in host mode is taken once on each node; publish it in ingress mode, or make fewer replicas.'
  return { what: `port ${ports} in host mode is taken on every node that fits`, hint }
}
