import type { Json } from '../../contract/contract.js';
import { escapeSegment, isObject } from '../../contract/pointer.js';
import { isRedacted } from '../judge/redacted.js';
import { type Difference, difference } from './difference.js';
import type { ItemComparison, ValuePair } from './item-context.js';

/** Compares values that must be equal after mapping ids. */
export function compareExactly(
  { correspondence }: ItemComparison,
  { recorded, actual, place }: ValuePair,
  because: string,
): readonly Difference[] {
  if (correspondence.isSame(recorded, actual)) return [];
  return [difference(place.text, correspondence.json(recorded), actual, because)];
}

/** Compares ids, which correspond one to one. */
export function compareId(comparison: ItemComparison, pair: ValuePair): readonly Difference[] {
  const { correspondence } = comparison;
  const { recorded, actual, place } = pair;
  if (typeof recorded !== 'string' || typeof actual !== 'string') return compareExactly(comparison, pair, 'an id');
  const known = correspondence.actualOf(recorded);
  if (known === actual) return [];
  if (known !== undefined) return [difference(place.text, known, actual, `corresponds to the recorded ${recorded}`)];
  const other = correspondence.recordedOf(actual);
  if (other !== undefined && other !== recorded) {
    const because = `${actual} corresponds to the recorded ${other}`;
    return [difference(place.text, `a value other than ${actual}`, actual, because)];
  }
  correspondence.learn(recorded, actual);
  return [];
}

/** Compares creation times: where recorded times of an item are equal, the target's must be too. */
export function compareTime(comparison: ItemComparison, { recorded, actual, place }: ValuePair): readonly Difference[] {
  const { id, resource, times } = comparison;
  if (typeof recorded !== 'string' || typeof actual !== 'string' || id === undefined) return [];
  const name = JSON.stringify([resource?.name ?? '', id, place.text.split('/').at(-1) ?? '', recorded]);
  const known = times.get(name);
  if (known === undefined) times.set(name, actual);
  return known === undefined || known === actual
    ? []
    : [difference(place.text, known, actual, 'the recorded time is the same as before')];
}

/** Compares values that provider code derives: ids and sent values in them must match, the rest is free. */
export function compareDerived(comparison: ItemComparison, pair: ValuePair): readonly Difference[] {
  const { recorded, actual, place } = pair;
  if (isRedacted(recorded)) return [];
  if (isObject(recorded) && isObject(actual)) {
    return Object.entries(recorded).flatMap(([name, value]) => {
      const other = Object.hasOwn(actual, name) ? actual[name] : undefined;
      const inside = { text: `${place.text}/${escapeSegment(name)}`, view: place.view?.property(name) };
      return other === undefined ? [] : compareDerived(comparison, { recorded: value, actual: other, place: inside });
    });
  }
  if (Array.isArray(recorded) && Array.isArray(actual)) {
    const entries: readonly Json[] = actual;
    if (recorded.length !== entries.length && !comparison.assumed) {
      return compareExactly(comparison, pair, 'follows from earlier requests');
    }
    return recorded.flatMap((entry: Json, index): readonly Difference[] => {
      const other = entries[index];
      const inside = { text: `${place.text}/${index}`, view: place.view?.items() };
      return other === undefined ? [] : compareDerived(comparison, { recorded: entry, actual: other, place: inside });
    });
  }
  if (typeof recorded !== 'string' || typeof actual !== 'string') {
    const isOtherType = typeof recorded !== typeof actual && recorded !== null && actual !== null;
    return isOtherType && !comparison.assumed ? compareExactly(comparison, pair, 'another type') : [];
  }
  const isId = comparison.correspondence.isId(recorded, actual);
  const wasSent = comparison.texts.has(recorded) || comparison.texts.has(actual);
  return isId || wasSent ? compareExactly(comparison, pair, 'derived from what was sent') : [];
}
