import { DATE, DATE_TIME, entry, plain, regExpOf, type ValidatorLibrary } from './library.js';
import type { Bounds, Shape, StringFormat } from './shape.js';

/** valibot 1. @see https://valibot.dev/api/ */
export const valibot: ValidatorLibrary = {
  importLine: "import * as v from 'valibot';",
  constants: { dateTime: `v.regex(${regExpOf(DATE_TIME)})`, date: `v.regex(${regExpOf(DATE)})` },
  write,
  typeOf: (valueType) => `v.GenericSchema<${valueType}>`,
  lazy: (schema) => `v.lazy((): v.GenericSchema => ${schema})`,
  inferred: (constant) => `v.InferOutput<typeof ${constant}>`,
};

const FORMATS: Readonly<Record<StringFormat, string>> = {
  // What the library has takes days that do not exist, and other forms of times than RFC 3339.
  'date-time': 'dateTime',
  date: 'date',
  email: 'v.rfcEmail()',
  uuid: 'v.uuid()',
  uri: 'v.url()',
  ipv4: 'v.ipv4()',
  ipv6: 'v.ipv6()',
};

type NameOf = (component: string) => string;

function write(shape: Shape, nameOf: NameOf): string {
  const inner = (one: Shape) => write(one, nameOf);
  switch (shape.kind) {
    case 'unknown':
    case 'never':
    case 'boolean':
    case 'null':
      return `v.${shape.kind}()`;
    case 'string':
      return piped('v.string()', [
        ...(shape.format === undefined ? [] : [FORMATS[shape.format]]),
        ...lengths(shape.bounds),
        ...(shape.pattern ? [`v.regex(${regExpOf(shape.pattern)})`] : []),
      ]);
    case 'number':
      return writeNumber(shape);
    case 'values':
      return writeValues(shape.values);
    case 'list':
      return piped(`v.array(${inner(shape.items)})`, lengths(shape.bounds));
    case 'tuple': {
      const entries = `[${shape.entries.map(inner).join(', ')}]`;
      return shape.rest === undefined
        ? `v.strictTuple(${entries})`
        : `v.tupleWithRest(${entries}, ${inner(shape.rest)})`;
    }
    case 'object':
      return writeObject(shape, inner);
    case 'union':
      return writeUnion(shape.parts, inner);
    case 'intersection':
      return `v.intersect([${shape.parts.map(inner).join(', ')}])`;
    case 'component':
      return nameOf(shape.name);
  }
}

function piped(schema: string, actions: readonly string[]): string {
  return actions.length === 0 ? schema : `v.pipe(${[schema, ...actions].join(', ')})`;
}

function lengths({ least, most }: Bounds): readonly string[] {
  return [
    ...(least === undefined ? [] : [`v.minLength(${least})`]),
    ...(most === undefined ? [] : [`v.maxLength(${most})`]),
  ];
}

function writeNumber({ isInteger, bounds }: Extract<Shape, { readonly kind: 'number' }>): string {
  const { least, most, above, below, step } = bounds;
  return piped('v.number()', [
    ...(isInteger ? ['v.integer()'] : []),
    ...(least === undefined ? [] : [`v.minValue(${least})`]),
    ...(most === undefined ? [] : [`v.maxValue(${most})`]),
    ...(above === undefined ? [] : [`v.gtValue(${above})`]),
    ...(below === undefined ? [] : [`v.ltValue(${below})`]),
    ...(step === undefined ? [] : [`v.multipleOf(${step})`]),
  ]);
}

function writeValues(values: readonly (string | number | boolean | null)[]): string {
  const one = (value: string | number | boolean | null) => (value === null ? 'v.null()' : `v.literal(${plain(value)})`);
  const [first, ...others] = values;
  if (first !== undefined && others.length === 0) return one(first);
  return values.every((value) => typeof value === 'string' || typeof value === 'number')
    ? `v.picklist([${values.map(plain).join(', ')}])`
    : `v.union([${values.map(one).join(', ')}])`;
}

function writeObject(
  { properties, others }: Extract<Shape, { readonly kind: 'object' }>,
  inner: (shape: Shape) => string,
): string {
  if (properties.length === 0 && others !== 'none') {
    return `v.record(v.string(), ${others === 'any' ? 'v.unknown()' : inner(others)})`;
  }
  const entries = properties.map(({ name, shape, required }) =>
    entry(name, required ? inner(shape) : `v.optional(${inner(shape)})`),
  );
  const body = entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  if (others === 'any') return `v.looseObject(${body})`;
  return others === 'none' ? `v.strictObject(${body})` : `v.objectWithRest(${body}, ${inner(others)})`;
}

function writeUnion(parts: readonly Shape[], inner: (shape: Shape) => string): string {
  const others = parts.filter(({ kind }) => kind !== 'null');
  const [first, ...more] = others.map(inner);
  const union = more.length === 0 ? (first ?? 'v.never()') : `v.union([${[first, ...more].join(', ')}])`;
  return others.length === parts.length ? union : `v.nullable(${union})`;
}
