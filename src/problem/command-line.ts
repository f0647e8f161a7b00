/** Command lines as an author types them: the one place that quotes words. */

/** A word for a POSIX shell, quoted where it must be. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

/** Words as a shell line. */
export function commandLine(...words: readonly string[]): string {
  return words.map(shellWord).join(' ')
}
