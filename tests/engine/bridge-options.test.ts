/** What a bridge makes of the values of its options: each measured on Docker 20.10.24, 26.1.5 and 28.5.2. */
import { describe, expect, it } from 'vitest'
import { planSource } from '../../src/compile.ts'

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
