/** What every command says of itself with `--help`, so that the guide cannot say otherwise. */
import { source } from '../_config/source.js'

export default async function () {
  const { main } = await source()
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
