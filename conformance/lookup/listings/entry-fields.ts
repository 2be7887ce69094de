import type { Contract, Operation, Schema } from '../../../contract/contract.js';
import { propertiesOf, shapeOf } from '../../arbitraries/schema-shape.js';

/** The names of the properties that an operation's successes show of each entry: what a parameter for fields may list. */
export function entryFields({ responses }: Operation, contract: Contract): readonly string[] {
  const names = responses
    .filter(({ status }) => /^2|^default$/i.test(status))
    .flatMap(({ content }) => content)
    .flatMap(({ schema }) => itemProperties(contract, schema));
  return [...new Set(names)];
}

function itemProperties(contract: Contract, schema: Schema): readonly string[] {
  const shape = shapeOf(contract, schema);
  const branches = [shape.oneOf, shape.anyOf].flatMap((list) => (Array.isArray(list) ? list : [])) as Schema[];
  const items = shape.items as Schema | undefined;
  if (branches.length > 0) return itemProperties(contract, branches[0] ?? {});
  return items ? itemProperties(contract, items) : Object.keys(propertiesOf(shape));
}

/** These names, separated by commas and repeated, as a text of exactly this length; absent where there is none. */
export function fieldsOfLength(names: readonly string[], length: number): string | undefined {
  // Each name takes its length and a comma; the last comma is left out.
  const last: (string | undefined)[] = [];
  const isReached = (size: number): boolean => size === 0 || last[size] !== undefined;
  for (let size = 1; size <= length + 1; size += 1) {
    last[size] = names.find((name) => size > name.length && isReached(size - name.length - 1));
  }
  const chosen: string[] = [];
  for (let size = length + 1; size > 0; ) {
    const name = last[size];
    if (name === undefined) return undefined;
    chosen.push(name);
    size -= name.length + 1;
  }
  return chosen.join(',');
}
