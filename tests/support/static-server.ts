import { existsSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'

const TYPES: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.css', 'text/css'],
  ['.js', 'text/javascript'],
  ['.svg', 'image/svg+xml'],
  ['.woff2', 'font/woff2'],
  ['.xml', 'application/xml'],
  ['.json', 'application/json'],
])

export interface StaticServer {
  /** `http://localhost:PORT` */
  readonly origin: string
  close(): void
}

/** Serves a folder as a static host would, with `headers` on every answer. */
export async function serveFolder(
  folder: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<StaticServer> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname)
    const plain = join(folder, path)
    const file = existsSync(plain) && statSync(plain).isDirectory() ? join(plain, 'index.html') : plain
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    if (!file.startsWith(folder) || !existsSync(file)) {
      response.writeHead(404).end()
      return
    }
    response.setHeader('content-type', TYPES.get(extname(file)) ?? 'application/octet-stream')
    response.end(readFileSync(file))
  })
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done)
  })
  const { port } = server.address() as AddressInfo
  return { origin: `http://127.0.0.1:${port}`, close: () => server.close() }
}
