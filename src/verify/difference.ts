/** Something that is not as planned. */
export interface Difference {
  readonly code: DifferenceCode
  /** A `note` is something on the engine that the plan says nothing about. */
  readonly severity: 'difference' | 'note'
  /** What differs, in words: `network back`, `endpoint web on network back`, `container web`. */
  readonly subject: string
  /** Key in `Plan.networks` (or the engine's name of one the plan lacks), `''` for a container as a whole. */
  readonly network: string
  /** Name of the endpoint or container, `''` for a network as a whole. */
  readonly endpoint: string
  /** `''` where the plan has nothing. */
  readonly planned: string
  /** `''` where the engine has nothing. */
  readonly found: string
  /** What to change, in the block or on the engine. One line. */
  readonly advice: string
}

export type DifferenceCode =
  | 'NETWORK_MISSING'
  | 'NETWORK_UNPLANNED'
  | 'DRIVER_DIFFERS'
  | 'SUBNETS_DIFFER'
  | 'GATEWAY_DIFFERS'
  | 'IP_RANGE_DIFFERS'
  | 'AUX_ADDRESSES_DIFFER'
  | 'FLAG_DIFFERS'
  | 'ENDPOINT_MISSING'
  | 'ENDPOINT_UNPLANNED'
  | 'IPV4_DIFFERS'
  | 'IPV6_DIFFERS'
  | 'MAC_DIFFERS'
  | 'CONTAINER_MISSING'
  | 'CONTAINER_UNPLANNED'
  | 'STATE_DIFFERS'
  | 'CONTAINER_GATEWAY_DIFFERS'
  | 'PORTS_DIFFER'
  | 'OPTIONS_DIFFER'
  | 'IMAGE_DIFFERS'
  | 'HOSTNAME_DIFFERS'
  | 'DNS_DIFFERS'
  | 'EXTRA_HOSTS_DIFFER'
  | 'ALIASES_DIFFER'
  | 'GATEWAY_PRIORITY_DIFFERS'

/** What a difference is about; a text that does not apply is `''`. */
export interface About {
  readonly network: string
  readonly endpoint: string
}

export function subjectOf({ network, endpoint }: About): string {
  if (network === '') return `container ${endpoint}`
  return endpoint === '' ? `network ${network}` : `endpoint ${endpoint} on network ${network}`
}

/** One difference when the texts are not the same, else none. */
export const differ = (
  code: DifferenceCode,
  about: About,
  planned: string,
  found: string,
  advice: string,
): Difference[] => (planned === found ? [] : [different(code, about, planned, found, advice)])

export const different = (
  code: DifferenceCode,
  about: About,
  planned: string,
  found: string,
  advice: string,
  severity: Difference['severity'] = 'difference',
): Difference => ({ code, severity, subject: subjectOf(about), ...about, planned, found, advice })
