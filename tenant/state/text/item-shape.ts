import type { Contract, Json, Resource } from '../../../contract/contract.js';
import type { ItemBuilder } from '../../effect/item-builder.js';
import type { Validators } from '../../input/validator.js';
import type { Provider } from '../../provider.js';
import type { ItemProperties } from '../item-schema.js';
import { keyCheckFor } from '../key-check.js';
import { PositionIds } from './position-ids.js';
import { type PropertyCheck, propertyCheck } from './property-check.js';

/** What the items of a list that stays text have to be like. */
export interface ItemShape {
  readonly resource: Resource;
  readonly checks: readonly PropertyCheck[];
  /** The indexes of the required properties. */
  readonly required: readonly number[];
  /** The groups of properties that identify an item, each by the indexes of its properties. */
  readonly groups: readonly (readonly number[])[];
  /** The index of the key. */
  readonly key: number;
  /** The template of generated keys. */
  readonly template: string;
}

export interface ShapeContext {
  readonly contract: Contract;
  readonly provider: Pick<Provider, 'impliedProperties' | 'stateChecks'>;
  readonly validators: Validators;
}

/**
 * The shape of a resource's items in a state; undefined if its items depend on others: they refer to them, are in them, or
 * show sets of them.
 */
export function itemShape(
  resource: Resource,
  builder: ItemBuilder,
  { properties, required }: ItemProperties,
  { contract, provider, validators }: ShapeContext,
): ItemShape | undefined {
  const { key, aliases, unique, optionalInUnique, refers } = resource;
  const template = builder.keyTemplate;
  const identifying = [[key], ...aliases.map((alias) => [alias]), ...unique];
  const dependsOnOthers =
    resource.derived === true ||
    resource.under !== undefined ||
    refers.length > 0 ||
    builder.keySets.length > 0 ||
    optionalInUnique.size > 0 ||
    [...contract.resources.values()].some(({ inside }) => inside?.parent === resource.name);
  if (dependsOnOthers || template === undefined || !PositionIds.fit(template)) return undefined;
  if (!identifying.flat().every((name) => builder.isKeptText(name))) return undefined;
  const names = [...properties.keys()];
  const checkKey = keyCheckFor(contract, validators, resource.name);
  const checks = [...properties].map(([name, schema]) => {
    const errors = validators.compile(schema);
    const hook = builder.hookOf(name);
    // Such a value says something of other properties, or is checked by itself.
    const isSpecial = hook !== undefined && (hook in provider.impliedProperties || hook in provider.stateChecks);
    const isValid = (value: Json): boolean =>
      !isSpecial && errors(value).length === 0 && (name !== key || checkKey(value) === undefined);
    const check = propertyCheck(contract, name, { schema, isValid });
    return isSpecial || name === key ? { ...check, isSurelyValid: () => false } : check;
  });
  return {
    resource,
    checks,
    required: required.map((name) => names.indexOf(name)),
    groups: distinct(identifying).map((group) => group.map((name) => names.indexOf(name))),
    key: names.indexOf(key),
    template,
  };
}

function distinct(groups: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return [...new Map(groups.map((group) => [group.join('\n'), group])).values()];
}
