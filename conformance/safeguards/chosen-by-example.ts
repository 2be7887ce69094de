import type { Contract, Json, Schema } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { bareName } from '../../contract/text/bare-name.js';
import { nameWords } from '../../contract/text/name-words.js';
import { propertiesOf, shapeOf } from '../arbitraries/schema-shape.js';
import { choosesItem } from '../lookup/resource-operations.js';
import type { PlannedRequest } from '../target/request.js';
import { bodyMedia } from '../target/request-body.js';

/** The last words of names of what says which item is meant. */
const KEYS: ReadonlySet<string> = new Set(['id', 'ids', 'uuid', 'uuids', 'guid', 'key', 'keys', 'name', 'names']);

/** Examples of schemas in schemas are followed to this level: they may lead back to themselves. */
const DEEPEST = 4;

/**
 * What the body or the query of a removal or a change chooses by an example of the document, as `id 12345`: `POST
 * /remove/step` with the example of its id may remove what others have under it. Undefined where it chooses nothing so.
 */
export function chosenByExample(contract: Contract, { operation, values }: PlannedRequest): string | undefined {
  if (operation === undefined || values === undefined || !choosesItem(operation, contract)) return undefined;
  const { body, query } = values;
  const media = bodyMedia(operation);
  const parameters = operation.parameters.filter(({ in: place }) => place === 'query');
  const examples = [
    ...[media?.example, ...(media?.examples ?? []).map(({ value }) => value)].flatMap((each) => keysIn(each)),
    ...examplesIn(contract, media?.schema ?? {}),
    ...parameters.flatMap(({ name, example, schema }) => [
      ...keysIn(example, name),
      ...examplesIn(contract, schema, name),
    ]),
  ].map(textOf);
  const chosen = [...keysIn(body), ...keysIn(query)].find((key) => examples.includes(textOf(key)));
  return chosen && `${chosen.name} ${chosen.value}`.trim();
}

/** A key, and the name of what has it; a list as the whole body has none. */
interface Key {
  readonly name: string;
  readonly value: string;
}

function textOf({ name, value }: Key): string {
  return `${bareName(name)} ${value}`;
}

/** The keys in a value, each by the name of its property. */
function keysIn(value: Json | undefined, name = ''): readonly Key[] {
  if (Array.isArray(value)) return value.flatMap((entry: Json) => keysIn(entry, name));
  if (isObject(value)) return Object.entries(value).flatMap(([property, inner]) => keysIn(inner, property));
  const isKey = name === '' || KEYS.has(nameWords(name).at(-1) ?? '');
  const isTelling = typeof value === 'number' || (typeof value === 'string' && value !== '');
  return isKey && isTelling ? [{ name, value: String(value) }] : [];
}

/** The same of the examples in a schema. */
function examplesIn(contract: Contract, schema: Schema, name = '', depth = 0): readonly Key[] {
  if (depth > DEEPEST) return [];
  const shape = shapeOf(contract, schema);
  const { example, examples, default: usual, items } = shape;
  const own = [example, usual, ...(Array.isArray(examples) ? examples : [])];
  return [
    ...own.flatMap((each) => keysIn(each, name)),
    ...(isObject(items) ? examplesIn(contract, items, name, depth + 1) : []),
    ...Object.entries(propertiesOf(shape)).flatMap(([property, inner]) =>
      examplesIn(contract, inner, property, depth + 1),
    ),
  ];
}
