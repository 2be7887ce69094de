import type { JsonObject } from '../contract.js';
import { type Flaw, READABLE } from './flaw.js';
import type { PointerTo } from './walk.js';

/**
 * Keywords that OpenAPI 3.0 has and JSON Schema does not, in a schema of a document of a later version. Documents that
 * were converted have them, and mean what they mean in 3.0: `toDialect31` converts them.
 */
export function oldKeywordsOf(schema: JsonObject, at: PointerTo): readonly Flaw[] {
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
