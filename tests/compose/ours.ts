/** A project on the disk, read by us as `docker-network plan -f FILE` reads it. */

import { readFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { isError, planModel, type ReadModel, readTexts } from '../../src/compile.ts'
import { ALONE } from '../../src/compose/load.ts'
import { normalName } from '../../src/compose/project-name.ts'
import { createFileReader } from '../../src/files/project-files.ts'
import type { Problem } from '../../src/problem/problem.ts'
import { fileSource } from '../../src/problem/report.ts'
import { type ProjectRecord, recordOfTopology } from './record.ts'

export interface Ours {
  /** `null` when it cannot be read. */
  readonly record: ProjectRecord | null
  /** Errors of reading alone: compose looks no further. */
  readonly readErrors: readonly Problem[]
  /** Errors of the whole plan. */
  readonly errors: readonly Problem[]
  readonly model: ReadModel
}

export function readOurs(files: readonly string[], root: string = dirname(files[0] ?? '.')): Ours {
  const texts = files.map((file) => {
    const text = readFileSync(file, 'utf8').replace(/^\ufeff/, '')
    return { text, source: fileSource(file, text), file: file.slice(root.length + 1) }
  })
  const model = readTexts(texts, {
    ...ALONE,
    read: createFileReader(root),
    variables: null,
    rootName: basename(root),
  })
  const planned = planModel(model)
  const name = normalName(basename(dirname(files[0] ?? '.')))
  return {
    record: model.topology === null ? null : recordOfTopology(model.topology, name),
    readErrors: model.problems.filter(isError),
    errors: planned.problems.filter(isError),
    model,
  }
}
