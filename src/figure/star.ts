import type { Certainty } from '../plan/plan.ts'

/** A dagger behind what is one of several values. */
export const star = (text: string, certainty: Certainty): string =>
  certainty === 'one-of-several' ? `${text} †` : text
