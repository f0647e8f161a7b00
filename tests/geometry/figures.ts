/** The figures that are measured: the gallery in both languages, every view of every model, and random ones. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { type Compiled, compile } from '../../src/compile.ts'
import { topologies } from '../support/topologies.ts'

const GALLERY = join(import.meta.dirname, '../../content/gallery')

export interface Subject {
  readonly name: string
  readonly source: string
  readonly compiled: Compiled & { readonly ok: true }
}

const VIEWS = ['network', 'datapath', 'overlay', 'bus'] as const

export function gallery(): Subject[] {
  const files = readdirSync(GALLERY).filter((name) => name.endsWith('.yaml'))
  return files.flatMap((file) => {
    const source = readFileSync(join(GALLERY, file), 'utf8')
    const own = ['ko', 'en'].map((language) =>
      subject(`${file} (${language})`, source, compile(source, { language })),
    )
    const views = VIEWS.map((view) =>
      subject(`${file} as ${view}`, source, compile(source, { language: 'ko', figure: { view } })),
    )
    return [...own, ...views]
  })
}

export function randomFigures(seed: number, count: number): Subject[] {
  return fc.sample(topologies(), { seed, numRuns: count }).flatMap((source, i) => {
    const view = i % 2 === 0 ? undefined : VIEWS[(i >> 1) % VIEWS.length]
    const direction = i % 7 === 6 ? ('right' as const) : undefined
    const figure = { ...(view && { view }), ...(direction && { direction }) }
    const compiled = compile(source, { language: i % 3 === 0 ? 'ko' : 'en', figure })
    // What Docker refuses is not drawn.
    return compiled.ok ? [{ name: `${view ?? 'default'} view of\n${source}`, source, compiled }] : []
  })
}

function subject(name: string, source: string, compiled: Compiled): Subject {
  if (!compiled.ok)
    throw new Error(`${name}: ${compiled.problems.map((problem) => problem.message).join('; ')}`)
  return { name, source, compiled }
}
