/** The name of a project, as a command line, the file and the folder give it. */
import type { Refusal } from '../../engine/operation.ts'
import { refuse } from '../../engine/refusal.ts'
import type { Span } from '../../problem/problem.ts'
import type { Project } from '../project/project.ts'
import type { Session } from '../session/session.ts'

/** docker-compose 1 makes a name it can use out of any; compose 2 takes it as it is, or not at all. */
export function projectName({ topology }: Session, given: string, version: 1 | 2): string | null {
  const name = given !== '' ? given : (topology.name?.value ?? null)
  return name === null || version === 2 ? name : name.toLowerCase().replaceAll(/[^-_a-z0-9]/g, '')
}

/** @see compose-go `loader/loader.go: InvalidProjectNameErr` */
export function checkProjectName(
  { topology }: Session,
  { name, version }: Project,
  place: Span | undefined,
): Refusal | null {
  if (name === null || version === 1 || /^[a-z0-9][a-z0-9_-]*$/.test(name)) return null
  const message = `invalid project name ${JSON.stringify(name)}: must consist only of lowercase alphanumeric characters, hyphens, and underscores as well as start with a letter or number`
  return refuse('INVALID_NAME', message, { at: place ?? topology.name?.span })
}
