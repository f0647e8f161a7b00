/** Random sequences on a swarm of one node. Services grow by one task at a time: in a batch Docker leaves the order to chance. */
import fc from 'fast-check'
import { IMAGE } from './dockerd.ts'
import type { Sequence } from './sequence.ts'

interface Made {
  readonly networks: string[]
  readonly containers: string[]
  /** Replicas by service. */
  readonly services: Map<string, number>
}

/** What to do, with numbers that pick; what that is depends on what was made before. */
interface Wish {
  readonly kind:
    | 'network'
    | 'service'
    | 'scale'
    | 'remove-service'
    | 'run'
    | 'remove-container'
    | 'remove-network'
  readonly pick: number
  readonly other: number
  readonly flags: number
}

const wish: fc.Arbitrary<Wish> = fc.record({
  kind: fc.constantFrom<Wish['kind'][]>(
    'network',
    'network',
    'service',
    'service',
    'service',
    'scale',
    'scale',
    'remove-service',
    'run',
    'run',
    'remove-container',
    'remove-network',
  ),
  pick: fc.nat({ max: 11 }),
  other: fc.nat({ max: 11 }),
  flags: fc.nat({ max: 255 }),
})

const from = (list: readonly string[], number: number): string | undefined =>
  list[number % Math.max(1, list.length)]

/** `null` when there is nothing to do it to. */
function commandOf({ kind, pick, other, flags }: Wish, made: Made): string | null {
  switch (kind) {
    case 'network': {
      const name = `n${made.networks.length + 1}`
      made.networks.push(name)
      const attachable = flags % 3 === 0 ? '' : ' --attachable'
      const subnets = [
        '',
        '',
        ` --subnet 10.9.${made.networks.length}.0/28`,
        ` --subnet 10.0.${made.networks.length + 1}.0/24`,
      ]
      return `docker network create -d overlay${attachable}${subnets[other % 4]} ${name}`
    }
    case 'service': {
      const name = `s${made.services.size + 1}`
      const networks = [
        ...new Set([from(made.networks, pick), flags % 4 === 0 ? from(made.networks, other) : undefined]),
      ]
        .flatMap((network) => (network === undefined || flags % 7 === 0 ? [] : [` --network ${network}`]))
        .join('')
      made.services.set(name, 1)
      const port = flags % 3 === 1 ? ` -p ${8000 + made.services.size}:80` : ''
      const mode = flags % 5 === 2 && port === '' ? ' --endpoint-mode dnsrr' : ''
      return `docker service create -d --name ${name}${networks}${port}${mode} ${IMAGE}`
    }
    case 'scale': {
      const name = from([...made.services.keys()], pick)
      if (name === undefined) return null
      const replicas = (made.services.get(name) ?? 0) + 1
      made.services.set(name, replicas)
      return `docker service scale -d ${name}=${replicas}`
    }
    case 'remove-service': {
      const name = from(
        [...made.services.keys()].filter((key) => made.services.get(key) !== 0),
        pick,
      )
      if (name === undefined) return null
      made.services.set(name, 0)
      return `docker service rm ${name}`
    }
    case 'run': {
      const name = `w${made.containers.length + 1}`
      const network = from(made.networks, pick)
      if (network === undefined) return null
      made.containers.push(name)
      return `docker run -d --name ${name} --network ${network} ${IMAGE}`
    }
    case 'remove-container': {
      const name = from(made.containers, pick)
      return name === undefined ? null : `docker rm -f ${name}`
    }
    case 'remove-network': {
      const name = from(made.networks, pick)
      return name === undefined ? null : `docker network rm ${name}`
    }
    default:
      return kind satisfies never
  }
}

const POOL = ' --default-addr-pool 10.20.0.0/16 --default-addr-pool-mask-length 28'

export const swarmSequence: fc.Arbitrary<Sequence> = fc
  .tuple(fc.boolean(), fc.array(wish, { minLength: 2, maxLength: 9, size: 'max' }))
  .map(([hasPool, wishes]) => {
    const made: Made = { networks: [], containers: [], services: new Map() }
    const init = `docker swarm init --advertise-addr 198.51.100.11${hasPool ? POOL : ''}`
    const commands = wishes.flatMap((one) => commandOf(one, made) ?? [])
    return {
      machine: { interfaces: {}, routes: [], nameservers: [], daemon: {} },
      commands: [init, ...commands],
    }
  })
