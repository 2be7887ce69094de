import { isDeepStrictEqual } from 'node:util';
import type { Json, Pointer } from '../contract/contract.js';
import { type Finding, finding } from './change.js';
import type { ChangeKind } from './kinds.js';

/** Reports each of some texts that reads differently. */
export function compareTexts<Owner extends { readonly pointer: Pointer }>(
  kind: ChangeKind,
  subject: string,
  before: Owner,
  after: Owner,
  texts: Readonly<Record<string, (owner: Owner) => Json | undefined>>,
): readonly Finding[] {
  return Object.entries(texts).flatMap(([name, read]) => {
    const [from, to] = [read(before), read(after)];
    return isDeepStrictEqual(from, to)
      ? []
      : [finding(kind, `${after.pointer}/${name}`, `${name} of ${subject} changed`, { from, to })];
  });
}

/** Reports that something became deprecated, or no longer is. */
export function compareDeprecation(
  kinds: { readonly deprecated: ChangeKind; readonly undeprecated: ChangeKind },
  subject: string,
  before: { readonly deprecated: boolean },
  after: { readonly deprecated: boolean; readonly pointer: Pointer },
): readonly Finding[] {
  if (before.deprecated === after.deprecated) return [];
  const kind = after.deprecated ? kinds.deprecated : kinds.undeprecated;
  const what = `${subject} is ${after.deprecated ? 'deprecated' : 'no longer deprecated'}`;
  return [finding(kind, after.pointer, what, { from: before.deprecated, to: after.deprecated })];
}
