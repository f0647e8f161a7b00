import { ROOMS } from './scripts/mutants/rooms.js'

// Stryker starts its workers with the environment of the command.
const [room = 'ipam', files = '**/*.ts'] = (process.env['MUTANT_ROOM'] ?? '').split(':').filter(Boolean)
if (!Object.hasOwn(ROOMS, room)) throw new Error(`rooms: ${Object.keys(ROOMS).join(', ')}`)
process.env['MUTANT_TESTS'] = ROOMS[room].join(' ')

export default {
  mutate: [`src/${room}/${files}`],
  testRunner: 'vitest',
  vitest: { configFile: 'tests/mutants.config.ts', related: false },
  coverageAnalysis: 'perTest',
  concurrency: Number(process.env['MUTANT_WORKERS'] ?? 2),
  reporters: ['clear-text', 'json'],
  clearTextReporter: { allowColor: false, reportTests: false, reportMutants: true, logTests: false },
  jsonReporter: { fileName: `.cache/mutants/${room}.json` },
  thresholds: { high: 90, low: 85, break: null },
  tempDirName: '.cache/stryker',
  ignorePatterns: ['_site', 'dist', '.cache', 'bench', 'public', 'docs', 'tests/site', 'tests/svg'],
  disableTypeChecks: false,
  // Stryker would read it with TypeScript's old programming interface, which TypeScript 7 does not have.
  tsconfigFile: 'none.json',
}
