/** What to write in the place of an address or a subnet. */
import type { Holder, Refusal } from '../../engine/operation.ts'
import { addressText, formatAddress, formatPrefix, lastValue, type Prefix } from '../../net/index.ts'
import { type Said, say } from '../../problem/say.ts'

export function overlapHint({ subnet, holder }: Refusal): Said {
  if (subnet === undefined || holder?.kind !== 'network')
    return say`Choose a subnet that overlaps no other network, or leave it out.`
  return say`${formatPrefix(subnet)} overlaps ${holder.subnet} of network "${holder.network}"; write a subnet outside it, or leave it out.`
}

export function addressHint({ address, subnet, holder }: Refusal): Said {
  if (address === undefined || holder === undefined)
    return say`Choose an address that is free, or leave it out.`
  const where = subnet === undefined ? say`the subnet` : formatPrefix(subnet)
  return say`${formatAddress(address)} is ${holderText(holder)}; write another address of ${where}, or leave it out.`
}

function holderText(holder: Holder): Said {
  switch (holder.kind) {
    case 'endpoint':
      return say`the address of "${holder.name}"`
    case 'gateway':
      return holder.network === '' ? say`the gateway` : say`the gateway of network "${holder.network}"`
    case 'auxiliary':
      return say`set aside as auxiliary address "${holder.name}"`
    case 'network-address':
      return say`the network address`
    case 'broadcast-address':
      return say`the broadcast address`
    case 'container':
      return say`taken by "${holder.container}"`
    case 'network':
      return say`taken by network "${holder.network}"`
    default:
      return holder satisfies never
  }
}

/** From where to where the network's addresses go. */
export function rangeHint({ network, subnet }: Refusal): Said {
  if (subnet === undefined && network === undefined)
    return say`Write the subnet of this gateway beside it, as "subnet:".`
  if (subnet === undefined) return say`Write an address inside the subnet, or leave it out.`
  const whose = network === undefined ? say`The subnet` : say`Network "${network}"`
  return say`${whose} is ${formatPrefix(subnet)}: write an address ${spanOfAddresses(subnet)}, or leave it out.`
}

function spanOfAddresses(subnet: Prefix): Said {
  const { family, first } = subnet
  const last = lastValue(subnet) - (family === 4 ? 1n : 0n)
  return say`from ${addressText({ family, value: first + 1n })} to ${addressText({ family, value: last })}`
}

export function staticHint({ network }: Refusal): Said {
  return network === 'bridge'
    ? say`Use a network of your own (docker network create mynet, then --network mynet), or leave the address out.`
    : network === 'host' || network === 'none'
      ? say`Leave the address out: "${network}" has none.`
      : say`Give the network a subnet of its own (ipam.config, --subnet), or leave the address out.`
}

export function subnetHint({ instead, subnet }: Refusal): Said {
  if (instead !== undefined) return say`Write ${instead}.`
  if (subnet !== undefined) return say`Write one inside ${formatPrefix(subnet)}.`
  return say`Write an address and a prefix length: 10.5.0.0/16.`
}
