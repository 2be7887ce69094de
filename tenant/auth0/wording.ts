import type { SchemaError } from '../../contract/schema/schema-validator.js';

/**
 * The messages of the service by JSON Schema keyword. The service validates with z-schema, whose messages appear in
 * recorded answers; unrecorded keywords have the messages of that library.
 */
const REASONS: Readonly<Record<string, (error: SchemaError) => string>> = {
  type: ({ params, data }) => `Expected type ${listed(params.type)} but found type ${typeOf(data)}`,
  required: ({ params }) => `Missing required property: ${params.missingProperty}`,
  additionalProperties: ({ params }) => `Additional properties not allowed: ${params.additionalProperty}`,
  unevaluatedProperties: ({ params }) => `Additional properties not allowed: ${params.unevaluatedProperty}`,
  uniqueItems: ({ params }) => `Array items are not unique (indexes ${params.i} and ${params.j})`,
  minItems: ({ params, data }) => `Array is too short (${sizeOf(data)}), minimum ${params.limit}`,
  maxItems: ({ params, data }) => `Array is too long (${sizeOf(data)}), maximum ${params.limit}`,
  minLength: ({ params, data }) => `String is too short (${sizeOf(data)} chars), minimum ${params.limit}`,
  maxLength: ({ params, data }) => `String is too long (${sizeOf(data)} chars), maximum ${params.limit}`,
  minimum: ({ params, data }) => `Value ${data} is less than minimum ${params.limit}`,
  maximum: ({ params, data }) => `Value ${data} is greater than maximum ${params.limit}`,
  exclusiveMinimum: ({ params, data }) => `Value ${data} is equal or less than exclusive minimum ${params.limit}`,
  exclusiveMaximum: ({ params, data }) => `Value ${data} is equal or greater than exclusive maximum ${params.limit}`,
  multipleOf: ({ params, data }) => `Value ${data} is not a multiple of ${params.multipleOf}`,
  minProperties: ({ params, data }) => `Too few properties defined (${sizeOf(data)}), minimum ${params.limit}`,
  maxProperties: ({ params, data }) => `Too many properties defined (${sizeOf(data)}), maximum ${params.limit}`,
  enum: ({ data }) => `No enum match for: ${textOf(data)}`,
  const: ({ data }) => `No enum match for: ${textOf(data)}`,
  pattern: ({ params, data }) => `String does not match pattern ${params.pattern}: ${textOf(data)}`,
  format: ({ params, data }) => `Object didn't pass validation for format ${params.format}: ${textOf(data)}`,
  oneOf: () => "Data does not match any schemas from 'oneOf'",
  anyOf: () => "Data does not match any schemas from 'anyOf'",
  not: () => "Data matches schema from 'not'",
};

/** The maximum length of a value in a message; longer ones are truncated. */
const MAX_VALUE_LENGTH = 100;

/** All reasons, joined as they appear after `Payload validation error: `. */
export function reasonsOf(errors: readonly SchemaError[]): string {
  const leading = errors.filter(({ keyword, schemaPath }) => !isInsideVariant(schemaPath, keyword));
  const texts = (leading.length > 0 ? leading : errors).map((error) => ({
    ...placeOf(error),
    reason: reasonOf(error),
  }));
  return `${mergeSurplus(texts)
    .map(({ reason, place }) => `'${reason}'${place}`)
    .join(' (also) ')}.`;
}

/** One reason, without its place. */
export function reasonOf(error: SchemaError): string {
  return REASONS[error.keyword]?.(error) ?? `Failed: ${error.keyword}`;
}

interface PlacedReason {
  readonly reason: string;
  readonly place: string;
}

/** Combines the additional properties of an object into one reason, the last property first (recorded). */
function mergeSurplus(texts: readonly PlacedReason[]): readonly PlacedReason[] {
  const prefix = 'Additional properties not allowed: ';
  const surplus = new Map<string, string[]>();
  for (const { reason, place } of texts) {
    if (reason.startsWith(prefix)) surplus.set(place, [reason.slice(prefix.length), ...(surplus.get(place) ?? [])]);
  }
  const written = new Set<string>();
  return texts.flatMap((text) => {
    if (!text.reason.startsWith(prefix)) return [text];
    if (written.has(text.place)) return [];
    written.add(text.place);
    return [{ reason: prefix + (surplus.get(text.place) ?? []).join(), place: text.place }];
  });
}

function placeOf({ instancePath, parentSchema }: SchemaError): { readonly place: string } {
  if (instancePath === '') return { place: '' };
  const path = instancePath
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce(
      (joined, token) =>
        /^[0-9]+$/.test(token) ? `${joined}[${token}]` : joined === '' ? token : `${joined}.${token}`,
      '',
    );
  const description = (parentSchema as { description?: unknown } | undefined)?.description; // ajv types it as an object
  return {
    place: ` on property ${path}${typeof description === 'string' ? ` (${description.replace(/\.$/, '')})` : ''}`,
  };
}

/** Errors inside a variant are redundant: the error of the oneOf or anyOf itself is reported. */
function isInsideVariant(schemaPath: string, keyword: string): boolean {
  return /\/(oneOf|anyOf)\/\d+\//.test(schemaPath) && keyword !== 'oneOf' && keyword !== 'anyOf';
}

function listed(types: unknown): string {
  return Array.isArray(types) ? types.join(',') : String(types);
}

function typeOf(data: unknown): string {
  if (data === null) return 'null';
  if (Array.isArray(data)) return 'array';
  if (typeof data === 'number') return Number.isInteger(data) ? 'integer' : 'number';
  return typeof data;
}

function sizeOf(data: unknown): number {
  if (typeof data === 'string') return [...data].length;
  return typeof data === 'object' && data !== null ? Object.keys(data).length : 0;
}

function textOf(data: unknown): string {
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  return text.length > MAX_VALUE_LENGTH ? `${text.slice(0, MAX_VALUE_LENGTH)}…` : text;
}
