import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile } from '../../src/compile.ts'
import {
  MAX_BLOCK_LENGTH,
  MAX_CONTAINERS,
  MAX_NESTING,
  MAX_PROBLEMS,
  MAX_SERVICES,
} from '../../src/compose/limits.ts'
import { readTopology } from '../../src/topology/read.ts'
import { seeds } from '../support/seeds.ts'

const codesOf = (source: string): readonly string[] => compile(source).problems.map((problem) => problem.code)
const SCRIPT = '<script>alert(1)</script>'

describe('blocks that are too much', () => {
  const many = (count: number, line: (i: number) => string): string =>
    Array.from({ length: count }, (_, i) => line(i)).join('\n')

  it('refuses 10 MB before reading them', () => {
    expect(codesOf(`services: { web: {} }\n# ${'x'.repeat(10_000_000)}`)).toEqual(['BLOCK_TOO_LARGE'])
  })
  it('reads up to the documented length', () => {
    const text = 'services: { web: {} }\n# '
    expect(codesOf(text + 'x'.repeat(MAX_BLOCK_LENGTH - text.length))).toEqual([])
  })
  it('refuses 100,000 services with one error', () => {
    expect(codesOf(`services:\n${many(100_000, (i) => `  s${i}: {}`)}`)).toEqual(['BLOCK_TOO_LARGE'])
  }, 60_000)
  it('refuses one service more than the limit, and tells the limit', () => {
    const { problems } = compile(`services:\n${many(MAX_SERVICES + 1, (i) => `  s${i}: {}`)}`)
    expect(problems.map((problem) => problem.message)).toEqual([
      `The block has ${MAX_SERVICES + 1} services; at most ${MAX_SERVICES} are read`,
    ])
  }, 60_000)
  it('refuses more containers than the limit together', () => {
    expect(codesOf(`services: { web: { scale: ${MAX_CONTAINERS} }, db: {} }`)).toEqual(['BLOCK_TOO_LARGE'])
  })
  it('refuses 100,000 networks with one error', () => {
    expect(codesOf(`services: { web: {} }\nnetworks:\n${many(100_000, (i) => `  n${i}: {}`)}`)).toEqual([
      'BLOCK_TOO_LARGE',
    ])
  }, 60_000)
  it('refuses 100,000 commands', () => {
    expect(codesOf(`commands:\n${many(100_000, () => '  - docker ps')}`)).toContain('BLOCK_TOO_LARGE')
  }, 60_000)
  it('lists so many problems, then says that there are more', () => {
    const codes = codesOf(`services: { web: {} }\nfigure:\n${many(1000, (i) => `  unknown${i}: 1`)}`)
    expect(codes.filter((code) => code === 'UNKNOWN_KEY')).toHaveLength(MAX_PROBLEMS - 1)
    expect(codes.filter((code) => code === 'TOO_MANY_PROBLEMS')).toHaveLength(1)
  })

  it.each([
    ['flow lists', `a: ${'['.repeat(100_000)}`],
    ['closed flow lists', `a: ${'['.repeat(5000)}${']'.repeat(5000)}`],
    ['flow maps', `a: ${'{a: '.repeat(50_000)}`],
    ['block lists on one line', `a:\n  ${'- '.repeat(50_000)}x`],
    ['keys with question marks', '? '.repeat(50_000)],
  ])('refuses deep nesting: %s', (_, source) => {
    expect(codesOf(source)).toEqual(['TOO_DEEP'])
  })
  it('refuses deep nesting by indentation', () => {
    expect(codesOf(many(2500, (i) => `${' '.repeat(i)}a:`))).not.toEqual([])
  })
  it('reads what is nested less deeply', () => {
    const depth = MAX_NESTING - 1
    expect(codesOf(`services: { web: {} }\nx-deep: ${'['.repeat(depth)}${']'.repeat(depth)}`)).toEqual([])
  })

  it.each([
    [
      'variables inside each other',
      `services: { web: { image: "${`$${'{A:-'.repeat(200_000)}`}" } }`,
      'TOO_DEEP',
    ],
    ['thousands of variables', `services: { web: { image: "${'$A '.repeat(3000)}" } }`, 'INVALID_VARIABLE'],
    ['a command of a million letters', `commands: ["docker rm ${'`a '.repeat(300_000)}"]`, 'BLOCK_TOO_LARGE'],
    ['a command full of substitutions', `commands: ["docker rm ${'$(a) '.repeat(1900)}"]`, 'NOT_RUN'],
    [
      'a command full of substitutions in each other',
      `commands: ["docker rm ${'$('.repeat(3000)}${')'.repeat(3000)}"]`,
      'NOT_RUN',
    ],
    [
      'a command full of open substitutions',
      `commands: ["docker rm ${'$( '.repeat(3000)}"]`,
      'UNKNOWN_COMMAND',
    ],
    [
      'a folded command full of backslashes',
      `commands:\n  - >\n    docker rm ${'\\ '.repeat(200_000)}`,
      'BLOCK_TOO_LARGE',
    ],
    [
      'a quoted command full of escapes',
      `commands: ["docker rm ${'\\\\ '.repeat(200_000)}"]`,
      'BLOCK_TOO_LARGE',
    ],
    [
      '100,000 unknown keys',
      `services:\n  web:\n${many(100_000, (i) => `    k${i}: 1`)}`,
      'TOO_MANY_PROBLEMS',
    ],
    ['a key of a megabyte', `services: { web: { ${'k'.repeat(1_000_000)}: 1 } }`, 'KEY_PASSED_OVER'],
    [
      'a highlighted way of a megabyte',
      `services: { web: {} }\nfigure: { highlight: "${'a -> '.repeat(200_000)}b" }`,
      'BAD_TRACE',
    ],
  ])(
    'ends soon: %s',
    (_, source, code) => {
      expect(codesOf(source)).toContain(code)
    },
    60_000,
  )

  it('never expands a bomb of aliases', () => {
    const levels = many(30, (i) =>
      i === 0 ? 'x-0: &a0 [z, z]' : `x-${i}: &a${i} [${`*a${i - 1}, `.repeat(9)}*a${i - 1}]`,
    )
    expect(codesOf(`${levels}\nservices: { web: {} }`)).toEqual([])
    expect(codesOf(`${levels}\nservices: { web: { expose: *a29 } }`)).toContain('ALIAS_LIMIT')
  })
  it('makes nothing of a bomb of merge keys that merge one map', () => {
    const levels = many(30, (i) =>
      i === 0
        ? 'x-0: &m0 { image: nginx }'
        : `x-${i}: &m${i} { <<: [${Array.from({ length: 9 }, () => `*m${i - 1}`).join(', ')}] }`,
    )
    expect(codesOf(`${levels}\nservices: { web: *m29 }`)).toEqual([])
  })
})

describe('keys and texts that mean something elsewhere', () => {
  const names = [
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    'valueOf',
    '__defineGetter__',
  ]

  it.each(names)('takes %s as the name of a service, a network and a host', (name) => {
    const result = compile(
      `hosts: { h${name}: {} }\nservices: { ${name}: { networks: [${name}], ports: ["80:80"] } }\nnetworks: { ${name}: {} }`,
    )
    expect(result.problems.filter((problem) => problem.severity === 'error')).toEqual([])
    expect([...(result.plan?.networks.keys() ?? [])]).toContain(name)
    expect([...(result.plan?.containers.keys() ?? [])]).toContain(name)
    expect(Object.hasOwn(Object.prototype, 'networks')).toBe(false)
  })

  it.each([
    ['title', `figure: { title: "${SCRIPT}" }\nservices: { web: {} }`],
    ['caption', `figure: { caption: "${SCRIPT}" }\nservices: { web: {} }`],
    ['image', `services: { web: { image: "${SCRIPT}" } }`],
    ['hostname', `services: { web: { hostname: "${SCRIPT}" } }`],
    [
      'alias',
      `services: { web: { networks: { back: { aliases: ["${SCRIPT}"] } } } }\nnetworks: { back: {} }`,
    ],
    ['network name', `services: { web: { networks: [back] } }\nnetworks: { back: { name: "${SCRIPT}" } }`],
    [
      'driver option',
      `services: { web: { networks: [back] } }\nnetworks: { back: { driver_opts: { "${SCRIPT}": "${SCRIPT}" } } }`,
    ],
    ['underlay name', `hosts: { a1: {}, b1: {} }\nunderlay: { name: "${SCRIPT}" }\nservices: { web: {} }`],
    [
      'interface',
      `hosts: { a1: { address: 192.168.9.1/24, interface: "${SCRIPT}" } }\nservices: { web: { ports: ["80:80"] } }`,
    ],
    ['command', `commands: ["docker run -d --name web --label '${SCRIPT}' nginx"]`],
  ])('gives a harmless figure or an error for a script in the %s', (_, source) => {
    const result = compile(source)
    if (result.ok) expect(result.mermaid).not.toMatch(/<\s*script/i)
    else expect(result.problems.length).toBeGreaterThan(0)
  })

  it('reads a block with a byte order mark', () => {
    expect(codesOf('\ufeffservices: { web: {} }')).toEqual([])
  })
  it('gives the same plan for Windows line ends', () => {
    const text = 'services:\n  web:\n    networks: [back]\nnetworks:\n  back: {}\n'
    expect(compile(text.replaceAll('\n', '\r\n')).plan?.networks.get('back')?.subnets).toEqual(
      compile(text).plan?.networks.get('back')?.subnets,
    )
  })
  it('keeps the dollar sign of a command', () => {
    const topology = readTopology('commands: ["docker run -e A=$B nginx"]', () => {})
    expect(topology?.commands[0]?.line.text).toBe('docker run -e A=$B nginx')
  })
})

describe('any text', () => {
  const words = fc.constantFrom(
    'services:',
    'networks:',
    'commands:',
    'hosts:',
    'swarm: true',
    'web:',
    'ports:',
    '- "80:80"',
    '- docker run -d',
    'docker network create',
    '--subnet',
    '10.5.0.0/24',
    '{',
    '}',
    '[',
    ']',
    '&a',
    '*a',
    '<<:',
    '|',
    '>',
    '"',
    "'",
    '#',
    '\n',
    '\n  ',
    '\n    ',
    '\t',
    ': ',
    '- ',
    '? ',
    '!!x',
    '%',
    '---',
    '...',
    '$',
    '${',
    '$(',
    '`',
    '||',
    '&&',
    ';',
    'ipam:',
    'config:',
    'engine: 20',
    '__proto__',
    '\u0000',
    '\ud800',
    '웹',
    '\r',
    '-p',
    '--network',
    'name=a,ip=b',
    'docker compose up',
    'docker swarm init',
    'docker service create --name s nginx',
    'figure:',
    'highlight: a -> b',
  )
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.array(words, { maxLength: 40 }).map((parts) => parts.join('')),
    fc.array(words, { maxLength: 40 }).map((parts) => parts.join(' ')),
  )
  for (const seed of seeds()) {
    it(`ends without throwing, with places inside the text (seed ${seed})`, () => {
      fc.assert(
        fc.property(text, (source) => {
          for (const problem of compile(source).problems) {
            expect(problem.span.start).toBeGreaterThanOrEqual(0)
            expect(problem.span.start).toBeLessThanOrEqual(source.length)
            expect(problem.code).toMatch(/^[A-Z][A-Z0-9_]+$/)
            expect(problem.message).not.toBe('')
          }
        }),
        { seed, numRuns: 1500 },
      )
    }, 60_000)
  }
})
