/** Draws figures and prints what that changed in the process: globals, and properties of built-in prototypes. */
import { createSvgRenderer } from '../../src/svg/index.ts'

const BUILT_IN = [
  Object,
  Array,
  String,
  Number,
  Function,
  Map,
  Set,
  Promise,
  RegExp,
  Date,
  Symbol,
  Error,
  URL,
] as const

function snapshot(): ReadonlyMap<string, unknown> {
  const seen = new Map<string, unknown>()
  for (const key of Reflect.ownKeys(globalThis)) {
    const own = Object.getOwnPropertyDescriptor(globalThis, key)
    seen.set(`globalThis.${String(key)}`, own?.value ?? own?.get)
  }
  for (const type of BUILT_IN) {
    for (const [where, target] of [
      ['prototype.', type.prototype],
      ['', type],
    ] as const)
      for (const key of Reflect.ownKeys(target)) {
        const own = Object.getOwnPropertyDescriptor(target, key)
        seen.set(`${type.name}.${where}${String(key)}`, own?.value ?? own?.get)
      }
  }
  return seen
}

// Node defines some globals when they are first read; that is not our doing.
for (const key of Reflect.ownKeys(globalThis)) Reflect.get(globalThis, key)
const before = snapshot()
const renderer = createSvgRenderer({ cacheDirectory: null })
const results = await renderer.render(['flowchart TB\n a["`**web**`"] --> b', 'flowchart TB\n a[['])
await renderer.close()
const after = snapshot()
const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
  (key) => before.has(key) !== after.has(key) || !Object.is(before.get(key), after.get(key)),
)
console.log(JSON.stringify({ results: results.map((r) => r.status), changed }))
