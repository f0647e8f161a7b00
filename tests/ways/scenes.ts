/** Written scenes: each a kind of way that Docker lets through or not, by a rule of its own. */
import { box, expose, type Scene } from './scene.ts'

const scene = (name: string, commands: readonly string[], rest: Partial<Scene> = {}): Scene => ({
  name,
  daemon: {},
  hosts: 1,
  commands,
  ...rest,
})
const network = (name: string, flags = ''): string =>
  `docker network create ${flags}${flags === '' ? '' : ' '}${name}`
/** What containers made by hand say they listen on. */
const E = expose('80 80/udp')
const bridgeOption = (option: string): string => `-o com.docker.network.bridge.${option}`

const PUBLISHED = [
  network('na'),
  network('nb'),
  box('a1', '--network na -p 8080:80 -p 5353:53/udp -p 127.0.0.1:8081:5000 -p 198.51.100.10:8082:80'),
  box('a2', '--network na'),
  box('b1', '--network nb -p 8090:80'),
  box('d1', '-p 8070:80'),
  box('d2'),
]
/** From 27 on; before, gateway modes are unknown labels. */
const MODES = ['27', '28', '29'] as const

export const SCENES: readonly Scene[] = [
  scene('two bridges, published ports, the default bridge', PUBLISHED),
  scene('the same without docker-proxy', PUBLISHED, { daemon: { 'userland-proxy': false } }),
  scene('an internal network beside one that is not', [
    network('inner', '--internal'),
    network('outer'),
    box('i1', '--network inner -p 8001:80'),
    box('i2', '--network inner'),
    box('o1', '--network outer -p 8002:80'),
    `docker create --name both --network inner -p 8003:80 ${E} bb /bin/prober serve both 80 80/udp`,
    'docker network connect outer both',
    'docker start both',
  ]),
  scene(
    'the same without docker-proxy',
    [
      network('inner', '--internal'),
      network('outer'),
      box('i1', '--network inner -p 8001:80'),
      box('o1', '--network outer -p 8002:80'),
      box('o2', '--network outer'),
    ],
    { daemon: { 'userland-proxy': false } },
  ),
  scene('containers of one bridge kept apart, with links', [
    network('quiet', bridgeOption('enable_icc=false')),
    box('q1', '--network quiet -p 8001:80'),
    box('q2', '--network quiet --link q1:one'),
    box('q3', '--network quiet'),
  ]),
  scene(
    'icc=false on the default bridge, with links',
    [box('c1', '', '80 5000'), box('c2', '--link c1:one'), box('c3', '-p 8003:80')],
    { daemon: { icc: false } },
  ),
  scene('no masquerade', [
    network('bare', bridgeOption('enable_ip_masquerade=false')),
    network('plain'),
    box('m1', '--network bare -p 8001:80'),
    box('m2', '--network bare'),
    box('p1', '--network plain -p 8002:80'),
  ]),
  scene(
    'no masquerade, no docker-proxy',
    [
      network('bare', bridgeOption('enable_ip_masquerade=false')),
      network('plain'),
      box('m1', '--network bare -p 8001:80'),
      box('m2', '--network bare'),
      box('p1', '--network plain -p 8002:80'),
    ],
    { daemon: { 'userland-proxy': false } },
  ),
  scene(
    'gateway modes',
    [
      network('rt', bridgeOption('gateway_mode_ipv4=routed')),
      network('un', bridgeOption('gateway_mode_ipv4=nat-unprotected')),
      network('plain'),
      box('r1', '--network rt -p 8001:80'),
      box('r2', '--network rt'),
      box('u1', '--network un -p 8002:80'),
      box('p1', '--network plain -p 8003:80'),
    ],
    { engines: MODES },
  ),
  scene(
    'gateway mode isolated',
    [
      network('iso', `--internal ${bridgeOption('gateway_mode_ipv4=isolated')}`),
      network('plain'),
      box('s1', '--network iso'),
      box('s2', '--network iso'),
      box('p1', '--network plain -p 8003:80'),
    ],
    { engines: ['28', '29'] },
  ),
  scene(
    'trusted interfaces of the host',
    [
      network('tr', bridgeOption('trusted_host_interfaces=eth0')),
      box('t1', '--network tr -p 8001:80'),
      network('plain'),
      box('p1', '--network plain'),
    ],
    { engines: ['28', '29'] },
  ),
  scene('a port of the host on one address, by a network option', [
    network('na', bridgeOption('host_binding_ipv4=127.0.0.1')),
    box('a1', '--network na -p 8001:80'),
    network('nb', bridgeOption('host_binding_ipv4=198.51.100.10')),
    box('b1', '--network nb -p 8002:80'),
  ]),
  scene('IPv6', [
    network('six', '--ipv6 --subnet 10.6.0.0/24 --subnet fd00:6::/64'),
    network('seven', '--ipv6 --subnet 10.7.0.0/24 --subnet fd00:7::/64'),
    network('inner', '--internal --ipv6 --subnet 10.8.0.0/24 --subnet fd00:8::/64'),
    network('four'),
    box('s1', '--network six -p 8001:80 -p 5353:53/udp'),
    box('s2', '--network six'),
    box('t1', '--network seven -p 8002:80'),
    box('i1', '--network inner'),
    box('f1', '--network four -p 8003:80'),
  ]),
  scene(
    'IPv6 without docker-proxy',
    [
      network('six', '--ipv6 --subnet 10.6.0.0/24 --subnet fd00:6::/64'),
      network('seven', '--ipv6 --subnet 10.7.0.0/24 --subnet fd00:7::/64'),
      box('s1', '--network six -p 8001:80'),
      box('s2', '--network six'),
      box('t1', '--network seven -p 8002:80'),
    ],
    { daemon: { 'userland-proxy': false } },
  ),
  scene('a bridge with IPv6 that no container has been on', [
    network('six', '--ipv6 --subnet 10.6.0.0/24 --subnet fd00:6::/64'),
    network('bare', '--ipv6 --subnet 10.7.0.0/24 --subnet fd00:7::/64'),
    box('s1', '--network six -p 8001:80'),
    box('d1', '-p 8002:80'),
  ]),
  scene('the only network with IPv6 has had no container', [
    network('bare', '--ipv6 --subnet 10.7.0.0/24 --subnet fd00:7::/64'),
    box('d1', '-p 8002:80'),
  ]),
  scene('a container on a bridge and on the LAN', [
    network('aa', '--subnet 10.1.0.0/24'),
    network(
      'lan',
      '-d macvlan --subnet 198.51.100.0/24 --gateway 198.51.100.1 --ip-range 198.51.100.64/27 -o parent=eth0',
    ),
    `docker create --name both --network aa -p 8001:80 ${E} bb /bin/prober serve both 80 80/udp`,
    'docker network connect lan both',
    'docker start both',
    box('a1', '--network aa -p 8002:80'),
  ]),
  scene('names: aliases, links, extra hosts', [
    network('aa', '--subnet 10.1.0.0/24'),
    network('bb', '--subnet 10.2.0.0/24'),
    `docker create --name two --network aa --network-alias onlya ${E} bb /bin/prober serve two 80 80/udp`,
    'docker network connect --alias onlyb bb two',
    'docker start two',
    `docker create --name one --network aa ${E} bb /bin/prober serve one 80 80/udp`,
    'docker network connect bb one',
    'docker start one',
    box('three', '--network aa --hostname drei --add-host db.example:10.1.0.2'),
    box('four', '--add-host host.docker.internal:host-gateway -p 8004:80'),
    box('five', '--link four:vier'),
    box('seven', '--link four --dns 198.51.100.1 --dns-search example.com --dns-option timeout:3'),
    box(
      'eight',
      '--network aa --dns 198.51.100.1 --dns-search example.com --dns-option timeout:3 --dns-option ndots:2',
    ),
    box('six', '--network bb --link one:eins --add-host host.docker.internal:host-gateway'),
  ]),
  scene('a link made when a network is joined', [
    network('n1', '--subnet 172.25.0.0/16'),
    network('n2', '--subnet 172.26.0.0/24'),
    box('cc5', '--network n1'),
    box('cc4', '--network n1 --link cc5:c5'),
    'docker network connect --link cc5:foo n2 cc4',
    'docker network connect n2 cc5',
    'docker network disconnect n1 cc5',
  ]),
  scene('the network of another container, and that of the host', [
    network('na'),
    box('base', '--network na -p 8001:80 -p 8002:4000'),
    'docker run -d --name side --network container:base bb /bin/prober serve side 4000 4000/udp',
    box('other', '--network na'),
    box('hm', '--network host', '4002 4002/udp'),
    box('none', '--network none'),
  ]),
  scene('containers on several networks', [
    network('aa'),
    network('bb'),
    network('cc', '--internal'),
    `docker create --name multi --network bb -p 8001:80 ${E} bb /bin/prober serve multi 80 80/udp`,
    'docker network connect aa multi',
    'docker network connect cc multi',
    'docker start multi',
    box('a1', '--network aa'),
    box('b1', '--network bb -p 8002:80'),
    box('c1', '--network cc'),
  ]),
  scene('macvlan on the LAN', [
    network(
      'lan',
      '-d macvlan --subnet 198.51.100.0/24 --gateway 198.51.100.1 --ip-range 198.51.100.64/27 -o parent=eth0',
    ),
    network('br'),
    box('v1', '--network lan'),
    box('v2', '--network lan'),
    box('b1', '--network br -p 8001:80'),
  ]),
  scene('macvlan, private', [
    network(
      'lan',
      '-d macvlan --subnet 198.51.100.0/24 --gateway 198.51.100.1 --ip-range 198.51.100.64/27 -o parent=eth0 -o macvlan_mode=private',
    ),
    box('v1', '--network lan'),
    box('v2', '--network lan'),
  ]),
  scene('macvlan without a gateway, and a subnet of its own', [
    network('own', '-d macvlan --subnet 10.70.0.0/24 -o parent=eth0'),
    network('br'),
    box('v1', '--network own'),
    box('v2', '--network own'),
    box('b1', '--network br'),
  ]),
  scene(
    'macvlan on two hosts',
    [
      network(
        'mv',
        '-d macvlan --subnet 198.51.100.0/24 --gateway 198.51.100.1 --ip-range 198.51.100.64/27 -o parent=eth0',
      ),
      `[host2] ${network('mv', '-d macvlan --subnet 198.51.100.0/24 --gateway 198.51.100.1 --ip-range 198.51.100.96/27 -o parent=eth0')}`,
      box('v1', '--network mv'),
      box('b1', '-p 8001:80'),
      `[host2] ${box('w1', '--network mv')}`,
      `[host2] ${box('c1', '-p 8002:80')}`,
    ],
    { hosts: 2 },
  ),
  scene(
    'bridges on two hosts',
    [
      network('na'),
      `[host2] ${network('nb', '--subnet 172.30.0.0/16')}`,
      box('a1', '--network na -p 8001:80'),
      `[host2] ${box('b1', '--network nb -p 8002:80')}`,
      box('a2', '--network na --add-host there:198.51.100.11'),
    ],
    { hosts: 2 },
  ),
  scene('an attachable overlay', [
    'docker swarm init --advertise-addr 198.51.100.10',
    network('ov', '-d overlay --attachable'),
    network('br'),
    box('o1', '--network ov -p 8001:80'),
    box('o2', '--network ov'),
    box('b1', '--network br -p 8002:80'),
  ]),
]
