/** Models of the gallery, for the playground's list of examples, under the names they have there. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'

const CONTENT = new URL('../content/', import.meta.url)
const read = (path) => readFileSync(new URL(path, CONTENT), 'utf8')

/** The heading under which each file is shown first; a site without a gallery has none. */
function names(gallery) {
  const found = new Map()
  if (!existsSync(new URL(gallery, CONTENT))) return found
  for (const section of read(gallery).split(/^## /m).slice(1)) {
    const file = / src=gallery\/(\S+)/.exec(section)?.[1]
    if (file !== undefined && !found.has(file)) found.set(file, section.split('\n', 1)[0])
  }
  return found
}

/** `03-user-bridge.yaml` is the example `user-bridge`; the numbers are the order. */
export default () => {
  const named = { ko: names('gallery.md'), en: names('en/gallery.md') }
  return readdirSync(new URL('gallery/', CONTENT))
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => {
      const id = file.replace(/^\d+-|\.yaml$/g, '')
      return {
        id,
        name: { ko: named.ko.get(file) ?? id, en: named.en.get(file) ?? id },
        model: read(`gallery/${file}`),
      }
    })
}
