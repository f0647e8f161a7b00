import { describe, expect, it } from 'vitest'
import { planSource } from '../../src/compile.ts'
import { changeLines } from '../../src/figure/changes.ts'
import { type Change, changesBetween } from '../../src/plan/changes.ts'
import type { Plan } from '../../src/plan/plan.ts'
import { en } from '../../src/words/en.ts'
import { ko } from '../../src/words/ko.ts'

const LAB = `hosts:
  host: { address: 192.168.56.10/24 }
commands:
  - docker network create back
  - docker run -d --name db --network back redis
  - docker run -d --name web --network back -p 8000:80 nginx
  - docker network connect bridge web
  - docker stop db
  - docker run -d --name cache --network back redis
  - docker start db
  - docker rm -f web
  - docker network disconnect back cache
`

function planAt(source: string, step: number): Plan {
  const { plan } = planSource(source, { step })
  if (plan === null) throw new Error('not planned')
  return plan
}
const between = (from: number, to: number, source = LAB) =>
  changesBetween(planAt(source, from), planAt(source, to))
const told = ({ kind, thing, from, to }: Change): string =>
  [kind, ...Object.values(thing), from, to].filter((part) => part !== '').join(' ')

describe('changes between two steps', () => {
  it('has what is new', () => {
    expect(between(0, 1).list.map(told)).toEqual(['new network back 172.18.0.0/16 172.18.0.1'])
    expect(between(2, 3).list.map(told)).toEqual(['new container web running'])
    expect(between(3, 4).list.map(told)).toEqual(['new attachment web bridge 172.17.0.2'])
  })

  it('has an address that moved, across the steps between', () => {
    expect(between(4, 7).list.map(told)).toEqual([
      'changed attachment db back 172.18.0.2 172.18.0.4',
      'new container cache running',
    ])
  })

  it('has what is gone, and keeps it in the merged plan', () => {
    const { list, merged, after } = between(7, 9)
    expect(list.map(told)).toEqual(['gone attachment cache back 172.18.0.2', 'gone container web running'])
    expect([...merged.containers.keys()]).toEqual(['db', 'cache', 'web'])
    expect(after.containers.has('web')).toBe(false)
    expect([...(merged.containers.get('cache')?.endpoints.keys() ?? [])]).toEqual(['back'])
  })

  it('has a container that stopped by its state, not by the address that went with it', () => {
    expect(between(4, 5).list.map(told)).toContain('changed container db running exited')
  })

  it('has the parts of a service, each once', () => {
    const swarm = `commands:
  - docker swarm init
  - docker service create --name web -p 8080:80 nginx
  - docker service scale web=3
`
    expect(between(1, 2, swarm).list.map(told)).toEqual([
      'new container web.1 running',
      'new service web 1',
      'new vip web ingress 10.0.0.3',
      'new mesh web 8080 80/tcp',
    ])
    expect(between(2, 3, swarm).list.map(told)).toEqual([
      'new container web.2 running',
      'new container web.3 running',
      'changed service web 1 3',
    ])
    expect(between(0, 1, swarm).list.map(told)).toContain('new role host manager')
  })

  it('are none between a step and itself', () => {
    for (let step = 0; step <= 9; step++) expect(between(step, step).list).toEqual([])
    expect(changeLines(between(3, 3), en)).toEqual(['nothing has changed'])
  })

  it('are told in words, with a sign in front', () => {
    expect(changeLines(between(4, 7), en)).toEqual([
      '~ db has another address on back: 172.18.0.2 → 172.18.0.4',
      '+ container cache is new: 172.18.0.2 on back',
    ])
    expect(changeLines(between(3, 4), ko)).toEqual([
      '+ web 컨테이너가 bridge 네트워크에 연결되었습니다: 172.17.0.2',
    ])
  })
})
