import type { ProblemCode } from '../problem/code.ts'
import type { Problem, Span } from '../problem/problem.ts'
import { type Said, worded } from '../problem/say.ts'

/** A problem of severity error without related places, in one line. */
export function problemAt(code: ProblemCode, span: Span, message: Said, hint: Said): Problem {
  return { code, severity: 'error', ...worded(message, hint), span, related: [] }
}

export function warningAt(code: ProblemCode, span: Span, message: Said, hint: Said): Problem {
  return { code, severity: 'warning', ...worded(message, hint), span, related: [] }
}
