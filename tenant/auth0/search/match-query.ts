import type { Json } from '../../../contract/contract.js';
import { isObject } from '../../../contract/pointer.js';
import type { Bound, Condition, Query } from './parse-query.js';

/** An item as the search index has it. */
export interface Indexed {
  /** The values of a field; none if it is not indexed. */
  readonly valuesOf: (field: string) => readonly Json[];
  /** The values that a term without a field is compared with. */
  readonly all: () => readonly Json[];
  /** Whether the values of a field are compared without regard to case. */
  readonly ignoresCase: (field: string) => boolean;
}

export function matchesQuery(query: Query, item: Indexed): boolean {
  switch (query.kind) {
    case 'and':
      return query.parts.every((part) => matchesQuery(part, item));
    case 'or':
      return query.parts.some((part) => matchesQuery(part, item));
    case 'not':
      return !matchesQuery(query.part, item);
    default:
      return matchesCondition(query, item);
  }
}

function matchesCondition(condition: Condition, { valuesOf, all, ignoresCase }: Indexed): boolean {
  const { field } = condition;
  const values = field === undefined ? all() : valuesOf(field);
  const fold = (text: string): string => (field === undefined || ignoresCase(field) ? text.toLowerCase() : text);
  switch (condition.kind) {
    case 'exists':
      return values.length > 0;
    case 'term':
      return values.some((value) => isTerm(value, condition.value, fold));
    case 'pattern': {
      const pattern = patternOf(fold(condition.value));
      return values.some((value) => typeof value === 'string' && matchesPattern(pattern, fold(value)));
    }
    case 'range':
      return values.some((value) => isWithin(value, condition.from, 'from') && isWithin(value, condition.to, 'to'));
  }
}

function isTerm(value: Json, wanted: string, fold: (text: string) => string): boolean {
  if (typeof value === 'string') return fold(value) === fold(wanted);
  return typeof value === 'number' ? value === Number(wanted) : String(value) === wanted;
}

/** The literal parts of a pattern, as characters, `*` and `?`. */
type Pattern = readonly (string | { readonly any: 'one' | 'many' })[];

function patternOf(text: string): Pattern {
  const parts: (string | { readonly any: 'one' | 'many' })[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (character === '\\') {
      at += 1;
      parts.push(text[at] ?? '');
    } else if (character === '*') parts.push({ any: 'many' });
    else if (character === '?') parts.push({ any: 'one' });
    else parts.push(character);
  }
  return parts;
}

/** Linear in the product of both lengths, whatever the pattern: after a failure only the last `*` takes more. */
function matchesPattern(pattern: Pattern, text: string): boolean {
  let at = 0;
  let read = 0;
  let star = -1;
  let resume = 0;
  while (read < text.length) {
    const part = pattern[at];
    if (typeof part === 'object' && part.any === 'many') {
      star = at;
      resume = read;
      at += 1;
    } else if (part !== undefined && (typeof part === 'object' || part === text[read])) {
      at += 1;
      read += 1;
    } else if (star >= 0) {
      resume += 1;
      read = resume;
      at = star + 1;
    } else return false;
  }
  return pattern.slice(at).every((part) => typeof part === 'object' && part.any === 'many');
}

function isWithin(value: Json, { value: bound, inclusive }: Bound, end: 'from' | 'to'): boolean {
  if (bound === undefined) return true;
  const order = end === 'from' ? compared(value, bound) : -compared(value, bound);
  return order > 0 || (inclusive && order === 0);
}

/** Numbers by value, times by moment, other texts by their characters; NaN if they do not compare. */
function compared(value: Json, bound: string): number {
  if (typeof value === 'number') return value - Number(bound);
  if (typeof value !== 'string') return Number.NaN;
  const [moment, limit] = [timeOf(value), timeOf(bound)];
  if (moment !== undefined && limit !== undefined) return moment - limit;
  return value < bound ? -1 : Number(value > bound);
}

function timeOf(text: string): number | undefined {
  const time = /^\d{4}(-\d{2}){0,2}(T|$)/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

/** The scalar values at a path of property names; levels of arrays are left out, and null is not indexed. */
export function valuesAt(value: Json | undefined, path: readonly string[]): readonly Json[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((entry: Json) => valuesAt(entry, path));
  const [name, ...rest] = path;
  if (name === undefined)
    return isObject(value) ? Object.values(value).flatMap((inner) => valuesAt(inner, [])) : [value];
  return isObject(value) && Object.hasOwn(value, name) ? valuesAt(value[name], rest) : [];
}
