/** The source in TypeScript, loaded once for each reading of the configuration, so that `--serve` sees its edits. */
import { tsImport } from 'tsx/esm/api'

let loaded = null

/** Loads it afresh. tsImport, not import: only its modules are forgotten again. */
export function loadSource() {
  loaded = tsImport('../scripts/site-source.ts', import.meta.url)
  return loaded
}

/** What the configuration has loaded. */
export function source() {
  return loaded ?? loadSource()
}
