/** What every command says of itself with `--help`, so that the guide cannot say otherwise. */
import { tsImport } from 'tsx/esm/api'

export default async function () {
  const { main } = await tsImport('../src/cli/main.ts', import.meta.url)
  const said = async (...args) => {
    let text = ''
    const hear = (part) => {
      text += part
    }
    await main(args, { write: hear, tell: hear })
    return text.trimEnd()
  }
  const overview = await said('--help')
  const names = [...overview.matchAll(/^ {2}([a-z]+) {2,}\S/gm)].map(([, name]) => name)
  const commands = []
  for (const name of names) commands.push({ name, help: await said(name, '--help') })
  return { overview, commands }
}
