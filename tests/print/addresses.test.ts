import { expect, it } from 'vitest'
import { compile } from '../../src/compile.ts'
import { planNetworks } from '../../src/plan/plan-networks.ts'
import { addressTable } from '../../src/print/addresses.ts'
import { readTopology } from '../../src/topology/read.ts'

const SWARM = `hosts:
  n1: { address: 198.51.100.11/24 }
  n2: { address: 198.51.100.12/24 }
swarm: true
commands:
  - docker network create -d overlay net1
  - docker service create --name db --network net1 --constraint node.hostname==n1 redis
  - docker service create --name web --network net1 --replicas 2 -p 8080:80 nginx
`

it('print=addresses marks what Docker leaves to chance: hosts, interfaces, addresses and MACs made of them', () => {
  const topology = readTopology(SWARM, () => {})
  if (topology === null) throw new Error('the block is not read')
  const plan = planNetworks(topology, () => {})
  const lines = addressTable(plan).filter((line) => /^(web\.1|db\.1) .* net1 /.test(line))
  expect(lines.map((line) => line.split(/ {2,}/))).toEqual([
    ['db.1', 'n1', 'net1', 'eth0', '10.0.1.3/24', '02:42:0a:00:01:03'],
    ['web.1', 'n2 †', 'net1', 'eth2 †', '10.0.1.6/24 †', '02:42:0a:00:01:06 †'],
  ])
})

it('and a way says so of the interface a packet leaves by', () => {
  const compiled = compile(SWARM, {
    figure: { highlight: [{ value: 'web.1 -> db', span: { start: 0, end: 0 } }] },
  })
  if (!compiled.ok) throw new Error(compiled.problems.map(({ message }) => message).join())
  const texts = compiled.figure.ways[0]?.hops.map(({ text }) => text) ?? []
  expect(texts.filter((text) => text.includes('eth2'))).toEqual(['sends 10.0.1.6 → 10.0.1.2 out of eth2†'])
})
