import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Plan } from '../../src/plan/plan.ts'
import { planNetworks } from '../../src/plan/plan-networks.ts'
import type { Problem } from '../../src/problem/problem.ts'
import { readTopology } from '../../src/topology/read.ts'
import { asText } from '../support/as-text.ts'
import { blockOf } from './block.ts'
import {
  compareContainers,
  compareLook,
  compareNetworkLook,
  compareNetworks,
  type Note,
  withoutIds,
} from './compare.ts'
import type { RecordedStep, Recording } from './recording.ts'

const FIXTURES = join(import.meta.dirname, 'fixtures')

function planOf(recording: Recording, steps: readonly RecordedStep[], compose: string): Plan {
  const block = blockOf(recording, steps, compose)
  const problems: Problem[] = []
  const topology = readTopology(block, (p) => problems.push(p))
  if (topology === null) throw new Error(`not read: ${JSON.stringify(problems)}\n${block}`)
  return planNetworks(topology, (p) => problems.push(p), null, 'absent')
}

/**
 * Steps that the recorded machine could not do for reasons outside of Docker: its kernel has no 802.1Q, dummy and
 * ipvlan links (`kernelNote`). A Docker host can, so the plan does it, and what follows from it is left out.
 */
const KERNEL: Readonly<
  Record<
    string,
    {
      readonly steps: readonly string[]
      readonly networks: readonly string[]
      readonly containers: readonly string[]
    }
  >
> = {
  macvlan: {
    steps: ['eth0.50', '--internal m4', '--network vlan50'],
    networks: ['vlan50', 'm4'],
    containers: ['c3'],
  },
}

/** Steps that reach into containers, whose programs are not simulated: they never change a network. */
const isLook = (command: string): boolean =>
  /^docker exec|^cat |^docker (network )?inspect|^docker info/.test(command)

/** Which of two replicas starts first, and so has the port, is chance: the number of the other is left out. */
const wording = (text: string): string => withoutIds(text).replace(/(?<=on endpoint e8[-_]a[-_])[12]/g, 'N')

function compareSteps(recording: Recording, plan: Plan, steps: readonly RecordedStep[], note: Note): void {
  const kernel = KERNEL[recording.name]?.steps ?? []
  for (const [i, step] of steps.entries()) {
    const own = plan.steps[i]
    if (own === undefined || isLook(step.command) || kernel.some((k) => step.command.includes(k))) continue
    if (own.ok !== step.ok)
      note(
        `${step.command}: ${own.ok ? 'done' : `refused (${own.error?.message})`} instead of ${step.ok ? 'done' : step.output}`,
      )
    const message = wording(own.error?.message ?? '')
    if (!step.ok && own.error !== null && !wording(step.output).includes(message)) {
      note(`${step.command}: ${JSON.stringify(message)} is not in ${JSON.stringify(withoutIds(step.output))}`)
    }
  }
}

/** What was looked at in the middle, in a plan of the commands so far. */
function compareLooks(recording: Recording, note: Note): void {
  for (const [i, { command, ok, output }] of recording.steps.entries()) {
    if (!ok || output === '') continue
    const container = /^docker inspect -f '\{\{range .* (\S+)$/.exec(command)?.[1]
    const network = /^docker network inspect -f '\{\{\.Name\}\} \{\{range .*gw=.* (\S+)$/.exec(command)?.[1]
    if (container === undefined && network === undefined) continue
    const plan = planOf(recording, recording.steps.slice(0, i), recording.compose)
    if (container !== undefined) compareLook(asText(plan), container, output, note)
    if (network !== undefined) compareNetworkLook(asText(plan), output, note)
  }
}

function without<T>(record: Readonly<Record<string, T>>, names: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)))
}

function leaveOut<T>(map: ReadonlyMap<string, T>, names: readonly string[]): ReadonlyMap<string, T> {
  return new Map([...map].filter(([name]) => !names.includes(name)))
}

function compareAll(recording: Recording): string[] {
  const differences: string[] = []
  const note: Note = (difference) => differences.push(difference)
  const full = planOf(recording, recording.steps, recording.compose)
  const kernel = KERNEL[recording.name] ?? { networks: [], containers: [] }
  const plan: Plan = {
    ...full,
    networks: leaveOut(full.networks, kernel.networks),
    containers: leaveOut(full.containers, kernel.containers),
  }
  compareSteps(recording, full, recording.steps, note)
  compareNetworks(asText(plan), without(recording.networks, kernel.networks), note)
  compareContainers(asText(plan), without(recording.containers, kernel.containers), note)
  compareLooks(recording, note)
  return differences
}

/** A recording of several compose files, shown with `cat` before each is used: one block for each. */
function compareFiles(recording: Recording): string[] {
  const differences: string[] = []
  const starts = recording.steps.flatMap((step, i) => (step.command.startsWith('cat ') ? [i] : []))
  for (const [n, start] of starts.entries()) {
    const [shown, ...steps] = recording.steps.slice(start, starts[n + 1])
    const note: Note = (difference) => differences.push(`${shown!.command}: ${difference}`)
    const plan = planOf(recording, steps, shown!.output)
    compareSteps(recording, plan, steps, note)
    compareNetworks(asText(plan), recording.networks, note)
    compareContainers(asText(plan), recording.containers, note)
  }
  return differences
}

for (const release of ['20', '26', '28', '29']) {
  describe(`engine ${release} gives what a recorded one gave`, () => {
    const files = readdirSync(join(FIXTURES, release)).filter((file) => !file.includes('swarm'))
    it('has recordings', () => {
      expect(files.length).toBeGreaterThan(25)
    })
    for (const file of files) {
      it(file.replace('.json', ''), () => {
        const recording: Recording = JSON.parse(readFileSync(join(FIXTURES, release, file), 'utf8'))
        const isFiles = recording.steps.some((step) => step.command.startsWith('cat '))
        expect(isFiles ? compareFiles(recording) : compareAll(recording)).toEqual([])
      })
    }
  })
}
