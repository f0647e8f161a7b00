import type { Said } from '../problem/say.ts'
/** What a path in prose may stand for, and which properties there are. */

/** A value, or why there is none. */
export type Value =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly reason: Said; readonly hint: Said | null }

export const none = (reason: Said, hint: Said | null = null): Value => ({ ok: false, reason, hint })
export const given = (text: string, reason: Said, hint: Said | null = null): Value =>
  text === '' ? none(reason, hint) : { ok: true, text }

export const PROPERTIES = {
  network: [
    'subnet',
    'subnet6',
    'subnets',
    'gateway',
    'gateway6',
    'ip-range',
    'vni',
    'driver',
    'scope',
    'name',
    'host',
    'device',
    'parent',
  ],
  container: [
    'ip',
    'ip6',
    'cidr',
    'cidr6',
    'mac',
    'gateway',
    'gateway6',
    'interface',
    'subnet',
    'port',
    'ports',
    'host',
    'hostname',
    'image',
    'state',
    'network',
    'route',
  ],
  endpoint: ['ip', 'ip6', 'cidr', 'cidr6', 'mac', 'host'],
  service: ['vip', 'port', 'ports', 'replicas', 'image', 'mode'],
  host: ['ip', 'address', 'interface', 'role'],
} as const satisfies Readonly<Record<string, readonly string[]>>
