import { describe, expect, it } from 'vitest'
import { LANGUAGES, wordsFor } from '../../src/words/words-for.ts'

/** Every text of a language, with sample values in place of parameters. */
function texts(words: unknown, path = ''): readonly (readonly [string, string])[] {
  if (typeof words === 'string') return [[path, words]]
  if (typeof words !== 'object' || words === null) return []
  return Object.entries(words).flatMap(([key, value]) => texts(value, `${path}.${key}`))
}

describe('words', () => {
  it('are chosen by the primary subtag, English where there are none', () => {
    expect(wordsFor('ko-KR').language).toBe('ko')
    expect(wordsFor('KO').language).toBe('ko')
    expect(wordsFor('fr').language).toBe('en')
    expect(wordsFor('').language).toBe('en')
  })

  for (const words of LANGUAGES.values()) {
    it(`of ${words.language} are all there`, () => {
      for (const [path, text] of texts(words)) expect(text, path).not.toBe('')
      expect(texts(words).map(([path]) => path)).toEqual(texts(wordsFor('en')).map(([path]) => path))
    })
  }
})

describe('Korean', () => {
  const { description, hop } = wordsFor('ko')
  // Whether 은 or 는 is right behind a name depends on how the reader says it, so none stands there.
  const PARTICLE = /(?:NAME|OTHER|NET|172\.18\.0\.3)(?:은|는|이|가|을|를|과|와|으로|로)(?![가-힣])/

  it('puts no particle that depends on the sound behind a name or an address', () => {
    const container = {
      name: 'NAME',
      host: 'OTHER',
      image: 'NAME',
      sharedWith: 'OTHER',
      undrawn: false,
      attachments: [{ network: 'NET', addresses: ['172.18.0.3'] }],
      ports: [{ host: '0.0.0.0:80', container: '80/tcp' }],
    }
    const said = [
      description.host('NAME', '172.18.0.3', 'manager'),
      description.host('NAME', '', ''),
      description.underlay('NAME', '172.18.0.0/16', ['NAME', 'OTHER']),
      ...[true, false].map((internal) =>
        description.network({
          name: 'NET',
          driver: 'bridge',
          host: 'OTHER',
          subnets: ['172.18.0.0/16'],
          gateways: ['172.18.0.3'],
          internal,
          parent: 'NAME',
        }),
      ),
      ...(['networks', 'host', 'none', 'container'] as const).map((mode) =>
        description.container({ ...container, mode, state: 'running' }),
      ),
      description.container({
        ...container,
        mode: 'networks',
        state: 'running',
        attachments: [],
        undrawn: true,
      }),
      ...(['created', 'exited'] as const).map((state) =>
        description.container({ ...container, mode: 'networks', state }),
      ),
      description.tunnel('NET', [4097], ['NAME', 'OTHER']),
      description.dependency('NAME', 'OTHER'),
      hop.resolve('NAME', '127.0.0.11', '172.18.0.3', 'vip'),
      hop.send('172.18.0.3', '172.18.0.3', '172.18.0.3', 'eth0'),
      hop.bridge('NET', '172.18.0.3'),
      hop.ipvs('172.18.0.3', 'NAME', '172.18.0.3'),
      hop.forward('NAME', '172.18.0.3', 'eth0'),
      hop.deliver('NAME', '172.18.0.3'),
      ...Object.values(hop.drop).map((say) => say('NAME', 'OTHER')),
    ]
    for (const sentence of said) expect(sentence).not.toMatch(PARTICLE)
  })
})
