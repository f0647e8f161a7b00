// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of compose
import { describe, expect, it } from 'vitest'
import { drawPlanned, planModel, planSource } from '../../src/compile.ts'
import type { Problem } from '../../src/problem/problem.ts'
import { readMemory } from './memory.ts'

/** Inputs, each with the code whose hint is followed. `appended`: the hint gives YAML to be put below. */
const APPENDED: readonly (readonly [string, string])[] = [
  [
    'EXTERNAL_ASSUMED',
    'services: { web: { image: a, networks: [p] } }\nnetworks: { p: { external: true, name: traefik } }\n',
  ],
  [
    'EXTERNAL_ASSUMED',
    'services: { web: { image: a, networks: { lan: { ipv4_address: 192.168.1.5 }, p: {} } } }\nnetworks: { lan: { external: true }, p: { external: true } }\n',
  ],
  [
    'EXTERNAL_ASSUMED',
    'services: { web: { image: a, networks: { six: { ipv6_address: "fd00:5::9" } } } }\nnetworks: { six: { external: true } }\n',
  ],
  [
    'EXTERNAL_ASSUMED',
    'services: { web: { image: a, networks: [p, own] } }\nnetworks: { p: { external: true }, own: {} }\n',
  ],
  [
    'EXTERNAL_ASSUMED',
    'swarm: true\nservices: { web: { image: a, networks: [p, own] } }\nnetworks: { p: { external: true }, own: {} }\n',
  ],
  ['STACK_ASSUMED', 'services: { web: { image: a, networks: [o] } }\nnetworks: { o: { driver: overlay } }\n'],
  [
    'STACK_ASSUMED',
    'services: { web: { image: a, deploy: { mode: global, placement: { constraints: ["node.labels.edge == true"] } } } }\n',
  ],
  [
    'TASK_PENDING',
    'swarm: true\nservices: { web: { image: a, deploy: { mode: global, placement: { constraints: [node.labels.disk==ssd] } } } }\n',
  ],
  ['EXTERNAL_ASSUMED', 'services: { web: { image: a, network_mode: prod } }\n'],
  ['EXTERNAL_ASSUMED', 'services: { web: { image: a, network_mode: "container:vpn" } }\n'],
  [
    'PROFILE_NOT_ACTIVE',
    'services: { web: { image: a }, dbg: { image: b, profiles: [tools], depends_on: [web] } }\n',
  ],
]

/** Inputs in which the hint's text goes in the place of the problem. */
const REPLACED: readonly (readonly [string, string])[] = [
  [
    'START_BY_CHANCE',
    'services: { vpn: { image: a, container_name: tunnel }, app: { image: b, network_mode: "container:tunnel" } }',
  ],
  ['PROJECT_NAME_CHANGED', 'name: My Shop\nservices: { web: { image: a } }'],
  ['VARIABLE_NOT_SET', 'services: { web: { image: "${IMAGE}" } }'],
  ['UNKNOWN_KEY', 'services: { web: { image: a, prots: ["80:80"] } }'],
  ['EXTENDS_NOT_FOUND', 'services: { web: { image: a, extends: bse }, base: { image: b } }'],
  ['UNDEFINED_NETWORK', 'services: { web: { image: a, networks: [bakc] } }\nnetworks: { back: {} }'],
]

const problemsOf = (text: string): readonly Problem[] => drawPlanned(planSource(text)).problems
const found = (text: string, code: string): Problem => {
  const problem = problemsOf(text).find((one) => one.code === code)
  if (problem === undefined)
    throw new Error(
      `no ${code}: ${problemsOf(text)
        .map((one) => one.message)
        .join('; ')}`,
    )
  return problem
}

/** The problem is gone, and no other has come. */
function expectBetter(before: string, after: string, code: string): void {
  const codes = problemsOf(after).map((problem) => problem.code)
  expect(codes).not.toContain(code)
  expect(codes.filter((one) => !problemsOf(before).some((problem) => problem.code === one))).toEqual([])
}

describe('a hint works when it is followed literally', () => {
  it.each(APPENDED)('%s: what it says to write, below %s', (code, text) => {
    const { hint } = found(text, code)
    const wanted = /\b((?:x-docker-network|hosts|commands): .*?[}\]])(?:\.|; or .*)$/.exec(hint ?? '')?.[1]
    expect(wanted, hint ?? '').toBeDefined()
    expectBetter(text, `${text}${wanted}\n`, code)
  })
  it.each(REPLACED)('%s: what it names, in its place, in %s', (code, text) => {
    const { hint, span } = found(text, code)
    const wanted = /"([^"]+)"/.exec(hint ?? '')?.[1] ?? /^Write (.*?)\.$/.exec(hint ?? '')?.[1] ?? ''
    expect(wanted, hint ?? '').not.toBe('')
    const written = text.slice(span.start, span.end)
    const quoted = written.startsWith('"') ? JSON.stringify(wanted) : wanted
    expectBetter(text, `${text.slice(0, span.start)}${quoted}${text.slice(span.end)}`, code)
  })
  it('names network_mode for the default bridge', () => {
    const text =
      'services: { web: { image: a, networks: [bridge] } }\nnetworks: { bridge: { external: true } }'
    const hint = found(text, 'ALIAS_NOT_SUPPORTED').hint ?? ''
    const [, wanted = ''] = /"(network_mode: bridge)"/.exec(hint) ?? []
    expectBetter(text, text.replace('networks: [bridge]', wanted), 'ALIAS_NOT_SUPPORTED')
  })
  it('gives replicas a range of ports', () => {
    const text = 'services: { web: { image: a, build: ., ports: ["5000:80"], deploy: { replicas: 2 } } }'
    const range = /range such as (\S+)\.$/.exec(found(text, 'PORT_IN_USE').hint ?? '')?.[1] ?? ''
    const after = text.replace('5000:80', range)
    // With both of them started, which one is first is left to chance, as anywhere.
    expect(problemsOf(after).map((problem) => problem.code)).toEqual(['ADDRESS_BY_CHANCE'])
  })
})

describe('the hint of a service that its profile leaves out', () => {
  const file = 'services: { web: { image: a }, dbg: { image: b, profiles: [tools], depends_on: [web] } }\n'
  const { hint } = found(file, 'PROFILE_NOT_ACTIVE')
  const codesOf = (files: Readonly<Record<string, string>>, profiles: readonly string[] | null = null) =>
    planModel(readMemory(files, { profiles })).problems.map(({ code }) => code)
  it('works in .env, on the command line, in the file, and in the command of a block', () => {
    const [, variable = ''] = /(COMPOSE_PROFILES=\S+) in the \.env/.exec(hint) ?? []
    const [, profile = ''] = /--profile (\S+) on the command line/.exec(hint) ?? []
    const [, inside = ''] = /(x-docker-network: .*\}); or/.exec(hint) ?? []
    expect(codesOf({ 'compose.yaml': file })).toEqual(['PROFILE_NOT_ACTIVE'])
    expect(codesOf({ 'compose.yaml': file, '.env': variable })).toEqual([])
    expect(codesOf({ 'compose.yaml': file }, [profile])).toEqual([])
    expect(codesOf({ 'compose.yaml': `${file}${inside}` })).toEqual([])
    const block = `${file}commands: [docker compose up -d]`
    const [, command = ''] = /the command as (.*)\.$/.exec(found(block, 'PROFILE_NOT_ACTIVE').hint) ?? []
    expect(codesOf({ 'compose.yaml': block.replace('docker compose up -d', command) })).toEqual([])
  })
})

describe('a network that every engine has, joined as one outside of the file', () => {
  it.each(['bridge', 'host'])('%s is a mode, and the hint names that one', (name) => {
    const file = `services: { web: { image: a, networks: [x] } }\nnetworks: { x: { external: true, name: ${name} } }`
    const { hint } = found(file, 'ALIAS_NOT_SUPPORTED')
    expect(hint).toContain(`"network_mode: ${name}"`)
    expect(problemsOf(`services: { web: { image: a, network_mode: ${name} } }`)).toEqual([])
  })
})
