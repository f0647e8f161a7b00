import { describe, expect, it } from 'vitest'
import { planSource } from '../../src/index.ts'
import { wordsIn } from '../../src/problem/in-language.ts'

describe('how a replica gets a fixed address', () => {
  const source =
    'services:\n  web: { image: nginx, deploy: { replicas: 3 }, networks: [n] }\nnetworks: { n: {} }\n'
  const [problem] = planSource(source).problems.filter(({ code }) => code === 'ADDRESS_BY_CHANCE')

  it.each([
    [
      'ko',
      '고정하려면: services.web의 복제본을 서로 다른 서비스로 나누어 적고 각각에 ipv4_address를 적습니다.',
    ],
    ['en', 'To pin it: services.web: write the replicas as services of their own, each with ipv4_address.'],
  ])('is said in %s', (language, hint) => {
    expect(problem && wordsIn(problem, language).hint).toBe(hint)
  })
})
