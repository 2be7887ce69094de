import type { JsonObject } from '../contract.js';
import { type Flaw, READABLE } from './flaw.js';
import { type PointerTo, walk } from './walk.js';

/**
 * Keywords that OpenAPI 3.0 has and JSON Schema does not, in a document of a later version. Documents that were
 * converted have them, and mean what they mean in 3.0: `toDialect31` converts them.
 */
export function oldKeywords(document: JsonObject): readonly Flaw[] {
  if (typeof document.openapi !== 'string' || document.openapi.startsWith('3.0')) return [];
  const flaws: Flaw[] = [];
  walk(document, (kind, value, at) => {
    if (kind === 'schema') flaws.push(...oldKeywordsOf(value, at));
    return undefined;
  });
  return flaws;
}

function oldKeywordsOf(schema: JsonObject, at: PointerTo): readonly Flaw[] {
  const flaws: Flaw[] = [];
  if (typeof schema.nullable === 'boolean') {
    const message = '"nullable" is a keyword of OpenAPI 3.0; expected "null" in "type"';
    flaws.push({ pointer: at('nullable'), message, mend: READABLE });
  }
  for (const name of ['exclusiveMinimum', 'exclusiveMaximum']) {
    if (typeof schema[name] !== 'boolean') continue;
    const message = `"${name}" expected a number, the bound itself; received ${schema[name]}, as in OpenAPI 3.0`;
    flaws.push({ pointer: at(name), message, mend: READABLE });
  }
  return flaws;
}
