import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const SRC = resolve(import.meta.dirname, '../src')

/** Layer → layers it may import. A folder of `src`, or a file directly in it. Keep ARCHITECTURE.md in step. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  files: [],
  net: [],
  problem: [],
  words: [],
  'harmless.ts': [],
  'version.ts': [],
  rules: ['version.ts'],
  compose: ['problem'],
  topology: ['compose', 'net', 'problem', 'rules', 'version.ts'],
  ipam: ['net', 'rules', 'version.ts'],
  engine: ['ipam', 'net', 'problem', 'rules', 'version.ts'],
  swarm: ['engine', 'ipam', 'net', 'problem', 'rules', 'version.ts'],
  command: ['engine', 'net', 'problem', 'rules', 'version.ts'],
  plan: ['command', 'engine', 'ipam', 'net', 'problem', 'rules', 'swarm', 'topology', 'version.ts'],
  trace: ['net', 'plan', 'problem', 'rules', 'topology', 'version.ts'],
  print: ['command', 'engine', 'net', 'plan', 'problem', 'rules', 'topology', 'words', 'version.ts'],
  reference: ['net', 'plan', 'problem'],
  figure: ['ipam', 'net', 'plan', 'problem', 'topology', 'trace', 'words', 'version.ts'],
  mermaid: ['figure'],
  font: [],
  raster: ['font'],
  picture: ['figure', 'font', 'net', 'plan', 'topology', 'trace', 'words', 'version.ts'],
  layout: [],
  svg: ['font', 'layout', 'harmless.ts'],
  html: ['figure', 'mermaid', 'net', 'plan', 'print', 'problem', 'words', 'version.ts'],
  verify: ['command', 'engine', 'net', 'plan', 'problem', 'rules', 'topology', 'version.ts'],
  'compile.ts': [
    'version.ts',
    'compose',
    'figure',
    'mermaid',
    'picture',
    'plan',
    'problem',
    'rules',
    'topology',
    'trace',
    'words',
  ],
  'markdown-it': [
    'compile.ts',
    'compose',
    'figure',
    'files',
    'html',
    'picture',
    'plan',
    'print',
    'problem',
    'reference',
    'topology',
    'words',
    'version.ts',
  ],
  eleventy: [
    'compile.ts',
    'files',
    'html',
    'markdown-it',
    'picture',
    'problem',
    'raster',
    'svg',
    'words',
    'harmless.ts',
    'version.ts',
  ],
  input: ['compile.ts', 'compose', 'files', 'html', 'markdown-it', 'problem', 'version.ts'],
  preview: ['compile.ts', 'html', 'input', 'picture', 'plan', 'topology', 'words'],
  lsp: [
    'files',
    'html',
    'input',
    'markdown-it',
    'plan',
    'print',
    'problem',
    'reference',
    'topology',
    'words',
  ],
  cli: [
    'compile.ts',
    'compose',
    'files',
    'html',
    'input',
    'lsp',
    'markdown-it',
    'net',
    'picture',
    'plan',
    'preview',
    'print',
    'problem',
    'raster',
    'reference',
    'svg',
    'topology',
    'trace',
    'verify',
    'words',
    'version.ts',
  ],
  playground: [
    'compile.ts',
    'figure',
    'html',
    'picture',
    'plan',
    'print',
    'problem',
    'topology',
    'words',
    'version.ts',
  ],
  'library.ts': ['compile.ts', 'picture', 'plan', 'print', 'problem', 'trace'],
  'browser.ts': [
    'version.ts',
    'compile.ts',
    'figure',
    'files',
    'library.ts',
    'markdown-it',
    'picture',
    'plan',
    'problem',
    'topology',
    'trace',
  ],
  'figure-png.ts': ['compile.ts', 'library.ts', 'picture', 'problem', 'raster'],
  'index.ts': ['browser.ts', 'figure-png.ts', 'files', 'markdown-it', 'raster'],
}

/**
 * Room of `plan/` → rooms it may import. Files directly in it are the plan itself, which every room may import and
 * which imports none; `TOP` puts the rooms together.
 */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  project: [],
  chance: ['project'],
  stack: ['project'],
  session: ['chance', 'project', 'stack'],
  compose: ['project', 'session'],
  advice: ['project', 'session'],
  record: ['advice', 'chance', 'session'],
}
const TOP: readonly string[] = ['plan-networks.ts', 'run-command.ts']

/** Packages a layer may import; `node:` counts as one. A layer not listed imports none. */
const MAY_USE: Readonly<Record<string, readonly string[]>> = {
  files: ['node:'],
  net: ['ipaddr.js'],
  problem: ['fastest-levenshtein'],
  compose: ['yaml'],
  ipam: ['@noble/hashes'],
  print: ['yaml'],
  raster: ['@resvg/resvg-js', 'node:'],
  svg: ['mermaid', 'linkedom', 'playwright', 'yaml', 'node:'],
  'markdown-it': ['markdown-it'],
  eleventy: ['markdown-it', '@11ty/eleventy', 'node:'],
  input: ['chokidar', 'markdown-it', 'node:', 'tinyglobby'],
  preview: ['h3', 'node:'],
  lsp: ['vscode-languageserver', 'vscode-languageserver-textdocument', 'node:'],
  cli: ['open', 'playwright', 'node:'],
  // `import` writes YAML.
  verify: ['yaml'],
  playground: ['@codemirror/', '@lezer/'],
}

const layerOf = (path: string): string => relative(SRC, path).split('/')[0] ?? ''

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')
  const found = [
    ...text.matchAll(
      /^\s*(?:import|export)\s[^'"`;]*?from\s*'([^']+)'|\bimport\(\s*'([^']+)'\s*\)|^\s*import\s*'([^']+)'/gm,
    ),
  ]
  return found.map((m) => m[1] ?? m[2] ?? m[3] ?? '')
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((f) => f.endsWith('.ts'))
  .map((f) => join(SRC, f))

describe('layers import downwards only', () => {
  it('finds the source', () => {
    expect(files.length).toBeGreaterThan(0)
  })

  for (const file of files) {
    it(relative(SRC, file), () => {
      const layer = layerOf(file)
      expect(
        Object.keys(MAY_IMPORT),
        `unknown layer ${layer}: add it to the table and to ARCHITECTURE.md`,
      ).toContain(layer)
      for (const target of importsOf(file)) {
        if (target.startsWith('.')) {
          const other = layerOf(resolve(dirname(file), target))
          if (other !== layer)
            expect(MAY_IMPORT[layer], `${relative(SRC, file)} imports ${target}`).toContain(other)
        } else {
          const allowed = (MAY_USE[layer] ?? []).some(
            (p) => target === p || target.startsWith(p.endsWith(':') || p.endsWith('/') ? p : `${p}/`),
          )
          expect(allowed, `${relative(SRC, file)} imports package ${target}`).toBe(true)
        }
      }
    })
  }
})

describe('rooms of plan/ import downwards only', () => {
  const plan = join(SRC, 'plan')
  const roomOf = (file: string): string => relative(plan, file).split('/').at(-2) ?? ''
  for (const file of files.filter((one) => one.startsWith(plan))) {
    const name = relative(plan, file)
    if (TOP.includes(name)) continue
    it(name, () => {
      const room = roomOf(file)
      if (room !== '') expect(Object.keys(ROOMS), `unknown room ${room}`).toContain(room)
      for (const target of importsOf(file)) {
        const path = target.startsWith('.') ? resolve(dirname(file), target) : ''
        if (!path.startsWith(plan)) continue
        expect(TOP, `${name} imports ${target}`).not.toContain(relative(plan, path))
        const other = roomOf(path)
        if (other !== room && other !== '')
          expect(ROOMS[room] ?? [], `${name} imports ${target}`).toContain(other)
      }
    })
  }
})

describe('releases', () => {
  it.each(files.filter((file) => layerOf(file) !== 'rules'))('are compared in rules/ alone: %s', (file) => {
    expect(readFileSync(file, 'utf8')).not.toMatch(
      /isAtLeast|(?:engine|version|release)\s*[<>=!]==?\s*'\d\d'/,
    )
  })
})

describe('ARCHITECTURE.md', () => {
  const text = readFileSync(resolve(SRC, '../ARCHITECTURE.md'), 'utf8')
  const names = (all: readonly string[]): string => all.map((name) => `\`${name}\``).join(' ') || '–'

  it.each(Object.entries(MAY_IMPORT))('has the row of %s', (layer, layers) => {
    expect(text.split('\n')).toContain(`| \`${layer}\` | ${names(layers)} | ${names(MAY_USE[layer] ?? [])} |`)
  })
  it.each(Object.entries(ROOMS))('has the room plan/%s', (room, rooms) => {
    expect(text).toContain(`\n| \`plan/${room}\` | ${names(rooms)} | `)
  })
})

describe('files', () => {
  it('do not import each other in a circle', () => {
    const imports = new Map(
      readdirSync(SRC, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts'))
        .map((file) => {
          const text = readFileSync(join(SRC, file), 'utf8')
          const named = [...text.matchAll(/from '(\.[^']+)'/g)].map(([, path = '']) => path)
          return [file, named.map((path) => normalize(join(dirname(file), path)))] as const
        }),
    )
    const reach = (from: string): ReadonlySet<string> => {
      const seen = new Set<string>()
      const open = [...(imports.get(from) ?? [])]
      for (let file = open.pop(); file !== undefined; file = open.pop()) {
        if (seen.has(file)) continue
        seen.add(file)
        open.push(...(imports.get(file) ?? []))
      }
      return seen
    }
    const inCircles = [...imports.keys()].filter((file) => reach(file).has(file)).sort()
    expect(inCircles).toEqual([])
  })
})
