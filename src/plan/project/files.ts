/** The files of a block: the block itself, and those under `files:`. */
import { folderProject, MODEL_NAMES, normalPath } from '../../topology/file-path.ts'
import type { ComposeFile, Topology } from '../../topology/topology.ts'

/** The block and its files, each as a topology of its own. */
export function composeFiles(topology: Topology): readonly Topology[] {
  return [topology, ...[...topology.files.values()].map((file) => ({ ...topology, ...file }))]
}

/** Whether a command means the services of the block itself. */
export function meansBlock(topology: Topology, files: readonly string[]): boolean {
  return fileOf(topology, files) === null
}

/** `null`: the block itself, or nothing that is written in it. */
export function fileOf({ files: known, services }: Topology, files: readonly string[]): string | null {
  const asked = files.length > 0 || services.size > 0 ? files : MODEL_NAMES
  return asked.map(normalPath).find((path) => known.has(path)) ?? null
}

/** Its own, or that of its folder; beside the block that of the block. */
export function nameOf(topology: Topology, path: string, { name }: ComposeFile): Topology['name'] {
  const folder = folderProject(path)
  if (name !== null || folder === '') return name ?? topology.name
  return { value: folder, span: { start: 0, end: 0 } }
}
