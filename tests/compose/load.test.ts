// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of compose
import { describe, expect, it } from 'vitest'
import { isError, planModel } from '../../src/compile.ts'
import type { LoadOptions } from '../../src/compose/load.ts'
import { fileSource, formatProblem } from '../../src/problem/report.ts'
import { readerOf, readMemory } from './memory.ts'

/** A project in memory, read from `compose.yaml` (and `over.yaml`); paths are relative to the file that names them. */
function read(
  files: Readonly<Record<string, string>>,
  options: Partial<LoadOptions> = {},
  body: string | null = null,
) {
  const asked: string[] = []
  const typed = body === null ? [] : [{ text: body, source: fileSource('post.md', body, true), file: null }]
  const model = readMemory(files, { read: readerOf(files, asked), ...options }, typed)
  const { plan, problems, topology } = planModel(model)
  return {
    model,
    topology,
    asked,
    problems: problems.map((problem) => formatProblem({ problem, source: model.source })),
    errors: problems.filter(isError).map((problem) => problem.code),
    codes: problems.map((problem) => problem.code),
    ports: [...(plan?.containers.values() ?? [])].flatMap(({ name, ports }) =>
      ports.filter(({ ip }) => ip?.family === 4).map(({ port, target }) => `${name} ${port}->${target}`),
    ),
    containers: [...(plan?.containers.keys() ?? [])],
    networks: [...(plan?.networks.keys() ?? [])].filter((key) => key !== 'bridge'),
  }
}

describe('several texts are one model', () => {
  it('merges the documents of a file', () => {
    const { containers, errors } = read({
      'compose.yaml':
        'services: { web: { image: a } }\n---\nservices: { db: { image: b }, web: { image: c } }\n',
    })
    expect(containers).toEqual(['db', 'web'])
    expect(errors).toEqual([])
  })
  it('puts compose.override.yaml over a file of compose’s own name, and tells whoever watches', () => {
    const files = {
      'compose.yaml': 'services: { web: { image: a, ports: ["80:80"] } }',
      'compose.override.yaml': 'services: { web: { ports: ["81:81"] } }',
    }
    expect(read(files, { overrides: true }).ports).toEqual(['web 80->80', 'web 81->81'])
    expect(read(files).ports).toEqual(['web 80->80'])
    expect(read(files, { overrides: true }).model.files).toContain('compose.override.yaml')
  })
  it('takes away what !reset marks and replaces what !override marks', () => {
    const { ports, networks } = read({
      'compose.yaml':
        'services: { web: { image: a, ports: ["80:80"], networks: [one] }, db: { image: b, ports: ["90:90"] } }\nnetworks: { one: {}, two: {} }',
      'over.yaml':
        'services: { web: { ports: !reset null, networks: !override [two] }, db: { ports: !override ["91:90"] } }',
    })
    expect(ports).toEqual(['db 91->90'])
    expect(networks).toEqual(['default', 'two'])
  })
  it('leaves out what is marked !reset in a file alone', () => {
    expect(
      read({ 'compose.yaml': 'services: { web: { image: a, ports: !reset ["80:80"] } }' }).ports,
    ).toEqual([])
  })
  it('gives each problem the place in its own file', () => {
    const { problems } = read({
      'compose.yaml': 'services: { web: { image: a } }',
      'over.yaml':
        'services:\n  web:\n    networks: { lan: { ipv4_address: 10.0.0.999 } }\nnetworks: { lan: { ipam: { config: [{ subnet: 10.0.0.0/24 }] } } }',
    })
    expect(problems[0]).toMatch(/^over\.yaml:3:38 INVALID_ADDRESS /)
  })
  it('lets a block go over a file, and our own keys stand in the file', () => {
    const file = 'services: { web: { image: a, networks: [p] } }\nnetworks: { p: { external: true } }\n'
    const facts = 'networks: { p: { ipam: { config: [{ subnet: 10.4.0.0/24 }] } } }'
    expect(read({ 'compose.yaml': file }).codes).toEqual(['EXTERNAL_ASSUMED'])
    expect(read({ 'compose.yaml': file }, {}, facts).codes).toEqual([])
    expect(read({ 'compose.yaml': `${file}x-docker-network: { ${facts} }` }).codes).toEqual([])
  })
  it('takes external networks to be beside each other, where their addresses are close', () => {
    const file =
      'services: { web: { image: a, networks: { p: { ipv4_address: 10.6.0.10 }, q: { ipv4_address: 10.6.0.20 } } } }\nnetworks: { p: { external: true }, q: { external: true } }'
    expect(read({ 'compose.yaml': file }).codes).toEqual(['EXTERNAL_ASSUMED'])
  })
  it('takes an external network to be outside of the subnets that the file declares', () => {
    const file =
      'services: { web: { image: a, networks: [own, p, q] } }\nnetworks: { own: { ipam: { config: [{ subnet: 172.18.0.0/15 }] } }, p: { external: true }, q: { external: true } }'
    expect(read({ 'compose.yaml': file }).codes).toEqual(['EXTERNAL_ASSUMED'])
  })
})

describe('extends', () => {
  it('brings what another service of the file has', () => {
    const { ports, networks } = read({
      'compose.yaml':
        'services: { base: { image: a, profiles: [never], networks: [lan], ports: ["80:80"] }, web: { extends: base, profiles: !reset [], ports: ["81:80"] } }\nnetworks: { lan: {} }',
    })
    expect(ports).toEqual(['web 80->80', 'web 81->80'])
    expect(networks).toEqual(['lan'])
  })
  it('follows files, each path from the file that names it', () => {
    const { containers, asked, errors } = read({
      'compose.yaml': 'services: { web: { extends: { file: parts/web.yaml, service: web } } }',
      'parts/web.yaml':
        'services: { web: { extends: { file: more/base.yaml, service: root }, hostname: h } }',
      'parts/more/base.yaml': 'services: { root: { image: a, container_name: front } }',
    })
    expect(containers).toEqual(['front'])
    expect(errors).toEqual([])
    expect(asked).toContain('model parts/more/base.yaml')
  })
  it('tells of a ring, of a service that is not there, and of files outside', () => {
    expect(
      read({ 'compose.yaml': 'services: { a: { image: x, extends: b }, b: { image: x, extends: a } }' })
        .errors,
    ).toContain('EXTENDS_CYCLE')
    expect(
      read({ 'compose.yaml': 'services: { web: { image: x, extends: wbe2 }, web2: { image: x } }' })
        .problems[0],
    ).toContain('hint: Did you mean "web2"?')
    expect(
      read({ 'compose.yaml': 'services: { web: { extends: { file: ../../etc/x.yaml, service: a } } }' })
        .errors,
    ).toEqual(['SRC_OUTSIDE_PROJECT'])
    expect(
      read({ 'compose.yaml': 'services: { web: { extends: { file: none.yaml, service: a } } }' }).errors,
    ).toEqual(['SRC_NOT_FOUND'])
  })
})

describe('many files', () => {
  const parts = (count: number, text: string): Record<string, string> =>
    Object.fromEntries([
      ['compose.yaml', `include:\n${Array.from({ length: count }, (_, i) => `  - p${i}/c.yaml\n`).join('')}`],
      ...Array.from({ length: count }, (_, i) => [
        `p${i}/c.yaml`,
        `services: { s${i}: { image: a } }\n${text}`,
      ]),
    ])
  it('may be hundreds, each with its .env, and together no longer than a block', () => {
    expect(read(parts(300, '')).errors).toEqual([])
    expect(read(parts(50, '# '.padEnd(100_000, 'x'))).errors).toContain('SRC_TOO_LARGE')
  })
})

describe('include', () => {
  it('brings services and networks, read with the variables of their own folder', () => {
    const { ports, networks, errors } = read({
      'compose.yaml':
        'include: [other/compose.yaml]\nservices: { web: { image: a, networks: [front], ports: ["${PORT}:80"], depends_on: [db] } }',
      '.env': 'PORT=8001\n',
      'other/compose.yaml':
        'services: { db: { image: b, networks: [front], ports: ["${OWN}:5432"] } }\nnetworks: { front: {} }',
      'other/.env': 'OWN=9001\nPORT=1\n',
    })
    expect(ports).toEqual(['db 9001->5432', 'web 8001->80'])
    expect(networks).toEqual(['front'])
    expect(errors).toEqual([])
  })
  it('takes a project directory and files of variables', () => {
    const { ports } = read({
      'compose.yaml':
        'include: [{ path: [a/one.yaml, a/two.yaml], project_directory: b, env_file: [vars/x.env] }]',
      'a/one.yaml':
        'services: { one: { image: a, ports: ["${P}:80"], extends: { file: base.yaml, service: s } } }',
      'a/two.yaml': 'services: { one: { ports: ["82:82"] } }',
      'b/base.yaml': 'services: { s: { ports: ["83:83"] } }',
      'vars/x.env': 'P=81',
    })
    expect(ports.sort()).toEqual(['one 81->80', 'one 82->82', 'one 83->83'])
  })
  it('tells of a ring, and of what is fetched from elsewhere', () => {
    expect(
      read({
        'compose.yaml': 'include: [a.yaml]',
        'a.yaml': 'include: [compose.yaml]\nservices: { a: { image: x } }',
      }).errors,
    ).toContain('INCLUDE_CYCLE')
    expect(
      read({ 'compose.yaml': 'include: ["oci://registry/x:latest"]\nservices: { a: { image: x } }' }).errors,
    ).toEqual(['NOT_MERGED'])
  })
})

describe('variables and names', () => {
  it('come from .env beside the file, and from files that are named in its place', () => {
    const files = {
      'compose.yaml': 'services: { web: { image: a, ports: ["${PORT}:80"] } }',
      '.env': 'PORT=8001\n',
    }
    expect(read(files).ports).toEqual(['web 8001->80'])
    const text = 'export PORT="${BASE}2" # told\n'
    const environment = new Map([['BASE', '900']])
    expect(
      read(files, { variables: [{ text, source: fileSource('x.env', text) }], environment }).ports,
    ).toEqual(['web 9002->80'])
  })
  it('begin with a name or a brace: any other dollar sign is one', () => {
    const labels = '["r=HostRegexp(`^[a-z]+.$D$`)", "x=$", "y=a$1 ${D:-$}b"]'
    const { problems } = read({
      'compose.yaml': `services: { web: { image: a, labels: ${labels}, command: "a$ b" } }`,
      '.env': 'D=d\n',
    })
    expect(problems).toEqual([])
    const broken = read({ 'compose.yaml': 'services: { web: { image: "a${B:-hunter2" } }' }).problems.join()
    expect(broken).toContain('"${B…" has no closing brace')
    expect(broken.split('\n')[0]).not.toContain('hunter2')
  })
  it('are not for what is typed over a file', () => {
    const { problems } = read(
      { 'compose.yaml': 'services: { web: { image: a } }', '.env': 'TOKEN=hunter2\n' },
      {},
      'services: { web: { container_name: "x${TOKEN}" } }',
    )
    expect(problems.join()).toContain('The variable TOKEN is not set')
    expect(problems.join()).not.toContain('hunter2')
  })
  it('are told once where they are missing, with where to write them', () => {
    const { problems } = read({
      'compose.yaml': 'services: { web: { image: a, ports: ["${WEB_PORT}:80"] } }',
    })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain('hint: Write ${WEB_PORT:-value}, or WEB_PORT=value in .env.')
  })
  it('name the project: -p, then COMPOSE_PROJECT_NAME, then name:, and the folder for the variable alone', () => {
    const named = {
      'compose.yaml':
        'name: MyShop\nservices: { web: { image: a, container_name: "${COMPOSE_PROJECT_NAME}-x" } }',
    }
    expect(read(named).containers).toEqual(['myshop-x'])
    expect(read({ ...named, '.env': 'COMPOSE_PROJECT_NAME=fromenv' }).containers).toEqual(['fromenv-x'])
    expect(read({ ...named, '.env': 'COMPOSE_PROJECT_NAME=fromenv' }, { name: 'given' }).containers).toEqual([
      'given-x',
    ])
    expect(
      read({ 'compose.yaml': 'services: { web: { image: a, container_name: "${COMPOSE_PROJECT_NAME}-x" } }' })
        .containers,
    ).toEqual(['folder-x'])
  })
  it('make profiles active', () => {
    const files = { 'compose.yaml': 'services: { web: { image: a }, dbg: { image: b, profiles: [debug] } }' }
    expect(read(files).containers).toEqual(['web'])
    expect(read({ ...files, '.env': 'COMPOSE_PROFILES=other, debug' }).containers).toEqual(['dbg', 'web'])
    expect(read(files, { profiles: ['*'] }).containers).toEqual(['dbg', 'web'])
  })
  it('have files that can be wrong, at their line', () => {
    expect(
      read({ 'compose.yaml': 'services: { web: { image: a } }', '.env': 'A=1\n=2\n' }).problems[0],
    ).toMatch(/^\.env:2:1 INVALID_VARIABLE_FILE/)
  })
})

describe('a file alone is read as compose reads it', () => {
  it.each([
    [
      'a service named x-…',
      'services: { x-term: { image: a }, web: { image: b, depends_on: [x-term] } }',
      ['x-term', 'web'],
    ],
    ['a comment right behind a quote', 'services:\n  web:\n    image: "nginx"#pinned\n', ['web']],
    ['an alias as a key', 'x-name: &n web\nservices:\n  *n : { image: a }\n', ['web']],
    [
      'a service that something else provides',
      'services: { db: { provider: { type: x } }, web: { image: a, depends_on: [db] } }',
      ['web'],
    ],
    ['a job of a stack', 'services: { job: { image: a, deploy: { mode: global-job } } }', ['job.host']],
    ['an empty network mode', 'services: { web: { image: a, network_mode: "" } }', ['web']],
    [
      'equal ports',
      'services: { web: { image: a, ports: ["80:80", "80:80", { target: 80, published: 80 }] } }',
      ['web'],
    ],
    ['numbers in other forms', 'services: { web: { image: a, ports: [0x50, 8_080], scale: 1e0 } }', ['web']],
    ['a key that only a newer compose knows', 'services: { web: { image: a, brand_new: 1 } }', ['web']],
  ])('%s', (_, text, containers) => {
    const found = read({ 'compose.yaml': text })
    expect(found.errors).toEqual([])
    expect(found.containers).toEqual(containers)
  })
  it('tells all networks and services that are missing', () => {
    expect(
      read({ 'compose.yaml': 'services: { web: { image: a, networks: [x, y], depends_on: [z] } }' }).errors,
    ).toEqual(['UNDEFINED_NETWORK', 'UNDEFINED_NETWORK', 'UNDEFINED_SERVICE'])
  })
  it('does not take a slip for a newer key where networks are meant', () => {
    expect(read({ 'compose.yaml': 'services: { web: { image: a, netwroks: [x] } }' }).errors).toEqual([
      'UNKNOWN_KEY',
    ])
  })
})

describe('what is taken for granted', () => {
  it('external networks exist: around the addresses asked for, else from the pools, in one warning', () => {
    const { codes, topology } = read({
      'compose.yaml':
        'services: { web: { image: a, networks: { lan: { ipv4_address: 192.168.7.1 }, p: {} } } }\nnetworks: { lan: { external: true }, p: { external: true } }',
    })
    expect(codes).toEqual(['EXTERNAL_ASSUMED'])
    expect(topology?.networks.size).toBe(2)
  })
  it.each([
    [
      'an overlay',
      'services: { web: { image: a, networks: [o] } }\nnetworks: { o: { driver: overlay } }',
      true,
    ],
    ['a global service', 'services: { web: { image: a, deploy: { mode: global } } }', true],
    [
      'a placement',
      'services: { web: { image: a, deploy: { placement: { constraints: [node.labels.a == b] } } } }',
      true,
    ],
    [
      'replicas with one port',
      'services: { web: { image: a, ports: ["80:80"], deploy: { replicas: 2 } } }',
      true,
    ],
    [
      'replicas with a range',
      'services: { web: { image: a, ports: ["80-81:80"], deploy: { replicas: 2 } } }',
      false,
    ],
    [
      'names of containers',
      'services: { web: { image: a, container_name: w, deploy: { mode: global } } }',
      false,
    ],
    [
      'swarm: false',
      'services: { web: { image: a, deploy: { mode: global } } }\nx-docker-network: { swarm: false }',
      false,
    ],
  ])('%s tells a stack from a project', (_, text, isStack) => {
    const { codes, topology } = read({ 'compose.yaml': text })
    expect(codes.includes('STACK_ASSUMED')).toBe(isStack)
    expect(topology?.swarm !== null).toBe(isStack)
  })
})
