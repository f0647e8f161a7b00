/** Which program, and which command of it, a line calls: the tables of what is known, only looks, or is not simulated. */

import type { Operation, Refusal } from '../engine/operation.ts'
import { nearest } from '../problem/nearest.ts'
import type { Span } from '../problem/problem.ts'
import { say } from '../problem/say.ts'
import type { Written } from '../problem/written.ts'
import type { Rules } from '../rules/index.ts'
import { readCompose, readStackDeploy, readStackRemove } from './compose.ts'
import { readContainerAction, readContainerCreate, readContainerRemove } from './container.ts'
import {
  readContainerPrune,
  readContainerRename,
  readContainerUpdate,
  readSystemPrune,
} from './life-cycle.ts'
import { machineChange } from './machine.ts'
import {
  readNetworkConnect,
  readNetworkCreate,
  readNetworkDisconnect,
  readNetworkPrune,
  readNetworkRemove,
} from './network.ts'
import { readNodeRemove, readNodeRole, readNodeUpdate } from './node.ts'
import { refused } from './refused.ts'
import {
  readServiceCreate,
  readServiceRemove,
  readServiceRollback,
  readServiceScale,
  readServiceUpdate,
} from './service.ts'
import type { ShellCommand } from './shell.ts'
import { readSwarmInit, readSwarmJoin, readSwarmLeave } from './swarm.ts'
import { readSystem } from './system.ts'

export const LOOK: readonly Operation[] = [{ op: 'look' }]

export function readCommand(command: ShellCommand, rules: Rules): readonly Operation[] | Refusal {
  const { words } = command
  let at = 0
  for (let word = words[at]?.text; word !== undefined && isBefore(word); word = words[at]?.text) {
    at += 1
    while (word === 'sudo' && words[at]?.text.startsWith('-')) at += 1
  }
  const first = words[at]
  if (first === undefined) return LOOK
  const program = first.text
  const rest = words.slice(at + 1)
  const changed = machineChange(first, rest)
  if (changed !== null) return changed
  const system = readSystem(first, rest)
  if (system !== null) return system
  if (program === 'docker' || program.endsWith('/docker')) return readDocker(rest, rules)
  if (program === 'docker-compose') return readCompose(rest, 1, rules)
  if (LOOKING_PROGRAMS.has(program)) return LOOK
  const near = nearest(program, ['docker', 'docker-compose'])
  const hint =
    near === null
      ? say`Commands begin with "docker", or with a program that only looks, such as ip.`
      : say`Did you mean "${near}"?`
  return refused('UNKNOWN_COMMAND', `${program}: command not found`, first.span, hint)
}

/** What may stand in front of a program: a program that runs it, a variable for it. */
const isBefore = (word: string): boolean => WRAPPERS.has(word) || /^[A-Za-z_][A-Za-z0-9_]*=/.test(word)
const WRAPPERS: ReadonlySet<string> = new Set(['sudo', 'time', 'exec', 'command', 'env', 'nohup'])

/** Programs that may stand in a shell session; what of them changes a machine is refused before. */
const LOOKING_PROGRAMS: ReadonlySet<string> = new Set(
  `apk apt apt-get arp arping awk bash bridge brctl cat cd clear conntrack cp curl cut date dig dmesg echo ethtool exit
  export false getent git grep head hostname hostnamectl host id ifconfig ip ip6tables ip6tables-save ipcalc iperf
  iperf3 iptables iptables-save ipvsadm jq journalctl less ln ls lsns lsof mkdir more mv nano nc netcat netstat nft
  nmap nping nsenter nslookup ping ping6 printf ps pwd resolvectl rm route sed set sh sleep sort source ss ssh sysctl
  tail tcpdump tee telnet test touch tracepath traceroute traceroute6 tr true tshark uname uniq vi vim wait
  watch wc wget which whoami xargs yum`.split(/\s+/),
)

/** Flags of `docker` itself, in front of the command. */
const GLOBAL_WITH_VALUE: ReadonlySet<string> = new Set(
  '--config -c --context -H --host -l --log-level --tlscacert --tlscert --tlskey'.split(' '),
)
const GLOBAL_SWITCHES: ReadonlySet<string> = new Set(
  '-D --debug --tls --tlsverify -v --version --help -h'.split(' '),
)

function readDocker(words: readonly Written[], rules: Rules): readonly Operation[] | Refusal {
  let at = 0
  for (let word = words[at]; word?.text.startsWith('-'); word = words[at]) {
    const { text, span } = word
    if (GLOBAL_WITH_VALUE.has(text)) at += 2
    else if (GLOBAL_SWITCHES.has(text) || /^--[a-z]+=/.test(text)) at += 1
    else return refused('UNKNOWN_FLAG', `unknown flag: ${text}`, span, say`See "docker --help".`)
  }
  const second = words[at]
  if (second === undefined) return LOOK
  const verb = second.text
  const rest = words.slice(at + 1)
  if (rest.some(({ text }) => text === '--help')) return LOOK
  switch (verb) {
    case 'network':
      return readGroup('network', rest, NETWORK, rules)
    case 'container':
      return readGroup('container', rest, CONTAINER, rules)
    case 'swarm':
      return readGroup('swarm', rest, SWARM, rules)
    case 'service':
      return readGroup('service', rest, SERVICE, rules)
    case 'stack':
      return readGroup('stack', rest, STACK, rules)
    case 'node':
      return readGroup('node', rest, NODE, rules)
    case 'system':
      return readGroup('system', rest, SYSTEM, rules)
    case 'compose':
      return readCompose(rest, 2, rules)
    default: {
      const reader = CONTAINER.readers.get(verb)
      if (reader !== undefined && !IN_GROUP_ONLY.has(verb)) return reader(rest, rules)
      if (LOOKING_COMMANDS.has(verb)) return LOOK
      const own = [...CONTAINER.readers.keys()].filter((name) => !IN_GROUP_ONLY.has(name))
      const known = [...GROUPS, ...own, ...LOOKING_COMMANDS]
      const near = nearest(verb, known)
      const hint = near === null ? say`See "docker --help".` : say`Did you mean "${near}"?`
      return refused('UNKNOWN_COMMAND', `docker: '${verb}' is not a docker command.`, second.span, hint)
    }
  }
}

/** Not right behind `docker`: `docker container prune`. */
const IN_GROUP_ONLY: ReadonlySet<string> = new Set(['ls', 'prune', 'remove'])
const GROUPS = ['network', 'container', 'swarm', 'service', 'stack', 'node', 'system', 'compose']
/** Commands right behind `docker` that change nothing of its networks. */
const LOOKING_COMMANDS: ReadonlySet<string> = new Set(
  `attach build builder buildx checkpoint commit config context cp debug diff events exec export history image images
  import info init inspect load login logout logs manifest pause plugin port ps pull push rmi save scout search secret
  stats tag top trust unpause version volume wait ls`.split(/\s+/),
)

function unsupported(command: string, at: Span): Refusal {
  return refused(
    'UNSUPPORTED_COMMAND',
    say`${command} is not simulated`,
    at,
    say`Leave it out, or write what comes of it.`,
  )
}

type Reader = (words: readonly Written[], rules: Rules) => readonly Operation[] | Refusal
interface Group {
  readonly readers: ReadonlyMap<string, Reader>
  readonly looks: readonly string[]
  readonly unsupported: readonly string[]
}

function readGroup(
  group: string,
  words: readonly Written[],
  known: Group,
  rules: Rules,
): readonly Operation[] | Refusal {
  const second = words[0]
  const verb = second?.text ?? ''
  if (second === undefined || known.looks.includes(verb)) return LOOK
  const reader = known.readers.get(verb)
  if (reader !== undefined) return reader(words.slice(1), rules)
  if (known.unsupported.includes(verb)) return unsupported(`docker ${group} ${verb}`, second.span)
  const near = nearest(verb, [...known.readers.keys(), ...known.looks, ...known.unsupported])
  const hint = near === null ? say`See "docker ${group} --help".` : say`Did you mean "${near}"?`
  return refused('UNKNOWN_COMMAND', `unknown command: docker ${group} ${verb}`, second.span, hint)
}

const NETWORK: Group = {
  readers: new Map<string, Reader>([
    ['create', readNetworkCreate],
    ['connect', readNetworkConnect],
    ['disconnect', readNetworkDisconnect],
    ['rm', readNetworkRemove],
    ['remove', readNetworkRemove],
    ['prune', (words) => readNetworkPrune(words)],
  ]),
  looks: ['ls', 'list', 'inspect'],
  unsupported: [],
}
const CONTAINER: Group = {
  readers: new Map<string, Reader>([
    ['run', (words, rules) => readContainerCreate(true, words, rules)],
    ['create', (words, rules) => readContainerCreate(false, words, rules)],
    ['start', (words, rules) => readContainerAction('start', words, rules)],
    ['stop', (words, rules) => readContainerAction('stop', words, rules)],
    ['restart', (words, rules) => readContainerAction('restart', words, rules)],
    ['kill', (words, rules) => readContainerAction('kill', words, rules)],
    ['rm', readContainerRemove],
    ['remove', readContainerRemove],
    ['rename', readContainerRename],
    ['prune', (words) => readContainerPrune(words)],
    ['update', readContainerUpdate],
  ]),
  looks: 'attach commit cp diff exec export inspect list logs ls pause port ps stats top unpause wait'.split(
    ' ',
  ),
  unsupported: [],
}
const SWARM: Group = {
  readers: new Map<string, Reader>([
    ['init', readSwarmInit],
    ['join', readSwarmJoin],
    ['leave', readSwarmLeave],
  ]),
  looks: ['ca', 'join-token', 'unlock', 'unlock-key', 'update'],
  unsupported: [],
}
const SERVICE: Group = {
  readers: new Map<string, Reader>([
    ['create', readServiceCreate],
    ['update', readServiceUpdate],
    ['scale', readServiceScale],
    ['rollback', readServiceRollback],
    ['rm', readServiceRemove],
    ['remove', readServiceRemove],
  ]),
  looks: ['inspect', 'list', 'logs', 'ls', 'ps'],
  unsupported: [],
}
const STACK: Group = {
  readers: new Map<string, Reader>([
    ['deploy', readStackDeploy],
    ['up', readStackDeploy],
    ['rm', readStackRemove],
    ['remove', readStackRemove],
    ['down', readStackRemove],
  ]),
  looks: ['config', 'list', 'ls', 'ps', 'services'],
  unsupported: [],
}
const NODE: Group = {
  readers: new Map<string, Reader>([
    ['update', readNodeUpdate],
    ['promote', (words, rules) => readNodeRole('manager', words, rules)],
    ['demote', (words, rules) => readNodeRole('worker', words, rules)],
    ['rm', readNodeRemove],
    ['remove', readNodeRemove],
  ]),
  looks: ['inspect', 'list', 'ls', 'ps'],
  unsupported: [],
}
const SYSTEM: Group = {
  readers: new Map<string, Reader>([['prune', (words) => readSystemPrune(words)]]),
  looks: ['df', 'events', 'info', 'dial-stdio'],
  unsupported: [],
}
