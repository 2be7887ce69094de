import fc from 'fast-check';
import type { Json, Schema } from '../../contract/contract.js';
import { listOr } from '../../contract/json/json-value.js';
import type { Pattern } from '../../contract/pattern/pattern.js';
import { isUuidFormat } from '../../contract/sample/uuid-format.js';
import { filterOr } from './filter-or.js';
import { numberOf, patternOf, propertiesOf, typeOf, typesOf } from './schema-shape.js';

/** Ways to violate one constraint of a value. */
export interface Breakage {
  /** The violated JSON Schema keyword: `minLength`. */
  readonly keyword: string;
  /** What the schema requires, to follow "expected": `at least 1 character`. */
  readonly expected: string;
  /** Values just outside the constraint, and those that servers most often accept wrongly. */
  readonly boundary: readonly Json[];
  readonly random: fc.Arbitrary<Json>;
}

/** The breakages of a schema: one for each keyword that a value can violate alone. */
export function breakagesOf(shape: Schema): readonly Breakage[] {
  return Object.entries(BY_KEYWORD).flatMap(([keyword, breakage]) => {
    const broken = keyword in shape || (keyword === 'type' && hasType(shape)) ? breakage(shape) : undefined;
    return broken === undefined ? [] : [{ keyword, ...broken }];
  });
}

type Broken = Omit<Breakage, 'keyword'>;

function hasType(shape: Schema): boolean {
  return 'properties' in shape || 'items' in shape;
}

/** One entry a keyword. Keywords that are rare in request schemas (`not`, `contains`, …) are left out. */
const BY_KEYWORD: Readonly<Record<string, (shape: Schema) => Broken | undefined>> = {
  type: brokenType,
  enum: (shape) => outside(listOr(shape.enum)),
  const: (shape) => outside([shape.const ?? null]),
  minLength: (shape) => shorterText(numberOf(shape.minLength) ?? 0),
  maxLength: (shape) => longerText(shape, numberOf(shape.maxLength) ?? 0),
  pattern: (shape) => againstPattern(patternOf(shape)),
  format: (shape) => againstFormat(String(shape.format)),
  minimum: (shape) => below(shape, numberOf(shape.minimum) ?? 0, `at least ${shape.minimum}`),
  maximum: (shape) => above(shape, numberOf(shape.maximum) ?? 0, `at most ${shape.maximum}`),
  exclusiveMinimum: (shape) =>
    below(shape, (numberOf(shape.exclusiveMinimum) ?? 0) + 1, `more than ${shape.exclusiveMinimum}`),
  exclusiveMaximum: (shape) =>
    above(shape, (numberOf(shape.exclusiveMaximum) ?? 0) - 1, `less than ${shape.exclusiveMaximum}`),
};

// Shared by all schemas: creating such an arbitrary takes a while.
const ANYTHING = fc.jsonValue({ maxDepth: 1 });
const SHORT_TEXTS = fc.string({ maxLength: 12 });
const TEXTS = fc.string({ minLength: 1, maxLength: 20 });

/** The most telling first: only a few are always tried. */
const SAMPLES: readonly Json[] = [null, 'text', [], 0, {}, true, 1.5, '', ['text'], { key: 'value' }];

function brokenType(shape: Schema): Broken | undefined {
  const allowed = typesOf(shape);
  const isAllowed = (value: Json): boolean => {
    const type = typeOf(value);
    return allowed.includes(type) || (type === 'integer' && allowed.includes('number'));
  };
  const boundary = SAMPLES.filter((value) => !isAllowed(value));
  if (boundary.length === 0) return undefined;
  const random = ANYTHING.map((value) => {
    // fast-check types its JSON values as `unknown`.
    return value as Json;
  });
  return {
    expected: `type ${allowed.join(' or ')}`,
    boundary,
    random: fc.oneof(
      fc.constantFrom(...boundary),
      random.filter((value) => !isAllowed(value)),
    ),
  };
}

function outside(values: readonly Json[]): Broken | undefined {
  const written = values.map((value) => JSON.stringify(value));
  const isOutside = (value: Json): boolean => !written.includes(JSON.stringify(value));
  const first = values.find((value) => typeof value === 'string');
  const near: readonly Json[] = typeof first === 'string' ? [`${first}x`, first.toUpperCase(), ''] : ['other', 2];
  const boundary = near.filter(isOutside);
  return {
    expected: `one of ${written.join(', ')}`,
    boundary,
    random: typeof first === 'string' ? SHORT_TEXTS.filter(isOutside) : fc.constantFrom(...boundary),
  };
}

function shorterText(min: number): Broken | undefined {
  if (min < 1 || min > LONGEST) return undefined;
  return {
    expected: `at least ${counted(min, 'character')}`,
    boundary: ['a'.repeat(min - 1)],
    random: fc.nat({ max: min - 1 }).map((length) => 'a'.repeat(length)),
  };
}

/** A longer text says nothing that a shorter one does not, and servers refuse it by its size. */
const LONGEST = 100_000;

function longerText(shape: Schema, max: number): Broken | undefined {
  if (max > LONGEST) return undefined;
  // An email address grows at the front and a URL at the end, so that they stay valid.
  const grown = (length: number): string => {
    if (shape.format === 'email') return `${'a'.repeat(Math.max(1, length - 12))}@example.com`;
    if (shape.format === 'uri' || shape.format === 'url') return 'https://example.com/'.padEnd(length, 'a');
    return 'a'.repeat(length);
  };
  return {
    expected: `at most ${counted(max, 'character')}`,
    boundary: [grown(max + 1)],
    random: fc.integer({ min: max + 1, max: max + 300 }).map(grown),
  };
}

function againstPattern(pattern: Pattern | undefined): Broken | undefined {
  if (pattern === undefined) return undefined;
  const breaks = (value: string): boolean => !pattern.test(value);
  const boundary = ['', ' ', '<>', '-', '_', 'a b', 'A', 'é', '1', 'a', '\n', '$%&', '<script>'].filter(breaks);
  const [some] = boundary;
  if (some === undefined) return undefined;
  const known = fc.constantFrom(...boundary);
  return {
    expected: `text that matches ${pattern.source}`,
    boundary: boundary.slice(0, 4),
    random: fc.oneof(
      known,
      filterOr(TEXTS, breaks, () => known),
    ),
  };
}

const NOT_OF_FORMAT: Readonly<Record<string, readonly string[]>> = {
  email: ['nobody', 'nobody@', '@example.com', 'a b@example.com'],
  uri: ['not a link', 'example.com', '://example.com', 'http//example.com'],
  'date-time': ['yesterday', '2026-13-01T00:00:00Z', '2026-01-01', '2026-01-01 00:00'],
  date: ['yesterday', '2026-13-01', '01.01.2026'],
  uuid: ['1234', 'zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz'],
  ipv4: ['1.2.3', '256.0.0.1'],
  ipv6: ['::g', '1.2.3.4'],
  hostname: ['a b', '-.example', '_'],
};

function againstFormat(format: string): Broken | undefined {
  const boundary = NOT_OF_FORMAT[isUuidFormat(format) ? 'uuid' : format];
  if (boundary === undefined) return undefined;
  return {
    expected: `text of format ${format}`,
    boundary,
    random: fc.constantFrom(...boundary),
  };
}

function below(shape: Schema, min: number, expected: string): Broken {
  const step = numberOf(shape.multipleOf) ?? 1;
  return {
    expected,
    boundary: [min - step],
    random: fc.integer({ min: 1, max: 1000 }).map((by) => min - by * step),
  };
}

function above(shape: Schema, max: number, expected: string): Broken {
  const step = numberOf(shape.multipleOf) ?? 1;
  return {
    expected,
    boundary: [max + step],
    random: fc.integer({ min: 1, max: 1000 }).map((by) => max + by * step),
  };
}

/** A property name that a shape does not declare. */
export function undeclaredName(shape: Schema): string {
  const declared = Object.keys(propertiesOf(shape));
  const name = 'unexpected';
  return declared.includes(name) ? `${name}_${declared.length}` : name;
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : noun.endsWith('y') ? '' : 's'}`;
}
