import { readFileSync } from 'node:fs'

/** The version in this package's own package.json, which lies two folders above, in the source as in `dist`. */
export function packageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  return String(typeof manifest === 'object' && manifest !== null && Reflect.get(manifest, 'version'))
}
