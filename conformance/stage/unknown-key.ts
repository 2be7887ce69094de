import type { Contract, Operation, Resource } from '../../spec/contract/contract.js';
import { propertiesOf, shapeOf } from '../arbitraries/schema-shape.js';

const ALPHABETS: Readonly<Record<string, string>> = {
  alnum: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
  hex: '0123456789abcdef',
  digit: '0123456789',
};

/**
 * A key of the form that the contract gives this resource's keys, or of the form of `like` where it gives none. That it
 * names nothing is as good as certain: there are more such keys than anybody has things.
 */
export function unknownKey(
  contract: Contract,
  resource: Resource,
  creation: Operation | undefined,
  like: string,
  random: () => number,
): string {
  const template = keyTemplate(contract, resource, creation);
  const pick = (kind: string) => {
    const alphabet = ALPHABETS[kind] ?? ALPHABETS.alnum ?? '';
    return alphabet[Math.floor(random() * alphabet.length)] ?? '0';
  };
  if (template !== undefined) {
    return template.replace(/\{(alnum|hex|digit):(\d+)\}/g, (_, kind: string, length: string) =>
      Array.from({ length: Number(length) }, () => pick(kind)).join(''),
    );
  }
  const hex = /^[0-9a-f-]+$/.test(like);
  return like.replace(/[A-Za-z0-9]{1,12}$/, (tail) => [...tail].map(() => pick(hex ? 'hex' : 'alnum')).join(''));
}

function keyTemplate(contract: Contract, resource: Resource, creation: Operation | undefined): string | undefined {
  for (const { status, content } of creation?.responses ?? []) {
    const schema = content[0]?.schema;
    if (!status.startsWith('2') || schema === undefined) continue;
    const key = propertiesOf(shapeOf(contract, schema))[resource.key];
    const role = key === undefined ? undefined : contract.valueOf(key);
    if (role?.kind === 'id') return role.template;
  }
  return undefined;
}
