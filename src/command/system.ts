/** Programs that end or start the engine, or its machine. */

import type { Operation, Refusal } from '../engine/operation.ts'
import { say } from '../problem/say.ts'
import type { Written } from '../problem/written.ts'
import { refused } from './refused.ts'

/** Forms of "do this to the service docker". */
const SERVICE_FORMS: readonly (readonly [program: RegExp, form: 'verb-first' | 'name-first' | 'verb'])[] = [
  [/^systemctl$/, 'verb-first'],
  [/^snap$/, 'verb-first'],
  [/^(rc-)?service$/, 'name-first'],
  [/^(.*\/)?init\.d\/docker$/, 'verb'],
]
const REBOOT: readonly Operation[] = [{ op: 'engine-restart', reboot: true }]
const LOOK: readonly Operation[] = [{ op: 'look' }]

/** @returns `null` for any other program. */
export function readSystem(first: Written, rest: readonly Written[]): readonly Operation[] | Refusal | null {
  const program = first.text
  const words = rest.map(({ text }) => text)
  const plain = words.filter((word) => !word.startsWith('-'))
  if (
    program === 'reboot' ||
    (program === 'shutdown' && words.some((word) => /^-[a-zA-Z]*r|^--reboot/.test(word)))
  )
    return REBOOT
  if (['shutdown', 'poweroff', 'halt'].includes(program)) return machineOff(first)
  const form = SERVICE_FORMS.find(([pattern]) => pattern.test(program))?.[1]
  if (form === undefined) return null
  const verb = plain[form === 'name-first' ? 1 : 0] ?? ''
  if (program === 'systemctl' && verb === 'reboot') return REBOOT
  if (program === 'systemctl' && ['poweroff', 'halt'].includes(verb))
    return machineOff(rest.find(({ text }) => text === verb) ?? first)
  const names = form === 'verb' ? ['docker'] : form === 'name-first' ? plain.slice(0, 1) : plain.slice(1)
  if (!names.some((name) => /^docker(\.service|d)?$/.test(name))) return LOOK
  switch (verb) {
    case 'restart':
    case 'try-restart':
    case 'force-reload':
      return [{ op: 'engine-restart', reboot: false }]
    case 'stop':
    case 'kill':
    case 'disable':
      return verb === 'disable' && !words.includes('--now')
        ? LOOK
        : refused(
            'UNSUPPORTED_COMMAND',
            say`An engine that does not run is not simulated`,
            rest.find(({ text }) => text === verb)?.span ?? first.span,
            say`Write "systemctl restart docker" for a stop and the start after it.`,
          )
    // It runs already; a reload does not change its networks.
    default:
      return LOOK
  }
}

function machineOff({ span }: Written): Refusal {
  const hint = say`Write "reboot" for a machine that comes back.`
  return refused('UNSUPPORTED_COMMAND', say`A machine that is off is not simulated`, span, hint)
}
