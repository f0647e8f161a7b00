/** `docker swarm …`. @see docker/cli `cli/command/swarm/{init,join,leave}.go` */
import type { Operation } from '../engine/operation.ts'
import { parsePrefix } from '../net/index.ts'
import type { Rules } from '../rules/index.ts'
import { wrongCount } from './counts.ts'
import { flagTable, isOn, isRefused, lastOf, listOf, readArguments } from './flags.ts'
import { type Refused, refused } from './refused.ts'

const INIT_TABLE =
  flagTable(`advertise-addr= autolock availability= cert-expiry= data-path-addr= data-path-port=
  default-addr-pool= default-addr-pool-mask-length= dispatcher-heartbeat= external-ca= force-new-cluster listen-addr=
  max-snapshots= snapshot-interval= task-history-limit= help`)
const JOIN_TABLE = flagTable('advertise-addr= availability= data-path-addr= listen-addr= token= help')
const LEAVE_TABLE = flagTable('force:f help')

export function readSwarmInit(words: readonly string[], rules: Rules): readonly Operation[] | Refused {
  const command = 'docker swarm init'
  const args = readArguments(words, INIT_TABLE, true, command)
  if (isRefused(args)) return args
  if (args.words.length > 0) return wrongCount(command, 'accepts no arguments', rules)
  const pools = listOf(args, 'default-addr-pool')
  for (const pool of pools) {
    if (parsePrefix(pool) === null) {
      const message = `invalid argument "${pool}" for "--default-addr-pool" flag: invalid CIDR address: ${pool}`
      return refused('INVALID_SUBNET', message, pool, 'Write an address and a prefix length: 10.20.0.0/16.')
    }
  }
  const mask = lastOf(args, 'default-addr-pool-mask-length')
  if (mask !== '' && !/^[0-9]{1,3}$/.test(mask)) {
    const message = `invalid argument "${mask}" for "--default-addr-pool-mask-length" flag: strconv.ParseUint: parsing "${mask}": invalid syntax`
    return refused('INVALID_NUMBER', message, mask, 'Write a prefix length, such as 24.')
  }
  return [
    {
      op: 'swarm-init',
      advertiseAddr: lastOf(args, 'advertise-addr'),
      defaultAddrPool: pools,
      maskLength: mask === '' ? null : Number(mask),
    },
  ]
}

export function readSwarmJoin(words: readonly string[], rules: Rules): readonly Operation[] | Refused {
  const command = 'docker swarm join'
  const args = readArguments(words, JOIN_TABLE, true, command)
  if (isRefused(args)) return args
  const remote = args.words[0]
  if (remote === undefined || args.words.length > 1)
    return wrongCount(command, 'requires exactly 1 argument', rules)
  const token = lastOf(args, 'token').toLowerCase()
  const role = token.includes('manager') ? 'manager' : token.includes('worker') ? 'worker' : null
  return [{ op: 'swarm-join', remote, advertiseAddr: lastOf(args, 'advertise-addr'), role }]
}

export function readSwarmLeave(words: readonly string[], rules: Rules): readonly Operation[] | Refused {
  const command = 'docker swarm leave'
  const args = readArguments(words, LEAVE_TABLE, true, command)
  if (isRefused(args)) return args
  if (args.words.length > 0) return wrongCount(command, 'accepts no arguments', rules)
  return [{ op: 'swarm-leave', force: isOn(args, 'force') }]
}
