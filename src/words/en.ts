import { change, focus, matrix, sequence, space } from './en-views.ts'
import type { ContainerSentence, NetworkSentence, ServiceSentence, Words } from './words.ts'

export const en: Words = {
  language: 'en',
  change,
  sequence,
  space,
  matrix,
  focus,
  figure: {
    client: 'client',
    outside: 'outside network',
    lan: 'physical network (LAN)',
    underlay: 'underlay',
    services: 'swarm (settled by its managers)',
    gateway: (address) => `gateway ${address}`,
    outsideGateway: (address) => `gateway ${address} (router outside)`,
    loadBalancer: (address) => `load balancer ${address}`,
    ingressSandbox: (address) => `ingress-sbox ${address}`,
    virtualAddress: (address) => `VIP ${address}`,
    noSubnet: 'no subnet given',
    dnsRoundRobin: 'DNS round robin, no VIP',
    internal: 'internal',
    hostNetwork: 'host network',
    noNetwork: 'none: only lo',
    undrawnNetworks: 'on networks not drawn here',
    sharesSandbox: (container) =>
      container === '' ? 'its network is gone' : `shares the network of ${container}`,
    created: 'created, not started',
    exited: 'stopped',
    aliases: (names) => `alias ${names.join(', ')}`,
    ipRange: (range) => `ip-range ${range}`,
    reserved: (name, address) => `reserved ${address} (${name})`,
    randomDevice: 'veth…',
    manager: 'manager',
    worker: 'worker',
    routingMesh: 'routing mesh',
    startsAfter: (containers) => `starts after ${containers.join(', ')}`,
    notRunning: 'not running',
    thisHostOnly: 'this host only',
    fromThisHost: 'for this host itself',
    route: (text) => `route ${text}`,
  },
  title: {
    network: (hosts) => `Docker networks of ${hostsIn(hosts)}`,
    datapath: (hosts) => `The way of a packet through ${hostsIn(hosts)}`,
    overlay: (hosts) => `Overlay networks over ${hostsIn(hosts)}`,
    bus: (hosts) => `Networks and their endpoints on ${hostsIn(hosts)}`,
    sequence: (hosts) => `A packet, hop by hop, on ${hostsIn(hosts)}`,
    addresses: (hosts) => `The address space of ${hostsIn(hosts)}`,
    matrix: (hosts) => `Containers and their networks on ${hostsIn(hosts)}`,
  },
  description: {
    summary: (hosts, networks, containers) =>
      `${counted(hosts, 'host')}, ${counted(networks, 'network')}, ${counted(containers, 'container')}.`,
    host: (name, address, role) =>
      `${theHost(name)}${role === '' ? '' : ` is a swarm ${role}`}${address === '' ? '.' : `${role === '' ? ' has' : ' and has'} the address ${address}.`}`,
    underlay: (name, subnet, hosts) =>
      `${enumerate(hosts)} share the underlay${name === '' ? '' : ` ${name}`}${subnet === '' ? '' : ` ${subnet}`}.`,
    network: describeNetwork,
    container: describeContainer,
    service: describeService,
    tunnel: (network, vni, hosts) =>
      `Between ${enumerate(hosts)} the frames of ${network} travel through a VXLAN tunnel with VNI ${vni.join(' and ')} over UDP port 4789.`,
    dependency: (from, to) => `${from} depends on ${to}.`,
    way: (text, reached) => `The way ${text}${reached ? ':' : ' does not get through:'}`,
  },
  legend: {
    stopped: 'not running: holds no address',
    internal: 'dashed border: internal, with no way out',
    bridge: 'bridge network',
    overlay: 'overlay network',
    ingress: 'ingress network (routing mesh)',
    macvlan: 'macvlan network',
    ipvlan: 'ipvlan network',
    other: 'network of another driver',
    hot: 'highlighted way of a packet',
    dependency: 'depends on (start order)',
    shared: 'shares a sandbox',
    chance: '† one of several possible values: Docker leaves it to chance',
  },
  table: {
    caption: 'Addresses',
    network: 'Network',
    host: 'Host',
    owner: 'Owner',
    address: 'Address',
    certainty: 'How sure',
    declared: 'declared',
    computed: 'computed',
    oneOfSeveral: 'one of several',
    roles: {
      container: 'container',
      task: 'task',
      loadBalancer: 'load balancer',
      gateway: 'gateway',
      vip: 'virtual address',
    },
  },
  hop: {
    resolve: (name, server, answer, is) =>
      is === 'external'
        ? `DNS ${server} passes the name ${name} on to the host's nameservers`
        : `DNS ${server} answers ${name} = ${answer}${is === 'vip' ? ' (VIP)' : ''}`,
    hosts: (name, answer) => `/etc/hosts says ${name} = ${answer}`,
    send: (source, destination, via, device) =>
      `sends ${arrow(source, destination)}${device === '' ? '' : ` out of ${device}`}${via === '' ? '' : `, via gateway ${via}`}`,
    bridge: (network, address) => `network ${network} forwards the frame to ${address}`,
    ipvs: (vip, task, address) => `IPVS turns the VIP ${vip} into ${task} (${address})`,
    encapsulate: (vni, source, destination, port, encrypted) =>
      `VXLAN wraps the frame: VNI ${vni}, UDP ${port}, ${arrow(source, destination)}${encrypted ? ', encrypted by IPsec' : ''}`,
    decapsulate: (vni, host) => `VXLAN on ${host} unwraps the frame (VNI ${vni})`,
    arrive: (host, device, destination) => `arrives at ${device} of ${host} for ${destination}`,
    forward: (host, destination, device) =>
      `${host === '' ? 'the outside' : host} routes to ${destination}${device === '' ? '' : ` through ${device}`}`,
    dnat: (from, to) => `DNAT ${from} → ${to}`,
    masquerade: (target, from, to) => `${target} ${arrow(from, to)}`,
    proxy: (from, to) => `docker-proxy takes ${from} and connects to ${to}`,
    loopback: (address) => `stays in the same sandbox (${address})`,
    deliver: (container, address) => `arrives at ${container} (${address})`,
    drop: {
      'name-unknown': (subject) => `no resolver knows the name ${subject}`,
      'name-on-default-bridge': (subject) =>
        `the default bridge resolves no names, so ${subject} is not found`,
      isolation: (subject, other) => `dropped: Docker isolates ${other} from the network of ${subject}`,
      internal: (subject, other) =>
        `dropped: ${subject} cannot be reached across the internal network ${other}`,
      icc: (subject, other) => `dropped: ${other} forbids traffic between its containers (${subject})`,
      unpublished: (subject) => `dropped: the port of ${subject} is not published`,
      'port-closed': (subject) => `refused: nothing listens on ${subject}`,
      'published-elsewhere': (subject, other) =>
        `refused: ${other} publishes that port, but not at ${subject}`,
      'routed-only': (subject, other) =>
        `refused: ${other} is on a routed network, nothing takes ${subject} for it`,
      'port-held': (subject) => `no answer: the engine holds ${subject}, but no docker-proxy serves it`,
      tentative: (subject, other) =>
        `no answer: the bridge of ${other} has had no container, so ${subject} is not in use yet`,
      'not-listening': (subject, other) => `refused: ${other} does not listen on ${subject}`,
      'answer-dropped': (subject, other) =>
        `no answer: what ${subject} sends back to a container of ${other} is dropped`,
      'no-way-back': (subject, other) => `no answer: ${other} knows no way back from ${subject}`,
      'answer-from-elsewhere': (subject, other) =>
        `no answer: docker-proxy answers from ${other} instead of ${subject}`,
      'lost-sandbox': (subject, other) =>
        `${subject} has lost its network: ${other === '' ? 'the container it shared with is gone' : `${other} was started anew`}`,
      'no-route': (subject) => `no route to ${subject}`,
      'host-and-child': (subject) =>
        `dropped: a host and its own macvlan or ipvlan containers cannot talk (${subject})`,
      'macvlan-private': (subject) => `dropped: this macvlan mode does not let containers talk (${subject})`,
      'not-running': (subject) => `${subject} is not running`,
      'no-task': (subject) => `no task of ${subject} is running`,
      'no-underlay': (subject, other) => `${other} and ${subject} share no underlay`,
      'no-subnet': (subject) => `the overlay of ${subject} was given no subnet`,
      'no-neighbour': (subject) => `nobody within reach has the address ${subject}`,
    },
  },
  hopTag: {
    resolve: 'DNS',
    hosts: '/etc/hosts',
    send: 'sends',
    bridge: 'forwards',
    ipvs: (task) => `IPVS → ${task}`,
    encapsulate: 'VXLAN wraps',
    decapsulate: 'VXLAN unwraps',
    arrive: 'comes in',
    forward: 'routes',
    dnat: (fromPort, toPort) => `DNAT ${fromPort} → ${toPort}`,
    proxy: 'docker-proxy',
    loopback: 'same sandbox',
    deliver: 'received',
    drop: '× dropped',
  },
  page: {
    details: 'Addresses and source',
    source: 'Mermaid source',
    addresses: 'Addresses',
    descriptionHeading: 'The figure in words',
    failed: (count) =>
      count === 1 ? 'This figure has an error' : `This figure has ${count.toString()} errors`,
    modelFailed: (name) => `The model “${name}” has errors, which are shown where it is written`,
    warned: (count) => (count === 1 ? 'One thing to know' : `${count.toString()} things to know`),
    error: 'error',
    warning: 'warning',
    hint: 'hint',
  },
}

/** A block that names no host has one called `host`. */
const theHost = (name: string): string => (name === 'host' ? 'The host' : `Host ${name}`)
const onHost = (name: string): string => (name === 'host' ? 'the host' : name)
const hostsIn = (names: readonly string[]): string =>
  names.length === 1 && names[0] === 'host' ? 'one host' : enumerate(names)

/** `a`, `a and b`, `a, b and c`. */
function enumerate(names: readonly string[]): string {
  const last = names.at(-1) ?? ''
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`
}

function describeNetwork(n: NetworkSentence): string {
  const where = n.host === '' ? 'spans the swarm' : `is on ${onHost(n.host)}`
  const parent = n.parent === '' ? '' : `, parent interface ${n.parent}`
  const subnets = n.subnets.length === 0 ? ', no subnet' : `, subnet ${enumerate(n.subnets)}`
  const gateways = n.gateways.length === 0 ? '' : `, gateway ${enumerate(n.gateways)}`
  const internal = n.internal ? '; it is internal, with no way to the outside' : ''
  return `Network ${n.name} (${n.driver}) ${where}${parent}${subnets}${gateways}${internal}.`
}

function describeContainer(c: ContainerSentence): string {
  const who = `Container ${c.name}${c.image === '' ? '' : ` (${c.image})`} on ${onHost(c.host)}`
  if (c.state !== 'running')
    return `${who} ${c.state === 'created' ? 'has not started' : 'is stopped'} and has no address.`
  if (c.mode === 'host') return `${who} uses the host's network as it is.${ports(c.ports)}`
  if (c.mode === 'none') return `${who} has no network, only lo.`
  if (c.mode === 'container' && c.sharedWith === '')
    return `${who} shared the network of a container that has been removed, and has none.`
  if (c.mode === 'container') return `${who} shares the network of ${c.sharedWith}.`
  const at = c.attachments.map((a) => `${enumerate(a.addresses)} on ${a.network}`)
  if (at.length === 0 && c.undrawn) return `${who} is on networks that are not drawn.${ports(c.ports)}`
  return `${who} has ${at.length === 0 ? 'no network' : enumerate(at)}.${ports(c.ports)}`
}

function ports(list: ContainerSentence['ports']): string {
  const published = list.filter((p) => p.host !== '')
  if (published.length === 0) return ''
  return ` Published: ${published.map((p) => `${p.host} to ${p.container}`).join(', ')}.`
}

function describeService(s: ServiceSentence): string {
  const tasks =
    s.tasks.length === 0
      ? 'no tasks'
      : `${s.tasks.length === 1 ? 'the task' : 'the tasks'} ${enumerate(s.tasks)}`
  const vips =
    s.endpointMode === 'dnsrr'
      ? ', no virtual address (DNS round robin)'
      : s.vips.map((v) => `, virtual address ${v.address} on ${v.network}`).join('')
  const published = s.ports.map((p) => `${p.published} to ${p.target}`)
  return `Service ${s.name} has ${tasks}${vips}.${published.length === 0 ? '' : ` Published on the nodes: ${published.join(', ')}.`}`
}

/** A source that is left to chance is not said. */
const arrow = (from: string, to: string): string => `${from === '' ? '' : `${from} `}→ ${to}`

const counted = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`
