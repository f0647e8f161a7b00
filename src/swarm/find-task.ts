import { isGlobal } from '../engine/operation.ts'
import type { Service, Task } from './service.ts'

/** The task whose container is called so and runs on the node; by its name, since there may be thousands. */
export function findTask(
  services: ReadonlyMap<string, Service>,
  container: string,
  node: string,
): Task | null {
  // The name of a service, of a node too, may have dots.
  for (let dot = container.indexOf('.'); dot >= 0; dot = container.indexOf('.', dot + 1)) {
    const service = services.get(container.slice(0, dot))
    if (service === undefined) continue
    const task =
      isGlobal(service.spec) || service.tasks[0]?.slot === 0
        ? service.tasks.find((one) => one.node === node && one.name === container)
        : taskOfSlot(service.tasks, Number(container.slice(dot + 1)))
    if (task?.name === container && task.node === node) return task
  }
  return null
}

/** Tasks stand in slot order. */
function taskOfSlot(tasks: readonly Task[], slot: number): Task | undefined {
  let low = 0
  let high = tasks.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((tasks[middle]?.slot ?? 0) < slot) low = middle + 1
    else high = middle
  }
  return tasks[low]
}
