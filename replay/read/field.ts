import type { Json, JsonObject } from '../../contract/contract.js';
import { isObject, joinPointer } from '../../contract/pointer.js';
import { ReplayError } from '../errors.js';

/** A value of a recording's file with its location, for messages. */
export interface Field {
  readonly file: string;
  /** `#/exchanges/3/request`. */
  readonly pointer: string;
  readonly value: Json | undefined;
}

export function fieldOf(field: Field, name: string | number): Field {
  const { value } = field;
  const inside = Array.isArray(value)
    ? value[Number(name)]
    : isObject(value) && Object.hasOwn(value, name)
      ? value[name]
      : undefined;
  return { file: field.file, pointer: joinPointer(field.pointer, name), value: inside };
}

/** @throws ReplayError unless it is a list. */
export function listIn(field: Field): readonly Field[] {
  if (!Array.isArray(field.value)) throw unexpected(field, 'a list');
  return field.value.map((_, index) => fieldOf(field, index));
}

/** @throws ReplayError unless it is an object. */
export function objectIn(field: Field): JsonObject {
  if (!isObject(field.value)) throw unexpected(field, 'an object');
  return field.value;
}

/** @throws ReplayError unless it is a string. */
export function stringIn(field: Field): string {
  if (typeof field.value !== 'string') throw unexpected(field, 'a string');
  return field.value;
}

/** @throws ReplayError unless it is a string or absent. */
export function optionalStringIn(field: Field): string | undefined {
  return field.value === undefined || field.value === null ? undefined : stringIn(field);
}

/** The number of a size or a time; undefined if it is something else or negative, which means unknown. */
export function sizeIn({ value }: Field): number | undefined {
  return typeof value === 'number' && value >= 0 ? value : undefined;
}

/** @throws ReplayError unless it is an HTTP status. */
export function statusIn(field: Field): number {
  const { value } = field;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 100 || value > 599) {
    throw unexpected(field, 'an HTTP status from 100 to 599');
  }
  return value;
}

/** @throws ReplayError unless it is an HTTP method. @returns it in upper case */
export function methodIn(field: Field): string {
  const method = stringIn(field);
  if (!/^[A-Za-z]{1,20}$/.test(method)) throw unexpected(field, 'an HTTP method');
  return method.toUpperCase();
}

export function unexpected({ file, pointer, value }: Field, expected: string): ReplayError {
  return new ReplayError('RECORDING_INVALID', `${file} ${pointer}: expected ${expected}, received ${describe(value)}.`);
}

/** The longest text that an error quotes, in characters. */
const LONGEST_SHOWN = 26;

function describe(value: Json | undefined): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object')
    return `an object with ${Object.keys(value).slice(0, 3).join(', ') || 'no properties'}`;
  const text = JSON.stringify(value);
  // A longer text may be a secret, or hold one.
  return text.length > LONGEST_SHOWN ? `a string of ${text.length - 2} characters` : text;
}
