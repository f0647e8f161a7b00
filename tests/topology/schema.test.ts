import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { jsonSchema } from '../../src/topology/schema.ts'

const root = resolve(import.meta.dirname, '../..')
const schema = JSON.parse(readFileSync(join(root, 'assets/docker-network.schema.json'), 'utf8'))
const validate = new Ajv2020({ strict: false, allErrors: true }).compile(schema)
const yaml = (text: string): unknown => parse(text, { merge: true, uniqueKeys: false })

interface BadInput {
  readonly name: string
  readonly input: string
  readonly code: string
}
const badInputs = ['shape.yaml', 'port.yaml'].flatMap(
  (file) => parse(readFileSync(join(root, 'tests/bad-inputs', file), 'utf8')) as BadInput[],
)

describe('the JSON Schema', () => {
  it('is in step with the tables of the reader (npx tsx scripts/make-schema.ts)', () => {
    expect(schema).toEqual(JSON.parse(JSON.stringify(jsonSchema())))
  })
  it.each(readdirSync(join(root, 'tests/topology/good')))('takes good/%s', (file) => {
    const text = readFileSync(join(root, 'tests/topology/good', file), 'utf8')
    expect(validate(yaml(text)), JSON.stringify(validate.errors)).toBe(true)
  })
  it.each(badInputs.filter(({ code }) => code === 'UNKNOWN_KEY'))('refuses: $name', ({ input }) => {
    expect(validate(yaml(input))).toBe(false)
  })
  it.each(badInputs.filter(({ code }) => code === 'WRONG_TYPE'))('refuses: $name', ({ input }) => {
    expect(validate(yaml(input))).toBe(false)
  })
})
