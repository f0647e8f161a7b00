/**
 * What is around a host under test: a LAN with a router that is its name server too, a client on the LAN, and a
 * machine outside. Each is a network namespace of its own, held by one process that ends with this one.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { readlinkSync } from 'node:fs'

export const LAN = {
  subnet: '198.51.100.0/24',
  router: '198.51.100.1',
  /** Where the figures and traces put a machine beside the hosts. */
  client: '198.51.100.250',
  outside: '203.0.113.5',
  /** A name that the router's name server knows as the machine outside. */
  outsideName: 'www.example.com',
} as const

export interface Lan {
  /** Processes whose network namespaces are those of the client and of the machine outside. */
  readonly client: number
  readonly outside: number
  /** Puts the other end of a host's eth0 on the LAN. */
  join(enginePid: number): Promise<void>
  /** Leads the client's and the outside's packets for a subnet to a host. */
  route(subnet: string, via: string): Promise<void>
  close(): void
}

/** Runs a script in the network namespace of a process. @throws Error with what it printed. */
export function inNetworkOf(pid: number, script: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      'nsenter',
      ['-t', String(pid), '--net', 'sh', '-ec', script],
      { maxBuffer: 1 << 24 },
      (error, stdout, stderr) => {
        if (error === null) resolve(stdout)
        else reject(new Error(`${script}\n${stderr || error.message}`))
      },
    )
  })
}

/** @param prober path of the program that `prober.c` makes. */
export async function startLan(prober: string): Promise<Lan> {
  const held: ChildProcess[] = []
  const hold = (...words: readonly string[]): number => {
    const child = spawn('setpriv', ['--pdeathsig', 'KILL', ...words], { stdio: 'ignore' })
    held.push(child)
    return child.pid ?? 0
  }
  const namespace = async (): Promise<number> => {
    const pid = hold('unshare', '--net', 'sleep', '100000')
    await until(() => ownNetwork(pid))
    return pid
  }
  const close = (): void => {
    for (const child of held) child.kill('SIGKILL')
  }
  try {
    const [lan, client, outside] = await Promise.all([namespace(), namespace(), namespace()])
    await inNetworkOf(
      lan,
      [
        'echo 1 > /proc/sys/net/ipv4/ip_forward',
        // Every question gets its own answer.
        'echo 0 > /proc/sys/net/ipv4/icmp_ratelimit',
        'ip link set lo up',
        'ip link add br0 type bridge; ip link set br0 up',
        `ip addr add ${LAN.router}/24 dev br0`,
        `ip link add c0 type veth peer name eth0 netns ${client}; ip link set c0 master br0 up`,
        `ip link add out0 type veth peer name eth0 netns ${outside}; ip link set out0 up`,
        'ip addr add 203.0.113.1/24 dev out0',
        // Only what comes from outside is led to the hosts' bridges: a LAN does not know of them.
        'ip rule add iif out0 lookup 100',
        // So are the answers of the name server, as those of the client are.
        'ip rule add iif lo lookup 100',
      ].join('\n'),
    )
    const machine = (pid: number, address: string, gateway: string): Promise<string> =>
      inNetworkOf(
        pid,
        `ip link set lo up; ip link set eth0 up; ip addr add ${address}/24 dev eth0; ip route add default via ${gateway}`,
      )
    await machine(client, LAN.client, LAN.router)
    await machine(outside, LAN.outside, '203.0.113.1')
    const runIn = (pid: number, ...words: string[]): number =>
      hold('nsenter', '-t', String(pid), '--net', prober, ...words)
    runIn(lan, 'dns', `${LAN.outsideName}=${LAN.outside}`)
    runIn(client, 'serve', 'client', '80', '80/udp')
    runIn(outside, 'serve', 'outside', '80', '80/udp')
    let joined = 0
    return {
      client,
      outside,
      close,
      join: async (enginePid) => {
        const name = `host${++joined}`
        await inNetworkOf(enginePid, `ip link set eth0-peer netns ${lan} name ${name}`)
        await inNetworkOf(
          enginePid,
          'echo 0 > /proc/sys/net/ipv4/icmp_ratelimit; echo 0 > /proc/sys/net/ipv6/icmp/ratelimit',
        )
        await inNetworkOf(lan, `ip link set ${name} master br0 up`)
      },
      route: async (subnet, via) => {
        await inNetworkOf(client, `ip route replace ${subnet} via ${via}`)
        await inNetworkOf(lan, `ip route replace ${subnet} via ${via} table 100`)
      },
    }
  } catch (error) {
    close()
    throw error
  }
}

/** Whether a process has left this one's network namespace. */
function ownNetwork(pid: number): boolean {
  const networkOf = (of: number | 'self'): string => readlinkSync(`/proc/${of}/ns/net`)
  try {
    return networkOf(pid) !== networkOf('self')
  } catch {
    return false
  }
}

async function until(isDone: () => boolean): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    if (isDone()) return
    await new Promise((done) => setTimeout(done, 10))
  }
  throw new Error('a network namespace did not come up')
}
