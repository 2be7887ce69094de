import type { Contract, Operation, Schema } from '../../contract/contract.js';
import { sentSchema } from '../../contract/item-envelope.js';
import { mergedSchema } from '../../contract/schema/merged-schema.js';
import { nameWords } from '../../contract/text/name-words.js';
import { propertiesOf, shapeOf } from '../arbitraries/schema-shape.js';
import { bodyMedia } from '../target/request-body.js';

/**
 * The properties of an item that requests of these operations give, and that no other item changes. All others are the
 * server's own, such as a version.
 */
export function givenProperties(contract: Contract, operations: readonly Operation[]): ReadonlySet<string> {
  return new Set(
    operations.flatMap((operation) => {
      const schema = sentSchema(contract, operation.effect, bodyMedia(operation)?.schema ?? {});
      return Object.entries(propertiesOf(shapeOf(contract, schema))).flatMap(([name, property]) =>
        mergedSchema(contract, property).readOnly === true || isAmongOthers(name, shapeOf(contract, property))
          ? []
          : [name],
      );
    }),
  );
}

/** Last words of names of an item's place among others, which changes when one of them comes or goes. */
const PLACES: ReadonlySet<string> = new Set(['rank', 'position', 'order', 'ordinal', 'index', 'sequence']);

/** Whether a property is about an item among others: its place, or whether it is the default, of which there is one. */
function isAmongOthers(name: string, { type }: Schema): boolean {
  const words = nameWords(name);
  if (type === 'boolean') return words.includes('default') || words.includes('primary');
  return (type === 'integer' || type === 'number') && PLACES.has(words.at(-1) ?? '');
}
