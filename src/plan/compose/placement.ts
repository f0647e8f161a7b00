import type { ServiceEntry } from '../../topology/topology.ts'
import type { HostState, Session } from '../session/session.ts'

/**
 * The host a service's containers go to without swarm: the one `deploy.placement` names, else the first.
 * A constraint on anything but the host's name or role names none.
 */
export function hostOfService(session: Session, service: ServiceEntry): HostState {
  let hosts = [...session.hosts.values()]
  for (const { value } of service.constraints) {
    const match = /^\s*node\.(hostname|role|id)\s*(==|!=)\s*(\S+)\s*$/.exec(value)
    if (match === null) continue
    const [, what = '', operator = '', wanted = ''] = match
    hosts = hosts.filter(({ entry }) => {
      const actual = what === 'role' ? (entry.role ?? 'manager') : entry.name
      return (actual === wanted) === (operator === '==')
    })
  }
  return hosts[0] ?? session.first
}
