/** `docker swarm …`. @see docker/cli `cli/command/swarm/{init,join,leave}.go` */

import type { Operation, Refusal } from '../engine/operation.ts'
import { isRefusal } from '../engine/refusal.ts'
import { parsePrefix } from '../net/index.ts'
import { say } from '../problem/say.ts'
import type { Written } from '../problem/written.ts'
import type { Rules } from '../rules/index.ts'
import { wrongCount } from './counts.ts'
import { flagTable, isOn, lastOf, listOf, readArguments, textOf } from './flags.ts'
import { refused } from './refused.ts'

const INIT_TABLE =
  flagTable(`advertise-addr= autolock availability= cert-expiry= data-path-addr= data-path-port=
  default-addr-pool= default-addr-pool-mask-length= dispatcher-heartbeat= external-ca= force-new-cluster listen-addr=
  max-snapshots= snapshot-interval= task-history-limit= help`)
const JOIN_TABLE = flagTable('advertise-addr= availability= data-path-addr= listen-addr= token= help')
const LEAVE_TABLE = flagTable('force:f help')

export function readSwarmInit(words: readonly Written[], rules: Rules): readonly Operation[] | Refusal {
  const command = 'docker swarm init'
  const args = readArguments(words, INIT_TABLE, true, command)
  if (isRefusal(args)) return args
  if (args.words.length > 0) return wrongCount(command, 'accepts no arguments', rules)
  const pools = listOf(args, 'default-addr-pool')
  for (const pool of pools) {
    const { text, span } = pool
    if (parsePrefix(text) === null) {
      const message = `invalid argument "${text}" for "--default-addr-pool" flag: invalid CIDR address: ${text}`
      return refused(
        'INVALID_SUBNET',
        message,
        span,
        say`Write an address and a prefix length: 10.20.0.0/16.`,
      )
    }
  }
  const mask = lastOf(args, 'default-addr-pool-mask-length')
  if (mask !== null && !/^[0-9]{1,3}$/.test(mask.text)) {
    const message = `invalid argument "${mask.text}" for "--default-addr-pool-mask-length" flag: strconv.ParseUint: parsing "${mask.text}": invalid syntax`
    return refused('INVALID_NUMBER', message, mask.span, say`Write a prefix length, such as 24.`)
  }
  return [
    {
      op: 'swarm-init',
      advertiseAddr: textOf(args, 'advertise-addr'),
      defaultAddrPool: pools.map(({ text }) => text),
      maskLength: mask === null ? null : Number(mask.text),
      origins: { defaultAddrPool: pools.map(({ span }) => span), maskLength: mask?.span },
    },
  ]
}

export function readSwarmJoin(words: readonly Written[], rules: Rules): readonly Operation[] | Refusal {
  const command = 'docker swarm join'
  const args = readArguments(words, JOIN_TABLE, true, command)
  if (isRefusal(args)) return args
  const remote = args.words[0]
  if (remote === undefined || args.words.length > 1)
    return wrongCount(command, 'requires exactly 1 argument', rules)
  const token = textOf(args, 'token').toLowerCase()
  const role = token.includes('manager') ? 'manager' : token.includes('worker') ? 'worker' : null
  return [
    {
      op: 'swarm-join',
      remote: remote.text,
      advertiseAddr: textOf(args, 'advertise-addr'),
      role,
      origins: { remote: remote.span },
    },
  ]
}

export function readSwarmLeave(words: readonly Written[], rules: Rules): readonly Operation[] | Refusal {
  const command = 'docker swarm leave'
  const args = readArguments(words, LEAVE_TABLE, true, command)
  if (isRefusal(args)) return args
  if (args.words.length > 0) return wrongCount(command, 'accepts no arguments', rules)
  return [{ op: 'swarm-leave', force: isOn(args, 'force') }]
}
