import type { Contract, Encoding, Json, MediaType, PartEncodings, Schema } from '../contract.js';
import { isObject } from '../pointer.js';
import { mergedSchema } from '../schema/merged-schema.js';

/** Bodies that are lists of parts: `multipart/mixed` and others, whose parts have no names. @see OpenAPI 3.2, section 4.15.4 */

/** Whether a media type is of several parts, of which none needs a name. */
export function isOfParts(type: string): boolean {
  return /^multipart\/(?!form-data\b|\*)/i.test(type);
}

/** How the part at an index is written. */
export function partEncoding({ prefix, items }: PartEncodings, index: number): Encoding | undefined {
  return prefix[index] ?? items;
}

/** The schema of the part at an index. */
export function partSchema(contract: Contract, { schema }: MediaType, index: number): Schema {
  const { prefixItems, items } = mergedSchema(contract, schema);
  const own: Json | undefined = Array.isArray(prefixItems) ? prefixItems[index] : undefined;
  return isObject(own) ? own : isObject(items) ? items : {};
}

/** The content type of a part: as the document says, else by the value. */
export function partType(encoding: Encoding | undefined, value: Json): string {
  const types = (encoding?.contentType ?? '').split(',').map((type) => type.trim());
  const usual = typeof value === 'object' && value !== null ? 'application/json' : 'text/plain';
  return types.find((type) => type !== '' && !type.includes('*')) ?? usual;
}

/** A multipart body. @see RFC 2046, section 5.1.1 */
export function writeParts(parts: PartEncodings, value: Json, boundary: string): string {
  const values: readonly Json[] = Array.isArray(value) ? value : [value];
  const texts = values.map((each, index) => {
    const type = partType(partEncoding(parts, index), each);
    const text = typeof each === 'string' && !/[/+]json\b/i.test(type) ? each : JSON.stringify(each);
    return `--${boundary}\r\nContent-Type: ${type}\r\n\r\n${text}\r\n`;
  });
  return `${texts.join('')}--${boundary}--\r\n`;
}
