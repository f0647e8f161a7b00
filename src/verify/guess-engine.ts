import { formatMac, macOfAddress, parseCidr } from '../net/index.ts'
import { DEFAULT_ENGINE, ENGINE_VERSIONS, type EngineVersion } from '../version.ts'
import type { Inspected } from './inspect.ts'

/**
 * The release whose rules fit what was inspected; inspect itself does not say.
 *
 * Up to 27 the MAC of an endpoint follows from its address, from 28 on it is random (moby
 * `libnetwork/netutils/utils.go`). 20.10 prints no gateway for the default bridge of a fresh engine.
 */
export function guessEngine(inspected: Inspected): EngineVersion {
  const endpoints = inspected.networks
    .filter(({ driver }) => driver === 'bridge' || driver === 'macvlan')
    .flatMap((network) => network.endpoints)
  if (!endpoints.some(({ ipv4, mac }) => isDerived(ipv4, mac)))
    return printsEveryGateway(inspected) ? DEFAULT_ENGINE : '28'
  const bridge = inspected.networks.find(({ name }) => name === 'bridge')
  return bridge?.ipam[0]?.gateway === '' ? '20' : '26'
}

/** From 29 on inspect prints the gateway also of a subnet that was given without one. */
function printsEveryGateway({ networks }: Inspected): boolean {
  return networks.every(
    ({ driver, ipam }) => driver !== 'bridge' || ipam.every(({ gateway }) => gateway !== ''),
  )
}

function isDerived(ipv4: string, mac: string): boolean {
  const cidr = parseCidr(ipv4)
  return cidr !== null && cidr.address.family === 4 && formatMac(macOfAddress(cidr.address)) === mac
}

/** The known release whose rules an engine of this version follows: its own, or the last one before it. */
export function releaseOf(version: string): EngineVersion {
  const major = Number(/^v?(\d+)\./.exec(version)?.[1] ?? Number.NaN)
  if (Number.isNaN(major)) return DEFAULT_ENGINE
  // What 26 has and 20 has not came with 25 (moby `api/types/network/ipam.go: ValidateIPAM`).
  if (major === 25) return '26'
  return ENGINE_VERSIONS.findLast((release) => Number(release) <= major) ?? '20'
}
