import type { Json } from '../../contract/contract.js';
import { describeChange } from '../report/wording.js';
import { labelText } from './label.js';
import { type Rule, reportValues } from './pair.js';
import { keyword, keywords, type Parts } from './site.js';

/** The disjoint types behind each `type`: a `number` is an integer or a fraction. */
const ATOMS: Readonly<Record<string, readonly string[]>> = {
  null: ['null'],
  boolean: ['boolean'],
  object: ['object'],
  array: ['array'],
  string: ['string'],
  integer: ['integer'],
  number: ['integer', 'fraction'],
};
const ALL: readonly string[] = [...new Set(Object.values(ATOMS).flat())];

/** Keywords that imply a type in a schema without `type`. */
const IMPLIED: Readonly<Record<string, string>> = {
  properties: 'object',
  additionalProperties: 'object',
  required: 'object',
  items: 'array',
  prefixItems: 'array',
};

/** Compares `type`. */
export const compareTypes: Rule = (pair) => {
  const before = keyword(pair.before, 'type');
  const after = keyword(pair.after, 'type');
  if (before === undefined && after === undefined) return;
  const old = typesOf(pair.before);
  const now = typesOf(pair.after);
  const fewer = [...old].some((atom) => !now.has(atom));
  const more = [...now].some((atom) => !old.has(atom));
  if (!fewer && !more) return;
  const verdict = fewer && more ? 'changed' : fewer ? 'narrowed' : 'widened';
  const what = describeChange(`type of ${labelText(pair.label)}`, before?.value, after?.value);
  reportValues(pair, `${pair.direction}-type-${verdict}`, what, [before, after]);
};

/** The disjoint types that a schema accepts; an integer and a fraction are both numbers. */
export function typesOf(parts: Parts): ReadonlySet<string> {
  let atoms = new Set(ALL);
  const narrow = (types: readonly string[]): void => {
    const allowed = new Set(types.flatMap((type) => ATOMS[type] ?? [type]));
    atoms = new Set([...atoms].filter((atom) => allowed.has(atom)));
  };
  const types = keywords(parts, 'type');
  for (const { value } of types) narrow([value].flat().filter((type) => typeof type === 'string'));
  if (types.length > 0) return atoms;
  for (const { value } of keywords(parts, 'enum')) narrow([value].flat().map(typeOf));
  for (const { value } of keywords(parts, 'const')) narrow([typeOf(value)]);
  for (const [name, type] of Object.entries(IMPLIED)) if (keyword(parts, name) !== undefined) narrow([type]);
  return atoms;
}

/** The JSON Schema type of a value. */
function typeOf(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}
