import { hash, randomBytes } from 'node:crypto'
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'

/** Entries on the disk under the hash of everything that went into them. */
export interface Cache {
  /** The entry, or `null` when it is not there or was damaged (then it is removed, and made again). */
  read(key: string): string | null
  /** The same in UTF-8, for large entries of which only parts are wanted as text. */
  readBytes(key: string): Buffer | null
  /** Keeps an entry. A disk that cannot be written to is no error: the next build draws the figure again. */
  write(key: string, content: string): void
  /** Drops the least recently used entries above the limit, and what a build that was killed left behind. */
  trim(): void
}

/** Bytes of the largest entry that is read. */
const MOST = 512 * 1024 * 1024

/** First word of every entry; raised when the form of entries changes. */
const FORM = 'docker-network-cache-1'

/** An entry read again within this time does not have its use written down again. In milliseconds. */
const USE_GRAIN = 60 * 60 * 1000

/** A half-written file this old belongs to no build that still runs. In milliseconds. */
const ABANDONED = 60 * 60 * 1000

export const sha256 = (text: string | Uint8Array): string => hash('sha256', text)

/** Name under which something made from `parts` is kept. */
export const cacheKey = (...parts: readonly string[]): string => sha256(JSON.stringify(parts))

/** For entries that are turned into text at once: buffers of their own keep the garbage collector busy. */
let scratch = Buffer.allocUnsafe(64 * 1024)

const scratchOf = (size: number): Buffer => {
  if (size > scratch.length) scratch = Buffer.allocUnsafe(2 * size)
  return scratch
}

/**
 * Content of an entry file, whose use is noted; `null` when the file is not what was written.
 *
 * @param into Gives memory of at least so many bytes.
 */
function open(file: string, into: (size: number) => Buffer): Buffer | null {
  // Without waiting for who would write to a pipe.
  const descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const stat = fstatSync(descriptor)
    const { size, mtimeMs } = stat
    if (!stat.isFile() || size > MOST) return null
    const memory = into(size)
    const content = contentOf(memory.subarray(0, readSync(descriptor, memory, 0, size, 0)))
    const now = Date.now()
    if (content !== null && now - mtimeMs > USE_GRAIN) attempt(() => utimesSync(file, now / 1000, now / 1000))
    return content
  } finally {
    closeSync(descriptor)
  }
}

function contentOf(bytes: Buffer): Buffer | null {
  const end = bytes.indexOf(0x0a)
  // The bytes, not the text: no need to encode it again for its hash.
  const content = bytes.subarray(end + 1)
  return end > 0 && bytes.toString('latin1', 0, end) === `${FORM} ${sha256(content)}` ? content : null
}

function attempt<T>(action: () => T): T | null {
  try {
    return action()
  } catch {
    return null
  }
}

/** One level after the other: Node's own `recursive` never ends under /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  makeFolder(dirname(folder))
  try {
    mkdirSync(folder)
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!existsSync(folder)) throw error
  }
}

/**
 * A cache in `folder`, which is made when it is first written to. Several processes may use it at once: an
 * entry appears under its name only when it is whole, and one that another process removed is just not there.
 *
 * @param limit Bytes of all entries together above which `trim` drops some.
 */
export function createCache(folder: string, limit: number): Cache {
  const fileOf = (key: string): string => join(folder, `${key}.svgc`)
  const read = (key: string, into: (size: number) => Buffer): Buffer | null => {
    const file = fileOf(key)
    const content = attempt(() => open(file, into))
    if (content === null) attempt(() => rmSync(file, { force: true, recursive: true }))
    return content
  }
  return {
    read: (key) => read(key, scratchOf)?.toString() ?? null,
    readBytes: (key) => read(key, Buffer.allocUnsafe),

    write(key, content) {
      const temporary = join(folder, `${key}.${process.pid}.${randomBytes(6).toString('hex')}.tmp`)
      attempt(() => {
        makeFolder(folder)
        writeFileSync(temporary, `${FORM} ${sha256(content)}\n${content}`)
        renameSync(temporary, fileOf(key))
      }) ?? attempt(() => rmSync(temporary, { force: true }))
    },

    trim() {
      const names = attempt(() => readdirSync(folder)) ?? []
      const now = Date.now()
      const entries = names.flatMap((name) => {
        const file = join(folder, name)
        const stat = attempt(() => statSync(file))
        if (stat === null) return []
        if (name.endsWith('.svgc')) return [{ file, used: stat.mtimeMs, size: stat.size }]
        if (name.endsWith('.tmp') && now - stat.mtimeMs > ABANDONED)
          attempt(() => rmSync(file, { force: true }))
        return []
      })
      let total = entries.reduce((sum, entry) => sum + entry.size, 0)
      for (const entry of entries.sort((a, b) => a.used - b.used)) {
        if (total <= limit) break
        attempt(() => rmSync(entry.file, { force: true }))
        total -= entry.size
      }
    },
  }
}
