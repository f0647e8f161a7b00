import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layoutGraph } from '../../src/layout/layout.ts'
import { seeds } from '../support/seeds.ts'
import { anyGraph } from './arbitrary.ts'
import { faultsOf } from './faults.ts'

const RUNS = Number(process.env.DN_LAYOUT_RUNS ?? 500)

/**
 * These graphs are wilder than any figure: boxes of every kind anywhere, lines from anywhere to anywhere. Whatever they
 * are, nothing overlaps, order is kept and groups are level. Of the lines, no more than one graph in a hundred may have
 * one that lies wrong (known: boxes beside nested groups, with lines past them); in figures of topologies none does,
 * which tests/geometry measures.
 */
describe('layoutGraph', () => {
  for (const seed of seeds()) {
    const graphs = fc.sample(anyGraph, { seed, numRuns: RUNS })
    const faults = graphs.map((graph) => faultsOf(graph, layoutGraph(graph)))
    const ofLines = (fault: string): boolean => /^edges? /.test(fault)

    it(`keeps boxes, groups, titles and labels apart, in order and level (seed ${seed})`, () => {
      expect(faults.flatMap((list) => list.filter((fault) => !ofLines(fault)))).toEqual([])
    })

    it(`keeps lines off boxes, titles, labels and each other (seed ${seed})`, () => {
      const wrong = faults.filter((list) => list.some(ofLines))
      expect(wrong.length, wrong.flat().join('\n')).toBeLessThanOrEqual(RUNS / 100)
    })

    it(`gives the same layout for the same graph (seed ${seed})`, () => {
      for (const graph of graphs.slice(0, 20))
        expect(layoutGraph(graph)).toEqual(layoutGraph(structuredClone(graph)))
    })
  }

  it('lays out nothing as nothing', () => {
    const { width, height } = layoutGraph({ direction: 'TB', groups: [], boxes: [], edges: [] })
    expect([width, height]).toEqual([0, 0])
  })
})
