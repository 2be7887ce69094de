import { isDeepStrictEqual } from 'node:util';
import type { Contract, Json, Operation, Pointer } from '../../contract/contract.js';
import { getPointer, isObject, joinPointer } from '../../contract/pointer.js';
import { type Finding, finding } from '../change.js';
import { expansion } from '../schema/compare.js';

/** Words for readers, which decide nothing. */
const WORDS = ['title', 'summary', 'description', 'example', 'examples'];

/** Compares what is sent to callers without their asking: whether it is there, and whether it is the same. */
export function compareWebhooks(before: Contract, after: Contract): readonly Finding[] {
  return compareSent(before, after, { noun: 'webhook', from: '/webhooks', to: '/webhooks' });
}

/** Compares what an operation has sent to an address that its caller names. */
export function compareCallbacks(
  { before: old, after: now }: { readonly before: Contract; readonly after: Contract },
  before: Operation,
  after: Operation,
): readonly Finding[] {
  const places = { from: `${before.pointer}/callbacks`, to: `${after.pointer}/callbacks` };
  return compareSent(old, now, { noun: 'callback', ...places });
}

function compareSent(
  before: Contract,
  after: Contract,
  { noun, from, to }: { readonly noun: 'webhook' | 'callback'; readonly from: Pointer; readonly to: Pointer },
): readonly Finding[] {
  const [old, now] = [entriesAt(before, from), entriesAt(after, to)];
  if (old.size === 0 && now.size === 0) return [];
  const plain = { before: plainly(before), after: plainly(after) };
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((name): readonly Finding[] => {
    const [was, is] = [old.get(name), now.get(name)];
    if (is === undefined) return [finding(`${noun}-removed`, joinPointer(from, name), `${noun} "${name}" is gone`)];
    const place = joinPointer(to, name);
    if (was === undefined) return [finding(`${noun}-added`, place, `${noun} "${name}" is new`)];
    return isDeepStrictEqual(plain.before(was), plain.after(is))
      ? []
      : [finding(`${noun}-changed`, place, `what ${noun} "${name}" sends or expects changed`)];
  });
}

function entriesAt({ document }: Contract, pointer: Pointer): ReadonlyMap<string, Json> {
  const found = getPointer(document, pointer);
  return new Map(isObject(found) ? Object.entries(found).filter(([name]) => !name.startsWith('x-')) : []);
}

/** A value with its references followed, and without words. */
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
