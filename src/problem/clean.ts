/**
 * What may not leave an author's text as it is, wherever it goes: it would steer a terminal or a build's log, turn the
 * direction of what stands around it, or is no character of HTML and XML at all.
 */

/** Tab and line feed are none of them: a text may have lines. */
const HARMFUL =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\p{Surrogate}\p{Noncharacter_Code_Point}]/gu

/** The same text with U+FFFD for each of them; line ends of Windows become line feeds. */
export const cleanText = (text: string): string =>
  isPlain(text) ? text : text.replace(/\r\n/g, '\n').replace(HARMFUL, '\ufffd')

/** As `cleanText`, and in one line: a line of its own may be a command to who reads the log. */
export const cleanLine = (text: string): string =>
  isPlain(text) && !text.includes('\n') ? text : cleanText(text).replace(/\n/g, '\ufffd')

/** The usual case, told in one look. */
const isPlain = (text: string): boolean => /^[\t\n\x20-\x7e\u00a0-\u0600\uac00-\ud7a3]*$/.test(text)

/** As `cleanLine`, without what build services take for a command wherever it stands (`##[error]`, `##vso[…]`). */
export const logLine = (text: string): string => cleanLine(text).replace(/##(?=[a-z]*\[)/gi, '#\ufffd')

/** Name of a file at the beginning of a line of a log, where two colons begin a command. */
export const logFile = (name: string): string =>
  name.startsWith('::') ? `./${logLine(name)}` : logLine(name)
