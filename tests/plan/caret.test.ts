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

/** Marked text, hint, and the other places that are pointed to. */
function told(block: string): readonly (readonly string[])[] {
  const { problems } = planSource(block)
  return problems
    .filter(({ severity }) => severity === 'error')
    .map(({ span, hint, related }) => [
      `${span.start}: ${block.slice(span.start, span.end)}`,
      hint ?? '',
      ...related.map((other) => block.slice(other.span.start, other.span.end)),
    ])
}
const at = (block: string, before: string, word: string): string =>
  `${block.indexOf(before) + before.length - word.length}: ${word}`

describe('a word that the engine refuses', () => {
  it.each([
    ['run -d --name web --network web nginx', '--network web'],
    ['run -d --name web --network "web" nginx', '--network "web"'],
    ['run -d --name web --network=web nginx', '--network=web'],
    ['run -d --name web --network name=web nginx', 'name=web'],
    ['start web', 'start web'],
    ['rm -v web', '-v web'],
    ['network connect bridge web', 'bridge web'],
    ['run -d --name nn --link web nginx', '--link web'],
    ['run -d --name nn --network container:web nginx', 'container:web'],
    ['rename web n2', 'rename web'],
  ])('docker %s', (command, before) => {
    const block = `commands:\n  - "docker ps # web"\n  - '[host] docker ${command}'\n`
    const [[place = ''] = []] = told(block)
    const word = before.match(/"web"$|container:web$|web$/)?.[0] ?? ''
    expect(place).toBe(at(block, command.slice(0, command.indexOf(before)) + before, word))
  })
  const TAKEN = [
    '- docker network create --subnet 10.5.0.0/24 back',
    '- docker run -d --name n9 --network back --ip 10.5.0.9 -p 8080:80 nginx',
  ].join('\n  ')
  it.each([
    ['--label was=10.5.0.9 --network back --ip 10.5.0.9', '--ip 10.5.0.9', '10.5.0.9', 'the address of "n9"'],
    ['-e PORT=8080 -p 8080:80', '-p 8080:80', '8080:80', 'taken by "n9"'],
    ['--label 10.5.0.0/24 --name n9', '--name n9', 'n9', 'another name'],
  ])('docker run %s', (flags, before, word, hint) => {
    const block = `commands:\n  ${TAKEN}\n  - docker run -d ${flags} nginx\n`
    const [[place = '', said = ''] = []] = told(block)
    expect(place).toBe(`${block.lastIndexOf(before) + before.length - word.length}: ${word}`)
    expect(said).toContain(hint)
  })
  it('is pointed to from the command where it comes out', () => {
    const block = `commands:
  - docker network create --subnet 10.5.0.0/24 back
  - docker run -d --name n9 --network back --ip 10.5.0.9 nginx
  - docker create --name late --network back --ip 10.5.0.9 nginx
  - docker start late
`
    const [[place, hint, asked, holder] = []] = told(block)
    expect(place).toBe(`${block.indexOf('docker start')}: docker start late`)
    expect(hint).toContain('10.5.0.9 is the address of "n9"')
    expect(asked).toBe('10.5.0.9')
    expect(holder).toBe('docker run -d --name n9 --network back --ip 10.5.0.9 nginx')
  })
})

describe('a word of a compose file', () => {
  const file = (up: string): string => `engine: 28
name: app
networks: { back: { ipam: { config: [{ subnet: 10.5.0.0/24 }] } } }
services:
  aa: { networks: { back: { ipv4_address: 10.5.0.9 } } }
  bb: { networks: { back: { ipv4_address: 10.5.0.9 } }, depends_on: [aa] }
${up}`
  it.each(['', 'commands: [docker compose up -d]', 'commands: [docker compose -p other up -d]'])(
    'is marked, and its owner named, after "%s"',
    (up) => {
      const block = file(up)
      const [[place, hint, owner] = []] = told(block)
      expect(place).toBe(`${block.lastIndexOf('10.5.0.9')}: 10.5.0.9`)
      expect(hint).toMatch(
        /^10\.5\.0\.9 is the address of ".*aa-1"; write another address of 10\.5\.0\.0\/24/,
      )
      expect(owner).toBe('aa')
    },
  )
  it.each([
    ['networks: { back: { driver: brigde } }', 'brigde'],
    ['networks: { back: { driver_opts: { com.docker.network.driver.mtu: big } } }', 'big'],
    ['networks: { back: { ipam: { config: [{ subnet: 10.5.0.0/24, gateway: 10.6.0.1 }] } } }', '10.6.0.1'],
    ['networks: { back: { ipam: { config: [{ subnet: 10.5.0.9/24 }] } } }', '10.5.0.9/24'],
    [
      'networks: { back: { ipam: { config: [{ subnet: 10.5.0.0/24, aux_addresses: { r: 10.6.0.1 } }] } } }',
      '10.6.0.1',
    ],
  ])('%s', (networks, word) => {
    const block = `engine: 28\n${networks}\nservices: { web: { networks: [back] } }\n`
    expect(told(block).map(([place]) => place)).toEqual([`${block.indexOf(word)}: ${word}`])
  })
})

describe('the steps of a plan', () => {
  it('say all that was asked for, in words that can be typed', () => {
    const { plan } = planSource(`engine: 28
name: app
networks: { back: { enable_ipv6: true, ipam: { config: [{ subnet: 10.5.0.0/24, gateway: 10.5.0.254 }, { subnet: "fd00:5::/64" }] } } }
services:
  web: { image: nginx, hostname: www, ports: ["8080:80"], networks: { back: { ipv4_address: 10.5.0.9, ipv6_address: "fd00:5::9", aliases: [shop] } } }`)
    expect(plan?.steps.map(({ command }) => command)).toEqual([
      'docker network create --ipv6 --subnet 10.5.0.0/24 --gateway 10.5.0.254 --subnet fd00:5::/64 app_back',
      'docker run -d --name app-web-1 --hostname www --network app_back --ip 10.5.0.9 --ip6 fd00:5::9 --network-alias web --network-alias shop -p 8080:80 nginx',
    ])
  })
})
