import type { Json, Pointer } from '../../contract/contract.js';
import type { Change } from '../change.js';
import { changeAt } from '../change.js';
import type { ChangeKind } from '../kinds.js';
import { describeChange } from '../report/wording.js';
import { type Label, labelText } from './label.js';
import type { Located, Parts, Site } from './site.js';

/** The direction of values: callers write requests and read responses. */
export type Direction = 'request' | 'response';

/** The same site in the old and the new contract. */
export interface Pair {
  readonly direction: Direction;
  readonly label: Label;
  readonly before: Parts;
  readonly after: Parts;
  /** The pointer of the site in the new document. */
  readonly pointer: Pointer;
  report(change: Change): void;
  /** Compares a site inside this one. */
  descend(before: Site, after: Site, label: Label): void;
  /** Whether comparing two sites finds a breaking change, except for those to ignore. Reports nothing. */
  breaks(before: Site, after: Site, ignore: (change: Change) => boolean): boolean;
  /** A value with its references resolved, for keywords that are compared as a whole. */
  readonly expandBefore: (value: Json) => Json;
  readonly expandAfter: (value: Json) => Json;
}

/** Compares one kind of keyword and reports the changes. */
export type Rule = (pair: Pair) => void;

export type Verdict = 'tightened' | 'loosened' | 'changed';

/** Reports that a keyword accepts fewer values, more values, or other values. */
export function reportConstraint(pair: Pair, name: string, verdict: Verdict, [before, after]: LocatedPair): void {
  const what = describeChange(`${name} of ${labelText(pair.label)}`, before?.value, after?.value);
  reportValues(pair, `${pair.direction}-constraint-${verdict}`, what, [before, after]);
}

/** A keyword before and after; undefined where it is absent. */
export type LocatedPair = readonly [before: Located | undefined, after: Located | undefined];

/** Reports a change with the old and new value of a keyword. */
export function reportValues(pair: Pair, kind: ChangeKind, what: string, [before, after]: LocatedPair): void {
  const pointer = after?.pointer ?? before?.pointer ?? pair.pointer;
  pair.report(changeAt(kind, pointer, what, { from: before?.value, to: after?.value }));
}
