import { describe, expect, it } from 'vitest'
import { printTrace } from '../../src/trace/print.ts'
import { parseTraceRequest } from '../../src/trace/request.ts'
import { planOf, traceOf } from './ways.ts'

const PLAN = planOf(`
hosts: { lab: { address: 192.168.56.10/24 } }
networks: { net: {} }
services:
  web: { networks: [net], ports: ["8000:5000", "5300:53/udp"], depends_on: [db] }
  db: { networks: [net] }
`)
const SPAN = { start: 3, end: 9 }

const ends = (text: string) => {
  const parsed = parseTraceRequest(text, PLAN, SPAN)
  if (!parsed.ok) return `${parsed.problem.message} | ${parsed.problem.hint}`
  const { from, to, port, protocol } = parsed.request
  return { from, to, port, protocol }
}

describe('a request', () => {
  it('names containers, hosts, the client, the outside and addresses', () => {
    expect(ends('web -> db:5432')).toEqual({
      from: { kind: 'container', container: 'web' },
      to: { kind: 'container', container: 'db' },
      port: 5432,
      protocol: 'tcp',
    })
    expect(ends('client→lab:5300/udp')).toEqual({
      from: { kind: 'client' },
      to: { kind: 'host', host: 'lab' },
      port: 5300,
      protocol: 'udp',
    })
    expect(ends('db -> internet')).toMatchObject({ to: { kind: 'outside', address: '' }, port: null })
    expect(ends('db -> 203.0.113.5:443')).toMatchObject({
      to: { kind: 'address', address: '203.0.113.5' },
      port: 443,
    })
    expect(ends('db -> 192.168.56.10')).toMatchObject({ to: { kind: 'host', host: 'lab' } })
    expect(ends('db -> [2001:db8::1]:80')).toMatchObject({
      to: { kind: 'address', address: '2001:db8::1' },
      port: 80,
    })
    expect(ends('HOST -> web')).toMatchObject({ from: { kind: 'host', host: 'lab' } })
    expect(ends('db -> example.com:443')).toMatchObject({ to: { kind: 'outside', address: 'example.com' } })
    expect(ends('db -> web.net')).toMatchObject({ to: { kind: 'name', name: 'web.net' } })
  })

  it('of a client without a port means the first published one', () => {
    expect(ends('client -> web')).toMatchObject({ port: 8000 })
    expect(ends('client -> db')).toMatchObject({ port: null })
  })

  it('with an unknown name is told the nearest', () => {
    expect(ends('wbe -> db')).toBe('nothing is called "wbe" | Did you mean "web"?')
    expect(ends('web -> dbb:80')).toBe('nothing is called "dbb" | Did you mean "db"?')
    expect(ends('web -> __proto__')).toContain('nothing is called "__proto__"')
  })

  it.each(['web', 'web ->', '-> db', 'web -> db -> x', 'web -> db:0', 'web -> db:99999', 'web -> db:x', ''])(
    'of wrong form is refused with an example: %s',
    (text) => {
      expect(ends(text)).toContain('Write FROM -> TO')
    },
  )

  it('carries the place it was written at', () => {
    const parsed = parseTraceRequest('nobody -> db', PLAN, SPAN)
    expect(parsed.ok ? null : parsed.problem).toMatchObject({
      code: 'BAD_TRACE',
      severity: 'error',
      span: SPAN,
    })
  })
})

describe('print', () => {
  it('numbers the hops and ends with the verdict', () => {
    expect(printTrace(traceOf(PLAN, 'client -> web:8000'))).toBe(
      [
        'client -> web:8000',
        ' 1. outside: sends to 192.168.56.10:8000',
        ' 2. lab eth0: arrives for 192.168.56.10:8000',
        ' 3. lab eth0: DNAT 192.168.56.10:8000 to 172.18.0.3:5000',
        ' 4. lab bridge of net: routed to 172.18.0.3:5000',
        ' 5. lab bridge of net: ARP: who has 172.18.0.3; frame forwarded',
        ' 6. web eth0 (net): received at 172.18.0.3:5000',
        'reached',
        '',
      ].join('\n'),
    )
    expect(printTrace(traceOf(PLAN, 'client -> lab:1'))).toMatch(
      /DROPPED: nothing on lab takes .*\nnot reached: connection refused, at once\n {2}to change it: .*\n$/,
    )
  })
})
