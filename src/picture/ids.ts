import type { Subject } from './placed.ts'

/** Ids for what parts stand for: stable between builds, unique in the figure. */
export function createIds(): (subject: Subject, suffix?: string) => string {
  const taken = new Set<string>()
  return (subject, suffix = '') => {
    const parts = [PREFIX[subject.is], ...namesOf(subject).map(slugOf), suffix].filter((part) => part !== '')
    const first = parts.join('_')
    let id = first
    for (let n = 2; taken.has(id); n++) id = `${first}_${n}`
    taken.add(id)
    return id
  }
}

const PREFIX: Readonly<Record<Subject['is'], string>> = {
  client: 'client',
  outside: 'outside',
  machine: 'm',
  underlay: 'underlay',
  host: 'h',
  nic: 'nic',
  network: 'n',
  container: 'c',
  pod: 'pod',
  attachment: 'a',
  endpoint: 'ep',
  port: 'p',
  vip: 'vip',
  service: 'svc',
  nat: 'nat',
  vxlan: 'vxlan',
  proxy: 'proxy',
  veth: 'veth',
  mesh: 'mesh',
  apart: 'apart',
  route: 'route',
}

function namesOf(subject: Subject): readonly string[] {
  switch (subject.is) {
    case 'client':
    case 'outside':
    case 'underlay':
      return []
    case 'host':
    case 'nat':
    case 'vxlan':
    case 'proxy':
    case 'mesh':
    case 'route':
      return [subject.host]
    case 'nic':
      return [subject.host, subject.device]
    case 'machine':
      return [subject.machine]
    case 'network':
      return [subject.network, subject.host]
    case 'container':
    case 'pod':
      return [subject.container]
    case 'attachment':
    case 'veth':
      return [subject.container, subject.network]
    case 'endpoint':
      return [subject.endpoint, subject.network]
    case 'port':
      return [subject.host, subject.container === '' ? subject.service : subject.container]
    case 'vip':
      return [subject.service, subject.network]
    case 'service':
      return [subject.service]
    case 'apart':
      return [subject.host, subject.reason]
    default:
      return subject satisfies never
  }
}

/** Only what an id of any format may hold; `''` for a name in another script. */
const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')
