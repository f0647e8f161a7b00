/**
 * `iptables -t nat -S` of a host, as the engine fills it.
 * @see moby `libnetwork/drivers/bridge/setup_ip_tables_linux.go`, `libnetwork/iptables/iptables.go: Forward`,
 *   `libnetwork/service_linux.go: programIngress`
 */
import { parseAddress, withoutLength } from '../net/index.ts'
import type { Plan, PlanContainer, PlanNetwork } from '../plan/plan.ts'
import { rulesOf } from '../rules/index.ts'

const OPTION = 'com.docker.network.bridge.'

export function natRules(plan: Plan, host: string): readonly string[] {
  const proxied = plan.hosts.find((one) => one.name === host)?.daemon.userlandProxy ?? true
  // The engine puts the rules of a new network in front.
  const bridges = [...plan.networks.values()]
    .filter((network) => network.driver === 'bridge' && network.host === host)
    .reverse()
  const ports = [...plan.containers.values()]
    .filter((container) => container.host === host)
    .flatMap((container) => portsOf(plan, container))
  const ingress = ingressPorts(plan, bridges)
  return [
    '-P PREROUTING ACCEPT',
    '-P INPUT ACCEPT',
    '-P OUTPUT ACCEPT',
    '-P POSTROUTING ACCEPT',
    '-N DOCKER',
    ...(ingress.length > 0
      ? ['-N DOCKER-INGRESS', '-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER-INGRESS']
      : []),
    '-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER',
    ...(ingress.length > 0 ? ['-A OUTPUT -m addrtype --dst-type LOCAL -j DOCKER-INGRESS'] : []),
    // Without docker-proxy the kernel alone must serve the host's own 127.0.0.1.
    `-A OUTPUT${proxied ? ' ! -d 127.0.0.0/8' : ''} -m addrtype --dst-type LOCAL -j DOCKER`,
    ...(ingress.length > 0
      ? ['-A POSTROUTING -o docker_gwbridge -m addrtype --src-type LOCAL -j MASQUERADE']
      : []),
    ...bridges.flatMap((network) => masqueradeRules(plan, network, proxied)),
    ...(rulesOf(plan.engine).masqueradesToOneself ? ports.map(hairpinRule) : []),
    ...bridges.flatMap((network) =>
      proxied && hasNat(plan, network) ? [`-A DOCKER -i ${deviceOf(network)} -j RETURN`] : [],
    ),
    ...ports.flatMap((port) => (port.routed ? [] : [dnatRule(port, proxied)])),
    ...ingress,
  ]
}

interface Port {
  readonly device: string
  readonly hostIp: string
  readonly hostPort: string
  readonly ip: string
  readonly port: string
  readonly protocol: string
  /** gateway_mode_ipv4=routed: reached without translation. */
  readonly routed: boolean
}

/**
 * Published IPv4 ports by container port.
 */
function portsOf(plan: Plan, container: PlanContainer): readonly Port[] {
  const key = container.defaultRoute?.network
  const network = key === undefined ? undefined : plan.networks.get(key)
  const attachment = key === undefined ? undefined : container.endpoints.get(key)
  if (network === undefined || attachment === undefined) return []
  const device = network.driver === 'bridge' ? deviceOf(network) : ''
  if (device === '') return []
  return container.ports
    .flatMap((published): readonly Port[] => {
      const colon = published.host.lastIndexOf(':')
      const hostIp = published.host.slice(0, colon)
      if (colon < 0 || parseAddress(hostIp)?.family !== 4) return []
      const [port = '', protocol = 'tcp'] = published.container.split('/')
      return [
        {
          device,
          hostIp,
          hostPort: published.host.slice(colon + 1),
          ip: withoutLength(attachment.ipv4),
          port,
          protocol,
          routed: isRouted(plan, network),
        },
      ]
    })
    .sort(
      (a, b) =>
        (Number(a.port) - Number(b.port)) * (rulesOf(plan.engine).rangeOrder === 'ascending' ? 1 : -1),
    )
}

function dnatRule(port: Port, proxied: boolean): string {
  const to = port.hostIp === '0.0.0.0' ? '' : ` -d ${port.hostIp}/32`
  const not = proxied ? ` ! -i ${port.device}` : ''
  const match = `-p ${port.protocol} -m ${port.protocol} --dport ${port.hostPort}`
  return `-A DOCKER${to}${not} ${match} -j DNAT --to-destination ${port.ip}:${port.port}`
}

/** A container that reaches itself through its own published port. */
function hairpinRule(port: Port): string {
  const match = `-p ${port.protocol} -m ${port.protocol} --dport ${port.port}`
  return `-A POSTROUTING -s ${port.ip}/32 -d ${port.ip}/32 ${match} -j MASQUERADE`
}

function masqueradeRules(plan: Plan, network: PlanNetwork, proxied: boolean): readonly string[] {
  const subnet = network.subnets.find((one) => !one.includes(':'))
  if (!hasNat(plan, network) || subnet === undefined) return []
  const device = deviceOf(network)
  return [
    ...(isRouted(plan, network) ? [] : [`-A POSTROUTING -s ${subnet} ! -o ${device} -j MASQUERADE`]),
    ...(proxied ? [] : [`-A POSTROUTING -o ${device} -m addrtype --src-type LOCAL -j MASQUERADE`]),
  ]
}

function hasNat(_plan: Plan, network: PlanNetwork): boolean {
  return !network.internal && network.options.get(`${OPTION}enable_ip_masquerade`) !== 'false'
}

/** An engine without gateway modes takes the option for one more unknown label. */
function isRouted(plan: Plan, network: PlanNetwork): boolean {
  return (
    rulesOf(plan.engine).gatewayModes.length > 0 &&
    network.options.get(`${OPTION}gateway_mode_ipv4`) === 'routed'
  )
}

function deviceOf(network: PlanNetwork): string {
  return network.device === '' ? `br-<${network.name}>` : network.device
}

/** The routing mesh: every node sends a published port to its ingress sandbox on docker_gwbridge. */
function ingressPorts(plan: Plan, bridges: readonly PlanNetwork[]): readonly string[] {
  const bridge = bridges.find((network) => network.name === 'docker_gwbridge')
  const sandbox = bridge?.endpoints.get('gateway_ingress-sbox')?.ipv4.split('/')[0]
  const ports = [...plan.services.values()].flatMap((service) =>
    service.ports.filter((port) => port.mode === 'ingress'),
  )
  if (sandbox === undefined || ports.length === 0) return []
  return [
    ...ports.map(({ protocol, published }) => {
      const match = `-p ${protocol} -m ${protocol} --dport ${published}`
      return `-A DOCKER-INGRESS ${match} -j DNAT --to-destination ${sandbox}:${published}`
    }),
    '-A DOCKER-INGRESS -j RETURN',
  ]
}
