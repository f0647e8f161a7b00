import type { Refusal } from '../engine/operation.ts'
import type { Rules } from '../rules/index.ts'
import { refused } from './refused.ts'

/** Too few or too many words behind a command. @see docker/cli `cli/required.go` */
export function wrongCount(command: string, rule: string, rules: Rules): Refusal {
  return refused('WRONG_ARGUMENTS', rules.say.wrongCount(command, rule), null, `See "${command} --help".`)
}
