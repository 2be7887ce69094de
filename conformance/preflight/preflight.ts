import { acceptedCredentials } from '../../contract/accepted-credentials.js';
import { asksForTokens } from '../../contract/asks-for-tokens.js';
import type { Contract, CredentialPlace, Operation, SecurityAlternative } from '../../contract/contract.js';
import { hasFreeParameters } from '../../contract/free-parameters.js';
import { securitySchemeOf } from '../../contract/security-schemes.js';
import { Stop } from '../engine/stop.js';
import { RunError } from '../errors.js';
import { excerpt } from '../judge/safety.js';
import { neededValues } from '../lookup/needed-values.js';
import { endsSession } from '../lookup/resource-operations.js';
import { responseFor } from '../lookup/response-for.js';
import { isTokenRefusal } from '../lookup/token-refusal.js';
import type { Redactor } from '../redaction/redact.js';
import { NoAnswer } from '../session/no-answer.js';
import { isSchemeName } from '../target/contract-for.js';
import { placeOf } from '../target/credential.js';
import { type Exchange, succeeded } from '../target/exchange.js';
import { placeName } from '../target/place-name.js';
import { buildRequest, type PlannedRequest } from '../target/request.js';
import type { FailureKind, Target } from '../target/target.js';
import type { Tokens } from '../target/tokens/token.js';
import { leavingOnly, otherPlace } from './other-place.js';

export interface PreflightOptions {
  readonly contract: Contract;
  readonly target: Target;
  readonly tokens: Tokens;
  readonly redactor: Redactor;
  /** A target that lacks operations is no other API. */
  readonly allowMissing: boolean;
  readonly send: (request: PlannedRequest) => Promise<Exchange>;
  /** The same without a token. */
  readonly sendOpenly?: (request: PlannedRequest) => Promise<Exchange>;
}

/** How much of an answer a message quotes, in characters. */
const LONGEST_ANSWER = 160;
/** How many operations are tried before the target counts as another API. */
const PROBES = 3;

/**
 * Finds out in a few requests whether checking makes sense: the target answers, takes the credentials, and is this API.
 * @throws RunError, whose message quotes the target: mask secrets before showing it
 */
export async function preflight(options: PreflightOptions): Promise<void> {
  const { contract, target, tokens } = options;
  try {
    if (asksForTokens(contract)) await tokens.full();
    await probe(options);
  } catch (error) {
    if (error instanceof NoAnswer && error.stop === undefined) throw unreachable(target, error);
    const stop = error instanceof NoAnswer ? error.stop : error;
    throw stop instanceof Stop ? runErrorFor(stop, options) : error;
  }
}

async function probe({ contract, target, redactor, allowMissing, send, sendOpenly }: PreflightOptions): Promise<void> {
  const { probes, isOpen } = probesOf(contract);
  const answers: Exchange[] = [];
  let missed: Error | undefined;
  for (const operation of probes) {
    const planned = buildRequest(operation, neededValues(contract, operation));
    const exchange = await send(planned);
    const { status, json, text } = exchange.response;
    const request = `${operation.method} ${target.url}${operation.route}`;
    const answer = `${status} ${redactor.excerpt(excerpt(text), LONGEST_ANSWER)}`.trimEnd();
    const isRefused = [400, 401, 403].includes(status);
    const way = isRefused ? await otherPlace(exchange, send) : undefined;
    if (way !== undefined) throw takenElsewhere(`${request} answered ${answer}`, exchange, way);
    if (isTokenRefusal(operation, exchange)) {
      if (operation.security.length === 0 && exchange.authorization === undefined) {
        missed ??= tokenNotRequired(request, answer);
        // Whoever passes a token wants it to be sent.
        if (!asksForTokens(contract) && target.credentials.token !== undefined) throw missed;
        continue;
      }
      const asked = otherScheme(exchange);
      if (asked !== undefined) throw otherSchemeAsked(request, answer, asked);
      const place = placeOf(exchange.request, exchange.authorization);
      if (place?.in === 'header' && isSchemeName(place.name)) throw sentInOwnHeader(request, answer, place.name);
      const several = severalAtOnce(contract, operation);
      if (several === undefined && place === undefined) {
        const openly = await sendOpenly?.(planned);
        if (openly?.response.text === text && MISSES_TOKEN.test(text)) throw removedToken(request, answer);
      }
      const where = several ?? sentElsewhere(exchange);
      throw new Stop(`The token was refused: ${request} answered ${answer}${where}`, 'credentials');
    }
    const unknown = status === 404 && responseFor(operation, status) === undefined;
    if (await isTakenOnlyWithout(exchange, planned, sendOpenly))
      throw new Stop(
        `The token was refused: ${request} answered ${answer}, and succeeds without a token${sentElsewhere(exchange)}`,
        'credentials',
      );
    if ((isOpen ? status !== 404 : json !== undefined) && !unknown) return;
    if (status >= 500) return;
    answers.push(exchange);
  }
  const [first] = answers;
  if (missed !== undefined && first === undefined) throw missed;
  if (first === undefined || allowMissing) return;
  const { headers, json, status } = first.response;
  const what = json === undefined ? ` with ${headers['content-type'] ?? 'no Content-Type'}, not JSON` : '';
  const { method, path } = first.request;
  throw new Stop(`${method} ${target.url}${path} answered ${status}${what}`, 'target');
}

/** Whether the token is why a request is refused: some servers answer a wrong one with 403, and show anybody a part. */
async function isTakenOnlyWithout(
  { authorization, response }: Exchange,
  request: PlannedRequest,
  sendOpenly: PreflightOptions['sendOpenly'],
): Promise<boolean> {
  if (response.status !== 403 || authorization === undefined) return false;
  const openly = await sendOpenly?.(request);
  return openly !== undefined && succeeded(openly);
}

/**
 * The operations to try: listings, and after few of them other reads that need a token, since a target may have a part of
 * the API switched off. Where no listing needs a token, any reads without a parameter, of which at least several must be
 * unknown to the target; first those that need a token, since others say nothing about it.
 */
function probesOf({ operations }: Contract): { readonly probes: readonly Operation[]; readonly isOpen: boolean } {
  const listings = operations.filter(isProbe);
  const reads = operations.filter((operation) => {
    const { method, parameters } = operation;
    const needsNothing = !parameters.some(({ required, only }) => required && only === undefined);
    return method === 'GET' && needsNothing && !endsSession(operation);
  });
  if (listings.length > 0) {
    const others = reads.filter((read) => needsToken(read) && !listings.includes(read));
    return { probes: [...listings, ...others].slice(0, PROBES), isOpen: false };
  }
  const probes = [...reads.filter(needsToken), ...reads.filter((read) => !needsToken(read))].slice(0, PROBES);
  return { probes: reads.length < PROBES ? [] : probes, isOpen: true };
}

/** What to do where an operation wants more than one credential with a request: a run has one. */
function severalAtOnce(contract: Contract, { security }: Operation): string | undefined {
  const [first] = security;
  const isOne = security.some(({ scheme }) => !scheme.includes('+'));
  if (first === undefined || isOne) return undefined;
  const schemes = first.scheme.split('+');
  const headers = schemes.map((scheme) => keyHeaderOf(contract, scheme));
  // Where each is a key, the first is the credential of the run.
  const named = headers.filter((name) => name !== undefined).slice(headers.includes(undefined) ? 0 : 1);
  const how = named.map((name) => ` --header '${name}: …'`).join('');
  const example = how === '' ? '' : `, as in${how}`;
  return `; the document wants ${schemes.join(' and ')} at once: pass all but one with --header${example}`;
}

/** Where a token that is not a bearer token was sent, and whether the document has another place for it. */
function sentElsewhere({ request, authorization }: Exchange): string {
  const place = authorization === undefined ? undefined : placeOf(request, authorization);
  if (place === undefined) return '';
  const others = request.operation === undefined ? [] : acceptedCredentials(request.operation);
  const choice = ', and the document allows other ways: an --overlay can leave the right one in "security"';
  return `; it was sent ${wordsOf(place)}${others.length > 1 ? choice : ''}`;
}

function takenElsewhere(what: string, refusal: Exchange, way: SecurityAlternative): RunError {
  const sent = wordsOf(placeOf(refusal.request, refusal.authorization));
  return new RunError(
    'CREDENTIALS_REFUSED',
    `The token was refused ${sent}, which the document allows first: ${what}. It is not refused ${wordsOf(way.place)}: pass an --overlay with the action ${leavingOnly(way, refusal)}.`,
  );
}

/** Where a credential goes: `in the header "X-Key"`. */
function wordsOf(place: CredentialPlace | undefined): string {
  if (place === undefined) return 'as a bearer token';
  return place.in === 'basic' ? 'with HTTP Basic' : `in the ${placeName(place)}`;
}

/** The header that takes a key, unless tokens go there as well. */
function keyHeaderOf(contract: Contract, scheme: string): string | undefined {
  const { type, in: place, name } = securitySchemeOf(contract, scheme);
  const isKey = type === 'apiKey' && place === 'header' && typeof name === 'string';
  return isKey && name.toLowerCase() !== 'authorization' ? name : undefined;
}

/** What servers say where no token came. */
const MISSES_TOKEN = /missing|\bno (authorization|authentication|token|credentials)|not (provided|found in)|required/i;

/** The scheme that a server asks for, if it is not the one that was sent. @see RFC 9110, section 11.6.1 */
function otherScheme({ authorization, request, response }: Exchange): string | undefined {
  const [, sent] = /^(\S+) /.exec(authorization ?? '') ?? [];
  if (sent === undefined || placeOf(request, authorization) !== undefined) return undefined;
  const [, asked] = /^\s*([a-z][\w-]*)(?=\s|,|$)/i.exec(response.headers['www-authenticate'] ?? '') ?? [];
  return asked === undefined || asked.toLowerCase() === sent.toLowerCase() ? undefined : asked;
}

function otherSchemeAsked(request: string, answer: string, scheme: string): RunError {
  return new RunError(
    'CREDENTIALS_REFUSED',
    `The token was refused: ${request} answered ${answer} and asks for another scheme (WWW-Authenticate: ${scheme}); put its name before the token, as in ROLECALL_TOKEN='${scheme} …'.`,
  );
}

function sentInOwnHeader(request: string, answer: string, name: string): RunError {
  return new RunError(
    'CREDENTIALS_REFUSED',
    `The token was refused: ${request} answered ${answer}. It was sent in a header "${name}", as the document says; if the server expects "Authorization: ${name} …", put the word before it, as in ROLECALL_TOKEN='${name} …'.`,
  );
}

function removedToken(request: string, answer: string): RunError {
  return new RunError(
    'CREDENTIALS_REFUSED',
    `The token does not arrive: ${request} answered ${answer} to a request with an Authorization header; something in between removes it (squid needs login=PASSTHRU, Apache with CGI needs CGIPassAuth On), or the server expects another word than Bearer before it (ROLECALL_TOKEN='Token …').`,
  );
}

function tokenNotRequired(request: string, answer: string): RunError {
  return new RunError(
    'CREDENTIALS_REFUSED',
    `No token was sent, since the document requires none: ${request} answered ${answer}. Pass an --overlay that declares how to send one (components/securitySchemes and security) and removes "security: []" from operations.`,
  );
}

function isProbe(operation: Operation): boolean {
  return operation.effect?.kind === 'list' && !hasFreeParameters(operation) && needsToken(operation);
}

function needsToken({ security }: Operation): boolean {
  return security.length > 0;
}

function runErrorFor(stop: Stop, { contract, target }: PreflightOptions): Error {
  const what = withoutPeriod(stop.message);
  switch (stop.because) {
    case 'credentials': {
      const variables =
        target.credentials.token === undefined
          ? 'ROLECALL_CLIENT_ID, ROLECALL_CLIENT_SECRET and the audience'
          : 'ROLECALL_TOKEN';
      return new RunError('CREDENTIALS_REFUSED', `${what}; check ${variables}.`);
    }
    case 'target': {
      const expected = `expected "${contract.title}" at "${target.url}"`;
      const root =
        contract.serverPath === ''
          ? 'which may lack a path such as /api'
          : `the tenant's root without ${contract.serverPath}`;
      const isMissing = /answered (404|405|501)/.test(what);
      // Some mocks serve the paths of the document alone.
      const servers =
        isMissing && contract.serverPath !== ''
          ? `, or change "servers" with an --overlay if it serves everything without ${contract.serverPath}`
          : '';
      const part = isMissing ? ', or pass --allow-missing if it serves a part of the API' : '';
      return new RunError('NOT_THIS_API', `${what}; ${expected}: check the URL, ${root}${servers}${part}.`);
    }
    case 'rate-limit':
      return new RunError('TARGET_UNREACHABLE', `${what}; try later, or raise its rate limit for the run.`);
    case 'time':
    case 'cancelled':
      return new RunError('TARGET_UNREACHABLE', `"${target.name}" was not ready in time: ${what}.`);
    case 'max-requests':
      return new RunError('BAD_OPTION', `${what} before the first check; pass a larger number.`);
    default:
      return stop;
  }
}

const HINTS: Readonly<Record<FailureKind, string>> = {
  refused: 'is it running, and is the URL right?',
  tls: 'pass its certificate authority in NODE_EXTRA_CA_CERTS.',
  timeout: 'it accepts connections but does not answer.',
  reset: 'it breaks connections: is it HTTP or HTTPS?',
  gateway: 'is the service behind the gateway running?',
  garbled: 'is it HTTP or HTTPS?',
  'too-large': 'is it this API?',
  cancelled: 'the run was cancelled.',
};

function unreachable(target: Target, { failure }: NoAnswer): RunError {
  const reason = withoutPeriod(failure.message);
  return new RunError('TARGET_UNREACHABLE', `Cannot reach "${target.name}": ${reason}; ${HINTS[failure.kind]}`);
}

function withoutPeriod(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/\.$/, '');
}
