import type { Refusal, SwarmInit } from '../engine/operation.ts'
import { type DefaultPool, GLOBAL_POOLS } from '../ipam/index.ts'
import { parseCidr, prefixOf } from '../net/index.ts'
import { badAddressPool, maskOutOfRange, poolSmallerThanSubnet } from './refusals.ts'

/**
 * The pools overlays are cut from. moby `daemon/cluster/swarm.go: validateDefaultAddrPool`.
 */
export function addressPools({
  defaultAddrPool,
  maskLength,
  origins,
}: SwarmInit): readonly DefaultPool[] | Refusal {
  const size = maskLength ?? 24
  if (defaultAddrPool.length === 0 && maskLength === null) return GLOBAL_POOLS
  if (size > 29) return maskOutOfRange(size, origins?.maskLength)
  if (defaultAddrPool.length === 0) return GLOBAL_POOLS.map(({ base }) => ({ base, size }))
  const pools: DefaultPool[] = []
  for (const [index, text] of defaultAddrPool.entries()) {
    const at = origins?.defaultAddrPool?.[index]
    const cidr = parseCidr(text.trim())
    if (cidr === null) return badAddressPool(text, at)
    if (size < cidr.length) return poolSmallerThanSubnet(text, size, at)
    pools.push({ base: prefixOf(cidr), size })
  }
  return pools
}
