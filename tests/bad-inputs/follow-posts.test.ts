/**
 * Hints of problems that one block alone cannot have: of a post around it, and of the files it names. Each is followed to
 * the letter, with a value of the author's where the hint asks for one, and the problem is gone.
 */
import { describe, expect, it } from 'vitest'
import type { ReadFile } from '../../src/files/file-text.ts'
import { isReadable } from '../../src/files/project-files.ts'
import { readInputText } from '../../src/input/input.ts'
import type { ProblemCode } from '../../src/problem/code.ts'
import { codeEntries } from '../../src/problem/codes.ts'
import { readerOf } from '../compose/memory.ts'
import { codesOfBlocks } from './followed-codes.ts'

type Files = Readonly<Record<string, string>>

/** Files of a project, the post among them as `post.md`. */
const fence = (info: string, body = ''): string => `\`\`\`docker-network ${info}\n${body}\`\`\`\n`
const WEB =
  'services: { web: { image: a, networks: { n: { ipv4_address: 10.9.0.5 } } } }\nnetworks: { n: { ipam: { config: [{ subnet: 10.9.0.0/24 }] } } }\n'
const FILE = 'services: { web: { image: a } }\n'
const post = (...parts: readonly string[]): Files => ({ 'post.md': parts.join('\n') })

interface Case {
  readonly code: ProblemCode
  readonly files: Files
  /** The hint, with what it says to write in its groups. */
  readonly hint: RegExp
  readonly follow: (files: Files, ...said: readonly string[]) => Files
}

const inPost =
  (from: string, to: (...said: readonly string[]) => string): Case['follow'] =>
  (files, ...said) => ({ ...files, 'post.md': (files['post.md'] ?? '').replace(from, to(...said)) })

const CASES: readonly Case[] = [
  {
    code: 'UNKNOWN_REFERENCE',
    files: post(fence('', WEB), 'Text {dn:wbe.ip}.'),
    hint: /^Did you mean (\S+)\?$/,
    follow: inPost('wbe.ip', (by = '') => by),
  },
  {
    code: 'UNKNOWN_REFERENCE',
    files: post(fence('', WEB), 'Text {dn:wbe.ipv4}.'),
    hint: /^Did you mean (\S+)\?$/,
    follow: inPost('wbe.ipv4', (by = '') => by),
  },
  {
    code: 'UNKNOWN_REFERENCE',
    files: post(fence('', WEB), 'Text {dn:web.IPAddress}.'),
    hint: /^Did you mean (\S+)\?$/,
    follow: inPost('web.IPAddress', (by = '') => by),
  },
  {
    code: 'STALE_ADDRESS',
    files: post(fence('', WEB), 'It has 10.9.0.6.'),
    hint: /^Write a reference such as (\{dn:\S+\}),/,
    follow: inPost('10.9.0.6', (by = '') => by),
  },
  {
    code: 'STALE_ADDRESS',
    files: post(fence('', WEB), 'It has 10.9.0.6.'),
    hint: /put (<!-- \S+ -->) on the line\.$/,
    follow: inPost('10.9.0.6.', (by = '') => `10.9.0.6. ${by}`),
  },
  {
    code: 'UNKNOWN_PRINT',
    files: post(fence('print=iptable', WEB)),
    hint: /^Did you mean "(\w+)"\?/,
    follow: inPost('iptable', (by = '') => by),
  },
  {
    code: 'STEP_OUT_OF_RANGE',
    files: post(fence('step=9', 'commands: [docker run -d --name web nginx]\n')),
    hint: /^Write a step from \d+ to (\d+)\.$/,
    follow: inPost('step=9', (by = '') => `step=${by}`),
  },
  {
    code: 'MODEL_UNKNOWN',
    files: post(fence('model=shop', WEB), fence('use=shp')),
    hint: /^Did you mean "(\w+)"\?$/,
    follow: inPost('use=shp', (by = '') => `use=${by}`),
  },
  {
    code: 'MODEL_DUPLICATE',
    files: post(fence('model=shop', WEB), fence('title=two model=shop', WEB)),
    hint: /^Give this one another name\.$/,
    follow: inPost('two model=shop', () => 'two model=other'),
  },
  {
    code: 'FENCE_UNKNOWN_KEY',
    files: post(fence('tilte=x', WEB)),
    hint: /^Did you mean "(\w+)"\?$/,
    follow: inPost('tilte', (by = '') => by),
  },
  {
    code: 'FENCE_BAD_VALUE',
    files: post(fence('view=bsu', WEB)),
    hint: /^Write (view=\w+)\.$/,
    follow: inPost('view=bsu', (by = '') => by),
  },
  {
    code: 'FENCE_REPEATED_KEY',
    files: post(fence('view=bus view=bus', WEB)),
    hint: /^Leave one of them\.$/,
    follow: inPost('view=bus view=bus', () => 'view=bus'),
  },
  {
    code: 'FENCE_BODY_AND_USE',
    files: post(fence('model=shop', WEB), fence('use=shop', FILE)),
    hint: /or take (use=) out\.$/,
    follow: inPost('use=shop', () => ''),
  },
  {
    code: 'SRC_NOT_FOUND',
    files: { ...post(fence('src=app/compsoe.yaml')), 'app/compose.yaml': FILE },
    hint: /^Paths start at the folder of the post\.$/,
    follow: inPost('compsoe', () => 'compose'),
  },
  {
    code: 'SRC_OUTSIDE_PROJECT',
    files: post(fence('src=../app/compose.yaml')),
    hint: /^Copy the file into the project\.$/,
    follow: (files) => ({ ...inPost('../app/', () => 'app/')(files), 'app/compose.yaml': FILE }),
  },
  {
    code: 'SRC_NOT_ALLOWED',
    files: { ...post(fence('src=app/compose.txt')), 'app/compose.txt': FILE },
    hint: /^Put the model in a YAML file of the project\.$/,
    follow: (files) => ({ ...inPost('.txt', () => '.yaml')(files), 'app/compose.yaml': FILE }),
  },
  {
    code: 'INVALID_VARIABLE_FILE',
    files: { ...post(fence('src=app/compose.yaml')), 'app/compose.yaml': FILE, 'app/.env': 'A="x\n' },
    hint: /^Write (") at its end\.$/,
    follow: (files, quote) => ({ ...files, 'app/.env': `A="x${quote}\n` }),
  },
  {
    code: 'INCLUDE_CYCLE',
    files: {
      ...post(fence('src=a.yaml')),
      'a.yaml': `include: [b.yaml]\n${FILE}`,
      'b.yaml': 'include: [a.yaml]\nservices: { db: { image: b } }\n',
    },
    hint: /^Delete one of these "include:"\.$/,
    follow: (files) => ({ ...files, 'b.yaml': 'services: { db: { image: b } }\n' }),
  },
]

/** Why no hint of a code is followed here: it says nothing that can be written without knowing what was meant. */
const NOT_FOLLOWED: Readonly<Partial<Record<ProblemCode, string>>> = {
  TOO_DEEP: 'a block of that size is another model',
  BLOCK_TOO_LARGE: 'a block of that size is another model',
  TOO_MANY_PROBLEMS: 'says that there are more',
  ALIAS_LIMIT: 'the values that are meant are the author’s',
  KEY_PASSED_OVER: 'a newer compose may know the key: it works as it stands',
  EXTENDS_NOT_FOUND:
    'followed where a name is near (tests/compose/hints.test.ts); else it lists what there is',
  MISSING_VALUE: 'names where to read on',
  WRONG_ARGUMENTS: 'a form with values of the author',
  NOT_RUN: 'the names a command would give are not known',
  NOT_PUBLISHED: 'another model: nothing is wrong with this one',
  NO_AVAILABLE_ADDRESS: 'another model: a bigger subnet, or fewer of them',
  MULTIPLE_SUBNETS: 'another model: a second network',
  INVALID_OPTION: 'the driver’s values are the author’s to choose',
  INVALID_PARENT: 'the interface is the author’s to choose',
  PARENT_IN_USE: 'the interface is the author’s to choose',
  BRIDGE_NAME_IN_USE: 'the name is the author’s to choose',
  INVALID_NETWORK_MODE: 'only a project that something else has changed can have it',
  ACTIVE_ENDPOINTS: 'another model: what is on the network has to go first',
  TOO_MANY_NETWORKS: 'another model',
  ALIAS_NOT_SUPPORTED: 'followed in tests/compose/hints.test.ts, where the file is a project',
  NO_MANAGER_THERE: 'the address of a manager is the author’s',
  NO_LEADER: 'another model: managers have to come back',
  NETWORK_WRONG_SCOPE: 'another model: a network of another driver',
  NETWORK_IN_USE: 'another model: what is on the network has to go first',
  INVALID_NETWORK: 'another model: an overlay in the place of ingress',
  INVALID_ADDRESS_POOL: 'the pool is the author’s to choose',
  OVERLAY_NOT_ALLOCATED: 'another model: a service on the network',
  TASK_PENDING: 'followed in tests/compose/hints.test.ts; of commands it lists the nodes',
  TASK_FAILED: 'another model: what the task wants is not there',
  JOB_ENDS: 'tells how to read the figure',
  NOT_MERGED: 'asks for another program',
  BAD_TRACE: 'lists what there is',
  SEQUENCE_WITHOUT_WAY: 'a form with values of the author',
  AMBIGUOUS_REFERENCE: 'which of them is meant is the author’s to say',
  REFERENCE_AS_TEXT: 'how a host escapes text is the host’s (tests/markdown-it)',
  STALE_SUBNET: 'as STALE_ADDRESS',
  SRC_NOT_A_FILE: 'which file is meant is not known',
  SRC_NOT_READABLE: 'asks for a right on the machine',
  SRC_TOO_LARGE: 'another model',
}

/** A post in a project that lies in no folder. */
function codesOf(files: Files): readonly string[] {
  const memory = readerOf(files)
  const readFile: ReadFile = (path, from, purpose = 'model') => {
    const found = memory(path, from, purpose === 'post' ? 'model' : purpose)
    return found.ok && !isReadable(found.file, purpose) ? { ok: false, why: 'not-allowed' } : found
  }
  return problemsOf(files, readFile).map(({ problem }) => problem.code)
}

const problemsOf = (files: Files, readFile: ReadFile) =>
  readInputText('post.md', 'post.md', files['post.md'] ?? '', { readFile }).problems

describe('a hint of a post, or of a file that it names', () => {
  it.each(CASES.map((one) => [`${one.code}: ${one.hint.source}`, one] as const))('%s', (_, one) => {
    const memory = readerOf(one.files)
    const readFile: ReadFile = (path, from, purpose = 'model') => {
      const found = memory(path, from, purpose === 'post' ? 'model' : purpose)
      return found.ok && !isReadable(found.file, purpose) ? { ok: false, why: 'not-allowed' } : found
    }
    const told = problemsOf(one.files, readFile)
    const hint =
      told.find(({ problem }) => problem.code === one.code)?.problem.hint ?? told.map(String).join()
    const said = one.hint.exec(hint)
    expect(said, hint).not.toBeNull()
    const after = codesOf(one.follow(one.files, ...(said ?? []).slice(1)))
    expect(after).toEqual(told.map(({ problem }) => problem.code).filter((code) => code !== one.code))
  })
})

describe('every code', () => {
  it('is followed in one of these tests, or it is said why not', () => {
    const followed = new Set<string>([...codesOfBlocks(), ...CASES.map(({ code }) => code)])
    const all = [...codeEntries().keys()]
    expect(all.filter((code) => !followed.has(code)).sort()).toEqual(Object.keys(NOT_FOLLOWED).sort())
  })
})
