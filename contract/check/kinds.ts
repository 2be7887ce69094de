import type { Contract, Operation } from '../contract.js';
import { isObject, joinPointer } from '../pointer.js';
import type { Flaw } from './flaw.js';
import { unknownName } from './unknown-name.js';

/** What is wrong with the requirements by kind of a body: properties that it does not have, and items without kinds. */
export function checkKinds(contract: Contract, { requestBody, effect }: Operation): readonly Flaw[] {
  return (requestBody?.content ?? []).flatMap(({ type, schema, kinds }) => {
    if (kinds === undefined) return [];
    const pointer = joinPointer(requestBody?.pointer ?? '', 'content', type, 'schema', 'x-kinds');
    const { properties } = contract.resolve(schema);
    const known = isObject(properties) ? Object.keys(properties) : [];
    const unknown = [...kinds].flatMap(([kind, rules]) =>
      (['required', 'refused'] as const).flatMap((keyword) =>
        rules[keyword]
          .filter((name) => !known.includes(name))
          .map((name) => unknownName(joinPointer(pointer, kind, keyword), 'property of the body', name, known)),
      ),
    );
    const target = effect?.target ?? '';
    if (effect?.kind === 'create' && contract.resources.get(target)?.kind !== undefined) return unknown;
    const message = `"x-kinds" needs an operation that creates a resource with "kind"; "${target}" has none`;
    return [...unknown, { pointer, message }];
  });
}
