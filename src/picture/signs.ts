/** Signs of our own, drawn with lines in a square of 16 pixels. */
import type { Sign } from '../topology/topology.ts'

export const SIGN = 16
/** From a sign to the name behind it. */
export const SIGN_GAP = 5

export const SIGN_PATHS: Readonly<Record<Sign, string>> = {
  // A drum.
  database:
    'M2.5 4a5.5 2.3 0 0 1 11 0v8a5.5 2.3 0 0 1-11 0zM2.5 4a5.5 2.3 0 0 0 11 0M2.5 8a5.5 2.3 0 0 0 11 0',
  // A flash: at once.
  cache: 'M9 1.5L3.5 9H7.5L6.5 14.5L12.5 6.5H8.3z',
  // A window of a browser.
  web: 'M1.5 3h13v10.5h-13zM1.5 6h13M3.5 4.5h.1M5.5 4.5h.1',
  // One in, several out.
  proxy: 'M1.5 8H6M6 8L13 3M6 8H14M6 8L13 13M11 3h2.2v2.2M11 13h2.2v-2.2',
  // Letters in a row, and the next one out.
  queue: 'M1 4.5h9v7h-9zM4 4.5v7M7 4.5v7M10 8h4.6M12.4 5.8L14.6 8L12.4 10.2',
  // Four ways.
  router:
    'M8 1.8a6.2 6.2 0 1 0 .01 0zM8 4v8M4 8h8M6.6 5.4L8 4l1.4 1.4M6.6 10.6L8 12l1.4-1.4M5.4 6.6L4 8l1.4 1.4M10.6 6.6L12 8l-1.4 1.4',
  // Bricks.
  firewall: 'M1.5 3h13v10h-13zM1.5 6.3h13M1.5 9.7h13M6 3v3.3M10.5 6.3v3.4M5 6.3v3.4M8 9.7V13',
  // A lock.
  vpn: 'M3 7h10v7H3zM5 7V4.8a3 3 0 0 1 6 0V7M8 9.7v1.8',
  // A curve under watch.
  monitor: 'M1.5 2.5v11h13M3.5 11L6.5 7L9 9.5L13.5 4',
  // A wheel.
  worker:
    'M8 5.6a2.4 2.4 0 1 0 .01 0zM8 1.5v2.3M8 12.2v2.3M1.5 8h2.3M12.2 8h2.3M3.4 3.4L5 5M11 11l1.6 1.6M12.6 3.4L11 5M5 11l-1.6 1.6',
  // A cloud.
  internet: 'M4.5 12.5a3 3 0 0 1-.3-6A4 4 0 0 1 12 5.9a3.3 3.3 0 0 1-.3 6.6z',
  // A screen on its foot.
  machine: 'M1.5 2.5h13v8.5h-13zM8 11v2.5M5 13.5h6',
}
