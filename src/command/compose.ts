/** `docker compose …`, `docker-compose …`, `docker stack …`. The model is the block's own; files are only named. */

import type { ComposeUp, Operation, Refusal } from '../engine/operation.ts'
import { isRefusal } from '../engine/refusal.ts'
import { nearest } from '../problem/nearest.ts'
import type { Span } from '../problem/problem.ts'
import { say } from '../problem/say.ts'
import { partOf, splitWritten, type Written } from '../problem/written.ts'
import type { Rules } from '../rules/index.ts'
import { readPorts } from './container.ts'
import { wrongCount } from './counts.ts'
import { type Arguments, allOf, flagTable, isOn, lastOf, readArguments, textOf, textsOf } from './flags.ts'
import { refused } from './refused.ts'

const PROJECT = `file:f= project-name:p= project-directory= profile= env-file= ansi= parallel= progress= compatibility
  dry-run verbose all-resources log-level= no-ansi host:H= tls tlscacert= tlscert= tlskey= tlsverify
  skip-hostname-check workdir= help version:v`
const PROJECT_TABLE = flagTable(PROJECT)
const UP_TABLE =
  flagTable(`detach:d scale= force-recreate no-recreate build no-build no-deps no-start remove-orphans
  renew-anon-volumes:V timeout:t= wait wait-timeout= watch:w pull= quiet-pull quiet-build abort-on-container-exit
  abort-on-container-failure attach= attach-dependencies always-recreate-deps exit-code-from= menu no-attach= no-color
  no-log-prefix timestamps yes:y help`)
const DOWN_TABLE = flagTable('volumes:v remove-orphans rmi= timeout:t= help')
const SCALE_TABLE = flagTable('no-deps timeout:t= help')
const LOOKS =
  `attach build config convert cp events exec export images logs ls port ps publish pull push stats top
  version volumes wait watch bridge pause unpause`.split(/\s+/)
const ACTIONS = {
  stop: flagTable('timeout:t= help'),
  start: flagTable('wait wait-timeout= help'),
  restart: flagTable('no-deps timeout:t= help'),
  kill: flagTable('signal:s= remove-orphans help'),
  rm: flagTable('force:f stop:s volumes:v all:a help'),
} as const
const RUN_TABLE =
  flagTable(`build cap-add= cap-drop= detach:d entrypoint= env:e= env-from-file= interactive:i label:l=
  name= no-TTY:T no-deps publish:p= pull= quiet quiet-build quiet-pull remove-orphans rm service-ports:P use-aliases
  user:u= volume:v= workdir:w= help`)
const UNSUPPORTED = ['commit']
const KNOWN = ['up', 'down', 'create', 'scale', 'run', ...Object.keys(ACTIONS), ...LOOKS, ...UNSUPPORTED]

/** @param version 1 for `docker-compose`. */
export function readCompose(
  words: readonly Written[],
  version: 1 | 2,
  rules: Rules,
): readonly Operation[] | Refusal {
  const program = version === 1 ? 'docker-compose' : 'docker compose'
  const project = readArguments(words, PROJECT_TABLE, false, program)
  if (isRefusal(project)) return project
  const [verb, ...rest] = project.words
  if (verb === undefined || LOOKS.includes(verb.text)) return [{ op: 'look' }]
  switch (verb.text) {
    case 'up':
    case 'create': {
      const args = readArguments(rest, UP_TABLE, true, `${program} ${verb.text}`)
      if (isRefusal(args)) return args
      const scale = readScale(allOf(args, 'scale'))
      if (isRefusal(scale)) return scale
      return [
        composeUp(project, version, scale, args.words, verb.text === 'up' && !isOn(args, 'no-start'), args),
      ]
    }
    case 'scale': {
      const args = readArguments(rest, SCALE_TABLE, true, `${program} scale`)
      if (isRefusal(args)) return args
      const scale = readScale(args.words)
      if (isRefusal(scale)) return scale
      return [
        composeUp(
          project,
          version,
          scale,
          args.words.map((word) => partOf(word, 0, word.text.indexOf('='))),
          true,
          args,
        ),
      ]
    }
    case 'down': {
      const args = readArguments(rest, DOWN_TABLE, true, `${program} down`)
      if (isRefusal(args)) return args
      if (args.words.length > 0) {
        return refused(
          'UNSUPPORTED_COMMAND',
          say`${program} down with services is not simulated`,
          args.words[0]?.span,
        )
      }
      const origins = {
        project: lastOf(project, 'project-name')?.span,
        files: allOf(project, 'file').map(({ span }) => span),
      }
      const removeOrphans = isOn(args, 'remove-orphans')
      return [{ op: 'compose-down', removeOrphans, ...projectOf(project, version), origins }]
    }
    case 'stop':
    case 'start':
    case 'restart':
    case 'kill':
    case 'rm': {
      const action = verb.text
      const args = readArguments(rest, ACTIONS[action], true, `${program} ${action}`)
      if (isRefusal(args)) return args
      const services = args.words.map(({ text }) => text)
      return [
        {
          op: 'compose-action',
          action,
          ...projectOf(project, version),
          services,
          stop: isOn(args, 'stop'),
          origins: {
            files: allOf(project, 'file').map(({ span }) => span),
            services: args.words.map(({ span }) => span),
          },
        },
      ]
    }
    case 'run': {
      const args = readArguments(rest, RUN_TABLE, false, `${program} run`)
      if (isRefusal(args)) return args
      const service = args.words[0]
      if (service === undefined)
        return refused('WRONG_ARGUMENTS', `"${program} run" requires at least 1 argument.`, verb.span)
      const ports = readPorts(allOf(args, 'publish'), rules)
      if (isRefusal(ports)) return ports
      return [
        {
          op: 'compose-run',
          ...projectOf(project, version),
          profiles: textsOf(project, 'profile'),
          service: service.text,
          name: textOf(args, 'name'),
          detach: isOn(args, 'detach'),
          autoRemove: isOn(args, 'rm'),
          noDeps: isOn(args, 'no-deps'),
          servicePorts: isOn(args, 'service-ports'),
          useAliases: isOn(args, 'use-aliases'),
          ports,
          origins: { files: allOf(project, 'file').map(({ span }) => span), service: service.span },
        },
      ]
    }
    default: {
      const { text, span } = verb
      if (UNSUPPORTED.includes(text)) {
        const hint = say`Use "docker ${text}" with the names of the containers.`
        return refused('UNSUPPORTED_COMMAND', say`${program} ${text} is not simulated`, span, hint)
      }
      const near = nearest(text, KNOWN)
      const hint =
        near === null
          ? say`Commands that matter here: up, down, create, scale.`
          : say`Did you mean "${near}"?`
      return refused('UNKNOWN_COMMAND', `unknown docker command: "compose ${text}"`, span, hint)
    }
  }
}

function projectOf(project: Arguments, version: 1 | 2) {
  return { project: textOf(project, 'project-name'), files: textsOf(project, 'file'), version }
}

function composeUp(
  project: Arguments,
  version: 1 | 2,
  scale: Scale,
  services: readonly Written[],
  start: boolean,
  args: Arguments,
): ComposeUp {
  return {
    op: 'compose-up',
    project: textOf(project, 'project-name'),
    files: textsOf(project, 'file'),
    version,
    scale: scale.counts,
    services: services.map(({ text }) => text),
    profiles: textsOf(project, 'profile'),
    start,
    forceRecreate: isOn(args, 'force-recreate'),
    noRecreate: isOn(args, 'no-recreate'),
    removeOrphans: isOn(args, 'remove-orphans'),
    noDeps: isOn(args, 'no-deps'),
    origins: {
      project: lastOf(project, 'project-name')?.span,
      services: services.map(({ span }) => span),
      scale: scale.places,
      files: allOf(project, 'file').map(({ span }) => span),
    },
  }
}

interface Scale {
  readonly counts: ReadonlyMap<string, number>
  readonly places: ReadonlyMap<string, Span>
}

function readScale(written: readonly Written[]): Scale | Refusal {
  const counts = new Map<string, number>()
  const places = new Map<string, Span>()
  for (const one of written.flatMap((list) => splitWritten(list, ','))) {
    const { text, span } = one
    const match = /^([^=]+)=([0-9]{1,9})$/.exec(text)
    if (match === null) {
      const message = `invalid --scale option "${text}". Should be SERVICE=NUM`
      return refused('INVALID_VALUE', message, span, say`Write SERVICE=NUMBER, such as web=3.`)
    }
    const [, name = '', count] = match
    counts.set(name, Number(count))
    places.set(name, partOf(one, 0, name.length).span)
  }
  return { counts, places }
}

const DEPLOY_TABLE = flagTable(
  'compose-file:c= detach:d prune quiet:q resolve-image= with-registry-auth help',
)
const STACK_REMOVE_TABLE = flagTable('detach:d help')

export function readStackDeploy(words: readonly Written[], rules: Rules): readonly Operation[] | Refusal {
  const args = readArguments(words, DEPLOY_TABLE, true, 'docker stack deploy')
  if (isRefusal(args)) return args
  const stack = args.words[0]
  if (stack === undefined || args.words.length > 1) {
    return wrongCount('docker stack deploy', 'requires exactly 1 argument', rules)
  }
  const files = allOf(args, 'compose-file')
  return [
    {
      op: 'stack-deploy',
      stack: stack.text,
      files: files.map(({ text }) => text),
      origins: { files: files.map(({ span }) => span) },
    },
  ]
}

export function readStackRemove(words: readonly Written[], rules: Rules): readonly Operation[] | Refusal {
  const args = readArguments(words, STACK_REMOVE_TABLE, true, 'docker stack rm')
  if (isRefusal(args)) return args
  if (args.words.length === 0) return wrongCount('docker stack rm', 'requires at least 1 argument', rules)
  return [
    {
      op: 'stack-rm',
      names: args.words.map(({ text }) => text),
      origins: { names: args.words.map(({ span }) => span) },
    },
  ]
}
