/**
 * `iptables -t nat -S` of a host, and `ip6tables -t nat -S`, as the engine fills them.
 * @see moby `libnetwork/drivers/bridge/setup_ip_tables_linux.go`, `libnetwork/iptables/iptables.go: Forward`,
 *   `libnetwork/service_linux.go: programIngress`
 */
import {
  type Address,
  type Family,
  formatAddress,
  formatPrefix,
  formatSocket,
  prefixOf,
} from '../net/index.ts'
import type { Plan, PlanContainer, PlanNetwork, PlanSubnet } from '../plan/plan.ts'
import { publishingNetwork, type TranslatedPort, translatedPorts } from '../plan/published.ts'

export function natRules(plan: Plan, host: string, family: Family = 4): readonly string[] {
  const policies = ['-P PREROUTING ACCEPT', '-P INPUT ACCEPT', '-P OUTPUT ACCEPT', '-P POSTROUTING ACCEPT']
  if (family === 6 && !plan.rules.filtersIpv6) return policies
  const proxied = plan.hosts.find((one) => one.name === host)?.daemon.userlandProxy ?? true
  // The engine puts the rules of a new network in front.
  const bridges = [...plan.networks.values()]
    .filter((network) => network.policy.link === 'bridge' && network.host === host)
    .reverse()
  const ports = [...plan.containers.values()]
    .filter((container) => container.host === host)
    .flatMap((container) => portsOf(plan, container, family))
  const ingress = family === 4 ? ingressPorts(plan, bridges) : []
  const toOneself = plan.rules.masqueradesToOneself === 'always' || !proxied
  return [
    ...policies,
    '-N DOCKER',
    ...(ingress.length > 0
      ? ['-N DOCKER-INGRESS', '-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER-INGRESS']
      : []),
    '-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER',
    ...(ingress.length > 0 ? ['-A OUTPUT -m addrtype --dst-type LOCAL -j DOCKER-INGRESS'] : []),
    // Without docker-proxy the kernel alone must serve the host's own 127.0.0.1.
    `-A OUTPUT${proxied ? ` ! -d ${family === 6 ? '::1/128' : '127.0.0.0/8'}` : ''} -m addrtype --dst-type LOCAL -j DOCKER`,
    ...(ingress.length > 0
      ? ['-A POSTROUTING -o docker_gwbridge -m addrtype --src-type LOCAL -j MASQUERADE']
      : []),
    ...bridges.flatMap((network) => sourceRules(network, family, proxied)),
    // A rule that is there is not added again.
    ...(toOneself ? new Set(ports.map(hairpinRule)) : []),
    ...bridges.flatMap((network) =>
      policyOf(network, family).skipsDnat && has(network, family)
        ? [`-A DOCKER -i ${deviceOf(network)} -j RETURN`]
        : [],
    ),
    ...ports.map((port) => dnatRule(port, proxied)),
    ...ingress,
  ]
}

const PROTOCOLS = ['tcp', 'udp', 'sctp'] as const

interface Port extends TranslatedPort {
  readonly device: string
}

/** Translated ports of a family by container port. */
function portsOf(plan: Plan, container: PlanContainer, family: Family): readonly Port[] {
  const network = publishingNetwork(plan, container)
  if (network === null) return []
  const sign = plan.rules.rangeOrder === 'ascending' ? 1 : -1
  return (
    translatedPorts(plan, container)
      .filter(({ ip }) => ip.family === family)
      .map((port) => ({ ...port, device: deviceOf(network) }))
      // go-connections `nat.SortPortMap`, and from 28 on `port_mapping_linux.go: cmpPortBinding`.
      .sort(
        (a, b) =>
          (a.target - b.target) * sign ||
          PROTOCOLS.indexOf(a.protocol) - PROTOCOLS.indexOf(b.protocol) ||
          (a.port - b.port) * sign,
      )
  )
}

function dnatRule({ ip, port, target, protocol, device, to }: Port, proxied: boolean): string {
  const six = ip.family === 6
  const where = `${six ? ' ! -s fe80::/10' : ''}${ip.value === 0n ? '' : ` -d ${formatAddress(ip)}/${six ? 128 : 32}`}`
  const not = proxied ? ` ! -i ${device}` : ''
  const match = `-p ${protocol} -m ${protocol} --dport ${port}`
  return `-A DOCKER${where}${not} ${match} -j DNAT --to-destination ${formatSocket(to.address, target)}`
}

/** A container that reaches itself through its own published port. */
function hairpinRule({ protocol, target, to }: Port): string {
  const own = `${formatAddress(to.address)}/${to.address.family === 6 ? 128 : 32}`
  return `-A POSTROUTING -s ${own} -d ${own} -p ${protocol} -m ${protocol} --dport ${target} -j MASQUERADE`
}

/** The source of packets that leave the bridge, and, without docker-proxy, of those the host itself sends into it. */
function sourceRules(network: PlanNetwork, family: Family, proxied: boolean): readonly string[] {
  const { source, fromHost } = policyOf(network, family)
  const device = deviceOf(network)
  const leaves =
    source === null
      ? []
      : network.subnets
          .filter((subnet) => isOf(subnet, family))
          .map(
            (subnet) =>
              `-A POSTROUTING -s ${formatPrefix(prefixOf(subnet))} ! -o ${device} -j ${jump(source)}`,
          )
  const enters =
    proxied || fromHost === null || !has(network, family)
      ? []
      : [`-A POSTROUTING -o ${device} -m addrtype --src-type LOCAL -j ${jump(fromHost)}`]
  return [...enters, ...leaves]
}

const jump = (source: 'masquerade' | Address): string =>
  source === 'masquerade' ? 'MASQUERADE' : `SNAT --to-source ${formatAddress(source)}`

const policyOf = ({ policy }: PlanNetwork, family: Family) => (family === 4 ? policy.ipv4 : policy.ipv6)
const isOf = ({ address, used }: PlanSubnet, family: Family): boolean => used && address.family === family
const has = ({ subnets }: PlanNetwork, family: Family): boolean =>
  subnets.some((subnet) => isOf(subnet, family))

function deviceOf(network: PlanNetwork): string {
  return network.device === '' ? `br-<${network.name}>` : network.device
}

/** The routing mesh: every node sends a published port to its ingress sandbox on docker_gwbridge. */
function ingressPorts(plan: Plan, bridges: readonly PlanNetwork[]): readonly string[] {
  const bridge = bridges.find((network) => network.name === 'docker_gwbridge')
  const sandbox = bridge?.endpoints.get('gateway_ingress-sbox')?.ipv4?.address
  const ports = [...plan.services.values()].flatMap((service) =>
    service.ports.filter((port) => port.mode === 'ingress'),
  )
  if (sandbox === undefined || ports.length === 0) return []
  return [
    ...ports.map(({ protocol, published }) => {
      const match = `-p ${protocol} -m ${protocol} --dport ${published}`
      return `-A DOCKER-INGRESS ${match} -j DNAT --to-destination ${formatSocket(sandbox, published)}`
    }),
    '-A DOCKER-INGRESS -j RETURN',
  ]
}
