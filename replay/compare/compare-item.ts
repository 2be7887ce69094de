import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject, Resource, ValueRole } from '../../contract/contract.js';
import { escapeSegment, isObject } from '../../contract/pointer.js';
import { isRedacted } from '../judge/redacted.js';
import type { SchemaView } from '../judge/schema-view.js';
import type { Correspondence } from './correspondence.js';
import { type Difference, difference } from './difference.js';

/** What is known of an item that is compared. */
export interface ItemContext {
  readonly correspondence: Correspondence;
  /** Times of the target by what they are times of. */
  readonly times: Map<string, string>;
  /** The resource, where the item is one of a resource. */
  readonly resource?: Resource;
  /** What names the item, as recorded, where it shows that. */
  readonly id?: string;
  /** All that requests said of the item so far, laid over each other, as recorded. */
  readonly sent?: Json;
  /** What the contract says is the value of what a creation leaves out. */
  readonly defaults: SchemaView;
  /** What the contract says of the resource itself, where the item is seen in a listing of something else. */
  readonly own?: SchemaView;
  /** Its values were made up where the recording did not tell them: only what was sent is determined. */
  readonly assumed: boolean;
  /** Compares a set of a relation that is shown inside the item. */
  readonly set: (
    relation: string,
    recorded: readonly Json[],
    actual: readonly Json[],
    place: Place,
  ) => readonly Difference[];
}

/** Where we are, for the report, and what the contract says of it. */
export interface Place {
  readonly text: string;
  readonly view: SchemaView | undefined;
}

/**
 * Compares an item as recorded with the item as the target shows it. What was sent is to come back; ids and times stand
 * for each other one to one; what the contract derives, joins or defaults is to be the same; all else is for the target
 * to choose, and only its form is the contract's, which is judged elsewhere.
 */
export function compareItem(
  context: ItemContext,
  recorded: JsonObject,
  actual: JsonObject,
  place: Place,
): readonly Difference[] {
  const sentTexts = context.assumed ? [] : textsIn(context.sent);
  return compareObjects(
    {
      ...context,
      root: place,
      texts: new Set([...sentTexts, ...sentTexts.map((text) => context.correspondence.text(text))]),
    },
    recorded,
    actual,
    place,
    context.sent,
    context.defaults,
  );
}

interface Walk extends ItemContext {
  /** The item itself. */
  readonly root: Place;
  /** Texts that were sent, as recorded and as the target was told them. */
  readonly texts: ReadonlySet<string>;
}

function compareObjects(
  walk: Walk,
  recorded: JsonObject,
  actual: JsonObject,
  place: Place,
  sent: Json | undefined,
  defaults: SchemaView | undefined,
): readonly Difference[] {
  const names = [...new Set([...Object.keys(recorded), ...Object.keys(actual)])];
  return names.flatMap((name) => {
    const inner: Inner = {
      name,
      recorded: own(recorded, name),
      actual: own(actual, name),
      place: { text: `${place.text}/${escapeSegment(name)}`, view: place.view?.property(name) },
      sent: isObject(sent) ? own(sent, name) : undefined,
      defaults: defaults?.property(name),
      required: place.view?.required.has(name) ?? false,
      role: roleOf(walk, place, name),
    };
    if (inner.recorded === undefined) return compareAbsent(inner);
    if (inner.actual === undefined) return compareMissing(walk, inner);
    return compareProperty(walk, inner, inner.recorded, inner.actual);
  });
}

interface Inner {
  readonly name: string;
  readonly recorded: Json | undefined;
  readonly actual: Json | undefined;
  readonly place: Place;
  readonly sent: Json | undefined;
  readonly defaults: SchemaView | undefined;
  readonly required: boolean;
  readonly role: ValueRole | undefined;
}

/** The role of a property: what the answer says, or at the top of an item the resource's own schema. */
function roleOf({ own: resource, root }: Walk, place: Place, name: string): ValueRole | undefined {
  const view = place.view?.property(name);
  if (view === undefined) return undefined;
  return view.role ?? (place === root ? resource?.property(name)?.role : undefined);
}

/** The target shows a property that was not recorded: wrong if it was sent, for then it was left out on purpose. */
function compareAbsent({ sent, place, role, actual }: Inner): readonly Difference[] {
  if (sent === undefined || role?.kind === 'relation') return [];
  return [difference(place.text, undefined, actual, 'it was sent, and the recorded answer does not show it')];
}

/** The target lacks a property that was recorded. */
function compareMissing(walk: Walk, { sent, place, recorded, defaults, required, role }: Inner): readonly Difference[] {
  const expected = recorded === undefined ? undefined : walk.correspondence.json(recorded);
  const { view } = place;
  if (sent !== undefined) return [difference(place.text, expected, undefined, 'it was sent')];
  if (view === undefined || (walk.assumed && !required)) return [];
  if (required) return [difference(place.text, expected, undefined, 'the contract requires it')];
  if (role !== undefined) return [difference(place.text, expected, undefined, 'the contract says where it comes from')];
  return isDefault(defaults, recorded) ? [difference(place.text, expected, undefined, 'it is the default')] : [];
}

function compareProperty(walk: Walk, inner: Inner, recorded: Json, actual: Json): readonly Difference[] {
  if (isRedacted(recorded)) return [];
  const { place, name, role } = inner;
  if (name === walk.resource?.key || role?.kind === 'id') return compareName(walk, recorded, actual, place);
  switch (role?.kind) {
    case 'created-at':
      return compareTime(walk, recorded, actual, place);
    case 'updated-at':
      return [];
    case 'relation':
      return Array.isArray(recorded) && Array.isArray(actual)
        ? walk.set(role.relation, recorded, actual, place)
        : compareExactly(walk, recorded, actual, place, 'the contract says that it is a set');
    case 'hook':
      return compareDerived(walk, recorded, actual, place);
    case 'of':
      return compareExactly(walk, recorded, actual, place, `it is the ${role.property} of the ${role.resource}`);
    case 'default':
      return isObject(walk.sent) && (own(walk.sent, role.property) !== undefined || inner.sent !== undefined)
        ? compareExactly(walk, recorded, actual, place, `it was sent, as itself or as ${role.property}`)
        : [];
    default:
      return compareValue(walk, inner, recorded, actual);
  }
}

function compareValue(walk: Walk, inner: Inner, recorded: Json, actual: Json): readonly Difference[] {
  const { place, sent, defaults } = inner;
  const isUntouchedDefault = sent === undefined && !walk.assumed && isDefault(defaults, recorded);
  if (isUntouchedDefault) return compareExactly(walk, recorded, actual, place, 'it is the default');
  if (isObject(recorded) && isObject(actual)) return compareObjects(walk, recorded, actual, place, sent, defaults);
  return sent === undefined ? [] : compareSent(walk, recorded, actual, place, sent);
}

/** A value that was sent: the same again; a list whose order means something in that order. */
function compareSent(walk: Walk, recorded: Json, actual: Json, place: Place, sent: Json): readonly Difference[] {
  if (!Array.isArray(recorded) || !Array.isArray(actual))
    return compareExactly(walk, recorded, actual, place, 'it was sent');
  const entries: readonly Json[] = actual;
  if (place.view?.isSet === true && recorded.every((entry: Json) => typeof entry !== 'object')) {
    return compareExactly(walk, [...recorded].sort(), [...entries].sort(), place, 'it was sent');
  }
  if (recorded.length !== entries.length) return compareExactly(walk, recorded, actual, place, 'it was sent');
  return recorded.flatMap((entry: Json, index): readonly Difference[] => {
    const inside = { text: `${place.text}/${index}`, view: place.view?.items() };
    const other = entries[index] ?? null;
    const told: Json = Array.isArray(sent) ? (sent[index] ?? entry) : entry;
    return isObject(entry) && isObject(other)
      ? compareObjects(walk, entry, other, inside, told, undefined)
      : compareSent(walk, entry, other, inside, told);
  });
}

/** Names stand for each other one to one: the same recorded name is the same name of the target, always. */
function compareName(walk: Walk, recorded: Json, actual: Json, place: Place): readonly Difference[] {
  const { correspondence } = walk;
  if (typeof recorded !== 'string' || typeof actual !== 'string') {
    return compareExactly(walk, recorded, actual, place, 'it is a name');
  }
  const known = correspondence.actualOf(recorded);
  if (known === actual) return [];
  if (known !== undefined) return [difference(place.text, known, actual, `it stands for the recorded ${recorded}`)];
  const other = correspondence.recordedOf(actual);
  if (other !== undefined && other !== recorded) {
    return [difference(place.text, `another than ${actual}`, actual, `that stands for the recorded ${other}`)];
  }
  correspondence.learn(recorded, actual);
  return [];
}

/** Something is created once: whenever the recording shows the same time of it, the target is to. */
function compareTime(walk: Walk, recorded: Json, actual: Json, place: Place): readonly Difference[] {
  if (typeof recorded !== 'string' || typeof actual !== 'string' || walk.id === undefined) return [];
  const name = JSON.stringify([walk.resource?.name ?? '', walk.id, place.text.split('/').at(-1) ?? '', recorded]);
  const known = walk.times.get(name);
  if (known === undefined) walk.times.set(name, actual);
  return known === undefined || known === actual
    ? []
    : [difference(place.text, known, actual, 'the recorded answers show the same time of it again')];
}

/** What the provider's own code derives: names and values that were sent are to show in it; the rest is its choice. */
function compareDerived(walk: Walk, recorded: Json, actual: Json, place: Place): readonly Difference[] {
  if (isRedacted(recorded)) return [];
  if (isObject(recorded) && isObject(actual)) {
    return Object.entries(recorded).flatMap(([name, value]) => {
      const other = own(actual, name);
      const inside = { text: `${place.text}/${escapeSegment(name)}`, view: place.view?.property(name) };
      return other === undefined ? [] : compareDerived(walk, value, other, inside);
    });
  }
  if (Array.isArray(recorded) && Array.isArray(actual)) {
    const entries: readonly Json[] = actual;
    if (recorded.length !== entries.length && !walk.assumed) {
      return compareExactly(walk, recorded, actual, place, 'it follows from what was done');
    }
    return recorded.flatMap((entry: Json, index): readonly Difference[] => {
      const other = entries[index];
      return other === undefined
        ? []
        : compareDerived(walk, entry, other, { text: `${place.text}/${index}`, view: place.view?.items() });
    });
  }
  if (typeof recorded !== 'string' || typeof actual !== 'string') {
    const isOtherType = typeof recorded !== typeof actual && recorded !== null && actual !== null;
    return isOtherType && !walk.assumed ? compareExactly(walk, recorded, actual, place, 'it is of another type') : [];
  }
  const means = walk.correspondence.isName(recorded, actual);
  const wasSent = walk.texts.has(recorded) || walk.texts.has(actual);
  return means || wasSent ? compareExactly(walk, recorded, actual, place, 'it shows what was sent') : [];
}

function compareExactly(
  walk: Walk,
  recorded: Json,
  actual: Json,
  place: Place,
  because: string,
): readonly Difference[] {
  if (walk.correspondence.isSame(recorded, actual)) return [];
  return [difference(place.text, walk.correspondence.json(recorded), actual, because)];
}

function isDefault(defaults: SchemaView | undefined, recorded: Json | undefined): boolean {
  return defaults?.default !== undefined && recorded !== undefined && isDeepStrictEqual(defaults.default, recorded);
}

/** Texts long enough not to be there by chance. */
function textsIn(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return value.length >= 4 ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((entry: Json) => textsIn(entry));
  return isObject(value) ? Object.values(value).flatMap(textsIn) : [];
}

function own(value: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}
