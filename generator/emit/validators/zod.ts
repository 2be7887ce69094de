import { DATE_TIME, entry, plain, regExpOf, type ValidatorLibrary } from './library.js';
import type { Bounds, Shape, StringFormat } from './shape.js';

/** zod 4. @see https://zod.dev/api */
export const zod: ValidatorLibrary = {
  importLine: "import * as z from 'zod';",
  constants: { dateTime: `z.string().regex(${regExpOf(DATE_TIME)})` },
  write,
  typeOf: (valueType) => `z.ZodType<${valueType}>`,
  lazy: (schema) => `z.lazy((): z.ZodType => ${schema})`,
  inferred: (constant) => `z.infer<typeof ${constant}>`,
};

const FORMATS: Readonly<Record<StringFormat, string>> = {
  // What the library has refuses small letters and leap seconds.
  'date-time': 'dateTime',
  date: 'z.iso.date()',
  // The default refuses characters that local parts may have (RFC 5321, 4.1.2), and hosts without a dot.
  email: 'z.email({ pattern: z.regexes.html5Email })',
  uuid: 'z.guid()',
  uri: 'z.url()',
  ipv4: 'z.ipv4()',
  ipv6: 'z.ipv6()',
};

type NameOf = (component: string) => string;

function write(shape: Shape, nameOf: NameOf): string {
  const inner = (one: Shape) => write(one, nameOf);
  switch (shape.kind) {
    case 'unknown':
    case 'never':
    case 'boolean':
    case 'null':
      return `z.${shape.kind}()`;
    case 'string': {
      const base = shape.format === undefined ? 'z.string()' : FORMATS[shape.format];
      return base + lengths(shape.bounds) + (shape.pattern ? `.regex(${regExpOf(shape.pattern)})` : '');
    }
    case 'number':
      return writeNumber(shape);
    case 'values':
      return writeValues(shape.values);
    case 'list':
      return `z.array(${inner(shape.items)})${lengths(shape.bounds)}`;
    case 'tuple': {
      const rest = shape.rest === undefined ? '' : `, ${inner(shape.rest)}`;
      return `z.tuple([${shape.entries.map(inner).join(', ')}]${rest})`;
    }
    case 'object':
      return writeObject(shape, inner);
    case 'union':
      return writeUnion(shape.parts, inner);
    case 'intersection':
      return shape.parts.map(inner).reduceRight((rest, part) => `z.intersection(${part}, ${rest})`);
    case 'component':
      return nameOf(shape.name);
  }
}

function lengths({ least, most }: Bounds): string {
  return (least === undefined ? '' : `.min(${least})`) + (most === undefined ? '' : `.max(${most})`);
}

function writeNumber({ isInteger, bounds }: Extract<Shape, { readonly kind: 'number' }>): string {
  const { least, most, above, below, step } = bounds;
  // `z.int()` refuses integers that JavaScript cannot count exactly, which is more than a schema says.
  const checks = [
    isInteger ? '.multipleOf(1)' : '',
    least === undefined ? '' : `.min(${least})`,
    most === undefined ? '' : `.max(${most})`,
    above === undefined ? '' : `.gt(${above})`,
    below === undefined ? '' : `.lt(${below})`,
    step === undefined ? '' : `.multipleOf(${step})`,
  ];
  return `z.number()${checks.join('')}`;
}

function writeValues(values: readonly (string | number | boolean | null)[]): string {
  const [first, ...others] = values.map(plain);
  if (others.length === 0) return `z.literal(${first})`;
  const list = `[${values.map(plain).join(', ')}]`;
  return values.every((value) => typeof value === 'string') ? `z.enum(${list})` : `z.literal(${list})`;
}

function writeObject(
  { properties, others }: Extract<Shape, { readonly kind: 'object' }>,
  inner: (shape: Shape) => string,
): string {
  if (properties.length === 0 && others !== 'none') {
    return `z.record(z.string(), ${others === 'any' ? 'z.unknown()' : inner(others)})`;
  }
  const entries = properties.map(({ name, shape, required }) =>
    entry(name, required ? inner(shape) : `z.optional(${inner(shape)})`),
  );
  const body = entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  if (others === 'any') return `z.looseObject(${body})`;
  return others === 'none' ? `z.strictObject(${body})` : `z.object(${body}).catchall(${inner(others)})`;
}

function writeUnion(parts: readonly Shape[], inner: (shape: Shape) => string): string {
  const others = parts.filter(({ kind }) => kind !== 'null');
  const [first, ...more] = others.map(inner);
  const union = more.length === 0 ? (first ?? 'z.never()') : `z.union([${[first, ...more].join(', ')}])`;
  return others.length === parts.length ? union : `z.nullable(${union})`;
}
