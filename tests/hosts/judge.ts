/** What the finished site of a host must hold: figures without a script, and styles. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'
import { parse } from 'parse5'
import type { Host } from './host.ts'

interface Element {
  readonly tagName?: string
  readonly attrs?: readonly { readonly name: string; readonly value: string }[]
  readonly childNodes?: readonly Element[]
  readonly content?: Element
}

const filesOf = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

function elements(node: Element): readonly Element[] {
  const inside = [...(node.childNodes ?? []), ...(node.content === undefined ? [] : [node.content])]
  return [node, ...inside.flatMap(elements)]
}

const attribute = (element: Element, name: string): string =>
  element.attrs?.find((one) => one.name === name)?.value ?? ''

/** @returns what is wrong. */
export function judge(host: Host, output: string): readonly string[] {
  if (!existsSync(output)) return [`there is no ${output}`]
  const files = filesOf(output)
  if (host.figure === 'script') {
    const drawn = files.filter((file) => {
      const text = /\.m?js$/.test(file) ? readFileSync(file, 'utf8') : ''
      return text.includes('docker-network-picture') && text.includes('172.18.0.')
    })
    return drawn.length > 0 ? [] : ['no script has a drawing']
  }
  const pages = files.filter(
    (file) => extname(file) === '.html' && readFileSync(file, 'utf8').includes('172.18.0.'),
  )
  if (pages.length === 0) return ['no page has an address of the figures']
  const texts = files
    .filter((file) => /\.(?:html|xml|css|json)$/.test(file))
    .map((file) => readFileSync(file, 'utf8'))
  return [
    ...pages.flatMap((page) => pageFaults(host, output, page)),
    ...(host.hasStyles && !texts.some((text) => text.includes('.docker-network-picture'))
      ? ['no stylesheet of figures is in the site']
      : []),
    ...(host.holds ?? [])
      .filter((one) => !texts.some((text) => one.test(text)))
      .map((one) => `nothing has ${one}`),
    ...(host.lacks ?? [])
      .filter((one) => texts.some((text) => one.test(text)))
      .map((one) => `something has ${one}`),
  ]
}

function pageFaults(host: Host, output: string, page: string): readonly string[] {
  const text = readFileSync(page, 'utf8')
  const all = elements(parse(text) as Element)
  const faults: string[] = []
  const name = page.slice(output.length + 1)
  const drawn = all.filter(
    (one) => one.tagName === 'svg' && attribute(one, 'class').includes('docker-network-picture'),
  )
  const images = all.filter((one) => one.tagName === 'img' && isOurImage(output, page, attribute(one, 'src')))
  const least = host.name === 'plain-html' ? 1 : 2
  if (host.figure === 'svg' && drawn.length < least) faults.push(`${name}: ${drawn.length} inline drawings`)
  if (host.figure === 'img' && images.length < least) {
    const sources = all
      .filter((one) => one.tagName === 'img')
      .map((one) => attribute(one, 'src').slice(0, 80))
    faults.push(`${name}: ${images.length} images of ours that are there, of ${sources.join(', ')}`)
  }
  if (/<code[^>]*class="[^"]*language-docker-network|class="mermaid"/.test(text))
    faults.push(`${name}: a block is left as it was`)
  if (/\{dn:|&#123;dn:/.test(text.replace(/<script[\s\S]*?<\/script>/g, '')))
    faults.push(`${name}: a reference is left`)
  if (!all.some((one) => one.tagName === 'table')) faults.push(`${name}: no table of addresses`)
  return faults
}

/** A file of the site, or a picture in the address itself. */
function isOurImage(output: string, page: string, src: string): boolean {
  if (src.startsWith('data:image/svg+xml'))
    return decodeURIComponent(atobOf(src)).includes('docker-network-picture')
  const path = decodeURIComponent(src.replace(/[?#].*$/, ''))
  const candidates = path.startsWith('/')
    ? [path, path.replace(/^\/[^/]+/, '')].map((one) => join(output, one))
    : [join(dirname(page), path)]
  return candidates.some(
    (file) =>
      existsSync(file) &&
      statSync(file).isFile() &&
      readFileSync(file, 'utf8').includes('docker-network-picture'),
  )
}

const atobOf = (src: string): string =>
  src.includes(';base64,')
    ? encodeURIComponent(Buffer.from(src.slice(src.indexOf(',') + 1), 'base64').toString())
    : src.slice(src.indexOf(',') + 1)
