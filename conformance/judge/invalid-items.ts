import type { Contract, Evidence, Json, Operation } from '../../contract/contract.js';
import { bareMediaType, isJson, mediaTypeMatches } from '../../contract/http/media-type.js';
import { answeredItem } from '../../contract/item-envelope.js';
import { isNestedTooDeep, MOST_NESTED } from '../../contract/load/json-text.js';
import { isObject } from '../../contract/pointer.js';
import { SchemaValidator } from '../../contract/schema/schema-validator.js';
import type { Violation } from '../finding/finding.js';
import { idOf } from '../lookup/identity.js';
import { entriesOf } from '../lookup/listings/entries.js';
import { namesInPath } from '../lookup/path-names.js';
import { type Exchange, succeeded } from '../target/exchange.js';
import { noValues, type PlannedRequest } from '../target/request.js';
import { cutBelow, parseAnswer } from '../target/target.js';
import type { Judge } from './judge.js';
import { responseText } from './status.js';

/** Both an answer and a listing, which has a level more around it, are compared down to here. */
const COMPARED_LEVELS = MOST_NESTED - 10;

/** What items cause in an answer that shows them. */
const OF_ITEMS: ReadonlySet<string | undefined> = new Set(['BODY_SCHEMA', 'NOT_JSON']);

const OF_INVALID: Evidence = { grade: 'unknown', source: 'an item came of an invalid body that was accepted' };

/**
 * Only observes what is wrong with items that a target has because it accepted invalid bodies: that is the finding of the
 * operation that accepted them, and listings and reads show what there is. While such a body is on its way, nobody knows
 * which items come of it; violations beside the items count.
 */
export function judgeWithoutInvalidItems(judge: Judge, items: InvalidItems): Judge {
  return {
    judge(exchange, expected) {
      const violations = judge.judge(exchange, expected);
      if (!violations.some(isOfItems)) return violations;
      const observed = violations.map((each) => (isOfItems(each) ? { ...each, evidence: OF_INVALID } : each));
      if (items.isRead(exchange)) return observed;
      if (items.areUndecided(exchange)) {
        const beside = judge.judge(withEntries(exchange, []), expected).filter(isOfItems);
        const causes = beside.map(({ cause }) => cause);
        const others = observed.filter(({ cause }) => !causes.includes(cause));
        return [...others, ...beside.map((each) => shownIn(exchange, each))];
      }
      const rest = items.without(exchange);
      if (rest === undefined) return violations;
      const others = judge.judge(rest, expected);
      return others.some(isOfItems) ? others.map((each) => shownIn(exchange, each)) : observed;
    },
  };
}

/** The same of the whole answer. */
function shownIn(exchange: Exchange, violation: Violation): Violation {
  const isOfBody = violation.code === 'BODY_SCHEMA';
  return { ...violation, ...(isOfBody && { actual: responseText(exchange, undefined) }), exchange };
}

function isOfItems({ code }: Violation): boolean {
  return OF_ITEMS.has(code);
}

/** The same answer of a listing with these entries. */
function withEntries(exchange: Exchange, entries: readonly Json[]): Exchange {
  const { request, response } = exchange;
  const { as } = request.operation?.effect ?? {};
  const { isCut, ...whole } = response;
  const json = isObject(response.json) && as !== undefined ? { ...response.json, [as]: entries } : entries;
  const text = JSON.stringify(json);
  const isStillCut = isCut === true && isNestedTooDeep(text, MOST_NESTED - 1);
  return { ...exchange, response: { ...whole, json, text, ...(isStillCut && { isCut }) } };
}

/** Items made by writes that the contract forbids, and a target accepts. */
export class InvalidItems {
  readonly #contract: Contract;
  readonly #validator: SchemaValidator;
  /** `resource id`. */
  readonly #ids = new Set<string>();
  /** `resource JSON`, of what was answered or sent: it may have no id. */
  readonly #texts = new Set<string>();
  /** The resources of requests without an answer. */
  readonly #open: string[] = [];

  constructor(contract: Contract) {
    this.#contract = contract;
    this.#validator = SchemaValidator.of(contract, { allErrors: false, direction: 'request' });
  }

  /** @returns a function to call when the answer has come, or none will */
  sending(request: PlannedRequest): () => void {
    const resource = this.#madeBy(request);
    if (resource === undefined) return () => undefined;
    this.#open.push(resource);
    return () => this.#open.splice(this.#open.indexOf(resource), 1);
  }

  /** Records what an answer says that its request made. */
  record(exchange: Exchange): void {
    const { request, response } = exchange;
    const { operation, body } = request;
    const resource = succeeded(exchange) ? this.#madeBy(request) : undefined;
    if (operation === undefined || resource === undefined) return;
    const item = answeredItem(operation.effect, response.json);
    // A target may keep a body that it does not read as a text.
    const sent = body === undefined ? [] : [body, parseAnswer(body).json];
    for (const value of [item, ...sent]) if (value !== undefined) this.#texts.add(this.#textOf(resource, value));
    const named = namesInPath(operation, request.values ?? noValues)[resource];
    for (const id of [named, this.#idOf(resource, item)])
      if (id !== undefined) this.#ids.add(`${resource} ${String(id)}`);
  }

  /** Whether a listing may show what a request made that is still open. */
  areUndecided({ request: { operation } }: Exchange): boolean {
    return operation?.effect?.kind === 'list' && this.#open.includes(operation.effect.target);
  }

  /** Whether a read shows one of them. */
  isRead({ request: { operation, values = noValues } }: Exchange): boolean {
    const { effect } = operation ?? {};
    if (operation === undefined || effect?.kind !== 'read' || effect.on !== 'resource') return false;
    return this.#ids.has(`${effect.target} ${String(namesInPath(operation, values)[effect.target])}`);
  }

  /** The same answer of a listing without such items; undefined if it shows none. */
  without(exchange: Exchange): Exchange | undefined {
    const { request, response } = exchange;
    const { operation } = request;
    const { effect } = operation ?? {};
    if (operation === undefined || effect?.kind !== 'list' || this.#texts.size === 0) return undefined;
    const entries = entriesOf(operation, response.json);
    const rest = entries.filter((entry) => !this.#isInvalid(effect.target, entry));
    return rest.length === entries.length ? undefined : withEntries(exchange, rest);
  }

  /** The resource that a request creates or changes though its body is invalid. */
  #madeBy(request: PlannedRequest): string | undefined {
    const { operation, method } = request;
    const { effect } = operation ?? {};
    if (operation === undefined || effect?.on !== 'resource' || operation.method !== method) return undefined;
    const isMade = effect.kind === 'create' || effect.kind === 'update';
    return isMade && !this.#isAllowed(request, operation) ? effect.target : undefined;
  }

  /** Whether the body is as the contract wants it. */
  #isAllowed({ body, headers }: PlannedRequest, { requestBody }: Operation): boolean {
    if (requestBody === undefined) return true;
    if (body === undefined) return !requestBody.required;
    const type = bareMediaType(headers['content-type'] ?? '');
    const media = requestBody.content.find((each) => mediaTypeMatches(each.type, type));
    if (media === undefined || !isJson(type)) return media !== undefined;
    const { json } = parseAnswer(body);
    return json !== undefined && this.#validator.fits(media.schema ?? {}, json);
  }

  #isInvalid(resource: string, entry: Json): boolean {
    const id = this.#idOf(resource, entry);
    if (id !== undefined && this.#ids.has(`${resource} ${id}`)) return true;
    return this.#texts.has(this.#textOf(resource, entry));
  }

  #idOf(resource: string, item: Json | undefined): string | undefined {
    const known = this.#contract.resources.get(resource);
    return known === undefined || item === undefined ? undefined : idOf(known, item);
  }

  #textOf(resource: string, value: Json): string {
    return `${resource} ${JSON.stringify(cutBelow(value, COMPARED_LEVELS))}`;
  }
}
