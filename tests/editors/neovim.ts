/** `npm run test:editors`: the language server in a real Neovim, headless, by the editor's own client. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const POST = `\`\`\`docker-network model=lab
services:
  db: { image: redis }
  web:
    imge: nginx
    depends_on: [db]
\`\`\`

\`\`\`docker-network use=lab view=bus
\`\`\`
`

if (spawnSync('nvim', ['--version']).status !== 0) {
  console.error('There is no nvim here (Debian: apt-get install neovim), so nothing was tested.')
  process.exitCode = 2
} else {
  const folder = mkdtempSync(join(tmpdir(), 'docker-network-nvim-'))
  const post = join(folder, 'post.md')
  writeFileSync(post, POST)
  const run = spawnSync(
    'nvim',
    [
      '--headless',
      '-u',
      'NONE',
      '-c',
      `luafile ${resolve(import.meta.dirname, 'neovim.lua')}`,
      '-c',
      'qall!',
    ],
    {
      encoding: 'utf8',
      timeout: 60_000,
      env: {
        ...process.env,
        DOCKER_NETWORK_POST: post,
        DOCKER_NETWORK_BIN: resolve(import.meta.dirname, '../../bin/docker-network.js'),
      },
    },
  )
  rmSync(folder, { recursive: true })
  const lines = `${run.stdout}${run.stderr}`.split(/[\r\n]+/).filter((line) => line.trim() !== '')
  console.log(lines.join('\n'))
  const passed = lines.filter((line) => line.startsWith('ok ')).length
  process.exitCode = passed === 8 && !lines.some((line) => line.startsWith('FAILED')) ? 0 : 1
  console.log(`\n${passed} of 8 checks passed`)
}
