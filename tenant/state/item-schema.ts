import type { Contract, Json, Resource, Schema } from '../../contract/contract.js';
import type { ItemBuilder } from '../effect/item-builder.js';
import { creationOf } from '../routing/endpoint.js';
import { propertiesOf } from '../view/properties.js';

/** The key of a resource's items in a state: `users` for `user`, or `user` if a relation is called `users`. */
export function stateKeyOf(contract: Contract, resource: string): string {
  return contract.relations.has(`${resource}s`) ? resource : `${resource}s`;
}

/** The properties of an item in a state. */
export interface ItemProperties {
  readonly properties: ReadonlyMap<string, Schema>;
  readonly required: readonly string[];
  /** Keywords that say which properties go together. */
  readonly conditions: Schema;
}

const CONDITIONS = ['if', 'then', 'else', 'not'] as const;

/** Items of a state may set every property that is stored or accepted; accepted ones are required only if stored. */
export function itemPropertiesOf(contract: Contract, resource: Resource, { stored }: ItemBuilder): ItemProperties {
  const accepted = creationOf(contract, resource.name) ?? {};
  const { required, ...rules } = contract.resolve(accepted);
  return {
    properties: new Map([...propertiesOf(contract, accepted), ...stored]),
    required: Array.isArray(required) ? required.map(String).filter((name) => stored.has(name)) : [],
    conditions: Object.fromEntries(
      CONDITIONS.flatMap((keyword): [string, Json][] => {
        const value = rules[keyword];
        return value === undefined ? [] : [[keyword, value]];
      }),
    ),
  };
}
