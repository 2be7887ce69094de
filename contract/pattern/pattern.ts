import { type Matcher, safeMatcher } from './match.js';

/** A compiled `pattern` of a schema. */
export class Pattern {
  readonly source: string;
  /** For generating texts. To match a text that somebody else chose, use `test`: this backtracks without limit. */
  readonly regExp: RegExp;
  #matches: Matcher | undefined;

  constructor(regExp: RegExp) {
    this.source = regExp.source;
    this.regExp = regExp;
  }

  /** Whether a text matches, in time that grows with its length, or within a time limit. */
  test(text: string): boolean {
    this.#matches ??= safeMatcher(this.regExp);
    return this.#matches(text);
  }

  /** As that of a RegExp; ajv identifies patterns by it. */
  toString(): string {
    return String(this.regExp);
  }
}

/** A pattern, or why JavaScript cannot compile it. */
export type CompiledPattern = { readonly pattern: Pattern } | { readonly wrong: string };

/**
 * Compiles a `pattern` of a schema. JSON Schema recommends ECMA-262 in Unicode mode; public documents are also full of
 * escapes that only the legacy mode accepts (`[\w-\.]`, `\-`), so a pattern that Unicode mode refuses is read in legacy
 * mode. Everything that compiles a pattern of a contract uses this function, so all commands agree.
 *
 * @see https://json-schema.org/draft/2020-12/json-schema-core#section-6.4
 */
export function compilePattern(source: string): CompiledPattern {
  const known = compiled.get(source);
  if (known !== undefined) return known;
  const result = compile(source, 'u') ?? compile(source, '') ?? { wrong: reasonOf(source) };
  compiled.set(source, result);
  return result;
}

/** Documents repeat a few patterns many times. */
const compiled = new Map<string, CompiledPattern>();

function compile(source: string, flags: string): CompiledPattern | undefined {
  try {
    return { pattern: new Pattern(new RegExp(source, flags)) };
  } catch {
    return undefined;
  }
}

/** V8 says `Invalid regular expression: /[a/: Unterminated character class`; the last part is the reason. */
function reasonOf(source: string): string {
  try {
    new RegExp(source, '');
  } catch (error) {
    if (error instanceof SyntaxError) return error.message.slice(error.message.lastIndexOf(': ') + 2).toLowerCase();
  }
  return 'not a regular expression';
}
