import type { JsonObject } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';

/** A longer text is not a key. */
const LONGEST_NAME = 100;

/** How an answer names the items that it shows: one, also inside an object, a list, or the lists of an object. */
export function namesIn(json: unknown): readonly string[] {
  if (Array.isArray(json)) return json.flatMap(namesIn);
  if (!isObject(json)) return [];
  const key = ['id', 'uuid', 'name'].map((name) => json[name]).find((value) => isName(value));
  if (key !== undefined) return [String(key)];
  const [inside, ...others] = Object.values(json).filter(isObject);
  const lists = Object.values(json).filter(Array.isArray).flatMap(namesIn);
  // Of several objects, some are what was there before, such as the owner.
  const names = inside === undefined || others.length > 0 ? lists : [...namesIn(inside), ...lists];
  const ids = ownIds(json);
  return names.length === 0 && ids.length === 1 ? ids : names;
}

const ID = /^_?(id|uuid|guid)$|[a-z](Id|ID|_id)$/;
/** Beginnings of names of ids that are of the request itself, or of what it is sent to. */
const SURROUNDING = /^(request|trace|correlation|span|tenant|client|server|instance|node|cluster)/i;

/** Names of lists of new items, as an answer to a change of many has them. */
const NEW = /^(created|added|inserted)/i;

/** The ids of what an answer shows, but for lists: those are of a search, unless their name says that it is new. */
export function idsIn(json: unknown): readonly string[] {
  if (!isObject(json)) return [];
  const inside = Object.entries(json).flatMap(([name, value]) => {
    if (isObject(value)) return idsIn(value);
    return Array.isArray(value) && NEW.test(name) ? value.filter(isObject).flatMap(ownIds) : [];
  });
  return [...ownIds(json), ...inside];
}

function ownIds(json: JsonObject): readonly string[] {
  return Object.entries(json).flatMap(([name, value]) =>
    ID.test(name) && !SURROUNDING.test(name) && isName(value) ? [String(value)] : [],
  );
}

function isName(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && value !== '' && value.length <= LONGEST_NAME);
}
