/** The real compose, which reads files without an engine: `docker compose config --format json`. */
import { spawnSync } from 'node:child_process'
import { dirname } from 'node:path'

/** Command that is compose: `TEST_COMPOSE_PATH`, else `docker-compose` or `docker compose`; `null` for none. */
export function findCompose(): readonly string[] | null {
  const candidates = [
    ...(process.env.TEST_COMPOSE_PATH === undefined ? [] : [[process.env.TEST_COMPOSE_PATH]]),
    ['docker-compose'],
    ['docker', 'compose'],
  ]
  const works = ([command = '', ...args]: readonly string[]): boolean =>
    spawnSync(command, [...args, 'version', '--short'], { encoding: 'utf8' }).stdout?.startsWith('2') === true
  return candidates.find(works) ?? null
}

export type Read =
  | { readonly ok: true; readonly model: ComposeModel }
  | { readonly ok: false; readonly message: string }

/** What `config` prints, as far as it is compared. */
export interface ComposeModel {
  readonly name: string
  readonly services: Readonly<Record<string, ComposeService>>
  readonly networks?: Readonly<Record<string, ComposeNetwork>>
}
export interface ComposeService {
  readonly provider?: unknown
  readonly container_name?: string
  readonly hostname?: string
  readonly mac_address?: string
  readonly network_mode?: string
  readonly networks?: Readonly<Record<string, ComposeAttachment | null>> | null
  readonly ports?: readonly ComposePort[]
  readonly expose?: readonly string[]
  readonly depends_on?: Readonly<Record<string, { readonly required?: boolean }>>
  readonly links?: readonly string[]
  readonly profiles?: readonly string[]
  readonly scale?: number
  readonly deploy?: {
    readonly mode?: string
    readonly replicas?: number
    readonly endpoint_mode?: string
    readonly placement?: { readonly constraints?: readonly string[] }
  }
}
export interface ComposeAttachment {
  readonly ipv4_address?: string
  readonly ipv6_address?: string
  readonly mac_address?: string
  readonly aliases?: readonly string[]
  readonly link_local_ips?: readonly string[]
  readonly priority?: number
  readonly gw_priority?: number
  readonly interface_name?: string
}
export interface ComposePort {
  readonly mode?: string
  readonly host_ip?: string
  readonly target: number
  readonly published?: string
  readonly protocol?: string
}
export interface ComposeNetwork {
  readonly name?: string
  readonly driver?: string
  readonly driver_opts?: Readonly<Record<string, string>>
  readonly external?: boolean
  readonly internal?: boolean
  readonly attachable?: boolean
  readonly enable_ipv4?: boolean
  readonly enable_ipv6?: boolean
  readonly ipam?: {
    readonly driver?: string
    readonly config?: readonly {
      readonly subnet?: string
      readonly ip_range?: string
      readonly gateway?: string
      readonly aux_addresses?: Readonly<Record<string, string>>
    }[]
  }
}

/** @param file Path of the first file; the others lie where they are named from there. */
export function readWithCompose(
  compose: readonly string[],
  files: readonly string[],
  more: readonly string[] = [],
): Read {
  const [command = '', ...args] = compose
  const named = files.flatMap((file) => ['-f', file])
  const run = spawnSync(command, [...args, ...named, ...more, 'config', '--format', 'json'], {
    cwd: dirname(files[0] ?? '.'),
    encoding: 'utf8',
    env: { HOME: '/nonexistent', PATH: process.env.PATH ?? '' },
    timeout: 20_000,
    maxBuffer: 64 * 1024 * 1024,
  })
  if (run.status !== 0) return { ok: false, message: (run.stderr || String(run.error)).trim() }
  // What it prints can be read again, so that each dollar sign stands twice.
  const once = (_: string, value: unknown): unknown =>
    typeof value === 'string' ? value.replaceAll('$$', '$') : value
  return { ok: true, model: JSON.parse(run.stdout, once) }
}
