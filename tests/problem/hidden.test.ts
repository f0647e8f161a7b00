/** A frame quotes a line of an author's; what may be a password stays out of it, whatever the problem and the style. */
import { describe, expect, it } from 'vitest'
import { planSource } from '../../src/compile.ts'
import { shownCommand } from '../../src/problem/hidden.ts'
import { codeFrame, fileSource, formatProblem } from '../../src/problem/report.ts'

const told = (text: string): string => {
  const source = fileSource('compose.yaml', text)
  const { problems } = planSource(text)
  expect(problems).not.toEqual([])
  return problems.map((problem) => formatProblem({ problem, source })).join('\n')
}

const S = 'hunter2'
const VALUES: readonly (readonly [string, string])[] = [
  ['environment', `{ DB: ${S}, ANOTHER: "${S}" }`],
  ['environment', `["DB=${S}", 'PW=${S}']`],
  ['environment', `{ DB: "x } ${S}" }`],
  ['environment', `[ DB=it's ${S} ]`],
  ['env_file', `[${S}.env]`],
  ['env_file', `${S}.env`],
  ['build', `{ context: ., args: { TOKEN: ${S} } }`],
  ['build', `{ context: ., args: ["A=${S}"], labels: { a: ${S} } }`],
  ['secrets', `[${S}]`],
  ['labels', `["a.b=${S}"]`],
  ['labels', `{ a.b: "${S} $\{X-}" }`],
  ['command', `--requirepass ${S}`],
  ['command', `["--pw", "${S}"]`],
  ['entrypoint', `sh -c "run ${S}"`],
  ['healthcheck', `{ test: "curl -u me:${S} x" }`],
  ['logging', `{ options: { splunk-token: ${S} } }`],
  ['x-more', `{ a: ${S} }`],
]

/** Beside it, something that is a problem. */
const LINES: readonly ((key: string, value: string) => string)[] = [
  (key, value) => `services: { web: { image: a, ${key}: ${value}, prots: ["80:80"] } }`,
  (key, value) => `services: { web: { image: a, ports: ["80:x"], ${key}: ${value} } }`,
  (key, value) => `services: { web: { image: a, "${key}": ${value}, networks: [nowhere] } }`,
  (key, value) => `services:\n  web: { ${key}: ${value}, networks: [nowhere] }`,
  (key, value) => `services:\n  web: { networks: [nowhere], image: a, ${key}: ${value} }`,
  (key, value) => `services: { web: { image: a, ${key}: ${value}, networks: [o`,
]

describe('values in flow style, beside what is wrong', () => {
  it.each(VALUES.map(([key, value]) => [`${key}: ${value}`, key, value] as const))('%s', (_, key, value) => {
    for (const line of LINES) expect(told(line(key, value))).not.toContain(S)
  })
})

describe('values that are on the very line', () => {
  const BROKEN: readonly string[] = [
    `services:\n  web:\n    image: a\n    environment:\n      PW: "${S}\n`,
    `services:\n  web:\n    image: a\n    environment:\n      PW: ${S}\n      PW: ${S}\n`,
    `services:\n  web:\n    image: a\n    environment:\n    - PW=${S}\n    - PW: "${S}\n`,
    `services:\n  web:\n    image: a\n    environment:\n\t- PW=${S}\n`,
    `services:\n  web:\n    image: a\n    environment:\n      PW: *${S}\n`,
    `services:\n  web:\n    image: a\n    environment: {\n  PW: ${S}, [\n`,
    `services:\n  web:\n    image: a\n    environment: { A: b,\n      PW: "${S}" "x" }\n`,
    `services:\n  web:\n    image: a\n    environment:\n      A: b\n\n      # a remark\n      PW: "${S}" x\n`,
    `services:\n  web:\n    build:\n      args:\n        - PW=${S}\n        - "PW=${S}\n`,
    `services:\n  web:\n    image: a\n    labels:\n      - "a=${S}\n`,
    `services:\n  web:\n    image: a\n    prots: []\n    DB_PASSWORD: ${S}\n`,
    `services: { web: { image: a, networks: { back: { token: ${S} } } } }\nnetworks: { back: {} }`,
    `services: { web: { image: a } }\ncommands: ["docker run -d --netwrok x -e PW=${S} b"]`,
    `services: { web: { image: a } }\ncommands: ["docker run -d --netwrok x --env=PW=${S} b"]`,
    `x-base: &b { PW: ${S}, [ }\nservices: { web: { image: a, environment: *b } }`,
  ]
  it.each(BROKEN)('%j', (text) => {
    expect(told(text)).not.toContain(S)
  })
  // To YAML an unquoted password is an alias, a tag, a header of a block or an escape.
  const MEANT: readonly string[] = [
    `*${S}`,
    `!${S}`,
    `!${S} x`,
    `!!${S}`,
    `!<${S} x`,
    `!a!${S} x`,
    `!${S}! x`,
    `|${S}`,
    `>${S}`,
    `"\\q${S}"`,
    `&${S} { A: *${S} }`,
  ]
  it.each(MEANT)('the message neither: %j', (value) => {
    for (const key of ['environment', 'env_file', 'labels', 'secrets', 'x-more']) {
      const text = `services:\n  web:\n    image: a\n    ports: ["80:x"]\n    ${key}:\n      PW: ${value}\n`
      const messages = planSource(text).problems.map(({ message, hint }) => `${message} ${hint}`)
      expect(messages.join('\n')).not.toContain(S)
      // The frame shows the label that a problem is about.
      if (key !== 'labels') expect(told(text)).not.toContain(S)
    }
  })
})

describe('a value that was written as something else', () => {
  const SLIPS: readonly string[] = [
    // As a key, twice.
    `services:\n  web:\n    image: a\n    environment:\n      ${S}: x\n      ${S}: y\n`,
    `services:\n  web:\n    image: a\n    environment: { A: b, ${S}, ${S} }\n`,
    `services:\n  web:\n    image: a\n    environment:\n      PW=${S}: x\n      PW=${S}: x\n`,
    `services:\n  web:\n    image: a\n    build: { args: { ${S}: 1, ${S}: 2 } }\n`,
    // Indented too little, so that it is a key of something else.
    `services:\n  web:\n    image: a\n    environment:\n    MY_KEY: ${S}\n`,
    `services:\n  web:\n    image: a\n    environment:\n    mykey: ${S}\n`,
    `services:\n  web:\n    image: a\n    environment:\n  MY_KEY: ${S}\n`,
    `services:\n  web:\n    image: a\n    environment:\nMY_KEY: ${S}\n`,
    `services:\n  web:\n    image: a\n    evironment: { A: ${S} }\n`,
  ]
  it.each(SLIPS)('%j', (text) => {
    expect(told(text)).not.toContain(S)
  })
  it('stays where it is a variable’s name', () => {
    const text = 'services:\n  web:\n    image: a\n    environment:\n      DB_HOST: x\n      DB_HOST: y\n'
    expect(told(text)).toContain('  6 |       DB_HOST: …')
  })
})

describe('a command', () => {
  const COMMANDS: readonly string[] = [
    `docker run -d --env-file $(pass show ${S}) nginx`,
    'docker run -d --name web1 -e A=`cat hunter2` nginx',
    `docker run -d -p 70000:80 -e PW=${S} -e 'QW=${S}' nginx`,
    `docker run -d -p 70000:80 nginx curl -H "Authorization: Bearer ${S}" x`,
    `docker run -d -p 70000:80 nginx app --password ${S} --api-key=${S}`,
  ]
  it.each(COMMANDS)('neither its frame nor what is said of it: %s', (command) => {
    expect(told(JSON.stringify({ commands: [command] }))).not.toContain(S)
    expect(shownCommand(command)).not.toContain(S)
  })
})

describe('what the problem is about', () => {
  const frame = (text: string, marked: string, line = 1): readonly string[] => {
    const start = text.indexOf(marked)
    expect(start).toBeGreaterThanOrEqual(0)
    expect(text.slice(0, start).split('\n')).toHaveLength(line)
    return codeFrame(fileSource('compose.yaml', text), { start, end: start + marked.length })
  }
  it('stays, with the caret under it', () => {
    expect(frame(`web: { environment: { A: ${S} }, ports: ["80:x"] }`, '"80:x"')).toEqual([
      '  1 | web: { environment: …, ports: ["80:x"] }',
      '    |                                ^^^^^^',
    ])
    expect(frame('networks: { a: { driver_opts: { x: y, z: q } } }', 'x: y')).toEqual([
      '  1 | networks: { a: { driver_opts: …x: y… } }',
      '    |                                ^^^^',
    ])
  })
  it('is not hidden where nothing of the kind stands on the line', () => {
    for (const text of [
      'services: { web: { ports: ["80:80"], networks: { a: { ipv4_address: 10.0.0.2 } } } }',
      'commands: [docker network create -d bridge --subnet 10.0.0.0/24 environment]',
      'x-docker-network: { swarm: true, hosts: { a: { labels: {} } } }',
    ])
      expect(frame(text, text)[0]).toBe(`  1 | ${text.slice(0, 120).replace('labels: {}', 'labels: {}')}`)
  })
  it('is hidden whole where it is a value of the kind', () => {
    expect(frame(`a:\n  environment:\n    PW: ${S}`, S, 3)).toEqual(['  3 |     PW: …', '    |         ^'])
  })
})
