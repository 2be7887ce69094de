import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject, ValueRole } from '../../contract/contract.js';
import { textsIn } from '../../contract/json/texts-in.js';
import { escapeSegment, isObject, ownProperty } from '../../contract/pointer.js';
import { isRedacted } from '../judge/redacted.js';
import type { SchemaView } from '../judge/schema-view.js';
import { compareDerived, compareExactly, compareId, compareTime } from './compare-value.js';
import { type Difference, difference } from './difference.js';
import type { ItemComparison, ItemContext, Location, ValuePair } from './item-context.js';

/**
 * Compares a recorded item with the item of the target. Values that were sent must come back. Ids and times correspond
 * one to one. Values that the contract derives, joins or defaults must be equal. The target is free to choose all other
 * values; the judge of the contract checks their form.
 */
export function compareItem(context: ItemContext, pair: ValuePair<JsonObject>): readonly Difference[] {
  const sentTexts = context.assumed ? [] : significantTexts(context.sent);
  const texts = new Set([...sentTexts, ...sentTexts.map((text) => context.correspondence.text(text))]);
  const { sent, defaults } = context;
  return compareObjects({ ...context, root: pair.place, texts }, { ...pair, sent, defaults });
}

/** What is known of a value from requests. */
interface Known {
  /** What requests sent for it. */
  readonly sent?: Json | undefined;
  readonly defaults?: SchemaView | undefined;
}

function compareObjects(comparison: ItemComparison, pair: ValuePair<JsonObject> & Known): readonly Difference[] {
  const names = new Set([...Object.keys(pair.recorded), ...Object.keys(pair.actual)]);
  return [...names].flatMap((name) => {
    const property = propertyPair(comparison, pair, name);
    const { recorded, actual } = property;
    if (recorded === undefined) return compareAbsent(comparison, property);
    if (actual === undefined) return compareMissing(comparison, property);
    return compareProperty(comparison, { ...property, recorded, actual });
  });
}

/** A property of two objects, of which one may lack it. */
interface PropertyPair extends ValuePair<Json | undefined>, Known {
  readonly name: string;
  readonly required: boolean;
  readonly role: ValueRole | undefined;
}

function propertyPair(
  comparison: ItemComparison,
  { recorded, actual, place, sent, defaults }: ValuePair<JsonObject> & Known,
  name: string,
): PropertyPair {
  return {
    name,
    recorded: ownProperty(recorded, name),
    actual: ownProperty(actual, name),
    place: { text: `${place.text}/${escapeSegment(name)}`, view: place.view?.property(name) },
    sent: isObject(sent) ? ownProperty(sent, name) : undefined,
    defaults: defaults?.property(name),
    required: place.view?.required.has(name) ?? false,
    role: roleOf(comparison, place, name),
  };
}

/** The role of a property in the answer's schema, or for the item itself in the resource's schema. */
function roleOf({ own: resource, root }: ItemComparison, place: Location, name: string): ValueRole | undefined {
  const view = place.view?.property(name);
  if (view === undefined) return undefined;
  // A list of keys shows what the listings of the relation show too; here only what was sent must come back.
  if (view.role?.kind === 'relation' && view.items().properties.length === 0) return undefined;
  return view.role ?? (place === root ? resource?.property(name)?.role : undefined);
}

/** A property that only the target returns: a difference if it was sent, because the service leaves it out on purpose. */
function compareAbsent(
  { assumed }: ItemComparison,
  { sent, place, role, actual }: PropertyPair,
): readonly Difference[] {
  if (sent === undefined || assumed || role?.kind === 'relation' || actual === null) return [];
  if (isEmpty(actual) && place.view?.emptyRemoves !== true) return [];
  return [difference(place.text, undefined, actual, 'sent, but not in the recorded answer')];
}

/** A property that only the recording contains. */
function compareMissing(
  { correspondence, assumed }: ItemComparison,
  { sent, place, recorded, defaults, required, role }: PropertyPair,
): readonly Difference[] {
  const expected = recorded === undefined ? undefined : correspondence.json(recorded);
  if (isEmpty(recorded) && !required) return [];
  if (isSet(sent)) return [difference(place.text, expected, undefined, 'as sent')];
  if (place.view === undefined || (assumed && !required)) return [];
  if (required) return [difference(place.text, expected, undefined, 'required by the contract')];
  if (role !== undefined) return [difference(place.text, expected, undefined, 'derived by the contract')];
  // Null removes a value, and the service then chooses.
  const isExpected = sent !== null && isDefault(defaults, recorded);
  return isExpected ? [difference(place.text, expected, undefined, 'the default')] : [];
}

/** Answers may show an empty value or leave it out, unless the contract says that it is removed. */
function isEmpty(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === '' || (isObject(value) && Object.keys(value).length === 0);
}

function compareProperty(comparison: ItemComparison, pair: PropertyPair & ValuePair): readonly Difference[] {
  const { recorded, actual, place, name, role } = pair;
  if (isRedacted(recorded)) return [];
  if (name === comparison.resource?.key || role?.kind === 'id') return compareId(comparison, pair);
  switch (role?.kind) {
    case 'created-at':
      return compareTime(comparison, pair);
    case 'updated-at':
      return [];
    case 'relation':
      return Array.isArray(recorded) && Array.isArray(actual)
        ? comparison.set(role.relation, { recorded, actual, place })
        : compareExactly(comparison, pair, 'a list of related items');
    case 'hook':
      return compareDerived(comparison, pair);
    case 'of':
      return compareJoined(
        comparison,
        pair,
        role.property === undefined ? role.resource : `${role.property} of the ${role.resource}`,
      );
    case 'default':
      return isObject(comparison.sent) && (isSentIn(comparison.sent, role.properties) || pair.sent !== undefined)
        ? compareExactly(comparison, pair, `sent as itself or as ${role.properties.join(' or ')}`)
        : [];
    default:
      return compareValue(comparison, pair);
  }
}

/** Compares what is joined from another entity: a value, or an object of which only the declared properties are known. */
function compareJoined(comparison: ItemComparison, pair: ValuePair, what: string): readonly Difference[] {
  const { recorded, actual, place } = pair;
  if (!isObject(recorded) || !isObject(actual)) return compareExactly(comparison, pair, `the ${what}`);
  return (place.view?.properties ?? []).flatMap((name) => {
    const [expected, found] = [ownProperty(recorded, name), ownProperty(actual, name)];
    const at = { text: `${place.text}/${escapeSegment(name)}`, view: place.view?.property(name) };
    if (expected === undefined || isRedacted(expected)) return [];
    if (found !== undefined)
      return compareExactly(comparison, { recorded: expected, actual: found, place: at }, `the ${name} of the ${what}`);
    return comparison.assumed
      ? []
      : [difference(at.text, comparison.correspondence.json(expected), undefined, `the ${name} of the ${what}`)];
  });
}

function compareValue(comparison: ItemComparison, pair: PropertyPair & ValuePair): readonly Difference[] {
  const { recorded, actual, sent, defaults } = pair;
  const isUntouchedDefault = sent === undefined && !comparison.assumed && isDefault(defaults, recorded);
  if (isUntouchedDefault) return compareExactly(comparison, pair, 'the default');
  if (isObject(recorded) && isObject(actual)) return compareObjects(comparison, { ...pair, recorded, actual });
  return isSet(sent) ? compareSent(comparison, pair, sent) : [];
}

/** Whether a request sets a value. Null removes one, and the service then chooses. */
function isSet(sent: Json | undefined): sent is Json {
  return sent !== undefined && sent !== null;
}

/** Compares a value that was sent; lists in order, unless they are sets. */
function compareSent(comparison: ItemComparison, pair: ValuePair, sent: Json): readonly Difference[] {
  const { recorded, actual, place } = pair;
  if (isRedacted(recorded)) return [];
  if (!Array.isArray(recorded) || !Array.isArray(actual)) return compareExactly(comparison, pair, 'as sent');
  const entries: readonly Json[] = actual;
  if (place.view?.isSet === true && recorded.every((entry: Json) => typeof entry !== 'object')) {
    // Ids sort differently at the target, so they are translated first.
    const expected = comparison.correspondence.json(recorded);
    const sorted = [expected, entries].map((list) => (Array.isArray(list) ? list.map(String).sort() : list));
    return isDeepStrictEqual(sorted[0], sorted[1]) ? [] : [difference(place.text, expected, actual, 'as sent')];
  }
  if (recorded.length !== entries.length) return compareExactly(comparison, pair, 'as sent');
  return recorded.flatMap((entry: Json, index): readonly Difference[] => {
    const inside = { text: `${place.text}/${index}`, view: place.view?.items() };
    const other = entries[index] ?? null;
    const sentEntry: Json = Array.isArray(sent) ? (sent[index] ?? entry) : entry;
    return isObject(entry) && isObject(other)
      ? compareObjects(comparison, { recorded: entry, actual: other, place: inside, sent: sentEntry })
      : compareSent(comparison, { recorded: entry, actual: other, place: inside }, sentEntry);
  });
}

function isDefault(defaults: SchemaView | undefined, recorded: Json | undefined): boolean {
  return defaults?.default !== undefined && isDeepStrictEqual(defaults.default, recorded);
}

/** Texts that are long enough to be significant. */
function significantTexts(value: Json | undefined): readonly string[] {
  return textsIn(value).filter((text) => text.length >= 4);
}

function isSentIn(sent: JsonObject, properties: readonly string[]): boolean {
  return properties.some((name) => ownProperty(sent, name) !== undefined);
}
