import type { Json } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';

type Path = readonly string[];

/** Every value inside a document, by its path, the document itself not included. */
export function placesIn(value: Json, path: Path = []): readonly { readonly path: Path; readonly value: Json }[] {
  const children = Array.isArray(value) ? [...value.entries()] : isObject(value) ? Object.entries(value) : [];
  const nested = children.flatMap(([name, child]) => placesIn(child, [...path, String(name)]));
  return path.length === 0 ? nested : [{ path, value }, ...nested];
}

/** A document with the value at a path replaced. */
export function replacedAt(value: Json, [step, ...rest]: Path, by: Json): Json {
  if (step === undefined) return by;
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === step ? replacedAt(item, rest, by) : item));
  const object = isObject(value) ? value : {};
  return { ...object, [step]: replacedAt(object[step] ?? {}, rest, by) };
}
