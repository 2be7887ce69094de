import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject } from '../../contract/contract.js';
import { keywords, type Located, type Parts, partsOf, sitesByName } from './site.js';
import { typesOf } from './types.js';

/** Two branches that a value may match both; undefined if all branches certainly exclude each other. */
export function overlappingForms(
  document: JsonObject,
  branches: readonly Located[],
): readonly [Located, Located] | undefined {
  const forms = branches.map((located) => ({ located, parts: partsOf(document, [located]) }));
  for (const [at, one] of forms.entries()) {
    const other = forms.slice(at + 1).find(({ parts }) => !areDisjoint(document, one.parts, parts));
    if (other !== undefined) return [one.located, other.located];
  }
  return undefined;
}

/** Whether no value satisfies both schemas, as far as types, constants and required properties show. */
function areDisjoint(document: JsonObject, one: Parts, other: Parts): boolean {
  const types = typesOf(other);
  if (![...typesOf(one)].some((type) => types.has(type))) return true;
  if (haveDisjointValues(one, other)) return true;
  return isExcludedBy(document, one, other) || isExcludedBy(document, other, one);
}

/** Whether a property that the first requires is closed out by the second, or has no value in common with it. */
function isExcludedBy(document: JsonObject, one: Parts, other: Parts): boolean {
  const [own, others] = [sitesByName(one, 'properties'), sitesByName(other, 'properties')];
  const isClosed = keywords(other, 'additionalProperties').some(({ value }) => value === false);
  const required = requiredOf(one);
  return [...required].some((name) => {
    const site = others.get(name);
    if (site === undefined) return isClosed;
    const ownSite = own.get(name);
    const isRequiredInBoth = requiredOf(other).has(name);
    if (ownSite === undefined || !isRequiredInBoth) return false;
    return areDisjoint(document, partsOf(document, ownSite), partsOf(document, site));
  });
}

function requiredOf(parts: Parts): ReadonlySet<string> {
  return new Set(keywords(parts, 'required').flatMap(({ value }) => (Array.isArray(value) ? value.map(String) : [])));
}

function haveDisjointValues(one: Parts, other: Parts): boolean {
  const [values, others] = [valuesOf(one), valuesOf(other)];
  if (values === undefined || others === undefined) return false;
  return !values.some((value) => others.some((each) => isDeepStrictEqual(value, each)));
}

function valuesOf(parts: Parts): readonly Json[] | undefined {
  const constant = keywords(parts, 'const')[0];
  if (constant !== undefined) return [constant.value];
  const list = keywords(parts, 'enum')[0]?.value;
  return Array.isArray(list) ? list : undefined;
}
