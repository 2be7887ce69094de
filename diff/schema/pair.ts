import type { Json, Pointer } from '../../contract/contract.js';
import type { Finding } from '../change.js';
import { finding } from '../change.js';
import type { ChangeKind } from '../kinds.js';
import { changed } from '../report/wording.js';
import { type Label, naming } from './label.js';
import type { Located, Parts, Site } from './site.js';

/** Which way values go: callers write requests and read answers. */
export type Direction = 'request' | 'response';

/** The same site in the old and the new contract. */
export interface Pair {
  readonly direction: Direction;
  readonly label: Label;
  readonly before: Parts;
  readonly after: Parts;
  /** Where the site begins in the new document. */
  readonly pointer: Pointer;
  report(finding: Finding): void;
  /** Compares a site inside of this one. */
  descend(before: Site, after: Site, label: Label): void;
  /** A value with its references replaced by what they name, for keywords that are compared as a whole. */
  readonly expandBefore: (value: Json) => Json;
  readonly expandAfter: (value: Json) => Json;
}

/** One kind of keyword: looks at a pair and reports what changed. */
export type Rule = (pair: Pair) => void;

export type Verdict = 'tightened' | 'loosened' | 'changed';

/** Reports that a keyword takes fewer values, more values, or others. */
export function reportConstraint(
  pair: Pair,
  name: string,
  verdict: Verdict,
  before: Located | undefined,
  after: Located | undefined,
): void {
  const what = changed(`${name} of ${naming(pair.label)}`, before?.value, after?.value);
  reportValues(pair, `${pair.direction}-constraint-${verdict}`, what, before, after);
}

export function reportValues(
  pair: Pair,
  kind: ChangeKind,
  what: string,
  before: Located | undefined,
  after: Located | undefined,
): void {
  const pointer = after?.pointer ?? before?.pointer ?? pair.pointer;
  pair.report(finding(kind, pointer, what, { from: before?.value, to: after?.value }));
}
