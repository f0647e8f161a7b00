import type { RecordedStep, Recording } from './recording.ts'

/** A block of the fence language that asks for what a recording's engine was asked for. */
export function blockOf(recording: Recording, steps: readonly RecordedStep[], compose: string): string {
  return [
    `engine: ${recording.engine}`,
    // Compose projects were made in a folder called app.
    ...(compose === '' ? [] : ['name: app']),
    ...daemonLines(recording),
    ...hostLines(recording),
    compose,
    'commands:',
    ...steps.map(({ command, ok }) =>
      ok ? `- ${JSON.stringify(command)}` : `- { run: ${JSON.stringify(command)}, expect: error }`,
    ),
  ].join('\n')
}

function daemonLines({ daemonArgs, steps }: Recording): string[] {
  const lines: string[] = []
  const pools: string[] = []
  for (let i = 0; i < daemonArgs.length; i++) {
    const flag = daemonArgs[i]
    if (flag === '--ipv6') lines.push('  ipv6: true')
    else if (flag === '--userland-proxy=false') lines.push('  userland-proxy: false')
    else {
      const value = daemonArgs[++i] ?? ''
      if (flag === '--default-address-pool') {
        const [base = '', size = ''] = value.split(',')
        pools.push(`{ ${base.replace('=', ': "')}", ${size.replace('=', ': ')} }`)
      } else lines.push(`  ${(flag ?? '').slice(2)}: "${value}"`)
    }
  }
  const id = steps.find((step) => step.command.startsWith('docker info'))?.output.trim() ?? ''
  if (id !== '') lines.push(`  id: ${id}`)
  if (pools.length > 0) lines.push(`  default-address-pools: [${pools.join(', ')}]`)
  return lines.length === 0 ? [] : ['daemon:', ...lines]
}

function hostLines({ hosts, hostSetup }: Recording): string[] {
  const interfaces = new Map<string, string>()
  const routes: string[] = []
  for (const line of hostSetup) {
    const pair = /^ip link add (\S+) type veth peer name (\S+)$/.exec(line)
    const address = /^ip addr add (\S+) dev (\S+)$/.exec(line)
    const route = /^ip route add (.+)$/.exec(line)
    for (const name of [pair?.[1], pair?.[2]]) if (name !== undefined) interfaces.set(name, '')
    if (address !== null) interfaces.set(address[2] ?? '', address[1] ?? '')
    if (route !== null) routes.push(route[1] ?? '')
  }
  return [
    'hosts:',
    ...Object.entries(hosts).flatMap(([name, { address }]) => [
      `  ${name}:`,
      `    address: ${address}`,
      ...(interfaces.size === 0
        ? []
        : ['    interfaces:', ...[...interfaces].map(([key, value]) => `      ${key}: "${value}"`)]),
      ...(routes.length === 0 ? [] : ['    routes:', ...routes.map((route) => `      - ${route}`)]),
    ]),
  ]
}
