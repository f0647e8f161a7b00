/** References in prose and names of models in info strings: where they stand, where they lead, renaming them. */
import { readInfo } from '../markdown-it/info.ts'
import { parseReference, type Reference } from '../reference/index.ts'
import { type Analysis, type PlaceRange, placeOf, rangeIn } from './document.ts'

const WRITTEN = /\{dn:([^{}\n]{0,200})\}/g

/** All references of a text, by offset into it. A fence of ours has none. */
export function referencesIn(analysis: Analysis): readonly Reference[] {
  return [...analysis.text.matchAll(WRITTEN)]
    .filter((match) => analysis.text[match.index - 1] !== '\\')
    .map((match) =>
      parseReference(match[1] ?? '', { start: match.index, end: match.index + match[0].length }),
    )
}

export function referenceAt(analysis: Analysis, offset: number): Reference | null {
  return referencesIn(analysis).find(({ span }) => span.start <= offset && offset <= span.end) ?? null
}

/** A place where a model's name stands: given by `model=`, used by `use=` or in a reference. */
export interface ModelName {
  readonly name: string
  readonly range: PlaceRange
  readonly given: boolean
}

export function modelNames(analysis: Analysis): readonly ModelName[] {
  const inFences = analysis.input.blocks.flatMap(({ written: { info } }) => {
    if (info === null) return []
    const { values } = readInfo(info.text)
    return (['model', 'use'] as const).flatMap((key): ModelName[] => {
      const value = values.get(key)
      if (value === undefined) return []
      return [{ name: value.value, range: rangeIn(info.source, value.span), given: key === 'model' }]
    })
  })
  const inProse = referencesIn(analysis).flatMap(({ model, span }): ModelName[] => {
    if (model === null) return []
    const start = analysis.text.indexOf(model, span.start + '{dn:'.length)
    const range = { start: placeOf(analysis.text, start), end: placeOf(analysis.text, start + model.length) }
    return [{ name: model, range, given: false }]
  })
  return [...inFences, ...inProse]
}

/** Whether a model may be called so: in an info string, and in front of `#` and `@` in a reference. */
export const isModelName = (name: string): boolean => /^[^\s"'{}#@=]+$/.test(name)
