import type { Effect, EffectKind, Json, JsonObject, Pointer } from '../contract.js';
import { isObject, joinPointer } from '../pointer.js';

const KINDS: readonly EffectKind[] = ['create', 'read', 'update', 'delete', 'list', 'add', 'remove', 'hook'];

/**
 * `x-effect` of an operation.
 * @param isResource - tells resources from relations: both can be listed with a side in the path
 */
export function readEffect(
  operation: JsonObject,
  pointer: Pointer,
  isResource: (name: string) => boolean,
): Effect | undefined {
  const value = operation['x-effect'];
  if (!isObject(value)) return undefined;
  const kind = KINDS.find((name) => typeof value[name] === 'string');
  if (kind === undefined) return undefined;
  return {
    kind,
    target: String(value[kind]),
    on: targetOf(kind, value, isResource),
    of: record(value.of),
    query: Object.fromEntries(
      Object.entries(isObject(value.query) ? value.query : {}).map(([side, named]) => [
        side,
        isObject(named) ? record(named) : String(named),
      ]),
    ),
    each: record(value.each),
    ...(typeof value.by === 'string' ? { by: value.by } : {}),
    ...(typeof value.as === 'string' ? { as: value.as } : {}),
    ...(value.next === 'until-short' || value.next === 'until-empty' ? { next: value.next } : {}),
    unknownSucceeds: Object.keys(record(value.unknown)),
    consistency: value.consistency === 'eventual' ? 'eventual' : 'immediate',
    pointer: joinPointer(pointer, 'x-effect'),
  };
}

function targetOf(kind: EffectKind, value: JsonObject, isResource: (name: string) => boolean): Effect['on'] {
  if (kind === 'hook') return 'hook';
  if (kind === 'add' || kind === 'remove') return 'relation';
  return kind === 'list' && isObject(value.of) && !isResource(String(value.list)) ? 'relation' : 'resource';
}

function record(value: Json | undefined): Readonly<Record<string, string>> {
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, String(entry)])) : {};
}
