/** What a terminal does to containers between their starts. */
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { planJson } from '../../src/plan/json.ts'
import type { Plan } from '../../src/plan/plan.ts'
import { planNetworks } from '../../src/plan/plan-networks.ts'
import type { Problem } from '../../src/problem/problem.ts'
import { readTopology } from '../../src/topology/read.ts'

interface Result {
  readonly plan: Plan
  readonly problems: readonly Problem[]
  /** IPv4 addresses of what runs, by container; of one without networks its state. */
  readonly found: Readonly<Record<string, string>>
  readonly codes: readonly string[]
}

function run(block: object | readonly string[]): Result {
  const problems: Problem[] = []
  const text = stringify(Array.isArray(block) ? { commands: block } : block)
  const topology = readTopology(text, (problem) => problems.push(problem))
  if (topology === null) throw new Error(`not read: ${JSON.stringify(problems)}`)
  const plan = planNetworks(topology, (problem) => problems.push(problem))
  const json = JSON.parse(JSON.stringify(planJson(plan, problems)))
  const found = Object.fromEntries(
    Object.entries<{ state: string; endpoints: Record<string, { ipv4: string }> }>(json.containers).map(
      ([name, { state, endpoints }]) => [
        name,
        Object.values(endpoints)
          .map(({ ipv4 }) => ipv4.replace(/\/\d+$/, ''))
          .join(' ') || state,
      ],
    ),
  )
  return { plan, problems, found, codes: problems.map(({ code }) => code) }
}

const message = ({ plan }: Result): string | undefined => plan.steps.at(-1)?.error?.message

describe('docker run without -d', () => {
  it('has ended when the next command is typed; with --rm it is gone', () => {
    const { found, codes } = run([
      'docker network create app',
      'docker run -d --name web --network app nginx',
      'docker run --rm --network app busybox nslookup web',
      'docker run hello-world',
      'docker run -d --name api --network app nginx',
    ])
    expect(found).toEqual({ web: '172.18.0.2', api: '172.18.0.3', 'unnamed-2': 'exited' })
    expect(codes).toEqual([])
  })
  it('runs while no other command is typed on its machine', () => {
    const hosts = { one: { address: '10.0.9.1/24' }, two: { address: '10.0.9.2/24' } }
    const commands = ['[one] docker run --name web nginx', '[two] docker ps']
    expect(run({ hosts, commands }).found).toEqual({ web: '172.17.0.2' })
    expect(run({ hosts, commands: [...commands, '[one] docker ps'] }).found).toEqual({ web: 'exited' })
  })
  it.each(['-it', '-i', '-t', '-dit', '-d', '--detach=true'])('stays with %s', (flag) => {
    const { found } = run([`docker run ${flag} --rm --name web alpine sh`, 'docker ps'])
    expect(found).toEqual({ web: '172.17.0.2' })
  })
  it('has ended before the second of two commands on one line', () => {
    const { found } = run(['docker run --rm alpine true && docker run -d --name api nginx'])
    expect(found).toEqual({ api: '172.17.0.2' })
  })
  it('tells the author who gave it a name', () => {
    const { codes, problems } = run(['docker run --name web nginx', 'docker run -d --name api nginx'])
    expect(codes).toEqual(['FOREGROUND_ENDED'])
    expect(problems[0]?.hint).toContain('-d')
  })
  it('is started again by its restart policy', () => {
    const { found } = run(['docker run --restart always --name web nginx', 'docker ps'])
    expect(found).toEqual({ web: '172.17.0.2' })
  })
})

describe('a network made anew under a container', () => {
  const anew = ['docker network rm n', 'docker network create n', 'docker start ca']
  for (const engine of [20, 26, 28, 29])
    it(`${engine}: is not the one that a stopped container was on`, () => {
      const commands = [
        'docker network create n',
        'docker run -d --name ca --network n bb',
        'docker stop ca',
        ...anew,
      ]
      const result = run({ engine, commands })
      expect(message(result)).toMatch(/network [0-9a-f]{64} not found$/)
      expect(result.found).toEqual({ ca: 'exited' })
    })
  it('is found by name by one that was only created', () => {
    const commands = ['docker network create n', 'docker create --name ca --network n bb', ...anew]
    expect(run(commands).found).toEqual({ ca: '172.18.0.2' })
  })
  it('is joined after a connect to the stopped container', () => {
    const { found } = run([
      'docker network create n',
      'docker run -d --name ca --network n bb',
      'docker stop ca',
      'docker network rm n',
      'docker network create n',
      'docker network connect n ca',
      'docker start ca',
    ])
    expect(found).toEqual({ ca: '172.18.0.2' })
  })
  it('is joined after a disconnect and a connect', () => {
    const { found } = run([
      'docker network create n',
      'docker run -d --name ca bb',
      'docker network connect n ca',
      'docker stop ca',
      'docker network rm n',
      'docker network create n',
      'docker network disconnect n ca',
      'docker network connect n ca',
      'docker start ca',
    ])
    expect(found).toEqual({ ca: '172.17.0.2 172.18.0.2' })
  })
})

describe('a restart of the engine', () => {
  const started = [
    'docker run -d --name aa nginx',
    'docker run -d --name bb --restart always nginx',
    'docker run -d --name cc --rm nginx',
    'docker run -d --name dd nginx',
    'docker update --restart unless-stopped dd',
  ]
  for (const restart of [
    'systemctl restart docker',
    'sudo systemctl restart docker.service',
    'service docker restart',
    '/etc/init.d/docker restart',
    'snap restart docker',
    'sudo reboot',
    'shutdown -r now',
  ])
    it(`"${restart}" leaves those with a restart policy, in an order left to chance`, () => {
      const { found, codes, plan } = run([...started, restart])
      expect(found).toEqual({ aa: 'exited', bb: '172.17.0.2', dd: '172.17.0.3' })
      expect(codes).toEqual(['STOPPED_BY_RESTART', 'ADDRESS_BY_CHANCE'])
      expect(plan.networks.get('bridge')?.endpoints.get('dd')?.ipv4?.certainty).toBe('one-of-several')
    })
  it('is sure where only one container comes back', () => {
    const { plan } = run(['docker run -d --name bb --restart always nginx', 'systemctl restart docker'])
    expect(plan.networks.get('bridge')?.endpoints.get('bb')?.ipv4?.certainty).toBe('computed')
  })
  it('changes nothing with live-restore, but for a reboot', () => {
    const daemon = { 'live-restore': true }
    const alive = run({ daemon, commands: [...started, 'systemctl restart docker'] })
    expect(alive.found).toEqual({ aa: '172.17.0.2', bb: '172.17.0.3', cc: '172.17.0.4', dd: '172.17.0.5' })
    expect(alive.codes).toEqual([])
    expect(run({ daemon, commands: [...started, 'reboot'] }).found).toMatchObject({ aa: 'exited' })
  })
  it('starts what was stopped by hand again with always, not with unless-stopped, and nothing only created', () => {
    const { found } = run([
      'docker run -d --name aa --restart always nginx',
      'docker run -d --name bb --restart unless-stopped nginx',
      'docker create --name cc --restart always nginx',
      'docker stop aa bb',
      'systemctl restart docker',
    ])
    expect(found).toEqual({ aa: '172.17.0.2', bb: 'exited', cc: 'created' })
  })
  it('begins the pools anew up to 26', () => {
    const commands = [
      'docker network create aa',
      'docker network create bb',
      'docker network rm aa',
      'systemctl restart docker',
      'docker network create cc',
      'docker run -d --name box --network cc nginx',
    ]
    expect(run({ engine: 26, commands }).found).toEqual({ box: '172.18.0.2' })
    expect(
      run({ engine: 26, commands: commands.filter((text) => !text.includes('systemctl')) }).found,
    ).toEqual({
      box: '172.20.0.2',
    })
  })
  it.each([20, 26, 28, 29])('makes a network take static addresses: %i', (engine) => {
    const { found } = run({
      engine,
      commands: [
        'docker network create n',
        'systemctl restart docker',
        'docker run -d --name box --network n --ip 172.18.0.9 nginx',
      ],
    })
    expect(found).toEqual({ box: '172.18.0.9' })
  })
  it('obeys restart: of services', () => {
    const services = { web: { image: 'nginx', restart: 'always' }, api: { image: 'nginx', restart: 'no' } }
    const { found } = run({ services, commands: ['systemctl restart docker'] })
    expect(found).toEqual({ web: '172.18.0.2', api: 'exited' })
  })
  it('looks with systemctl, and does not take an engine that is off', () => {
    expect(
      run(['docker run -d --name aa nginx', 'systemctl status docker', 'systemctl restart ssh']).found,
    ).toEqual({
      aa: '172.17.0.2',
    })
    expect(run(['systemctl stop docker']).codes).toEqual(['UNSUPPORTED_COMMAND'])
    expect(run(['poweroff']).codes).toEqual(['UNSUPPORTED_COMMAND'])
    expect(run({ hosts: { one: {} }, swarm: true, commands: ['systemctl restart docker'] }).codes).toEqual([
      'UNSUPPORTED_COMMAND',
    ])
  })
  it('does not know a restart policy of another name', () => {
    expect(message(run(['docker run -d --restart allways nginx']))).toContain("unknown policy 'allways'")
    expect(message(run(['docker run -d --rm --restart always nginx']))).toContain('--restart and --rm')
  })
})

describe('a sandbox that is shared', () => {
  const services = {
    vpn: { image: 'vpn', ports: ['6687:6687'] },
    app: { image: 'app', network_mode: 'service:vpn' },
  }
  it('is lost when its owner starts anew, until the other does too', () => {
    const lost = (commands: readonly string[]): boolean | undefined =>
      run({ services, commands }).plan.containers.get('app')?.sandboxLost
    expect(lost([])).toBe(false)
    expect(lost(['docker restart vpn'])).toBe(true)
    expect(lost(['docker stop vpn'])).toBe(true)
    expect(lost(['docker rm -f vpn'])).toBe(true)
    expect(lost(['docker restart vpn', 'docker restart app'])).toBe(false)
    expect(lost(['docker restart app'])).toBe(false)
  })
})

describe('docker rename', () => {
  const start = ['docker network create n', 'docker run -d --name c1 --network n nginx']
  it('keeps address, networks and those who know the container by name', () => {
    const { found, codes, plan } = run([
      ...start,
      'docker run -d --name side --network container:c1 nginx',
      'docker rename c1 c2',
      'docker restart c2',
      'docker run -d --name c1 --network n nginx',
    ])
    expect(found).toEqual({ c2: '172.18.0.2', side: 'running', c1: '172.18.0.3' })
    expect(plan.containers.get('side')?.sharedWith).toBe('c2')
    expect(plan.containers.get('c2')?.dns).toEqual(['c2'])
    expect(codes).toEqual(['SANDBOX_LOST'])
  })
  it('gives the name of a removed container to another, who shares nothing with those it left', () => {
    const { plan } = run([
      ...start,
      'docker run -d --name side --network container:c1 nginx',
      'docker create --name c3 nginx',
      'docker rm -f c1',
      'docker rename c3 c1',
    ])
    expect(plan.containers.get('side')).toMatchObject({ sharedWith: '', sandboxLost: true })
  })
  it('is refused like in Docker', () => {
    expect(message(run(['docker rename c1 c2']))).toBe('No such container: c1')
    expect(message(run([...start, 'docker rename c1 c1']))).toContain('same name as its current name')
    expect(message(run([...start, 'docker run -d --name c2 nginx', 'docker rename c1 c2']))).toContain(
      'Error when allocating new name: Conflict. The container name "/c2" is already in use',
    )
  })
})

describe('prune', () => {
  const start = [
    'docker run -d --name c1 nginx',
    'docker rename c1 c2',
    'docker stop c2',
    'docker network create n',
  ]
  it.each(['docker container prune -f', 'docker container prune', 'docker system prune -af --volumes'])(
    '%s takes what does not run',
    (prune) => {
      const { found, codes, plan } = run([...start, prune])
      expect(found).toEqual({})
      expect(codes).toEqual([])
      expect(plan.networks.has('n')).toBe(!prune.includes('system'))
    },
  )
  it.each(['container', 'network', 'system'])('does not guess how old things are: %s', (kind) => {
    expect(run([...start, `docker ${kind} prune -f --filter until=24h`]).codes).toEqual([
      'UNSUPPORTED_COMMAND',
    ])
    expect(message(run([...start, `docker ${kind} prune -f --filter name=c2`]))).toBe("invalid filter 'name'")
  })
  it('obeys a filter by labels', () => {
    const marked = [
      'docker network create --label k=v n1',
      'docker network create --label k=w n2',
      'docker network create n3',
      'docker create --label k=v --name c1 bb',
      'docker create --name c2 bb',
    ]
    const left = (prune: string): readonly string[] => {
      const { plan } = run([...marked, prune])
      return [...plan.networks.keys(), ...plan.containers.keys()].filter((name) => /[nc][0-9]/.test(name))
    }
    expect(left('docker network prune -f --filter label=k=v')).toEqual(['n2', 'n3', 'c1', 'c2'])
    expect(left('docker network prune -f --filter label=k')).toEqual(['n3', 'c1', 'c2'])
    expect(left('docker network prune -f --filter label!=k')).toEqual(['n1', 'n2', 'c1', 'c2'])
    expect(left('docker network prune -f --filter label=k=v --filter label=k=w')).toHaveLength(5)
    expect(left('docker container prune -f --filter label=k=v')).toEqual(['n1', 'n2', 'n3', 'c2'])
    expect(left('docker system prune -f --filter label=k=v')).toEqual(['n2', 'n3', 'c2'])
  })
  it('knows the labels of a project', () => {
    const services = {
      web: { image: 'nginx', labels: ['keep'] },
      db: { image: 'postgres', labels: { keep: 'no' } },
    }
    const commands = [
      'docker compose create',
      'docker container prune -f --filter label=com.docker.compose.service=db',
    ]
    expect(run({ services, commands }).found).toEqual({ web: 'created' })
    expect(
      run({
        services,
        commands: ['docker compose create', 'docker container prune -f --filter label!=keep=no'],
      }).found,
    ).toEqual({ db: 'created' })
  })
})

describe('docker compose', () => {
  const services = {
    web: { image: 'nginx', ports: ['8080:80'], depends_on: ['api'] },
    api: { image: 'nginx', depends_on: ['db'] },
    db: { image: 'postgres' },
  }
  const up = ['docker compose up -d']
  const all = { db: '172.18.0.2', api: '172.18.0.3', web: '172.18.0.4' }
  it('stop and start keep the order of depends_on', () => {
    expect(run({ services, commands: [...up, 'docker compose stop'] }).found).toEqual({
      db: 'exited',
      api: 'exited',
      web: 'exited',
    })
    const again = run({ services, commands: [...up, 'docker compose stop', 'docker compose start'] })
    expect(again.found).toEqual(all)
    expect(again.codes).toEqual([])
    expect(run({ services, commands: [...up, 'docker compose stop api'] }).found).toMatchObject({
      api: 'exited',
    })
  })
  it('restart leaves addresses to chance, also in a chain', () => {
    const { codes, plan } = run({ services, commands: [...up, 'docker compose restart'] })
    expect(codes).toEqual(['ADDRESS_BY_CHANCE'])
    expect(plan.networks.get('default')?.endpoints.get('web')?.ipv4?.certainty).toBe('one-of-several')
    expect(run({ services, commands: [...up, 'docker compose restart web'] }).codes).toEqual([])
  })
  it('kill stops, rm removes what does not run, with -s all', () => {
    expect(
      run({ services, commands: [...up, 'docker compose kill web', 'docker compose rm -f'] }).found,
    ).toEqual({
      db: '172.18.0.2',
      api: '172.18.0.3',
    })
    expect(run({ services, commands: [...up, 'docker compose rm -fsv'] }).found).toEqual({})
  })
  it('run starts what its service needs, publishes nothing, and has ended at the next command', () => {
    const first = ['docker compose up -d db']
    const one = run({ services, commands: [...first, 'docker compose run --rm web sh'] })
    expect(one.found).toEqual({ db: '172.18.0.2', api: '172.18.0.3', 'web-run-1': '172.18.0.4' })
    expect(one.plan.containers.get('web-run-1')?.ports).toEqual([])
    expect(run({ services, commands: [...first, 'docker compose run --rm web sh', ...up] }).found).toEqual(
      all,
    )
    const alone = run({ services, commands: [...first, 'docker compose run -d --no-deps -P web sh'] })
    expect(alone.found).toEqual({ db: '172.18.0.2', 'web-run-1': '172.18.0.3' })
    expect(alone.plan.containers.get('web-run-1')?.ports).toHaveLength(2)
  })
  it('up --no-deps takes the service alone', () => {
    expect(run({ services, commands: ['docker compose up -d --no-deps web'] }).found).toEqual({
      web: '172.18.0.2',
    })
  })
  it('create, then start', () => {
    expect(run({ services, commands: ['docker compose create', 'docker compose start'] }).found).toEqual(all)
  })
  it('knows no service of another name', () => {
    expect(message(run({ services, commands: [...up, 'docker compose stop wbe'] }))).toBe(
      'no such service: wbe',
    )
  })
})

describe('what pages print', () => {
  it.each([
    '$ ',
    '% ',
    'user@docker1:~$ ',
    'root@node1:/# ',
    '[root@node1 ~]# ',
    'host-A $ ',
    'node1:~# ',
    'PS C:\\> ',
    'PS C:\\Users\\me> ',
    'C:\\> ',
  ])('the prompt "%s" is not part of the command', (prompt) => {
    expect(run([`${prompt}docker run -d --name web nginx`]).found).toEqual({ web: '172.17.0.2' })
  })
  it('what stands behind a # is a remark, not a command behind a prompt', () => {
    expect(run(['docker run -d --name web nginx', 'ls # list']).codes).toEqual([])
  })
  it('a service without a name gets one', () => {
    const { codes, plan } = run({
      hosts: { host: { address: '192.168.10.5/24' } },
      swarm: true,
      commands: ['docker service create -p 8080:80 nginx'],
    })
    expect(codes).toEqual([])
    expect([...plan.services.keys()]).toEqual(['unnamed-1'])
  })
  it('the recipe that moves docker_gwbridge', () => {
    const { plan } = run({
      hosts: { host: { address: '192.168.10.5/24' } },
      commands: [
        'docker swarm init',
        'docker network disconnect -f docker_gwbridge gateway_ingress-sbox',
        'docker network rm docker_gwbridge',
        'docker network create --subnet=172.20.0.0/20 --gateway 172.20.0.1 -o com.docker.network.bridge.enable_icc=false -o com.docker.network.bridge.name=docker_gwbridge docker_gwbridge',
      ],
    })
    expect(plan.steps.map(({ ok }) => ok)).toEqual([true, true, true, true])
    expect(JSON.parse(JSON.stringify(planJson(plan, []))).networks.docker_gwbridge.subnets).toEqual([
      '172.20.0.0/20',
    ])
  })
})

describe('what hurt people is told', () => {
  it('a port of a container on internal networks alone', () => {
    const inside = [
      'docker network create --internal n',
      'docker run -d --name box --network n -p 127.0.0.1:8080:80 bb',
    ]
    expect(run(inside).codes).toEqual(['NOT_PUBLISHED'])
    expect(run([...inside, 'docker network connect bridge box']).codes).toEqual([])
  })
  it.each([
    ['docker network create -d macvlan -o parent=eth0 --subnet 10.9.0.0/24 n', 'n', 'driver macvlan'],
    ['docker network create -d ipvlan -o parent=eth0 --subnet 10.9.0.0/24 n', 'n', 'driver ipvlan'],
    ['docker network create -d macvlan n', 'n', 'driver macvlan'],
    ['docker network ls', 'host', 'network of its host'],
    ['docker network ls', 'none', 'mode is none'],
  ])('a port that comes to nothing: %s, on %s', (create, network, why) => {
    const { problems } = run([create, `docker run -d --name box --network ${network} -p 8080:80 bb`])
    expect(problems.map(({ code, message }) => [code, message.includes(why)])).toEqual([
      ['NOT_PUBLISHED', true],
    ])
  })
  it('a port of a container whose default route goes by macvlan', () => {
    const { problems } = run([
      'docker network create -d macvlan -o parent=eth0 --subnet 10.9.0.0/24 --gateway 10.9.0.254 a',
      'docker network create b',
      'docker create --name box --network a -p 8080:80 bb',
      'docker network connect b box',
      'docker start box',
    ])
    expect(problems.map(({ message }) => message).join()).toContain('default route goes by "a"')
  })
  it('-P without --expose', () => {
    expect(run(['docker run -d -P --name box redis']).codes).toEqual(['EXPOSED_PORTS_UNKNOWN'])
    expect(run(['docker run -d -P --expose 6379 --name box redis']).codes).toEqual([])
  })
  it('an IPv6 subnet without --ipv6', () => {
    expect(run(['docker network create --subnet 2001:db8::/64 n']).codes).toEqual(['IPV6_SUBNET_UNUSED'])
    expect(run(['docker network create --ipv6 --subnet 2001:db8::/64 n']).codes).toEqual([])
  })
  it('a fixed address that a service started before may have', () => {
    const networks = { net: { ipam: { config: [{ subnet: '172.30.0.0/24' }] } } }
    const codes = (address: string, more: object = {}): readonly string[] =>
      run({
        networks,
        services: {
          first: { image: 'nginx', networks: { net: { ipv4_address: address } } },
          second: { image: 'nginx', networks: ['net'], ...more },
        },
      }).codes
    expect(codes('172.30.0.2')).toContain('FAILS_BY_CHANCE')
    expect(codes('172.30.0.200')).not.toContain('FAILS_BY_CHANCE')
    expect(codes('172.30.0.2', { depends_on: ['first'] })).not.toContain('FAILS_BY_CHANCE')
  })
})
