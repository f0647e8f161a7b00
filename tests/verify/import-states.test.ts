/** States that commands lead to are given back by import, settings and all. */
import { expect, it } from 'vitest'
import { planSource } from '../../src/compile.ts'
import { importTopology } from '../../src/verify/import.ts'
import { inspectedOf } from './inspected-of.ts'

const STATES: Readonly<Record<string, readonly string[]>> = {
  'settings of names': [
    'docker network create -o com.docker.network.bridge.enable_icc=false n',
    'docker run -d --name web --network n --network-alias al --hostname wh --dns 192.0.2.9 --dns-search example.com --dns-option ndots:2 --add-host x:10.1.2.3 nginx',
    'docker run -d --name dd --hostname ddh --add-host y:10.1.2.4 --dns 192.0.2.1 redis',
    'docker run -d --name side --network container:web redis',
  ],
  'several networks with a priority': [
    'docker network create n',
    'docker network create m',
    'docker run -d --name two --network m nginx',
    'docker network connect --gw-priority 5 --alias zz n two',
  ],
  'a port bound to an address of the host': [
    'docker network create n',
    'docker run -d --name cb --network n -p 198.51.100.10:9090:80 -p 8080:80 bb',
  ],
  'containers that do not run': [
    'docker network create --subnet 10.5.0.0/24 n',
    'docker run -d --name first --network n -p 8080:80 bb',
    'docker create --name later --network n bb',
    'docker run -d --name gone --network n bb',
    'docker run -d --name last --network n bb',
    'docker stop gone first',
    'docker run -d --name third --network n -p 8080:80 bb',
  ],
  'after restarts, renames and clean-ups': [
    'docker run -d --restart always --name ce bb',
    'docker run -d --name cf bb',
    'docker rename cf cg',
    'docker restart ce',
    'systemctl restart docker',
    'docker run -d --name ch bb',
    'docker container prune -f',
  ],
}

it.each(Object.entries(STATES))('%s', (_, commands) => {
  const block = `engine: 28\nhosts: { host: { address: 198.51.100.10/24 } }\ncommands: ${JSON.stringify(commands)}`
  const { plan, problems } = planSource(block)
  if (plan === null) throw new Error(JSON.stringify(problems))
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  const { text, differences } = importTopology(inspectedOf(plan), '28')
  expect(differences, text).toEqual([])
  const again = planSource(text)
  expect(again.problems.filter(({ severity }) => severity === 'error')).toEqual([])
  const states = (of: typeof plan | null) =>
    [...(of?.containers.values() ?? [])].map(({ name, state }) => `${name} ${state}`).sort()
  expect(states(again.plan), text).toEqual(states(plan))
})
