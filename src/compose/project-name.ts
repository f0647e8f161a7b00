import type { Located, Report } from '../problem/problem.ts'
import { type Said, say } from '../problem/say.ts'
import { interpolate } from './interpolation.ts'
import { problemAt, warningAt } from './problem-at.ts'
import type { Value, Variables } from './value.ts'

/** @see compose-go `loader/loader.go: NormalizeProjectName` */
export function normalName(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '')
}

/** Whether compose takes a name as it is. */
export const isProjectName = (name: string): boolean => name !== '' && normalName(name) === name

/**
 * The name of a project: the one given, else that of COMPOSE_PROJECT_NAME, else the last `name:` of its files, as
 * compose changes it. `null` when none of them says anything.
 *
 * @param given Has been checked by whoever was given it.
 * @see compose-go `loader/loader.go: projectName`, `cli/options.go: withNamePrecedenceLoad`
 */
export function projectNameOf(
  documents: readonly Value[],
  given: string | null,
  variables: Variables,
  report: Report,
): Located<string> | null {
  const nowhere = { start: 0, end: 0 }
  if (given !== null) return { value: given, span: nowhere }
  const ofVariable = variables.values.get('COMPOSE_PROJECT_NAME') ?? ''
  if (ofVariable !== '') {
    if (!isProjectName(ofVariable)) {
      const message = say`invalid project name "${ofVariable}" in the variable COMPOSE_PROJECT_NAME`
      report(problemAt('INVALID_NAME', nowhere, message, adviceFor(ofVariable, 'COMPOSE_PROJECT_NAME=')))
    }
    return { value: normalName(ofVariable) || 'app', span: nowhere }
  }
  const written = documents.flatMap((document) => {
    const name = document.kind === 'table' ? document.entries.get('name')?.value : null
    return name?.kind === 'text' && name.value !== '' ? [name] : []
  })
  const text = written.at(-1)
  if (text === undefined) return null
  // Reported here: nothing else reads it.
  const value = interpolate(text.value, text.span, text.variables, report)
  if (value === '') return null
  const normal = normalName(value)
  if (normal === '') {
    const message = say`invalid project name "${value}": lower case letters, digits, "_" and "-", the first a letter or digit`
    report(problemAt('INVALID_NAME', text.span, message, say`Write a name such as app.`))
    return { value, span: text.span }
  }
  if (normal !== value) {
    const message = say`compose calls the project "${normal}", not "${value}"`
    report(warningAt('PROJECT_NAME_CHANGED', text.span, message, say`Write ${normal}.`))
  }
  return { value: normal, span: text.span }
}

function adviceFor(name: string, before: string): Said {
  return say`Write ${before}${normalName(name) || 'app'}.`
}
