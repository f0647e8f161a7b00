/** A line of a shell session → what it asks of the engine, or what the client says no to. */
import type { Operation } from '../engine/operation.ts'
import { nearest } from '../problem/nearest.ts'
import type { Problem, Span } from '../problem/problem.ts'
import type { EngineVersion } from '../version.ts'
import { readCompose, readStackDeploy, readStackRemove } from './compose.ts'
import { readContainerAction, readContainerCreate, readContainerRemove } from './container.ts'
import { isRefused } from './flags.ts'
import {
  readNetworkConnect,
  readNetworkCreate,
  readNetworkDisconnect,
  readNetworkPrune,
  readNetworkRemove,
} from './network.ts'
import { type Refused, refused } from './refused.ts'
import { readServiceCreate, readServiceRemove, readServiceScale, readServiceUpdate } from './service.ts'
import { readSwarmInit, readSwarmJoin, readSwarmLeave } from './swarm.ts'
import { type ShellCommand, splitShell } from './words.ts'

export interface CommandLine {
  /** As typed, without prompt or `[host]`. */
  readonly text: string
  /** Where it stands in the block. */
  readonly span: Span
  /** Offset of the text's first letter; `null` where quoting moved its letters about. */
  readonly offset: number | null
}

export type ParsedCommand =
  /** In order; those after `&&` run only when the ones before did. One `look` for a command that changes nothing. */
  | {
      readonly kind: 'accepted'
      readonly operations: readonly Operation[]
      readonly warnings: readonly Problem[]
    }
  /** The client fails, nothing reaches the engine. `problem` is the same for the author, with place and hint. */
  | { readonly kind: 'refused'; readonly refusal: Refused['refusal']; readonly problem: Problem }

/** UTF-16 units of one command. */
const MAX_COMMAND_LENGTH = 10_000

/** Never throws; any text gives an answer. */
export function parseCommand(line: CommandLine, engine: EngineVersion): ParsedCommand {
  if (line.text.length > MAX_COMMAND_LENGTH) {
    const message = `A command of ${line.text.length} letters; at most ${MAX_COMMAND_LENGTH} are read`
    return refuse(line, refused('BLOCK_TOO_LARGE', message, '', 'Leave out what does not touch networking.'))
  }
  const { commands, fault } = splitShell(withTokens(line.text))
  if (fault !== null) return refuse(line, refused('UNKNOWN_COMMAND', fault.message, '', fault.hint))
  const operations: Operation[] = []
  const warnings: Problem[] = []
  for (const command of commands) {
    const found = readCommand(command, engine)
    const lost = notRun(line, command)
    if (lost !== null && (command.pipedInto.length > 0 || isRefused(found) || found !== LOOK)) {
      warnings.push(lost)
      // What is missing may be the very words whose absence is refused.
      if (isRefused(found) && found.refusal.code === 'WRONG_ARGUMENTS') continue
    }
    if (isRefused(found)) return refuse(line, found)
    operations.push(...found)
  }
  const changes = operations.filter((operation) => operation.op !== 'look')
  return { kind: 'accepted', operations: changes.length === 0 ? [{ op: 'look' }] : changes, warnings }
}

/**
 * `$(docker swarm join-token -q worker)` is the one substitution whose value is known well enough: it tells the
 * role. Replaced by a word of the same length, so that places stay.
 */
function withTokens(text: string): string {
  return text.replaceAll(
    /\$\(\s*docker swarm join-token\s+(?:-q|--quiet)\s+(worker|manager)\s*\)/g,
    (whole: string, role: string) => `TOKEN-${role}`.padEnd(whole.length, '-'),
  )
}

function refuse(line: CommandLine, { refusal, hint, word }: Refused): ParsedCommand {
  const problem: Problem = {
    code: refusal.code,
    severity: 'error',
    message: refusal.message,
    hint,
    span: spanOfWord(line, word),
    related: [],
  }
  return { kind: 'refused', refusal, problem }
}

function spanOfWord(line: CommandLine, word: string): Span {
  if (word === '' || line.offset === null) return line.span
  // A whole word first: `-p` must not be found inside `my-postgres`.
  let from = line.text.indexOf(word)
  for (let at = from; at >= 0; at = line.text.indexOf(word, at + 1)) {
    const around = `${line.text[at - 1] ?? ' '}${line.text[at + word.length] ?? ' '}`
    if (!/^[\s"'=,][\s"'=,]$/.test(around)) continue
    from = at
    break
  }
  if (from < 0) return line.span
  return { start: line.offset + from, end: line.offset + from + word.length }
}

/** A warning when words are missing because a substitution or a pipe into docker is not run. */
function notRun(line: CommandLine, command: ShellCommand): Problem | null {
  const piped = command.pipedInto.find(
    (words) => words.some((word) => CHANGES.has(word)) && words.includes('docker'),
  )
  const text = command.substitutions[0] ?? piped?.join(' ')
  if (text === undefined) return null
  return {
    code: 'NOT_RUN',
    severity: 'warning',
    message: `"${text}" is not run here, so the names it would give are missing`,
    hint: 'Write the names out.',
    span: line.span,
    related: [],
  }
}
const CHANGES: ReadonlySet<string> = new Set(
  'run create start stop restart kill rm remove connect disconnect prune up down scale update deploy'.split(
    ' ',
  ),
)

const LOOK: readonly Operation[] = [{ op: 'look' }]

function readCommand(command: ShellCommand, engine: EngineVersion): readonly Operation[] | Refused {
  const words = [...command.words]
  while (words[0] !== undefined && (WRAPPERS.has(words[0]) || /^[A-Za-z_][A-Za-z0-9_]*=/.test(words[0]))) {
    const wrapper = words.shift()
    while (wrapper === 'sudo' && words[0]?.startsWith('-')) words.shift()
  }
  const [program, ...rest] = words
  if (program === undefined) return LOOK
  if (program === 'docker' || program.endsWith('/docker')) return readDocker(rest, engine)
  if (program === 'docker-compose') return readCompose(rest, 1)
  if (LOOKING_PROGRAMS.has(program)) return LOOK
  const near = nearest(program, ['docker', 'docker-compose'])
  const hint =
    near === null
      ? 'Commands begin with "docker", or with a program that only looks, such as ip.'
      : `Did you mean "${near}"?`
  return refused('UNKNOWN_COMMAND', `${program}: command not found`, program, hint)
}

const WRAPPERS: ReadonlySet<string> = new Set(['sudo', 'time', 'exec', 'command', 'env', 'nohup'])

/** Programs that may stand in a shell session; none of them changes what docker gives out. */
const LOOKING_PROGRAMS: ReadonlySet<string> = new Set(
  `apk apt apt-get arp arping awk bash bridge brctl cat cd clear conntrack cp curl cut date dig dmesg echo ethtool exit
  export false getent git grep head hostname hostnamectl host id ifconfig ip ip6tables ip6tables-save ipcalc iperf
  iperf3 iptables iptables-save ipvsadm jq journalctl less ln ls lsns lsof mkdir more mv nano nc netcat netstat nft
  nmap nping nsenter nslookup ping ping6 printf ps pwd resolvectl rm route sed set sh sleep sort source ss ssh sysctl
  systemctl tail tcpdump tee telnet test touch tracepath traceroute traceroute6 tr true tshark uname uniq vi vim wait
  watch wc wget which whoami xargs yum`.split(/\s+/),
)

/** Flags of `docker` itself, in front of the command. */
const GLOBAL_WITH_VALUE: ReadonlySet<string> = new Set(
  '--config -c --context -H --host -l --log-level --tlscacert --tlscert --tlskey'.split(' '),
)
const GLOBAL_SWITCHES: ReadonlySet<string> = new Set(
  '-D --debug --tls --tlsverify -v --version --help -h'.split(' '),
)

function readDocker(words: readonly string[], engine: EngineVersion): readonly Operation[] | Refused {
  let at = 0
  for (let word = words[at]; word?.startsWith('-'); word = words[at]) {
    if (GLOBAL_WITH_VALUE.has(word)) at += 2
    else if (GLOBAL_SWITCHES.has(word) || /^--[a-z]+=/.test(word)) at += 1
    else return refused('UNKNOWN_FLAG', `unknown flag: ${word}`, word, 'See "docker --help".')
  }
  const [verb, ...rest] = words.slice(at)
  if (verb === undefined) return LOOK
  if (rest.includes('--help')) return LOOK
  switch (verb) {
    case 'network':
      return readGroup('network', rest, NETWORK, engine)
    case 'container':
      return readGroup('container', rest, CONTAINER, engine)
    case 'swarm':
      return readGroup('swarm', rest, SWARM, engine)
    case 'service':
      return readGroup('service', rest, SERVICE, engine)
    case 'stack':
      return readGroup('stack', rest, STACK, engine)
    case 'node':
      return readGroup('node', rest, NODE, engine)
    case 'system':
      return readGroup('system', rest, SYSTEM, engine)
    case 'compose':
      return readCompose(rest, 2)
    default: {
      const reader = CONTAINER.readers.get(verb)
      if (reader !== undefined && verb !== 'ls') return reader(rest, engine)
      if (LOOKING_COMMANDS.has(verb)) return LOOK
      if (UNSUPPORTED_COMMANDS.has(verb)) return unsupported(`docker ${verb}`, verb)
      const known = [...GROUPS, ...CONTAINER.readers.keys(), ...LOOKING_COMMANDS]
      const near = nearest(verb, known)
      const hint = near === null ? 'See "docker --help".' : `Did you mean "docker ${near}"?`
      return refused('UNKNOWN_COMMAND', `docker: '${verb}' is not a docker command.`, verb, hint)
    }
  }
}

const GROUPS = ['network', 'container', 'swarm', 'service', 'stack', 'node', 'system', 'compose']
/** Commands right behind `docker` that change nothing of its networks. */
const LOOKING_COMMANDS: ReadonlySet<string> = new Set(
  `attach build builder buildx checkpoint commit config context cp debug diff events exec export history image images
  import info init inspect load login logout logs manifest pause plugin port ps pull push rmi save scout search secret
  stats tag top trust unpause update version volume wait ls`.split(/\s+/),
)
const UNSUPPORTED_COMMANDS: ReadonlySet<string> = new Set(['rename'])

function unsupported(command: string, word: string): Refused {
  return refused(
    'UNSUPPORTED_COMMAND',
    `${command} is not simulated`,
    word,
    'Leave it out, or write what comes of it.',
  )
}

type Reader = (words: readonly string[], engine: EngineVersion) => readonly Operation[] | Refused
interface Group {
  readonly readers: ReadonlyMap<string, Reader>
  readonly looks: readonly string[]
  readonly unsupported: readonly string[]
}

function readGroup(
  group: string,
  words: readonly string[],
  known: Group,
  engine: EngineVersion,
): readonly Operation[] | Refused {
  const [verb, ...rest] = words
  if (verb === undefined || known.looks.includes(verb)) return LOOK
  const reader = known.readers.get(verb)
  if (reader !== undefined) return reader(rest, engine)
  if (known.unsupported.includes(verb)) return unsupported(`docker ${group} ${verb}`, verb)
  const near = nearest(verb, [...known.readers.keys(), ...known.looks, ...known.unsupported])
  const hint = near === null ? `See "docker ${group} --help".` : `Did you mean "docker ${group} ${near}"?`
  return refused('UNKNOWN_COMMAND', `unknown command: docker ${group} ${verb}`, verb, hint)
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
    ['run', (words, engine) => readContainerCreate(true, words, engine)],
    ['create', (words, engine) => readContainerCreate(false, words, engine)],
    ['start', (words, engine) => readContainerAction('start', words, engine)],
    ['stop', (words, engine) => readContainerAction('stop', words, engine)],
    ['restart', (words, engine) => readContainerAction('restart', words, engine)],
    ['kill', (words, engine) => readContainerAction('kill', words, engine)],
    ['rm', readContainerRemove],
  ]),
  looks:
    'attach commit cp diff exec export inspect list logs ls pause port ps stats top unpause update wait'.split(
      ' ',
    ),
  unsupported: ['prune', 'rename', 'remove'],
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
    ['rm', readServiceRemove],
    ['remove', readServiceRemove],
  ]),
  looks: ['inspect', 'list', 'logs', 'ls', 'ps'],
  unsupported: ['rollback'],
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
  readers: new Map(),
  looks: ['inspect', 'list', 'ls', 'ps'],
  unsupported: ['demote', 'promote', 'remove', 'rm', 'update'],
}
const SYSTEM: Group = {
  readers: new Map(),
  looks: ['df', 'events', 'info', 'dial-stdio'],
  unsupported: ['prune'],
}
