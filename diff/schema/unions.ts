import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject } from '../../contract/contract.js';
import { isObject, splitPointer } from '../../contract/pointer.js';
import { changeAt } from '../change.js';
import { labelText } from './label.js';
import { type Pair, type Rule, reportConstraint } from './pair.js';
import { keyword, type Located, list, partsOf, referenceOf, type Site, sitesByName } from './site.js';

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
  'example',
  'examples',
]);

/** Compares `anyOf` and `oneOf` branch by branch. */
export function compareUnions(beforeDocument: JsonObject, afterDocument: JsonObject): Rule {
  return (pair) => {
    const before = unionsOf(pair.before);
    const after = unionsOf(pair.after);
    for (let index = 0; index < Math.max(before.length, after.length); index++) {
      const [old, now] = [before[index], after[index]];
      if (old !== undefined && now !== undefined) {
        if (old.name !== now.name) {
          const what = `${labelText(pair.label)} went from ${old.name} to ${now.name}`;
          const verdict = old.name === 'anyOf' ? 'tightened' : 'loosened';
          pair.report(changeAt(`${pair.direction}-constraint-${verdict}`, now.located.pointer, what));
        }
        compareBranches(pair, { before: beforeDocument, after: afterDocument }, [old.branches, now.branches]);
      } else {
        const verdict = old === undefined ? 'tightened' : 'loosened';
        reportConstraint(pair, (old ?? now)?.name ?? 'anyOf', verdict, [old?.located, now?.located]);
      }
    }
  };
}

/**
 * Compares a union with a schema that is none, as when a schema becomes one of two forms: the single form is treated as
 * a union of one. Returns whether the pair was of this kind.
 */
export function compareChoice(
  pair: Pair,
  documents: Documents,
  sites: { readonly before: Site; readonly after: Site },
): boolean {
  const before = choiceOf(pair.before);
  const after = choiceOf(pair.after);
  if ((before === undefined) === (after === undefined)) return false;
  const [oldPlain] = sites.before;
  const [nowPlain] = sites.after;
  const old = before?.branches ?? (sites.before.length === 1 && oldPlain ? [oldPlain] : undefined);
  const now = after?.branches ?? (sites.after.length === 1 && nowPlain ? [nowPlain] : undefined);
  if (old === undefined || now === undefined) return false;
  compareBranches(pair, documents, [old, now]);
  return true;
}

/** The union of a site without other constraints. */
function choiceOf(parts: Pair['before']): Union | undefined {
  const unions = unionsOf(parts);
  const unconstrained = parts.parts.every(({ schema }) =>
    Object.keys(schema).every(
      (name) => ANNOTATIONS.has(name) || name === '$ref' || name === 'allOf' || name.startsWith('x-'),
    ),
  );
  return unconstrained && unions.length === 1 ? unions[0] : undefined;
}

function unionsOf(parts: Pair['before']): readonly Union[] {
  return ['anyOf', 'oneOf'].flatMap((name) =>
    parts.parts.flatMap(({ schema, pointer }) => {
      const located = keyword({ parts: [{ schema, pointer }], never: false }, name);
      return located === undefined ? [] : [{ name, located, branches: list(located.value, located.pointer) }];
    }),
  );
}

function compareBranches(
  pair: Pair,
  documents: Documents,
  [before, after]: readonly [readonly Located[], readonly Located[]],
): void {
  const left = before.map((located) => traitsOf(documents.before, located));
  const right = after.map((located) => traitsOf(documents.after, located));
  const partner = new Map<Traits, Traits>();
  const taken = new Set<Traits>();
  for (const matches of MATCHERS) {
    for (const old of left) {
      if (partner.has(old)) continue;
      const now = right.find((candidate) => !taken.has(candidate) && matches(old, candidate));
      if (now === undefined) continue;
      partner.set(old, now);
      taken.add(now);
    }
  }
  for (const old of left) {
    const now = partner.get(old);
    if (now !== undefined) pair.descend([old.located], [now.located], pair.label);
    else reportForm(pair, 'removed', old);
  }
  for (const now of right) if (!taken.has(now)) reportForm(pair, 'added', now);
}

function reportForm(pair: Pair, happened: 'added' | 'removed', { located, name }: Traits): void {
  const what = `the form ${name} of ${labelText(pair.label)} was ${happened}`;
  pair.report(changeAt(`${pair.direction}-alternative-${happened}`, located.pointer, what));
}

/** The features that identify a branch in both contracts. */
interface Traits {
  readonly located: Located;
  readonly name: string;
  readonly reference: string | undefined;
  readonly title: Json | undefined;
  readonly type: Json | undefined;
  readonly constants: Json;
  readonly properties: ReadonlySet<string>;
}

/** The most reliable first. */
const MATCHERS: readonly ((a: Traits, b: Traits) => boolean)[] = [
  (a, b) => a.reference !== undefined && a.reference === b.reference,
  (a, b) => a.reference === b.reference && isDeepStrictEqual(a.located.value, b.located.value),
  (a, b) => a.title !== undefined && a.title === b.title,
  (a, b) => isDeepStrictEqual(a.type, b.type) && isDeepStrictEqual(a.constants, b.constants) && overlap(a, b) >= 0.5,
  (a, b) => a.type !== undefined && a.type !== 'object' && isDeepStrictEqual(a.type, b.type),
];

/** The share of property names that both have, from 0 to 1; 1 where neither has properties. */
function overlap(a: Traits, b: Traits): number {
  const all = new Set([...a.properties, ...b.properties]);
  if (all.size === 0) return 1;
  return [...a.properties].filter((property) => b.properties.has(property)).length / all.size;
}

function traitsOf(document: JsonObject, located: Located): Traits {
  const parts = partsOf(document, [located]);
  const reference = referenceOf(located.value);
  const title = keyword(parts, 'title')?.value;
  const type = keyword(parts, 'type')?.value;
  const properties = sitesByName(parts, 'properties');
  const constants = [...properties].flatMap(([property, [schema]]) =>
    isObject(schema?.value) && schema.value.const !== undefined ? [[property, schema.value.const]] : [],
  );
  const declaredName = reference === undefined ? title : splitPointer(reference).at(-1);
  const name = declaredName ?? type ?? `${Number(splitPointer(located.pointer).at(-1)) + 1}`;
  return {
    located,
    name: JSON.stringify(name),
    reference,
    title,
    type,
    constants,
    properties: new Set(properties.keys()),
  };
}
