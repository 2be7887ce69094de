import type { Contract, Operation } from '../../contract/contract.js';
import { sentSchema } from '../../contract/item-envelope.js';
import { mergedSchema } from '../../contract/schema/merged-schema.js';
import { propertiesOf, shapeOf } from '../arbitraries/schema-shape.js';
import { bodyMedia } from '../target/request-body.js';

/** The properties of an item that requests of these operations give. All others are the server's own, such as a version. */
export function givenProperties(contract: Contract, operations: readonly Operation[]): ReadonlySet<string> {
  return new Set(
    operations.flatMap((operation) => {
      const schema = sentSchema(contract, operation.effect, bodyMedia(operation)?.schema ?? {});
      return Object.entries(propertiesOf(shapeOf(contract, schema))).flatMap(([name, property]) =>
        mergedSchema(contract, property).readOnly === true ? [] : [name],
      );
    }),
  );
}
