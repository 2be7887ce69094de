import { isDeepStrictEqual } from 'node:util';
import type { Contract, Operation } from '../../../contract/contract.js';
import { isObject } from '../../../contract/pointer.js';
import type { Check, CheckContext } from '../../check.js';
import type { Violation } from '../../finding.js';
import { readListing } from '../../lookup/listing.js';
import { queryParameter } from '../../lookup/page-walk.js';
import { type Exchange, succeeded } from '../../target/exchange.js';
import { buildRequest, type RequestValues } from '../../target/request.js';
import { type ClientResult, type Described, describes, invoke, walkAll } from '../../trial/client-call.js';
import { isUnknown, owed } from '../../trial/expected-refusal.js';
import { listedValues } from '../../trial/listed-values.js';

const evidence = owed('the types of the generated client come from the response schemas');

export const clientAgrees: Check = {
  id: 'client-agrees',
  family: 'client',
  title: 'The generated client reports what is on the wire',
  description:
    'Calls the method of the generated client for a success, for something that is not there, without a token, and for all ' +
    'pages of a listing. What it reports must be what the target answered, and fit the response schemas that its types ' +
    'come from.',
  // The pages of a kind of resource are those of everybody, and another check may create one at the same moment.
  exclusive: ({ effect }) => effect?.kind === 'list' && effect.on === 'resource',
  applies: (operation) => operation.effect?.on !== 'hook',
  requests: (operation, _contract, depth) => (depth === 'smoke' ? 0 : operation.effect?.kind === 'list' ? 6 : 4),
  async run(operation, context) {
    // Not before it runs: the client is large, and most commands never need it.
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
    const clientWith = (token: string | undefined): object =>
      createClient({ baseUrl, fetch: (request) => context.fetch(request), retry: false, token });
    const client = clientWith((await context.tokens.full()).value);
    await trySuccess(operation, described, client, context);
    await tryUnknown(operation, described, client, context);
    if (operation.security.length > 0) await tryWithoutToken(operation, described, clientWith(undefined), context);
    // A listing of the whole tenant shows what others do meanwhile.
    if (described.pages && operation.effect?.on === 'relation') await tryPages(operation, described, client, context);
  },
};

/** Whether the client was generated from this contract: the same operations with the same answers. */
function isOfContract(contract: Contract, table: Readonly<Record<string, Described>>): boolean {
  return (
    contract.operations.length === Object.keys(table).length &&
    contract.operations.every((operation) => {
      const described = table[operation.id];
      return described !== undefined && describes(described, operation);
    })
  );
}

async function trySuccess(
  operation: Operation,
  described: Described,
  client: object,
  context: CheckContext,
): Promise<void> {
  const values = await context.fixtures.valid(operation);
  const result = await invoke(client, described, operation, values);
  if (!isAnswered(result, 'a success', operation, values, context)) return;
  const exchange = exchangeOf(operation, values, result);
  const violations = context.judge(exchange, { kind: 'success' });
  context.report(...violations);
  // What the target answers wrongly, the client cannot report rightly.
  if (violations.length > 0) return;
  if (!result.ok) return reportResult('reports no success for a valid request', exchange, result, context);
  if (operation.method !== 'GET') return;
  // What was read may have changed since by its own clock alone: nothing else works on this stage.
  const own = await context.send(buildRequest(operation, values));
  if (succeeded(own) && !isDeepStrictEqual(own.response.json, result.data)) {
    context.report({
      cause: 'the client reports other data than the target sends',
      expected: own.response.text.slice(0, 160),
      actual: JSON.stringify(result.data)?.slice(0, 160) ?? 'nothing',
      evidence,
      exchange: own,
    });
  }
}

async function tryUnknown(
  operation: Operation,
  described: Described,
  client: object,
  context: CheckContext,
): Promise<void> {
  const refusing = Object.entries(operation.effect?.of ?? {}).find(([side]) =>
    operation.responses.some(({ problems }) => problems.some(({ when }) => isUnknown(side)(when))),
  );
  if (refusing === undefined || operation.effect?.unknownSucceeds.includes(refusing[0])) return;
  const [side, parameter] = refusing;
  const valid = await context.fixtures.valid(operation);
  const values = { ...valid, path: { ...valid.path, [parameter]: (await context.fixtures.unknown(side)).id } };
  await judgeFailure(operation, values, await invoke(client, described, operation, values), isUnknown(side), context);
}

async function tryWithoutToken(
  operation: Operation,
  described: Described,
  client: object,
  context: CheckContext,
): Promise<void> {
  const values = await context.fixtures.valid(operation);
  const isMissing = (cause: Parameters<ReturnType<typeof isUnknown>>[0]): boolean =>
    cause.kind === 'token' && cause.fault === 'missing';
  await judgeFailure(operation, values, await invoke(client, described, operation, values), isMissing, context);
}

/** A refusal must come as a failure with the documented status, and the body that says why. */
async function judgeFailure(
  operation: Operation,
  values: RequestValues,
  result: ClientResult | Error,
  has: ReturnType<typeof isUnknown>,
  context: CheckContext,
): Promise<void> {
  if (!isAnswered(result, 'a failure', operation, values, context)) return;
  const exchange = exchangeOf(operation, values, result);
  const problems = operation.responses.flatMap((response) => response.problems).filter(({ when }) => has(when));
  const expected = problems.length > 0 ? ({ kind: 'problem', problems } as const) : ({ kind: 'refusal' } as const);
  const violations = context.judge(exchange, expected);
  context.report(...violations);
  if (violations.length > 0) return;
  if (result.ok) reportResult('reports a success for a refusal', exchange, result, context);
  else if (result.status !== result.response.status)
    reportResult('reports a documented refusal as unexpected', exchange, result, context);
}

/** How many subjects are listed, and how many of them a page shows. */
const LISTED = 3;
const PAGE = 2;

/** The method that walks all pages must give what the pages show. */
async function tryPages(
  operation: Operation,
  described: Described,
  client: object,
  context: CheckContext,
): Promise<void> {
  const { values } = await listedValues(context, LISTED);
  const listing = await readListing(operation, values, (request) => context.send(request));
  if (!listing.complete) return;
  const size = queryParameter(operation, 'take') ?? queryParameter(operation, 'size');
  const query = size === undefined ? values.query : { ...values.query, [size.name]: PAGE };
  const items = await walkAll(client, described, operation, { ...values, query });
  if (items === undefined || isDeepStrictEqual(items, listing.entries)) return;
  context.report({
    cause: 'the client walks the pages otherwise than they are',
    expected: `${listing.entries.length} items`,
    actual: items instanceof Error ? items.message : `${items.length} items, or in another order`,
    evidence,
    exchange: listing.exchange,
  });
}

/** What the client throws where the target answered is a violation. */
function isAnswered(
  result: ClientResult | Error,
  what: string,
  operation: Operation,
  values: RequestValues,
  context: CheckContext,
): result is ClientResult {
  if (!(result instanceof Error)) return true;
  const request = buildRequest(operation, values);
  const exchange: Exchange = { request, response: { status: 0, headers: {}, text: '' }, durationMs: 0 };
  context.report({
    cause: 'the client throws',
    expected: what,
    actual: `${result.name}: ${result.message}`,
    evidence,
    exchange,
  });
  return false;
}

/** The answer as the client tells it, to be judged as if it had been read from the wire. */
function exchangeOf(operation: Operation, values: RequestValues, result: ClientResult): Exchange {
  const { response } = result;
  const body = result.ok ? result.data : result.error;
  const isBody = isObject(body) || Array.isArray(body) || typeof body === 'string';
  const text = isBody && !(body instanceof Error) ? JSON.stringify(body) : '';
  return {
    request: buildRequest(operation, values),
    response: {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      text,
      ...(text === '' ? {} : { json: JSON.parse(text) }),
    },
    durationMs: 0,
  };
}

function reportResult(what: string, exchange: Exchange, result: ClientResult, context: CheckContext): void {
  const violation: Violation = {
    cause: `the client ${what}`,
    expected: `the documented result for ${exchange.response.status}`,
    actual: result.ok ? `ok, ${result.status}` : `not ok, ${result.status}: ${String(result.error).slice(0, 120)}`,
    evidence,
    exchange,
  };
  context.report(violation);
}
