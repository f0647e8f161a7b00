import type { Refusal } from '../engine/operation.ts'
import { say } from '../problem/say.ts'
import type { Rules } from '../rules/index.ts'
import { refused } from './refused.ts'

/** What stands behind a command, as `docker COMMAND --help` has it. Of others it is CONTAINER. */
const BEHIND: Readonly<Record<string, string>> = {
  'docker run': '[OPTIONS] IMAGE [COMMAND]',
  'docker create': '[OPTIONS] IMAGE [COMMAND]',
  'docker rename': 'CONTAINER NEW_NAME',
  'docker network create': '[OPTIONS] NETWORK',
  'docker network connect': '[OPTIONS] NETWORK CONTAINER',
  'docker network disconnect': '[OPTIONS] NETWORK CONTAINER',
  'docker network rm': 'NETWORK',
  'docker service create': '[OPTIONS] IMAGE [COMMAND]',
  'docker service update': '[OPTIONS] SERVICE',
  'docker service scale': 'SERVICE=REPLICAS',
  'docker service rm': 'SERVICE',
  'docker service rollback': 'SERVICE',
  'docker node update': '[OPTIONS] NODE',
  'docker node promote': 'NODE',
  'docker node demote': 'NODE',
  'docker node rm': 'NODE',
  'docker swarm init': '[OPTIONS]',
  'docker swarm join': '[OPTIONS] HOST:PORT',
  'docker swarm leave': '[OPTIONS]',
  'docker stack deploy': '[OPTIONS] STACK',
  'docker stack rm': 'STACK',
}

/** Too few or too many words behind a command. @see docker/cli `cli/required.go` */
export function wrongCount(command: string, rule: string, rules: Rules): Refusal {
  const hint = say`Write ${command} ${BEHIND[command] ?? 'CONTAINER'}.`
  return refused('WRONG_ARGUMENTS', rules.say.wrongCount(command, rule), null, hint)
}
