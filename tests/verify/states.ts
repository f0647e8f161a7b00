/** States that commands lead to, and what may be changed by hand: for the import tests, and for a real engine. */
import type { DifferenceCode } from '../../src/verify/difference.ts'
import type { EngineVersion } from '../../src/version.ts'

export interface State {
  readonly name: string
  /** Engines that take its commands; all where absent. */
  readonly engines?: readonly EngineVersion[]
  readonly commands: readonly string[]
}

const PRIORITY = ['28', '29'] as const

export const STATES: readonly State[] = [
  {
    name: 'settings of names',
    commands: [
      'docker network create -o com.docker.network.bridge.enable_icc=false n',
      'docker run -d --name web --network n --network-alias al --hostname wh --dns 192.0.2.9 --dns-search example.com --dns-option ndots:2 --add-host x:10.1.2.3 bb',
      'docker run -d --name dd --hostname ddh --add-host y:10.1.2.4 --dns 192.0.2.1 bb',
      'docker run -d --name side --network container:web bb',
    ],
  },
  {
    name: 'links on the default bridge',
    commands: ['docker run -d --name db bb', 'docker run -d --name web --link db:data --link db bb'],
  },
  {
    name: "links on networks of one's own, each for itself",
    commands: [
      'docker network create n',
      'docker network create m',
      'docker run -d --name zdb --network n bb',
      'docker run -d --name web --network n --link zdb:data bb',
      'docker network connect m zdb',
      'docker network connect --link zdb:other m web',
    ],
  },
  {
    name: 'several networks with a priority',
    engines: PRIORITY,
    commands: [
      'docker network create n',
      'docker network create m',
      'docker run -d --name two --network m bb',
      'docker network connect --gw-priority 5 --alias zz n two',
    ],
  },
  {
    name: 'a port bound to an address of the host',
    commands: [
      'docker network create n',
      'docker run -d --name cb --network n -p 198.51.100.10:9090:80 -p 8080:80 bb',
    ],
  },
  {
    name: 'containers that do not run',
    commands: [
      'docker network create --subnet 10.5.0.0/24 n',
      'docker run -d --name first --network n -p 8080:80 bb',
      'docker create --name later --network n bb',
      'docker run -d --name gone --network n bb',
      'docker run -d --name last --network n bb',
      'docker stop gone first',
      'docker run -d --name third --network n -p 8080:80 bb',
    ],
  },
  {
    name: 'after restarts, renames and clean-ups',
    commands: [
      'docker run -d --restart always --name ce bb',
      'docker run -d --name cf bb',
      'docker rename cf cg',
      'docker restart ce',
      'systemctl restart docker',
      'docker run -d --name ch bb',
      'docker container prune -f',
    ],
  },
  {
    name: 'addresses moved by stops, starts and another network',
    commands: [
      'docker network create n',
      'docker network create m',
      'docker run -d --name c1 --network n bb',
      'docker run -d --name c2 --network n bb',
      'docker stop c1',
      'docker run -d --name c3 --network n bb',
      'docker start c1',
      'docker network connect m c2',
      'docker network disconnect n c2',
      'docker rm -f c3',
    ],
  },
  {
    name: 'a container left in the sandbox of one that was started anew',
    commands: [
      'docker run -d --name vpn bb',
      'docker run -d --name app --network container:vpn bb',
      'docker stop app',
      'docker restart vpn',
      'docker start app',
    ],
  },
  {
    name: 'a paused one, one on no network, one on the host',
    commands: [
      'docker network create --internal n',
      'docker run -d --name cp --network n bb',
      'docker run -d --name nn --network none bb',
      'docker run -d --name hh --network host bb',
      'docker network create --ipv6 --subnet 10.6.0.0/24 --subnet fd00:6::/64 six',
      'docker run -d --name s6 --network six bb',
    ],
  },
]

/** What stands on the engine before something is changed. */
export const BLOCK: readonly string[] = [
  'docker network create --subnet 10.5.0.0/24 --gateway 10.5.0.1 --ip-range 10.5.0.128/25 --aux-address r=10.5.0.130 -o com.docker.network.bridge.enable_icc=true n',
  'docker network create m',
  'docker run -d --name ca --network n --ip 10.5.0.9 -p 8080:80 --network-alias al --hostname ha bb',
  'docker run -d --name cb --network n bb',
  'docker create --name cc --network m bb',
  'docker network connect n cc',
  'docker start cc',
]

export interface Deviation {
  readonly name: string
  readonly engines?: readonly EngineVersion[]
  readonly commands: readonly string[]
  /** One of these has to be told. */
  readonly codes: readonly DifferenceCode[]
}

const again = (flags: string): readonly string[] => ['docker rm -f ca', `docker run -d --name ca ${flags} bb`]
const OWN = '--network n --ip 10.5.0.9 -p 8080:80 --network-alias al --hostname ha'

export const DEVIATIONS: readonly Deviation[] = [
  { name: 'stopped', commands: ['docker stop cc'], codes: ['STATE_DIFFERS'] },
  { name: 'paused', commands: ['docker pause cc'], codes: ['STATE_DIFFERS'] },
  { name: 'gone', commands: ['docker rm -f ca'], codes: ['CONTAINER_MISSING', 'ENDPOINT_MISSING'] },
  { name: 'renamed', commands: ['docker rename cb cx'], codes: ['CONTAINER_MISSING', 'ENDPOINT_MISSING'] },
  {
    name: 'one too many',
    commands: ['docker run -d --name more --network n bb'],
    codes: ['CONTAINER_UNPLANNED', 'ENDPOINT_UNPLANNED'],
  },
  { name: 'left a network', commands: ['docker network disconnect n cc'], codes: ['ENDPOINT_MISSING'] },
  { name: 'on another network', commands: ['docker network connect m cb'], codes: ['ENDPOINT_UNPLANNED'] },
  {
    name: 'another address',
    commands: ['docker network disconnect n cb', 'docker network connect --ip 10.5.0.77 n cb'],
    codes: ['IPV4_DIFFERS'],
  },
  { name: 'another port', commands: again(OWN.replace('8080:80', '8081:80')), codes: ['PORTS_DIFFER'] },
  {
    name: 'port on one address',
    commands: again(OWN.replace('8080:80', '127.0.0.1:8080:80')),
    codes: ['PORTS_DIFFER'],
  },
  { name: 'no port', commands: again(OWN.replace('-p 8080:80', '')), codes: ['PORTS_DIFFER'] },
  { name: 'no alias', commands: again(OWN.replace('--network-alias al', '')), codes: ['ALIASES_DIFFER'] },
  { name: 'another host name', commands: again(OWN.replace('ha', 'hb')), codes: ['HOSTNAME_DIFFERS'] },
  { name: 'another resolver', commands: again(`${OWN} --dns 192.0.2.7`), codes: ['DNS_DIFFERS'] },
  { name: 'an extra host', commands: again(`${OWN} --add-host x:10.1.2.3`), codes: ['EXTRA_HOSTS_DIFFER'] },
  {
    name: 'another priority of the gateway',
    engines: PRIORITY,
    commands: ['docker network disconnect n cc', 'docker network connect --gw-priority 7 n cc'],
    codes: ['GATEWAY_PRIORITY_DIFFERS', 'CONTAINER_GATEWAY_DIFFERS'],
  },
  {
    name: 'another option of a network',
    commands: [
      'docker network disconnect m cc',
      'docker network rm m',
      'docker network create -o com.docker.network.bridge.enable_icc=false m',
      'docker network connect m cc',
    ],
    codes: ['OPTIONS_DIFFER'],
  },
  {
    name: 'another subnet',
    commands: [
      'docker network disconnect m cc',
      'docker network rm m',
      'docker network create --subnet 10.77.0.0/24 m',
      'docker network connect m cc',
    ],
    codes: ['SUBNETS_DIFFER'],
  },
]
