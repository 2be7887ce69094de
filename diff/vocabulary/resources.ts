import { isDeepStrictEqual } from 'node:util';
import type { Contract, Json, Resource } from '../../contract/contract.js';
import { joinPointer } from '../../contract/pointer.js';
import { type Change, changeAt } from '../change.js';
import type { ChangeKind } from '../kinds.js';
import { describeChange, valueText } from '../report/wording.js';
import { compareLimits } from './limits.js';

/** The changes of each resource, by its name. */
export function compareResources(before: Contract, after: Contract): ReadonlyMap<string, readonly Change[]> {
  const names = new Set([...before.resources.keys(), ...after.resources.keys()]);
  return new Map(
    [...names].map((name) => [name, compareResource(before.resources.get(name), after.resources.get(name))]),
  );
}

/** Facts that are compared as a whole. */
const WHOLES: readonly {
  readonly kind: ChangeKind;
  readonly keyword: string;
  readonly read: (resource: Resource) => Json | undefined;
}[] = [
  { kind: 'resource-key-changed', keyword: 'key', read: ({ key, inside }) => (inside ? { ...inside.key } : key) },
  {
    kind: 'resource-key-changed',
    keyword: 'inside',
    read: ({ inside }) => inside && `${inside.parent} ${inside.list}`,
  },
  { kind: 'cascade-changed', keyword: 'refers', read: ({ refers }) => refers.map((reference) => ({ ...reference })) },
  { kind: 'item-kind-changed', keyword: 'kind', read: ({ kind }) => kind && { ...kind } },
  {
    kind: 'initial-items-changed',
    keyword: 'initial',
    read: ({ initial }) => (initial.length > 0 ? initial : undefined),
  },
  { kind: 'grants-changed', keyword: 'grants', read: ({ grants }) => grants && { ...grants } },
];

/** Facts that are compared entry by entry. */
interface ComparedList {
  readonly added: ChangeKind;
  readonly removed: ChangeKind;
  readonly keyword: string;
  readonly read: (resource: Resource) => readonly Json[];
}

const LISTS: readonly ComparedList[] = [
  { added: 'alias-added', removed: 'alias-removed', keyword: 'alias', read: ({ aliases }) => aliases },
  { added: 'uniqueness-added', removed: 'uniqueness-removed', keyword: 'unique', read: ({ unique }) => unique },
];

function compareResource(old: Resource | undefined, now: Resource | undefined): readonly Change[] {
  if (old === undefined) {
    return now === undefined ? [] : [changeAt('resource-added', now.pointer, `resource "${now.name}" was added`)];
  }
  if (now === undefined) return [changeAt('resource-removed', old.pointer, `resource "${old.name}" was removed`)];
  return [
    ...WHOLES.flatMap(({ kind, keyword, read }) => {
      const [from, to] = [read(old), read(now)];
      if (isDeepStrictEqual(from, to)) return [];
      const what = describeChange(`${keyword} of resource "${now.name}"`, from, to);
      return [changeAt(kind, joinPointer(now.pointer, keyword), what, { from, to })];
    }),
    ...LISTS.flatMap((list) => [
      ...missingEntries(list, 'removed', old, now),
      ...missingEntries(list, 'added', now, old),
    ]),
    ...compareLimits(now.name, old.limits, now.limits),
  ];
}

/** Reports the entries of a list that one resource has and the other lacks. */
function missingEntries(
  { keyword, read, ...kinds }: ComparedList,
  happened: 'added' | 'removed',
  owner: Resource,
  other: Resource,
): readonly Change[] {
  return read(owner).flatMap((entry, index) => {
    if (read(other).some((each) => isDeepStrictEqual(each, entry))) return [];
    const what = `${keyword} of resource "${owner.name}" ${happened === 'added' ? 'gained' : 'lost'} ${valueText(entry)}`;
    const values = happened === 'added' ? { to: entry } : { from: entry };
    return [changeAt(kinds[happened], joinPointer(owner.pointer, keyword, index), what, values)];
  });
}
