/** A stretch of the text an author wrote: offsets in UTF-16 units into that text, `end` exclusive. */
export interface Span {
  readonly start: number
  readonly end: number
}
