/** What was probably meant by a name that is not known. */
import { nearest } from '../problem/nearest.ts'
import { type Advice, engineNetworks, type Failure, hintOnly, wordPlace } from './failure.ts'

/** The name that was probably meant, or how there would come to be one. */
export function nameAdvice(failure: Failure): Advice {
  const { session, refusal, command } = failure
  const engine = session.hosts.get(failure.host)?.engine
  const { networks, services } = session.topology
  const name = missingName(refusal.message)
  const overlay = command !== null && /\bdocker service\b/.test(command.line.text) ? '-d overlay ' : ''
  const create = `docker network create ${overlay}${name}`
  // Commands alone would run after the services.
  const first = (make: string): string =>
    command === null
      ? `Create it before: commands: [${JSON.stringify(make)}, docker compose up -d].`
      : `Create it first: ${make}.`
  const advice = (known: readonly string[], otherwise: string): Advice => {
    const near = nearest(name, known)
    const span = command === null ? null : wordPlace(command, name)
    return { span, hint: near === null ? otherwise : `Did you mean "${near}"?`, related: [] }
  }
  switch (refusal.code) {
    case 'UNDEFINED_NETWORK':
      return advice([...networks.keys()], 'Declare it under "networks:".')
    case 'UNDEFINED_SERVICE':
      return services.has(name)
        ? hintOnly(
            `"${name}" is left out for its "profiles:"; delete them, or give those who need it the same.`,
          )
        : advice([...services.keys()], 'Declare it under "services:".')
    case 'NETWORK_NOT_FOUND':
      return advice(
        engineNetworks(failure).map((network) => network.name),
        failure.network?.external === true
          ? `Delete "external:", so that compose creates it. Or create it before docker compose up: ${create}.`
          : first(create),
      )
    case 'CONTAINER_NOT_FOUND':
      return advice(
        [...(engine?.containers() ?? [])].map((container) => container.name),
        first(`docker run -d --name ${name} IMAGE`),
      )
    case 'SERVICE_NOT_FOUND':
      return advice([...services.keys()], first(`docker service create --name ${name} IMAGE`))
    default:
      return advice(['bridge', 'overlay', 'macvlan', 'ipvlan'], 'Drivers: bridge, overlay, macvlan, ipvlan.')
  }
}

/** The last thing that the engine, or compose, says is not there: `network back not found`, `No such container: web`. */
function missingName(message: string): string {
  const named = message.matchAll(
    /\b(?:undefined (?:network|service)|no such (?:container|service|network):?|network|service|plugin) ["']?([\w.-]*\w)/gi,
  )
  const names = [...named].map((match) => match[1] ?? '')
  return names.filter((name) => !/^(?:create|manually|namespace|stack)$/.test(name)).at(-1) ?? 'NAME'
}
