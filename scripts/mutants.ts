/**
 * `npm run test:mutants -- ROOM[:FILES]`: changes the source of a room bit by bit and says which changes no test
 * notices; `ipam`, `engine:drivers/**`. Takes minutes for a small room, hours for `engine`.
 */
import { spawnSync } from 'node:child_process'

const [room = ''] = process.argv.slice(2)
if (room === '') console.error('usage: npm run test:mutants -- ROOM[:FILES]')
const { status } = spawnSync('npx', ['stryker', 'run'], {
  stdio: 'inherit',
  env: { ...process.env, MUTANT_ROOM: room },
})
process.exitCode = room === '' ? 2 : (status ?? 1)
