import { randomInt } from 'node:crypto';
import { ancestorsOf } from '../../contract/ancestors.js';
import type { Contract, Json, Operation } from '../../contract/contract.js';
import { namedResource } from '../../contract/exists-once.js';
import { answeredItem } from '../../contract/item-envelope.js';
import { objectOr } from '../../contract/json/json-value.js';
import { isObject } from '../../contract/pointer.js';
import { withArticle } from '../../contract/text/with-article.js';
import type { CreatedResources } from '../fixtures/created-resources.js';
import type { Answered } from '../fixtures/fixtures.js';
import { UnknownKeys } from '../fixtures/unknown-key.js';
import { innermost } from '../fixtures/valid-values.js';
import { Effects } from '../lookup/effects.js';
import { readListing } from '../lookup/listings/listing.js';
import { listingOf } from '../lookup/listings/listing-of.js';
import { signIn } from '../lookup/mark.js';
import { neededValues } from '../lookup/needed-values.js';
import { namesOf, pathNaming } from '../lookup/path-names.js';
import { readOperation, readRequest } from '../lookup/resource-operations.js';
import { showsSent, showsSomeSent } from '../lookup/shows-sent.js';
import { type Exchange, refused, succeeded } from '../target/exchange.js';
import type { PlannedRequest } from '../target/request.js';
import type { PlannedCheck } from './plan/plan.js';
import { Stop } from './stop.js';

export interface StateProof {
  readonly contract: Contract;
  readonly resource: string;
  readonly created: CreatedResources;
  readonly create: () => Promise<Answered>;
  readonly send: (request: PlannedRequest) => Promise<Exchange>;
}

/** Why a target does not count as one that keeps a resource. */
export interface NoState {
  /** A sentence. */
  readonly reason: string;
  /** It could not be found out, so what is created has to be removed all the same. */
  readonly mayKeep: boolean;
}

/** The derived resources that a target must keep for the effect of an operation: of a relation, those of its sides. */
export function derivedResources({ effect, names }: Operation, contract: Contract): readonly string[] {
  const { resources, relations } = contract;
  const target = effect?.target ?? innermost(names) ?? '';
  const needed = relations.get(target)?.between ?? [target];
  return needed
    .map((resource) => namedResource(contract, resource))
    .filter((resource) => resources.get(resource)?.derived === true);
}

/**
 * Finds out whether a target keeps a resource whose effects were derived from paths: what was created must be read as it
 * was created, and an unknown key must be refused. Many servers keep no state by design, such as mocks.
 *
 * @returns undefined if it does
 */
export async function provesNoState({
  contract,
  resource,
  created,
  create,
  send,
}: StateProof): Promise<NoState | undefined> {
  const reading = readOperation(resource, contract);
  const { key = '' } = contract.resources.get(resource) ?? {};
  try {
    if (reading === undefined) return await provesNoListing({ contract, resource, created, create, send });
    const { subject, isOther } = await create();
    const read = await send(readRequest(contract, reading, namesOf(subject)));
    const { status } = read.response;
    const json = answeredItem(reading.effect, read.response.json);
    const notKept = (what: string): string => `The target does not keep a created ${resource}: reading it ${what}.`;
    if (!succeeded(read))
      return { reason: notKept(`got ${status}${read.refusedInBody === true ? ' and an error' : ''}`), mayKeep: true };
    const described = contract.resources.get(resource);
    if (described === undefined) return undefined;
    const keys = new UnknownKeys(new Effects(contract), created, () => randomInt(2 ** 31 - 1) / 2 ** 31);
    const other = await send(
      readRequest(contract, reading, { ...namesOf(subject), [resource]: keys.next(described, subject.name) }),
    );
    // What shows an item under any key, and not what was sent, keeps none.
    const { sent = {} } = subject;
    const sign = signIn(JSON.stringify(sent))?.toLowerCase();
    const showsSign = sign !== undefined && read.response.text.toLowerCase().includes(sign);
    const mayKeep = !succeeded(other) || showsSign || (isObject(json) && showsSomeSent(sent, json));
    if (!mayKeep) created.keepsNone(resource);
    if (isOther || !isObject(json) || String(json[key]) !== subject.id || !showsSent(sent, json))
      return { reason: notKept('shows something else'), mayKeep };
    const reason = `The target does not keep each ${resource}: reading an unknown one got ${other.response.status}.`;
    return refused(other) ? undefined : { reason, mayKeep };
  } catch (error) {
    if (error instanceof Stop && error.because !== 'cancelled' && error.because !== 'time')
      return { reason: error.message, mayKeep: true };
    throw error;
  }
}

/**
 * What a target lacks that is known to keep none of what can be created: it does not keep what exists once either, which
 * nothing creates. Only for checks that need it.
 */
export async function lackOfOthers(
  { check }: PlannedCheck,
  { resources, operations }: Contract,
  lackOf: (resource: string) => Promise<NoState | undefined>,
): Promise<NoState | undefined> {
  let found: NoState | undefined;
  if (!(check.needsState ?? check.family === 'state')) return undefined;
  for (const { name } of resources.values()) {
    if (!operations.some(({ effect }) => effect?.kind === 'create' && effect.target === name)) continue;
    const lack = await lackOf(name);
    if (lack === undefined) return undefined;
    if (!lack.mayKeep) found ??= lack;
  }
  return found;
}

/** The same for a resource that no operation reads: what was created must be listed. */
async function provesNoListing({ contract, resource, create, send }: StateProof): Promise<NoState | undefined> {
  const listing = listingOf(new Effects(contract), resource, ancestorsOf(contract, resource));
  if (listing === undefined)
    return { reason: `The contract has no operation that reads ${withArticle(resource)}.`, mayKeep: true };
  const { subject, isOther } = await create();
  const path = pathNaming(listing, namesOf(subject));
  const { entries, exchange } = await readListing(listing, { ...neededValues(contract, listing), path }, send);
  const { key = '' } = contract.resources.get(resource) ?? {};
  const isOwn = (entry: Json): boolean => !isOther && isObject(entry) && String(entry[key]) === subject.id;
  if (succeeded(exchange) && entries.some((entry) => isOwn(entry) && showsSent(subject.sent ?? {}, objectOr(entry))))
    return undefined;
  const what = succeeded(exchange) ? 'the listing does not show it' : `listing it got ${exchange.response.status}`;
  return { reason: `The target does not keep a created ${resource}: ${what}.`, mayKeep: true };
}

/** The resources that the path of an operation names: resource → path parameter. */
export function namedInPath({ effect, names }: Operation): Readonly<Record<string, string>> {
  return effect?.of ?? names ?? {};
}

/**
 * The operation as one without effect, where the target does not keep what it is about; undefined where its check has
 * nothing to check then.
 *
 * @param kept - what its path names and the target keeps all the same, such as the parent
 */
export function withoutEffect(
  { check, operation }: PlannedCheck,
  contract: Contract,
  kept: ReadonlySet<string>,
): Operation | undefined {
  const { effect, names: _names, ...others } = operation;
  const { mentions = [] } = contract.resources.get(effect?.target ?? '') ?? {};
  const names = Object.fromEntries(Object.entries(namedInPath(operation)).filter(([resource]) => kept.has(resource)));
  const plain = {
    ...others,
    ...(mentions.length === 0 ? {} : { mentions }),
    ...(kept.size === 0 ? {} : { names }),
  };
  return check.family !== 'state' && check.needsState !== true && check.applies(plain, contract) ? plain : undefined;
}
