import type { JsonObject } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';

/** A document as JSON, in parts. */
export interface DocumentText {
  /** The path items, by path. */
  readonly items: ReadonlyMap<string, string>;
  readonly info: string;
  /** Everything else. */
  readonly rest: string;
}

/** The text of a document. It is made once: a document stays as it is, and one with millions of characters takes long. */
export function textOf(document: JsonObject): DocumentText {
  const text = known.get(document) ?? write(document);
  known.set(document, text);
  return text;
}

const known = new WeakMap<JsonObject, DocumentText>();

function write(document: JsonObject): DocumentText {
  const { paths, info = {}, ...rest } = document;
  // Paths of another kind are a fault that is found later.
  const items = isObject(paths) ? Object.entries(paths) : [];
  return {
    items: new Map(items.map(([path, item]) => [path, JSON.stringify(item)])),
    info: JSON.stringify(info),
    rest: JSON.stringify(items.length > 0 || paths === undefined ? rest : { ...rest, paths }),
  };
}

/** A whole document as JSON, except its `info`. */
export function withoutInfo({ items, rest }: DocumentText): string {
  const paths = [...items].map(([path, item]) => `${JSON.stringify(path)}:${item}`);
  const members = [paths.length > 0 ? `"paths":{${paths.join(',')}}` : '', rest.slice(1, -1)];
  return `{${members.filter((text) => text !== '').join(',')}}`;
}
