/** What the playground says holds in each state it says it in. */
import { expect, it } from 'vitest'
import { playgroundWords } from '../../src/playground/words.ts'

// The hash may change while any model is in the editor.
it.each([
  ['en', /example/],
  ['ko', /예제/],
])('a broken link does not say which model stays (%s)', (language, example) => {
  const { brokenLink } = playgroundWords(language)
  expect(brokenLink).not.toBe('')
  expect(brokenLink).not.toMatch(example)
})
