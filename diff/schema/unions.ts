import type { Json, JsonObject } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { changeAt } from '../change.js';
import { isNullOnly, pairUp, type Traits, traitsOf } from './branch-traits.js';
import { overlappingForms } from './disjoint.js';
import { labelText } from './label.js';
import { type Pair, type Rule, reportConstraint } from './pair.js';
import { keyword, type Located, list, type Parts, partsOf, type Site } from './site.js';
import { splitByConstant } from './split-by-constant.js';
import { splitByType } from './split-by-type.js';

/** An `anyOf` or `oneOf` with its branches. */
interface Union {
  readonly name: string;
  readonly located: Located;
  readonly branches: readonly Located[];
}

interface Documents {
  readonly before: JsonObject;
  readonly after: JsonObject;
}

/** Keywords beside a union that do not affect validity. */
const ANNOTATIONS = new Set([
  'anyOf',
  'oneOf',
  'discriminator',
  'title',
  'description',
  'deprecated',
  'default',
  'readOnly',
  'writeOnly',
  'example',
  'examples',
]);

/** Compares `anyOf` and `oneOf` branch by branch. */
export function compareUnions(beforeDocument: JsonObject, afterDocument: JsonObject): Rule {
  const documents = { before: beforeDocument, after: afterDocument };
  return (pair) => {
    const before = unionsOf(beforeDocument, pair.before);
    const after = unionsOf(afterDocument, pair.after);
    for (let index = 0; index < Math.max(before.length, after.length); index++) {
      const [old, now] = [before[index], after[index]];
      if (old !== undefined && now !== undefined) {
        compareKeyword(pair, documents, old, now);
        compareBranches(pair, documents, [old.branches, now.branches]);
      } else {
        const verdict = old === undefined ? 'tightened' : 'loosened';
        reportConstraint(pair, (old ?? now)?.name ?? 'anyOf', verdict, [old?.located, now?.located]);
      }
    }
  };
}

/** `anyOf` and `oneOf` differ only for values that match several branches. */
function compareKeyword(pair: Pair, documents: Documents, old: Union, now: Union): void {
  if (old.name === now.name) return;
  const [document, exclusive] = old.name === 'oneOf' ? [documents.before, old] : [documents.after, now];
  if (overlappingForms(document, exclusive.branches) === undefined) return;
  const what = `${labelText(pair.label)} went from ${old.name} to ${now.name}`;
  const verdict = old.name === 'anyOf' ? 'tightened' : 'loosened';
  pair.report(changeAt(`${pair.direction}-constraint-${verdict}`, now.located.pointer, what));
}

/**
 * Compares a union with a schema that is none, as when a schema becomes one of two forms, or when `type: [T, "null"]`
 * becomes `anyOf: [T, null]`: a list of types is a union of them, and any other schema a union of one.
 *
 * @returns whether the pair was of this kind
 */
export function compareChoice(
  pair: Pair,
  documents: Documents,
  sites: { readonly before: Site; readonly after: Site },
): boolean {
  const before = choiceOf(documents.before, pair.before);
  const after = choiceOf(documents.after, pair.after);
  if ((before === undefined) === (after === undefined)) return false;
  const old = before?.branches ?? formsOf(documents.before, sites.before, constantsIn(documents.after, after));
  const now = after?.branches ?? formsOf(documents.after, sites.after, constantsIn(documents.before, before));
  if (old === undefined || now === undefined) return false;
  compareBranches(pair, documents, [old, now], { isNewUnion: before === undefined });
  if (after?.name === 'oneOf') reportOverlap(pair, documents.after, after);
  return true;
}

/** A value that matches several branches of a new `oneOf` is no longer valid. */
function reportOverlap(pair: Pair, document: JsonObject, { branches, located }: Union): void {
  const overlap = overlappingForms(document, branches);
  if (overlap === undefined) return;
  const [first, second] = overlap.map((branch) => traitsOf(document, branch).name);
  const what = `${labelText(pair.label)} became a oneOf whose forms ${first} and ${second} overlap`;
  pair.report(changeAt(`${pair.direction}-constraint-tightened`, located.pointer, what));
}

/** A schema as the forms that correspond to the branches of a union. */
function formsOf(
  document: JsonObject,
  site: Site,
  constants: readonly (readonly Json[])[],
): readonly Located[] | undefined {
  const [only, ...others] = site;
  if (only === undefined || others.length > 0) return undefined;
  return splitByType(document, only).flatMap((form) => splitByConstant(document, form, constants));
}

/** The constants of the branches, each a property and its value. */
function constantsIn(document: JsonObject, union: Union | undefined): readonly (readonly Json[])[] {
  return union?.branches.flatMap((branch) => traitsOf(document, branch).constants) ?? [];
}

/** The union of a site without other constraints. */
function choiceOf(document: JsonObject, parts: Parts): Union | undefined {
  const unions = unionsOf(document, parts);
  const unconstrained = parts.parts.every(({ schema }) =>
    Object.keys(schema).every(
      (name) => ANNOTATIONS.has(name) || name === '$ref' || name === 'allOf' || name.startsWith('x-'),
    ),
  );
  return unconstrained && unions.length === 1 ? unions[0] : undefined;
}

function unionsOf(document: JsonObject, parts: Parts): readonly Union[] {
  return ['anyOf', 'oneOf'].flatMap((name) =>
    parts.parts.flatMap(({ schema, pointer }) => {
      const located = keyword({ parts: [{ schema, pointer }], never: false }, name);
      return located === undefined ? [] : [flattened(document, name, located)];
    }),
  );
}

/** `anyOf: [{oneOf: [A, B]}, null]` is `oneOf: [A, B, null]`: OpenAPI 3.0 writes a nullable union like the first. */
function flattened(document: JsonObject, name: string, located: Located): Union {
  const branches = list(located.value, located.pointer).map((branch) => ({
    branch,
    inner: isInlineUnion(branch.value) ? choiceOf(document, partsOf(document, [branch])) : undefined,
  }));
  const others = branches.filter(({ branch }) => !acceptsOnlyNull(document, branch));
  const [only] = others;
  return {
    name: others.length === 1 ? (only?.inner?.name ?? name) : name,
    located,
    branches: branches.flatMap(({ branch, inner }) => inner?.branches ?? [branch]),
  };
}

/** References stay branches: they identify a form, and may lead back to this union. */
function isInlineUnion(value: Json): boolean {
  if (!isObject(value) || value.$ref !== undefined || value.allOf !== undefined) return false;
  return value.anyOf !== undefined || value.oneOf !== undefined;
}

function acceptsOnlyNull(document: JsonObject, branch: Located): boolean {
  return isNullOnly(partsOf(document, [branch]));
}

function compareBranches(
  pair: Pair,
  documents: Documents,
  [before, after]: readonly [readonly Located[], readonly Located[]],
  { isNewUnion = false }: { readonly isNewUnion?: boolean } = {},
): void {
  const left = before.map((located) => traitsOf(documents.before, located));
  const right = after.map((located) => traitsOf(documents.after, located));
  const partner = pairUp(left, right);
  const taken = new Set(partner.values());
  for (const old of left) {
    const now = partner.get(old);
    if (now === undefined) reportForm(pair, 'removed', old);
    else if (!old.nullOnly || !now.nullOnly) pair.descend([old.located], [now.located], pair.label);
  }
  for (const now of right.filter((branch) => !taken.has(branch))) {
    const [whole, ...others] = left.filter(({ nullOnly }) => !nullOnly);
    const isSpecial =
      isNewUnion && whole !== undefined && others.length === 0 && isSpecialForm(pair, whole, now, right);
    if (isSpecial) reportSpecialForm(pair, now);
    else reportForm(pair, 'added', now);
  }
}

function reportForm(pair: Pair, happened: 'added' | 'removed', { located, name }: Traits): void {
  const what = `the form ${name} of ${labelText(pair.label)} was ${happened}`;
  pair.report(changeAt(`${pair.direction}-alternative-${happened}`, located.pointer, what));
}

/**
 * Whether every answer of a new form is one that the old single schema allowed. A property may be missing if it was
 * optional and another form has it.
 */
function isSpecialForm(pair: Pair, whole: Traits, form: Traits, forms: readonly Traits[]): boolean {
  if (pair.direction === 'request') return false;
  const mayLack = (name: string): boolean =>
    !whole.required.has(name) && forms.some((other) => other !== form && other.properties.has(name));
  const lacking = [...whole.properties].filter((name) => !form.properties.has(name));
  if (!lacking.every(mayLack)) return false;
  const ignored = new Set(lacking.flatMap((name) => whole.sites.get(name)?.[0]?.pointer ?? []));
  return !pair.breaks([whole.located], [form.located], ({ pointer }) => ignored.has(pointer));
}

function reportSpecialForm(pair: Pair, { located, name }: Traits): void {
  const what = `${labelText(pair.label)} now has a form ${name} of its own`;
  pair.report(changeAt(`${pair.direction}-constraint-tightened`, located.pointer, what));
}
