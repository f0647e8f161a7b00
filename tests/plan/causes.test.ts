/** One cause, one error. */
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { planSource } from '../../src/compile.ts'

const problemsOf = (block: object) => planSource(stringify(block)).problems
const told = (commands: readonly string[], more: object = {}): readonly string[] =>
  problemsOf({ ...more, commands }).map(({ code, related }) => `${code} ${related.length}`)

describe('one cause, one error', () => {
  it('a network that could not be made is told once, with what needs it', () => {
    expect(
      told([
        'docker network create --subnet 10.5.0.5/24 back',
        'docker run -d --name web --network back nginx',
        'docker run -d --name db --network back nginx',
        'docker network rm back',
      ]),
    ).toEqual(['INVALID_SUBNET 3'])
  })
  it('also where the client refused it', () => {
    expect(
      told([
        'docker network create --subent 10.5.0.0/24 back',
        'docker run -d --name web --network back nginx',
      ]),
    ).toEqual(['UNKNOWN_FLAG 1'])
    expect(told(['docker run -d --name web -p 99999:80 nginx', 'docker network connect bridge web'])).toEqual(
      ['INVALID_PORT 1'],
    )
  })
  it('a name that is missing several times is one that is missing', () => {
    expect(told(['docker stop web', 'docker start web', 'docker rm web', 'docker stop db'])).toEqual([
      'CONTAINER_NOT_FOUND 2',
      'CONTAINER_NOT_FOUND 0',
    ])
  })
  it('what was made after all is another thing', () => {
    expect(
      told([
        'docker run -d --name web --network back nginx',
        'docker network create back',
        'docker rm web',
        'docker network rm back',
        'docker run -d --name web --network back nginx',
      ]),
    ).toEqual(['NETWORK_NOT_FOUND 0', 'NETWORK_NOT_FOUND 0'])
  })
  it('a failure that is meant is no cause', () => {
    expect(
      problemsOf({
        commands: [
          { run: 'docker network create --subnet 10.5.0.5/24 back', expect: 'error' },
          'docker run -d --name web --network back nginx',
        ],
      }).map(({ code }) => code),
    ).toEqual(['NETWORK_NOT_FOUND'])
  })
  it('every step that fails is still a step that fails', () => {
    const { plan } = planSource('commands: [docker stop web, docker start web]')
    expect(plan?.steps.map(({ ok }) => ok)).toEqual([false, false])
  })
})

describe('priority of networks', () => {
  const services = (settings: object) => ({
    web: { image: 'nginx', networks: { aa: null, zz: settings } },
  })
  const networks = { aa: {}, zz: {} }
  it('is no default route, and its hint makes it one', () => {
    const [problem] = problemsOf({ engine: 28, networks, services: services({ priority: 1000 }) }).filter(
      ({ code }) => code === 'PRIORITY_IS_NO_ROUTE',
    )
    expect(problem?.hint).toBe('Write gw_priority: 1 under zz of "web".')
    const { plan } = planSource(
      stringify({ engine: 28, networks, services: services({ priority: 1000, gw_priority: 1 }) }),
    )
    expect(plan?.containers.get('web')?.defaultRoute?.network).toBe('zz')
    const old = problemsOf({ engine: 26, networks, services: services({ priority: 1000 }) })
    expect(old.find(({ code }) => code === 'PRIORITY_IS_NO_ROUTE')?.hint).toContain('"name:"')
  })
  it('is not told of where the route is the one that is wanted', () => {
    const block = {
      networks,
      services: { web: { image: 'nginx', networks: { aa: { priority: 5 }, zz: null } } },
    }
    expect(problemsOf(block).map(({ code }) => code)).not.toContain('PRIORITY_IS_NO_ROUTE')
  })
})

describe('a root prompt', () => {
  it('makes a remark of a command, which is told', () => {
    const block = 'commands: |\n  # docker network create back\n  # the next one looks\n  docker ps\n'
    expect(planSource(block).problems.map(({ code }) => code)).toEqual(['REMARK_LIKE_COMMAND'])
  })
})

it('a task that waits names the network that is full, with its subnet', () => {
  const block = {
    hosts: { n1: { address: '10.1.0.1/24' } },
    swarm: true,
    commands: [
      'docker network create -d overlay roomy',
      'docker network create -d overlay --subnet 10.7.0.0/29 tight',
      'docker service create --name api --replicas 6 --network roomy --network tight bb',
      'docker service create --name db --network roomy --network tight bb',
    ],
  }
  const pending = problemsOf(block).filter(({ code }) => code === 'TASK_PENDING')
  expect(pending.map(({ message }) => message)).toEqual([
    'api.5, api.6 wait for ever: network "tight" (10.7.0.0/29) has no address left',
    'db.1 waits for ever: network "tight" (10.7.0.0/29) has no address left',
  ])
})
