import type { Contract, Json, Schema } from '../../../contract/contract.js';
import { surelyFits } from './sure-formats.js';

/** Checks the texts of one property of a list's items, most of them without making a string. */
export interface PropertyCheck {
  readonly name: string;
  /** The name in quotes, as bytes. */
  readonly quoted: Uint8Array;
  /** Whether a string of plain ASCII, from `start` to `end`, is valid; false if that takes a closer look. */
  readonly isSurelyValid: (bytes: Uint8Array, start: number, end: number) => boolean;
  /** Whether a value is valid. */
  readonly isValid: (value: Json) => boolean;
}

/** Keywords that refuse no value; `x-` keywords do not either. */
const ANNOTATIONS: ReadonlySet<string> = new Set([
  'title',
  'description',
  'default',
  'example',
  'examples',
  'deprecated',
  'readOnly',
  'writeOnly',
  '$comment',
  'externalDocs',
]);

const CHECKED: ReadonlySet<string> = new Set(['type', 'minLength', 'maxLength', 'format']);

export function propertyCheck(
  contract: Contract,
  name: string,
  { schema, isValid }: { readonly schema: Schema; readonly isValid: (value: Json) => boolean },
): PropertyCheck {
  return { name, quoted: Buffer.from(JSON.stringify(name)), isSurelyValid: sureCheck(contract, schema), isValid };
}

/** A check by the keywords that bytes can be compared with, if the schema has no others. */
function sureCheck(contract: Contract, schema: Schema): PropertyCheck['isSurelyValid'] {
  const resolved = contract.resolve(schema);
  const { type, format, minLength = 0, maxLength = Number.POSITIVE_INFINITY } = resolved;
  const isSimple =
    Object.keys(schema).every((keyword) => keyword === '$ref' || isKnown(keyword)) &&
    Object.keys(resolved).every(isKnown) &&
    (type === undefined || type === 'string' || (Array.isArray(type) && type.includes('string'))) &&
    typeof minLength === 'number' &&
    typeof maxLength === 'number';
  if (!isSimple) return never;
  const fits = format === undefined ? undefined : surelyFits(String(format));
  if (format !== undefined && fits === undefined) return never;
  return (bytes, start, end) =>
    end - start >= minLength && end - start <= maxLength && (fits === undefined || fits(bytes, start, end));
}

function isKnown(keyword: string): boolean {
  return CHECKED.has(keyword) || ANNOTATIONS.has(keyword) || keyword.startsWith('x-');
}

function never(): boolean {
  return false;
}
