/**
 * Numbers of containers and networks of a figure, by which the stylesheet lights what belongs together, and links find
 * them. A stylesheet has so many rules: what lies beyond is not lit.
 */
export const MOST_LIT = { containers: 32, networks: 16 } as const

export interface Light {
  /** Class and end of the id: `c3`, `n1`. */
  readonly mark: string
  /** What prose may call it. */
  readonly names: readonly string[]
}

export interface Lights {
  /** By key of the plan. */
  readonly containers: ReadonlyMap<string, string>
  readonly networks: ReadonlyMap<string, string>
}

export const lightsOf = (containers: Iterable<string>, networks: Iterable<string>): Lights => ({
  containers: numbered(containers, 'c', MOST_LIT.containers),
  networks: numbered(networks, 'n', MOST_LIT.networks),
})

const numbered = (keys: Iterable<string>, letter: string, most: number): ReadonlyMap<string, string> =>
  new Map([...keys].slice(0, most).map((key, index) => [key, `${letter}${index + 1}`]))
