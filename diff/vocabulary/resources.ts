import { isDeepStrictEqual } from 'node:util';
import type { Contract, Json, Resource } from '../../contract/contract.js';
import { joinPointer } from '../../contract/pointer.js';
import { type Finding, finding } from '../change.js';
import type { ChangeKind } from '../kinds.js';
import { changed, show } from '../report/wording.js';
import { compareLimits } from './limits.js';

/** What changed in each resource, by its name. */
export function compareResources(before: Contract, after: Contract): ReadonlyMap<string, readonly Finding[]> {
  const names = new Set([...before.resources.keys(), ...after.resources.keys()]);
  return new Map(
    [...names].map((name) => [name, compareResource(before.resources.get(name), after.resources.get(name))]),
  );
}

/** What is compared as a whole. */
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
  { kind: 'grants-changed', keyword: 'grants', read: ({ grants }) => grants && { ...grants } },
];

/** What is compared entry by entry. */
const LISTS: readonly {
  readonly added: ChangeKind;
  readonly removed: ChangeKind;
  readonly keyword: string;
  readonly read: (resource: Resource) => readonly Json[];
}[] = [
  { added: 'alias-added', removed: 'alias-removed', keyword: 'alias', read: ({ aliases }) => aliases },
  { added: 'uniqueness-added', removed: 'uniqueness-removed', keyword: 'unique', read: ({ unique }) => unique },
];

function compareResource(old: Resource | undefined, now: Resource | undefined): readonly Finding[] {
  if (old === undefined) {
    return now === undefined ? [] : [finding('resource-added', now.pointer, `resource "${now.name}" is new`)];
  }
  if (now === undefined) return [finding('resource-removed', old.pointer, `resource "${old.name}" is gone`)];
  return [
    ...WHOLES.flatMap(({ kind, keyword, read }) => {
      const [from, to] = [read(old), read(now)];
      if (isDeepStrictEqual(from, to)) return [];
      const what = changed(`${keyword} of resource "${now.name}"`, from, to);
      return [finding(kind, joinPointer(now.pointer, keyword), what, { from, to })];
    }),
    ...LISTS.flatMap(({ added, removed, keyword, read }) => [
      ...entries(removed, old, now, keyword, read, 'lost'),
      ...entries(added, now, old, keyword, read, 'gained'),
    ]),
    ...compareLimits(now.name, old.limit ? [old.limit] : [], now.limit ? [now.limit] : []),
  ];
}

/** Reports the entries that one has and the other lacks. */
function entries(
  kind: ChangeKind,
  having: Resource,
  lacking: Resource,
  keyword: string,
  read: (resource: Resource) => readonly Json[],
  verb: 'lost' | 'gained',
): readonly Finding[] {
  return read(having).flatMap((entry, index) => {
    if (read(lacking).some((other) => isDeepStrictEqual(other, entry))) return [];
    const what = `${keyword} of resource "${having.name}" ${verb} ${show(entry)}`;
    return [
      finding(
        kind,
        joinPointer(having.pointer, keyword, index),
        what,
        verb === 'lost' ? { from: entry } : { to: entry },
      ),
    ];
  });
}
