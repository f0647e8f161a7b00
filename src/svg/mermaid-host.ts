import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { compileFunction } from 'node:vm'
import type { DrawingWindow } from './window.ts'

/** Mermaid as it lies on the disk. */
export interface MermaidPackage {
  readonly version: string
  /** The single-file build that Mermaid documents for use from a CDN. */
  readonly script: string
}

/** The part of Mermaid's documented API that a figure needs. */
export interface Mermaid {
  initialize(config: object): void
  render(id: string, text: string): Promise<{ readonly svg: string }>
  registerLayoutLoaders(loaders: readonly object[]): void
}

/** Mermaid is not there, or is not one this package can work with. The message says what to do. */
export class MermaidError extends Error {
  override readonly name = 'MermaidError'
}

const SCRIPT = 'dist/mermaid.min.js'

/** Path of Mermaid's script as seen from the project, else from this package, which may be installed elsewhere. */
function resolveScript(name: string, from: string): string | null {
  for (const place of [from, import.meta.url]) {
    try {
      return createRequire(place).resolve(`${name}/${SCRIPT}`)
    } catch {
      // Not there; the caller says so when it is nowhere.
    }
  }
  return null
}

/**
 * Finds the installed Mermaid: the project's, else the one beside this package.
 *
 * @param name Package name; another than `mermaid` for an npm alias.
 * @throws {MermaidError} when it is not installed or has no single-file build.
 */
export function findMermaid(name: string, from: string): MermaidPackage {
  const script = resolveScript(name, from)
  if (script === null)
    throw new MermaidError(
      `cannot find ${name}/${SCRIPT}: figures are drawn with Mermaid 11.17 or newer; npm install mermaid`,
    )
  const manifest: unknown = JSON.parse(readFileSync(join(script, '../../package.json'), 'utf8'))
  const version =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : ''
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major < 11 || (major === 11 && minor < 17))
    throw new MermaidError(
      `Mermaid ${version} is too old: figures need 11.17 or newer; npm install mermaid@^11.17`,
    )
  return { version, script }
}

const isMermaid = (value: unknown): value is Mermaid =>
  typeof value === 'object' &&
  value !== null &&
  ['initialize', 'render', 'registerLayoutLoaders'].every(
    (name) => typeof Reflect.get(value, name) === 'function',
  )

/**
 * Evaluates Mermaid with a window of its own. The globals of a browser are parameters of the function the
 * script becomes, so the process gets no `document`, and another copy of Mermaid in it is not touched.
 *
 * @throws {MermaidError} when the script does not leave a Mermaid behind.
 */
export function loadMermaid(mermaid: MermaidPackage, window: DrawingWindow, code: string): Mermaid {
  const globals = window.globals
  // esbuild's IIFE keeps its namespace in a `var`; as a parameter it can also be read from `globalThis`.
  const namespace = /globalThis\.(\w+)\["mermaid"\]\.default/.exec(code)?.[1]
  const target: Record<string, unknown> = {}
  const browser = globals.globalThis
  if (typeof browser !== 'object' || browser === null) throw new TypeError('no window')
  const names = Object.keys(globals)
  const values = Object.values(globals)
  if (namespace !== undefined) {
    names.push(namespace)
    values.push(target)
    Reflect.set(browser, namespace, target)
  }
  const evaluate = compileFunction(`${code}\nreturn globalThis.mermaid`, names, { filename: mermaid.script })
  const api: unknown = evaluate(...values)
  if (!isMermaid(api))
    throw new MermaidError(
      `Mermaid ${mermaid.version} does not offer initialize, render and registerLayoutLoaders; use a version between 11.17 and 12`,
    )
  return api
}

/** Text of Mermaid's script. */
export function readScript(mermaid: MermaidPackage): string {
  return readFileSync(mermaid.script, 'utf8')
}
