import type { Json } from '../json/json.js';
import { joinPointer } from '../pointer.js';
import { isUtf16, MOST_NESTED, type ParsedText, UTF16 } from './json-text.js';

/**
 * How many values aliases may add to those that are written. Every reader expands aliases, and a few lines can expand
 * to billions of values; documents that repeat their common parts by aliases add some thousands.
 */
const MOST_ADDED_BY_ALIASES = 1_000_000;

const TOO_DEEP = `is nested deeper than ${MOST_NESTED} levels`;

/** A tag of YAML, such as `tag:yaml.org,2002:binary` or `!binary`. */
export interface YamlTag {
  readonly tag: string;
  readonly value: (text: string) => Json;
}

export interface YamlTextOptions {
  /** `MOST_ADDED_BY_ALIASES` unless given. */
  readonly mostAdded?: number;
  /** Tags of scalars to accept, each with the value of its text. Other tags are refused. */
  readonly tags?: readonly YamlTag[];
}

/**
 * Parses a text from outside as YAML whose values are those of JSON. Refuses a text that is not YAML, that is nested too
 * deep, that has `.nan` or `.inf`, or whose aliases contain themselves or expand to too much. An empty text is `null`.
 */
export async function parseYamlText(text: string, { mostAdded, tags = [] }: YamlTextOptions = {}): Promise<ParsedText> {
  const { load, JSON_SCHEMA, Type, YAMLException } = await import('js-yaml');
  let value: Json;
  try {
    // JSON_SCHEMA: a date or `yes` stays a string. It lacks the merge key, `<<: *common`.
    const merge = new Type('tag:yaml.org,2002:merge', { kind: 'scalar', resolve: (key) => key === '<<' });
    const explicit = tags.map(({ tag, value }) => new Type(tag, { kind: 'scalar', construct: value }));
    // The two limits are options of js-yaml that its types lack. Its depth counts more than objects and lists.
    const limits = { maxDepth: 3 * MOST_NESTED, maxTotalMergeKeys: MOST_ADDED_BY_ALIASES };
    value =
      (load(text, { schema: JSON_SCHEMA.extend({ implicit: [merge], explicit }), ...limits }) as Json | undefined) ??
      null; // this schema makes values of JSON alone
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    if (isUtf16(text)) return { problem: UTF16 };
    const { line = 0, column = 0 } = error.mark ?? {};
    if (error.reason.startsWith('nesting exceeded')) {
      return { problem: { kind: 'content', line: line + 1, column: column + 1, message: TOO_DEEP } };
    }
    return {
      problem: {
        kind: 'syntax',
        line: line + 1,
        column: column + 1,
        message: `is not YAML: ${withoutQuotes(error.reason)}`,
      },
    };
  }
  const fault = new Measure(mostAdded ?? MOST_ADDED_BY_ALIASES).faultOf(value);
  if (fault === undefined) return { value };
  return { problem: { kind: 'content', ...(await placeOf(text, fault.path)), message: fault.message } };
}

interface Fault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** How much a value holds once its aliases are expanded. */
interface Extent {
  readonly values: number;
  readonly levels: number;
}

/** Measures what aliases expand to without expanding them: each object is visited once. */
class Measure {
  readonly #most: number;
  readonly #known = new Map<object, Extent>();
  /** The objects around the current one. */
  readonly #open = new Set<object>();
  readonly #path: (string | number)[] = [];
  #added = 0;

  constructor(most: number) {
    this.#most = most;
  }

  faultOf(value: Json): Fault | undefined {
    const result = this.#visit(value);
    return 'message' in result ? result : undefined;
  }

  #visit(value: Json): Extent | Fault {
    if (typeof value === 'number' && !Number.isFinite(value)) {
      return this.#fault(`has the number ${value}, which JSON does not have; expected a finite number`);
    }
    if (typeof value !== 'object' || value === null) return { values: 1, levels: 0 };
    if (this.#open.has(value)) {
      return this.#fault(
        'has an alias inside the value that it stands for; use $ref for a schema that contains itself',
      );
    }
    const known = this.#known.get(value);
    if (known !== undefined) return this.#addAgain(known);
    if (this.#open.size >= MOST_NESTED) return this.#tooDeep();
    this.#open.add(value);
    let values = 1;
    let levels = 0;
    for (const [name, entry] of Object.entries(value)) {
      this.#path.push(name);
      const inner = this.#visit(entry);
      if ('message' in inner) return inner;
      this.#path.pop();
      values += inner.values;
      levels = Math.max(levels, inner.levels);
    }
    this.#open.delete(value);
    const extent = { values, levels: levels + 1 };
    this.#known.set(value, extent);
    return extent;
  }

  /** An alias of something that has been measured. */
  #addAgain(extent: Extent): Extent | Fault {
    this.#added += extent.values;
    if (this.#added > this.#most) {
      return this.#fault(
        `has aliases that expand to more than ${this.#most} values; write the values out, or use $ref`,
      );
    }
    return this.#open.size + extent.levels > MOST_NESTED ? this.#tooDeep() : extent;
  }

  #tooDeep(): Fault {
    return this.#fault(TOO_DEEP);
  }

  #fault(message: string): Fault {
    return { path: [...this.#path], message };
  }
}

async function placeOf(
  text: string,
  path: readonly (string | number)[],
): Promise<{ readonly line: number; readonly column: number }> {
  const { locate } = await import('./locate.js');
  try {
    return locate(text, joinPointer('', ...path));
  } catch (error) {
    // The parser with positions runs out of stack before the one without.
    if (error instanceof RangeError) return { line: 1, column: 1 };
    throw error;
  }
}

/** What the parser says, without what it quotes: it may be a password that begins with `!` or `*`. */
function withoutQuotes(reason: string): string {
  const said = reason.replace(/\s*(!<|"|: ).*$/s, '');
  return said === reason ? reason : `${said}; put the value in quotes if it is text`;
}
