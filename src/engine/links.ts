/** `--link`, which only the default bridge knows; elsewhere names are resolved at connection. */
import type { Span } from '../problem/problem.ts'
import type { ContainerCreate, Refusal } from './operation.ts'
import { refuse } from './refusal.ts'
import { sharedContainer } from './shared-sandbox.ts'
import type { Container, EngineState } from './state.ts'

export function checkLinks(state: EngineState, request: ContainerCreate): Refusal | null {
  if (!['default', 'bridge', 'none'].includes(request.networkMode)) return null
  for (const [index, link] of request.links.entries()) {
    const fault = checkLink(state, link.split(':')[0] ?? '', request.origins?.links?.[index])
    if (fault !== null) return fault
  }
  return null
}

/**
 * A link goes to the container whose sandbox it is, which may not be the host's.
 * @see moby `daemon/daemon_unix.go: registerLinks`
 */
function checkLink({ containers, facts }: EngineState, name: string, at: Span | undefined): Refusal | null {
  const { asked, target } = followed(containers, name)
  if (target === undefined) {
    const text =
      asked === name
        ? `could not get container for ${name}: No such container: ${name}`
        : facts.rules.say.linkedGone(asked)
    return refuse('CONTAINER_NOT_FOUND', text, { at, name: asked })
  }
  const text =
    "conflicting options: host type networking can't be used with links. This would result in undefined behavior"
  return target.mode === 'host' ? refuse('CONFLICTING_OPTIONS', text, { at }) : null
}

/** The container whose sandbox that of a name uses, and what it was asked for by; `target` is `undefined` when it is gone. */
function followed(
  containers: ReadonlyMap<string, Container>,
  name: string,
): { readonly asked: string; readonly target: Container | undefined } {
  const seen = new Set<Container>()
  let asked = name
  let target = containers.get(name)
  while (target?.mode === 'container' && !seen.has(target)) {
    seen.add(target)
    asked = target.sharedId?.toString() ?? target.sharedWith
    target = sharedContainer(containers, target)
  }
  return { asked, target }
}

/**
 * On the default bridge a container starts only when those it links to are there and running.
 * @see moby `daemon/container_operations_unix.go: setupLinkedContainers`, `daemon/container_operations.go: isLinkable`
 */
export function checkLinked({ containers, facts }: EngineState, container: Container): Refusal | null {
  if (!container.attachments.has('bridge')) return null
  for (const [index, link] of container.links.entries()) {
    const at = container.origins?.links?.[index]
    const [name = '', alias = name] = link.split(':')
    const { target } = followed(containers, name)
    if (target === undefined) continue
    const isAttached = target.attachments.has('bridge')
    const elsewhere = (): Refusal =>
      refuse('LINK_NOT_POSSIBLE', facts.rules.say.linkedNotOnBridge(target.name, `${target.id}`), { at })
    if (!isAttached && !facts.rules.looksAtLinkedStateFirst) return elsewhere()
    if (target.state !== 'running') {
      const message = `Cannot link to a non running container: /${target.name} AS /${container.name}/${alias}`
      return refuse('LINK_NOT_POSSIBLE', message, { at })
    }
    if (!isAttached) return elsewhere()
  }
  return null
}
