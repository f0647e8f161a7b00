/** Folder of a file, with `/` at its end; `''` for the project's root. Paths count from there. */
export function fileFolder(file: string): string {
  return file.slice(0, file.lastIndexOf('/') + 1)
}

/** Whether a path is none of this machine: compose fetches such a resource, and nothing is fetched here. */
export function isRemote(path: string): boolean {
  return /^(?:oci|https?|git|ssh):\/\/|^git@|\.git(?:#|$)|^github\.com\//.test(path)
}

/** A folder below another, as written: `..` stays for whoever reads files. */
export function folderBelow(folder: string, path: string): string {
  const whole = path.startsWith('/') ? path : `${folder}${path}`
  const parts: string[] = []
  for (const part of whole.split('/')) {
    if (part === '' && parts.length > 0) continue
    if (part === '.') continue
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..' && parts.at(-1) !== '') parts.pop()
    else parts.push(part)
  }
  const joined = parts.join('/')
  return joined === '' ? (whole.startsWith('/') ? '/' : '') : `${joined.replace(/(?<!\/)\/+$/, '')}/`
}
