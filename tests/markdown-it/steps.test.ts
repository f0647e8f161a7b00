import MarkdownIt from 'markdown-it'
import { describe, expect, it } from 'vitest'
import { compile } from '../../src/compile.ts'
import dockerNetwork from '../../src/markdown-it/plugin.ts'
import { placeScene } from '../../src/picture/draw.ts'
import type { PlacedProblem } from '../../src/problem/report.ts'

const LAB = `\`\`\`docker-network model=lab hidden
commands:
  - docker network create back
  - docker run -d --name db --network back redis
  - docker run -d --name web --network back nginx
  - docker stop db
  - docker run -d --name cache --network back redis
  - docker start db
\`\`\`
`

function render(info: string): { readonly html: string; readonly problems: readonly string[] } {
  const problems: PlacedProblem[] = []
  const md = new MarkdownIt().use(dockerNetwork, { report: (found) => problems.push(...found) })
  const html = md.render(`${LAB}\n\`\`\`docker-network use=lab ${info}\n\`\`\`\n`)
  return {
    html,
    problems: problems.map(({ problem }) => `${problem.code} ${problem.message}. ${problem.hint ?? ''}`),
  }
}

describe('since=', () => {
  it('marks what is new, gone and changed by a sign and a class, not by colour alone', () => {
    const { html, problems } = render('step=6 since=3')
    expect(problems).toEqual([])
    expect(html).toMatch(/class="box container dn-new[^"]*"[^>]*>.*?>\+ cache</)
    expect(html).toMatch(/class="chip interface dn-changed[^"]*"[^>]*>.*?>172\.18\.0\.2 →<.*?>172\.18\.0\.4</)
    expect(html).toContain('db has another address on back: 172.18.0.2 → 172.18.0.4')
    expect(html).toContain('+ new</li>')
  })

  it('has only what is there in the table', () => {
    const { html } = render('step=4 since=3')
    expect(html.match(/<td><code>[\d.]+<\/code>/g)).toEqual([
      '<td><code>172.18.0.1</code>',
      '<td><code>172.18.0.3</code>',
    ])
  })

  it.each([
    ['since=3 step=3', 'FENCE_BAD_VALUE since=3 is not before step 3, which is drawn. Write since=2.'],
    ['since=6', 'FENCE_BAD_VALUE since=6 is not before step 6, which is drawn. Write since=5.'],
    ['since=9', 'STEP_OUT_OF_RANGE since=9, but the model has 6 commands. Write a step from 0 to 6.'],
    ['since=two', 'FENCE_BAD_VALUE since must be a whole number; got "two". Write since=1.'],
    [
      'steps=2',
      'FENCE_BAD_VALUE steps must be the first and the last step with two dots between; got "2". Write steps=1..3.',
    ],
    ['steps=5..2', 'FENCE_BAD_VALUE steps=5..2 has no second step. Write steps=2..5.'],
    ['steps=1..9', 'STEP_OUT_OF_RANGE steps=1..9, but the model has 6 commands. Write a step from 0 to 6.'],
    [
      'steps=1..3 step=2',
      'FENCE_BAD_VALUE step= does not go with steps=, which has a figure for each step. Leave step= or steps= out.',
    ],
    ['steps=0..3 highlight="web -> db"', 'BAD_TRACE nothing is called "web". Known: host, client, outside.'],
    [
      'steps=1..6 focus=cahce',
      'UNKNOWN_FOCUS nothing is called "cahce" in steps 1 to 6. Did you mean "cache"?',
    ],
    [
      'steps=1..3 focus="db,cache"',
      'UNKNOWN_FOCUS nothing is called "cache" in steps 1 to 3. Known: db, web, bridge, back, host.',
    ],
  ])('%s is told', (info, told) => {
    expect(render(info).problems).toContain(told)
  })
})

describe('steps= with focus=', () => {
  it.each(['cache', 'db', 'db,cache', 'back'])('draws each step, also where "%s" is not there', (names) => {
    const { html, problems } = render(`steps=0..6 focus=${names}`)
    expect(problems).toEqual([])
    expect(html.match(/<figure /g)).toHaveLength(7)
  })
})

describe('steps=', () => {
  const { html, problems } = render('steps=2..5')

  it('has a figure for each step, with its command and what it changed', () => {
    expect(problems).toEqual([])
    expect(html.match(/<figure /g)).toHaveLength(4)
    expect(html).toContain('<code>docker stop db</code>')
    expect(html).toContain('<li>~ container db has stopped and holds no address</li>')
  })

  it('goes through them without a script: one button of one group is checked', () => {
    expect(html.match(/type="radio"/g)).toHaveLength(4)
    expect(html.match(/ checked/g)).toHaveLength(1)
    expect(new Set([...html.matchAll(/type="radio" name="([^"]+)"/g)].map(([, name]) => name)).size).toBe(1)
    expect(html).not.toMatch(/<script|onclick/)
  })

  it('has no id twice', () => {
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('print=changes', () => {
  it('says what the last step changed, or all since an earlier one', () => {
    expect(render('print=changes step=4').html).toContain('~ container db has stopped')
    expect(render('print=changes since=3').html).toContain('~ db has another address')
  })
})

it('has the Mermaid text mark the same', () => {
  const source = LAB.split('\n').slice(1, -2).join('\n')
  const compiled = compile(source, { step: 3, since: 2 })
  if (!compiled.ok) throw new Error('not drawn')
  expect(compiled.mermaid).toContain('**web**\n172.18.0.3\n*new*')
  expect(compiled.mermaid).toMatch(/class c_web new/)
  expect(placeScene(compiled.scene)).toEqual(placeScene(compiled.scene))
})
