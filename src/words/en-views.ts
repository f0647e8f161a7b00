import type { ChangePlace, ChangeWords, FocusWords, MatrixWords, SequenceWords, SpaceWords } from './views.ts'

const at = (places: readonly ChangePlace[]): string =>
  places.map(({ network, address }) => `${address} on ${network}`).join(', ')

const left = (places: readonly ChangePlace[]): string => {
  const free = at(places.filter(({ by }) => by === ''))
  const taken = places.flatMap(({ by, ...place }) => (by === '' ? [] : `${at([{ by, ...place }])} by ${by}`))
  return `${free === '' ? '' : `; free again: ${free}`}${taken.length === 0 ? '' : `; taken over: ${taken.join(', ')}`}`
}

export const change: ChangeWords = {
  none: 'nothing has changed',
  network: (kind, name, from, to) =>
    kind === 'new'
      ? `network ${name} is new: ${to}`
      : kind === 'gone'
        ? `network ${name} is gone; ${from} is free again`
        : `network ${name} is another: ${from} → ${to}`,
  networkAnew: (name, is) => `network ${name} was made anew, with the same ${is}`,
  container: (name, from, to, places) => {
    const addresses = at(places)
    if (to === '') return `container ${name} is gone${left(places)}`
    if (from === '')
      return to === 'running'
        ? `container ${name} is new${addresses === '' ? '' : `: ${addresses}`}`
        : `container ${name} is new and does not run`
    if (to === 'running') return `container ${name} runs${addresses === '' ? '' : `: ${addresses}`}`
    return to === 'exited'
      ? `container ${name} has stopped and holds no address`
      : `container ${name} has not started`
  },
  name: (from, to) => `container ${from} is now called ${to}`,
  anew: (name, places) => `container ${name} was made anew${places.length === 0 ? '' : `: ${at(places)}`}`,
  formerly: (name) => `was ${name}`,
  attachment: (kind, container, network, from, to, by) =>
    kind === 'new'
      ? `${container} joins ${network}: ${to}`
      : kind === 'gone'
        ? `${container} leaves ${network}; ${by === '' ? `${from} ${from.includes(', ') ? 'are' : 'is'} free again` : `${by} has taken over ${from}`}`
        : `${container} has another address on ${network}: ${from} → ${to}`,
  route: (kind, container, family, from, to) => {
    const route = family === 6 ? 'IPv6 default route' : 'default route'
    return kind === 'new'
      ? `${container} has ${family === 6 ? 'an' : 'a'} ${route}: ${to}`
      : kind === 'gone'
        ? `${container} has no ${route} any more; it was ${from}`
        : `${container} has another ${route}: ${from} → ${to}`
  },
  endpoint: (kind, name, network, from, to) =>
    kind === 'new'
      ? `the ${name} is new on ${network}: ${to}`
      : kind === 'gone'
        ? `the ${name} is gone from ${network}; ${from} ${from.includes(', ') ? 'are' : 'is'} free again`
        : `the ${name} has another address on ${network}: ${from} → ${to}`,
  port: (kind, port, container, from, to) => {
    const isRange = port.includes('-')
    const [ports, are] = isRange ? [`ports ${port}`, 'are'] : [`port ${port}`, 'is']
    if (kind === 'new') return `${ports} of the host ${are} open: to ${container}:${to}`
    if (kind === 'gone')
      return `${ports} of the host ${are} closed; ${isRange ? 'they' : 'it'} led to ${container}:${from}`
    return `${ports} of the host ${isRange ? 'lead' : 'leads'} to ${container}:${to} instead of ${from}`
  },
  service: (kind, name, from, to) =>
    kind === 'new'
      ? `service ${name} is new, with ${to === '1' ? 'one task' : `${to} tasks`}`
      : kind === 'gone'
        ? `service ${name} is gone`
        : `service ${name} has ${to} tasks instead of ${from}`,
  vip: (kind, service, network, from, to) =>
    kind === 'new'
      ? `service ${service} has the VIP ${to} on ${network}`
      : kind === 'gone'
        ? `service ${service} has no VIP on ${network} any more; it was ${from}`
        : `service ${service} has another VIP on ${network}: ${from} → ${to}`,
  mesh: (kind, port, service, from, to) =>
    kind === 'new'
      ? `port ${port} of every node is open: to ${service}:${to}`
      : kind === 'gone'
        ? `port ${port} of every node is closed; it led to ${service}:${from}`
        : `port ${port} of every node leads to ${service}:${to} instead of ${from}`,
  role: (host, from, to) =>
    to === ''
      ? `${host} has left the swarm`
      : from === ''
        ? `${host} joins the swarm as ${to}`
        : `${host} is now a ${to}`,
  legend: { new: '+ new', gone: '− gone', changed: '~ changed' },
  steps: 'Steps',
  step: (number) => `Step ${number}`,
}

export const sequence: SequenceWords = {
  sends: (via) => (via === '' ? 'sends' : `sends, via gateway ${via}`),
  routes: (destination, device) => `routes to ${destination}${device === '' ? '' : ` through ${device}`}`,
  answers: 'answers',
  putsBack: 'the translation is undone',
  outer: 'outer',
  anyMac: '(random)',
}

export const space: SpaceWords = {
  pools: (host) => `Default pools of ${host === 'host' ? 'the host' : host}`,
  swarmPools: 'Default pools of the swarm',
  outsidePools: 'outside of the pools',
  free: 'free',
  freeCount: (count) => `${count} free`,
  lan: 'LAN',
  networkAddress: 'network',
  broadcast: 'broadcast',
  gateway: 'gateway',
  reserved: (name) => `reserved: ${name}`,
  usedCount: (count) => `${count} used`,
  loadBalancer: (host) => `load balancer of ${host === 'host' ? 'the host' : host}`,
  ingressSandbox: (host) => `routing mesh of ${host === 'host' ? 'the host' : host}`,
  was: (now, before) => `${now}, was ${before}`,
  outsideRange: (count) => `${count} outside of ip_range`,
}

export const matrix: MatrixWords = { container: 'container' }

export const focus: FocusWords = {
  more: (count) => `and ${count} more`,
  moreNetworks: (count) => (count === 1 ? 'and one more network' : `and ${count} more networks`),
  rest: (containers, networks, hosts) => {
    const all = [
      [containers, 'container'],
      [networks, 'network'],
      [hosts, 'host'],
    ] as const
    const parts = all.flatMap(([count, thing]) =>
      count === 0 ? [] : [count === 1 ? `one more ${thing}` : `${count} more ${thing}s`],
    )
    const last = parts.at(-1) ?? ''
    const said = parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`
    const are = containers + networks + hosts === 1 ? 'is' : 'are'
    return `${said.charAt(0).toUpperCase()}${said.slice(1)} ${are} not drawn.`
  },
}
