import type { Json, Pointer } from '../../contract/contract.js';
import { isObject, splitPointer } from '../../contract/pointer.js';

/** One change to a JSON value, as data. The empty pointer is the whole value. */
export type JsonEdit =
  | {
      readonly kind: 'set';
      readonly pointer: Pointer | '';
      readonly value: Json;
    }
  | { readonly kind: 'remove'; readonly pointer: Pointer };

/**
 * A copy with the change. Missing objects on the way to the place are created; an edit inside a scalar replaces it with
 * an object.
 */
export function editJson(value: Json, edit: JsonEdit): Json {
  return editAt(value, splitPointer(edit.pointer), edit);
}

function editAt(value: Json | undefined, segments: readonly string[], edit: JsonEdit): Json {
  const [segment, ...rest] = segments;
  if (segment === undefined) return edit.kind === 'set' ? edit.value : (value ?? null);
  const removesHere = edit.kind === 'remove' && rest.length === 0;
  if (Array.isArray(value)) {
    const index = Number(segment);
    if (removesHere) return value.toSpliced(index, 1);
    const copy: Json[] = [...value];
    copy[index] = editAt(copy[index], rest, edit);
    return copy;
  }
  const { [segment]: current, ...others } = isObject(value) ? value : {};
  return removesHere ? others : { ...others, [segment]: editAt(current, rest, edit) };
}
