export { type AddressSpace, createAddressSpace, type PoolLease } from './address-space.ts'
export { type AllocatedSubnets, createAllocatedSubnets } from './allocated.ts'
export {
  blockAfter,
  blockAt,
  blockCount,
  type DefaultPool,
  GLOBAL_POOLS,
  LOCAL_POOLS,
  sortedPools,
  ulaPool,
} from './default-pools.ts'
export { type AddressPool, createAddressPool } from './pool.ts'
export type { IpamError } from './result.ts'
