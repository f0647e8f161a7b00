import MiniSearch from 'minisearch'
import { describe, expect, it } from 'vitest'
import { sectionsOf } from '../../_config/search.js'
import { OPTIONS } from '../../_config/search-options.js'

const page = (lang: string, body: string, head = ''): string =>
  `<!doctype html><html lang="${lang}"><head>${head}</head><body><nav>menu</nav><main>${body}</main></body></html>`

const KO = page(
  'ko',
  `<h1>도커 네트워크</h1><p>들어가며</p><h2 id="주소">주소 <a href="#">#</a></h2><p>web의 주소는 172.18.0.2입니다.</p>
  <svg><text>그림의 글</text></svg><h3 id="코드">코드</h3><p><code>UNKNOWN_KEY</code>를 봅니다.</p>`,
)

const ids = (query: string): readonly string[] => {
  const index = new MiniSearch(OPTIONS)
  index.addAll(sectionsOf('/a/', KO))
  return MiniSearch.loadJSON(JSON.stringify(index), OPTIONS)
    .search(query)
    .map(({ id }) => String(id))
}

describe('the index of the search', () => {
  it('has a page cut at its headings, without figures and menus', () => {
    expect(sectionsOf('/a/', KO)).toEqual([
      { id: '/a/', language: 'ko', title: '도커 네트워크', heading: '', text: '도커 네트워크 들어가며' },
      {
        id: '/a/#주소',
        language: 'ko',
        title: '도커 네트워크',
        heading: '주소',
        text: 'web의 주소는 172.18.0.2입니다.',
      },
      {
        id: '/a/#코드',
        language: 'ko',
        title: '도커 네트워크',
        heading: '코드',
        text: 'UNKNOWN_KEY를 봅니다.',
      },
    ])
    expect(sectionsOf('/404/', page('ko', '<h1>x</h1>', '<meta name="robots" content="noindex">'))).toEqual(
      [],
    )
  })
  it.each([
    ['172.18.0.2', '/a/#주소'],
    ['주소', '/a/#주소'],
    ['unknown_key', '/a/#코드'],
    ['들어가', '/a/'],
  ])('finds %s in Korean, whatever particle is behind it', (query, id) => {
    expect(ids(query)[0]).toBe(id)
  })
  it('finds nothing that only figures say', () => expect(ids('그림의')).toEqual([]))
})
