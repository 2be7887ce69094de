import type { Contract, Json } from '../../contract/contract.js';
import { withArticle } from '../../contract/text/with-article.js';
import type { Created } from '../fixtures/created-resources.js';
import type { Effects } from '../lookup/effects.js';
import { neededValues } from '../lookup/needed-values.js';
import { pathNaming } from '../lookup/path-names.js';
import { changeRequests, type Tuple } from '../lookup/tuples.js';
import { type Exchange, succeeded } from '../target/exchange.js';
import { buildRequest, type PlannedRequest } from '../target/request.js';
import { Stop } from './stop.js';

export interface RestorationOptions {
  readonly contract: Contract;
  readonly effects: Effects;
  readonly send: (request: PlannedRequest) => Promise<Exchange>;
}

interface Batch {
  readonly relation: string;
  /** The sides in the path of the removal. */
  readonly fixed: Readonly<Record<string, Json>>;
  readonly many: Json[];
}

/** Removes tuples, in as few requests as the contract allows. @throws Stop where the target refuses, NoAnswer */
export async function removeTuples(options: RestorationOptions, tuples: readonly Tuple[]): Promise<void> {
  const { contract, effects, send } = options;
  for (const { relation: name, fixed, many } of batchesOf(effects, tuples)) {
    const relation = contract.relations.get(name);
    if (relation === undefined) continue;
    for (const { operation, values } of changeRequests(effects, { kind: 'remove', relation, fixed, many })) {
      const exchange = await send(buildRequest(operation, values));
      if (!succeeded(exchange)) throw new Stop(`Could not remove ${withArticle(name)} that the check added.`, 'target');
    }
  }
}

/** Deletes a resource, where the contract has an operation for it. @throws Stop, NoAnswer */
export async function deleteResource(
  { effects, send }: RestorationOptions,
  { resource, id, parent }: Created,
): Promise<void> {
  const removal = effects.one('delete', resource);
  if (removal?.effect?.of[resource] === undefined) return;
  const path = pathNaming(removal, { ...parent, [resource]: id });
  await send(buildRequest(removal, { ...neededValues(effects.contract, removal), path }));
}

/** Tuples that one operation can remove together. */
function batchesOf(effects: Effects, tuples: readonly Tuple[]): readonly Batch[] {
  const batches = new Map<string, Batch>();
  for (const { relation, names } of tuples) {
    const removal = effects.all('remove', relation)[0];
    const bound = Object.keys(removal?.effect?.of ?? {});
    // An operation may name every side in its path; one of them then varies.
    const sides = Object.keys(names).every((side) => bound.includes(side)) ? bound.slice(0, -1) : bound;
    const fixed = Object.fromEntries(sides.map((side) => [side, names[side] ?? '']));
    const rest = Object.keys(names).find((side) => !sides.includes(side));
    if (removal === undefined || rest === undefined) continue;
    const key = JSON.stringify([relation, fixed]);
    const batch = batches.get(key) ?? { relation, fixed, many: [] };
    batch.many.push(names[rest] ?? '');
    batches.set(key, batch);
  }
  return [...batches.values()];
}
