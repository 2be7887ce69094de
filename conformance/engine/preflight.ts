import type { Contract, Operation } from '../../contract/contract.js';
import { RunError } from '../errors.js';
import { excerpt } from '../judge/safety.js';
import { responseFor } from '../lookup/response-for.js';
import type { Exchange } from '../target/exchange.js';
import { NoAnswer } from '../target/http-session.js';
import { buildRequest, noValues, type PlannedRequest } from '../target/request.js';
import type { Target } from '../target/target.js';
import { asksForTokens } from '../target/tokens/asks-for-tokens.js';
import type { Tokens } from '../target/tokens/token.js';
import { Stop } from './stop.js';

/** How many operations are asked before a target is taken for another API. */
const PROBES = 3;

/**
 * Finds out in a few requests whether there is any point in checking: somebody answers, the credentials are good, and
 * it is this API. @throws RunError
 */
export async function preflight(
  contract: Contract,
  target: Target,
  tokens: Tokens,
  send: (request: PlannedRequest) => Promise<Exchange>,
): Promise<void> {
  try {
    if (asksForTokens(contract)) await tokens.full();
    await probe(contract, target, send);
  } catch (error) {
    if (error instanceof NoAnswer && error.stop === undefined) throw unreachable(target, error);
    const stop = error instanceof NoAnswer ? error.stop : error;
    if (stop instanceof Stop && (stop.because === 'time' || stop.because === 'cancelled')) {
      throw new RunError('TARGET_UNREACHABLE', `"${target.name}" was not ready in time: ${oneLine(stop.message)}.`);
    }
    if (error instanceof Stop && error.because === 'credentials') {
      const what =
        target.credentials.token === undefined
          ? 'ROLECALL_CLIENT_ID, ROLECALL_CLIENT_SECRET and the audience'
          : 'ROLECALL_TOKEN';
      throw new RunError('CREDENTIALS_REFUSED', `${oneLine(error.message)}; check ${what}.`);
    }
    if (error instanceof Stop && error.because === 'target') {
      throw new RunError(
        'NOT_THIS_API',
        `${oneLine(error.message)}; expected ${contract.title} at "${target.url}": check the URL, the tenant's root without ${contract.serverPath || 'a path'}.`,
      );
    }
    throw error;
  }
}

async function probe(
  contract: Contract,
  target: Target,
  send: (request: PlannedRequest) => Promise<Exchange>,
): Promise<void> {
  const probes = contract.operations.filter(isProbe).slice(0, PROBES);
  const answers: Exchange[] = [];
  for (const operation of probes) {
    const exchange = await send(buildRequest(operation, noValues));
    const { status, json, text } = exchange.response;
    if (isTokenRefusal(operation, exchange)) {
      throw new Stop(
        `The token was refused: ${operation.method} ${target.url}${operation.route} answered ${status} ${excerpt(text)}`.trimEnd(),
        'credentials',
      );
    }
    const unknown = status === 404 && responseFor(operation, status) === undefined;
    if ((json !== undefined && !unknown) || status >= 500) return;
    answers.push(exchange);
  }
  const [first] = answers;
  if (first === undefined) return;
  const { headers, json, status } = first.response;
  const what = json === undefined ? ` with ${headers['content-type'] ?? 'no Content-Type'}, no JSON` : '';
  const { method, path } = first.request;
  throw new Stop(`${method} ${target.url}${path} answered ${status}${what}`, 'target');
}

/** Whether an answer is the documented one to a token that is no good. */
function isTokenRefusal({ responses }: Operation, { response }: Exchange): boolean {
  if (response.status === 401) return true;
  const problems = responses.find(({ status }) => status === String(response.status))?.problems ?? [];
  return problems.some(
    ({ when, errorCode }) =>
      when.kind === 'token' && errorCode !== undefined && response.text.includes(`"${errorCode}"`),
  );
}

function isProbe(operation: Operation): boolean {
  return operation.effect?.kind === 'list' && !operation.route.includes('{') && operation.security.length > 0;
}

function unreachable(target: Target, { failure }: NoAnswer): RunError {
  const hints = {
    refused: 'is it running, and is the URL right?',
    tls: 'name its certificate authority in NODE_EXTRA_CA_CERTS.',
    timeout: 'it listens but does not answer.',
    reset: 'it breaks connections: is it HTTP or HTTPS?',
    garbled: 'is it HTTP or HTTPS?',
    cancelled: 'the run was cancelled.',
  };
  return new RunError(
    'TARGET_UNREACHABLE',
    `"${target.name}" cannot be reached: ${oneLine(failure.message)}; ${hints[failure.kind]}`,
    { cause: failure },
  );
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/\.$/, '');
}
