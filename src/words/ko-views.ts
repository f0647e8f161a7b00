import type { ChangePlace, ChangeWords, FocusWords, MatrixWords, SequenceWords, SpaceWords } from './views.ts'

const at = (places: readonly ChangePlace[]): string =>
  places.map(({ network, address }) => `${network} 네트워크의 ${address}`).join(', ')

const left = (places: readonly ChangePlace[]): string => {
  const free = at(places.filter(({ by }) => by === ''))
  const taken = places.flatMap(({ by, ...place }) =>
    by === '' ? [] : `${at([{ by, ...place }])} (이제 ${by}의 주소)`,
  )
  return `${free === '' ? '' : `. 다시 빈 주소: ${free}`}${taken.length === 0 ? '' : `. 넘어간 주소: ${taken.join(', ')}`}`
}

export const change: ChangeWords = {
  none: '달라진 것이 없습니다',
  network: (kind, name, from, to) =>
    kind === 'new'
      ? `새 네트워크 ${name}: ${to}`
      : kind === 'gone'
        ? `${name} 네트워크가 사라지고 ${from} 대역이 다시 비었습니다`
        : `${name} 네트워크가 다른 것으로 바뀌었습니다: ${from} → ${to}`,
  networkAnew: (name, is) => `${name} 네트워크를 새로 만들었습니다. 주소는 전과 같습니다: ${is}`,
  container: (name, from, to, places) => {
    const addresses = at(places)
    if (to === '') return `${name} 컨테이너가 사라졌습니다${left(places)}`
    if (from === '')
      return to === 'running'
        ? `새 컨테이너 ${name}${addresses === '' ? '' : `: ${addresses}`}`
        : `새 컨테이너 ${name}: 아직 실행 중이 아닙니다`
    if (to === 'running') return `${name} 컨테이너가 실행됩니다${addresses === '' ? '' : `: ${addresses}`}`
    return to === 'exited'
      ? `${name} 컨테이너가 멈추고 주소를 내놓았습니다`
      : `${name} 컨테이너는 아직 시작하지 않았습니다`
  },
  name: (from, to) => `컨테이너 이름이 바뀌었습니다: ${from} → ${to}`,
  anew: (name, places) =>
    `${name} 컨테이너를 새로 만들었습니다${places.length === 0 ? '' : `: ${at(places)}`}`,
  formerly: (name) => `이전 이름 ${name}`,
  attachment: (kind, container, network, from, to, by) =>
    kind === 'new'
      ? `${container} 컨테이너가 ${network} 네트워크에 연결되었습니다: ${to}`
      : kind === 'gone'
        ? `${container} 컨테이너가 ${network} 네트워크에서 끊어졌습니다. ${from} 주소는 ${by === '' ? '다시 비었습니다' : `이제 ${by}의 것입니다`}`
        : `${network} 네트워크에서 ${container} 컨테이너의 주소가 바뀌었습니다: ${from} → ${to}`,
  route: (kind, container, family, from, to) => {
    const route = family === 6 ? 'IPv6 기본 경로' : '기본 경로'
    return kind === 'new'
      ? `${container} 컨테이너에 ${route}가 생겼습니다: ${to}`
      : kind === 'gone'
        ? `${container} 컨테이너의 ${route}가 사라졌습니다: ${from}`
        : `${container} 컨테이너의 ${route}가 바뀌었습니다: ${from} → ${to}`
  },
  endpoint: (kind, name, network, from, to) =>
    kind === 'new'
      ? `${network} 네트워크에 ${name} 주소가 생겼습니다: ${to}`
      : kind === 'gone'
        ? `${network} 네트워크에서 ${name} 주소가 사라지고 ${from} 주소가 다시 비었습니다`
        : `${network} 네트워크에서 ${name} 주소가 바뀌었습니다: ${from} → ${to}`,
  port: (kind, port, container, from, to) =>
    kind === 'new'
      ? `호스트의 ${port}번 포트가 열려 ${container}:${to} 포트로 이어집니다`
      : kind === 'gone'
        ? `${container}:${from} 포트로 이어지던 호스트의 ${port}번 포트가 닫혔습니다`
        : `호스트의 ${port}번 포트가 ${from} 대신 ${container}:${to} 포트로 이어집니다`,
  service: (kind, name, from, to) =>
    kind === 'new'
      ? `새 서비스 ${name}: 태스크 ${to}개`
      : kind === 'gone'
        ? `${name} 서비스가 사라졌습니다`
        : `${name} 서비스의 태스크가 ${from}개에서 ${to}개가 되었습니다`,
  vip: (kind, service, network, from, to) =>
    kind === 'new'
      ? `${service} 서비스가 ${network} 네트워크에서 VIP ${to} 주소를 받았습니다`
      : kind === 'gone'
        ? `${network} 네트워크에서 ${service} 서비스의 VIP ${from} 주소가 사라졌습니다`
        : `${network} 네트워크에서 ${service} 서비스의 VIP가 바뀌었습니다: ${from} → ${to}`,
  mesh: (kind, port, service, from, to) =>
    kind === 'new'
      ? `모든 노드의 ${port}번 포트가 열려 ${service}:${to} 포트로 이어집니다`
      : kind === 'gone'
        ? `${service}:${from} 포트로 이어지던 모든 노드의 ${port}번 포트가 닫혔습니다`
        : `모든 노드의 ${port}번 포트가 ${from} 대신 ${service}:${to} 포트로 이어집니다`,
  role: (host, from, to) => {
    const role = to === 'manager' ? '매니저' : '워커'
    return to === ''
      ? `${host} 호스트가 Swarm을 떠났습니다`
      : from === ''
        ? `${host} 호스트가 Swarm에 ${role}로 들어왔습니다`
        : `${host} 호스트의 역할이 ${role}로 바뀌었습니다`
  },
  legend: { new: '+ 새로 생김', gone: '− 사라짐', changed: '~ 바뀜' },
  steps: '단계',
  step: (number) => `${number}단계`,
}

export const sequence: SequenceWords = {
  sends: (via) => (via === '' ? '보냄' : `게이트웨이 ${via} 쪽으로 보냄`),
  routes: (destination, device) => `${destination} 쪽으로 라우팅${device === '' ? '' : `: ${device}`}`,
  answers: '응답',
  putsBack: '바꾼 주소를 되돌림',
  outer: '바깥',
  anyMac: '(무작위)',
}

export const space: SpaceWords = {
  pools: (host) => `${host === 'host' ? '호스트' : host}의 기본 풀`,
  swarmPools: 'Swarm의 기본 풀',
  outsidePools: '풀 밖',
  free: '비어 있음',
  freeCount: (count) => `${count}개 비어 있음`,
  lan: 'LAN',
  networkAddress: '네트워크 주소',
  broadcast: '브로드캐스트',
  gateway: '게이트웨이',
  reserved: (name) => `예약: ${name}`,
  usedCount: (count) => `${count}개 사용 중`,
  loadBalancer: (host) => `${host === 'host' ? '호스트' : host}의 로드밸런서`,
  ingressSandbox: (host) => `${host === 'host' ? '호스트' : host}의 라우팅 메시`,
  was: (now, before) => `${now} (이전: ${before})`,
  outsideRange: (count) => `ip_range 밖 ${count}개`,
}

export const matrix: MatrixWords = { container: '컨테이너' }

export const focus: FocusWords = {
  more: (count) => `외 ${count}개`,
  moreNetworks: (count) => `외 네트워크 ${count}개`,
  rest: (containers, networks, hosts) => {
    const all = [
      [containers, '컨테이너'],
      [networks, '네트워크'],
      [hosts, '호스트'],
    ] as const
    const parts = all.flatMap(([count, thing]) => (count === 0 ? [] : [`${thing} ${count}개`]))
    return `그리지 않은 ${parts.join(', ')}가 더 있습니다.`
  },
}
