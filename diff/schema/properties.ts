import type { JsonObject, Pointer } from '../../contract/contract.js';
import { changeAt } from '../change.js';
import { type Label, labelText, propertyLabel } from './label.js';
import { type Direction, type Pair, type Rule, reportConstraint } from './pair.js';
import { keyword, keywords, type Located, list, type Parts, partsOf, type Site, sitesByName } from './site.js';

/** Compares `properties` and `required`; `readOnly` and `writeOnly` properties only in their direction. */
export function compareProperties(beforeDocument: JsonObject, afterDocument: JsonObject): Rule {
  return (pair) => {
    const before = propertiesIn(beforeDocument, sitesByName(pair.before, 'properties'), pair.direction);
    const after = propertiesIn(afterDocument, sitesByName(pair.after, 'properties'), pair.direction);
    const needed = requiredOf(pair.before);
    const needs = requiredOf(pair.after);
    for (const [name, site] of before.visible) {
      const label = propertyLabel(pair.label, name);
      const now = after.visible.get(name);
      if (now === undefined) {
        reportProperty(pair, 'removed', site, `${labelText(label)} was removed`);
        continue;
      }
      if (needed.has(name) !== needs.has(name)) reportNeed(pair, label, now[0]?.pointer, needs.has(name));
      pair.descend(site, now, label);
    }
    for (const [name, site] of after.visible) {
      if (before.visible.has(name)) continue;
      const what = `${labelText(propertyLabel(pair.label, name))} was added`;
      if (pair.direction === 'request' && needs.has(name)) {
        const pointer = site[0]?.pointer ?? pair.pointer;
        pair.report(changeAt('request-required-property-added', pointer, `${what} as required`));
      } else reportProperty(pair, 'added', site, what);
    }
    // A required property without a schema.
    for (const name of new Set([...needed.keys(), ...needs.keys()])) {
      if (before.declared.has(name) || after.declared.has(name) || needed.has(name) === needs.has(name)) continue;
      reportNeed(pair, propertyLabel(pair.label, name), needs.get(name) ?? needed.get(name), needs.has(name));
    }
  };
}

function reportProperty(pair: Pair, happened: 'added' | 'removed', site: Site, what: string): void {
  pair.report(changeAt(`${pair.direction}-property-${happened}`, site[0]?.pointer ?? pair.pointer, what));
}

function reportNeed(pair: Pair, label: Label, pointer: Pointer | undefined, required: boolean): void {
  const word = required ? 'required' : 'optional';
  pair.report(
    changeAt(
      `${pair.direction}-property-became-${word}`,
      pointer ?? pair.pointer,
      `${labelText(label)} became ${word}`,
      {
        from: !required,
        to: required,
      },
    ),
  );
}

interface Properties {
  readonly visible: ReadonlyMap<string, Site>;
  /** Including those that do not exist in this direction. */
  readonly declared: ReadonlySet<string>;
}

/** Requests have no `readOnly` properties, answers no `writeOnly` ones. */
function propertiesIn(document: JsonObject, sites: ReadonlyMap<string, Site>, direction: Direction): Properties {
  const hiding = direction === 'request' ? 'readOnly' : 'writeOnly';
  const visible = [...sites].filter(
    ([, site]) => !keywords(partsOf(document, site), hiding).some(({ value }) => value === true),
  );
  return { visible: new Map(visible), declared: new Set(sites.keys()) };
}

/** The required properties by name, with the pointer of the `required` entry. */
function requiredOf(parts: Parts): ReadonlyMap<string, Pointer> {
  return new Map(
    keywords(parts, 'required').flatMap(({ value, pointer }) =>
      list(value, pointer).map((entry) => [String(entry.value), entry.pointer]),
    ),
  );
}

/** Compares `additionalProperties` and `unevaluatedProperties`. */
export const compareOtherProperties: Rule = (pair) => {
  const before = openness(pair.before);
  const after = openness(pair.after);
  const subject = `undeclared properties of ${labelText(pair.label)}`;
  const report = (word: 'closed' | 'opened', verb: string): void => {
    const pointer = (after.located ?? before.located)?.pointer ?? pair.pointer;
    pair.report(changeAt(`${pair.direction}-${word}`, pointer, `${subject} are ${verb}`));
  };
  if (after.closed && !before.closed) return report('closed', 'no longer allowed');
  if (before.closed && !after.closed) return report('opened', 'now allowed');
  if (before.schema !== undefined && after.schema !== undefined) {
    pair.descend([before.schema], [after.schema], propertyLabel(pair.label, '*'));
  } else if (before.schema !== undefined || after.schema !== undefined) {
    const verdict = before.schema === undefined ? 'tightened' : 'loosened';
    reportConstraint(pair, 'additionalProperties', verdict, [before.schema, after.schema]);
  }
};

interface Openness {
  readonly closed: boolean;
  /** The schema of undeclared properties. */
  readonly schema?: Located;
  readonly located?: Located;
}

function openness(parts: Parts): Openness {
  const located = keyword(parts, 'additionalProperties') ?? keyword(parts, 'unevaluatedProperties');
  if (located === undefined) return { closed: false };
  if (typeof located.value === 'boolean') return { closed: !located.value, located };
  return { closed: false, schema: located, located };
}
