import type { Contract } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import type { Created, CreatedResources } from '../fixtures/created-resources.js';
import { isBelievable } from '../judge/judge.js';
import type { Effects } from '../lookup/effects.js';
import { idOf, resourceNamed } from '../lookup/identity.js';
import { readListing } from '../lookup/listing.js';
import { type Exchange, succeeded } from '../target/exchange.js';
import { NoAnswer } from '../target/http-session.js';
import { buildRequest, noValues, type PlannedRequest } from '../target/request.js';
import { Stop } from './stop.js';

export interface CleanupOptions {
  readonly contract: Contract;
  readonly effects: Effects;
  readonly created: CreatedResources;
  /** How many requests go side by side. */
  readonly workers: number;
  readonly send: (request: PlannedRequest) => Promise<Exchange>;
}

/** After so many requests without an answer nothing more is tried. */
const GIVE_UP_AFTER = 2;

/**
 * Removes everything of ours from the target, as far as it lets us.
 * @returns what is left, named so that a person can remove it
 */
export async function cleanUp(options: CleanupOptions): Promise<readonly string[]> {
  const { created, workers } = options;
  const attempt = new Attempt();
  const unknown: string[] = [];
  for (const { resource, text } of created.suspects) {
    const found = await attempt.try(() => findSuspect(options, resource, text));
    if (found !== true) unknown.push(`perhaps a ${resource} with ${text}`);
  }
  // What refers to something else goes before it: in turns, as far as things refer to each other.
  for (const turn of turns(options.contract, created.all())) {
    const queue = [...turn];
    const worker = async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const created = next;
        await attempt.try(() => remove(options, created));
      }
    };
    await Promise.all(Array.from({ length: workers }, worker));
  }
  const left = created
    .all()
    .map(({ resource, id, label }) => `${resource} ${id}${label === '' || label === id ? '' : ` (${label})`}`);
  return [...left, ...unknown];
}

/** Goes on until there is no point any more. */
class Attempt {
  #failures = 0;
  #over = false;

  /** @returns what the action returns, or nothing where it was not done */
  async try<T>(action: () => Promise<T>): Promise<T | undefined> {
    if (this.#over) return undefined;
    try {
      const result = await action();
      this.#failures = 0;
      return result;
    } catch (error) {
      if (error instanceof Stop) this.#over = true;
      else if (error instanceof NoAnswer) {
        this.#failures += 1;
        if (this.#failures >= GIVE_UP_AFTER) this.#over = true;
      } else throw error;
      return undefined;
    }
  }
}

async function remove({ effects, created, send }: CleanupOptions, { resource, id }: Created): Promise<void> {
  const operation = effects.one('delete', resource);
  const parameter = operation?.effect?.of[resource];
  if (operation === undefined || parameter === undefined) return;
  const exchange = await send(buildRequest(operation, { ...noValues, path: { [parameter]: id } }));
  if (isBelievable(exchange) || isGone(exchange)) return created.remove(resource, id);
  const reading = succeeded(exchange) ? effects.one('read', resource) : undefined;
  const named = reading?.effect?.of[resource];
  if (reading === undefined || named === undefined) return;
  if (isGone(await send(buildRequest(reading, { ...noValues, path: { [named]: id } })))) created.remove(resource, id);
}

/** In words that only an API has: a page of HTML may have any status. */
function isGone({ response }: Exchange): boolean {
  return (response.status === 404 || response.status === 410) && (response.json !== undefined || response.text === '');
}

/**
 * Looks for something whose creation was not answered.
 * @returns whether what the target says about it is to be believed
 */
async function findSuspect(
  { contract, effects, created, send }: CleanupOptions,
  name: string,
  text: string,
): Promise<boolean> {
  const listing = effects.all('list', name).find(({ effect }) => Object.keys(effect?.of ?? {}).length === 0);
  if (listing === undefined) return false;
  const { entries, exchange, complete } = await readListing(listing, noValues, send);
  const resource = resourceNamed(contract, name);
  for (const entry of entries) {
    const id = isObject(entry) && JSON.stringify(entry).includes(text) ? idOf(resource, entry) : undefined;
    if (id !== undefined) created.add({ resource: name, id, label: text });
  }
  return complete && isBelievable(exchange);
}

/** What refers to others first, then what those refer to. */
function turns(contract: Contract, created: readonly Created[]): readonly (readonly Created[])[] {
  const refers = (name: string) => contract.resources.get(name)?.refers.length ?? 0;
  return [
    created.filter(({ resource }) => refers(resource) > 0),
    created.filter(({ resource }) => refers(resource) === 0),
  ];
}
