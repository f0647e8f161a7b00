import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Client } from './client.ts'

const POST = `---
title: a post
---

Text with {dn:web.ip}, and {dn:lab@1#web.ip}.

\`\`\`docker-network model=lab
networks:
  back: {}
services:
  db: { image: redis, networks: [back] }
  web:
    image: nginx
    networks:
      - back
    depends_on: [db]
\`\`\`

> - In a list:
>   \`\`\`docker-network use=lab view=bus
>   \`\`\`
`

describe('the language server', () => {
  const client = new Client()
  const folder = mkdtempSync(join(tmpdir(), 'docker-network-lsp-'))
  const post = join(folder, 'post.md')
  const broken = join(folder, 'broken.md')
  const compose = join(folder, 'compose.yaml')

  beforeAll(async () => {
    await client.start()
    await client.open(post, POST.replace('{dn:lab@1#web.ip}', '{dn:lab#web.ip}'))
  })

  afterAll(async () => {
    expect(await client.stop()).toBe(0)
    rmSync(folder, { recursive: true })
  })

  it('tells problems at their place in the file, and mends what a hint says', async () => {
    const text = POST.replace('image: nginx', 'imge: nginx').replace('{dn:lab@1#web.ip}', '')
    const problems = await client.open(broken, text)
    expect(problems).toMatchObject([
      {
        code: 'UNKNOWN_KEY',
        severity: 1,
        source: 'docker-network',
        range: { start: { line: 12, character: 4 }, end: { line: 12, character: 8 } },
      },
    ])
    expect(await client.actions(broken, 12)).toMatchObject([
      { title: 'Write image', edit: { changes: {} }, kind: 'quickfix' },
    ])
    expect(await client.actions(broken, 11)).toEqual([])
    expect(await client.change(broken, text.replace('imge', 'image'))).toEqual([])
  })

  it('tells problems of a topology file', async () => {
    const problems = await client.open(
      compose,
      'services:\n  web: { image: nginx, networks: [bakc] }\nnetworks: { back: }\n',
    )
    expect(problems.map(({ code }) => code)).toContain('UNDEFINED_NETWORK')
  })

  it('leaves YAML alone that is none of ours', async () => {
    expect(await client.open(join(folder, 'deployment.yaml'), 'kind: Deployment\nspec: {')).toEqual([])
  })

  it('shows problems of a src= file at the src=', async () => {
    writeFileSync(join(folder, 'model.yaml'), 'services:\n  web: { imge: nginx }\n')
    const problems = await client.open(join(folder, 'by-src.md'), '```docker-network src=model.yaml\n```\n')
    expect(problems).toMatchObject([
      { code: 'UNKNOWN_KEY', range: { start: { line: 0, character: 22 }, end: { line: 0, character: 32 } } },
    ])
    expect(problems[0]?.relatedInformation?.[0]?.location).toMatchObject({
      uri: expect.stringContaining('model.yaml'),
      range: { start: { line: 1, character: 9 } },
    })
  })

  it.each([
    ['a service: its addresses', '  we', 'db: {', '172.18.0.3/16'],
    ['a network: its subnet', '  bac', 'networks:', '172.18.0.0/16'],
    ['a network that a service joins', '- bac', 'networks:\n      ', '172.18.0.0/16'],
    ['a service that another depends on', '[d', 'depends_on', '172.18.0.2/16'],
    ['a key: what it means', 'depends_', 'web:', 'start'],
    ['a reference: its value', '{dn:web', '', '172.18.0.3'],
    ['a use=: its networks', 'use=la', '', '172.18.0.0/16'],
  ])('hovers over %s', async (_what, piece, after, wanted) => {
    expect(await client.hover(post, client.behind(post, piece, after))).toContain(wanted)
  })

  const completed = async (text: string): Promise<readonly string[]> => {
    const path = join(folder, `${Math.abs(hash(text))}.md`)
    const at = text.indexOf('|')
    await client.open(path, text.replace('|', ''))
    const before = text.slice(0, at).split('\n')
    const items = await client.completions(path, {
      line: before.length - 1,
      character: before.at(-1)?.length ?? 0,
    })
    return items.map(({ label }) => label)
  }
  const fence = (body: string): string => `\`\`\`docker-network model=lab\n${body}\n\`\`\`\n`

  it.each([
    ['keys of a service', fence('services:\n  web:\n    im|'), 'image'],
    ['keys of a service in brackets', fence('services:\n  web: { image: nginx, net|'), 'networks'],
    ['top-level keys', fence('services: {}\nnet|'), 'networks'],
    ['names of networks', fence('networks:\n  back: {}\nservices:\n  web:\n    networks: [b|'), 'back'],
    [
      'names of networks in a list',
      fence('networks:\n  back: {}\nservices:\n  web:\n    networks:\n    - |'),
      'back',
    ],
    ['names of services', fence('services:\n  db: {}\n  web:\n    depends_on: [|'), 'db'],
    ['values of a key', fence('services:\n  web:\n    deploy:\n      endpoint_mode: |'), 'dnsrr'],
    ['keys of the fence', '```docker-network vi|\n```\n', 'view'],
    ['views', '```docker-network view=|\n```\n', 'bus'],
    ['models', `${fence('services: { web: {} }')}\n\`\`\`docker-network use=|\n\`\`\`\n`, 'lab'],
    ['subjects of a reference', `${fence('services: { web: {} }')}\nText {dn:|`, 'web'],
    ['models of a reference', `${fence('services: { web: {} }')}\nText {dn:|`, 'lab#'],
    ['values of a reference', `${fence('services: { web: {} }')}\nText {dn:web.|`, 'ip'],
    [
      'keys in a list in a quote',
      '> - ```docker-network\n>   services:\n>     web:\n>       po|\n>   ```\n',
      'ports',
    ],
  ])('completes %s', async (_what, text, wanted) => {
    expect(await completed(text)).toContain(wanted)
  })

  it('goes to the model of use= and of a reference', async () => {
    const model = { range: { start: { line: 6, character: 24 }, end: { line: 6, character: 27 } } }
    expect(await client.definition(post, client.behind(post, 'use=la'))).toMatchObject(model)
    expect(await client.definition(post, client.behind(post, '{dn:web'))).toMatchObject({
      range: { start: { line: 11, character: 2 }, end: { line: 11, character: 5 } },
    })
  })

  it('renames a model everywhere', async () => {
    const edit = await client.rename(post, client.behind(post, 'model=l'), 'shop')
    const edits = Object.values(edit?.changes ?? {}).flat()
    expect(edits.map(({ range }) => range.start.line)).toEqual([6, 19, 4])
    await expect(client.rename(post, client.behind(post, 'model=l'), 'a b')).rejects.toThrow('blanks')
  })

  it('answers for a megabyte, and for what is half written', async () => {
    const services = Array.from(
      { length: 400 },
      (_, n) => `  s${n}: { image: nginx, networks: [back] }`,
    ).join('\n')
    const prose = 'Words with `code` and an address 10.0.0.1.\n\n'.repeat(25_000)
    const text = `${prose}${fence(`networks: { back: {} }\nservices:\n${services}`)}`
    const path = join(folder, 'large.md')
    expect(await client.open(path, text)).toEqual(expect.any(Array))
    expect(await client.hover(path, client.behind(path, '  s7'))).toContain('s7')
    for (const half of [
      '```docker-network\nservices: {',
      '```docker-network view="',
      '{dn:',
      '```docker-network\n- - -\n\t',
      '\ud800{dn:\0',
    ])
      expect(await client.open(join(folder, `${Math.abs(hash(half))}.md`), half)).toEqual(expect.any(Array))
  })
})

const hash = (text: string): number =>
  [...text].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) | 0, 7)

describe('an editor in Korean', () => {
  it('is told in Korean, also what mends it', async () => {
    const client = new Client()
    await client.start('ko-KR')
    const path = join(tmpdir(), 'docker-network-ko', 'compose.yaml')
    const [problem] = await client.open(path, 'services: { web: { prots: ["80:80"] } }\n')
    expect(problem?.message).toBe('서비스 "web"에 "prots" 키는 없습니다\n혹시 "ports" 말인가요?')
    await client.stop()
  })
})
