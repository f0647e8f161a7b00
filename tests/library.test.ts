import { describe, expect, it } from 'vitest'
import { figureSvg, formatProblem, planJson, print, trace } from '../src/index.ts'

const SHOP =
  'services:\n  db: { image: redis }\n  web: { image: nginx, ports: ["8080:80"], depends_on: [db] }\n'
const WRONG = 'services:\n  web: { imge: nginx }\n'

describe('the pipeline for programs', () => {
  it('draws a figure, at once', () => {
    const figure = figureSvg(SHOP, { id: 'shop' })
    expect(figure).toMatchObject({
      ok: true,
      svg: expect.stringMatching(/^<svg [\s\S]*172\.18\.0\.3[\s\S]*<\/svg>\s*$/),
    })
    expect(figureSvg(SHOP, { id: 'shop' })).toEqual(figure)
    expect(figure.ok && figure.svg).not.toContain('<style')
    const file = figureSvg(SHOP, { theme: 'dark', figure: { view: 'bus' } })
    expect(file.ok && file.svg).toContain('<style')
  })

  it('follows a packet, prints, and plans', () => {
    expect(trace(SHOP, 'client -> web:8080')).toMatchObject({
      ok: true,
      text: expect.stringContaining('web'),
    })
    expect(print(SHOP, 'inspect:default')).toMatchObject({ ok: true, language: 'json' })
    expect(planJson(SHOP)).toMatchObject({ networks: { default: { subnets: ['172.18.0.0/16'] } } })
  })

  it('gives what is wrong as values, and as text', () => {
    for (const failed of [figureSvg(WRONG), trace(WRONG, 'web -> web'), print(WRONG, 'addresses')])
      expect(failed).toMatchObject({ ok: false, problems: [{ code: 'UNKNOWN_KEY' }] })
    expect(print(SHOP, 'adresses')).toMatchObject({ ok: false, problems: [{ code: 'UNKNOWN_PRINT' }] })
    expect(trace(SHOP, 'web -> nowhere')).toMatchObject({ ok: false, problems: [{ code: 'BAD_TRACE' }] })
    const failed = figureSvg(WRONG)
    const [problem] = failed.problems
    expect(problem && formatProblem(problem, WRONG, 'compose.yaml')).toMatch(
      /^compose\.yaml:2:10 UNKNOWN_KEY [\s\S]*hint: /,
    )
  })
})
