/** A real engine's answers to a list of commands, as `scripts/import-recordings.ts` keeps them. */
export interface Recording {
  readonly name: string
  readonly title: string
  /** `28.5.2`. */
  readonly engineVersion: string
  readonly engine: '20' | '26' | '28' | '29'
  readonly kernelNote: string
  readonly daemonArgs: readonly string[]
  readonly hostSetup: readonly string[]
  readonly compose: string
  readonly hosts: Readonly<Record<string, { readonly address: string }>>
  readonly steps: readonly RecordedStep[]
  readonly networks: Readonly<Record<string, RecordedNetwork>>
  readonly containers: Readonly<Record<string, RecordedContainer>>
  /** Swarm services; empty without a swarm. */
  readonly services: Readonly<Record<string, RecordedService>>
}

export interface RecordedService {
  /** By network. */
  readonly vips: Readonly<Record<string, string>>
  readonly ports: readonly { readonly published: number; readonly target: number; readonly mode: string }[]
  /** By `SERVICE.SLOT`. */
  readonly tasks: Readonly<
    Record<
      string,
      { readonly state: string; readonly addresses: Readonly<Record<string, readonly string[]>> }
    >
  >
}

export interface RecordedStep {
  readonly command: string
  readonly ok: boolean
  /** What it printed: kept of failed steps, and of looks at addresses and files. */
  readonly output: string
}

export interface RecordedNetwork {
  readonly driver: string
  readonly scope: string
  readonly subnets: readonly string[]
  /** `null` where inspect prints none. */
  readonly gateways: readonly (string | null)[]
  readonly ranges: readonly string[]
  readonly aux: Readonly<Record<string, string>>
  readonly internal: boolean
  readonly attachable: boolean
  readonly ipv6: boolean
  /** Option vxlanid_list of an overlay: `4106,4107`; `''` for none. */
  readonly vni: string
  readonly endpoints: Readonly<
    Record<string, { readonly ipv4: string; readonly ipv6: string; readonly mac: string }>
  >
}

export interface RecordedContainer {
  readonly state: string
  readonly networks: Readonly<Record<string, RecordedAttachment>>
  /** `8080/tcp` → `0.0.0.0:8080`. */
  readonly ports: Readonly<Record<string, readonly string[]>>
  /** Default routes: `via ADDRESS dev eth0`. */
  readonly routes: readonly string[]
  /** Interfaces inside the container but lo, by name; empty where it does not run. */
  readonly links: Readonly<
    Record<string, { readonly address: string; readonly mac: string; readonly mtu: number }>
  >
}

export interface RecordedAttachment {
  readonly ipv4: string
  readonly ipv6: string
  readonly mac: string
  readonly gateway: string
  readonly gateway6: string
  /** `''` where the container does not run. */
  readonly interface: string
  /** Without the random short id. */
  readonly names: readonly string[]
}
