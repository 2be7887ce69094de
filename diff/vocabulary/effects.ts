import { isDeepStrictEqual } from 'node:util';
import type { Effect, Json, Operation } from '../../contract/contract.js';
import { joinPointer } from '../../contract/pointer.js';
import { type Change, changeAt } from '../change.js';
import type { ChangeKind } from '../kinds.js';
import { describeChange, listText } from '../report/wording.js';

/** Compares the `x-effect` of an operation. */
export function compareEffects(before: Operation, after: Operation): readonly Change[] {
  const [old, now] = [before.effect, after.effect];
  if (old === undefined && now === undefined) return [];
  if (now === undefined) return [changeAt('effect-unsaid', old?.pointer ?? '', 'x-effect was removed')];
  if (old === undefined) return [changeAt('effect-said', now.pointer, 'x-effect was added')];
  return [
    ...FIELDS.flatMap(({ name, kind, read }) => {
      const [from, to] = [read(old, before), read(now, after)];
      if (isDeepStrictEqual(from, to)) return [];
      return [
        changeAt(kind, joinPointer(now.pointer, name), describeChange(`${name} of x-effect`, from, to), { from, to }),
      ];
    }),
    ...compareUnknown(old, now),
    ...compareConsistency(old, now),
  ];
}

interface Field {
  readonly name: string;
  readonly kind: ChangeKind;
  readonly read: (effect: Effect, operation: Operation) => Json | undefined;
}

const FIELDS: readonly Field[] = [
  { name: 'verb', kind: 'effect-changed', read: ({ kind, target }) => `${kind} ${target}` },
  { name: 'of', kind: 'effect-changed', read: ({ of }, operation) => placesOf(of, operation) },
  { name: 'query', kind: 'effect-changed', read: ({ query }) => query },
  { name: 'by', kind: 'effect-changed', read: ({ by }) => by },
  { name: 'each', kind: 'effect-changed', read: ({ each }) => each },
  { name: 'flag', kind: 'effect-changed', read: ({ flag }) => flag },
  { name: 'renew', kind: 'effect-changed', read: ({ renew }) => renew },
  { name: 'as', kind: 'listing-property-changed', read: ({ as }) => as },
  { name: 'within', kind: 'effect-changed', read: ({ within }) => within },
  { name: 'next', kind: 'listing-end-changed', read: ({ next }) => next },
];

/** Each side with the position of its path parameter, which does not change when the parameter is renamed. */
function placesOf(of: Effect['of'], { path }: Operation): Json {
  const names = [...path.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name);
  return Object.fromEntries(Object.entries(of).map(([side, parameter]) => [side, names.indexOf(parameter) + 1]));
}

function compareUnknown(old: Effect, now: Effect): readonly Change[] {
  const [from, to] = [old.unknownSucceeds, now.unknownSucceeds];
  const refused = from.filter((side) => !to.includes(side));
  const accepted = to.filter((side) => !from.includes(side));
  const pointer = joinPointer(now.pointer, 'unknown');
  return [
    ...(refused.length === 0
      ? []
      : [changeAt('unknown-refused', pointer, `an unknown ${listText(refused)} is now refused`, { from, to })]),
    ...(accepted.length === 0
      ? []
      : [changeAt('unknown-accepted', pointer, `an unknown ${listText(accepted)} is now accepted`, { from, to })]),
  ];
}

function compareConsistency(old: Effect, now: Effect): readonly Change[] {
  const [from, to] = [old.consistency, now.consistency];
  if (from === to) return [];
  const kind = to === 'eventual' ? 'consistency-weakened' : 'consistency-strengthened';
  return [
    changeAt(kind, joinPointer(now.pointer, 'consistency'), describeChange('consistency', from, to), { from, to }),
  ];
}
