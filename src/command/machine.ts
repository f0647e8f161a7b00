/** Programs beside docker that look at a machine, and what of them changes it: none of that is simulated. */
import type { Refusal } from '../engine/operation.ts'
import type { Span } from '../problem/problem.ts'
import { type Said, say } from '../problem/say.ts'
import type { Written } from '../problem/written.ts'
import { refused } from './refused.ts'

/** Folders whose files decide what Docker and the kernel do. */
const DECIDING = /^\/(?:proc\/sys|sys|etc\/docker|var\/lib\/docker|run\/docker|etc\/sysctl[^/]*)(?:\/|$)/
/** Files that decide wherever the shell stands: of the engine, and of the project that is brought up next. */
const DECIDING_NAME = /(?:^|\/)(?:daemon\.json|(?:docker-)?compose[^/]*\.ya?ml|\.env)$/
/** Everything where the shell stands, the files of the project among it. */
const ALL_HERE = /^(?:\.{1,2}\/?|(?:\.\/)?\*)$/
const FIREWALLS =
  /^(?:firewalld|ufw|iptables|nftables|netfilter-persistent|NetworkManager|systemd-networkd)\b/

const has = (words: readonly string[], pattern: RegExp): boolean => words.some((word) => pattern.test(word))
const writesDeciding = (words: readonly string[]): boolean => has(words, DECIDING)
/** Takes away or edits what is there. A file that is written anew says what the block says. */
const changesDeciding = (words: readonly string[]): boolean =>
  writesDeciding(words) || has(words, DECIDING_NAME)
/** `-A`, `-tnat -A` or `--append`. */
const tables = (words: readonly string[]): boolean =>
  has(
    words,
    /^(?:-[ADIRFXNPE]|--(?:append|delete|insert|replace|flush|delete-chain|new-chain|policy|rename-chain))/,
  )
/** Verbs of iproute2, which may be cut short; `ip addr show dev eth0` has none of them. */
const iproute = (words: readonly string[]): boolean => {
  const plain = words.filter((word) => !word.startsWith('-'))
  if (plain[0]?.startsWith('m') === true || (plain[0] === 'netns' && plain[1] === 'exec')) return false
  return /^(?:a|add|append|c|change|chg|d|de|del|delete|f|fl|flush|prepend|r|replace|se|set|attach|restore)$/.test(
    plain[1] ?? '',
  )
}

/** Whether a program with these words changes the machine. */
const CHANGES: ReadonlyMap<string, (words: readonly string[]) => boolean> = new Map([
  ['iptables', tables],
  ['ip6tables', tables],
  ['nft', (words) => has(words, /^(?:-f|--file|add|create|insert|replace|delete|destroy|flush|rename)$/)],
  ['ip', iproute],
  ['bridge', iproute],
  ['brctl', (words) => has(words, /^(?:addbr|delbr|addif|delif|set.*|stp|hairpin)$/)],
  ['ifconfig', (words) => words.filter((word) => !word.startsWith('-')).length > 1],
  ['route', (words) => has(words, /^(?:add|del|flush)$/)],
  ['arp', (words) => has(words, /^(?:-[sdf]|--set|--delete|--file)$/)],
  ['ipvsadm', (words) => has(words, /^(?:-[AEDCRaed]|--(?:add|edit|delete|clear|restore).*)$/)],
  ['sysctl', (words) => has(words, /^(?:-w|-p|--write|--load.*|--system)$|^[^-].*=/)],
  ['systemctl', (words) => changesService(words[0] ?? '', words.slice(1))],
  ['service', (words) => changesService(words[1] ?? '', words.slice(0, 1))],
  ['rm', (words) => has(words, /^\/\*?$/) || has(words, ALL_HERE) || changesDeciding(words)],
  ['mv', changesDeciding],
  ['sed', (words) => has(words, /^(?:-[a-zA-Z]*i|--in-place)/) && changesDeciding(words)],
  ...['cp', 'ln', 'tee', 'touch', 'mkdir'].map((program) => [program, writesDeciding] as const),
])

const changesService = (verb: string, names: readonly string[]): boolean =>
  /^(?:start|stop|restart|reload|try-restart|force-reload|kill)$/.test(verb) && has(names, FIREWALLS)

/** Programs that run another one. */
const RUNNERS: ReadonlySet<string> = new Set(['nsenter', 'ssh', 'watch', 'xargs', 'sh', 'bash', 'ip'])
/** Commands of docker that change something. */
const DOCKER =
  /^(?:run|create|start|stop|restart|kill|rm|remove|rename|connect|disconnect|prune|up|down|scale|deploy|init|join|leave)$/

/** What the machine would have otherwise afterwards, or `null` when a program only looks. */
export function machineChange(program: Written, rest: readonly Written[]): Refusal | null {
  const words = rest.map(({ text }) => text)
  if (CHANGES.get(program.text)?.(words) === true) return unlike(program.text, program.span)
  if (!RUNNERS.has(program.text)) return null
  // A script in one word, or a command in many: `sh -c 'iptables -F'`, `nsenter -t 1 -n iptables -F`.
  const inner = words.flatMap((word) => word.split(/[\s;&|()]+/))
  for (const [at, name] of inner.entries()) {
    const behind = inner.slice(at + 1)
    const isDocker = name === 'docker' || name === 'docker-compose'
    // The words of `ip` itself are no program.
    if (program.text === 'ip' && inner[at - 2] !== 'exec') continue
    if (isDocker && has(behind, DOCKER))
      return refused(
        'UNSUPPORTED_COMMAND',
        say`What ${program.text} runs is not read`,
        program.span,
        say`Write the docker command itself.`,
      )
    if (CHANGES.get(name)?.(behind) === true) return unlike(name, program.span)
  }
  return null
}

/** A file that decides is written to, by `>` or by a program behind a pipe. */
export function decidingFile({ text, span }: Written): Refusal | null {
  const found = /(?:>|\btee(?:\s+-a)?)\s*(\/\S+)/.exec(text)
  return found !== null && DECIDING.test(found[1] ?? '')
    ? unlike(say`Writing to ${found[1] ?? ''}`, span)
    : null
}

const unlike = (what: string | Said, at: Span): Refusal =>
  refused(
    'UNSUPPORTED_COMMAND',
    say`${what} changes the machine, which is not simulated`,
    at,
    say`Leave it out, and say in the text what differs. Settings of the engine are written under daemon:, of a machine under hosts:.`,
  )
