/** What the engine and the shell in a container print, beside the prints of the plan. */
import { printModel } from '../../src/print/print.ts'
import type { RunningEngine } from '../engine/dockerd.ts'
import type { Difference, Stage } from './compare.ts'

const IN_CONTAINER = {
  'ip-addr': '/bin/busybox ip addr',
  'ip-route': '/bin/busybox ip route',
  'ip-6-route': '/bin/busybox ip -6 route',
  hosts: '/bin/busybox cat /etc/hosts',
  'resolv-conf': '/bin/busybox cat /etc/resolv.conf',
} as const

export async function comparePrints(
  stage: Stage,
): Promise<{ readonly prints: number; readonly differences: readonly Difference[] }> {
  const { plan, topology, engines } = stage
  let prints = 0
  const differences: Difference[] = []
  const hold = (kind: string, argument: string, real: string): void => {
    const print = printModel(kind, argument, plan, topology)
    prints++
    const planned = print.ok ? print.text : print.message
    const difference =
      kind === 'ip-addr' && !plan.rules.interfaceMadeInSandbox
        ? firstDifference(byInterface(planned), byInterface(real))
        : firstDifference(planned, real)
    if (difference !== null) differences.push({ question: `print=${kind}:${argument}`, ...difference })
  }
  for (const container of plan.containers.values()) {
    const engine = engines.get(container.host)
    if (engine === undefined || container.state !== 'running' || container.mode === 'host') continue
    // Which network is eth0 is left to chance.
    if ([...container.endpoints.values()].some((one) => one.interfaceCertainty === 'one-of-several')) continue
    const [name = ''] = container.name.split('@')
    for (const [kind, command] of Object.entries(IN_CONTAINER))
      hold(
        kind,
        container.name,
        withoutComments((await engine.docker(['exec', name, ...command.split(' ')])).stdout),
      )
  }
  for (const host of plan.hosts) {
    const engine = engines.get(host.name)
    if (engine === undefined) continue
    for (const kind of ['iptables', 'ip6tables']) {
      const rules = await engine.shell(`${kind} -t nat -S`)
      hold(kind, host.name, await withNames(engine, rules.stdout))
    }
  }
  for (const network of plan.networks.values()) {
    const engine = engines.get(network.host || 'host')
    if (engine === undefined) continue
    const { stdout } = await engine.docker(['network', 'inspect', network.name])
    const print = printModel('inspect', network.key, plan, topology)
    prints++
    const planned: unknown = JSON.parse(print.ok ? print.text : '[]')
    const real: unknown = JSON.parse(stdout)
    for (const difference of unlike(at(planned, '0'), at(real, '0'), ''))
      differences.push({ question: `print=inspect:${network.key}`, ...difference })
  }
  for (const container of plan.containers.values()) {
    const engine = engines.get(container.host)
    if (engine === undefined) continue
    const [name = ''] = container.name.split('@')
    const { stdout } = await engine.docker(['inspect', '--type', 'container', name])
    const print = printModel('inspect', container.name, plan, topology)
    prints++
    const planned: unknown = JSON.parse(print.ok ? print.text : '[]')
    const real: unknown = JSON.parse(stdout)
    for (const difference of unlike(at(planned, '0'), at(real, '0'), ''))
      differences.push({ question: `print=inspect:${container.name}`, ...difference })
  }
  return { prints, differences }
}

/** Which of several interfaces was made first, and is listed first, is left to chance where they come from the host. */
const byInterface = (text: string): string =>
  text
    .split(/\n(?=\S)/)
    .sort((a, b) => nameIn(a).localeCompare(nameIn(b)))
    .join('\n')
const nameIn = (block: string): string => /^\S+ ([^@:]+)/.exec(block)?.[1] ?? ''

/** resolv.conf begins and ends with notes of the engine for people. */
const withoutComments = (text: string): string =>
  text
    .split('\n')
    // The route of multicast is shown by BusyBox up to 1.35, and not by later ones: it is the image's, not the engine's.
    .filter((line) => line !== '' && !line.startsWith('#') && !line.startsWith('multicast ff00::/8'))
    .join('\n')

/** Devices of bridges by the names of their networks, as prints have them. */
async function withNames(engine: RunningEngine, text: string): Promise<string> {
  const { stdout } = await engine.docker(['network', 'ls', '--no-trunc', '--format', '{{.ID}} {{.Name}}'])
  let named = text
  for (const line of stdout.trim().split('\n')) {
    const [id = '', name = ''] = line.split(' ')
    named = named.replaceAll(`br-${id.slice(0, 12)}`, `br-<${name}>`)
  }
  return named
}

/** The first line that differs; what a print has in angle brackets may be anything. */
function firstDifference(
  planned: string,
  real: string,
): { readonly planned: string; readonly real: string } | null {
  const lines = planned.split('\n').map((line) => line.trimEnd())
  const found = real
    .trimEnd()
    .split('\n')
    .map((line) => line.trimEnd())
  for (let i = 0; i < Math.max(lines.length, found.length); i++) {
    const line = lines[i]
    const other = found[i]
    if (line !== undefined && other !== undefined && (line === other || patternOf(line).test(other))) continue
    return { planned: `line ${i + 1}: ${line ?? '(none)'}`, real: other ?? '(none)' }
  }
  return null
}

function patternOf(line: string): RegExp {
  const parts = line.split(/<(?:n|random|id of [^>]*|from the MAC)>/)
  return new RegExp(`^${parts.map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('\\S+?')}$`)
}

const at = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined

/** What a print says of an object and the engine says otherwise; a print says only what a plan decides. */
function unlike(
  planned: unknown,
  real: unknown,
  path: string,
): readonly { readonly planned: string; readonly real: string }[] {
  if (path === '.Containers' || path === '.Options') return unlikeMaps(planned, real, path)
  if (Array.isArray(planned) && Array.isArray(real) && planned.length === real.length)
    return planned.flatMap((item, i) => unlike(item, real[i], `${path}.${i}`))
  if (typeof planned === 'object' && planned !== null && !Array.isArray(planned))
    return Object.entries(planned).flatMap(([key, value]) => unlike(value, at(real, key), `${path}.${key}`))
  const text = JSON.stringify(real) ?? 'nothing'
  const mine = JSON.stringify(planned) ?? 'nothing'
  if (mine === text || (typeof planned === 'string' && patternOf(mine).test(text))) return []
  return [{ planned: `${path} ${mine}`, real: text }]
}

function unlikeMaps(
  planned: unknown,
  real: unknown,
  path: string,
): readonly { readonly planned: string; readonly real: string }[] {
  const entries = (value: unknown): readonly (readonly [string, unknown])[] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).map(([key, one]) => {
          const name = at(one, 'Name')
          return [typeof name === 'string' ? name : key, one] as const
        })
      : []
  const mine = new Map(entries(planned))
  const others = new Map(entries(real))
  return [...new Set([...mine.keys(), ...others.keys()])].flatMap((key) =>
    mine.has(key) && others.has(key)
      ? unlike(mine.get(key), others.get(key), `${path}.${key}.`)
      : [
          {
            planned: `${path}.${key} ${mine.has(key) ? 'is there' : 'nothing'}`,
            real: others.has(key) ? JSON.stringify(others.get(key)) : 'nothing',
          },
        ],
  )
}
