import type { ConsoleModel, ItemView } from '../model/model.js';
import { type Item, nameOf, textOf } from './items.js';
import { hashOf, type Step } from './location.js';

/** The page of an item with this path. */
export function viewOf({ views }: ConsoleModel, sides: readonly string[]): ItemView | undefined {
  const wanted = [...sides].sort().join(' ');
  return views.find((view) => [...view.sides].sort().join(' ') === wanted);
}

/** The link of a row: its page within the item that lists it if there is one, else its own. */
export function linkOf(model: ConsoleModel, steps: readonly Step[], resource: string, item: Item): string | undefined {
  const described = model.resources[resource];
  const name = described === undefined || described.inside !== undefined ? undefined : nameOf(described, item);
  if (name === undefined) return undefined;
  const step = { resource, key: textOf(name) };
  const within = viewOf(model, [...steps.map((each) => each.resource), resource]);
  if (within !== undefined) return hashOf([...steps, step]);
  return viewOf(model, [resource]) === undefined ? undefined : hashOf([step]);
}

/** The path parameters of an operation for an item. */
export function idsOf(
  model: ConsoleModel,
  operation: string,
  steps: readonly Step[],
): Readonly<Record<string, string>> {
  const { of = {} } = model.operations[operation] ?? {};
  return Object.fromEntries(
    Object.entries(of).map(([side, parameter]) => [
      parameter,
      steps.find(({ resource }) => resource === side)?.key ?? '',
    ]),
  );
}
