/** Releases of the Docker Engine whose rules are known, oldest first. 27 and 29 are known from the source only. */
export const ENGINE_VERSIONS = ['20', '26', '27', '28', '29'] as const
export type EngineVersion = (typeof ENGINE_VERSIONS)[number]

/** The release a block is for unless it says otherwise. */
export const DEFAULT_ENGINE: EngineVersion = '28'

/** Whether `engine` is `release` or a later one. All have two digits, so they compare as texts. */
export function isAtLeast(engine: EngineVersion, release: EngineVersion): boolean {
  return engine >= release
}
