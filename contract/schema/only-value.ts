import type { Json, Schema } from '../contract.js';

/** The only value that a schema allows, as far as the schema says so itself; undefined if it allows others. */
export function onlyValue({ const: only, enum: values }: Schema): Json | undefined {
  if (only !== undefined) return only;
  return Array.isArray(values) && values.length === 1 ? values[0] : undefined;
}
