/** What an author can do about a refusal: who has what was asked for, and what to write instead. */

import type { Holder, Refusal } from '../../engine/operation.ts'
import { commandLine } from '../../problem/command-line.ts'
import type { Problem, Span } from '../../problem/problem.ts'
import { otherSide, type Said, say } from '../../problem/say.ts'
import { placeKey, type Session } from '../session/session.ts'
import type { Step } from '../step.ts'
import { addressHint, overlapHint, rangeHint, staticHint, subnetHint } from './address-hints.ts'
import { nameHint, networkCreate } from './name-hint.ts'
import { AT_LAST, AT_LAST_OF_FILE, PLAIN_HINTS } from './plain-hints.ts'

interface Advice {
  readonly hint: Said
  readonly related: Problem['related']
}

export function adviseOn(session: Session, step: Step, refusal: Refusal): Advice {
  const { holder } = refusal
  switch (refusal.code) {
    case 'POOL_OVERLAP':
      return { hint: overlapHint(refusal), related: writtenHere(session, step.host, holder) }
    case 'ADDRESS_IN_USE':
      return { hint: addressHint(refusal), related: writtenHere(session, step.host, holder) }
    case 'PORT_IN_USE':
      return {
        hint: replicasHint(session, step, refusal) ?? portHint(refusal),
        related: writtenHere(session, step.host, holder),
      }
    case 'CONTAINER_NOT_RUNNING':
      return plain(say`Start it first: ${commandLine('docker', 'start', refusal.name ?? 'NAME')}.`)
    case 'CONTAINER_RUNNING':
      return plain(say`Stop it first: ${commandLine('docker', 'stop', refusal.name ?? 'NAME')}.`)
    case 'NETWORK_WRONG_SCOPE':
      return plain(say`Use an overlay network: ${networkCreate(refusal.name ?? 'NAME', 'overlay')}.`)
    case 'ALIAS_NOT_SUPPORTED':
      return plain(
        isOfFile(step)
          ? say`Write "network_mode: ${ownNetwork(refusal)}" in the place of "networks:".`
          : say`Leave the alias out, or make a network: docker network create NAME.`,
      )
    case 'ADDRESS_OUT_OF_RANGE':
      return plain(rangeHint(refusal))
    case 'STATIC_ADDRESS_NOT_SUPPORTED':
      return plain(staticHint(refusal))
    case 'INVALID_SUBNET':
      return plain(subnetHint(refusal))
    case 'INVALID_ADDRESS':
      return plain(say`Write an address without a prefix length.`)
    case 'UNDEFINED_NETWORK':
    case 'UNDEFINED_SERVICE':
    case 'NETWORK_NOT_FOUND':
    case 'CONTAINER_NOT_FOUND':
    case 'SERVICE_NOT_FOUND':
    case 'PLUGIN_NOT_FOUND':
      return plain(nameHint(session, step, refusal))
    default:
      return plain(PLAIN_HINTS.get(refusal.code) ?? (isOfFile(step) ? AT_LAST_OF_FILE : AT_LAST))
  }
}

/** Whether it is the compose file that asks for it. */
const isOfFile = ({ op }: Step): boolean => op === undefined || op === 'compose-up' || op === 'stack-deploy'

const ownNetwork = ({ network }: Refusal): string => (network === 'host' ? 'host' : 'bridge')

const plain = (hint: Said): Advice => ({ hint, related: [] })

/** Where the author wrote what is in the way. */
function writtenHere(session: Session, host: string, holder: Holder | undefined): Problem['related'] {
  const { networks, containers } = session.spans
  const here = (name: string, said: Said, span: Span | undefined): Problem['related'] =>
    name === '' || span === undefined ? [] : [otherSide(said, span)]
  switch (holder?.kind) {
    case 'network': {
      const span = networks.get(placeKey(host, holder.network))
      return here(holder.network, say`network "${holder.network}" is written here`, span)
    }
    case 'endpoint':
    case 'container': {
      const span = containers.get(placeKey(host, holder.container))
      return here(holder.container, say`"${holder.container}" is written here`, span)
    }
    default:
      return []
  }
}

/** For containers of one service, all of which ask for one port; `null` for others. */
function replicasHint({ hosts, topology }: Session, step: Step, { port, holder }: Refusal): Said | null {
  if (port === undefined || holder?.kind !== 'container' || !isOfFile(step)) return null
  const container = hosts.get(step.host)?.engine.container(holder.container) ?? null
  const service = topology.services.get(container?.compose?.service ?? '')
  const replicas = service?.replicas?.value ?? 1
  const own = service?.ports.find(({ published }) => published?.first === port && published.last === port)
  if (replicas < 2 || own === undefined) return null
  const range = `${port}-${port + replicas - 1}:${own.target.first}`
  return say`Several containers of one service cannot have one port of the host: write "swarm: true", or a range such as ${range}.`
}

function portHint({ port, holder }: Refusal): Said {
  if (port === undefined) return say`Publish another port of the host.`
  const next = port < 65535 ? port + 1 : port - 1
  return holder?.kind === 'container'
    ? say`Port ${port} of the host is taken by "${holder.container}"; publish another, such as ${next}.`
    : say`Port ${port} of the host is taken; publish another, such as ${next}.`
}
