import type { Contract, Schema } from '../contract.js';
import { bareName } from '../text/bare-name.js';
import { propertiesOf, ShownSchemas } from './item-schemas.js';
import type { Found } from './rest-places.js';

interface ChildSchemas {
  readonly shown: readonly Schema[];
  readonly bodies: readonly Schema[];
}

/**
 * The property of an item that holds the key of its parent: one that answers show and no request sets, else one that no
 * answer shows.
 */
export function parentProperty(
  contract: Contract,
  { resource: parent }: Found,
  { shown, bodies }: ChildSchemas,
): string {
  const wanted = bareName(`${parent.name}${parent.key}`);
  const text = (schemas: readonly Schema[], name: string): string | undefined => {
    const schema = schemas.map((each) => propertiesOf(contract, each)[name]).find((each) => each !== undefined);
    return schema && ShownSchemas.textOf(contract, schema);
  };
  const declared = new Set([...shown, ...bodies].flatMap((schema) => Object.keys(propertiesOf(contract, schema))));
  const visible = [...declared].find(
    (name) =>
      bareName(name) === wanted &&
      text(bodies, name) === undefined &&
      text(shown, name) === text(parent.shownIn, parent.key),
  );
  let hidden = `${parent.name}_${parent.key}`;
  while (declared.has(hidden)) hidden += '_';
  return visible ?? hidden;
}
