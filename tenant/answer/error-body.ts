import { STATUS_CODES } from 'node:http';
import type { Contract, Json, Response, Schema, ValueRole } from '../../contract/contract.js';

/** What an error body is made of. */
export interface ErrorParts {
  readonly status: number;
  readonly message: string;
  readonly errorCode?: string;
}

type Carried = Extract<ValueRole['kind'], 'status' | 'reason' | 'message' | 'error-code'>;

const CARRIES: Readonly<Record<Carried, (parts: ErrorParts) => Json | undefined>> = {
  status: ({ status }) => status,
  reason: ({ status }) => STATUS_CODES[status] ?? 'Error',
  message: ({ message }) => message,
  'error-code': ({ errorCode }) => errorCode,
};

/** The shape of errors where a response declares none: the one that this API has everywhere. */
const PLAIN: ReadonlyMap<string, Carried> = new Map([
  ['statusCode', 'status'],
  ['error', 'reason'],
  ['message', 'message'],
  ['errorCode', 'error-code'],
]);

/**
 * Which property of a response's body carries what: read off the roles in its schema. Empty where the answer has no
 * body.
 */
export function errorShape(contract: Contract, response: Response | undefined): ReadonlyMap<string, Carried> {
  const media = response?.content.find(({ type }) => type.endsWith('json')) ?? response?.content[0];
  if (response !== undefined && media === undefined) return new Map();
  const carried = media === undefined ? new Map<string, Carried>() : rolesOf(contract, media.schema);
  return carried.size === 0 ? PLAIN : carried;
}

export function errorBody(shape: ReadonlyMap<string, Carried>, parts: ErrorParts): string {
  if (shape.size === 0) return '';
  const body: Record<string, Json> = {};
  for (const [property, carried] of shape) {
    const value = CARRIES[carried](parts);
    if (value !== undefined) body[property] = value;
  }
  return JSON.stringify(body);
}

function rolesOf(contract: Contract, schema: Schema): Map<string, Carried> {
  const resolved = contract.resolve(schema);
  const roles = new Map<string, Carried>();
  for (const part of [
    ...listAt(resolved, 'allOf'),
    ...listAt(resolved, 'oneOf').slice(0, 1),
    ...listAt(resolved, 'anyOf').slice(0, 1),
  ]) {
    for (const [property, carried] of rolesOf(contract, part)) roles.set(property, carried);
  }
  const properties = resolved.properties;
  if (isSchema(properties)) {
    for (const [property, value] of Object.entries(properties)) {
      const kind = isSchema(value) ? contract.valueOf(value)?.kind : undefined;
      if (kind !== undefined && kind in CARRIES) roles.set(property, kind as Carried); // it is a key of the table
    }
  }
  return roles;
}

function listAt(schema: Schema, keyword: string): Schema[] {
  const list = schema[keyword];
  return Array.isArray(list) ? list.filter(isSchema) : [];
}

function isSchema(value: Json | undefined): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
