import type { Json, MediaType, Operation } from '../contract.js';
import { isNestedTooDeep } from '../load/json-text.js';
import { isSequential } from './media-type.js';

/** How protoc-gen-openapiv2 describes what a gateway of gRPC sends: the schema of one value, and that there are several. */
const STREAM_TITLE = /^Stream result of /;

/** Whether a body is described as a sequence of values. */
export function isStream({ type, schema, itemSchema }: MediaType): boolean {
  const title = typeof schema === 'object' ? schema.title : undefined;
  return isSequential(type) || itemSchema !== undefined || (typeof title === 'string' && STREAM_TITLE.test(title));
}

/** Whether a success is a sequence of values, which may not end. */
export function answersWithStream({ responses }: Operation): boolean {
  return responses.some(({ status, content }) => status.startsWith('2') && content.some(isStream));
}

/** The values of a body with one in each line; undefined if a line is not JSON. */
export function valuesOfLines(text: string): readonly Json[] | undefined {
  if (isNestedTooDeep(text)) return undefined;
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  try {
    return lines.map((line): Json => JSON.parse(line));
  } catch {
    return undefined;
  }
}
