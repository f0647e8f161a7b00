/**
 * Published ports move with the default route. A start passes through the networks as they are joined, a stop through
 * those that are left; with each of them the ports are bound anew, which shows where they come from a range.
 *
 * @see moby `libnetwork/endpoint.go: sbJoin, sbLeave` (`moveExtConn`)
 */
import { chooseGateways, compareEndpoints, compareNames } from './gateway.ts'
import { publishPorts, unpublishPorts } from './publish.ts'
import type { Container, EngineState, Interface, Sandbox } from './state.ts'

/** Networks a starting container published on before the last one. */
export function passPortsAtStart(state: EngineState, container: Container, sandbox: Sandbox): void {
  if (sandbox.interfaces.length < 2 || !choosesPorts(container)) return
  const own = [...sandbox.interfaces].sort((a, b) => joinRank(a) - joinRank(b) || byName(a, b))
  const order = [...state.arrange(own)]
  if (state.facts.rules.joinsDefaultBridgeFirst) order.sort((a, b) => joinRank(a) - joinRank(b))
  const passed = gatewaysOf(
    state,
    order.map((_, i) => order.slice(0, i + 1)),
  )
  bindInPassing(state, container, passed.slice(0, -1))
}

/** Networks a stopping container publishes on while it leaves them one by one, that of the default route first. */
export function passPortsAtStop(state: EngineState, container: Container, sandbox: Sandbox): void {
  if (sandbox.interfaces.length < 2 || !choosesPorts(container)) return
  const order = [...sandbox.interfaces].sort((a, b) => compareEndpoints(state, a, b))
  bindInPassing(
    state,
    container,
    gatewaysOf(
      state,
      order.map((_, i) => order.slice(i + 1)),
    ),
  )
}

/** Whether the order of joining, and so a port chosen from a range, is left to chance: the engine walks a Go map. */
export function portsByChance(
  { facts }: EngineState,
  container: Container,
  { interfaces }: Sandbox,
): boolean {
  const open = interfaces.filter((i) => i.gateway4 !== null || i.gateway6 !== null)
  const free = facts.rules.joinsDefaultBridgeFirst ? open.filter((i) => joinRank(i) > 0) : open
  return free.length > 1 && choosesPorts(container)
}

const choosesPorts = ({ ports, publishAll }: Container): boolean =>
  publishAll || ports.some(({ published }) => published === null || published.first !== published.last)

const joinRank = ({ endpoint }: Interface): number => (endpoint.network.name === 'bridge' ? 0 : 1)

const byName = (a: Interface, b: Interface): number =>
  compareNames(a.endpoint.network.name, b.endpoint.network.name)

/** The interface of the default route at each stage that has another than the stage before. */
function gatewaysOf(state: EngineState, stages: readonly (readonly Interface[])[]): readonly Interface[] {
  const gateways: Interface[] = []
  for (const interfaces of stages) {
    const stage = sandboxOf(interfaces)
    chooseGateways(state, stage)
    const gateway = stage.default4 ?? stage.default6
    if (gateway !== null && gateway !== gateways.at(-1)) gateways.push(gateway)
  }
  return gateways
}

function bindInPassing(state: EngineState, container: Container, gateways: readonly Interface[]): void {
  for (const gateway of gateways) {
    const passing = { ...sandboxOf([gateway]), default4: gateway }
    publishPorts(state, container, passing)
    unpublishPorts(state, passing)
  }
}

const sandboxOf = (interfaces: readonly Interface[]): Sandbox => ({
  interfaces: [...interfaces],
  nextNumber: 0,
  default4: null,
  default6: null,
  first: null,
  ports: [],
  portsByChance: false,
})
