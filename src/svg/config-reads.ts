/** What came of the attempt to make Mermaid read its configuration without copying it. */
export interface PatchedScript {
  readonly code: string
  /** Why the script was left as it is; `null` when it was changed. */
  readonly refusal: string | null
}

const NAME = '"getConfig")'
const READ = /([\w$]+)=([\w$]+)\(\(\)=>([\w$]+)\(\{\},([\w$]+)\),$/

const quoted = (name: string): string => name.replaceAll('$', '\\$')

/**
 * Mermaid's `getConfig` copies the whole configuration at every call, which is more than a third of the time a
 * figure takes. The configuration is replaced as a whole whenever it changes, so a copy stays right for as long
 * as the original is the same object: this puts such a copy in front. docs/mermaid-getconfig.md offers the same
 * to Mermaid.
 *
 * The place is found by its form, `getConfig = named(() => merge({}, current))`: every build of Mermaid keeps
 * function names. If there is not exactly one, or `current` is ever merged into in place, nothing is changed.
 */
export function keepConfigReads(code: string): PatchedScript {
  const places: { at: number; read: RegExpExecArray }[] = []
  for (let end = code.indexOf(NAME); end >= 0; end = code.indexOf(NAME, end + 1)) {
    const from = Math.max(0, end - 200)
    const read = READ.exec(code.slice(from, end))
    if (read !== null) places.push({ at: from + read.index, read })
  }
  const [place, ...others] = places
  if (place === undefined || others.length > 0)
    return { code, refusal: `getConfig was found ${places.length} times instead of once` }
  const [text = '', assigned = '', named = '', merge = '', current = ''] = place.read
  if (new RegExp(`(?<![\\w$])${quoted(merge)}\\(${quoted(current)},`).test(code))
    return { code, refusal: 'the current configuration is changed in place' }
  const kept = `(()=>{let from,copy;return()=>from===${current}?copy:(from=${current},copy=${merge}({},${current}))})()`
  return {
    code: `${code.slice(0, place.at)}${assigned}=${named}(${kept},${code.slice(place.at + text.length)}`,
    refusal: null,
  }
}
