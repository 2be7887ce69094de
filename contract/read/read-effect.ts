import type { Effect, EffectKind, Json, JsonObject, Pointer } from '../contract.js';
import { isObject, joinPointer } from '../pointer.js';

const KINDS: readonly EffectKind[] = ['create', 'read', 'update', 'delete', 'list', 'add', 'remove', 'hook'];

/**
 * `x-effect` of an operation.
 * @param kindOf - distinguishes relations from resources: both can be listed, read and updated
 */
export function readEffect(
  operation: JsonObject,
  pointer: Pointer,
  kindOf: (name: string) => 'resource' | 'relation' | undefined,
): Effect | undefined {
  const value = operation['x-effect'];
  if (!isObject(value)) return undefined;
  const kind = KINDS.find((name) => typeof value[name] === 'string');
  if (kind === undefined) return undefined;
  return {
    kind,
    target: String(value[kind]),
    on: targetOf(kind, value, kindOf),
    of: record(value.of),
    query: Object.fromEntries(
      Object.entries(isObject(value.query) ? value.query : {}).map(([side, named]) => [
        side,
        isObject(named) ? record(named) : String(named),
      ]),
    ),
    each: record(value.each),
    ...(typeof value.flag === 'string' ? { flag: value.flag } : {}),
    ...(typeof value.by === 'string' ? { by: value.by } : {}),
    ...(typeof value.renew === 'string' ? { renew: value.renew } : {}),
    ...(typeof value.as === 'string' ? { as: value.as } : {}),
    ...(typeof value.within === 'string' ? { within: value.within } : {}),
    ...(value.next === 'until-short' || value.next === 'until-empty' ? { next: value.next } : {}),
    unknownSucceeds: Object.keys(record(value.unknown)),
    consistency: value.consistency === 'eventual' ? 'eventual' : 'immediate',
    pointer: joinPointer(pointer, 'x-effect'),
  };
}

/** The resources that a path names, of an operation whose effect is not known: what is derived has them. */
export function readNames(operation: JsonObject): Readonly<Record<string, string>> | undefined {
  const value = operation['x-effect'];
  const hasKind = isObject(value) && KINDS.some((name) => typeof value[name] === 'string');
  return isObject(value) && isObject(value.of) && !hasKind ? record(value.of) : undefined;
}

function targetOf(
  kind: EffectKind,
  value: JsonObject,
  kindOf: (name: string) => 'resource' | 'relation' | undefined,
): Effect['on'] {
  if (kind === 'hook') return 'hook';
  if (kind === 'add' || kind === 'remove') return 'relation';
  const named = kindOf(String(value[kind]));
  if (kind === 'list') return isObject(value.of) && named !== 'resource' ? 'relation' : 'resource';
  return (kind === 'read' || kind === 'update') && named === 'relation' ? 'relation' : 'resource';
}

function record(value: Json | undefined): Readonly<Record<string, string>> {
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, String(entry)])) : {};
}
