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
 * show sets of them. Where what an item refers to decides its kind, items of the usual kind have a shape: those that refer
 * to what every tenant has.
 */
export function itemShape(
  resource: Resource,
  builder: ItemBuilder,
  { properties, required, conditions }: ItemProperties,
  { contract, provider, validators }: ShapeContext,
): ItemShape | undefined {
  const { key, aliases, unique, optionalInUnique, refers } = resource;
  const usual = usualKind(contract, resource);
  const template = builder.keyTemplate;
  const identifying = [[key], ...aliases.map((alias) => [alias]), ...unique];
  const dependsOnOthers =
    resource.derived === true ||
    resource.under !== undefined ||
    refers.some(({ property }) => property !== usual?.property) ||
    Object.keys(conditions).length > 0 ||
    builder.keySets.length > 0 ||
    optionalInUnique.size > 0 ||
    [...contract.resources.values()].some(({ inside }) => inside?.parent === resource.name);
  if (dependsOnOthers || template === undefined || !PositionIds.fit(template)) return undefined;
  if (!identifying.flat().every((name) => builder.isKeptText(name))) return undefined;
  const names = [...properties.keys()];
  const needed = new Set([...required, ...(usual?.required ?? []).filter((name) => builder.stored.has(name))]);
  const checkKey = keyCheckFor(contract, validators, resource.name);
  const checks = [...properties].map(([name, schema]) => {
    const errors = validators.compile(schema);
    const hook = builder.hookOf(name);
    // Such a value says something of other properties, or is checked by itself.
    const isSpecial = hook !== undefined && (hook in provider.impliedProperties || hook in provider.stateChecks);
    const isValid = (value: Json): boolean =>
      !isSpecial &&
      errors(value).length === 0 &&
      (name !== key || checkKey(value) === undefined) &&
      (name !== usual?.property || usual.values.includes(value));
    const check = propertyCheck(contract, name, { schema, isValid });
    return isSpecial || name === key || name === usual?.property ? { ...check, isSurelyValid: () => false } : check;
  });
  return {
    resource,
    checks,
    required: [...needed].map((name) => names.indexOf(name)),
    groups: distinct(identifying).map((group) => group.map((name) => names.indexOf(name))),
    key: names.indexOf(key),
    template,
  };
}

/** The kind that most items of a resource have. */
interface UsualKind {
  /** The foreign key that decides the kind. */
  readonly property: string;
  /** Its values that every tenant has. */
  readonly values: readonly Json[];
  readonly required: readonly string[];
}

function usualKind(contract: Contract, { name, kind, refers }: Resource): UsualKind | undefined {
  const reference = refers.find(({ property }) => property === kind?.property);
  const kinds = contract.operations.flatMap(({ effect, requestBody }) =>
    effect?.kind === 'create' && effect.target === name
      ? (requestBody?.content ?? []).flatMap((media) => [...(media.kinds ?? [])])
      : [],
  );
  const [usual] = kinds;
  if (kind === undefined || reference === undefined || usual === undefined) return undefined;
  const [usualName, { required }] = usual;
  const initial = contract.resources.get(reference.resource)?.initial ?? [];
  const values = initial
    .filter((item) => item[kind.of] === usualName)
    .flatMap((item) => (item[reference.by] === undefined ? [] : [item[reference.by] ?? null]));
  return { property: reference.property, values, required };
}

function distinct(groups: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return [...new Map(groups.map((group) => [group.join('\n'), group])).values()];
}
