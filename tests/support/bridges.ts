/** Random bridges with every option that says how packets are treated, and containers with ports on them. */
import fc from 'fast-check'
import { ENGINE_VERSIONS } from '../../src/version.ts'

const BRIDGE = 'com.docker.network.bridge'
const flag = fc.constantFrom('0', 'false', 'F', '1', 'true', 'TRUE')

const network = fc
  .record({
    icc: fc.option(flag, { freq: 4 }),
    masquerade: fc.option(flag, { freq: 3 }),
    mode4: fc.option(fc.constantFrom('nat', 'routed', 'nat-unprotected'), { freq: 3 }),
    mode6: fc.option(fc.constantFrom('nat', 'routed', 'nat-unprotected'), { freq: 5 }),
    binding: fc.option(fc.constantFrom('127.0.0.1', '192.0.2.10', '0.0.0.0'), { freq: 6 }),
    source: fc.option(fc.constant('192.0.2.10'), { freq: 8 }),
    internal: fc.nat({ max: 5 }).map((n) => n === 0),
    ipv6: fc.boolean(),
  })
  .map(({ icc, masquerade, mode4, mode6, binding, source, internal, ipv6 }) =>
    [
      ...(internal ? ['--internal'] : []),
      ...(ipv6 ? ['--ipv6 --subnet fd00:N::/64'] : []),
      ...(icc === null ? [] : [`-o ${BRIDGE}.enable_icc=${icc}`]),
      ...(masquerade === null ? [] : [`-o ${BRIDGE}.enable_ip_masquerade=${masquerade}`]),
      ...(mode4 === null ? [] : [`-o ${BRIDGE}.gateway_mode_ipv4=${mode4}`]),
      ...(mode6 === null ? [] : [`-o ${BRIDGE}.gateway_mode_ipv6=${mode6}`]),
      ...(binding === null ? [] : [`-o ${BRIDGE}.host_binding_ipv4=${binding}`]),
      ...(source === null ? [] : [`-o com.docker.network.host_ipv4=${source}`]),
    ].join(' '),
  )

const port = fc
  .record({
    at: fc.constantFrom('', '', '127.0.0.1:', '192.0.2.10:', '[::]:', '0.0.0.0:'),
    host: fc.constantFrom('', '8080', '8081', '8082', '9000-9003'),
    target: fc.constantFrom('80', '443'),
    protocol: fc.constantFrom('', '/udp'),
  })
  .map(
    ({ at, host, target, protocol }) =>
      `-p ${at}${at === '' && host === '' ? '' : `${host}:`}${target}${protocol}`,
  )

const container = fc.record({ on: fc.nat({ max: 2 }), ports: fc.array(port, { maxLength: 3 }) })

/** A block for one host with networks n0, n1, n2 and containers c0, c1, …; commands may fail. */
export const bridgeBlocks = fc
  .record({
    engine: fc.constantFrom(...ENGINE_VERSIONS),
    proxy: fc.boolean(),
    networks: fc.tuple(network, network, network),
    containers: fc.array(container, { minLength: 1, maxLength: 5 }),
  })
  .map(({ engine, proxy, networks, containers }) =>
    [
      `engine: ${engine}`,
      `daemon: { userland-proxy: ${proxy} }`,
      'hosts: { h: { address: 192.0.2.10/24 } }',
      'commands:',
      ...networks.map((flags, i) => `- docker network create ${flags.replace('N', String(i))} n${i}`),
      ...containers.map(
        ({ on, ports }, i) => `- "docker run -d --name c${i} --network n${on} ${ports.join(' ')} img"`,
      ),
    ].join('\n'),
  )
