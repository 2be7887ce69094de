import type { Contract, Task } from '../contract.js';
import { joinPointer } from '../pointer.js';
import { GUIDES, linksOf } from '../read/read-tasks.js';
import type { Flaw } from './flaw.js';
import { unknownName } from './unknown-name.js';

/** Operations, tasks and guides that a task names and that do not exist. */
export function checkTasks(contract: Contract): readonly Flaw[] {
  const operations = new Set(contract.operations.map(({ id }) => id));
  const known: Readonly<Record<string, ReadonlySet<string>>> = {
    operation: operations,
    task: new Set(contract.tasks.keys()),
    guide: new Set(GUIDES),
  };
  const missing = (task: Task, kind: string, name: string, field = ''): readonly Flaw[] => {
    const names = known[kind] ?? new Set();
    const pointer = field === '' ? task.pointer : joinPointer(task.pointer, field);
    return names.has(name) ? [] : [unknownName(pointer, kind, name, names)];
  };
  return [...contract.tasks.values()].flatMap((task) => [
    ...missing(task, 'operation', task.operation, 'operation'),
    ...task.related.flatMap((name) => missing(task, 'task', name, 'related')),
    ...linksOf(task).flatMap(({ kind, name }) => missing(task, kind, name)),
  ]);
}
