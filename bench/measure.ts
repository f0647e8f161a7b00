import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** What one run of a process, with all processes it started, took. */
export interface Run {
  /** From start to exit, in seconds. */
  readonly wall: number
  /** User and system time together, in seconds. */
  readonly cpu: number
}

export interface Command {
  readonly file: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
}

// Bash measures what the kernel counted for the process and for everything it waited for.
const TIMED = `TIMEFORMAT='%R %U %S'; time "$@" >/dev/null`

function start(command: Command): ChildProcess {
  return spawn('bash', ['-c', TIMED, 'bench', command.file, ...command.args], {
    cwd: command.cwd,
    env: { ...process.env, NO_COLOR: '1', ...command.env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
}

async function finish(child: ChildProcess, what: string): Promise<Run> {
  let errors = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  const [real, user, system] = errors.trim().split('\n').at(-1)?.split(' ').map(Number) ?? []
  if (status !== 0 || real === undefined || user === undefined || system === undefined)
    throw new Error(`${what} ended with status ${status}:\n${errors.slice(-2000)}`)
  return { wall: real, cpu: user + system }
}

export async function run(command: Command): Promise<Run> {
  return finish(start(command), [command.file, ...command.args].join(' '))
}

/** Proportional set size of a process and its descendants, in bytes; 0 where the kernel does not tell. */
function treeMemory(root: number): number {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      // The command, in parentheses, may contain spaces; the parent is the second field behind it.
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
    } catch {
      // It ended while we looked.
    }
  }
  const isOurs = (pid: number): boolean => pid === root || (pid > 1 && isOurs(parents.get(pid) ?? 0))
  let total = 0
  for (const pid of parents.keys()) {
    if (pid === root || !isOurs(pid)) continue
    try {
      total +=
        Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) * 1024
    } catch {
      // It ended while we looked.
    }
  }
  return total
}

/**
 * Peak memory of a run of its own, since looking slows it: the largest of the sums seen every 50 ms, in bytes;
 * `null` where there is no /proc.
 */
export async function peakMemory(command: Command): Promise<number | null> {
  if (!existsSync('/proc/self/smaps_rollup')) return null
  const child = start(command)
  let peak = 0
  const timer = setInterval(() => {
    if (child.pid !== undefined) peak = Math.max(peak, treeMemory(child.pid))
  }, 50)
  try {
    await finish(child, command.file)
  } finally {
    clearInterval(timer)
  }
  return peak
}

export interface Spread {
  readonly median: number
  readonly least: number
  readonly most: number
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  const at = (i: number): number => sorted[i] ?? Number.NaN
  return {
    median: sorted.length % 2 === 1 ? at(Math.floor(middle)) : (at(middle - 1) + at(middle)) / 2,
    least: at(0),
    most: at(sorted.length - 1),
  }
}
