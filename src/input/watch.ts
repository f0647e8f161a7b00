/** Tells of changes in the files that something was read from, which may be others each time. */
import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { watch } from 'chokidar'

/** Milliseconds in which several writes of an editor count as one. */
const TOGETHER = 25

export interface Watching {
  /** What to watch from now on, besides what was named before: files, also such that are not there yet, and folders. */
  add(paths: readonly string[]): void
  close(): Promise<void>
}

/**
 * Resolves when nothing that happens to `paths` is missed any more.
 *
 * @param changed Called with the absolute paths of all files that changed, came or went, once they are written.
 */
export async function watchFiles(
  paths: readonly string[],
  changed: (paths: readonly string[]) => void,
): Promise<Watching> {
  const watched = new Set(paths.map((path) => resolve(path)))
  const waiting = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  const watcher = watch([...watched], {
    ignoreInitial: true,
    ignored: (path) => /[\\/](?:node_modules|_site|\.git)(?:[\\/]|$)/.test(path),
  })
  watcher.on('all', (_event, path) => {
    waiting.add(resolve(path))
    clearTimeout(timer)
    timer = setTimeout(() => {
      const happened = [...waiting]
      waiting.clear()
      changed(happened)
    }, TOGETHER)
  })
  await new Promise<void>((done) => watcher.once('ready', () => done()))
  return {
    add(others) {
      // The folder of a file that is missing: chokidar waits for it there.
      const fresh = others
        .map((path) => (existsSync(path) ? resolve(path) : dirname(resolve(path))))
        .filter((path) => !watched.has(path))
      for (const path of fresh) watched.add(path)
      if (fresh.length > 0) watcher.add(fresh)
    },
    async close() {
      clearTimeout(timer)
      await watcher.close()
    },
  }
}
