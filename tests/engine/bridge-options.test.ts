/** What a bridge makes of the values of its options: each measured on Docker 20.10.24, 26.1.5 and 28.5.2. */
import { describe, expect, it } from 'vitest'
import { planSource } from '../../src/compile.ts'
import { natRules } from '../../src/print/iptables.ts'

const BRIDGE = 'com.docker.network.bridge'

/** What the engine says, `null` when it takes the value; how packets of IPv4 are then treated. */
function made(engine: number, option: string, flags = '') {
  const command = `docker network create ${flags} -o "${option}" n`
  const { plan } = planSource(`engine: ${engine}\ncommands: ['${command}']`)
  return { error: plan?.steps[0]?.error?.message ?? null, network: plan?.networks.get('n') }
}
const error = (...of: Parameters<typeof made>): string | null => made(...of).error

describe.each([4, 6])('gateway_mode_ipv%i', (family) => {
  const mode = (text: string): string => `${BRIDGE}.gateway_mode_ipv${family}=${text}`

  it.each(['nat', 'routed', 'nat-unprotected'])(
    '%s is taken by 28, and is what packets are treated by',
    (text) => {
      const { error: fault, network } = made(28, mode(text))
      expect(fault).toBeNull()
      expect(network?.policy[family === 4 ? 'ipv4' : 'ipv6'].gateway).toBe(text)
    },
  )
  it('isolated is for internal networks', () => {
    const refusal = "gateway mode 'isolated' can only be used for an internal network"
    expect(error(28, mode('isolated'))).toBe(refusal)
    expect(error(28, mode('isolated'), '--internal')).toBeNull()
  })
  it.each(['', 'Routed', 'bogus', ' nat'])('%j is refused by 28, and no one asks before 27', (text) => {
    const refusal = `failed to parse ${mode(text).replace('=', ' value: ')} (unknown gateway mode ${text})`
    expect(error(28, mode(text))).toBe(refusal)
    for (const engine of [20, 26]) expect(error(engine, mode(text))).toBeNull()
  })
  it('means nothing before 27', () => {
    const { network } = made(26, mode('routed'))
    expect(network?.policy[family === 4 ? 'ipv4' : 'ipv6'].gateway).toBe('nat')
  })
})

describe.each([20, 26, 28])('in %i', (engine) => {
  it.each([
    ['com.docker.network.host_ipv4', '', 'nil ip'],
    ['com.docker.network.host_ipv4', 'x', 'nil ip'],
    [`${BRIDGE}.host_binding_ipv4`, '', 'nil ip'],
    [`${BRIDGE}.host_binding_ipv4`, 'x', 'nil ip'],
    [`${BRIDGE}.enable_icc`, '', 'strconv.ParseBool: parsing "": invalid syntax'],
    ['com.docker.network.driver.mtu', '', 'strconv.Atoi: parsing "": invalid syntax'],
  ])('%s=%j is refused', (option, text, why) => {
    expect(error(engine, `${option}=${text}`)).toBe(`failed to parse ${option} value: ${text} (${why})`)
  })
  it('an MTU below 0 is refused, and 0 is not', () => {
    expect(error(engine, 'com.docker.network.driver.mtu=-5')).toBe('invalid MTU number: -5')
    expect(error(engine, 'com.docker.network.driver.mtu=0')).toBeNull()
  })
  it('an address of the other family is no fault of host_binding_ipv4', () => {
    expect(error(engine, `${BRIDGE}.host_binding_ipv4=fd00::1`)).toBeNull()
  })
})

/** Only a rule of iptables shows it: each way measured with and without docker-proxy. */
describe('an address of the other family for host_ipv4 and host_ipv6', () => {
  const create = (engine: number, proxy: boolean, flags: string): string | null => {
    const daemon = proxy ? '' : 'daemon: { userland-proxy: false }\n'
    const command = `docker network create ${flags} n`
    const { plan } = planSource(`engine: ${engine}\n${daemon}commands: ['${command}']`)
    return plan?.steps[0]?.error?.message ?? null
  }
  const FOUR = '-o com.docker.network.host_ipv4=fd00::1'
  const SIX = '-o com.docker.network.host_ipv6=1.2.3.4 --ipv6 --subnet fd00:9::/64'
  const BARE = `-o ${BRIDGE}.enable_ip_masquerade=false`
  const refused = (rule: string, address: string): string =>
    `Failed to Setup IP tables: Unable to enable ${rule} rule: Bad IP address "${address}"`

  it.each([20, 26, 28, 29])('is refused with the rule of %i that it would be in', (engine) => {
    expect(create(engine, true, FOUR)).toBe(refused('NAT', 'fd00::1'))
    expect(create(engine, false, FOUR)).toBe(refused('NAT', 'fd00::1'))
    expect(create(engine, false, `${FOUR} ${BARE}`)).toBe(refused('MASQ LOCAL HOST', 'fd00::1'))
  })
  it.each([20, 26, 28, 29])('%i does not look at it where it makes no rule', (engine) => {
    expect(create(engine, true, `${FOUR} --internal`)).toBeNull()
    expect(create(engine, false, `${FOUR} --internal`)).toBeNull()
    expect(create(engine, true, `${FOUR} ${BARE}`)).toBeNull()
    expect(create(engine, true, '-o com.docker.network.host_ipv4=::ffff:1.2.3.4')).toBeNull()
    expect(create(engine, true, '-o com.docker.network.host_ipv6=1.2.3.4')).toBeNull()
  })
  it('a routed network of 28 has no rule but that for the host itself', () => {
    const routed = `${FOUR} -o ${BRIDGE}.gateway_mode_ipv4=routed`
    expect(create(28, true, routed)).toBeNull()
    expect(create(28, false, routed)).toBe(refused('MASQ LOCAL HOST', 'fd00::1'))
    expect(create(26, true, routed)).toBe(refused('NAT', 'fd00::1'))
  })
  it('host_ipv6 is known from 27 on, where the network has IPv6', () => {
    expect(create(28, true, SIX)).toBe(refused('NAT', '1.2.3.4'))
    expect(create(28, false, `${SIX} ${BARE}`)).toBe(refused('MASQ LOCAL HOST', '1.2.3.4'))
    expect(create(26, true, SIX)).toBeNull()
  })
})

describe.each([20, 26, 28])(
  'what the host itself sends into a bridge of %i, without docker-proxy',
  (engine) => {
    const print = (flags: string): readonly string[] => {
      const { plan } = planSource(
        `engine: ${engine}\ndaemon: { userland-proxy: false }\ncommands: ['docker network create ${flags} -o ${BRIDGE}.name=n n']`,
      )
      return plan === null ? [] : natRules(plan, 'host').filter((line) => / -o n /.test(line))
    }
    it.each(['', ` -o ${BRIDGE}.enable_ip_masquerade=false`])('has host_ipv4 as its source%s', (bare) => {
      expect(print(`-o com.docker.network.host_ipv4=198.51.100.10${bare}`)[0]).toBe(
        '-A POSTROUTING -o n -m addrtype --src-type LOCAL -j SNAT --to-source 198.51.100.10',
      )
    })
  },
)
