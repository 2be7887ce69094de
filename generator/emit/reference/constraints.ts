import type { Contract, Json, Schema } from '../../../contract/contract.js';
import { isObject, splitPointer } from '../../../contract/pointer.js';
import { code } from './markdown.js';
import { formsOf, shapeOf, typesOf } from './shape.js';

/** `string (date-time)`, `list of string`, `string or null`. */
export function typeInWords(contract: Contract, schema: Json | undefined, depth = 0): string {
  const shape = shapeOf(contract, schema);
  const forms = formsOf(shape);
  if (forms.length > 0) {
    if (depth > 1) return 'one of several';
    return [...new Set(forms.map((form) => typeInWords(contract, form, depth + 1)))].join(' or ');
  }
  const types = typesOf(shape);
  const words = types.map((type) => {
    if (type !== 'array') return type;
    return shape.items === undefined || depth > 2 ? 'list' : `list of ${typeInWords(contract, shape.items, depth + 1)}`;
  });
  const format = typeof shape.format === 'string' ? ` (${shape.format})` : '';
  if (words.length > 0) return words.join(' or ') + format;
  return shape.properties !== undefined ? 'object' : nameOf(schema) || 'any';
}

function nameOf(schema: Json | undefined): string {
  const reference = isObject(schema) && typeof schema.$ref === 'string' ? schema.$ref : '';
  return splitPointer(reference.slice(1)).at(-1) ?? '';
}

/** A pair of keywords that limit a number or a count. */
interface Range {
  readonly least: string;
  readonly most: string;
  /** What is counted: singular, plural. */
  readonly of?: readonly [string, string];
}

const RANGES: readonly Range[] = [
  { least: 'minimum', most: 'maximum' },
  { least: 'minLength', most: 'maxLength', of: ['character', 'characters'] },
  { least: 'minItems', most: 'maxItems', of: ['entry', 'entries'] },
  { least: 'minProperties', most: 'maxProperties', of: ['property', 'properties'] },
];

/** The most values of an enum that are listed. */
const MOST_VALUES = 20;

/** The constraints of a value and of the entries of a list, each as a few words of Markdown. */
export function constraintsInWords(contract: Contract, schema: Json | undefined): readonly string[] {
  const shape = shapeOf(contract, schema);
  const { items } = shape;
  const entries =
    items === undefined || typesOf(shapeOf(contract, items)).includes('object') ? [] : own(shapeOf(contract, items));
  return [...own(shape), ...entries.map((words) => `each: ${words}`)];
}

/** The limits of a value: `1 to 10 entries`. */
export function limitsInWords(shape: Schema): readonly string[] {
  const limits: string[] = [];
  for (const { least, most, of } of RANGES) {
    // Most schemas have none.
    if (shape[least] !== undefined || shape[most] !== undefined) {
      limits.push(...rangeInWords(shape[least], shape[most], of));
    }
  }
  return limits;
}

function own(shape: Schema): readonly string[] {
  return [
    ...limitsInWords(shape),
    ...(typeof shape.exclusiveMinimum === 'number' ? [`more than ${shape.exclusiveMinimum}`] : []),
    ...(typeof shape.exclusiveMaximum === 'number' ? [`less than ${shape.exclusiveMaximum}`] : []),
    ...(typeof shape.multipleOf === 'number' ? [`a multiple of ${shape.multipleOf}`] : []),
    ...(typeof shape.pattern === 'string' ? [`matches ${code(shape.pattern)}`] : []),
    ...(shape.uniqueItems === true ? ['unique entries'] : []),
    ...(Array.isArray(shape.enum) ? [`one of ${valuesInWords(shape.enum)}`] : []),
    ...(shape.const === undefined ? [] : [`always ${value(shape.const)}`]),
    ...(shape.additionalProperties === false ? ['no other properties'] : []),
    ...(shape.readOnly === true ? ['in responses only'] : []),
    ...(shape.writeOnly === true ? ['in requests only'] : []),
    ...(shape.deprecated === true ? ['deprecated'] : []),
  ];
}

/** `1 to 50 entries`, `at least 1 character`; empty without limits. */
export function rangeInWords(
  least: Json | undefined,
  most: Json | undefined,
  of?: readonly [string, string],
): readonly string[] {
  const [low, high] = [least, most].map((bound) => (typeof bound === 'number' ? bound : undefined));
  const counted = (number: number): string => (of === undefined ? '' : ` ${of[number === 1 ? 0 : 1]}`);
  if (low === undefined) return high === undefined ? [] : [`at most ${high}${counted(high)}`];
  if (high === undefined) return low === 0 && of !== undefined ? [] : [`at least ${low}${counted(low)}`];
  return [low === high ? `exactly ${low}${counted(low)}` : `${low} to ${high}${counted(high)}`];
}

function valuesInWords(values: readonly Json[]): string {
  const shown = values.slice(0, MOST_VALUES).map(value).join(', ');
  return values.length > MOST_VALUES ? `${shown} and ${values.length - MOST_VALUES} more` : shown;
}

/** A value for use in a sentence. */
export function value(json: Json): string {
  return code(typeof json === 'string' ? json : JSON.stringify(json)) || '""';
}
