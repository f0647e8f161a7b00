/** What was probably meant by a name that is not known. */
import { nearest } from '../problem/nearest.ts'
import { type Advice, engineNetworks, type Failure, hintOnly } from './failure.ts'

/** The name that was probably meant. */
export function nameAdvice(failure: Failure): Advice {
  const { session, refusal } = failure
  const engine = session.hosts.get(failure.host)?.engine
  const { networks, services } = session.topology
  const lists: ReadonlyMap<string, readonly [readonly string[], string]> = new Map([
    ['UNDEFINED_NETWORK', [[...networks.keys()], 'Declare it under "networks:".']],
    ['UNDEFINED_SERVICE', [[...services.keys()], 'Declare it under "services:".']],
    [
      'NETWORK_NOT_FOUND',
      [engineNetworks(failure).map((one) => one.name), 'Create it first: docker network create NAME.'],
    ],
    [
      'CONTAINER_NOT_FOUND',
      [
        [...(engine?.containers() ?? [])].map((one) => one.name),
        'Start it first: docker run --name NAME IMAGE.',
      ],
    ],
    [
      'SERVICE_NOT_FOUND',
      [[...services.keys()], 'Create it first: docker service create --name NAME IMAGE.'],
    ],
    [
      'PLUGIN_NOT_FOUND',
      [['bridge', 'overlay', 'macvlan', 'ipvlan'], 'Drivers: bridge, overlay, macvlan, ipvlan.'],
    ],
  ])
  const [known, otherwise] = lists.get(refusal.code) ?? [[], '']
  const words = refusal.message.match(/[\w.-]*\w/g) ?? []
  const missing = words.filter(
    (word) => word.length > 1 && !known.includes(word) && !COMMON.has(word.toLowerCase()),
  )
  for (const word of missing.reverse()) {
    const near = nearest(word, known)
    if (near !== null) return hintOnly(`Did you mean "${near}"?`)
  }
  return hintOnly(otherwise)
}

const COMMON: ReadonlySet<string> = new Set(
  `a and as be but by cannot compose container could create created declared depends does error external failed for
  found from has in invalid is it joining namespace network networks no not of on plugin project refers response
  daemon service services such that the to undefined uses which with`.split(/\s+/),
)
