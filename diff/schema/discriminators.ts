import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../../contract/contract.js';
import { isObject, joinPointer } from '../../contract/pointer.js';
import { describeChange } from '../report/wording.js';
import { labelText } from './label.js';
import { type Pair, type Rule, reportValues } from './pair.js';
import { keyword, type Located } from './site.js';

/** Compares the property and the values by which callers distinguish the forms of a value. */
export const compareDiscriminators: Rule = (pair) => {
  const [before, after] = [keyword(pair.before, 'discriminator'), keyword(pair.after, 'discriminator')];
  if (before === undefined || after === undefined || !isObject(before.value) || !isObject(after.value)) return;
  const [from, to] = [inside(before, 'propertyName'), inside(after, 'propertyName')];
  if (!isDeepStrictEqual(from?.value, to?.value)) {
    const what = describeChange(`discriminator of ${labelText(pair.label)}`, from?.value, to?.value);
    reportValues(pair, `${pair.direction}-discriminator-changed`, what, [from, to]);
  }
  compareMapping(pair, inside(before, 'mapping'), inside(after, 'mapping'));
};

function compareMapping(pair: Pair, before: Located | undefined, after: Located | undefined): void {
  const [old, now] = [before?.value, after?.value].map((value) => (isObject(value) ? value : {}));
  for (const name of new Set([...Object.keys(old ?? {}), ...Object.keys(now ?? {})])) {
    const from = before && inside(before, name);
    const to = after && inside(after, name);
    if (from !== undefined && to !== undefined && sameSchema(pair, from.value, to.value)) continue;
    const what = describeChange(`form "${name}" of ${labelText(pair.label)}`, from?.value, to?.value);
    const happened = from === undefined ? 'value-added' : 'changed';
    reportValues(pair, `${pair.direction}-discriminator-${happened}`, what, [from, to]);
  }
}

/** A renamed schema is the same schema. */
function sameSchema({ expandBefore, expandAfter }: Pair, from: Json, to: Json): boolean {
  if (from === to) return true;
  return isDeepStrictEqual(expandBefore(referenceTo(from)), expandAfter(referenceTo(to)));
}

function referenceTo(mapped: Json): Json {
  const text = String(mapped);
  return { $ref: text.includes('#') ? text : `#${joinPointer('/components/schemas', text)}` };
}

function inside({ value, pointer }: Located, name: string): Located | undefined {
  const found = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  return found === undefined ? undefined : { value: found, pointer: joinPointer(pointer, name) };
}
