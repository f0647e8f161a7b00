/** What a model says of a service, container or network, in Markdown for a hover. */
import type { Plan } from '../plan/plan.ts'
import { lookUp } from '../reference/index.ts'

/** Containers of a service, or one container, with their addresses; `null` when the plan has no such thing. */
export function serviceFacts(plan: Plan, name: string): string | null {
  const containers = [...plan.containers.values()].filter(
    (container) => container.service === name || container.name === name,
  )
  if (containers.length === 0) return null
  const service = plan.services.get(name)
  const vips = [...(service?.vips.keys() ?? [])].flatMap((network) =>
    factIn(plan, `${name}@${network}.vip`, (vip) => `- VIP \`${vip}\` on ${network}`),
  )
  const lines = containers.slice(0, MOST).flatMap((container) => {
    const addresses = [...container.endpoints.keys()].flatMap((network) =>
      ['cidr', 'cidr6'].flatMap((property) =>
        factIn(plan, `${container.name}@${network}.${property}`, (address) => `\`${address}\` on ${network}`),
      ),
    )
    const unique = [...new Set(addresses)]
    return [
      `- **${container.name}** ${unique.length === 0 ? stateOf(plan, container.name) : unique.join(', ')}`,
    ]
  })
  const more = containers.length > MOST ? [`- and ${containers.length - MOST} more`] : []
  return [...vips, ...lines, ...more].join('\n')
}

/** Rows of a hover, which should fit into a small window. */
const MOST = 12

export function networkFacts(plan: Plan, name: string): string | null {
  const network = [...plan.networks.values()].find(({ key, name: own }) => key === name || own === name)
  if (network === undefined) return null
  const facts = ['subnets', 'gateway', 'gateway6', 'vni'].flatMap((property) =>
    factIn(plan, `${network.key}.${property}`, (text) => `${property} \`${text}\``),
  )
  const members = [...network.endpoints.keys()]
    .slice(0, MOST)
    .flatMap((endpoint) =>
      factIn(plan, `${endpoint}@${network.key}.ip`, (address) => `- ${endpoint} \`${address}\``),
    )
  return [`**${network.key}** (${network.driver}) ${facts.join(', ')}`, ...members].join('\n')
}

function factIn(plan: Plan, path: string, write: (text: string) => string): readonly string[] {
  const value = lookUp(plan, path)
  return value.ok ? [write(value.text)] : []
}

function stateOf(plan: Plan, name: string): string {
  const value = lookUp(plan, `${name}.state`)
  return value.ok ? value.text : ''
}
