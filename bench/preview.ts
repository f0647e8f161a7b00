/**
 * `npx tsx bench/preview.ts`: from the save of a file to the picture that the preview's page has got, over the wire, as
 * its script does it: wait for the event, fetch, find the drawing. Medians over 21 saves, beside what one run of
 * `docker-network figure` takes for the same.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startPreview } from '../src/preview/server.ts'

const SAVES = 21
const BAR = 150

const composeOf = (services: number, image: string): string =>
  [
    'networks: { front: {}, back: {} }',
    'services:',
    ...Array.from(
      { length: services },
      (_, i) => `  s${i}: { image: ${image}, networks: [${i % 2 === 0 ? 'front' : 'back'}] }`,
    ),
    '',
  ].join('\n')

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** Waits for one event of the stream. */
async function nextEvent(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  for (;;) {
    const { value, done } = await reader.read()
    if (done || new TextDecoder().decode(value).includes('changed')) return
  }
}

async function measure(services: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'dn-bench-preview-'))
  const file = join(folder, 'compose.yaml')
  writeFileSync(file, composeOf(services, 'a0'))
  const preview = await startPreview({ target: file, isFolder: false, port: 0, language: 'en' })
  const events = await fetch(`${preview.address}events`)
  const reader = events.body?.getReader()
  if (reader === undefined) throw new Error('no events')
  await (await fetch(preview.address)).text()
  const took: number[] = []
  const work: number[] = []
  for (let i = 1; i <= SAVES; i++) {
    await sleep(120)
    const begin = performance.now()
    const cpu = process.cpuUsage()
    writeFileSync(file, composeOf(services, `a${i}`))
    await nextEvent(reader)
    const page = await (await fetch(`${preview.address}?first=b1-tab-0`)).text()
    took.push(performance.now() - begin)
    const { user, system } = process.cpuUsage(cpu)
    work.push((user + system) / 1000)
    if (!page.includes('docker-network-picture')) throw new Error('the page has no picture')
  }
  await reader.cancel()
  await preview.close()
  const begin = performance.now()
  spawnSync('node', ['bin/docker-network.js', 'figure', file])
  const command = performance.now() - begin
  rmSync(folder, { recursive: true })
  const [all, worst] = [median(took), Math.max(...took)]
  console.log(
    `${services} services: save to picture ${all.toFixed(0)} ms (worst ${worst.toFixed(0)}, of it ${median(work).toFixed(0)} ms of work), ${(command / all).toFixed(1)} times faster than one run of the command; ${all <= BAR ? 'within' : 'ABOVE'} the bar of ${BAR} ms`,
  )
}

for (const services of [3, 12, 40]) await measure(services)
