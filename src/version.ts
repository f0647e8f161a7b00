/** Releases of the Docker Engine whose rules are known, oldest first. What differs is in `rules/`. */
export const ENGINE_VERSIONS = ['20', '26', '27', '28', '29'] as const
export type EngineVersion = (typeof ENGINE_VERSIONS)[number]

/** The release a block is for unless it says otherwise. */
export const DEFAULT_ENGINE: EngineVersion = '29'
