/** A compose.yaml with every key that is printed, in the form in which it is printed: it comes out as it went in. */
import { describe, expect, it } from 'vitest'
import { planNetworks } from '../../src/plan/plan-networks.ts'
import { printModel } from '../../src/print/print.ts'
import { readTopology } from '../../src/topology/read.ts'

function printed(block: string, kind: string, step: number | null = null): string {
  const topology = readTopology(block, () => {})
  if (topology === null) throw new Error(block)
  const made = printModel(
    kind,
    '',
    planNetworks(topology, () => {}, step),
    topology,
  )
  return made.ok ? made.text : made.message
}

const PROJECT = `name: app
services:
  db:
    image: postgres
    container_name: the-db
    hostname: db.example
    networks:
      back:
        ipv4_address: 10.5.0.10
        ipv6_address: fd00:5::10
        mac_address: 02:00:00:00:00:01
        aliases:
          - store
        link_local_ips:
          - 169.254.7.7
        priority: 5
        gw_priority: 1
        interface_name: eth7
      front: {}
    ports:
      - 127.0.0.1:8080:80
      - "[::1]:8081:81/udp"
      - 127.0.0.1::82
      - "83"
      - 9000-9001:90-91
      - target: 84
        published: "8084"
        protocol: udp
        host_ip: 127.0.0.1
        mode: host
    expose:
      - "5432"
    profiles:
      - store
    extra_hosts:
      - nas:10.0.0.9
    dns:
      - 10.0.0.53
    dns_search:
      - example.com
    dns_opt:
      - ndots:2
  web:
    image: nginx
    networks:
      - front
    mac_address: 02:00:00:00:00:02
    depends_on:
      - db
    links:
      - db:store
    deploy:
      replicas: 1
      placement:
        constraints:
          - node.hostname == host
  job:
    network_mode: none
    depends_on:
      web:
        condition: service_completed_successfully
networks:
  back:
    name: the-back
    driver: bridge
    driver_opts:
      com.docker.network.bridge.enable_icc: "false"
    internal: true
    attachable: true
    enable_ipv4: true
    enable_ipv6: true
    ipam:
      config:
        - subnet: 10.5.0.0/24
          ip_range: 10.5.0.128/25
          gateway: 10.5.0.1
          aux_addresses:
            nas: 10.5.0.2
        - subnet: fd00:5::/64
  front:
    external: true`

const STACK = `services:
  all:
    image: agent
    networks:
      - mesh
    deploy:
      mode: global
  api:
    image: api
    networks:
      - mesh
    deploy:
      replicas: 2
      endpoint_mode: dnsrr
networks:
  mesh:
    driver: overlay`

describe('print=compose', () => {
  it('gives a project as it was written', () => {
    expect(printed(PROJECT, 'compose')).toBe(PROJECT)
  })

  it('gives a stack as it was written', () => {
    const printedStack = printed(`${STACK}\nswarm: true`, 'compose')
    expect(printedStack).toBe(STACK)
  })

  it('gives what commands have made, with all that decides an address', () => {
    const block = `engine: 27
commands:
- docker network create --subnet 10.5.0.0/24 --ip-range 10.5.0.128/25 --gateway 10.5.0.1 --aux-address nas=10.5.0.2 back
- docker network create --ipv6 --subnet fd00:6::/64 six
- docker run -d --name db --network back --ip 10.5.0.10 --network-alias store --hostname db.example postgres
- docker run -d --name web --network six -p 127.0.0.1:8080:80 -p 8081:81/udp --link db:other nginx
- docker network connect --alias front back web
- docker run -d --name plain -p 9000:90 nginx
- docker run -d --name shared --network container:web nginx
- docker run -d --name own --network host nginx
- docker create --name idle --network back nginx`
    expect(printed(block, 'compose')).toBe(`services:
  db:
    image: postgres
    container_name: db
    hostname: db.example
    networks:
      back:
        ipv4_address: 10.5.0.10
        aliases:
          - store
  web:
    image: nginx
    container_name: web
    networks:
      six:
        ipv4_address: 172.18.0.2
        ipv6_address: fd00:6::2
      back:
        ipv4_address: 10.5.0.128
        aliases:
          - front
    ports:
      - 127.0.0.1:8080:80
      - 8081:81/udp
    depends_on:
      - db
    links:
      - db:other
  plain:
    image: nginx
    container_name: plain
    network_mode: bridge
    ports:
      - 9000:90
  shared:
    image: nginx
    container_name: shared
    network_mode: service:web
  own:
    image: nginx
    container_name: own
    network_mode: host
  idle:
    image: nginx
    container_name: idle
    profiles:
      - created
networks:
  back:
    name: back
    ipam:
      config:
        - subnet: 10.5.0.0/24
          ip_range: 10.5.0.128/25
          gateway: 10.5.0.1
          aux_addresses:
            nas: 10.5.0.2
  six:
    name: six
    enable_ipv6: true
    ipam:
      config:
        - subnet: fd00:6::/64
          gateway: fd00:6::1
        - subnet: 172.18.0.0/16
          gateway: 172.18.0.1`)
  })
})
