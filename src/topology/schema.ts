import { KEY_TABLES, type KeyTable, type Schema, TOP_KEYS } from './keys.ts'

/** JSON Schema (draft 2020-12) of the fence language, made of the tables the reader itself goes by. */
export function jsonSchema(): Schema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'docker-network',
    description: 'Topology of a docker-network block: Compose files, and the keys of docker-network.',
    ...tableSchema(TOP_KEYS),
    $defs: Object.fromEntries([...KEY_TABLES].map(([name, table]) => [name, tableSchema(table)])),
  }
}

function tableSchema(table: KeyTable): { readonly [keyword: string]: unknown } {
  const properties = [...table].map(([key, { doc, schema }]) => [key, described(doc, schema)])
  return {
    type: ['object', 'null'],
    properties: Object.fromEntries(properties),
    patternProperties: { '^x-': true },
    additionalProperties: false,
  }
}

function described(description: string, schema: Schema): Schema {
  return typeof schema === 'boolean' ? { description } : { description, ...schema }
}
