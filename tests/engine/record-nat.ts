/**
 * Records the NAT rules of a real engine for every combination of what decides them:
 * `TEST_ENGINE_PATH=FOLDER/28/bin npx tsx tests/engine/record-nat.ts` adds to tests/print/nat.json, or replaces what
 * that release had. Containers are started only where icc makes no difference to NAT.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { IMAGE, installedEngine, startEngine, whyNoEngine } from './dockerd.ts'

interface NatRecording {
  readonly engine: string
  readonly version: string
  readonly userlandProxy: boolean
  readonly commands: readonly { readonly run: string; readonly ok: boolean }[]
  /** `iptables -t nat -S`. */
  readonly rules: readonly string[]
}

const FILE = join(import.meta.dirname, '../print/nat.json')
const BRIDGE = 'com.docker.network.bridge'

function commands(modes: readonly string[]): string[] {
  const lines: string[] = []
  let n = 0
  for (const internal of [false, true])
    for (const masquerade of [true, false])
      for (const icc of [true, false])
        for (const mode of modes) {
          n += 1
          const options = [
            `-o ${BRIDGE}.name=n${n}`,
            ...(internal ? ['--internal'] : []),
            ...(masquerade ? [] : [`-o ${BRIDGE}.enable_ip_masquerade=false`]),
            ...(icc ? [] : [`-o ${BRIDGE}.enable_icc=false`]),
            ...(mode === '' ? [] : [`-o ${BRIDGE}.gateway_mode_ipv4=${mode}`]),
          ]
          lines.push(`docker network create --subnet 10.${n}.0.0/24 ${options.join(' ')} n${n}`)
          if (icc) lines.push(`docker run -d --name c${n} --network n${n} -p ${8000 + n}:80 ${IMAGE}`)
        }
  // Up to 26 the order of ports is by chance where the higher port of the host leads to the lower one of the container.
  lines.push(
    `docker network create --subnet 10.99.0.0/24 -o ${BRIDGE}.name=n99 -o com.docker.network.host_ipv4=198.51.100.10 n99`,
    `docker run -d --name c99 --network n99 -p 127.0.0.1:8199:82 -p 198.51.100.10:8198:81/udp -p [::]:8197:80 ${IMAGE}`,
  )
  return lines
}

async function record(engine: string, version: string, userlandProxy: boolean): Promise<NatRecording> {
  const running = await startEngine({
    address: '198.51.100.10/24',
    interfaces: new Map(),
    routes: [],
    nameservers: ['10.255.255.53'],
    daemonArguments: userlandProxy ? [] : ['--userland-proxy=false'],
  })
  try {
    const done: { run: string; ok: boolean }[] = []
    const modes = Number(engine) < 27 ? ['', 'routed'] : ['', 'nat', 'nat-unprotected', 'routed', 'isolated']
    for (const run of commands(modes)) {
      const { status } = await running.docker(run.split(' ').slice(1))
      done.push({ run, ok: status === 0 })
    }
    const { stdout } = await running.shell('iptables -t nat -S')
    return {
      engine,
      version,
      userlandProxy,
      commands: done,
      rules: stdout.split('\n').filter((line) => line !== ''),
    }
  } finally {
    await running.close()
  }
}

const why = whyNoEngine()
if (why !== null) throw new Error(why)
const { version, rules: engine } = installedEngine()
if (engine === null) throw new Error(`the rules of ${version} are not known`)
const known: NatRecording[] = JSON.parse(readFileSync(FILE, 'utf8'))
const fresh = [await record(engine, version, true), await record(engine, version, false)]
const all = [...known.filter((one) => one.engine !== engine), ...fresh]
all.sort((a, b) => Number(a.engine) - Number(b.engine))
writeFileSync(FILE, `${JSON.stringify(all, null, 1)}\n`)
console.log(`${version}: ${fresh.map(({ rules }) => rules.length).join(' and ')} rules`)
