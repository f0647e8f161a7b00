/** How long placing takes, warm: the dearest figure of the gallery, and 300 containers on 40 networks. */
import { compile } from '../../src/compile.ts'
import { place } from '../../src/picture/place.ts'
import { figureCases } from '../../tests/support/figures.ts'

/** Warm runs, of which the quickest counts. */
const RUNS = 5

/** CPU time of the quickest run in ms: other processes of a busy machine change it less than the clock. */
function cpuOf(source: string): number {
  const compiled = compile(source, { language: 'en' })
  if (!compiled.ok) throw new Error(compiled.problems.map((problem) => problem.message).join('; '))
  let best = Number.POSITIVE_INFINITY
  for (let run = 0; run <= RUNS; run++) {
    const begin = process.cpuUsage()
    place(compiled.scene)
    if (run > 0) best = Math.min(best, process.cpuUsage(begin).user / 1000)
  }
  return best
}

/** @param share How many of a hundred containers hang on two networks or three. */
function large(share: number): string {
  let seed = 7
  const next = (below: number): number => {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff
    return (seed >> 8) % below
  }
  const networks = Array.from(
    { length: 40 },
    (_, n) => `  n${n}: { ipam: { config: [{ subnet: 10.${n}.0.0/24 }] } }`,
  )
  const services = Array.from({ length: 300 }, (_, c) => {
    const on = new Set([next(40)])
    if (next(100) < share) on.add(next(40)).add(next(40))
    return `  c${c}: { image: x, networks: [${[...on].map((n) => `n${n}`).join(', ')}] }`
  })
  return ['networks:', ...networks, 'services:', ...services].join('\n')
}

export function speed(): readonly string[] {
  const gallery = figureCases('gallery').map((one) => ({ name: one.name, ms: cpuOf(one.source) }))
  const dearest = gallery.reduce((a, b) => (b.ms > a.ms ? b : a))
  return [
    `dearest of the gallery: ${dearest.name} ${dearest.ms.toFixed(1)} ms (bar 20)`,
    ...[0, 10, 30].map(
      (share) =>
        `300 containers on 40 networks, ${share} % on several: ${cpuOf(large(share)).toFixed(0)} ms (bar 300)`,
    ),
  ]
}
