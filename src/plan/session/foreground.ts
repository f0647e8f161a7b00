import type { Container } from '../../engine/state.ts'
import type { Span } from '../../problem/problem.ts'

/** A container that `docker run` without `-d` has started holds its terminal. */
export interface Foreground {
  readonly container: Container
  readonly span: Span
  /** The author gave it a name, and no `--rm`: so it is to be used later. */
  readonly isNamed: boolean
}
