/** Networks of a swarm as each of its engines has them, for hosts that do not stand beside each other. */
import type { Scene, SceneNetwork } from './scene.ts'

/**
 * A bridge on each host instead of one band over all of them, which is what an overlay is to a packet: what leads from
 * one to the next is VXLAN. Its virtual addresses are said on the first.
 */
export function onEachHost(scene: Scene): Scene {
  return { ...scene, networks: scene.networks.flatMap((network) => marksOf(scene, network)) }
}

function marksOf({ hosts, cards }: Scene, network: SceneNetwork): readonly SceneNetwork[] {
  if (network.host !== '') return [network]
  const on = hosts.filter(
    ({ name, plumbing }) =>
      plumbing?.vxlan.some((one) => one.network === network.key) === true ||
      cards.some(
        ({ host, joints }) => host === name && joints.some((joint) => joint.network === network.key),
      ),
  )
  const marks = on.length === 0 ? hosts.slice(0, 1) : on
  return marks.map(({ name }, index) => ({
    ...network,
    host: name,
    isMark: true,
    chips: network.chips.filter((chip) => (chip.host === '' ? index === 0 : chip.host === name)),
  }))
}
