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
    expect(between(2, 3).list.map(told)).toEqual(['new container web running', 'new port web 8000 80/tcp'])
    expect(between(3, 4).list.map(told)).toEqual(['new attachment web bridge 172.17.0.2'])
  })

  it('has an address that moved, across the steps between', () => {
    expect(between(4, 7).list.map(told)).toEqual([
      'changed attachment db back 172.18.0.2 172.18.0.4',
      'new container cache running',
    ])
  })

  it('has a default route that moved', () => {
    const source = `hosts: { h: { address: 192.168.56.10/24 } }
commands:
  - docker network create app
  - docker network create --subnet 10.9.0.0/24 aaa
  - docker network create --internal inner
  - docker run -d --name db --network app redis
  - docker network connect aaa db
  - docker network connect inner db
  - docker network disconnect app db
  - docker network disconnect aaa db
`
    expect(between(4, 5, source).list.map(told)).toEqual([
      'new attachment db aaa 10.9.0.2',
      'changed route db 4 172.18.0.1 (app) 10.9.0.1 (aaa)',
    ])
    expect(changeLines(between(4, 5, source), en)[1]).toBe(
      '~ db has another default route: 172.18.0.1 (app) → 10.9.0.1 (aaa)',
    )
    expect(changeLines(between(4, 5, source), ko)[1]).toBe(
      '~ db 컨테이너의 기본 경로가 바뀌었습니다: 172.18.0.1 (app) → 10.9.0.1 (aaa)',
    )
    expect(between(6, 7, source).list.map(told)).toEqual(['gone attachment db app 172.18.0.2'])
    expect(changeLines(between(7, 8, source), en)).toEqual([
      '− db leaves aaa; 10.9.0.2 is free again',
      '− db has no default route any more; it was 10.9.0.1 (aaa)',
    ])
  })

  it('has load balancers that come and go with the tasks of a node', () => {
    const source = `hosts:
  m1: { address: 10.10.0.11/24 }
  w1: { address: 10.10.0.12/24 }
commands:
  - docker swarm init
  - "[w1] docker swarm join 10.10.0.11:2377"
  - docker network create -d overlay app
  - docker service create --name web --network app nginx
  - docker service scale web=2
`
    const [scaled] = changeLines(between(4, 5, source), en)
    expect(scaled).toMatch(/^\+ the load balancer of (m1|w1) is new on app: 10\.0\.1\.\d+$/)
    expect(changeLines(between(4, 5, source), ko)[0]).toMatch(
      /^\+ app 네트워크에 (m1|w1)의 로드밸런서 주소가/,
    )
    // What goes with its network is told by that.
    expect(changeLines(between(5, 2, source), en).filter((line) => line.includes('balancer'))).toEqual([])
  })

  it('has a network that was made anew with the same subnet, on a host and in a swarm', () => {
    const again = (head: string, driver: string): string => `${head}
commands:
  - docker network create ${driver} back
  - docker network create other
  - docker network rm back
  - docker network create ${driver} back
`
    const host = again('hosts: { h: { address: 192.168.56.10/24 } }', '')
    expect(between(2, 4, host).list.map(told)).toEqual([
      'changed network back 172.18.0.0/16 172.18.0.1 172.18.0.0/16 172.18.0.1',
    ])
    expect(changeLines(between(2, 4, host), en)).toEqual([
      '~ network back was made anew, with the same 172.18.0.0/16 · gateway 172.18.0.1',
    ])
    expect(between(1, 2, host).list.map(told)).toEqual(['new network other 172.19.0.0/16 172.19.0.1'])
    const swarm = again(
      'hosts: { h: { address: 192.168.56.10/24, role: manager } }\nswarm: true',
      '-d overlay',
    )
    expect(between(2, 4, swarm).list.map(told)).toEqual([
      'changed network back 10.0.1.0/24 10.0.1.1 10.0.1.0/24 10.0.1.1',
    ])
  })

  it('has what is gone, and keeps it in the merged plan', () => {
    const { list, merged, after } = between(7, 9)
    expect(list.map(told)).toEqual([
      'gone attachment cache back 172.18.0.2',
      'gone route cache 4 172.18.0.1 (back)',
      'gone container web running',
      'gone port web 8000 80/tcp',
    ])
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

  it('has a renamed container as the same one, whatever becomes of its former name', () => {
    const renames = `commands:
  - docker network create net
  - docker run -d --name web --network net -p 80:80 nginx
  - docker run -d --name db --network net redis
  - docker rename web old
  - docker run -d --name web --network net nginx
  - docker rm -f web
  - docker rename old web
  - docker rm -f db
  - docker rename web db
`
    expect(between(3, 4, renames).list.map(told)).toEqual(['changed name old web old'])
    expect(between(3, 5, renames).list.map(told)).toEqual([
      'changed name old web old',
      'new container web running',
    ])
    expect(between(4, 7, renames).list.map(told)).toEqual(['changed name web old web'])
    expect(between(3, 7, renames).list).toEqual([])
    const taken = between(7, 9, renames)
    expect(changeLines(taken, en)).toEqual([
      '~ container web is now called db',
      '− container db is gone; free again: 172.18.0.3 on net',
    ])
    expect(changeLines(taken, ko)[0]).toBe('~ 컨테이너 이름이 바뀌었습니다: web → db')
    expect(taken.merged.containers.size).toBe(2)
  })

  it('has a container made anew under its name, also where all it has is as it was', () => {
    const anew = `commands:
  - docker network create net
  - docker run -d --name web --network net -p 8000-8003:80-83 nginx
  - docker rm -f web
  - docker run -d --name web --network net nginx
`
    expect(changeLines(between(2, 4, anew), en)).toEqual([
      '~ container web was made anew: 172.18.0.2 on net',
      '− ports 8000-8003 of the host are closed; they led to web:80-83/tcp',
    ])
  })

  it('has a name that several hosts give as the same container under another key', () => {
    const hosts = `hosts: { a: {}, b: {} }
commands:
  - "[a] docker network create net"
  - "[a] docker run -d --name web --network net nginx"
  - "[b] docker network create net"
  - "[b] docker run -d --name web --network net nginx"
`
    const { list } = between(2, 4, hosts)
    expect(list.map(({ kind }) => kind)).toEqual(['new', 'new'])
  })

  it('calls an address free only where nobody has taken it over', () => {
    expect(changeLines(between(4, 6), en)).toContain('− db leaves back; cache has taken over 172.18.0.2')
    const moved = `commands:
  - docker network create net
  - docker run -d --name web --network net nginx
  - docker rm -f web
  - docker run -d --name cache --network net redis
`
    expect(changeLines(between(2, 4, moved), en)).toContain(
      '− container web is gone; taken over: 172.18.0.2 on net by cache',
    )
    expect(changeLines(between(2, 4, moved), ko)).toContain(
      '− web 컨테이너가 사라졌습니다. 넘어간 주소: net 네트워크의 172.18.0.2 (이제 cache의 주소)',
    )
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
