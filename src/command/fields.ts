/** Values that are lists of fields: `name=back,ip=10.5.0.9`. */
import { partOf, trimEnd, trimStart, type Written } from '../problem/written.ts'

/** Key and value of `KEY=VALUE`. */
export function splitField(field: Written): readonly [Written, Written] {
  const equals = field.text.indexOf('=')
  const trim = (part: Written): Written => trimStart(trimEnd(part))
  const end = equals < 0 ? field.text.length : equals
  return [trim(partOf(field, 0, end)), trim(partOf(field, Math.min(end + 1, field.text.length)))]
}

/** Whether the first field of a list of fields is `KEY=VALUE`. @see docker/cli `opts/network.go: networkSyntax` */
export function isLongForm(text: string): boolean {
  const equals = text.indexOf('=')
  return equals > 0 && /^[a-z0-9-]+$/.test(text.slice(text.lastIndexOf(',', equals) + 1, equals))
}
