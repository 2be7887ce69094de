import type { Json } from '../json/json.js';

/** The names and indices that lead from a document to a place in it. */
export type Location = readonly (string | number)[];

/** A compiled query: the places that it selects in a document. */
export type JsonPath = (document: Json) => readonly Location[];

/** More than any document nests: the library counts the levels of `..`. */
const MOST_LEVELS = 10_000;

/**
 * Compiles a JSONPath query.
 *
 * Uses json-p3: it follows RFC 9535, has no dependencies, and its last release is of September 2026. It is loaded only
 * for overlays. Its functions `match` and `search` use JavaScript's engine, which a pattern can block, and are replaced.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9535
 */
export async function compileJsonPath(text: string): Promise<{ readonly path: JsonPath } | { readonly wrong: string }> {
  const [{ JSONPathEnvironment, FunctionExpressionType, JSONPathError }, { compilePattern }] = await Promise.all([
    import('json-p3'),
    import('../pattern/pattern.js'),
  ]);
  const environment = new JSONPathEnvironment({ maxRecursionDepth: MOST_LEVELS });
  const matching = (isWhole: boolean) => ({
    argTypes: [FunctionExpressionType.ValueType, FunctionExpressionType.ValueType],
    returnType: FunctionExpressionType.LogicalType,
    call(value: unknown, pattern: unknown): boolean {
      if (typeof value !== 'string' || typeof pattern !== 'string') return false;
      const compiled = compilePattern(isWhole ? `^(?:${pattern})$` : pattern);
      return 'pattern' in compiled && compiled.pattern.test(value);
    },
  });
  environment.functionRegister.set('match', matching(true));
  environment.functionRegister.set('search', matching(false));
  try {
    const query = environment.compile(text);
    // The library's type of values lacks `readonly`, and it does not change them.
    return { path: (document) => query.query(document as Parameters<typeof query.query>[0]).locations() };
  } catch (error) {
    if (!(error instanceof JSONPathError)) throw error;
    return { wrong: error.message.replace(/ \('.*':(\d+)\)$/s, ' at character $1') };
  }
}

/** A query that selects exactly one place: `$.paths['/books'].get`. */
export function jsonPathTo(location: Location): string {
  const segments = location.map((segment) => {
    if (typeof segment === 'number') return `[${segment}]`;
    return /^[A-Za-z_][A-Za-z0-9_]*$/.test(segment) ? `.${segment}` : `['${escaped(segment)}']`;
  });
  return `$${segments.join('')}`;
}

/** @see RFC 9535, section 2.3.1.1 */
function escaped(name: string): string {
  return JSON.stringify(name).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
}
