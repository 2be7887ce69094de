import type { JsonObject, Task } from '../contract.js';
import { entriesOf, objectOr, stringOr, stringsOf } from '../json/json-value.js';
import { joinPointer } from '../pointer.js';

/** `x-tasks`. Their form has already been checked. */
export function readTasks({ components }: JsonObject): ReadonlyMap<string, Task> {
  const tasks = entriesOf(objectOr(components)['x-tasks']).map(([name, entry]): readonly [string, Task] => {
    const value = objectOr(entry);
    return [
      name,
      {
        name,
        title: stringOr(value.title),
        operation: stringOr(value.operation),
        about: stringOr(value.about),
        before: stringsOf(value.before),
        values: new Map(entriesOf(value.values).map(([placeholder, text]) => [placeholder, stringOr(text)])),
        ...(value.body === undefined ? {} : { body: value.body }),
        check: stringOr(value.check),
        notes: stringsOf(value.notes),
        alternatives: entriesOf(value.alternatives).map(([title, text]) => ({ title, text: stringOr(text) })),
        related: stringsOf(value.related),
        pointer: joinPointer('/components', 'x-tasks', name),
      },
    ];
  });
  return new Map(tasks);
}

/** A link in a text of a task: `[List the roles](operation:roles.list)`. */
export interface TaskLink {
  readonly kind: string;
  readonly name: string;
}

/** Markdown links to operations, tasks and guides, each with its kind and its name. */
export const TASK_LINK = /\]\((operation|task|guide):([^)\s]+)\)/g;

/** The links in all texts of a task. */
export function linksOf({ about, before, values, check, notes, alternatives }: Task): readonly TaskLink[] {
  const texts = [about, check, ...before, ...values.values(), ...notes, ...alternatives.map(({ text }) => text)];
  return texts.flatMap((text) => [...text.matchAll(TASK_LINK)].map(([, kind = '', name = '']) => ({ kind, name })));
}

/** The guides that a text can link to. */
export const GUIDES = ['authentication', 'errors', 'paging', 'rate-limits', 'scopes', 'grades'] as const;
