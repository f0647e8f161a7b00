/** Hops that a badge stands for: `A3–5` is A3, A4 and A5. */
export function hopsOn(badge: string): readonly string[] {
  const [, letter = '', from = '', to] = /^([A-Z]?)(\d+)(?:–(\d+))?$/.exec(badge) ?? []
  const [first, last] = [Number(from), Number(to ?? from)]
  return Array.from({ length: last - first + 1 }, (_, at) => `${letter}${first + at}`)
}
