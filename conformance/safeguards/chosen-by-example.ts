import type { Contract, Json, Schema } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { nameWords } from '../../contract/text/name-words.js';
import { propertiesOf, shapeOf } from '../arbitraries/schema-shape.js';
import { choosesInBody } from '../lookup/resource-operations.js';
import type { PlannedRequest } from '../target/request.js';
import { bodyMedia } from '../target/request-body.js';

/** The last words of properties that say which item is meant. */
const KEYS: ReadonlySet<string> = new Set(['id', 'ids', 'uuid', 'uuids', 'guid', 'key', 'keys', 'name', 'names']);

/**
 * What the body of a removal or a change chooses by an example of the document, as `id 12345`: `POST /remove/step` with
 * the example of its id may remove what others have under it. Undefined where it chooses nothing so.
 */
export function chosenByExample(contract: Contract, { operation, values }: PlannedRequest): string | undefined {
  const body = values?.body;
  if (operation === undefined || !isObject(body) || !choosesInBody(operation, contract)) return undefined;
  const media = bodyMedia(operation);
  const declared = propertiesOf(shapeOf(contract, media?.schema ?? {}));
  const whole = isObject(media?.example) ? media.example : {};
  for (const [name, value] of Object.entries(body)) {
    if (!KEYS.has(nameWords(name).at(-1) ?? '')) continue;
    const examples = [whole[name], ...examplesOf(contract, declared[name] ?? {})].flatMap(leavesOf);
    const chosen = leavesOf(value).find((leaf) => examples.includes(leaf));
    if (chosen !== undefined) return `${name} ${chosen}`;
  }
  return undefined;
}

function examplesOf(contract: Contract, schema: Schema): readonly (Json | undefined)[] {
  const { example, examples, default: usual, items } = shapeOf(contract, schema);
  const all = Array.isArray(examples) ? examples : [];
  return [example, usual, ...all, ...(isObject(items) ? examplesOf(contract, items) : [])];
}

/** Numbers and texts, as texts. */
function leavesOf(value: Json | undefined): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  return typeof value === 'number' || (typeof value === 'string' && value !== '') ? [String(value)] : [];
}
