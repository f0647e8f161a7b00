/**
 * Prints what the installed package exports, with types, as TypeScript sees it: for each entry point every name, and for
 * a name its signature or members. Runs in a consumer's project, with the consumer's own TypeScript.
 */
import { readFileSync } from 'node:fs'
import ts from 'typescript'

const NAME = 'markdown-it-docker-network'
const { exports } = JSON.parse(readFileSync(`node_modules/${NAME}/package.json`, 'utf8'))
const entries = Object.keys(exports).filter((path) => exports[path].types !== undefined)
const program = ts.createProgram(
  entries.map((path) => `node_modules/${NAME}/${exports[path].types}`),
  {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    strict: true,
    types: [],
    noErrorTruncation: true,
  },
)
const checker = program.getTypeChecker()
const flags = ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope

const text = (type) => checker.typeToString(type, undefined, flags)

/** Types from elsewhere, and unions, are said in one line; our own objects by their members. */
function shape(symbol) {
  const type =
    symbol.flags & ts.SymbolFlags.Value
      ? checker.getTypeOfSymbol(symbol)
      : checker.getDeclaredTypeOfSymbol(symbol)
  if (!(symbol.flags & ts.SymbolFlags.Interface)) {
    const full = symbol.flags & ts.SymbolFlags.TypeAlias ? flags | ts.TypeFormatFlags.InTypeAlias : flags
    return [`: ${checker.typeToString(type, undefined, full)}`]
  }
  return [
    '',
    ...type.getProperties().map((member) => `    ${member.name}: ${text(checker.getTypeOfSymbol(member))}`),
  ]
}

for (const path of entries) {
  const file = program.getSourceFile(`node_modules/${NAME}/${exports[path].types}`)
  console.log(`${NAME}${path.slice(1)}`)
  for (const exported of checker
    .getExportsOfModule(checker.getSymbolAtLocation(file))
    .sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported
    const kind = symbol.flags & ts.SymbolFlags.Value ? 'value' : 'type'
    const [first, ...members] = shape(symbol)
    // Where the project lies is no part of the surface.
    const lines = [`  ${kind} ${exported.name}${first}`, ...members].join('\n')
    console.log(lines.replace(/import\("[^"]*\/node_modules\//g, 'import("'))
  }
}
console.log(
  Object.keys(exports)
    .filter((path) => !entries.includes(path))
    .map((path) => `${NAME}${path.slice(1)}`)
    .join('\n'),
)
