import type { Contract, Json, Operation } from '../../spec/contract/contract.js';
import { isObject } from '../../spec/contract/pointer.js';
import type { Exchange } from '../exchange.js';
import type { Violation } from '../finding.js';
import { buildRequest, noValues, type PlannedRequest, type RequestValues } from '../request.js';
import type { Effects } from './effects.js';
import { entriesOf, readListing } from './listing.js';
import type { Witness } from './stage.js';

type Send = (request: PlannedRequest) => Promise<Exchange>;
/** Looks once. The text is the same as long as what is shown is. */
type Look = () => Promise<{ readonly shown: string; readonly exchange: Exchange }>;

/** Takes a first look at what a request with these values would change. */
export async function takeWitness(
  contract: Contract,
  effects: Effects,
  operation: Operation,
  values: RequestValues,
  send: Send,
): Promise<Witness> {
  const look = lookFor(contract, effects, operation, values, send);
  if (look === undefined) return { blind: true, unchanged: async () => [] };
  let last = (await look()).shown;
  return {
    blind: false,
    async unchanged(refused) {
      const { shown, exchange } = await look();
      if (shown === last) return [];
      const before = last;
      last = shown;
      return [changed(refused, exchange, before, shown)];
    },
  };
}

function changed(refused: Exchange, exchange: Exchange, before: string, shown: string): Violation {
  const answer = refused.response.status === 0 ? 'no answer' : String(refused.response.status);
  return {
    cause: 'a refused request changed something',
    expected: `after ${answer} as before: ${shorten(before)}`,
    actual: `changed: ${shorten(shown)}`,
    evidence: { grade: 'documented', source: 'a refusal changes nothing' },
    exchange,
    before: [refused],
  };
}

function shorten(text: string): string {
  return text.length <= 120 ? text : `${text.slice(0, 120)}…`;
}

function lookFor(
  contract: Contract,
  effects: Effects,
  operation: Operation,
  values: RequestValues,
  send: Send,
): Look | undefined {
  const { effect } = operation;
  if (effect === undefined) return undefined;
  switch (effect.kind) {
    case 'add':
    case 'remove': {
      const listing = effects.one('list', effect.target, Object.keys(effect.of));
      return listing === undefined
        ? undefined
        : () => lookAtListing(listing, pathFor(operation, listing, values), send);
    }
    case 'update':
    case 'delete': {
      const reading = effects.one('read', effect.target);
      return reading === undefined ? undefined : () => lookAtOne(reading, pathFor(operation, reading, values), send);
    }
    case 'create':
      return lookForCreated(contract, effects, effect.target, values, send);
    default:
      return undefined;
  }
}

/** The same sides, under the names of another operation's path parameters. */
function pathFor(from: Operation, to: Operation, values: RequestValues): Record<string, Json> {
  const path: Record<string, Json> = {};
  for (const [side, parameter] of Object.entries(to.effect?.of ?? {})) {
    const source = from.effect?.of[side];
    path[parameter] = (source === undefined ? undefined : values.path[source]) ?? '';
  }
  return path;
}

async function lookAtListing(listing: Operation, path: Record<string, Json>, send: Send): ReturnType<Look> {
  const { entries, exchange, complete } = await readListing(listing, { ...noValues, path }, send);
  return {
    shown: complete ? JSON.stringify(entries) : `${exchange.response.status} ${exchange.response.text}`,
    exchange,
  };
}

async function lookAtOne(reading: Operation, path: Record<string, Json>, send: Send): ReturnType<Look> {
  const exchange = await send(buildRequest(reading, { ...noValues, path }));
  return { shown: `${exchange.response.status} ${exchange.response.text}`, exchange };
}

/** What would be created is looked for by a property that the request gives: by path, or by the filter of a listing. */
function lookForCreated(
  contract: Contract,
  effects: Effects,
  target: string,
  values: RequestValues,
  send: Send,
): Look | undefined {
  const { body } = values;
  if (!isObject(body)) return undefined;
  const unique = (contract.resources.get(target)?.unique ?? []).flat();
  const byName = effects
    .all('read', target)
    .find(({ effect }) => effect?.by !== undefined && typeof body[effect.by] === 'string');
  const parameter = byName?.effect?.of[target];
  if (byName?.effect?.by !== undefined && parameter !== undefined) {
    const path = { [parameter]: body[byName.effect.by] ?? '' };
    return () => lookAtOne(byName, path, send);
  }
  for (const listing of effects.all('list', target)) {
    if (Object.keys(listing.effect?.of ?? {}).length > 0) continue;
    for (const { name, query } of listing.parameters) {
      if (query?.kind !== 'filter' || !unique.includes(query.property)) continue;
      const value = body[query.property];
      if (typeof value !== 'string') continue;
      const { property } = query;
      return async () => {
        const exchange = await send(buildRequest(listing, { ...noValues, query: { [name]: value } }));
        const same = entriesOf(listing, exchange.response.json).filter(
          (entry) => isObject(entry) && entry[property] === value,
        );
        return { shown: `${exchange.response.status} ${JSON.stringify(same)}`, exchange };
      };
    }
  }
  return undefined;
}
