/** `docker compose down`. @see docker/compose `pkg/compose/down.go` */
import type { ComposeDown, Refusal } from '../../engine/operation.ts'
import { isRefusal } from '../../engine/refusal.ts'
import { checkProject } from '../project/check.ts'
import { networkName, type Project, projectLabel } from '../project/project.ts'
import { attachmentsOf } from '../project/request.ts'
import type { HostState, Session } from '../session/session.ts'
import { checkProjectName, projectName } from './names.ts'

/** Removes a project's containers and networks on one host; what is not there is passed over. */
export function composeDown(session: Session, operation: ComposeDown, host: HostState): Refusal | null {
  const project: Project = {
    name: projectName(session, operation.project, operation.version),
    version: operation.version,
  }
  const { topology } = session
  const nameFault = checkProjectName(session, project, operation.origins?.project)
  if (nameFault !== null) return nameFault
  const found = checkProject(topology, operation.version)
  if (isRefusal(found)) return found
  const isMeant = (service: string): boolean =>
    operation.removeOrphans || topology.files.size === 0 || service === '' || topology.services.has(service)
  const containers = [...host.engine.containers()].filter(
    ({ compose }) => compose?.project === projectLabel(project) && isMeant(compose.service),
  )
  host.engine.execute({ op: 'container-rm', names: containers.map((c) => c.name), force: true })
  const keys = new Set([...topology.services.values()].flatMap((s) => attachmentsOf(s).map((a) => a.network)))
  for (const key of [...keys].sort()) {
    const entry = topology.networks.get(key)
    const network = host.engine.network(networkName(project, key, entry))
    if (network === null || entry?.external === true) continue
    const refusal = host.engine.execute({ op: 'network-rm', names: [network.name], force: false })
    if (refusal !== null) return refusal
    host.chance.networkGone(network)
  }
  return null
}
