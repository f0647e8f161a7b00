import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isAsShown, labSteps } from './steps.ts'

const article = (path: string): string => readFileSync(resolve(import.meta.dirname, '../..', path), 'utf8')

describe('the labs of the article', () => {
  it('are the same commands in both languages, with the same output', () => {
    const plain = (text: string | null): string | null => text?.replaceAll(/SWMTKN-1-\S+/g, 'TOKEN') ?? null
    const steps = (path: string, language: 'ko' | 'en') =>
      labSteps(article(path), language).map((chapter) =>
        chapter.map(({ host, command, expected }) => [host, plain(command), plain(expected)]),
      )
    const english = steps('content/en/posts/docker-network.md', 'en')
    expect(steps('content/posts/docker-network.md', 'ko')).toEqual(english)
    expect(english.flat().length).toBeGreaterThan(50)
  })

  it('show what a command prints, or a difference is found', () => {
    expect(isAsShown('2: eth0@if<n>: <BROADCAST,UP>', '2: eth0@if17: <BROADCAST,UP> ')).toBe(true)
    expect(isAsShown('172.18.0.2      db', '172.18.0.2\tdb\n')).toBe(true)
    expect(isAsShown('172.18.0.2      db', '172.18.0.3      db\n')).toBe(false)
    expect(isAsShown('a\nb', 'a\n')).toBe(false)
    expect(
      isAsShown(
        '[{ "Containers": { "<id>": { "Name": "db" } } }]',
        '[{"Id":"1","Containers":{"7f":{"Name":"db"}}}]',
      ),
    ).toBe(true)
    expect(isAsShown('[{ "Name": "db" }]', '[{ "Name": "web" }]')).toBe(false)
  })
})
