/**
 * What each rule of the register changes, seen from outside: one entry a rule, by its name. The releases are written
 * here a second time, on purpose: `rules.test.ts` looks at each of them and at the last release before it.
 */
import type { Release, Releases, RuleName, WordingName } from '../../src/rules/index.ts'
import type { Seen } from './see.ts'

export interface RuleCase {
  /** Lines of a block, without `engine:`. A line that begins with `docker` is a command. */
  readonly block: string
  readonly look: (seen: Seen) => unknown
  /** From each of these releases on `look` sees this. */
  readonly sees: readonly (readonly [Release, unknown])[]
  /** Releases of the other programs, where the newest do not let the question through. */
  readonly with?: Partial<Releases>
}

const LAN = 'hosts: { host: { address: 198.51.100.10/24 } }\n'

export const RULES: Readonly<Record<RuleName, RuleCase>> = {
  defaultNetworkOptions: {
    block:
      'daemon: { default-network-opts: { bridge: { com.docker.network.driver.mtu: "1400" } } }\ndocker network create a',
    look: ({ plan }) => plan.networks.get('a')?.options.get('com.docker.network.driver.mtu'),
    sees: [
      ['20.10', undefined],
      ['24.0', '1400'],
    ],
  },
  poolChoice: {
    block: 'docker network create a\ndocker network rm a\ndocker network create b',
    look: ({ plan }) => plan.networks.get('b')?.subnets[0],
    sees: [
      ['20.10', '172.19.0.0/16'],
      ['27.0', '172.18.0.0/16'],
    ],
  },
  ipv6DefaultPool: {
    block: 'daemon: { id: f3684ac8-05ce-4bc8-b2ee-2bb9bbe96f0c }\ndocker network create --ipv6 a',
    look: ({ plan }) => plan.networks.get('a')?.subnets.find((text) => text.includes(':')) ?? 'refused',
    sees: [
      ['20.10', 'refused'],
      ['27.0', 'fd51:e12f:e132::/64'],
    ],
  },
  tinySubnetsWhole: {
    block: 'docker network create --subnet 10.1.0.0/31 a\ndocker run -d --name c1 --network a bb',
    look: ({ ip }) => ip('c1'),
    sees: [
      ['20.10', ''],
      ['23.0', '10.1.0.1'],
    ],
  },
  fullPoolRefusesFirst: {
    block:
      'docker network create --subnet 10.1.0.0/30 a\ndocker run -d --name c1 --network a bb\ndocker run -d --name c2 --network a --ip 10.1.0.2 bb',
    look: ({ error }) => error(-1),
    sees: [
      ['20.10', 'No available addresses on this pool'],
      ['25.0', 'no available addresses on this pool'],
      ['27.0', 'Address already in use'],
      ['28.1', 'failed to set up container networking: Address already in use'],
    ],
  },
  unspecifiedSubnetIsSize: {
    block: 'docker network create --subnet 0.0.0.0/24 a',
    look: ({ plan }) => plan.networks.get('a')?.subnets,
    sees: [
      ['20.10', ['0.0.0.0/24']],
      ['29.0', ['172.18.0.0/24']],
    ],
  },
  checksSubnets: {
    block: 'docker network create --subnet 10.9.0.5/24 a',
    look: ({ error }) => error(-1),
    sees: [
      ['20.10', undefined],
      ['25.0', 'invalid network config:\ninvalid subnet 10.9.0.5/24: it should be 10.9.0.0/24'],
    ],
  },
  listsGivenSubnetsFirst: {
    block: 'docker network create --ipv6 --subnet fd00:a::/64 a',
    look: ({ plan }) => plan.networks.get('a')?.subnets,
    sees: [
      ['20.10', ['172.18.0.0/16', 'fd00:a::/64']],
      ['25.0', ['fd00:a::/64', '172.18.0.0/16']],
    ],
  },
  ipv4Optional: {
    block: 'docker network create --ipv4=false --ipv6 --subnet fd00:a::/64 a',
    look: ({ plan }) => [plan.networks.get('a')?.subnets.length, plan.networks.get('a')?.ipv4],
    sees: [
      ['20.10', [2, true]],
      ['28.0', [1, false]],
    ],
  },
  gatewayMadeUp: {
    block:
      'docker network create -d macvlan --internal --subnet 10.1.0.0/24 a\ndocker network create -d macvlan -o parent=eth0 --subnet 10.2.0.0/24 b\ndocker network create --subnet 10.3.0.0/24 c',
    look: ({ plan }) => ['a', 'b', 'c'].map((key) => plan.networks.get(key)?.gateways[0]),
    sees: [
      ['20.10', ['10.1.0.1', '10.2.0.1', '10.3.0.1']],
      ['28.0', ['', '10.2.0.1', '10.3.0.1']],
      ['29.0', ['', '', '10.3.0.1']],
    ],
  },
  keepsUnusedIpv6Subnet: {
    block: 'docker network create --subnet fd00:a::/64 a',
    look: ({ plan }) => plan.networks.get('a')?.subnets.includes('fd00:a::/64'),
    sees: [
      ['20.10', true],
      ['29.0', false],
    ],
  },
  gatewayModes: {
    block: ['nat', 'routed', 'isolated', 'nat-unprotected', 'none']
      .map(
        (mode, i) =>
          `docker network create --internal --subnet 10.${i}.0.0/24 -o com.docker.network.bridge.gateway_mode_ipv4=${mode} n${i}`,
      )
      .join('\n'),
    look: ({ plan }) =>
      [0, 1, 2, 3, 4].map((i) => plan.networks.get(`n${i}`)?.policy.ipv4.gateway ?? 'refused'),
    sees: [
      ['20.10', ['nat', 'nat', 'nat', 'nat', 'nat']],
      ['27.0', ['nat', 'routed', 'refused', 'refused', 'refused']],
      ['28.0', ['nat', 'routed', 'isolated', 'nat-unprotected', 'refused']],
    ],
  },
  hostIpv6Option: {
    block: 'docker network create -o com.docker.network.host_ipv6=none a',
    look: ({ error }) => error(-1),
    sees: [
      ['20.10', undefined],
      ['25.0', 'failed to parse com.docker.network.host_ipv6 value: none (nil ip)'],
    ],
  },
  refusesAuxGatewayOnInternal: {
    block:
      'docker network create --internal --subnet 10.1.0.0/24 --aux-address DefaultGatewayIPv4=10.1.0.9 a',
    look: ({ error }) => error(-1),
    sees: [
      ['20.10', undefined],
      ['25.0', 'no gateway can be set on an internal bridge network'],
    ],
  },
  keepsConflictingDefaultBridge: {
    block: 'docker network create --subnet 172.17.0.0/16 --ip-range 172.17.9.0/24 a',
    look: ({ plan }) => plan.networks.has('a'),
    sees: [
      ['20.10', true],
      ['25.0', false],
    ],
  },
  sharesMacvlanParent: {
    block:
      'docker network create -d macvlan -o parent=eth0 --subnet 10.1.0.0/24 a\ndocker network create -d macvlan -o parent=eth0 --subnet 10.2.0.0/24 b',
    look: ({ plan }) => plan.networks.has('b'),
    sees: [
      ['20.10', false],
      ['27.0', true],
    ],
  },
  ipvlanModes: {
    block: 'docker network create -d ipvlan -o parent=eth0 -o ipvlan_mode=l3s --subnet 10.1.0.0/24 a',
    look: ({ error }) => error(-1),
    sees: [
      ['20.10', "requested ipvlan mode 'l3s' is not valid, 'l2' mode is the ipvlan driver default"],
      ['23.0', undefined],
    ],
  },
  daemonIpv6FromPools: {
    block: 'daemon: { ipv6: true, id: aaaa }',
    look: ({ plan }) => plan.networks.get('bridge')?.subnets.length,
    sees: [
      ['20.10', undefined],
      ['28.0', 2],
    ],
  },
  fixedCidrIsSubnet: {
    block: 'daemon: { fixed-cidr: 172.17.9.0/24 }',
    look: ({ plan }) => plan.networks.get('bridge')?.subnets[0],
    sees: [
      ['20.10', '172.17.0.0/16'],
      ['24.0', '172.17.9.0/24'],
    ],
  },
  rangeStaysInSubnet: {
    block: 'daemon: { bip: 192.168.1.1/24, fixed-cidr: 10.0.0.64/26 }\ndocker run -d --name c1 bb',
    look: ({ ip, error }) => error(0)?.replace(/^.*networking: /, '') ?? ip('c1'),
    sees: [
      ['20.10', '192.168.1.64'],
      ['28.0', "add-any, range '10.0.0.64/26' is not in subnet '192.168.1.0/24'"],
    ],
  },
  fixedCidrV6IsRange: {
    block: 'daemon: { ipv6: true, fixed-cidr-v6: "fd00:9::/64" }',
    look: ({ plan }) => plan.networks.get('bridge')?.ipRanges.find((range) => range !== '') ?? '',
    sees: [
      ['20.10', ''],
      ['28.0', 'fd00:9::/64'],
    ],
  },
  checksEndpointAtCreate: {
    block: 'docker network create a\ndocker create --name c1 --network a --ip 10.1.0.9 bb',
    look: ({ plan }) => plan.containers.has('c1'),
    sees: [
      ['20.10', true],
      ['25.0', false],
    ],
  },
  staticAddressNeedsGivenSubnet: {
    block: 'docker network create a\ndocker run -d --name c1 --network a --ip 172.18.0.9 bb',
    look: ({ ip }) => ip('c1'),
    sees: [
      ['20.10', ''],
      ['29.1', '172.18.0.9'],
    ],
  },
  keepsIpv4OfFailedEndpoint: {
    block:
      'docker network create --ipv6 --subnet 10.1.0.0/24 --subnet fd00:a::/64 a\ndocker run -d --name c1 --network a --ip6 fd00:a::1 bb\ndocker run -d --name c2 --network a bb',
    look: ({ ip }) => ip('c2'),
    sees: [
      ['20.10', '10.1.0.3'],
      ['25.0', '10.1.0.2'],
    ],
  },
  mac: {
    block: 'docker run -d --name c1 bb',
    look: ({ mac }) => mac('c1'),
    sees: [
      ['20.10', '02:42:ac:11:00:02'],
      ['28.0', ''],
    ],
  },
  defaultBridgeIpv6OfMac: {
    block:
      'daemon: { ipv6: true, fixed-cidr-v6: "fd00:9::/64" }\ndocker run -d --name c1 --mac-address 02:42:ac:11:00:02 bb',
    look: ({ ip6 }) => ip6('c1'),
    sees: [
      ['20.10', 'fd00:9::242:ac11:2'],
      ['28.0', 'fd00:9::2'],
    ],
  },
  interfaceOrder: {
    block:
      'docker network create --internal aa\ndocker network create bb\ndocker create --name c1 --network aa i\ndocker network connect bb c1\ndocker start c1',
    look: ({ interfaces }) => interfaces('c1'),
    sees: [
      ['20.10', { bb: 'eth0', aa: 'eth1' }],
      ['28.0', { aa: 'eth0 †', bb: 'eth1 †' }],
    ],
  },
  interfaceNumber: {
    block:
      'docker network create aa\ndocker network create bb\ndocker run -d --name c1 --network aa i\ndocker network connect bb c1\ndocker network disconnect bb c1\ndocker network connect bb c1',
    look: ({ interfaces }) => interfaces('c1'),
    sees: [
      ['20.10', { aa: 'eth0', bb: 'eth2' }],
      ['28.0', { aa: 'eth0', bb: 'eth1' }],
    ],
  },
  interfaceName: {
    block:
      'docker network create aa\ndocker run -d --name c1 --network name=aa,driver-opt=com.docker.network.endpoint.ifname=lan0 i',
    look: ({ interfaces }) => interfaces('c1'),
    sees: [
      ['20.10', { aa: 'eth0' }],
      ['28.0', { aa: 'lan0' }],
    ],
  },
  joinsDefaultBridgeFirst: {
    // Which network has the port for a moment decides which of a range is next; the engine walks a map from 28 on.
    block:
      'docker network create aa\ndocker create --name c1 -p 7000-7003:80 bb\ndocker network connect aa c1\ndocker start c1',
    look: ({ plan }) => plan.containers.get('c1')?.ports[0]?.certainty,
    sees: [
      ['20.10', 'computed'],
      ['28.0', 'one-of-several'],
    ],
  },
  gatewayPriority: {
    block:
      'docker network create aa\ndocker network create bb\ndocker run -d --name c1 --network aa i\ndocker network connect --gw-priority 9 bb c1',
    look: ({ plan }) => plan.containers.get('c1')?.defaultRoute?.network,
    sees: [
      ['20.10', 'aa'],
      ['28.0', 'bb'],
    ],
  },
  gatewayForEachFamily: {
    block:
      'docker network create --subnet 10.1.0.0/24 aa\ndocker network create -d macvlan -o parent=eth0 --ipv6 --subnet fd00:b::/64 --gateway fd00:b::1 --subnet 10.2.0.0/24 --gateway 10.2.0.1 bb\ndocker run -d --name c1 --network aa i\ndocker network connect bb c1\ndocker network create --ipv4=false --ipv6 --subnet fd00:c::/64 cc\ndocker run -d --name c2 --network aa i\ndocker network connect cc c2',
    look: ({ plan }) => [
      plan.containers.get('c2')?.defaultRoute?.network,
      plan.containers.get('c2')?.defaultRoute6?.network,
    ],
    sees: [
      ['20.10', ['cc', 'cc']],
      ['28.0', ['aa', 'cc']],
    ],
  },
  internalBridgeHasRoute: {
    block: 'docker network create --internal aa\ndocker run -d --name c1 --network aa i',
    look: ({ plan }) => plan.containers.get('c1')?.defaultRoute?.via ?? 'none',
    sees: [
      ['20.10', '172.18.0.1'],
      ['25.0', 'none'],
    ],
  },
  severalNetworksAtCreate: {
    block:
      'docker network create aa\ndocker network create bb\ndocker run -d --name c1 --network aa --network bb i',
    look: ({ error }) => error(-1),
    sees: [
      ['20.10', 'Container cannot be connected to network endpoints: aa, bb'],
      ['25.0', undefined],
    ],
  },
  refusesMacInSharedSandbox: {
    block: 'docker run -d --name c1 --network host --mac-address 02:00:00:00:00:09 i',
    look: ({ error }) => error(-1),
    sees: [
      ['20.10', 'conflicting options: mac-address and the network mode'],
      ['25.0', undefined],
    ],
  },
  looksAtLinkedStateFirst: {
    block:
      'docker network create aa\ndocker create --name c1 --network aa i\ndocker run -d --name c2 --link c1 i',
    look: ({ error }) => error(-1)?.replace('failed to set up container networking: ', ''),
    sees: [
      ['20.10', 'Cannot link to /c1, as it does not belong to the default network'],
      ['28.0', 'Cannot link to a non running container: /c1 AS /c2/c1'],
    ],
  },
  keepsContainerMac: {
    block:
      'docker network create aa\ndocker run -d --name c1 --network aa --mac-address 02:00:00:00:00:09 i\ndocker network disconnect aa c1\ndocker network connect aa c1',
    look: ({ mac }) => mac('c1') === '02:00:00:00:00:09',
    sees: [
      ['20.10', true],
      ['25.0', false],
    ],
  },
  needsModeNetwork: {
    block:
      'docker network create aa\ndocker create --name c1 --network aa i\ndocker network connect bridge c1\ndocker network disconnect aa c1\ndocker network rm aa\ndocker start c1',
    look: ({ plan }) => plan.containers.get('c1')?.state,
    sees: [
      ['20.10', 'running'],
      ['25.0', 'created'],
    ],
  },
  rangeOrder: {
    block: 'docker run -d --name c1 -p 7000-7009:443 -p 7000-7009:80 i',
    look: ({ ports }) => ports('c1').filter((text) => !text.startsWith('[')),
    sees: [
      ['20.10', ['0.0.0.0:7000->443/tcp', '0.0.0.0:7001->80/tcp']],
      ['27.0', ['0.0.0.0:7000->80/tcp', '0.0.0.0:7001->443/tcp']],
    ],
  },
  allocatorKnowsAnyAddress: {
    block: 'docker run -d --name c1 -p 127.0.0.1:8080:80 i\ndocker run -d --name c2 -p 8080:80 i',
    look: ({ error }) => /listen|Bind/.exec(error(-1) ?? '')?.[0],
    sees: [
      ['20.10', 'listen'],
      ['27.0', 'Bind'],
    ],
  },
  dropsDirectAccess: {
    block: `${LAN}docker run -d --name c1 -p 8080:80 i`,
    look: ({ reached }) => reached('client -> 172.17.0.2:80'),
    sees: [
      ['20.10', true],
      ['28.0', false],
    ],
  },
  masqueradesToOneself: {
    block: 'docker run -d --name c1 -p 8080:80 i',
    look: ({ nat }) => nat().filter((rule) => rule.includes('-s 172.17.0.2/32')).length,
    sees: [
      ['20.10', 1],
      ['28.0', 0],
    ],
  },
  skipsDnat: {
    block:
      'docker network create -o com.docker.network.bridge.gateway_mode_ipv4=routed -o com.docker.network.bridge.name=br0 aa',
    look: ({ nat }) => ['docker0', 'br0'].map((one) => nat().includes(`-A DOCKER -i ${one} -j RETURN`)),
    sees: [
      ['27.0', [true, false]],
      ['28.0', [true, true]],
      ['29.0', [false, false]],
    ],
  },
  hasIsolationChains: {
    block: `daemon: { userland-proxy: false }
${LAN}docker network create aa
docker network create bb
docker run -d --name a1 --network aa -p 8080:80 i
docker run -d --name b1 --network bb i`,
    look: ({ reached }) => reached('b1 -> host:8080'),
    sees: [
      ['20.10', false],
      ['29.0', true],
    ],
  },
  bridgeAddressAtOnce: {
    block: `${LAN}docker network create --ipv6 --subnet fd00:a::/64 aa\ndocker run -d -p 8080:80 --name c1 i`,
    look: ({ reached }) => reached('host -> [fd00:a::1]:8080'),
    sees: [
      ['20.10', false],
      ['27.4', true],
    ],
  },
  proxyAnswersAsAsked: {
    block: `${LAN}docker run -d --name c1 -p 5353:53/udp i\ndocker run -d --name c2 i`,
    look: ({ reached }) => reached('c2 -> host:5353/udp'),
    sees: [
      ['20.10', false],
      ['28.0', true],
    ],
  },
  loopbackIpv6: {
    block: 'docker run -d --name c1 i',
    look: ({ reached }) => reached('c1 -> [::1]:80'),
    sees: [
      ['20.10', false],
      ['26.0', true],
    ],
  },
  filtersIpv6: {
    block: 'docker network create --ipv6 --subnet fd00:a::/64 aa',
    look: ({ plan }) => plan.networks.get('aa')?.policy.ipv6.source,
    sees: [
      ['20.10', null],
      ['27.0', 'masquerade'],
    ],
  },
  trustedInterfaces: {
    block: 'docker network create -o com.docker.network.bridge.trusted_host_interfaces=eth0:eth1 aa',
    look: ({ plan }) => plan.networks.get('aa')?.policy.trusted,
    sees: [
      ['20.10', []],
      ['28.2', ['eth0', 'eth1']],
    ],
  },
  inspectShowsIpv4: {
    block: 'docker network create aa',
    look: ({ inspect }) => inspect('aa').EnableIPv4,
    sees: [
      ['20.10', undefined],
      ['28.0', true],
    ],
  },
  inspectShowsDefaultGateway: {
    block: 'docker run -d --name c1 i',
    look: ({ inspect }) => inspect('bridge').IPAM.Config[0]?.Gateway,
    sees: [
      ['20.10', undefined],
      ['25.0', '172.17.0.1'],
    ],
  },
  inspectShowsAddedGateway: {
    block: 'docker network create --subnet 10.1.0.0/24 aa',
    look: ({ inspect }) => inspect('aa').IPAM.Config[0]?.Gateway,
    sees: [
      ['20.10', undefined],
      ['29.0', '10.1.0.1'],
    ],
  },
  inspectShowsIpv6GatewayLength: {
    block:
      'daemon: { default-address-pools: [{ base: 10.0.0.0/8, size: 24 }, { base: "fd00::/16", size: 64 }] }\ndocker network create --ipv6 aa',
    look: ({ inspect }) => inspect('aa').IPAM.Config[1]?.Gateway,
    sees: [
      ['20.10', 'fd00::1/64'],
      ['27.0', 'fd00::1'],
    ],
  },
  interfaceMadeInSandbox: {
    block: 'docker run -d --name c1 i',
    look: ({ print }) => /^(\S+): eth0/m.exec(print('ip-addr', 'c1'))?.[1],
    sees: [
      ['20.10', '<n>'],
      ['28.0', '2'],
    ],
  },
  hostsFileCanonical: {
    block: 'docker run -d --name c1 i',
    look: ({ print }) => /^(\S+)\tip6-localnet/m.exec(print('hosts', 'c1'))?.[1],
    sees: [
      ['20.10', 'fe00::0'],
      ['28.0', 'fe00::'],
    ],
  },
  flagIpv4: {
    block: 'docker network create --ipv4=true aa',
    look: ({ error }) => error(-1)?.split('\n')[0],
    sees: [
      ['20.10', 'unknown flag: --ipv4'],
      ['28.0', undefined],
    ],
  },
  flagGatewayPriority: {
    block:
      'docker network create aa\ndocker run -d --name c1 i\ndocker network connect --gw-priority 1 aa c1',
    look: ({ error }) => error(-1)?.split('\n')[0],
    sees: [
      ['20.10', 'unknown flag: --gw-priority'],
      ['28.0', undefined],
    ],
  },
  readsAddressWithoutNetwork: {
    block: 'docker run -d --name c1 --ip 172.17.0.9 i',
    look: ({ error }) => error(-1) === undefined,
    sees: [
      ['20.10', true],
      ['25.0', false],
    ],
  },
  readsAddresses: {
    block: 'docker network create --subnet 10.9.1.0 aa',
    look: ({ error }) => error(-1),
    sees: [
      ['20.10', 'invalid network config:\ninvalid subnet 10.9.1.0: invalid CIDR block notation'],
      ['29.0', 'netip.ParsePrefix("10.9.1.0"): no \'/\''],
    ],
  },
  runJoinsSeveral: {
    block: 'name: app\nnetworks: { aa: {}, bb: {} }\nservices: { web: { image: i, networks: [aa, bb] } }',
    look: ({ build }) => build().filter((line) => line.includes('network connect')).length,
    sees: [
      ['20.10', 1],
      ['25.0', 0],
    ],
  },
  linksOnOwnNetworksOnly: {
    block: 'docker run -d --name c1 i\ndocker run -d --name c2 --network bridge --link c1 i',
    look: ({ error }) => error(-1),
    sees: [
      ['20.10', 'links are only supported for user-defined networks'],
      ['28.0', undefined],
    ],
  },
  defaultIsOwnNetwork: {
    block: 'docker run -d --name c1 i\ndocker run -d --name c2 --network default --link c1 i',
    look: ({ error }) => error(-1),
    sees: [
      ['20.10', 'links are only supported for user-defined networks'],
      ['25.0', undefined],
    ],
  },
  checksContainerName: {
    block: 'services: { web: { container_name: "a b" } }',
    look: ({ error }) => error(-1)?.startsWith('services.web.container_name') === true,
    sees: [
      ['2.16', false],
      ['2.39', true],
    ],
  },
}

const HOST_MODE = 'container cannot be disconnected from host network or connected to host network'
const START = 'failed to set up container networking: '
const MAC = 'docker network create aa\ndocker run -d --name c1 --network aa --mac-address 01:00:00:00:00:01 i'

export const WORDS: Readonly<Record<WordingName, RuleCase>> = {
  emptyNetworkName: {
    block: "docker network create ' '",
    look: ({ error }) => error(-1),
    sees: [
      ['20.10', 'network with name   already exists'],
      ['25.0', 'invalid name:'],
      ['28.0', 'invalid name: name is empty'],
    ],
  },
  poolsExhausted: {
    block: 'daemon: { default-address-pools: [{ base: 10.1.0.0/24, size: 24 }] }\ndocker network create aa',
    look: ({ error }) => error(-1),
    sees: [
      [
        '20.10',
        'could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network',
      ],
      ['27.0', 'all predefined address pools have been fully subnetted'],
    ],
  },
  noPoolOfSize: {
    block: 'docker network create --subnet 0.0.0.0/8 aa',
    look: ({ error }) => error(-1),
    sees: [
      ['20.10', undefined],
      ['29.0', 'invalid address pool'],
    ],
  },
  poolRequest: {
    block: 'docker network create --subnet 172.17.1.0/24 aa',
    look: ({ error }) => error(-1),
    sees: [
      ['20.10', 'Pool overlaps with other one on this address space'],
      ['27.0', 'invalid pool request: Pool overlaps with other one on this address space'],
    ],
  },
  noAvailableAddress: {
    block:
      'docker network create --subnet 10.1.0.0/30 a\ndocker run -d --name c1 --network a bb\ndocker run -d --name c2 --network a --ip 10.1.0.2 bb',
    look: ({ error }) => error(-1)?.includes('no available addresses'),
    sees: [
      ['20.10', false],
      ['25.0', true],
      ['27.0', false],
    ],
  },
  deviceNameTooLong: {
    block: 'docker network create -o com.docker.network.bridge.name=br-sixteen-bytes a',
    look: ({ error }) => error(-1),
    sees: [
      ['20.10', 'failed to check bridge interface existence: numerical result out of range'],
      ['25.0', 'numerical result out of range'],
    ],
  },
  multicastSubnet: {
    block: 'docker network create --ipv6 --subnet ff00:a::/64 a',
    look: ({ error }) => error(-1),
    sees: [
      ['20.10', 'failed to add IPv6 address ff00:a::1/64 to bridge: cannot assign requested address'],
      ['27.0', "multicast subnet 'ff00:a::1/64' is not allowed"],
    ],
  },
  linkLocalSubnet: {
    block: 'docker network create --ipv6 --subnet fe80::/80 a',
    look: ({ error }) => error(-1),
    sees: [
      ['20.10', 'failed to add IPv6 address fe80::1/80 to bridge: file exists'],
      ['25.0', "clash with the Link-Local prefix 'fe80::/64'"],
      ['27.0', "'fe80::1/80' clashes with the Link-Local prefix 'fe80::/64'"],
    ],
  },
  parentNotFound: {
    block: `${LAN}docker network create -d macvlan -o parent=nic.5 a`,
    look: ({ error }) => error(-1),
    sees: [
      ['20.10', '-o parent interface does was not found on the host: nic'],
      ['23.0', '-o parent interface was not found on the host: nic'],
    ],
  },
  activeEndpoints: {
    block: 'docker network create aa\ndocker run -d --name c1 --network aa i\ndocker network rm aa',
    look: ({ error }) => error(-1),
    sees: [
      ['20.10', 'error while removing network: network aa id ID has active endpoints'],
      ['28.1', 'error while removing network: network aa has active endpoints (name:"c1" id:"ID")'],
    ],
  },
  staticOnUserNetworksOnly: {
    block: 'docker run -d --name c1 --network host --ip 10.1.0.9 i',
    look: ({ error }) => /user.specified IP address is supported on .*/.exec(error(-1) ?? '')?.[0],
    sees: [
      ['20.10', 'user specified IP address is supported on user defined networks only'],
      ['29.1', 'user-specified IP address is supported on user-defined networks only'],
    ],
  },
  aliasOnUserNetworksOnly: {
    block:
      'docker run -d --name c1 i\ndocker network disconnect bridge c1\ndocker network connect --alias x bridge c1',
    look: ({ error }) => error(-1)?.split('\n').at(-1),
    sees: [
      ['20.10', 'network-scoped alias is supported only for containers in user defined networks'],
      ['29.1', 'network-scoped aliases are only supported for user-defined networks'],
    ],
  },
  addressNotConfigured: {
    block:
      'docker network create --subnet 10.1.0.0/24 aa\ndocker create --name c1 --network aa --ip 10.2.0.9 i',
    look: ({ error }) => error(-1)?.split('\n').at(-1),
    sees: [
      ['25.0', 'no configured subnet or ip-range contain the IP address 10.2.0.9'],
      ['29.1', 'no configured subnet contains IP address 10.2.0.9'],
    ],
  },
  addressNotInSubnets: {
    // A stopped container keeps its wish when its network is made anew.
    block:
      'docker network create --subnet 10.1.0.0/24 aa\ndocker create --name c1 --network aa --ip 10.1.0.9 i\ndocker network rm aa\ndocker network create --subnet 10.2.0.0/24 aa\ndocker start c1',
    look: ({ error }) => error(-1)?.replace(START, ''),
    sees: [
      ['20.10', "Invalid address 10.1.0.9: It does not belong to any of this network's subnets"],
      ['25.0', "invalid address 10.1.0.9: It does not belong to any of this network's subnets"],
    ],
  },
  startFailed: {
    block:
      'docker network create --subnet 10.1.0.0/24 aa\ndocker run -d --name c1 --network aa --ip 10.1.0.1 i',
    look: ({ error }) => error(-1),
    sees: [
      ['20.10', 'Address already in use'],
      ['28.1', `${START}Address already in use`],
    ],
  },
  interfaceFailed: {
    block: MAC,
    look: ({ error }) =>
      error(-1)
        ?.replace(/(OCI runtime create failed: ).*?(failed to add|time=)/, '$1… $2')
        .slice(0, 110),
    sees: [
      [
        '20.10',
        'failed to create shim task: OCI runtime create failed: … time="0001-01-01T00:00:00Z" level=fatal msg="failed t',
      ],
      [
        '25.0',
        'failed to create task for container: failed to create shim task: OCI runtime create failed: … failed to add in',
      ],
      [
        '28.0',
        'failed to add interface vethID to sandbox: error setting interface "vethID" MAC to "01:00:00:00:00:01": cannot assi'.slice(
          0,
          110,
        ),
      ],
      [
        '28.1',
        `${START}failed to add interface vethID to sandbox: error setting interface "vethID" MAC to "01:00:00:00:00:01"`.slice(
          0,
          110,
        ),
      ],
    ],
  },
  connectToHost: {
    block: 'docker run -d --name c1 i\ndocker network connect host c1',
    look: ({ error }) => error(-1),
    sees: [
      ['20.10', HOST_MODE],
      ['28.1', 'cannot connect container to host network - container must be created in host network mode'],
    ],
  },
  disconnectFromHost: {
    block: 'docker run -d --name c1 --network host i\ndocker network disconnect host c1',
    look: ({ error }) => error(-1),
    sees: [
      ['20.10', HOST_MODE],
      ['28.1', 'container cannot be disconnected from host network'],
    ],
  },
  portNotBound: {
    block: `${LAN}docker run -d --name c1 -p 203.0.113.9:8080:80 i`,
    look: ({ error }) => error(-1)?.replace(/^.*\(ID\): /, ''),
    sees: [
      [
        '20.10',
        'Error starting userland proxy: listen tcp4 203.0.113.9:8080: bind: cannot assign requested address',
      ],
      [
        '28.0',
        'failed to bind host port for 203.0.113.9:8080:172.17.0.2:80/tcp: cannot assign requested address',
      ],
      ['29.0', 'failed to bind host port 203.0.113.9:8080/tcp: cannot assign requested address'],
    ],
  },
  linkedGone: {
    block:
      'docker run -d --name c1 i\ndocker run -d --name c2 --network container:c1 i\ndocker rm -f c1\ndocker run -d --name c3 --link c2 i',
    look: ({ error }) => error(-1)?.slice(0, 5),
    sees: [
      ['20.10', 'Could'],
      ['25.0', 'could'],
    ],
  },
  linkedNotOnBridge: {
    block:
      'docker network create aa\ndocker run -d --name c1 --network aa i\ndocker run -d --name c2 --link c1 i',
    look: ({ error }) => error(-1)?.replace(START, ''),
    sees: [
      ['20.10', 'Cannot link to /c1, as it does not belong to the default network'],
      ['28.0', 'container ID not attached to default bridge network'],
    ],
  },
  joinMissing: {
    block:
      'docker run -d --name c1 i\ndocker create --name c2 --network container:c1 i\ndocker rm -f c1\ndocker start c2',
    look: ({ error }) =>
      error(-1)
        ?.replace(START, '')
        .replace(/ID|c1$/, 'c1'),
    sees: [
      ['20.10', 'No such container: c1'],
      ['28.0', 'joining network namespace of container: No such container: c1'],
    ],
  },
  joinItself: {
    block: 'docker create --name c1 --network container:c1 i\ndocker start c1',
    look: ({ error }) => error(-1)?.replace(START, ''),
    sees: [
      ['20.10', 'cannot join own network'],
      ['28.0', 'cannot join own network namespace'],
    ],
  },
  joinStopped: {
    block: 'docker create --name c1 i\ndocker create --name c2 --network container:c1 i\ndocker start c2',
    look: ({ error }) => error(-1)?.replace(START, ''),
    sees: [
      ['20.10', 'cannot join network of a non running container: ID'],
      ['28.0', 'cannot join network namespace of a non running container: container c1 is created'],
    ],
  },
  cannotKill: {
    block: 'docker kill nobody',
    look: ({ error }) => error(-1),
    sees: [
      ['20.10', 'Cannot kill container: nobody: No such container: nobody'],
      ['26.0', 'cannot kill container: nobody: No such container: nobody'],
    ],
  },
  notRunning: {
    block: 'docker create --name c1 i\ndocker kill c1',
    look: ({ error }) => error(-1)?.slice('Cannot kill container: c1: '.length),
    sees: [
      ['20.10', 'Container ID is not running'],
      ['25.0', 'container ID is not running'],
    ],
  },
  cannotRemoveRunning: {
    block: 'docker run -d --name c1 i\ndocker rm c1',
    look: ({ error }) => error(-1),
    sees: [
      [
        '20.10',
        'You cannot remove a running container ID. Stop the container before attempting removal or force remove',
      ],
      [
        '25.0',
        'cannot remove container "/c1": container is running: stop the container before removing or force remove',
      ],
      [
        '28.0',
        'cannot remove container "c1": container is running: stop the container before removing or force remove',
      ],
    ],
  },
  portFault: {
    block: 'docker run -d --name c1 -p 99999:80 i',
    look: ({ error }) => error(-1)?.slice(0, 7),
    sees: [
      ['20.10', 'Invalid'],
      ['29.0', 'invalid'],
    ],
  },
  wrongCount: {
    block: 'docker network create',
    look: ({ error }) => error(-1),
    sees: [
      ['20.10', '"docker network create" requires exactly 1 argument.'],
      ['28.0', "'docker network create' requires exactly 1 argument."],
    ],
  },
  additionalKey: {
    block: 'services: { "a b": {} }',
    look: ({ error }) => error(-1),
    sees: [
      ['2.16', 'services Additional property a b is not allowed'],
      ['2.38', "services additional properties 'a b' not allowed"],
    ],
  },
}
