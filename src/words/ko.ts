import { change, focus, matrix, sequence, space } from './ko-views.ts'
import type { ContainerSentence, NetworkSentence, ServiceSentence, Words } from './words.ts'

// A name may end in a consonant or a vowel and is often read in English, so no particle that depends on the sound
// (은/는, 이/가, 을/를, 과/와, 으로/로) stands right behind one: a Korean noun stands in between.
export const ko: Words = {
  language: 'ko',
  change,
  sequence,
  space,
  matrix,
  focus,
  figure: {
    client: '클라이언트',
    outside: '외부 네트워크',
    lan: '물리 네트워크 (LAN)',
    underlay: '물리 네트워크 (underlay)',
    services: 'Swarm (매니저가 할당)',
    gateway: (address) => `게이트웨이 ${address}`,
    outsideGateway: (address) => `게이트웨이 ${address} (외부 라우터)`,
    loadBalancer: (address) => `로드밸런서 ${address}`,
    ingressSandbox: (address) => `ingress-sbox ${address}`,
    virtualAddress: (address) => `VIP ${address}`,
    noSubnet: '서브넷 없음',
    dnsRoundRobin: 'DNS 라운드로빈, VIP 없음',
    internal: '내부 전용',
    hostNetwork: '호스트 네트워크 사용',
    noNetwork: 'none: lo만 있음',
    undrawnNetworks: '그리지 않은 네트워크에 연결됨',
    sharesSandbox: (container) => (container === '' ? '네트워크를 잃음' : `${container}의 네트워크 공유`),
    created: '아직 시작하지 않음',
    exited: '멈춤',
    aliases: (names) => `별칭 ${names.join(', ')}`,
    ipRange: (range) => `ip-range ${range}`,
    reserved: (name, address) => `예약 ${address} (${name})`,
    randomDevice: 'veth…',
    manager: '매니저',
    worker: '워커',
    routingMesh: '라우팅 메시',
    startsAfter: (containers) => `먼저 시작: ${containers.join(', ')}`,
    notRunning: '실행 중 아님',
    thisHostOnly: '이 호스트에서만',
    fromThisHost: '이 호스트 자신에게',
    route: (text) => `경로 ${text}`,
  },
  title: {
    network: (hosts) => `${hostsIn(hosts)}의 Docker 네트워크`,
    datapath: (hosts) => `${hostsIn(hosts)} 안에서 패킷이 지나는 길`,
    overlay: (hosts) => `${hostsIn(hosts)}에 걸친 overlay 네트워크`,
    bus: (hosts) => `${hostsIn(hosts)}의 네트워크와 엔드포인트`,
    sequence: (hosts) => `${hostsIn(hosts)}에서 패킷이 거치는 단계`,
    addresses: (hosts) => `${hostsIn(hosts)}의 주소 공간`,
    matrix: (hosts) => `${hostsIn(hosts)}의 컨테이너와 네트워크`,
  },
  description: {
    summary: (hosts, networks, containers) =>
      `호스트 ${hosts}대, 네트워크 ${networks}개, 컨테이너 ${containers}개.`,
    host: (name, address, role) =>
      `${theHost(name)}${role === '' ? '' : `(Swarm ${role === 'manager' ? '매니저' : '워커'})`}${address === '' ? '가 있습니다.' : `의 주소는 ${address}입니다.`}`,
    underlay: (name, subnet, hosts) =>
      `${list(hosts)} 호스트는 물리 네트워크${[name, subnet]
        .filter((t) => t !== '')
        .map((t) => ` ${t}`)
        .join('')}에 함께 연결되어 있습니다.`,
    network: describeNetwork,
    container: describeContainer,
    service: describeService,
    tunnel: (network, vni, hosts) =>
      `${list(hosts)} 호스트 사이에서 ${network} 네트워크의 프레임은 VNI ${vni.join(', ')} VXLAN 터널(UDP 4789번 포트)로 오갑니다.`,
    dependency: (from, to) => `${from} 컨테이너는 ${to} 컨테이너 다음에 시작합니다.`,
    way: (text, reached) =>
      `${text.replace(/^client(?= )/, '클라이언트').replace(' -> ', ' → ')}${reached ? '' : ': 도달하지 못합니다'}`,
  },
  legend: {
    stopped: '실행 중이 아님: 주소 없음',
    internal: '점선 테두리: 내부 전용, 외부로 나가는 길이 없음',
    bridge: 'bridge 네트워크',
    overlay: 'overlay 네트워크',
    ingress: 'ingress 네트워크 (라우팅 메시)',
    macvlan: 'macvlan 네트워크',
    ipvlan: 'ipvlan 네트워크',
    other: '그 밖의 드라이버로 만든 네트워크',
    hot: '강조한 패킷 경로',
    dependency: '의존 관계 (시작 순서)',
    shared: '샌드박스 공유',
    chance: '† 실행할 때마다 달라질 수 있는 값 중 하나',
  },
  table: {
    caption: '주소',
    network: '네트워크',
    host: '호스트',
    owner: '대상',
    address: '주소',
    certainty: '결정 방식',
    declared: '직접 지정',
    computed: '규칙으로 계산',
    oneOfSeveral: '여러 값 중 하나',
    roles: {
      container: '컨테이너',
      task: '태스크',
      loadBalancer: '로드밸런서',
      gateway: '게이트웨이',
      vip: '가상 주소(VIP)',
    },
  },
  hop: {
    resolve: (name, server, answer, is) =>
      is === 'external'
        ? `DNS ${server}: ${name} 이름을 호스트의 네임서버에 넘김`
        : `DNS ${server}의 답: ${name} = ${answer}${is === 'vip' ? ' (VIP)' : ''}`,
    hosts: (name, answer) => `/etc/hosts에서 찾음: ${name} = ${answer}`,
    send: (source, destination, via, device) =>
      `보냄: ${arrow(source, destination)}${device === '' ? '' : `, ${device}에서 나감`}${via === '' ? '' : `, 게이트웨이 ${via}`}`,
    bridge: (network, address) => `${network} 네트워크가 ${address} 쪽으로 프레임을 전달`,
    ipvs: (vip, task, address) => `IPVS가 VIP ${vip} 대신 ${task}(${address}) 선택`,
    encapsulate: (vni, source, destination, port, encrypted) =>
      `VXLAN으로 감쌈: VNI ${vni}, UDP ${port}, ${arrow(source, destination)}${encrypted ? ', IPsec 암호화' : ''}`,
    decapsulate: (vni, host) => `${host}에서 VXLAN을 벗김 (VNI ${vni})`,
    arrive: (host, device, destination) => `${host}의 ${device}에 도착: 목적지 ${destination}`,
    forward: (host, destination, device) =>
      `${host === '' ? '외부 네트워크' : host}에서 ${destination} 쪽으로 라우팅${device === '' ? '' : ` (${device})`}`,
    dnat: (from, to) => `DNAT ${from} → ${to}`,
    masquerade: (target, from, to) => `${target} ${arrow(from, to)}`,
    proxy: (from, to) => `docker-proxy가 ${from} 연결을 받아 ${to} 쪽으로 새로 연결`,
    loopback: (address) => `같은 샌드박스 안에서 전달 (${address})`,
    deliver: (container, address) => `${container}에 도착 (${address})`,
    drop: {
      'name-unknown': (subject) => `${subject} 이름을 아는 DNS 서버가 없음`,
      'name-on-default-bridge': (subject) =>
        `기본 브리지에서는 이름을 찾을 수 없어 ${subject} 컨테이너를 이름으로 부르지 못함`,
      isolation: (subject, other) => `차단: Docker가 ${other} 네트워크에서 ${subject} 쪽으로 가는 길을 막음`,
      internal: (subject, other) => `차단: ${other} 네트워크는 내부 전용이라 ${subject}에 닿을 수 없음`,
      icc: (subject, other) => `차단: ${other} 네트워크는 컨테이너 사이의 통신을 막음 (${subject})`,
      unpublished: (subject) => `차단: ${subject} 포트를 게시하지 않음`,
      'port-closed': (subject) => `거절: ${subject} 포트를 듣는 프로세스가 없음`,
      'published-elsewhere': (subject, other) =>
        `거절: ${other} 컨테이너가 그 포트를 게시하지만 ${subject} 주소에는 아님`,
      'routed-only': (subject, other) =>
        `거절: ${other} 컨테이너의 네트워크는 routed라서 ${subject} 주소에서는 받지 않음`,
      'port-held': (subject) =>
        `응답 없음: 엔진이 ${subject} 포트를 잡고 있지만 docker-proxy가 없어 답하지 않음`,
      tentative: (subject, other) =>
        `응답 없음: ${other} 브리지에 컨테이너가 한 번도 없어 ${subject} 주소는 아직 쓰이지 않음`,
      'not-listening': (subject, other) => `거절: ${other} 컨테이너는 ${subject} 포트를 듣지 않음`,
      'answer-dropped': (subject, other) =>
        `응답 없음: ${subject} 쪽에서 ${other} 네트워크의 컨테이너로 돌아오는 답을 호스트가 버림`,
      'no-way-back': (subject, other) => `응답 없음: ${other}에는 ${subject} 쪽에서 돌아오는 경로가 없음`,
      'answer-from-elsewhere': (subject, other) =>
        `응답 없음: docker-proxy가 ${subject} 대신 ${other} 주소로 답함`,
      'lost-sandbox': (subject, other) =>
        `${subject}: 샌드박스를 함께 쓰던 ${other === '' ? '컨테이너가 삭제되어' : `${other} 컨테이너가 다시 시작되어`} 네트워크를 잃음`,
      'no-route': (subject) => `${subject} 쪽으로 가는 경로가 없음`,
      'host-and-child': (subject) =>
        `차단: 호스트와 그 호스트의 macvlan·ipvlan 컨테이너는 통신할 수 없음 (${subject})`,
      'macvlan-private': (subject) => `차단: 이 macvlan 모드는 컨테이너 사이의 통신을 막음 (${subject})`,
      'not-running': (subject) => `${subject}: 실행 중이 아님`,
      'no-task': (subject) => `${subject} 서비스에 실행 중인 태스크가 없음`,
      'no-underlay': (subject, other) => `${other} 호스트와 ${subject} 사이에 함께 쓰는 물리 네트워크가 없음`,
      'no-subnet': (subject) => `${subject}: overlay에 서브넷이 없음`,
      'no-neighbour': (subject) => `닿을 수 있는 곳에 ${subject} 주소를 가진 것이 없음`,
    },
  },
  hopTag: {
    resolve: 'DNS',
    hosts: '/etc/hosts',
    send: '보냄',
    bridge: '전달',
    ipvs: (task) => `IPVS → ${task}`,
    encapsulate: 'VXLAN 캡슐화',
    decapsulate: 'VXLAN 해제',
    arrive: '들어옴',
    forward: '라우팅',
    dnat: (fromPort, toPort) => `DNAT ${fromPort} → ${toPort}`,
    proxy: 'docker-proxy',
    loopback: '같은 샌드박스',
    deliver: '받음',
    drop: '× 차단',
  },
  page: {
    details: '주소 표와 Mermaid 코드',
    source: 'Mermaid 코드',
    addresses: '주소',
    descriptionHeading: '그림 설명',
    failed: (count) => `이 그림에 오류가 ${count.toString()}개 있습니다`,
    modelFailed: (name) => `모델 ‘${name}’에 오류가 있습니다. 자세한 내용은 모델을 적은 곳에 있습니다`,
    warned: (count) => `알아 둘 점이 ${count.toString()}개 있습니다`,
    error: '오류',
    warning: '경고',
    hint: '도움말',
  },
}

/** A block that names no host has one called `host`. */
const theHost = (name: string): string => (name === 'host' ? '호스트' : `${name} 호스트`)
const hostsIn = (names: readonly string[]): string =>
  names.length === 1 && names[0] === 'host' ? '호스트 한 대' : list(names)

const list = (names: readonly string[]): string => names.join(', ')

function describeNetwork(n: NetworkSentence): string {
  const where = n.host === '' ? 'Swarm 전체에 걸쳐 있습니다' : `${theHost(n.host)}에 있습니다`
  const facts = [
    n.parent === '' ? '' : `부모 인터페이스 ${n.parent}`,
    n.subnets.length === 0 ? '서브넷 없음' : `서브넷 ${list(n.subnets)}`,
    n.gateways.length === 0 ? '' : `게이트웨이 ${list(n.gateways)}`,
  ].filter((t) => t !== '')
  const internal = n.internal ? ' 내부 전용이라 외부로 나가는 길이 없습니다.' : ''
  return `${n.name} 네트워크(${n.driver})는 ${where}: ${facts.join(', ')}.${internal}`
}

function describeContainer(c: ContainerSentence): string {
  const who = `${theHost(c.host)}의 ${c.name} 컨테이너${c.image === '' ? '' : `(${c.image})`}`
  if (c.state !== 'running')
    return `${who}는 ${c.state === 'created' ? '아직 시작하지 않아' : '멈춰 있어'} 주소가 없습니다.`
  if (c.mode === 'host') return `${who}는 호스트의 네트워크를 그대로 씁니다.${ports(c.ports)}`
  if (c.mode === 'none') return `${who}에는 네트워크가 없고 lo만 있습니다.`
  if (c.mode === 'container' && c.sharedWith === '')
    return `${who}가 네트워크를 함께 쓰던 컨테이너는 삭제되었고, 남은 네트워크가 없습니다.`
  if (c.mode === 'container') return `${who}는 ${c.sharedWith} 컨테이너의 네트워크를 함께 씁니다.`
  if (c.attachments.length === 0 && c.undrawn)
    return `${who}는 여기에 그리지 않은 네트워크에 연결되어 있습니다.${ports(c.ports)}`
  if (c.attachments.length === 0) return `${who}에는 연결된 네트워크가 없습니다.`
  const at = c.attachments.map((a) => `${a.network} 네트워크의 ${list(a.addresses)}`)
  return `${who}의 주소는 ${list(at)}입니다.${ports(c.ports)}`
}

function ports(published: ContainerSentence['ports']): string {
  const open = published.filter((p) => p.host !== '')
  if (open.length === 0) return ''
  return ` 게시한 포트: ${open.map((p) => `${p.host} → ${p.container}`).join(', ')}.`
}

function describeService(s: ServiceSentence): string {
  const facts = [
    `태스크 ${s.tasks.length === 0 ? '없음' : list(s.tasks)}`,
    ...(s.endpointMode === 'dnsrr'
      ? ['VIP 없음(DNS 라운드로빈)']
      : s.vips.map((v) => `${v.network} 네트워크의 VIP ${v.address}`)),
    ...(s.ports.length === 0
      ? []
      : [`노드에 게시한 포트 ${s.ports.map((p) => `${p.published} → ${p.target}`).join(', ')}`]),
  ]
  return `${s.name} 서비스: ${facts.join(', ')}.`
}

/** A source that is left to chance is not said. */
const arrow = (from: string, to: string): string => `${from === '' ? '' : `${from} `}→ ${to}`
