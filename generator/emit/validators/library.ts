import type { Shape } from './shape.js';

/** A library of schemas: how it writes a shape, and what surrounds the schemas in a module. */
export interface ValidatorLibrary {
  /** The line that imports it. */
  readonly importLine: string;
  /** @param nameOf - the constant of a component */
  write(shape: Shape, nameOf: (component: string) => string): string;
  /** The type of a schema whose values have a type. */
  typeOf(valueType: string): string;
  /** A schema that is made when it is first used, and whose type cannot be inferred. */
  lazy(schema: string): string;
  /** The type of the values of a constant. */
  inferred(constant: string): string;
}

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
