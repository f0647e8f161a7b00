/** Why IPAM refuses. The wording is the caller's: it differs between releases. */
export type IpamError =
  | 'POOL_OVERLAP'
  | 'POOLS_EXHAUSTED'
  /** Blocks of the size asked for fit in no default pool. */
  | 'NO_POOL_OF_SIZE'
  | 'ADDRESS_IN_USE'
  | 'ADDRESS_OUT_OF_RANGE'
  | 'NO_AVAILABLE_ADDRESS'

export type IpamResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: IpamError }
