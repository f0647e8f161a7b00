/** Models of the gallery, for the playground's list of examples. */
import { readdirSync, readFileSync } from 'node:fs'

const FOLDER = new URL('../content/gallery/', import.meta.url)

/** `03-user-bridge.yaml` is the example `user-bridge`; the numbers are the order. */
export default () =>
  readdirSync(FOLDER)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => ({
      id: file.replace(/^\d+-|\.yaml$/g, ''),
      model: readFileSync(new URL(file, FOLDER), 'utf8'),
    }))
