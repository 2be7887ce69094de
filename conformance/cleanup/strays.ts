import type { Contract } from '../../contract/contract.js';
import type { Created, CreatedResources } from '../fixtures/created-resources.js';
import { isBelievable } from '../judge/judge.js';
import type { Effects } from '../lookup/effects.js';
import { readOperation, readRequest } from '../lookup/resource-operations.js';
import type { Exchange } from '../target/exchange.js';
import type { PlannedRequest } from '../target/request.js';
import type { Attempt } from './attempt.js';
import { findMarked } from './marked-resources.js';

export interface StraySearch {
  readonly contract: Contract;
  readonly effects: Effects;
  readonly created: CreatedResources;
  /** Of the run. */
  readonly mark: string;
  readonly send: (request: PlannedRequest) => Promise<Exchange>;
}

/** So many pages of each listing are read: a collection may have hundreds. */
const MOST_PAGES = 20;

/**
 * What carries the mark of the run or the id of what it created, and no answer to a creation named: a server may make a
 * domain for each provider that a run creates, and keep it. Only of derived resources: a contract with our keywords says
 * what requests create.
 */
export async function findStrays(search: StraySearch, attempt: Attempt): Promise<readonly Created[]> {
  const { contract, effects, created, mark, send } = search;
  const known = new Set([...created.all(), ...created.removed].map(nameOf));
  if (known.size + created.suspects.length + created.unknown.length === 0) return [];
  const { found } = await findMarked({
    ...{ contract, effects, send, maxPages: MOST_PAGES, attempt: (action) => attempt.try(action) },
    // Keys that nothing has end in other characters than names do.
    markOf: (text) => (text.includes(mark) ? mark : undefined),
    ids: created.longIds,
    isSought: () => true,
    resources: [...contract.resources.values()].filter(({ derived }) => derived === true),
  });
  const strays: Created[] = [];
  for (const one of found.filter((each) => !known.has(nameOf(each))))
    if ((await attempt.try(() => isShown(search, one))) === true) strays.push(one);
  return strays;
}

/** A listing alone may show for a while what is gone. */
async function isShown({ contract, send }: StraySearch, { resource, id }: Created): Promise<boolean> {
  const reading = readOperation(resource, contract);
  return reading === undefined || isBelievable(await send(readRequest(contract, reading, { [resource]: id })));
}

function nameOf({ resource, id }: Created): string {
  return `${resource} ${id}`;
}
