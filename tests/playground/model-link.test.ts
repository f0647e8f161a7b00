import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeModel, encodeModel, MODEL_LIMIT } from '../../src/playground/model-link.ts'

describe('a model in a link', () => {
  it('comes back as it was, in any script', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (model) => {
        const fragment = await encodeModel(model)
        expect(fragment).toMatch(/^v1\.[\w-]+$/)
        expect(await decodeModel(`#${fragment}`)).toBe(model)
      }),
      { numRuns: 100, seed: 7 },
    )
  })

  it('is nothing when the fragment is something else, or broken', async () => {
    for (const fragment of ['', '#', '#top', '#v1.', '#v1.%%%', '#v1.AAAA', '#v2.abc']) {
      expect(await decodeModel(fragment), fragment).toBeNull()
    }
  })

  it('is nothing when it unfolds to more than a browser should hold', async () => {
    const bomb = await encodeModel('a'.repeat(MODEL_LIMIT + 1))
    expect(bomb.length).toBeLessThan(3000)
    expect(await decodeModel(bomb)).toBeNull()
  })
})
