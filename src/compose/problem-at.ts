import type { ProblemCode } from '../problem/code.ts'
import type { Problem, Span } from '../problem/problem.ts'

/** A problem of severity error without related places, in one line. */
export function problemAt(code: ProblemCode, span: Span, message: string, hint: string): Problem {
  return { code, severity: 'error', message, hint, span, related: [] }
}

export function warningAt(code: ProblemCode, span: Span, message: string, hint: string): Problem {
  return { code, severity: 'warning', message, hint, span, related: [] }
}
