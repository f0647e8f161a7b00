/**
 * `docker-network preview`: a page on this machine alone that shows the figures of a file or of all files of a folder,
 * and follows them as they are saved.
 */
import { readFile } from 'node:fs/promises'
import { basename, relative, resolve } from 'node:path'
import { EventStream, H3, type H3Event, serve, serveStatic } from 'h3'
import { findFiles } from '../input/find.ts'
import { readInputText } from '../input/input.ts'
import { type Watching, watchFiles } from '../input/watch.ts'
import { PREVIEW_SCRIPT, PREVIEW_STYLE } from './client.ts'
import { fileHtml, filesHtml, previewPage, type ServedFile } from './page.ts'
import { type PreviewWords, previewWords } from './words.ts'

export interface PreviewOptions {
  /** A file, or a folder whose files are served. It is there. */
  readonly target: string
  readonly isFolder: boolean
  /** 0 for one that is free. */
  readonly port: number
  /** BCP 47 tag; what the browser asks for unless given. */
  readonly language: string | undefined
}

export interface Preview {
  /** `http://127.0.0.1:PORT/` */
  readonly address: string
  close(): Promise<void>
}

/** Only this machine, and only under a name of it: a page elsewhere cannot make its own name lead here. */
const HOST = '127.0.0.1'
const OWN_NAMES = /^(?:127\.0\.0\.1|localhost)(?::\d+)?$/

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"

/** @throws the system's error when the port cannot be had. */
export async function startPreview(options: PreviewOptions): Promise<Preview> {
  const readers = new Set<EventStream>()
  const watching = await watchFiles([options.target], () => {
    for (const reader of readers) void reader.push('changed')
  })
  const server = serve(routes(options, watching, readers), {
    port: options.port,
    hostname: HOST,
    silent: true,
    gracefulShutdown: false,
  })
  try {
    await server.ready()
  } catch (error) {
    await watching.close()
    throw error
  }
  return {
    address: `http://${HOST}:${new URL(server.url ?? '').port}/`,
    async close() {
      for (const reader of readers) void reader.close()
      await watching.close()
      await server.close(true)
    },
  }
}

function routes(options: PreviewOptions, watching: Watching, readers: Set<EventStream>): H3 {
  const app = new H3()
  app.use((event) => {
    if (!OWN_NAMES.test(event.req.headers.get('host') ?? '')) return new Response(null, { status: 403 })
    event.res.headers.set('content-security-policy', POLICY)
    event.res.headers.set('cache-control', 'no-store')
    event.res.headers.set('x-content-type-options', 'nosniff')
    return undefined
  })
  const page = async (
    event: H3Event,
    main: (words: PreviewWords) => Promise<string>,
    title: string,
  ): Promise<string> => {
    const words = previewWords(options.language ?? event.req.headers.get('accept-language') ?? 'en')
    event.res.headers.set('content-type', 'text/html; charset=utf-8')
    return previewPage(await main(words), title, words)
  }
  app.get('/', async (event) => {
    if (!options.isFolder)
      return page(
        event,
        async (words) => fileHtml(await read(options.target, options, watching), words, firstOf(event)),
        basename(options.target),
      )
    const found = await Promise.all(namesIn(options.target).map((name) => read(name, options, watching)))
    return page(event, async (words) => filesHtml(found, words), options.target)
  })
  app.get('/file', async (event) => {
    const name = event.url.searchParams.get('name') ?? ''
    if (!options.isFolder || !namesIn(options.target).includes(name))
      return new Response(null, { status: 404 })
    return page(
      event,
      async (words) => fileHtml(await read(name, options, watching), words, firstOf(event)),
      name,
    )
  })
  app.get('/events', (event) => {
    const stream = new EventStream(event)
    readers.add(stream)
    stream.onClosed(() => {
      readers.delete(stream)
    })
    // Nothing is sent, not even the head, before there is something to send.
    void stream.pushComment('open')
    return stream
  })
  app.get('/preview.js', (event) => text(event, 'text/javascript', PREVIEW_SCRIPT))
  app.get('/preview.css', (event) => text(event, 'text/css', PREVIEW_STYLE))
  app.get('/assets/**', asset)
  return app
}

/** The tabs that a reader sees just now, which a page asks for before it asks for all. */
function firstOf(event: H3Event): ReadonlySet<string> | null {
  const ids = event.url.searchParams.get('first')
  return ids === null ? null : new Set(ids.split(','))
}

function text(event: H3Event, type: string, content: string): string {
  event.res.headers.set('content-type', `${type}; charset=utf-8`)
  return content
}

const ASSETS = new URL('../../assets/', import.meta.url)

function asset(event: H3Event): Promise<unknown> {
  const fileOf = (id: string): URL => new URL(id.replace(/^\/assets\//, './'), ASSETS)
  return serveStatic(event, {
    getContents: async (id) => new Uint8Array(await readFile(fileOf(id))),
    getMeta: async (id) => {
      const file = fileOf(id)
      if (!file.href.startsWith(ASSETS.href)) return undefined
      const content = await readFile(file).catch(() => null)
      return content === null ? undefined : { size: content.length }
    },
  })
}

/** Files of the folder as they are now, by their paths from the current folder. */
function namesIn(folder: string): readonly string[] {
  const found = findFiles(folder)
  return found.ok ? found.files : []
}

/** Reads a file as it is now, and watches what it was read from. */
async function read(name: string, options: PreviewOptions, watching: Watching): Promise<ServedFile> {
  try {
    const content = await readFile(name, 'utf8')
    const input = readInputText(relative('.', name), name, content, { language: options.language })
    watching.add(input.files.map((file) => resolve(input.root, file)))
    return { name, input }
  } catch {
    return { name, input: null }
  }
}
