import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os'
import { join } from 'node:path'
import type { Spread } from './measure.ts'

/** One way of doing a thing. Times in seconds, memory and output in bytes. */
export interface Row {
  readonly name: string
  readonly rounds: number
  readonly wall: Spread
  readonly cpu: Spread
  readonly memory: number | null
  readonly bytes: { readonly raw: number; readonly zipped: number } | null
}

/** A ratio this project sets itself. */
export interface Bar {
  readonly what: string
  readonly value: number
  readonly bar: number
  readonly atLeast: boolean
  readonly unit: string
}

export interface Report {
  readonly machine: string
  readonly versions: readonly string[]
  readonly bars: readonly Bar[]
  readonly tables: readonly { readonly title: string; readonly rows: readonly Row[] }[]
}

export function machine(browser: string): string {
  const [cpu] = cpus()
  const chromium = execFileSync(browser, ['--version'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim()
  return [
    `${availableParallelism()} × ${cpu?.model ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GB`,
    `${process.platform} ${release()}, Node ${process.version}, ${chromium}`,
    `load before the run ${loadavg()[1]?.toFixed(1)}`,
  ].join('; ')
}

function versionOf(root: string, name: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'))
  const version =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : '?'
  return `${name} ${String(version)}`
}

export function versions(root: string, bench: string): readonly string[] {
  return [
    ...['mermaid', '@11ty/eleventy', 'markdown-it', 'yaml', 'linkedom'].map((name) => versionOf(root, name)),
    ...[
      '@mermaid-js/mermaid-cli',
      'rehype-mermaid',
      'beautiful-mermaid',
      'playwright',
      '@terrastruct/d2',
    ].map((name) => versionOf(bench, name)),
  ]
}

const seconds = ({ median, least, most }: Spread): string =>
  `${median.toFixed(2)} (${least.toFixed(2)}–${most.toFixed(2)})`

const megabytes = (bytes: number | null): string =>
  bytes === null ? '–' : `${Math.round(bytes / 2 ** 20)} MB`

function barLine({ what, value, bar, atLeast, unit }: Bar): string {
  const holds = atLeast ? value >= bar : value <= bar
  return `| ${what} | ${value.toFixed(unit === '×' ? 2 : 0)}${unit} | ${atLeast ? '≥' : '≤'} ${bar}${unit} | ${holds ? 'yes' : '**no**'} |`
}

function tableLines(title: string, rows: readonly Row[]): readonly string[] {
  return [
    `## ${title}`,
    '',
    '| | runs | wall, s | CPU, s | peak memory | output | gzip |',
    '|---|--|--|--|--|--|--|',
    ...rows.map(
      ({ name, rounds, wall, cpu, memory, bytes }) =>
        `| ${name} | ${rounds} | ${seconds(wall)} | ${seconds(cpu)} | ${megabytes(memory)} | ${bytes === null ? '–' : `${Math.round(bytes.raw / 1000)} kB`} | ${bytes === null ? '–' : `${Math.round(bytes.zipped / 1000)} kB`} |`,
    ),
    '',
  ]
}

export function report({ machine, versions, bars, tables }: Report): string {
  return [
    '# Benchmark',
    '',
    'Written by `npm run bench`. Times are medians of whole processes, least and most in parentheses; CPU is user and',
    'system time of the process and all it started; memory is the largest sum of proportional set sizes seen in a run',
    'of its own. Read the ratios: the machine is shared.',
    '',
    `- ${machine}`,
    `- ${versions.join(', ')}`,
    '- beautiful-mermaid and D2 get the same boxes and edges without front matter, edge ids and markdown, which they cannot',
    '  read; Mermaid lays out the figures of the other tools with dagre, since only this project brings its layout.',
    '',
    '| | measured | bar | holds |',
    '|---|--|--|--|',
    ...bars.map(barLine),
    '',
    ...tables.flatMap(({ title, rows }) => tableLines(title, rows)),
  ].join('\n')
}
