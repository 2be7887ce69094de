import { STATUS_CODES } from 'node:http';
import type { Contract, Json, Response, Schema, ValueRole } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';

/** The parts of an error body. */
export interface ErrorParts {
  readonly status: number;
  readonly message: string;
  readonly errorCode?: string;
}

type ErrorPart = Extract<ValueRole['kind'], 'status' | 'reason' | 'message' | 'error-code'>;

const VALUES: Readonly<Record<ErrorPart, (parts: ErrorParts) => Json | undefined>> = {
  status: ({ status }) => status,
  reason: ({ status }) => STATUS_CODES[status] ?? 'Error',
  message: ({ message }) => message,
  'error-code': ({ errorCode }) => errorCode,
};

/** The error shape of a response that declares none: the usual one of this API. */
const DEFAULT_SHAPE: ReadonlyMap<string, ErrorPart> = new Map([
  ['statusCode', 'status'],
  ['error', 'reason'],
  ['message', 'message'],
  ['errorCode', 'error-code'],
]);

/** The part that each property of an error body holds, by the roles in its schema. Empty for a response without a body. */
export function errorShape(contract: Contract, response: Response | undefined): ReadonlyMap<string, ErrorPart> {
  const media = response?.content.find(({ type }) => type.endsWith('json')) ?? response?.content[0];
  if (response !== undefined && media === undefined) return new Map();
  const parts = media === undefined ? new Map<string, ErrorPart>() : rolesOf(contract, media.schema);
  return parts.size === 0 ? DEFAULT_SHAPE : parts;
}

export function errorBody(shape: ReadonlyMap<string, ErrorPart>, parts: ErrorParts): string {
  if (shape.size === 0) return '';
  const body: Record<string, Json> = {};
  for (const [property, part] of shape) {
    const value = VALUES[part](parts);
    if (value !== undefined) body[property] = value;
  }
  return JSON.stringify(body);
}

function rolesOf(contract: Contract, schema: Schema): Map<string, ErrorPart> {
  const resolved = contract.resolve(schema);
  const roles = new Map<string, ErrorPart>();
  for (const part of [
    ...listAt(resolved, 'allOf'),
    ...listAt(resolved, 'oneOf').slice(0, 1),
    ...listAt(resolved, 'anyOf').slice(0, 1),
  ]) {
    for (const [property, role] of rolesOf(contract, part)) roles.set(property, role);
  }
  const properties = resolved.properties;
  if (isObject(properties)) {
    for (const [property, value] of Object.entries(properties)) {
      const kind = isObject(value) ? contract.valueOf(value)?.kind : undefined;
      if (kind !== undefined && kind in VALUES) roles.set(property, kind as ErrorPart); // it is a key of the table
    }
  }
  return roles;
}

function listAt(schema: Schema, keyword: string): Schema[] {
  const list = schema[keyword];
  return Array.isArray(list) ? list.filter(isObject) : [];
}
