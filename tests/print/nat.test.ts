import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { planSource } from '../../src/compile.ts'
import { printModel } from '../../src/print/print.ts'

/**
 * Tables of NAT of running engines (`tests/engine/record-nat.ts`), one for each release and with and without
 * docker-proxy: internal × masquerade × icc × gateway mode, each with a published port, a source address of its own, and
 * ports bound to one address. 27 and 29 could not be run here; their rules are from moby's source.
 */
interface NatRecording {
  readonly engine: string
  readonly version: string
  readonly userlandProxy: boolean
  readonly commands: readonly { readonly run: string; readonly ok: boolean }[]
  readonly rules: readonly string[]
}

const recordings: readonly NatRecording[] = JSON.parse(
  readFileSync(join(import.meta.dirname, 'nat.json'), 'utf8'),
)

describe('print=iptables is what a running engine has', () => {
  it('is held to three releases, with and without docker-proxy', () => {
    expect(recordings.map(({ engine, userlandProxy }) => `${engine} ${userlandProxy}`)).toEqual(
      ['20', '26', '28'].flatMap((engine) => [`${engine} true`, `${engine} false`]),
    )
    for (const { rules, commands } of recordings) {
      expect(commands.filter(({ ok }) => ok).length).toBeGreaterThan(20)
      expect(rules.length).toBeGreaterThan(20)
    }
  })

  it.each(recordings)(
    '$version, userland-proxy $userlandProxy',
    ({ engine, userlandProxy, commands, rules }) => {
      const { plan, topology } = planSource(
        stringify({
          engine,
          daemon: { 'userland-proxy': userlandProxy },
          hosts: { h: { address: '198.51.100.10/24' } },
          commands: commands.map(({ run, ok }) => (ok ? run : { run, expect: 'error' })),
        }),
      )
      if (plan === null || topology === null) throw new Error('not planned')
      expect(plan.steps.map(({ ok }) => ok)).toEqual(commands.map(({ ok }) => ok))
      const printed = printModel('iptables', '', plan, topology)
      expect(printed.ok && printed.text.split('\n')).toEqual(rules)
    },
  )
})
