/** What one `docker compose up` is asked for, and what it does. */
import type { ComposeUp, ContainerCreate, Origins, Refusal } from '../../engine/operation.ts'
import type { Container, Sandbox } from '../../engine/state.ts'
import type { ServiceEntry } from '../../topology/topology.ts'
import type { Project } from '../project/project.ts'
import type { HostState } from '../session/session.ts'

/** Told of everything the front end does by itself, as the command that does the same; written where it is kept. */
export type OnStep = (host: HostState, command: () => string, fault: Refusal | null) => void

/** What a command line says of it, and what an up within another command does besides. */
export interface UpOptions extends Omit<ComposeUp, 'op' | 'project' | 'version' | 'files' | 'origins'> {
  readonly project: Project
  /** One of the services whose networks are made, and no container; `null` for none. */
  readonly networksOnly: string | null
  /** Where the command line names them. */
  readonly places?: Origins<ComposeUp> | undefined
  /** Where a service's containers go. */
  readonly hostOf: (service: ServiceEntry) => HostState
}

/** One container that up is to start. */
export interface Starting {
  readonly host: HostState
  readonly service: ServiceEntry
  readonly container: Container
  /** What it was made by; `null` for one that was there before. */
  readonly request: ContainerCreate | null
}

/** One that up has started, with what it got then: it may have ended since. */
export interface Started extends Starting {
  readonly interfaces: Sandbox['interfaces']
}
