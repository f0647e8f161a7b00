/** Services whose tasks end: how many of them there are, and what they are called by. */
import type { ServiceCreate } from '../engine/operation.ts'

export const isJob = ({ mode }: ServiceCreate): boolean => mode === 'replicated-job' || mode === 'global-job'

/** swarmkit `manager/orchestrator/jobs/replicated/reconciler.go: ReconcileService`: the slots of a job begin at 0. */
export const firstSlot = ({ mode }: ServiceCreate): number => (mode === 'replicated-job' ? 0 : 1)

export const tasksAtOnce = ({ replicas, maxConcurrent }: ServiceCreate): number =>
  Math.min(replicas, maxConcurrent ?? replicas)

/** As many tasks of a job run at once as it was created with, unless it says so: a later change of number leaves that. */
export const withConcurrency = (spec: ServiceCreate): ServiceCreate =>
  spec.mode === 'replicated-job' ? { ...spec, maxConcurrent: spec.maxConcurrent ?? spec.replicas } : spec
