/**
 * How much one block may hold. Far above what a reader can look at, far below what a build cannot stand;
 * beyond them the author gets an error at once instead of a machine that hangs.
 */

/** UTF-16 units of a block's text. A model of 10,000 containers takes about 1,000,000. */
export const MAX_BLOCK_LENGTH = 4_000_000
/** Levels of lists and maps inside each other; the language itself needs 7. */
export const MAX_NESTING = 100
export const MAX_SERVICES = 20_000
export const MAX_NETWORKS = 5_000
export const MAX_HOSTS = 1_000
export const MAX_COMMANDS = 20_000
/** Containers that services and commands ask for together, replicas counted. */
export const MAX_CONTAINERS = 20_000
/** Attachments of containers to networks, together. */
export const MAX_ENDPOINTS = 50_000
/** Published ports of containers, together; a range is as many. */
export const MAX_PORTS = 100_000
/** Aliases, links and dependencies of containers, together. */
export const MAX_NAMES = 100_000
/** Tasks and interfaces that commands have to go over once more, together: each `docker service …` looks at all tasks. */
export const MAX_REVISITS = 20_000_000
/** Values, and half the letters of texts, that aliases (`*name`) and merge keys (`<<`) of one text add to what is written. */
export const MAX_ALIASED = 1_000_000
/** UTF-16 units of a text with variables in it: they nest. */
export const MAX_INTERPOLATED_LENGTH = 5_000
/** Commands of a model that are run for the steps a post asks for, together. */
export const MAX_STEPS_RUN = 50_000
/** Problems reported for one block; the last one says that there are more. */
export const MAX_PROBLEMS = 100
/** Files that one model is read from: `extends`, `include` and overrides. Together no longer than one block. */
export const MAX_FILES = 1_000
