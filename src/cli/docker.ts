/** Asks a running engine through the docker command line, with whatever context and DOCKER_HOST it is set to. */
import { execFile } from 'node:child_process'
import { releaseOf } from '../verify/guess-engine.ts'
import { type Inspected, readInspect } from '../verify/inspect.ts'
import type { EngineVersion } from '../version.ts'
import { UsageError } from './command.ts'

export interface RunningEngine {
  readonly inspected: Inspected
  /** As `docker version` prints it. */
  readonly version: string
  /** The release whose rules it follows. */
  readonly release: EngineVersion
}

/** Bytes of output taken from one command; an engine with thousands of containers prints some of these. */
const MOST_OUTPUT = 1 << 28

/** All networks and containers of the engine. @throws {UsageError} when it cannot be asked. */
export async function inspectEngine(): Promise<RunningEngine> {
  const version = (await docker(['version', '--format', '{{.Server.Version}}'])).trim()
  const networks = await inspectAll(['network', 'ls', '-q', '--no-trunc'], ['network', 'inspect'])
  const containers = await inspectAll(['ps', '-a', '-q', '--no-trunc'], ['inspect', '--type', 'container'])
  return {
    inspected: { networks: networks.networks, containers: containers.containers },
    version,
    release: releaseOf(version),
  }
}

async function inspectAll(list: readonly string[], inspect: readonly string[]): Promise<Inspected> {
  const ids = (await docker(list)).split('\n').filter((line) => line !== '')
  if (ids.length === 0) return { networks: [], containers: [] }
  const reading = readInspect(await docker([...inspect, ...ids]))
  if (!reading.ok) throw new UsageError(`docker ${inspect.join(' ')}: ${reading.message}`)
  return reading.value
}

const docker = (words: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    execFile('docker', [...words], { encoding: 'utf8', maxBuffer: MOST_OUTPUT }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout)
      else
        reject(new UsageError(`docker ${words.slice(0, 2).join(' ')}: ${stderr.trim() || reasonOf(error)}`))
    })
  })

const reasonOf = (error: Error): string =>
  Reflect.get(error, 'code') === 'ENOENT' ? 'the docker command is not installed' : error.message
