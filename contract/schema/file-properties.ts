import type { Schema } from '../contract.js';
import { listOr, objectOr } from '../json/json-value.js';

/**
 * The properties of a multipart body whose value, or whose entries, are files.
 *
 * @param follow - what a schema with a `$ref` leads to
 */
export function fileProperties(
  schema: Schema,
  follow: (schema: Schema) => Schema,
  seen: ReadonlySet<Schema> = new Set(),
): readonly string[] {
  const { properties, allOf } = follow(schema);
  const own = Object.entries(objectOr(properties)).flatMap(([name, property]) => {
    const value = follow(objectOr(property));
    return isFile(value) || isFile(follow(objectOr(value.items))) ? [name] : [];
  });
  const parts = listOr(allOf)
    .map(objectOr)
    .filter((part) => !seen.has(part));
  return [...own, ...parts.flatMap((part) => fileProperties(part, follow, new Set([...seen, part])))];
}

/** @see OpenAPI 3.1, section 4.4.2 (`contentMediaType`), and 3.0, section 4.7.14.2 (`format: binary`) */
function isFile({ type, format, contentMediaType, contentEncoding }: Schema): boolean {
  const isText = type === 'string' || type === undefined;
  return isText && (format === 'binary' || (contentMediaType !== undefined && contentEncoding === undefined));
}
