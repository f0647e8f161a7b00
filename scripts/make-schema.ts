/** Writes assets/docker-network.schema.json; `npx tsx scripts/make-schema.ts`. */
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { jsonSchema } from '../src/topology/schema.ts'

const file = resolve(import.meta.dirname, '../assets/docker-network.schema.json')
writeFileSync(file, `${JSON.stringify(jsonSchema(), null, 2)}\n`)
