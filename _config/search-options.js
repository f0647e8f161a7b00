/** How texts become words; the same where the index is made and where it is asked. */

/** Address, path and name stay one word beside their parts: `172.18.0.2`, `UNKNOWN_KEY`, `ip_range`. */
const tokenize = (text) => {
  const words = text.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}_./:-]*/gu) ?? []
  return words.flatMap((word) => {
    const whole = word.replace(/[./:-]+$/, '')
    const parts = whole.split(/[_./:-]+/).filter((part) => part.length > 1)
    return parts.length > 1 ? [whole, ...parts] : [whole]
  })
}

export const OPTIONS = {
  fields: ['title', 'heading', 'text'],
  storeFields: ['title', 'heading'],
  tokenize,
  // Korean words end in particles, which a beginning of a word leaves open.
  searchOptions: { prefix: true, combineWith: 'AND', boost: { title: 3, heading: 4 }, fuzzy: 0.1 },
}
