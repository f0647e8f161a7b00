import { en } from './en.ts'
import { ko } from './ko.ts'
import type { Words } from './words.ts'

/** Every language there are words for, by primary subtag. Enter a new one here. */
export const LANGUAGES: ReadonlyMap<string, Words> = new Map([ko, en].map((words) => [words.language, words]))

/** The words of a language tag (`ko`, `ko-KR`, `EN`); English where there are none for it. */
export function wordsFor(language: string): Words {
  return LANGUAGES.get(language) ?? LANGUAGES.get(language.toLowerCase().split('-')[0] ?? '') ?? en
}
