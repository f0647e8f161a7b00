import { describe, expect, it } from 'vitest'
import { planSource } from '../../src/compile.ts'
import { print } from '../../src/library.ts'
import { printModel } from '../../src/print/print.ts'

const { plan, topology } = planSource(`
hosts: { n1: { address: 10.9.0.11/24 }, n2: { address: 10.9.0.12/24 } }
commands:
  - "[n1] docker swarm init"
  - "[n2] docker swarm join --token T 10.9.0.11:2377"
  - "[n1] docker network create -d overlay app"
  - "[n1] docker service create --name web --network app --replicas 2 nginx"
`)
if (plan === null || topology === null) throw new Error('no plan')

function containersOf(argument: string): Record<string, string> {
  if (plan === null || topology === null) throw new Error('no plan')
  const printed = printModel('inspect', argument, plan, topology)
  if (!printed.ok) throw new Error(printed.message)
  const [{ Containers }] = JSON.parse(printed.text)
  return Object.fromEntries(
    Object.values<{ Name: string; IPv4Address: string }>(Containers).map(({ Name, IPv4Address }) => [
      Name,
      IPv4Address,
    ]),
  )
}

// As an engine does: `docker network inspect` on a node knows the endpoints of that node alone.
it('lists the endpoints of an overlay that one node has, with its own load balancer', () => {
  expect(containersOf('app@n1')).toEqual({ 'web.1.<id>': '10.0.1.3/24', 'app-endpoint': '10.0.1.5/24' })
  expect(containersOf('app@n2')).toEqual({ 'web.2.<id>': '10.0.1.4/24', 'app-endpoint': '10.0.1.6/24' })
})

it('asks the first host when none is named', () => {
  expect(containersOf('app')).toEqual(containersOf('app@n1'))
})

it('names the hosts there are when one is not among them', () => {
  const printed = printModel('inspect', 'app@n3', plan, topology)
  expect(printed).toMatchObject({ ok: false, message: 'The model has no host "n3"' })
})

describe('a print of a project', () => {
  const source = `
name: shop
services:
  web: { image: nginx }
  app: { image: app, deploy: { replicas: 2 } }
  db: { image: redis, container_name: store }
`
  const textOf = (kind: string) => {
    const printed = print(source, kind)
    return printed.ok ? printed.text : (printed.problems.at(-1)?.hint ?? '')
  }
  it.each([
    ['ip-addr:web', 'ip-addr:shop-web-1'],
    ['hosts:db', 'hosts:store'],
    ['inspect:default', 'inspect:shop_default'],
  ])('takes the names of the file: %s is %s', (written, made) => {
    expect(textOf(written)).toBe(textOf(made))
    expect(textOf(written)).toContain('172.18.0')
  })
  it('says which containers a service has when it has several', () => {
    expect(textOf('ip-addr:app')).toBe('Choose one: shop-app-1, shop-app-2.')
  })
})
