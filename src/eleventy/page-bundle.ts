/** Many kept pages in one file: a thousand files are opened, read and checked one by one, this one once. */
import type { Cache } from '../svg/cache.ts'

export interface PageBundle {
  /** What is kept under a key, `null` when it is not in the bundle. */
  find(key: string): string | null
  /** A page of this build is kept under a key: in the bundle as it is, or in the cache only. */
  note(key: string, bundled: boolean): void
  /** The end of a build: bundles its pages when many of them are in the cache only. */
  close(): void
}

/** Pages for which a bundle is worth its reading and writing. */
const WORTH = 32
/** Bytes of a bundle; pages beyond stay in files of their own. */
const MOST = 64 * 1024 * 1024

interface Bundle {
  readonly bytes: Buffer
  readonly places: ReadonlyMap<string, { readonly start: number; readonly end: number }>
}

const EMPTY: Bundle = { bytes: Buffer.alloc(0), places: new Map() }

/** @param name Key of the bundle in the cache. */
export function createPageBundle(cache: Cache, name: () => string): PageBundle {
  let bundle: Bundle | null = null
  let lookups = 0
  /** Keys of this build's pages, and whether the bundle has them. */
  const noted = new Map<string, boolean>()

  const contentOf = (key: string): string | null => {
    const place = bundle?.places.get(key)
    return bundle === null || place === undefined
      ? null
      : bundle.bytes.toString('utf8', place.start, place.end)
  }

  return {
    find(key) {
      lookups += 1
      // A small site, or one that is served and has one page changed, does not pay for all pages.
      if (bundle === null && lookups > WORTH) bundle = open(cache.readBytes(name()))
      return contentOf(key)
    },
    note: (key, bundled) => void noted.set(key, bundled),
    close() {
      const missing = [...noted.values()].filter((bundled) => !bundled).length
      if (missing >= Math.max(WORTH, noted.size / 8)) {
        const contents = [...noted].map(
          ([key, bundled]) => [key, bundled ? contentOf(key) : cache.read(key)] as const,
        )
        cache.write(name(), write(contents))
      }
      bundle = null
      lookups = 0
      noted.clear()
    },
  }
}

/** Keys and lengths in bytes on one line, then the contents one behind the other. */
function write(contents: readonly (readonly [key: string, content: string | null])[]): string {
  const places: [key: string, length: number][] = []
  const texts: string[] = []
  let total = 0
  for (const [key, content] of contents) {
    const length = content === null ? 0 : Buffer.byteLength(content)
    if (content === null || total + length > MOST) continue
    total += length
    places.push([key, length])
    texts.push(content)
  }
  return `${JSON.stringify(places)}\n${texts.join('')}`
}

function open(bytes: Buffer | null): Bundle {
  if (bytes === null) return EMPTY
  const places = new Map<string, { start: number; end: number }>()
  let start = bytes.indexOf(0x0a) + 1
  let listed: unknown
  try {
    listed = JSON.parse(bytes.toString('utf8', 0, start))
  } catch {
    return EMPTY
  }
  if (!Array.isArray(listed)) return EMPTY
  for (const one of listed) {
    const [key, length]: readonly unknown[] = Array.isArray(one) ? one : []
    if (typeof key !== 'string' || typeof length !== 'number' || !Number.isSafeInteger(length)) return EMPTY
    if (length < 0 || start + length > bytes.length) return EMPTY
    places.set(key, { start, end: start + length })
    start += length
  }
  return { bytes, places }
}
