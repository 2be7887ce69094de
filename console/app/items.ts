import type { Place as BodyPlace, Choice, ConsoleModel, ResourceModel } from '../model/model.js';

export type Item = Readonly<Record<string, unknown>>;

/** The items of a listing, and how many there are on all pages. */
export function itemsIn(
  data: unknown,
  property: string,
): { readonly items: readonly Item[]; readonly total: number | undefined } {
  if (Array.isArray(data)) return { items: data as readonly Item[], total: undefined };
  const page = (data ?? {}) as Readonly<Record<string, unknown>>;
  const items = page[property];
  return {
    items: Array.isArray(items) ? (items as readonly Item[]) : [],
    total: typeof page.total === 'number' ? page.total : undefined,
  };
}

/** A value in a cell. */
export function shown(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** How bodies name an item: its key, or for an item inside another the object of its key properties. */
export function nameOf({ key, inside }: ResourceModel, item: Item): unknown {
  if (inside === undefined) return item[key];
  return Object.fromEntries(Object.keys(inside.key).map((property) => [property, item[property]]));
}

/** The text of a name, which is also its identity. */
export function textOf(name: unknown): string {
  return typeof name === 'string' ? name : JSON.stringify(name);
}

/** How people recognise an item. */
export function labelOf({ key, label, inside }: ResourceModel, item: Item): string {
  if (inside !== undefined)
    return Object.keys(inside.key)
      .map((property) => shown(item[property]))
      .reverse()
      .join(' of ');
  return shown(item[label]) || shown(item.name) || shown(item[key]);
}

/** The items inside each parent: the permissions of every API. */
export function insideItems({ inside }: ResourceModel, parents: readonly Item[]): readonly Item[] {
  if (inside === undefined) return parents;
  return parents.flatMap((parent) => {
    const list = parent[inside.list];
    return (Array.isArray(list) ? (list as readonly Item[]) : []).map((item) => ({
      ...item,
      ...Object.fromEntries(
        Object.entries(inside.key).map(([name, { of, property }]) => [
          name,
          (of === 'parent' ? parent : item)[property],
        ]),
      ),
    }));
  });
}

/**
 * The ids and the body of an operation that names items.
 *
 * @param names - by resource, the items that the path or the body names
 */
export function namingCall(
  model: ConsoleModel,
  { operation, each }: Choice,
  names: Readonly<Record<string, readonly unknown[]>>,
): { readonly ids: Readonly<Record<string, string>>; readonly body?: unknown } {
  const { of = {}, parts = [] } = model.operations[operation] ?? {};
  const ids = Object.fromEntries(
    Object.entries(of).map(([side, parameter]) => [parameter, textOf(names[side]?.[0] ?? '')]),
  );
  if (!parts.includes('body')) return { ids };
  const body: Record<string, unknown> = {};
  for (const [side, place] of Object.entries(each)) {
    const value = valueAt(place, names[side] ?? []);
    if (place.property === '') return { ids, body: value };
    body[place.property] = value;
  }
  return { ids, body };
}

function valueAt({ many, entryKey, flag, adds }: BodyPlace, names: readonly unknown[]): unknown {
  if (!many) return names[0];
  if (entryKey === undefined) return names;
  return names.map((name) => ({ [entryKey]: name, ...(flag === undefined ? {} : { [flag]: adds }) }));
}
