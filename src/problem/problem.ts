import type { ProblemCode, Severity } from './code.ts'
import type { OtherSide, Wording } from './say.ts'
import type { Span } from './span.ts'

export type { Severity, Span }

/** A value together with the place where the author wrote it. */
export interface Located<T> {
  readonly value: T
  readonly span: Span
}

/** Something an author should know. A value, never thrown; offsets until `report.ts` prints it. */
export interface Problem extends Wording {
  /** Stable name, in upper snake case; moby's own word where it has one (`POOL_OVERLAP`, `ADDRESS_IN_USE`). */
  readonly code: ProblemCode
  readonly severity: Severity
  readonly span: Span
  /** The other sides of a conflict, e.g. where the overlapping subnet was declared. */
  readonly related: readonly OtherSide[]
  /** What of a compose file it is about, for those who word it as compose does. */
  readonly about?:
    | { readonly service?: string | undefined; readonly key?: string; readonly port?: string | undefined }
    | undefined
  /** The edit that the hint asks for, where it is one: `text` in the place of `span`. For editors. */
  readonly fix?: Fix | undefined
}

export interface Fix {
  readonly span: Span
  readonly text: string
}

/** Where stages put problems. Passed down; a stage goes on after reporting as long as it can. */
export type Report = (problem: Problem) => void
