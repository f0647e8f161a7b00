export { lintProse, type Prose } from './lint.ts'
export { parseReference, splitReferences } from './recognise.ts'
export { lookUp, type ReferableModel, resolveReference } from './resolve.ts'
