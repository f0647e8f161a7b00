/** `docker node …`. @see docker/cli `cli/command/node/{update,promote,demote,remove}.go` */

import type { NodeUpdate, Operation, Refusal } from '../engine/operation.ts'
import { isRefusal } from '../engine/refusal.ts'
import { say } from '../problem/say.ts'
import type { Written } from '../problem/written.ts'
import type { Rules } from '../rules/index.ts'
import { wrongCount } from './counts.ts'
import { allOf, flagTable, isOn, lastOf, readArguments } from './flags.ts'
import { readLabels } from './life-cycle.ts'
import { refused } from './refused.ts'

const UPDATE_TABLE = flagTable('availability= label-add= label-rm= role= help')
const NO_FLAGS = flagTable('help')
const REMOVE_TABLE = flagTable('force:f help')

const AVAILABILITIES = ['active', 'pause', 'drain'] as const
const ROLES = ['manager', 'worker'] as const

export function readNodeUpdate(words: readonly Written[], rules: Rules): readonly Operation[] | Refusal {
  const command = 'docker node update'
  const args = readArguments(words, UPDATE_TABLE, true, command)
  if (isRefusal(args)) return args
  if (args.words.length !== 1) return wrongCount(command, 'requires exactly 1 argument', rules)
  const availability = choiceOf(lastOf(args, 'availability'), AVAILABILITIES, 'Availability')
  if (typeof availability === 'object' && availability !== null) return availability
  const role = choiceOf(lastOf(args, 'role'), ROLES, 'Role')
  if (typeof role === 'object' && role !== null) return role
  const labels = { labelAdd: readLabels(args, 'label-add'), labelRemove: allOf(args, 'label-rm') }
  return [
    {
      ...nodesOf(args.words),
      availability,
      role,
      labelAdd: labels.labelAdd,
      labelRemove: labels.labelRemove.map(({ text }) => text),
    },
  ]
}

/** `docker node promote|demote`. */
export function readNodeRole(
  role: 'manager' | 'worker',
  words: readonly Written[],
  rules: Rules,
): readonly Operation[] | Refusal {
  const command = `docker node ${role === 'manager' ? 'promote' : 'demote'}`
  const args = readArguments(words, NO_FLAGS, true, command)
  if (isRefusal(args)) return args
  if (args.words.length === 0) return wrongCount(command, 'requires at least 1 argument', rules)
  return [{ ...nodesOf(args.words), availability: null, role, labelAdd: new Map(), labelRemove: [] }]
}

export function readNodeRemove(words: readonly Written[], rules: Rules): readonly Operation[] | Refusal {
  const command = 'docker node rm'
  const args = readArguments(words, REMOVE_TABLE, true, command)
  if (isRefusal(args)) return args
  if (args.words.length === 0) return wrongCount(command, 'requires at least 1 argument', rules)
  const { names, origins } = nodesOf(args.words)
  return [{ op: 'node-rm', names, force: isOn(args, 'force'), origins }]
}

function nodesOf(words: readonly Written[]): Pick<NodeUpdate, 'op' | 'names' | 'origins'> {
  return {
    op: 'node-update',
    names: words.map(({ text }) => text),
    origins: { names: words.map(({ span }) => span) },
  }
}

function choiceOf<Choice extends string>(
  written: Written | null,
  choices: readonly Choice[],
  what: string,
): Choice | null | Refusal {
  if (written === null || written.text === '') return null
  const found = choices.find((choice) => choice === written.text.toLowerCase())
  if (found !== undefined) return found
  const message = `invalid ${what}: "${written.text}"`
  return refused('INVALID_VALUE', message, written.span, say`Write ${choices.join(', ')}.`)
}
