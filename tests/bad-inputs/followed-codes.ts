/** Inputs whose hints are followed: those of the YAML files here, and the examples of the codes. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { drawPlanned, planSource } from '../../src/compile.ts'
import { codeEntries } from '../../src/problem/codes.ts'
import type { Problem } from '../../src/problem/problem.ts'
import { RULES } from './follow.ts'

const FOLDER = import.meta.dirname

const written = (): readonly (readonly [string, string])[] =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.yaml'))
    .flatMap((file) =>
      (parse(readFileSync(join(FOLDER, file), 'utf8')) as { name: string; input: string }[]).map(
        ({ name, input }) => [name, input] as const,
      ),
    )

const examples = (): readonly (readonly [string, string])[] =>
  [...codeEntries().values()].flatMap(({ code, example }) =>
    example === null ? [] : [[`example of ${code}`, example] as const],
  )

/** Name and text of each input. */
export const inputs = (): readonly (readonly [string, string])[] => [...written(), ...examples()]

export const problemsOf = (text: string): readonly Problem[] => drawPlanned(planSource(text)).problems

/** Codes of which a hint of one of the inputs says what to write. */
export const codesOfBlocks = (): readonly string[] =>
  inputs().flatMap(([, text]) =>
    problemsOf(text)
      .filter(({ hint }) => RULES.some(([form]) => form.test(hint)))
      .map(({ code }) => code),
  )
