import type { Json, Pointer } from '../../contract/contract.js';
import { isObject, splitPointer } from '../../contract/pointer.js';
import { CHILDREN } from '../../contract/schema/child-schemas.js';
import { changeAt } from '../change.js';
import { labelText } from './label.js';
import type { Pair, Rule } from './pair.js';
import { keyword, type Located, list, type Parts, referenceOf } from './site.js';

/** A schema that extends another one. */
interface Child {
  readonly located: Located;
  /** Where it is declared. */
  readonly target: Pointer;
}

/**
 * Compares what extends a schema with a discriminator: wherever a document names the schema, values are meant to be one
 * of these. Values of a mapping are compared with the discriminator.
 */
export const compareChildren: Rule = (pair) => {
  const [before, after] = [childrenIn(pair.before), childrenIn(pair.after)];
  for (const [value, { located }] of before) {
    const now = after.get(value);
    if (now !== undefined) pair.descend([located], [now.located], pair.label);
  }
  if ([pair.before, pair.after].some(hasMapping)) return;
  for (const [value, child] of before) if (!after.has(value)) report(pair, 'removed', child);
  for (const [value, child] of after) if (!before.has(value)) report(pair, 'added', child);
};

/** By the values of the discriminator that name each. */
function childrenIn(parts: Parts): ReadonlyMap<string, Child> {
  const found = new Map<string, Child>();
  const { value = [], pointer = '' } = keyword(parts, CHILDREN) ?? {};
  for (const { value: child, pointer: at } of list(value, pointer)) {
    const [form, tag] = isObject(child) && Array.isArray(child.allOf) ? child.allOf : [];
    const target = form === undefined ? undefined : referenceOf(form);
    if (form === undefined || target === undefined) continue;
    found.set(JSON.stringify(tag), { located: { value: form, pointer: at }, target });
  }
  return found;
}

function hasMapping(parts: Parts): boolean {
  const discriminator: Json | undefined = keyword(parts, 'discriminator')?.value;
  return isObject(discriminator) && isObject(discriminator.mapping);
}

function report(pair: Pair, happened: 'added' | 'removed', { target }: Child): void {
  const what = `the form ${splitPointer(target).at(-1) ?? ''} of ${labelText(pair.label)} was ${happened}`;
  pair.report(changeAt(`${pair.direction}-alternative-${happened}`, target, what));
}
