import type { Contract, JsonObject } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { propertiesOf, requiredOf, shapeOf } from '../arbitraries/schema-shape.js';
import { sampleValue } from '../arbitraries/valid-value.js';

/**
 * What a resource that no operation creates is made of: the properties that its read always shows, except its key and
 * those that a server generates. Empty if the contract has no read of it.
 *
 * @param seed - another one gives other values
 */
export function provisionedBody(contract: Contract, resource: string, seed: number): JsonObject {
  const schema = contract.operations
    .filter(({ effect }) => effect?.kind === 'read' && effect.on === 'resource' && effect.target === resource)
    .flatMap(({ responses }) => responses.filter(({ status }) => status.startsWith('2')))
    .flatMap(({ content }) => content.map((media) => media.schema))[0];
  if (schema === undefined) return {};
  const sample = sampleValue(contract, schema, { forRequest: false, optional: 'required' }, seed);
  if (!isObject(sample)) return {};
  const shape = shapeOf(contract, schema);
  const properties = propertiesOf(shape);
  const key = contract.resources.get(resource)?.key;
  const isGiven = (name: string): boolean => name !== key && contract.valueOf(properties[name] ?? {}) === undefined;
  return Object.fromEntries(
    Object.entries(sample).filter(([name]) => requiredOf(shape).includes(name) && isGiven(name)),
  );
}
