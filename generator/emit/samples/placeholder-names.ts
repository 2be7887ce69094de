import type { Contract, Operation, Parameter } from '../../../contract/contract.js';

/** What samples call the key of an item: `USER_ID`, or what the contract says. A link's key is that of what it links. */
function placeholderOfResource(contract: Contract, name: string): string {
  const { key, placeholder, refers = [] } = contract.resources.get(name) ?? {};
  const linked = refers.find(({ property }) => property === key)?.resource;
  return placeholder ?? `${capitals(linked ?? name)}_ID`;
}

/** The name of the path or query parameter in samples: after the item that it names, else after the parameter. */
export function placeholderOfParameter(contract: Contract, { effect }: Operation, { name }: Parameter): string {
  const side = Object.entries(effect?.of ?? {}).find(([, parameter]) => parameter === name)?.[0];
  if (side === undefined) return named(name);
  const key = placeholderOfResource(contract, side);
  return effect?.by === undefined || side !== effect.target ? key : `${key.replace(/_ID$/, '')}_${capitals(effect.by)}`;
}

/** The side of the effect that a query parameter names, with the property if the item has several keys. */
export function placeholderOfQuery(contract: Contract, { effect }: Operation, parameter: string): string | undefined {
  for (const [side, names] of Object.entries(effect?.query ?? {})) {
    if (names === parameter) return placeholderOfResource(contract, side);
    if (typeof names === 'string') continue;
    const property = Object.entries(names).find(([, name]) => name === parameter)?.[0];
    if (property !== undefined) return placeholderOfKey(contract, side, property);
  }
  return undefined;
}

/** A property that identifies an item inside another: the other's key, or a name of its own. */
export function placeholderOfKey(contract: Contract, side: string, property: string): string {
  const inside = contract.resources.get(side)?.inside;
  if (inside === undefined) return placeholderOfResource(contract, side);
  return inside.key[property]?.of === 'parent' ? placeholderOfResource(contract, inside.parent) : named(property);
}

/** A name in capitals with an underscore, so that it is no word of a language: `PET_ID`, `YOUR_NAME`. */
export function named(text: string): string {
  const name = capitals(text);
  return /^[A-Z].*_/.test(name) ? name : `YOUR_${name || 'VALUE'}`;
}

/** `petId`, `pet-id` and `pet id` become `PET_ID`. */
function capitals(text: string): string {
  return text
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');
}
