/** The very word that is wrong is marked, however the command or the compose file is written. */
import { describe, expect, it } from 'vitest'
import { planSource } from '../../src/compile.ts'

/** The marked text of every error, with its code. */
function marked(block: string): readonly string[] {
  const { problems } = planSource(block)
  return problems
    .filter(({ severity }) => severity === 'error')
    .map(({ code, span }) => `${code} ${block.slice(span.start, span.end)}`)
}

describe('a word of a command', () => {
  it.each([
    ['plain', '- docker run --bogus nginx', '--bogus'],
    ['in double quotes', '- "docker run \\"--bogus\\" nginx"', '\\"--bogus\\"'],
    ['in single quotes', "- 'docker run ''--bogus'' nginx'", "''--bogus''"],
    ['quoted for the shell', `- docker run "--bogus" nginx`, '"--bogus"'],
    ['behind a Korean name', `- docker run --label '이름=값' --bogus nginx`, '--bogus'],
    ['behind an escape', `- "docker run --label \\u00fc\\x41 --bogus nginx"`, '--bogus'],
    ['of a folded text', '- >\n    docker run\n    --bogus\n    nginx', '--bogus'],
    ['of a folded text with more indentation', '- >-\n    docker run\n      --bogus\n      nginx', '--bogus'],
    ['of plain text over lines', '- docker run\n    --bogus nginx', '--bogus'],
    ['of quoted text over lines', '- "docker run\n    --bogus \\\n    nginx"', '--bogus'],
    ['of a script', '- |\n    docker ps\n    docker run --bogus nginx', '--bogus'],
    ['behind a backslash', '- |\n    docker run -d \\\n      --bogus nginx', '--bogus'],
    ['behind a folded backslash', '- >\n    docker run -d \\\n    --bogus nginx', '--bogus'],
    ['behind a backslash of plain text', '- docker run -d \\\n    --bogus nginx', '--bogus'],
    ['of the second command', '- docker ps && docker run --bogus nginx', '--bogus'],
    ['behind a host', '- "[host] docker run --bogus nginx"', '--bogus'],
    ['behind a prompt', '- $ docker run --bogus nginx', '--bogus'],
    ['under run:', '- { run: "docker run --bogus nginx" }', '--bogus'],
  ])('%s', (_, item, word) => {
    expect(marked(`commands:\n  ${item}\n`)).toEqual([`UNKNOWN_FLAG ${word}`])
  })
  it('is the one that is wrong, not one like it', () => {
    expect(marked('commands: [docker network create --label 10.5.0.0/33 --subnet 10.5.0.0/33 back]')).toEqual(
      ['INVALID_SUBNET 10.5.0.0/33'],
    )
  })
})
