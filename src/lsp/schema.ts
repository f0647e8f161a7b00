/** What the language allows at a path, by the schema that editors get too. */
import { jsonSchema } from '../topology/schema.ts'

type Fields = { readonly [keyword: string]: unknown }

export interface KnownKey {
  readonly key: string
  readonly doc: string
}

let root: Fields | null = null

function schemaRoot(): Fields {
  root ??= fieldsOf(jsonSchema())
  return root
}

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}

/** References and alternatives followed, so that only plain forms are left. */
function plain(schema: unknown): readonly Fields[] {
  const fields = fieldsOf(schema)
  const { $ref, anyOf } = fields
  if (typeof $ref === 'string') {
    const name = $ref.slice($ref.lastIndexOf('/') + 1)
    return plain(fieldsOf(schemaRoot().$defs)[name])
  }
  if (Array.isArray(anyOf)) return anyOf.flatMap(plain)
  return [fields]
}

/** Forms of the value at `path`; empty where nothing is known. */
function formsAt(path: readonly string[]): readonly Fields[] {
  let forms: readonly Fields[] = [schemaRoot()]
  for (const step of path) {
    forms = forms.flatMap((form) => {
      if (step === '-') return form.items === undefined ? [] : plain(form.items)
      const own = fieldsOf(form.properties)[step]
      if (own !== undefined) return plain(own)
      return typeof form.additionalProperties === 'object' ? plain(form.additionalProperties) : []
    })
  }
  return forms
}

export function keysAt(path: readonly string[]): readonly KnownKey[] {
  return formsAt(path).flatMap((form) =>
    Object.entries(fieldsOf(form.properties)).map(([key, schema]) => ({ key, doc: docOf(schema) })),
  )
}

export function valuesAt(path: readonly string[]): readonly string[] {
  return formsAt(path).flatMap((form) => {
    const values = Array.isArray(form.enum) ? form.enum : []
    const texts = values.filter((value): value is string => typeof value === 'string')
    const { type } = form
    const isFlag = type === 'boolean' || (Array.isArray(type) && type[0] === 'boolean')
    return isFlag ? [...texts, 'true', 'false'] : texts
  })
}

/** One sentence on the key at the end of `path`, or `null`. */
export function docAt(path: readonly string[]): string | null {
  const key = path.at(-1)
  if (key === undefined || key === '-') return null
  for (const form of formsAt(path.slice(0, -1))) {
    const doc = docOf(fieldsOf(form.properties)[key])
    if (doc !== '') return doc
  }
  return null
}

function docOf(schema: unknown): string {
  const { description } = fieldsOf(schema)
  return typeof description === 'string' ? description : ''
}
