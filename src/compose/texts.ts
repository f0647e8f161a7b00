/** All texts of one model, one behind the other: one offset says where something stands, whatever file it is in. */
import { joinedSource, type Source, type SourcePart } from '../problem/report.ts'

export interface Texts {
  /** @returns Offset at which the text begins. */
  add(text: string, source: Source): number
  readonly text: string
  readonly source: Source
}

export function createTexts(): Texts {
  const parts: SourcePart[] = []
  let all = ''
  return {
    add(text, source) {
      // A blank line in between, so that no offset belongs to two texts.
      const start = parts.length === 0 ? 0 : all.length + 1
      all = parts.length === 0 ? text : `${all}\n${text}`
      parts.push({ start, source })
      return start
    },
    get text() {
      return all
    },
    get source() {
      return joinedSource(parts)
    },
  }
}
