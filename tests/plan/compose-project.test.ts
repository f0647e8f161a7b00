import { describe, expect, it } from 'vitest'
import { planSource } from '../../src/compile.ts'
import { formatCidr } from '../../src/net/index.ts'
import { composeFile } from '../../src/print/compose.ts'

function planned(source: string) {
  const { plan, topology, problems } = planSource(source)
  if (plan === null || topology === null) throw new Error('not planned')
  const addresses = Object.fromEntries(
    [...plan.networks.values()].flatMap((network) =>
      [...network.endpoints.values()].map((endpoint) => [endpoint.name, formatCidr(endpoint.ipv4)]),
    ),
  )
  return { plan, topology, addresses, problems: problems.map(({ code, message }) => `${code}: ${message}`) }
}

describe('a compose project', () => {
  it.each(['ipc', 'pid', 'uts', 'cgroup'])('starts the service first whose %s another uses', (key) => {
    const { addresses } = planned(`services: { aa: { ${key}: "service:zz" }, zz: {} }`)
    expect(addresses).toEqual({ zz: '172.18.0.2/16', aa: '172.18.0.3/16' })
  })

  it('starts the services first whose volumes others use, and no container of others', () => {
    const { addresses, problems } = planned(
      'services: { aa: { volumes_from: ["zz:ro", "container:backup"] }, zz: {} }',
    )
    expect(addresses).toEqual({ zz: '172.18.0.2/16', aa: '172.18.0.3/16' })
    expect(problems).toEqual([])
  })

  it('wants a service that is not required to be there, if only in a profile', () => {
    const { addresses, problems, plan, topology } = planned(
      'services: { db: { profiles: [x] }, web: { depends_on: { db: { condition: service_started, required: false } } } }',
    )
    expect(problems.map((problem) => problem.split(':')[0])).toEqual(['PROFILE_NOT_ACTIVE'])
    expect(addresses).toEqual({ web: '172.18.0.2/16' })
    expect(composeFile(plan, topology)).toContain('required: false')
  })

  const PROFILED = 'services: { adminer: { profiles: [tools] }, web: {} }'

  it('leaves out services whose profiles nobody asks for, and says so', () => {
    const { addresses, problems, plan, topology } = planned(PROFILED)
    expect(addresses).toEqual({ web: '172.18.0.2/16' })
    expect(problems).toEqual([
      'PROFILE_NOT_ACTIVE: Service "adminer" is left out: compose starts it only with its profile "tools"',
    ])
    expect(planned(composeFile(plan, topology)).addresses).toEqual(addresses)
  })

  it.each([
    'docker compose --profile tools up -d',
    'docker compose --profile "*" up -d',
    'docker compose up -d adminer web',
  ])('has them by %s', (command) => {
    const { addresses } = planned(`commands: ['${command}']\n${PROFILED}`)
    expect(addresses).toEqual({ adminer: '172.18.0.2/16', web: '172.18.0.3/16' })
  })

  it.each([
    ['docker compose up -d --scale wbe=3', 'no such service: wbe'],
    ['docker compose up -d wbe', 'no such service: wbe'],
  ])('does not know services that are not there: %s', (command, message) => {
    const { problems } = planned(`commands: ['${command}']\nservices: { web: {} }`)
    expect(problems).toEqual([`UNDEFINED_SERVICE: ${message}`])
  })
})
