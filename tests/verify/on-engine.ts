/**
 * `npm run test:verify`: states made on a real engine are imported, and planned again to what they are; and an engine
 * that was changed by hand is found to differ, and comes back by the advice. Exit status as of `test:ways`.
 */
import { planSource } from '../../src/compile.ts'
import type { Plan } from '../../src/plan/plan.ts'
import type { Difference } from '../../src/verify/difference.ts'
import { importTopology } from '../../src/verify/import.ts'
import { type Inspected, readInspect } from '../../src/verify/inspect.ts'
import { verifyPlan } from '../../src/verify/verify.ts'
import type { EngineVersion } from '../../src/version.ts'
import { installedEngine, type RunningEngine, startEngine, whyNoEngine } from '../engine/dockerd.ts'
import { BLOCK, DEVIATIONS, type Deviation, STATES } from './states.ts'

const say = (text: string): void => {
  process.stdout.write(`${text}\n`)
}
const SETUP = {
  address: '198.51.100.10/24',
  interfaces: new Map(),
  routes: [],
  nameservers: ['10.255.255.53'],
  daemonArguments: [],
}
const HOST = 'hosts: { host: { address: 198.51.100.10/24, nameservers: [10.255.255.53] } }'

const wordsOf = (line: string): string[] =>
  (line.match(/'[^']*'|"[^"]*"|\S+/g) ?? []).map((word) => word.replace(/^(['"])(.*)\1$/, '$2'))

/** @returns what the engine said, where it refused. */
async function type(engine: RunningEngine, line: string): Promise<string> {
  if (line === 'systemctl restart docker') {
    await engine.restart()
    return ''
  }
  const { status, stderr } = await engine.docker(wordsOf(line).slice(1))
  return status === 0 ? '' : stderr.trim()
}

async function inspect(engine: RunningEngine): Promise<Inspected> {
  const read = async (list: readonly string[], words: readonly string[]): Promise<Inspected> => {
    const ids = (await engine.docker(list)).stdout.split('\n').filter((id) => id !== '')
    if (ids.length === 0) return { networks: [], containers: [] }
    const reading = readInspect((await engine.docker([...words, ...ids])).stdout)
    if (!reading.ok) throw new Error(reading.message)
    return reading.value
  }
  const { networks } = await read(['network', 'ls', '-q', '--no-trunc'], ['network', 'inspect'])
  const { containers } = await read(['ps', '-a', '-q', '--no-trunc'], ['inspect', '--type', 'container'])
  return { networks, containers }
}

const planOf = (version: EngineVersion, commands: readonly string[]): Plan => {
  const { plan, problems } = planSource(`engine: ${version}\n${HOST}\ncommands: ${JSON.stringify(commands)}`)
  if (plan === null) throw new Error(problems.map(({ message }) => message).join('; '))
  return plan
}

const isFault = ({ severity, code }: Difference): boolean =>
  severity === 'difference' || code === 'CONTAINER_UNPLANNED'

const textOf = ({ code, network, endpoint, planned, found: real, advice }: Difference): string =>
  `${code} ${network} ${endpoint}: planned ${planned || '(none)'}, real ${real || '(none)'}; ${advice}`

async function onEngine<T>(
  commands: readonly string[],
  act: (engine: RunningEngine) => Promise<T>,
): Promise<T> {
  const engine = await startEngine(SETUP)
  try {
    for (const line of commands) {
      const fault = await type(engine, line)
      if (fault !== '') throw new Error(`${line}: ${fault}`)
    }
    return await act(engine)
  } finally {
    await engine.close()
  }
}

/** What is wrong with the import of a state. */
const tryState = (version: EngineVersion, commands: readonly string[]): Promise<readonly string[]> =>
  onEngine(commands, async (engine) => {
    const inspected = await inspect(engine)
    const { text, differences } = importTopology(inspected, version)
    const faults = differences.map(textOf)
    const { plan, problems } = planSource(text)
    faults.push(...problems.filter(({ severity }) => severity === 'error').map(({ message }) => message))
    const planned = [...(plan?.containers.values() ?? [])].map(({ name, state }) => `${name} ${state}`).sort()
    const real = inspected.containers.map(({ name, state }) => `${name} ${state}`).sort()
    if (planned.join() !== real.join()) faults.push(`planned ${planned.join(', ')}; real ${real.join(', ')}`)
    // The commands themselves plan to what the engine has.
    faults.push(...verifyPlan(planOf(version, commands), inspected).filter(isFault).map(textOf))
    return faults.length === 0 ? [] : [...faults, text]
  })

/** The commands an advice gives for the engine, one after the other. */
const commandsIn = (advice: string): readonly string[] =>
  (/on the engine: (.*?)(?:; or |$)/.exec(advice)?.[1] ?? advice)
    .split(/, then |; then | && /)
    .flatMap(
      (part) => /\bdocker (?:run|create|start|stop|unpause|rm|rename|network) [^()]*/.exec(part)?.[0] ?? [],
    )
    .map((line) => line.trim().replace(/[.,;]$/, ''))

/** What is wrong with how a deviation is told, or with what follows from its advice. */
const tryDeviation = (version: EngineVersion, deviation: Deviation): Promise<readonly string[]> =>
  onEngine(BLOCK, async (engine) => {
    const plan = planOf(version, BLOCK)
    const before = verifyPlan(plan, await inspect(engine))
      .filter(isFault)
      .map(textOf)
    if (before.length > 0) return ['differs before anything was changed', ...before]
    for (const line of deviation.commands) {
      const fault = await type(engine, line)
      if (fault !== '') return [`${line}: ${fault}`]
    }
    let told = verifyPlan(plan, await inspect(engine)).filter(isFault)
    if (!told.some(({ code }) => deviation.codes.includes(code)))
      return [`expected one of ${deviation.codes.join(', ')}`, ...told.map(textOf)]
    const typed: string[] = []
    for (let tries = 0; tries < 6 && told.length > 0; tries++) {
      for (const line of commandsIn(told[0]?.advice ?? '')) {
        const fault = await type(engine, line)
        typed.push(fault === '' ? line : `${line}: ${fault}`)
        if (fault !== '') return ['its advice is refused', told.map(textOf).join('\n'), ...typed]
      }
      told = verifyPlan(plan, await inspect(engine)).filter(isFault)
    }
    return told.length === 0 ? [] : ['its advice does not bring it back', ...typed, ...told.map(textOf)]
  })

const reason = whyNoEngine()
const { version, rules } = reason === null ? installedEngine() : { version: '', rules: null }
if (rules === null) {
  process.stderr.write(
    `test:verify did not run: ${reason ?? `the rules of dockerd ${version} are not known`}\n`,
  )
  process.exit(77)
}
let tried = 0
let failed = 0
const tell = (name: string, faults: readonly string[]): void => {
  tried += 1
  if (faults.length > 0) failed += 1
  say(`${faults.length === 0 ? 'as it is' : 'DIFFERS '}  ${name}`)
  for (const fault of faults) say(fault.replaceAll(/^/gm, '    '))
}
const only = process.argv[2] ?? ''
for (const { name, commands, engines } of STATES)
  if (name.includes(only) && (engines ?? [rules]).includes(rules))
    tell(name, await tryState(rules, commands).catch((error: unknown) => [String(error)]))
for (const deviation of DEVIATIONS)
  if (deviation.name.includes(only) && (deviation.engines ?? [rules]).includes(rules))
    tell(deviation.name, await tryDeviation(rules, deviation).catch((error: unknown) => [String(error)]))
say(`dockerd ${version}: ${tried} states and deviations, ${failed} differ`)
process.exitCode = failed === 0 ? 0 : 1
