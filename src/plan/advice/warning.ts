import type { ProblemCode } from '../../problem/code.ts'
import type { Problem, Span } from '../../problem/problem.ts'
import { type Said, worded } from '../../problem/say.ts'

export function warning(
  code: ProblemCode,
  span: Span,
  message: Said,
  hint: Said,
  related: Problem['related'] = [],
): Problem {
  return { code, severity: 'warning', ...worded(message, hint), span, related }
}
