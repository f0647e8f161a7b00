/** Whole builds of generated Eleventy sites, with the plugin and without it. */
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Command, peakMemory, type Run, run, spreadOf } from './measure.ts'
import type { Bar, Row } from './report.ts'
import { SITES, writeSite } from './site.ts'

interface SiteOptions {
  /** The repository. */
  readonly root: string
  /** Folder for the sites. */
  readonly work: string
  /** This package's JavaScript. */
  readonly dist: string
  readonly posts: number
  readonly rounds: number
}

export interface Sites {
  readonly rows: readonly Row[]
  /** Of sites with the plugin, their CPU time against the same site without it, built right before. */
  readonly ratios: { readonly cold: number; readonly figures: number; readonly none: number }
}

/** Builds of a site of 1,000 posts vary by a tenth with what the disk has to do. */
const LEAST_SITE_ROUNDS = 9
const COLD_ROUNDS = 3

export async function measureSites({ root, work, dist, posts, rounds }: SiteOptions): Promise<Sites> {
  const eleventy = join(root, 'node_modules/@11ty/eleventy/cmd.cjs')
  const folderOf = (name: string): string => join(work, `site-${name}`)
  for (const site of SITES) writeSite(folderOf(site.name), site, posts, dist)
  const build = (name: string): Command => ({
    file: process.execPath,
    args: [eleventy, '--quiet'],
    cwd: folderOf(name),
  })
  const rows: Row[] = []
  const measured = new Map<string, Run[]>()
  const record = async (label: string, name: string): Promise<void> => {
    rmSync(join(folderOf(name), '_site'), { recursive: true, force: true })
    // Else the kernel writes what the last build left while this one runs, and counts it as this one's time.
    spawnSync('sync')
    const list = measured.get(label) ?? []
    measured.set(label, list)
    list.push(await run(build(name)))
    process.stderr.write(`${label}: ${list.at(-1)?.wall} s, CPU ${list.at(-1)?.cpu} s\n`)
  }
  const labels = (cold: boolean, name: string): string =>
    `${posts} posts, ${name.startsWith('blocks') ? 'a figure each' : 'no figure'}, ${name.endsWith('plugin') ? `with the plugin${cold ? ', cold' : ''}` : 'without the plugin'}`
  for (let round = 0; round < Math.max(rounds, LEAST_SITE_ROUNDS); round++) {
    if (round < COLD_ROUNDS) {
      rmSync(join(folderOf('blocks-plugin'), '.cache'), { recursive: true, force: true })
      await record(labels(true, 'blocks-plugin'), 'blocks-plugin')
    }
    for (const site of SITES) await record(labels(false, site.name), site.name)
  }
  for (const [name, runs] of measured) {
    rows.push({
      name,
      rounds: runs.length,
      wall: spreadOf(runs.map((one) => one.wall)),
      cpu: spreadOf(runs.map((one) => one.cpu)),
      memory: null,
      bytes: null,
    })
  }
  for (const site of SITES) {
    const memory = await peakMemory(build(site.name))
    const label = labels(false, site.name)
    const at = rows.findIndex((row) => row.name === label)
    const row = rows[at]
    if (row !== undefined) rows[at] = { ...row, memory }
  }
  const ratio = (site: string, cold = false): number => {
    const without = measured.get(labels(false, `${site}-plain`)) ?? []
    const pairs = (measured.get(labels(cold, `${site}-plugin`)) ?? []).map(
      ({ cpu }, i) => cpu / (without[i]?.cpu ?? Number.NaN),
    )
    return spreadOf(pairs).median
  }
  return { rows, ratios: { cold: ratio('blocks', true), figures: ratio('blocks'), none: ratio('none') } }
}

export function siteBars({ cold, figures, none }: Sites['ratios']): readonly Bar[] {
  return [
    {
      what: 'CPU of the cold site with a figure in every post ÷ without the plugin, median of pairs',
      value: cold,
      bar: 1.6,
      atLeast: false,
      unit: '×',
    },
    {
      what: 'CPU of the warm site with a figure in every post ÷ without the plugin, median of pairs',
      value: figures,
      bar: 1.1,
      atLeast: false,
      unit: '×',
    },
    {
      what: 'CPU of the site without figures, with the plugin ÷ without it, median of pairs',
      value: none,
      bar: 1.02,
      atLeast: false,
      unit: '×',
    },
  ]
}
