/** Rooms of `src/`, and the folders of tests that hold their rules: `npm run test:mutants -- ROOM`. */
export const ROOMS = {
  rules: ['rules'],
  ipam: ['ipam', 'rules'],
  engine: ['engine', 'rules', 'conformance', 'plan', 'bad-inputs'],
  swarm: ['swarm', 'rules', 'conformance', 'plan', 'bad-inputs'],
  command: ['command', 'rules', 'engine', 'conformance', 'bad-inputs'],
  plan: ['plan', 'rules', 'engine', 'conformance', 'bad-inputs'],
  trace: ['trace', 'rules', 'laws', 'plan'],
  print: ['print', 'rules', 'laws', 'plan'],
  figure: ['figure', 'laws', 'plan'],
}
