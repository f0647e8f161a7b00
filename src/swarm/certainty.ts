/**
 * How sure a value is. `declared`: it was asked for. `computed`: Docker's rules leave no choice.
 * `one-of-several`: Docker leaves it to chance and this is one possible outcome.
 */
export type Certainty = 'declared' | 'computed' | 'one-of-several'
