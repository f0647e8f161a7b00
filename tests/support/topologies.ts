import fc from 'fast-check'

/** Blocks as authors write them: one to three hosts, with and without a swarm, all drivers, services on some networks. */
export function topologies(): fc.Arbitrary<string> {
  return fc.oneof(local(), swarm())
}

const many = <T>(what: fc.Arbitrary<T>, minLength: number, maxLength: number): fc.Arbitrary<T[]> =>
  fc.array(what, { minLength, maxLength })

function local(): fc.Arbitrary<string> {
  const network = fc.constantFrom(
    '{}',
    '{ internal: true }',
    '{ enable_ipv6: true, ipam: { config: [{ subnet: 2001:db8:SLOT::/64 }] } }',
    '{ ipam: { config: [{ subnet: 10.SLOT.0.0/16, ip_range: 10.SLOT.5.0/24 }] } }',
    '{ ipam: { config: [{ subnet: 10.SLOT.0.0/24, gateway: 10.SLOT.0.9, aux_addresses: { nas: 10.SLOT.0.2 } }] } }',
    '{ driver: macvlan, driver_opts: { parent: eth0.SLOT }, ipam: { config: [{ subnet: 10.SLOT.0.0/24 }] } }',
    '{ driver: ipvlan, driver_opts: { parent: eth0.1SLOT }, ipam: { config: [{ subnet: 10.SLOT.0.0/24 }] } }',
  )
  const service = fc.record({
    networks: fc.array(fc.nat(3), { maxLength: 3 }),
    mode: fc.constantFrom('', '', '', '', 'host', 'none', 'bridge'),
    port: fc.boolean(),
    replicas: fc.constantFrom(1, 1, 1, 2, 4),
  })
  return fc
    .tuple(many(network, 1, 4), many(service, 1, 7), fc.boolean())
    .map(([networks, services, address]) =>
      [
        address ? 'hosts: { box: { address: 192.0.2.10/24 } }' : '',
        'networks:',
        ...networks.map(
          (text, at) => `  n${at.toString()}: ${text.replaceAll('SLOT', (at + 40).toString())}`,
        ),
        'services:',
        ...services.map((one, at) => {
          const joined = [...new Set(one.networks.map((n) => `n${(n % networks.length).toString()}`))]
          const wiring =
            one.mode !== ''
              ? `network_mode: ${one.mode}`
              : `networks: [${(joined.length === 0 ? ['n0'] : joined).join(', ')}]`
          const ports =
            one.port && one.mode === '' && one.replicas === 1
              ? `, ports: ["${(8000 + at).toString()}:80"]`
              : ''
          return `  s${at.toString()}: { ${wiring}, scale: ${one.replicas.toString()}${ports} }`
        }),
      ].join('\n'),
    )
}

function swarm(): fc.Arbitrary<string> {
  const service = fc.record({
    networks: fc.array(fc.nat(2), { minLength: 1, maxLength: 3 }),
    deploy: fc.constantFrom(
      'replicas: 1',
      'replicas: 3',
      'mode: global',
      'replicas: 2, endpoint_mode: dnsrr',
    ),
    port: fc.boolean(),
  })
  const network = fc.constantFrom(
    '{ driver: overlay }',
    '{ driver: overlay, internal: true }',
    '{ driver: overlay, attachable: true }',
  )
  return fc
    .tuple(fc.integer({ min: 1, max: 3 }), many(network, 1, 3), many(service, 1, 4))
    .map(([hosts, networks, services]) =>
      [
        'hosts:',
        ...Array.from(
          { length: hosts },
          (_, at) =>
            `  node${at.toString()}: { address: 192.0.2.1${at.toString()}/24, role: ${at === 0 ? 'manager' : 'worker'} }`,
        ),
        'underlay: { subnet: 192.0.2.0/24 }',
        'swarm: true',
        'networks:',
        ...networks.map((text, at) => `  o${at.toString()}: ${text}`),
        'services:',
        ...services.map((one, at) => {
          const joined = [...new Set(one.networks.map((n) => `o${(n % networks.length).toString()}`))]
          const ports =
            one.port && !one.deploy.includes('dnsrr') ? `, ports: ["${(8000 + at).toString()}:80"]` : ''
          return `  s${at.toString()}: { image: x, networks: [${joined.join(', ')}], deploy: { ${one.deploy} }${ports} }`
        }),
      ].join('\n'),
    )
}
