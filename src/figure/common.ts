/** What several views decide alike. */
import { formatPrefix } from '../net/index.ts'
import type { PlanContainer, PlanHost, PlanService } from '../plan/plan.ts'
import { hostPort, type Scene } from './box.ts'
import { changeMark, portsByChange } from './changes.ts'
import { address, detail, name } from './drawing.ts'
import type { EdgeKind } from './figure.ts'
import { isShown, lanSubnet } from './part.ts'
import { portRanges } from './port-ranges.ts'

/** More labels than this on one edge are no longer read. */
export const MOST_PORT_LABELS = 4

export const isDrawn = (scene: Pick<Scene, 'settings'>, container: PlanContainer): boolean =>
  container.state === 'running' || isShown(scene.settings, 'stopped', true)

export const isPublished = (container: PlanContainer): boolean => container.ports.length > 0

/** Whether a highlighted way begins at the client. */
export const wantsClient = (scene: Scene): boolean =>
  scene.settings.highlight.some(({ value }) => /^\s*client\b/.test(value))

/** Ports a host answers at, as labels of the edge from the client; none when there are too many to read. */
export function hostPorts(scene: Scene, host: PlanHost): readonly string[] {
  if (!isShown(scene.settings, 'ports', true)) return []
  const ports = new Set(meshPorts(scene))
  for (const container of scene.plan.containers.values()) {
    if (container.host !== host.name) continue
    for (const { thing, ports: own } of portsByChange(scene.changes, container.name, container.ports))
      for (const port of portRanges(own))
        ports.add(`${hostPort(port, true)}${changeMark(scene.changes, thing, scene.words)}`)
  }
  return ports.size > MOST_PORT_LABELS ? [] : [...ports]
}

/** Ports every node answers at: `8080/tcp`. */
export function meshPorts(scene: Scene): readonly string[] {
  const ports: string[] = []
  for (const service of scene.plan.services.values())
    for (const { mode, published, protocol } of service.ports)
      if (mode === 'ingress') ports.push(`${published}/${protocol}${meshMark(scene, service, published)}`)
  return ports
}

const meshMark = ({ changes, words }: Scene, { name: service }: PlanService, port: number): string =>
  changeMark(changes, { is: 'mesh', service, port: String(port) }, words)

/** The same with what they lead to: `8080 → web:5000`. */
export const meshLabels = (scene: Scene): readonly string[] =>
  [...scene.plan.services.values()].flatMap((service) =>
    service.ports
      .filter((port) => port.mode === 'ingress')
      .map(({ published, target, protocol }) => {
        const kind = protocol === 'tcp' ? '' : `/${protocol}`
        return `${published} → ${service.name}:${target}${kind}${meshMark(scene, service, published)}`
      }),
  )

/** Interfaces from the outside in: `eth0`, `eth0.10`. A VLAN's packets run over the interface it is cut from. */
export function interfaceChain(device: string): readonly string[] {
  const base = /^(.+)\.\d+$/.exec(device)?.[1]
  return base === undefined ? [device] : [base, device]
}

/** Draws an edge once, however many networks need it. */
export function edgeOnce(
  scene: Scene,
  from: string | null,
  to: string | null,
  kind: EdgeKind,
  label: readonly string[] = [],
): void {
  if (from === null || to === null || from === to) return
  if (scene.drawing.edges.some((edge) => edge.from === from && edge.to === to)) return
  scene.drawing.edge(from, to, kind, label)
}

/** Overlays among the networks of the view: those of the whole swarm. */
export const spansHosts = (scene: Scene): boolean =>
  scene.plan.hosts.length > 1 && [...scene.networks.values()].some((network) => network.host === '')

/** Whatever lies beyond the hosts. */
export const drawOutside = (scene: Scene): string =>
  scene.drawing.box(
    { is: 'outside' },
    { group: '', kind: 'outside', marks: [], lines: [name(scene.words.figure.outside)] },
  )

/** The network all hosts share, below them. */
export function drawUnderlay(scene: Scene): string | null {
  const { plan, words, settings, drawing } = scene
  if (!isShown(settings, 'underlay', plan.hosts.length > 1)) return null
  const lan = lanSubnet(plan)
  return drawing.box(
    { is: 'underlay' },
    {
      group: '',
      kind: 'underlay',
      marks: ['bar'],
      lines: [
        name(plan.underlay.name === '' ? words.figure.underlay : plan.underlay.name),
        ...(lan === null ? [] : [address(formatPrefix(lan))]),
        ...(spansHosts(scene) ? [detail('VXLAN · UDP 4789')] : []),
      ],
    },
  )
}
