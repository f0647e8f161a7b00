import { type EngineVersion, isAtLeast } from '../version.ts'
import { type Refused, refused } from './refused.ts'

/** Too few or too many words behind a command. @see docker/cli `cli/required.go` */
export function wrongCount(command: string, rule: string, engine: EngineVersion): Refused {
  const quote = isAtLeast(engine, '28') ? "'" : '"'
  return refused('WRONG_ARGUMENTS', `${quote}${command}${quote} ${rule}.`, '', `See "${command} --help".`)
}
