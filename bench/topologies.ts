/** Blocks of the figure language, each another topology, the same at every run. */

/** A generator of numbers from 0 up to, not including, a limit; the sequence depends on the seed alone. */
function numbersFrom(seed: number): (limit: number) => number {
  let state = seed >>> 0
  return (limit) => {
    // Numerical Recipes' linear congruential generator; the high bits are the good ones.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 0x1_0000_0000) * limit)
  }
}

const NAMES = [
  'web',
  'api',
  'db',
  'cache',
  'queue',
  'worker',
  'auth',
  'proxy',
  'search',
  'mail',
  'metrics',
  'logs',
]
const NETWORKS = ['front', 'back', 'data', 'edge']

/** Containers on bridge networks of one host. */
function composeBlock(index: number, services: number, networks: number): string {
  const next = numbersFrom(index * 7919 + 17)
  const nets = NETWORKS.slice(0, networks)
  const lines = ['networks:']
  nets.forEach((name, i) => {
    const subnet = next(2) === 0 ? '' : ` ipam: { config: [{ subnet: 10.${index % 200}.${i}.0/24 }] } `
    lines.push(`  ${name}: {${subnet}}`)
  })
  lines.push('services:')
  for (let i = 0; i < services; i++) {
    const name = i < NAMES.length ? NAMES[i] : `${NAMES[i % NAMES.length]}${Math.floor(i / NAMES.length) + 1}`
    const first = nets[i % nets.length]
    const second = nets[(i + 1) % nets.length]
    const joined = second !== first && next(4) === 0 ? [first, second] : [first]
    lines.push(`  ${name}:`, `    image: ${name}:${index}`, `    networks: [${joined.join(', ')}]`)
    if (i === 0) lines.push(`    ports: ["${8000 + index}:80"]`)
  }
  return `${lines.join('\n')}\n`
}

/** Services of a swarm on several hosts. */
function swarmBlock(index: number, hosts: number, services: number): string {
  const lines = ['swarm: true', 'underlay:', `  subnet: 192.168.${index % 200}.0/24`, 'hosts:']
  for (let h = 0; h < hosts; h++)
    lines.push(
      `  node${h + 1}: { address: 192.168.${index % 200}.${11 + h}/24, role: ${h === 0 ? 'manager' : 'worker'} }`,
    )
  lines.push('networks:', '  pets: { driver: overlay }', 'services:')
  for (let i = 0; i < services; i++) {
    lines.push(
      `  ${NAMES[i % NAMES.length]}:`,
      '    networks: [pets]',
      '    deploy:',
      `      replicas: ${hosts}`,
    )
    if (i === 0) lines.push(`    ports: ["${8000 + index}:5000"]`)
  }
  return `${lines.join('\n')}\n`
}

/** The `index`th topology: of ten, six small, three of about ten containers, one swarm of three hosts. */
export function block(index: number): string {
  const kind = index % 10
  if (kind < 6) return composeBlock(index, 1 + (index % 5), 1 + (index % 2))
  if (kind < 9) return composeBlock(index, 8 + (index % 5), 2 + (index % 3))
  return swarmBlock(index, 3, 3 + (index % 3))
}

export const blocks = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => block(i))
