/** `docker rename|update`, `container prune`, `system prune`, and restart policies. @see docker/cli `cli/command/container/` */

import type { LabelFilter, Labels, Operation, Refusal, RestartPolicy } from '../engine/operation.ts'
import { isRefusal } from '../engine/refusal.ts'
import { say } from '../problem/say.ts'
import type { Written } from '../problem/written.ts'
import type { Rules } from '../rules/index.ts'
import { wrongCount } from './counts.ts'
import { type Arguments, allOf, flagPlace, flagTable, isOn, lastOf, readArguments, textsOf } from './flags.ts'
import { refused } from './refused.ts'

const POLICIES = ['no', 'always', 'unless-stopped', 'on-failure'] as const

/** @see docker/cli `opts/parse.go: ParseRestartPolicy`, `container/run.go`; moby `api/types/container/hostconfig.go` */
export function readRestart(args: Arguments): RestartPolicy | Refusal {
  const written = lastOf(args, 'restart')
  if (written === null || written.text === '') return 'no'
  const [name = '', count, ...rest] = written.text.split(':')
  const hint = say`Write no, always, unless-stopped or on-failure[:NUMBER].`
  const invalid = (why: string): Refusal =>
    refused('INVALID_VALUE', `invalid restart policy${why}`, written.span, hint)
  if (rest.length > 0) return invalid(' format: too many colons')
  if (count !== undefined && !/^[0-9]+$/.test(count))
    return invalid(' format: maximum retry count must be an integer')
  const policy = POLICIES.find((known) => known === name)
  if (policy === undefined) return invalid(`: unknown policy '${name}'`)
  if (policy === 'no' || !isOn(args, 'rm')) return policy
  const message = 'conflicting options: cannot specify both --restart and --rm'
  return refused('CONFLICTING_OPTIONS', message, flagPlace(args, 'restart'), say`Leave one of the two out.`)
}

const UPDATE_TABLE =
  flagTable(`blkio-weight= cpu-period= cpu-quota= cpu-rt-period= cpu-rt-runtime= cpu-shares:c= cpus=
  cpuset-cpus= cpuset-mems= help kernel-memory= memory:m= memory-reservation= memory-swap= pids-limit= restart=`)

/** Of what `docker update` changes only the restart policy matters to networks. */
export function readContainerUpdate(words: readonly Written[], rules: Rules): readonly Operation[] | Refusal {
  const args = readArguments(words, UPDATE_TABLE, true, 'docker update')
  if (isRefusal(args)) return args
  if (args.words.length === 0) return wrongCount('docker update', 'requires at least 1 argument', rules)
  const restart = readRestart(args)
  if (typeof restart === 'object') return restart
  if (!args.flags.has('restart')) return [{ op: 'look' }]
  return [
    {
      op: 'container-update',
      names: args.words.map(({ text }) => text),
      restart,
      origins: { names: args.words.map(({ span }) => span) },
    },
  ]
}

const NO_FLAGS = flagTable('help')

export function readContainerRename(words: readonly Written[], rules: Rules): readonly Operation[] | Refusal {
  const args = readArguments(words, NO_FLAGS, true, 'docker rename')
  if (isRefusal(args)) return args
  const [name, to] = args.words
  if (name === undefined || to === undefined || args.words.length > 2)
    return wrongCount('docker rename', 'requires exactly 2 arguments', rules)
  return [{ op: 'container-rename', name: name.text, to: to.text, origins: { name: name.span, to: to.span } }]
}

const PRUNE_TABLE = flagTable('force:f filter= help')
const SYSTEM_PRUNE_TABLE = flagTable('all:a force:f filter= volumes help')

export function readContainerPrune(words: readonly Written[]): readonly Operation[] | Refusal {
  const args = readArguments(words, PRUNE_TABLE, true, 'docker container prune')
  const filters = isRefusal(args) ? args : readFilters(args)
  return isRefusal(filters) ? filters : [{ op: 'container-prune', filters }]
}

/** Containers, then networks; images and volumes do not matter here. */
export function readSystemPrune(words: readonly Written[]): readonly Operation[] | Refusal {
  const args = readArguments(words, SYSTEM_PRUNE_TABLE, true, 'docker system prune')
  const filters = isRefusal(args) ? args : readFilters(args)
  return isRefusal(filters)
    ? filters
    : [
        { op: 'container-prune', filters },
        { op: 'network-prune', filters },
      ]
}

/** `--filter label=…`. How old things are is not simulated, so what `until` leaves over is not known. */
export function readFilters(args: Arguments): readonly LabelFilter[] | Refusal {
  const filters: LabelFilter[] = []
  for (const { text, span } of allOf(args, 'filter')) {
    const [, name = '', operator = '', rest = ''] = /^([^=!]*)(!?=)(.*)$/s.exec(text) ?? []
    if (name === 'until') {
      const message = say`--filter ${text} is not simulated: nobody knows how old things are here`
      const hint = say`Leave it out, or remove what goes by its name.`
      return refused('UNSUPPORTED_COMMAND', message, span, hint)
    }
    if (operator === '') {
      const message = `invalid argument "${text}" for "--filter" flag: invalid filter '${text}': must be of the form name=value`
      return refused('INVALID_VALUE', message, span, say`Write label=KEY or label=KEY=VALUE.`)
    }
    if (name !== 'label')
      return refused(
        'INVALID_VALUE',
        `invalid filter '${name}'`,
        span,
        say`Write label=KEY or label=KEY=VALUE.`,
      )
    const [, key = rest, value] = /^([^=]*)=(.*)$/s.exec(rest) ?? []
    filters.push({ key, value: value ?? null, isNot: operator === '!=' })
  }
  return filters
}

/** `KEY=VALUE` or `KEY`. */
export function readLabels(args: Arguments, flag = 'label'): Labels {
  return new Map(
    textsOf(args, flag).map((text) => {
      const equals = text.indexOf('=')
      return equals < 0 ? [text, ''] : [text.slice(0, equals), text.slice(equals + 1)]
    }),
  )
}
