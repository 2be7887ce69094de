import type { Shape } from './shape.js';

/** A library of schemas: how it writes a shape, and what surrounds the schemas in a module. */
export interface ValidatorLibrary {
  /** The line that imports it. */
  readonly importLine: string;
  /** What shapes are written with that the library lacks: constant → expression. */
  readonly constants: Readonly<Record<string, string>>;
  /** @param nameOf - the constant of a component */
  write(shape: Shape, nameOf: (component: string) => string): string;
  /** The type of a schema whose values have a type. */
  typeOf(valueType: string): string;
  /** A schema that is made when it is first used, and whose type cannot be inferred. */
  lazy(schema: string): string;
  /** The type of the values of a constant. */
  inferred(constant: string): string;
}

const DAYS = String.raw`\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8]))`;
const LEAP_DAYS = String.raw`(?:\d\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29`;
const TIMES = String.raw`(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)`;

/** A day that exists. @see RFC 3339, section 5.6 */
export const DATE = new RegExp(`^(?:${DAYS}|${LEAP_DAYS})$`);

/** The same with a time, whose T and Z may be small, and which may be a leap second. */
export const DATE_TIME = new RegExp(`^(?:${DAYS}|${LEAP_DAYS})T${TIMES}$`, 'i');

/** `'a-b': …` or `a: …` of an object literal. */
export function entry(name: string, value: string): string {
  if (name === '__proto__') return `['__proto__']: ${value}`;
  return `${/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) ? name : quoted(name)}: ${value}`;
}

/** A string literal. */
export function quoted(text: string): string {
  return `'${JSON.stringify(text)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replaceAll("'", "\\'")
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')}'`;
}

export function plain(value: string | number | boolean | null): string {
  return typeof value === 'string' ? quoted(value) : String(value);
}

export function regExpOf({ source, flags }: RegExp): string {
  return `new RegExp(${[quoted(source), ...(flags === '' ? [] : [quoted(flags)])].join(', ')})`;
}
