import { ADDRESSLESS } from './addressless.ts'
import { BRIDGE } from './bridge.ts'
import type { Driver } from './driver.ts'
import { IPVLAN } from './ipvlan.ts'
import { MACVLAN } from './macvlan.ts'
import { OVERLAY } from './overlay.ts'

export { BRIDGE_NAME } from './bridge.ts'
export type { Driver, DriverChoice } from './driver.ts'

const DRIVERS: ReadonlyMap<string, Driver> = new Map([
  ['bridge', BRIDGE],
  ['macvlan', MACVLAN],
  ['ipvlan', IPVLAN],
  ['overlay', OVERLAY],
  ['host', ADDRESSLESS],
  ['null', ADDRESSLESS],
])

/** The driver of that name an engine comes with, `null` for none. */
export function knownDriver(name: string): Driver | null {
  return DRIVERS.get(name) ?? null
}

/** The driver of a network there is. */
export function driverOf({ driver }: { readonly driver: string }): Driver {
  return DRIVERS.get(driver) ?? OVERLAY
}
