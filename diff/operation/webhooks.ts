import { isDeepStrictEqual } from 'node:util';
import type { Contract, Json, Operation, Pointer } from '../../contract/contract.js';
import { getPointer, isObject, joinPointer } from '../../contract/pointer.js';
import { type Change, changeAt } from '../change.js';
import { expansion } from '../schema/compare.js';

/** Keywords with text for readers. */
const WORDS = ['title', 'summary', 'description', 'example', 'examples'];

/** Compares webhooks: whether they exist and are equal. */
export function compareWebhooks(before: Contract, after: Contract): readonly Change[] {
  return compareEntries(before, after, { noun: 'webhook', from: '/webhooks', to: '/webhooks' });
}

/** Compares the callbacks of an operation. */
export function compareCallbacks(
  { before: old, after: now }: { readonly before: Contract; readonly after: Contract },
  before: Operation,
  after: Operation,
): readonly Change[] {
  const places = { from: `${before.pointer}/callbacks`, to: `${after.pointer}/callbacks` };
  return compareEntries(old, now, { noun: 'callback', ...places });
}

function compareEntries(
  before: Contract,
  after: Contract,
  { noun, from, to }: { readonly noun: 'webhook' | 'callback'; readonly from: Pointer; readonly to: Pointer },
): readonly Change[] {
  const [old, now] = [entriesAt(before, from), entriesAt(after, to)];
  if (old.size === 0 && now.size === 0) return [];
  const plain = { before: plainly(before), after: plainly(after) };
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((name): readonly Change[] => {
    const [was, is] = [old.get(name), now.get(name)];
    if (is === undefined)
      return [changeAt(`${noun}-removed`, joinPointer(from, name), `${noun} "${name}" was removed`)];
    const place = joinPointer(to, name);
    if (was === undefined) return [changeAt(`${noun}-added`, place, `${noun} "${name}" was added`)];
    return isDeepStrictEqual(plain.before(was), plain.after(is))
      ? []
      : [changeAt(`${noun}-changed`, place, `${noun} "${name}" changed`)];
  });
}

function entriesAt({ document }: Contract, pointer: Pointer): ReadonlyMap<string, Json> {
  const found = getPointer(document, pointer);
  return new Map(isObject(found) ? Object.entries(found).filter(([name]) => !name.startsWith('x-')) : []);
}

/** A value with its references resolved and without texts for readers. */
function plainly({ document }: Contract): (value: Json) => Json {
  const expand = expansion(document);
  const strip = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(strip);
    if (!isObject(value)) return value;
    const kept = Object.entries(value).filter(([name, entry]) => !WORDS.includes(name) || isObject(entry));
    return Object.fromEntries(kept.map(([name, entry]) => [name, strip(entry)]));
  };
  return (value) => strip(expand(value));
}
