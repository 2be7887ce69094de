import { isDeepStrictEqual } from 'node:util';
import type { Json, Pointer } from '../contract/contract.js';
import { type Change, changeAt } from './change.js';
import type { ChangeKind } from './kinds.js';

/** Which texts of an object to compare. */
interface ComparedTexts<Owner> {
  readonly kind: ChangeKind;
  /** The name of the object in messages. */
  readonly subject: string;
  /** Keyword → its value. */
  readonly texts: Readonly<Record<string, (owner: Owner) => Json | undefined>>;
}

/** Reports each text that changed. */
export function compareTexts<Owner extends { readonly pointer: Pointer }>(
  { kind, subject, texts }: ComparedTexts<Owner>,
  before: Owner,
  after: Owner,
): readonly Change[] {
  return Object.entries(texts).flatMap(([name, read]) => {
    const [from, to] = [read(before), read(after)];
    return isDeepStrictEqual(from, to)
      ? []
      : [changeAt(kind, `${after.pointer}/${name}`, `${name} of ${subject} changed`, { from, to })];
  });
}

/** Reports that something became deprecated or is no longer deprecated. */
export function compareDeprecation(
  kinds: { readonly deprecated: ChangeKind; readonly undeprecated: ChangeKind },
  subject: string,
  before: { readonly deprecated: boolean },
  after: { readonly deprecated: boolean; readonly pointer: Pointer },
): readonly Change[] {
  if (before.deprecated === after.deprecated) return [];
  const kind = after.deprecated ? kinds.deprecated : kinds.undeprecated;
  const what = `${subject} is ${after.deprecated ? 'deprecated' : 'no longer deprecated'}`;
  return [changeAt(kind, after.pointer, what, { from: before.deprecated, to: after.deprecated })];
}
