/** What an author is told, in the language of the page, the editor or the terminal that shows it. */
import { codeEntries } from './codes.ts'
import { KOREAN } from './korean.ts'
import { englishOf, filled, type OtherSide, type Said, type Wording } from './say.ts'

/** @param language BCP 47 tag: `ko-KR`. */
export function textIn(said: Said, language = 'en'): string {
  if (!/^ko\b/i.test(language)) return englishOf(said)
  const text = filled(KOREAN[said.template] ?? said.template, said.values, (part) => textIn(part, language))
  if (said.code === undefined) return text
  const meaning = codeEntries().get(said.code)?.meaning.ko ?? ''
  return `${meaning} ${said.code.startsWith('YAML_') ? 'YAML' : 'Docker'}: ${text}`
}

/** A problem's words in the language of a page. */
export function wordsIn(
  { said, related }: Pick<Wording, 'said'> & { readonly related: readonly OtherSide[] },
  language: string,
): { readonly message: string; readonly hint: string; readonly related: readonly string[] } {
  return {
    message: textIn(said.message, language),
    hint: textIn(said.hint, language),
    related: related.map((one) => textIn(one.said, language)),
  }
}
