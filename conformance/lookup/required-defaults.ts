import type { Json, Operation } from '../../contract/contract.js';

/** The query that an operation requires, as far as the document has defaults: some frameworks require what has one. */
export function requiredDefaults({ parameters }: Operation): Readonly<Record<string, Json>> {
  return Object.fromEntries(
    parameters.flatMap(({ in: place, name, required, schema }) =>
      place === 'query' && required && schema.default !== undefined ? [[name, schema.default] as const] : [],
    ),
  );
}
