export {
  type Address,
  bytesOf,
  compareAddresses,
  type Family,
  formatAddress,
  parseAddress,
  widthOf,
} from './address.ts'
export { formatMac, isMulticast, type Mac, macOfAddress, parseMac } from './mac.ts'
export {
  type Cidr,
  comparePrefixes,
  contains,
  firstOf,
  formatCidr,
  formatPrefix,
  hostMask,
  lastValue,
  overlaps,
  type Prefix,
  parseCidr,
  parsePrefix,
  prefixOf,
  singleton,
  sizeOf,
  withoutLength,
} from './prefix.ts'
