import { itemLabel, propertyLabel } from './label.js';
import { type Rule, reportConstraint } from './pair.js';
import { keywords, list, type Parts, type Site, sitesByName } from './site.js';

/** Keywords whose value is a schema for a part of the value. */
const SINGLE = ['items', 'contains', 'propertyNames', 'unevaluatedItems'] as const;

/** Keywords whose value maps names to schemas, apart from `properties`. */
const MAPS = ['patternProperties', 'dependentSchemas'] as const;

/** Compares the schemas of list items and of properties matched by a pattern. */
export const compareNested: Rule = (pair) => {
  for (const name of SINGLE) {
    const before = keywords(pair.before, name);
    const after = keywords(pair.after, name);
    if (before.length > 0 && after.length > 0) {
      pair.descend(
        before,
        after,
        name === 'propertyNames' ? propertyLabel(pair.label, '(names)') : itemLabel(pair.label),
      );
    } else if (before.length > 0 || after.length > 0) {
      reportConstraint(pair, name, before.length === 0 ? 'tightened' : 'loosened', [before[0], after[0]]);
    }
  }
  for (const name of MAPS) {
    const before = sitesByName(pair.before, name);
    const after = sitesByName(pair.after, name);
    for (const key of new Set([...before.keys(), ...after.keys()])) {
      const [old, now] = [before.get(key), after.get(key)];
      if (old !== undefined && now !== undefined) pair.descend(old, now, propertyLabel(pair.label, `(${key})`));
      else reportConstraint(pair, name, old === undefined ? 'tightened' : 'loosened', [old?.[0], now?.[0]]);
    }
  }
  const before = positions(pair.before);
  const after = positions(pair.after);
  for (let index = 0; index < Math.max(before.length, after.length); index++) {
    const [old, now] = [before[index], after[index]];
    if (old !== undefined && now !== undefined) pair.descend(old, now, itemLabel(pair.label));
    else reportConstraint(pair, 'prefixItems', old === undefined ? 'tightened' : 'loosened', [old?.[0], now?.[0]]);
  }
};

function positions(parts: Parts): readonly Site[] {
  const first = keywords(parts, 'prefixItems')[0];
  return first === undefined ? [] : list(first.value, first.pointer).map((located) => [located]);
}
