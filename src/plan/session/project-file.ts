/** Which file a command of compose or stack means: the block itself, or one of those under `files:`. */

import type {
  ComposeAction,
  ComposeDown,
  ComposeRun,
  ComposeUp,
  Refusal,
  StackDeploy,
} from '../../engine/operation.ts'
import { refuse } from '../../engine/refusal.ts'
import { say } from '../../problem/say.ts'
import { normalPath } from '../../topology/file-path.ts'
import { fileOf, nameOf } from '../project/files.ts'
import type { Session } from './session.ts'

type OfFile = ComposeUp | ComposeDown | ComposeAction | ComposeRun | StackDeploy

/** The session with what the command means in place of what the block says. */
export function withFile(session: Session, operation: OfFile): Session | Refusal {
  const { files, origins } = operation
  const { topology, ownFiles } = session
  const path = fileOf(topology, files)
  if (path === null) return fault(session, operation) ?? session
  const at = origins !== undefined && 'files' in origins ? origins.files?.[0] : undefined
  if (operation.op === 'stack-deploy') {
    const hint = say`Write its services and networks in the block itself.`
    return refuse('UNSUPPORTED_COMMAND', say`"files:" are for docker compose; a stack is the block`, {
      at,
      hint,
    })
  }
  if (files.length > 1) {
    const hint = say`Write what they say together as one, under "files:".`
    return refuse('UNSUPPORTED_COMMAND', say`Several files at once are not put together here`, { at, hint })
  }
  const file = topology.files.get(path)
  if (file === undefined) return session
  return { ...session, ownFiles, topology: { ...topology, ...file, name: nameOf(topology, path, file) } }
}

/** Why none is meant. The file that is named first is the block itself; it cannot be another one as well. */
function fault({ topology, ownFiles }: Session, { op, files, origins }: OfFile): Refusal | null {
  const at = origins !== undefined && 'files' in origins ? origins.files?.[0] : undefined
  const [first] = files
  if (topology.services.size === 0 && topology.networks.size === 0) {
    const example = `files: { ${first ?? 'compose.yaml'}: { services: { web: { image: nginx } } } }`
    const isOwn = first === undefined || op === 'stack-deploy'
    const hint = say`Write what it says: ${isOwn ? 'services: { web: { image: nginx } }' : example}.`
    const message =
      first === undefined
        ? 'no configuration file provided: not found'
        : `open ${first}: no such file or directory`
    return refuse('COMPOSE_FILE_NOT_FOUND', message, { at, hint })
  }
  if (first === undefined) return null
  const key = files.map(normalPath).join(' ')
  ownFiles.name ??= key
  if (ownFiles.name === key) return null
  const hint = say`Write what it says: files: { ${first}: { services: { web: { image: nginx } } } }.`
  return refuse('COMPOSE_FILE_NOT_FOUND', `open ${first}: no such file or directory`, { at, hint })
}
