/** Values of models for the prose of a post. */

import { formatPrefix } from '../net/index.ts'
import type { Plan } from '../plan/plan.ts'
import type { ProblemCode } from '../problem/code.ts'
import { nearest } from '../problem/nearest.ts'
import type { Problem } from '../problem/problem.ts'
import { type Said, say, worded } from '../problem/say.ts'
import type { Reference } from './recognise.ts'
import { PROPERTIES, type Value } from './value.ts'
import { propertyOf, type Subject, subjectsOf } from './values.ts'

export type Resolved =
  | { readonly ok: true; readonly text: string }
  /** `null` when the models have errors of their own, which are told where they are. */
  | { readonly ok: false; readonly problem: Problem | null }

/** A model of a post, by the name its block gave it (`''` for none). */
export interface ReferableModel {
  readonly name: string
  /** How many commands it has. */
  readonly steps: number
  /** After the first `step` commands, or all; `null` when the model has errors of its own. */
  plan(step: number | null): Plan | null
}

/**
 * The text of a reference. `models` are those of the post, in order of writing. Without a model's name, the value is
 * looked for in all of them, and must be the same wherever it is found.
 */
export function resolveReference(reference: Reference, models: readonly ReferableModel[]): Resolved {
  const { model, step, path } = reference
  const named = model === null ? models : models.filter((one) => one.name === model)
  if (named.length === 0) {
    const names = models.flatMap((one) => (one.name === '' ? [] : [one.name]))
    if (model === null)
      return unknown(reference, say`This post has no model`, say`Write a docker-network block.`)
    const near = nearest(model, names)
    const list =
      names.length === 0 ? say`No block of this post has "model=NAME".` : say`Models: ${names.join(', ')}.`
    return unknown(
      reference,
      say`There is no model "${model}"`,
      near === null ? list : say`Did you mean "${near}"?`,
    )
  }
  const plans = named.flatMap((one) => one.plan(step) ?? [])
  if (plans.length === 0) return { ok: false, problem: null }
  const most = named.reduce((all, { steps }) => Math.max(all, steps), 0)
  if (step !== null && step > most) {
    const message = say`Step ${step} of ${model === null ? say`the models` : `"${model}"`} is not there: ${most} commands`
    return problem(reference, 'STEP_OUT_OF_RANGE', message, say`Write a step from 0 to ${most}.`)
  }
  const values = plans.map((plan) => lookUp(plan, path))
  const texts = new Set(values.flatMap((value) => (value.ok ? [value.text] : [])))
  const [text] = texts
  if (text === undefined) {
    // What is not in the others may be in one that has errors of its own.
    if (plans.length < named.length) return { ok: false, problem: null }
    const [first] = values
    return first === undefined || first.ok
      ? unknown(reference, say`There is no value "${path}"`, say`Write SUBJECT.PROPERTY, such as web.ip.`)
      : unknown(reference, say`"${path}": ${first.reason}`, first.hint ?? othersOf(plans, path))
  }
  if (texts.size === 1) return { ok: true, text }
  const all = [...texts].join(', ')
  const hint = say`Write the model's name in front: {dn:MODEL#${path}}.`
  return problem(reference, 'AMBIGUOUS_REFERENCE', say`"${path}" is not the same in all models: ${all}`, hint)
}

/** A value of one plan by its path: `SUBJECT.PROPERTY`, `SUBJECT@NETWORK.PROPERTY`, `command.N`, `engine`. */
export function lookUp(plan: Plan, path: string): Value {
  const special = specialValue(plan, path)
  if (special !== null) return special
  // A name alone is itself: in prose it is a link to its place in a figure.
  if (!path.includes('@') && subjectsOf(plan, path).length > 0) return { ok: true, text: path }
  const dot = path.lastIndexOf('.')
  if (dot <= 0) {
    const known = subjectsOf(plan, path)
    if (path !== '' && known.length === 0 && !/[@.#]/.test(path)) return nothingCalled(plan, path, '')
    const example = known[0] === undefined ? 'web.ip' : `${path}.${PROPERTIES[known[0].kind][0]}`
    return {
      ok: false,
      reason: say`a value is written SUBJECT.PROPERTY`,
      hint: say`Write, for example, ${example}.`,
    }
  }
  const name = path.slice(0, dot)
  const property = path.slice(dot + 1)
  const subjects = subjectsOf(plan, name)
  const several = severalOf(plan, subjects, name, property)
  if (several !== null) return several
  const values = subjects.flatMap((subject) => propertyOf(plan, subject, property) ?? [])
  const good = values.find((value) => value.ok)
  if (good !== undefined) return good
  if (values[0] !== undefined) return values[0]
  return notFound(plan, name, property)
}

/** A service of several containers, or a network of several hosts, has the values that are the same for all of them. */
function severalOf(plan: Plan, subjects: readonly Subject[], name: string, property: string): Value | null {
  const [first] = subjects
  const alike = subjects.filter(({ kind }) => kind === first?.kind)
  if (alike.length < 2) return null
  const values = alike.flatMap((one) => propertyOf(plan, one, property) ?? [])
  const texts = new Set(values.map((value) => (value.ok ? value.text : '')))
  if (values.length === 0 || texts.size === 1) return null
  const behind = name.includes('@') ? name.slice(name.indexOf('@')) : ''
  const names = alike.flatMap((one) =>
    one.kind === 'container'
      ? [`${one.container.name}${behind}.${property}`]
      : one.kind === 'network'
        ? [`${one.network.key}.${property}`]
        : [],
  )
  return {
    ok: false,
    reason:
      first?.kind === 'network'
        ? say`"${name}" means ${alike.length} networks`
        : say`"${name}" means ${alike.length} containers`,
    hint: say`Write one of ${shortList(names)}.`,
  }
}

function specialValue(plan: Plan, path: string): Value | null {
  if (path === 'engine') return { ok: true, text: plan.engine }
  if (path === 'underlay.subnet' && plan.underlay.subnet !== null)
    return { ok: true, text: formatPrefix(plan.underlay.subnet) }
  if (path === 'underlay.name' && plan.underlay.name !== '') return { ok: true, text: plan.underlay.name }
  const step = /^(command|error)\.([0-9]{1,6})$/.exec(path)
  if (step === null) return null
  const done = plan.steps[Number(step[2]) - 1]
  if (done === undefined) {
    return { ok: false, reason: say`the model has ${plan.steps.length} steps`, hint: say`The first is 1.` }
  }
  if (step[1] === 'command') return { ok: true, text: done.command }
  return done.error === null
    ? { ok: false, reason: say`step ${step[2] ?? ''} did not fail`, hint: null }
    : { ok: true, text: done.error.message }
}

function notFound(plan: Plan, name: string, property: string): Value {
  const subjects = subjectsOf(plan, name)
  const [subject] = subjects
  if (subject !== undefined) {
    const known = [...new Set(subjects.flatMap((one) => PROPERTIES[one.kind]))]
    const near = propertyMeant(property, known)
    const hint = near === null ? say`Properties: ${known.join(', ')}.` : say`Did you mean ${name}.${near}?`
    const service = subject.kind === 'service' ? subject.service.tasks[0] : undefined
    if (service !== undefined && (PROPERTIES.container as readonly string[]).includes(property)) {
      return {
        ok: false,
        reason: say`"${name}" is a service; its tasks have that`,
        hint: say`Write ${service}.${property}, or ${name}.vip.`,
      }
    }
    return { ok: false, reason: say`a ${KINDS[subject.kind]} has no property "${property}"`, hint }
  }
  return nothingCalled(plan, name, `.${property}`)
}

/** @param behind what would stand behind the right name. */
function nothingCalled(plan: Plan, name: string, behind: string): Value {
  const names = [
    ...new Set([
      ...plan.containers.keys(),
      ...plan.networks.keys(),
      ...plan.services.keys(),
      ...plan.hosts.map((h) => h.name),
    ]),
  ]
  const near = nearest(name, names)
  if (near === null)
    return {
      ok: false,
      reason: say`the model has no "${name}"`,
      hint: say`It has ${shortList(names)}.`,
    }
  // What is proposed has to be there.
  const known = subjectsOf(plan, near).flatMap((one) => PROPERTIES[one.kind])
  const meant = behind.startsWith('.') ? propertyMeant(behind.slice(1), known) : null
  const proposed = `${near}${meant === null ? behind : `.${meant}`}`
  return { ok: false, reason: say`the model has no "${name}"`, hint: say`Did you mean ${proposed}?` }
}

/** Docker's own words for what has another name here. */
const DOCKERS_WORDS: ReadonlyMap<string, string> = new Map([
  ['ipv4', 'ip'],
  ['ipv4_address', 'ip'],
  ['ipaddress', 'ip'],
  ['ipv6', 'ip6'],
  ['ipv6_address', 'ip6'],
  ['globalipv6address', 'ip6'],
  ['mac_address', 'mac'],
  ['macaddress', 'mac'],
])

function propertyMeant(property: string, known: readonly string[]): string | null {
  const same = DOCKERS_WORDS.get(property.toLowerCase())
  if (known.includes(property)) return property
  return same !== undefined && known.includes(same) ? same : nearest(property, known)
}

const KINDS: Readonly<Record<Subject['kind'], Said>> = {
  container: say`container`,
  endpoint: say`endpoint`,
  network: say`network`,
  service: say`service`,
  host: say`host`,
}

/** What the subject of a path does have. */
function othersOf(plans: readonly Plan[], path: string): Said {
  const name = path.slice(0, Math.max(0, path.lastIndexOf('.')))
  const known = plans.flatMap((plan) =>
    subjectsOf(plan, name).flatMap((subject) =>
      PROPERTIES[subject.kind].filter((property) => propertyOf(plan, subject, property)?.ok === true),
    ),
  )
  const list = [...new Set(known)].map((property) => `${name}.${property}`)
  return list.length === 0 ? say`Leave the reference out here.` : say`There are ${shortList(list)}.`
}

function shortList(names: readonly string[]): string {
  return names.length <= 12 ? names.join(', ') : `${names.slice(0, 12).join(', ')}, …`
}

function unknown(reference: Reference, message: Said, hint: Said): Resolved {
  return problem(reference, 'UNKNOWN_REFERENCE', message, hint)
}

function problem(reference: Reference, code: ProblemCode, message: Said, hint: Said): Resolved {
  return {
    ok: false,
    problem: { code, severity: 'error', ...worded(message, hint), span: reference.span, related: [] },
  }
}
