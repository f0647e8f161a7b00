/** Every template of `say` in the source, as `Said.template` has it. */
import { readFileSync } from 'node:fs'
import { parse } from 'acorn'
import { transformSync } from 'esbuild'
import { globSync } from 'tinyglobby'

export interface Saying {
  readonly template: string
  readonly file: string
}

export function sayings(): readonly Saying[] {
  return globSync('src/**/*.ts').flatMap((file) => {
    const text = readFileSync(file, 'utf8')
    if (!text.includes('say`')) return []
    const { code } = transformSync(text, { loader: 'ts', target: 'esnext' })
    const found: Saying[] = []
    visit(parse(code, { ecmaVersion: 'latest', sourceType: 'module' }), (template) =>
      found.push({ template, file }),
    )
    return found
  })
}

function visit(node: unknown, take: (template: string) => void): void {
  if (Array.isArray(node)) for (const one of node) visit(one, take)
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return
  const { type, tag, quasi } = node as { type?: string; tag?: { name?: string }; quasi?: Template }
  if (type === 'TaggedTemplateExpression' && tag?.name === 'say' && quasi !== undefined)
    take(quasi.quasis.map(({ value }, index) => `${index === 0 ? '' : `%${index}`}${value.cooked}`).join(''))
  for (const value of Object.values(node)) visit(value, take)
}

interface Template {
  readonly quasis: readonly { readonly value: { readonly cooked: string } }[]
}

/** Texts that say how to pin what is left to chance, where they are more than code: constants called PIN_…, and `pinOf`. */
export function pins(): readonly Saying[] {
  return globSync('src/{plan,swarm}/**/*.ts').flatMap((file) => {
    const text = readFileSync(file, 'utf8')
    const constants = [...text.matchAll(/const PIN_\w+ =\s+'([^']+)'/g)].map((match) => match[1] ?? '')
    const [body = ''] = /function pinOf\([\s\S]*?\n}/.exec(text) ?? []
    const returned = [...body.matchAll(/return '([^']+)'/g)].map((match) => match[1] ?? '')
    return [...constants, ...returned].filter(isSentence).map((template) => ({ template, file }))
  })
}

const isSentence = (pin: string): boolean => / [a-z]+ [a-z]+/.test(pin.replaceAll(/\[[^\]]*\]/g, ''))
