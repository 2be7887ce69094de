import { isDeepStrictEqual } from 'node:util';
import type { Cause, Contract } from '../../../contract/contract.js';
import { isObject } from '../../../contract/pointer.js';
import type { Check, CheckContext } from '../../check.js';
import { refusesInBody } from '../../judge/body-refusal.js';
import { excerpt } from '../../judge/safety.js';
import { entriesOf } from '../../lookup/listings/entries.js';
import { readListing } from '../../lookup/listings/listing.js';
import { queryParameter } from '../../lookup/listings/page-walk.js';
import type { Exchange } from '../../target/exchange.js';
import { buildRequest, type RequestValues } from '../../target/request.js';
import { parseJson } from '../../target/target.js';
import { ClientCaller, type ClientResult, type Described, describes } from '../../trial/client-call.js';
import { generalRule, isUnknown, problemsOf } from '../../trial/expected-refusal.js';
import { listedValues } from '../../trial/listed-values.js';

const evidence = generalRule('the types of the generated client come from the response schemas');

/** Listed subjects, and entries a page. */
const LISTED = 3;
const PAGE_SIZE = 2;

/** Requests that one client may send: several times what the trials need. */
const MAX_REQUESTS = 50;

export const clientAgrees: Check = {
  id: 'client-agrees',
  family: 'client',
  title: 'The generated client reports what the target sends',
  description:
    'Calls the method of the generated client for a success, for an unknown resource, without a token, and for all pages ' +
    'of a listing. It must report what the target sends, in the form of the response schemas that its types come from.',
  needsState: true,
  appliesTo: 'operations that are not provider-specific',
  applies: (operation) => operation.effect?.on !== 'hook',
  requests: (operation, _contract, depth) => (depth === 'smoke' ? 0 : operation.effect?.kind === 'list' ? 5 : 3),
  async run(operation, context) {
    // Loaded on use: the client is large, and most commands never need it.
    const { createClient } = await import('../../../generated/client.js');
    const { operations } = await import('../../../generated/operations.js');
    const table: Readonly<Record<string, Described>> = operations;
    if (!isOfContract(context.contract, table)) {
      context.skip('The generated client was made from another contract than this one.', 'contract');
    }
    const described = table[operation.id];
    if (described === undefined) return;
    const { serverPath } = context.contract;
    const baseUrl = context.baseUrl.slice(0, context.baseUrl.length - serverPath.length);
    const trialWith = (token: string | undefined): ClientTrial => {
      const wire = new Wire(context.fetch);
      const client = createClient({ baseUrl, fetch: wire.fetch, retry: false, token });
      return new ClientTrial(new ClientCaller(client, described, operation), wire, context);
    };
    const trial = trialWith((await context.tokens.full()).value);
    await trial.trySuccess();
    await trial.tryUnknown();
    if (operation.security.length > 0) await trialWith(undefined).tryWithoutToken();
    if (described.pages && operation.effect?.on === 'relation') await trial.tryPages();
  },
};

/** Between a client and the target. Ends a client that keeps sending requests, such as one that walks pages that repeat. */
class Wire {
  /** The bodies of the responses, as the target sent them. */
  readonly received: string[] = [];
  readonly fetch: CheckContext['fetch'];

  constructor(fetch: CheckContext['fetch']) {
    let requests = 0;
    this.fetch = async (request, init) => {
      requests += 1;
      if (requests > MAX_REQUESTS) throw new Error(`the client does not end: it sent ${MAX_REQUESTS} requests`);
      const response = await fetch(request, init);
      this.received.push(await response.clone().text());
      return response;
    };
  }
}

/** Contracts, and whether the client is of each: every check of the run asks. */
const known = new WeakMap<Contract, boolean>();

/** Whether the client was generated from this contract: the same operations with the same responses. */
function isOfContract(contract: Contract, table: Readonly<Record<string, Described>>): boolean {
  const isSame =
    known.get(contract) ??
    (contract.operations.length === Object.keys(table).length &&
      contract.operations.every((operation) => {
        const described = table[operation.id];
        return described !== undefined && describes(described, operation);
      }));
  known.set(contract, isSame);
  return isSame;
}

class ClientTrial {
  readonly #caller: ClientCaller;
  readonly #wire: Wire;
  readonly #context: CheckContext;

  constructor(caller: ClientCaller, wire: Wire, context: CheckContext) {
    this.#caller = caller;
    this.#wire = wire;
    this.#context = context;
  }

  async trySuccess(): Promise<void> {
    const { operation, fixtures, judge, report } = this.#context;
    const values = await fixtures.valid(operation);
    const result = await this.#call(values, 'a success');
    if (result === undefined) return;
    const exchange = exchangeOf(this.#context, values, result);
    const violations = judge(exchange, { kind: 'success' });
    report(...violations);
    // From a wrong response the client cannot make a right result.
    if (violations.length > 0) return;
    if (!result.ok) return this.#reportResult('reports no success for a valid request', exchange, result);
    if (operation.method !== 'GET') return;
    const received = this.#wire.received.at(-1) ?? '';
    const { json } = parseJson(received);
    if (!isDeepStrictEqual(json, result.data)) {
      report({
        cause: 'the client reports other data than the target sends',
        expected: excerpt(received),
        actual: excerpt(JSON.stringify(result.data) ?? 'nothing'),
        evidence,
        exchange,
      });
    }
  }

  async tryUnknown(): Promise<void> {
    const { operation, fixtures } = this.#context;
    const refused = Object.entries(operation.effect?.of ?? {}).find(
      ([side]) => problemsOf(operation, isUnknown(side)).length > 0,
    );
    if (refused === undefined || operation.effect?.unknownSucceeds.includes(refused[0])) return;
    const [side, parameter] = refused;
    const valid = await fixtures.valid(operation);
    const path = { ...valid.path, [parameter]: (await fixtures.unknown(side)).id };
    await this.#judgeFailure({ ...valid, path }, isUnknown(side));
  }

  async tryWithoutToken(): Promise<void> {
    const { operation, fixtures } = this.#context;
    await this.#judgeFailure(
      await fixtures.valid(operation),
      (cause) => cause.kind === 'token' && cause.fault === 'missing',
    );
  }

  /** The method that walks all pages must return the entries of the pages. */
  async tryPages(): Promise<void> {
    const { operation, send, report } = this.#context;
    const { values } = await listedValues(this.#context, LISTED);
    const listing = await readListing(operation, values, (request) => send(request));
    if (!listing.complete) return;
    const size = queryParameter(operation, 'take') ?? queryParameter(operation, 'size');
    const query = size === undefined ? values.query : { ...values.query, [size.name]: PAGE_SIZE };
    const earlier = this.#wire.received.length;
    const items = await this.#caller.all({ ...values, query });
    const pages = this.#wire.received.slice(earlier).map((text) => entriesOf(operation, parseJson(text).json));
    // What the client got, since two readings may differ in order; and as many as there are.
    const agrees = isDeepStrictEqual(items, pages.flat()) && pages.flat().length === listing.entries.length;
    if (items === undefined || agrees) return;
    report({
      cause: 'the client returns other entries than the pages show',
      expected: `${listing.entries.length} items`,
      actual: items instanceof Error ? items.message : `${items.length} items, or others`,
      evidence,
      exchange: listing.exchange,
    });
  }

  /** A refusal must be reported as a failure with the documented status and the body. */
  async #judgeFailure(values: RequestValues, matches: (cause: Cause) => boolean): Promise<void> {
    const { operation, judge, report } = this.#context;
    const result = await this.#call(values, 'a failure');
    if (result === undefined) return;
    const exchange = exchangeOf(this.#context, values, result);
    const problems = problemsOf(operation, matches);
    const violations = judge(exchange, problems.length > 0 ? { kind: 'problem', problems } : { kind: 'refusal' });
    report(...violations);
    if (violations.length > 0) return;
    if (result.ok) this.#reportResult('reports a success for a refusal', exchange, result);
    else if (result.status !== result.response.status)
      this.#reportResult('reports a documented refusal as unexpected', exchange, result);
  }

  /** The client's result; a client that throws although the target answered is a violation. */
  async #call(values: RequestValues, expected: string): Promise<ClientResult | undefined> {
    const result = await this.#caller.call(values);
    if (!(result instanceof Error)) return result;
    const request = buildRequest(this.#context.operation, values);
    const exchange: Exchange = { request, response: { status: 0, headers: {}, text: '' }, durationMs: 0 };
    const actual = `${result.name}: ${result.message}`;
    this.#context.report({ cause: 'the client throws', expected, actual, evidence, exchange });
    return undefined;
  }

  #reportResult(what: string, exchange: Exchange, result: ClientResult): void {
    this.#context.report({
      cause: `the client ${what}`,
      expected: `the documented result for ${exchange.response.status}`,
      actual: result.ok ? `ok, ${result.status}` : `not ok, ${result.status}: ${excerpt(String(result.error))}`,
      evidence,
      exchange,
    });
  }
}

/** The response as the client reports it, to be judged like one from the target. */
function exchangeOf(
  { contract, operation }: CheckContext,
  values: RequestValues,
  { response, ...result }: ClientResult,
): Exchange {
  const body = result.ok ? result.data : result.error;
  const isBody = isObject(body) || Array.isArray(body) || typeof body === 'string';
  const text = isBody && !(body instanceof Error) ? JSON.stringify(body) : '';
  const received = {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    text,
    ...(text === '' ? {} : { json: JSON.parse(text) }),
  };
  return {
    request: buildRequest(operation, values),
    response: received,
    durationMs: 0,
    ...(refusesInBody(contract, operation, received) ? { refusedInBody: true } : {}),
  };
}
