import type { JsonObject, Pointer } from '../../contract/contract.js';
import { finding } from '../change.js';
import { type Label, naming, propertyLabel } from './label.js';
import { type Direction, type Pair, type Rule, reportConstraint } from './pair.js';
import { keyword, keywords, type Located, list, type Parts, partsOf, type Site, sitesByName } from './site.js';

/** Compares `properties` and `required`, one property at a time, each where it can be sent or read. */
export function compareProperties(beforeDocument: JsonObject, afterDocument: JsonObject): Rule {
  return (pair) => {
    const before = visible(beforeDocument, sitesByName(pair.before, 'properties'), pair.direction);
    const after = visible(afterDocument, sitesByName(pair.after, 'properties'), pair.direction);
    const needed = requiredOf(pair.before);
    const needs = requiredOf(pair.after);
    for (const [name, site] of before.shown) {
      const label = propertyLabel(pair.label, name);
      const now = after.shown.get(name);
      if (now === undefined) {
        reportProperty(pair, 'removed', site, `${naming(label)} is gone`);
        continue;
      }
      if (needed.has(name) !== needs.has(name)) reportNeed(pair, label, now[0]?.pointer, needs.has(name));
      pair.descend(site, now, label);
    }
    for (const [name, site] of after.shown) {
      if (before.shown.has(name)) continue;
      const what = `${naming(propertyLabel(pair.label, name))} is new`;
      if (pair.direction === 'request' && needs.has(name)) {
        const pointer = site[0]?.pointer ?? pair.pointer;
        pair.report(finding('request-required-property-added', pointer, `${what} and required`));
      } else reportProperty(pair, 'added', site, what);
    }
    // A required property that no schema describes.
    for (const name of new Set([...needed.keys(), ...needs.keys()])) {
      if (before.named.has(name) || after.named.has(name) || needed.has(name) === needs.has(name)) continue;
      reportNeed(pair, propertyLabel(pair.label, name), needs.get(name) ?? needed.get(name), needs.has(name));
    }
  };
}

function reportProperty(pair: Pair, happened: 'added' | 'removed', site: Site, what: string): void {
  pair.report(finding(`${pair.direction}-property-${happened}`, site[0]?.pointer ?? pair.pointer, what));
}

function reportNeed(pair: Pair, label: Label, pointer: Pointer | undefined, required: boolean): void {
  const word = required ? 'required' : 'optional';
  pair.report(
    finding(`${pair.direction}-property-became-${word}`, pointer ?? pair.pointer, `${naming(label)} became ${word}`, {
      from: !required,
      to: required,
    }),
  );
}

interface Properties {
  readonly shown: ReadonlyMap<string, Site>;
  /** Those that are not shown in this direction too. */
  readonly named: ReadonlySet<string>;
}

/** A request has no `readOnly` properties, an answer no `writeOnly` ones. */
function visible(document: JsonObject, sites: ReadonlyMap<string, Site>, direction: Direction): Properties {
  const hiding = direction === 'request' ? 'readOnly' : 'writeOnly';
  const shown = [...sites].filter(
    ([, site]) => !keywords(partsOf(document, site), hiding).some(({ value }) => value === true),
  );
  return { shown: new Map(shown), named: new Set(sites.keys()) };
}

/** The name of each required property, and where it is said. */
function requiredOf(parts: Parts): ReadonlyMap<string, Pointer> {
  return new Map(
    keywords(parts, 'required').flatMap(({ value, pointer }) =>
      list(value, pointer).map((entry) => [String(entry.value), entry.pointer]),
    ),
  );
}

/** Compares what is said of properties that are not named. */
export const compareOtherProperties: Rule = (pair) => {
  const before = openness(pair.before);
  const after = openness(pair.after);
  const subject = `properties that are not named in ${naming(pair.label)}`;
  const tell = (word: 'closed' | 'opened', verb: string): void => {
    const pointer = (after.located ?? before.located)?.pointer ?? pair.pointer;
    pair.report(finding(`${pair.direction}-${word}`, pointer, `${subject} are ${verb}`));
  };
  if (after.closed && !before.closed) return tell('closed', 'not allowed any more');
  if (before.closed && !after.closed) return tell('opened', 'allowed now');
  if (before.schema !== undefined && after.schema !== undefined) {
    pair.descend([before.schema], [after.schema], propertyLabel(pair.label, '*'));
  } else if (before.schema !== undefined || after.schema !== undefined) {
    const verdict = before.schema === undefined ? 'tightened' : 'loosened';
    reportConstraint(pair, 'additionalProperties', verdict, before.schema, after.schema);
  }
};

interface Openness {
  readonly closed: boolean;
  /** What the others have to fit. */
  readonly schema?: Located;
  readonly located?: Located;
}

function openness(parts: Parts): Openness {
  const located = keyword(parts, 'additionalProperties') ?? keyword(parts, 'unevaluatedProperties');
  if (located === undefined) return { closed: false };
  if (typeof located.value === 'boolean') return { closed: !located.value, located };
  return { closed: false, schema: located, located };
}
