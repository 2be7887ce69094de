import { describe, expect, it } from 'vitest';
import type { Json } from '../../contract/contract.js';
import { readContract } from '../../contract/read/read.js';
import { Stop, type StopCause } from '../engine/stop.js';
import { RunError } from '../errors.js';
import { Redactor } from '../redaction/redact.js';
import { NoAnswer } from '../session/no-answer.js';
import type { Exchange } from '../target/exchange.js';
import type { PlannedRequest } from '../target/request.js';
import { type FailureKind, parseJson, type Target, TargetFailure } from '../target/target.js';
import type { Tokens } from '../target/tokens/token.js';
import { preflight } from './preflight.js';

const SECURED = [{ oauth: ['read'] }];
const listing = (name: string, more: Record<string, Json> = {}): Record<string, Json> => ({
  get: {
    operationId: name,
    security: SECURED,
    'x-effect': { list: 'berth', next: 'until-short' },
    responses: { '200': { description: 'x' }, ...more },
  },
});
const contractOf = (paths: Record<string, Json>) =>
  readContract({
    openapi: '3.1.0',
    info: { title: 'Berths', version: '1' },
    servers: [{ url: 'https://h/api' }],
    paths,
    components: {
      securitySchemes: {
        oauth: {
          type: 'oauth2',
          flows: { clientCredentials: { tokenUrl: 'https://h/token', scopes: { read: 'Read' } } },
        },
        appId: { type: 'apiKey', in: 'header', name: 'X-App' },
        key: { type: 'apiKey', in: 'header', name: 'X-Key' },
        bearer: { type: 'http', scheme: 'bearer' },
        word: { type: 'apiKey', in: 'header', name: 'Token' },
      },
      'x-resources': { berth: { key: 'id' } },
      'x-problems': {
        expired: { when: 'token', errorCode: 'token_expired' },
        wrong: { when: { invalid: 'query' }, errorCode: 'bad_query' },
      },
    },
  });
const contract = contractOf({
  '/open': { get: { ...(listing('open').get as Record<string, Json>), security: [] } },
  '/a': listing('a', { '400': { description: 'x', 'x-problems': ['expired', 'wrong'] } }),
  '/b': listing('b', { '404': { description: 'x' } }),
  '/c': listing('c'),
  '/d': listing('d'),
});

type Answer = readonly [status: number, text: string, type?: string];
const target = { name: 'the harbour', url: 'http://h:1', credentials: {} } as Target;

function exchangeOf(request: PlannedRequest, [status, text, type]: Answer): Exchange {
  const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type };
  return { request, response: { status, headers, text, ...parseJson(text) }, durationMs: 1 };
}

/** The requests of a preflight, then `done` or the error. */
async function outcome(
  answers: readonly Answer[] | Error,
  {
    full = async () => ({}),
    at = target,
    of = contract,
    authorization,
    openly,
  }: {
    full?: () => Promise<unknown>;
    at?: Target;
    of?: typeof contract;
    /** What the requests carry. */
    authorization?: string;
    /** What a request without a token gets. */
    openly?: Answer;
  } = {},
): Promise<string> {
  const sent: string[] = [];
  const send = async (request: PlannedRequest) => {
    sent.push(`${request.method} ${request.path}`);
    if (answers instanceof Error) throw answers;
    const exchange = exchangeOf(request, answers[sent.length - 1] ?? [500, '']);
    return authorization === undefined ? exchange : { ...exchange, authorization };
  };
  const sendOpenly = openly && (async (request: PlannedRequest) => exchangeOf(request, openly));
  const redactor = new Redactor();
  redactor.hide('kY8_vW2-qR5tZ7', '$SECRET');
  const tokens = { full } as unknown as Tokens;
  const options = { contract: of, target: at, tokens, redactor, allowMissing: false, send };
  const end = await preflight({ ...options, ...(sendOpenly && { sendOpenly }) }).then(
    () => 'done',
    (error: Error) =>
      error instanceof RunError ? `${error.code}: ${error.message}` : `${error.name}: ${error.message}`,
  );
  return [...sent, end].join(' | ');
}

const A = 'GET /api/a';

describe('asks up to three listings whether this is the API', () => {
  it.each<{ given: string; answers: readonly Answer[]; want: string }>([
    { given: 'JSON', answers: [[200, '[]']], want: `${A} | done` },
    { given: 'a refusal in JSON', answers: [[403, '{}']], want: `${A} | done` },
    { given: 'a server error', answers: [[500, '<html>']], want: `${A} | done` },
    {
      given: 'an undocumented 404, then a documented one in JSON',
      answers: [
        [404, '{}'],
        [404, '{}'],
      ],
      want: `${A} | GET /api/b | done`,
    },
    {
      given: 'pages three times',
      answers: [
        [200, '<html>', 'text/html'],
        [404, '{}'],
        [200, ''],
      ],
      want: `${A} | GET /api/b | done`,
    },
    {
      given: 'nothing but pages',
      answers: [
        [200, '<html>', 'text/html'],
        [302, '<html>'],
        [499, ''],
      ],
      want: `${A} | GET /api/b | GET /api/c | NOT_THIS_API: GET http://h:1/api/a answered 200 with text/html, not JSON; expected "Berths" at "http://h:1": check the URL, the tenant's root without /api.`,
    },
    {
      given: 'an undocumented 404 in JSON, then pages without a type',
      answers: [
        [404, '{}'],
        [404, ''],
        [404, '{}'],
      ],
      want: `${A} | GET /api/b | GET /api/c | NOT_THIS_API: GET http://h:1/api/a answered 404; expected "Berths" at "http://h:1": check the URL, the tenant's root without /api, or change "servers" with an --overlay if it serves everything without /api, or pass --allow-missing if it serves a part of the API.`,
    },
    {
      given: 'no body at all',
      answers: [
        [204, ''],
        [204, ''],
        [204, ''],
      ],
      want: `${A} | GET /api/b | GET /api/c | NOT_THIS_API: GET http://h:1/api/a answered 204 with no Content-Type, not JSON; expected "Berths" at "http://h:1": check the URL, the tenant's root without /api.`,
    },
  ])('$given', async ({ answers, want }) => {
    expect(await outcome(answers)).toBe(want);
  });

  it('asks other reads that need a token where there are few listings: one may be switched off', async () => {
    const read = (security: Json) => ({ get: { security, responses: { '200': { description: 'x' } } } });
    const of = contractOf({ '/open': read([]), '/r': read(SECURED), '/a': listing('a'), '/s': read(SECURED) });
    const nothing = [404, '{}'] as const;
    expect(await outcome([nothing, [200, '{}']], { of })).toBe(`${A} | GET /api/r | done`);
    // A page proves nothing.
    expect(await outcome([nothing, [200, '<html>', 'text/html'], nothing], { of })).toContain(
      `${A} | GET /api/r | GET /api/s | NOT_THIS_API: GET http://h:1/api/a answered 404; expected "Berths"`,
    );
  });

  it('asks reads without a parameter where no operation needs a token', async () => {
    const read = { get: { security: [], responses: { '200': { description: 'x' } } } };
    const of = contractOf({ '/r': read, '/s': read, '/t': read, '/u/{id}': {} });
    const nothing = [404, '{}'] as const;
    expect(await outcome([nothing, [200, 'ready', 'text/plain']], { of })).toBe('GET /api/r | GET /api/s | done');
    expect(await outcome([nothing, nothing, nothing], { of })).toContain(
      'GET /api/t | NOT_THIS_API: GET http://h:1/api/r answered 404; expected "Berths"',
    );
    // Two reads may be missing.
    expect(await outcome([nothing, nothing], { of: contractOf({ '/r': read, '/s': read }) })).toBe('done');
  });

  it('asks the reads first that need a token: others say nothing about it', async () => {
    const read = (security: Json) => ({ get: { security, responses: { '200': { description: 'x' } } } });
    const optional = read([{ bearer: [] }, {}]);
    const of = contractOf({ '/r': optional, '/s': optional, '/t': optional, '/u': read([{ bearer: [] }]) });
    const at = { ...target, credentials: { token: 'abc' } } as Target;
    expect(await outcome([[401, 'who?']], { of, at, authorization: 'Bearer abc' })).toBe(
      'GET /api/u | CREDENTIALS_REFUSED: The token was refused: GET http://h:1/api/u answered 401 who?; check ROLECALL_TOKEN.',
    );
    expect(await outcome([[200, 'ready']], { of, at })).toBe('GET /api/u | done');
  });

  it('says how to declare a token where the document requires none, and every read is refused without one', async () => {
    const read = { get: { security: [], responses: { '200': { description: 'x' } } } };
    const of = contractOf({ '/r': read, '/s': read, '/t': read });
    const refused = [401, '{"error":"Who?"}'] as const;
    expect(await outcome([refused, refused, refused], { of })).toBe(
      'GET /api/r | GET /api/s | GET /api/t | CREDENTIALS_REFUSED: No token was sent, since the document requires none: GET http://h:1/api/r answered 401 {"error":"Who?"}. Pass an --overlay that declares how to send one (components/securitySchemes and security) and removes "security: []" from operations.',
    );
    const at = { ...target, credentials: { token: 'abc' } } as Target;
    expect(await outcome([refused, [200, '{}']], { of, at })).toMatch(
      /^GET \/api\/r \| CREDENTIALS_REFUSED: No token was/,
    );
    // Others are open: the run finds out which one asks for a token against its document.
    expect(await outcome([refused, [200, '{}']], { of })).toBe('GET /api/r | GET /api/s | done');
  });

  it('asks nothing where no listing needs a token, nor gets a token where no operation needs one', async () => {
    const open = contractOf({ '/open': { get: { responses: { '204': { description: 'x' } } } } });
    const full = () => Promise.reject(new Error('asked for a token'));
    expect(await outcome([], { of: open, full })).toBe('done');
    expect(await outcome([], { full })).toBe('Error: asked for a token');
  });
});

describe('a refused token', () => {
  const refused = (answer: string, check = 'ROLECALL_CLIENT_ID, ROLECALL_CLIENT_SECRET and the audience') =>
    `${A} | CREDENTIALS_REFUSED: The token was refused: GET http://h:1/api/a answered ${answer}; check ${check}.`;

  it.each<{ given: string; answer: Answer; want: string }>([
    { given: 'by a 401', answer: [401, ''], want: refused('401') },
    { given: 'with the secret in the answer', answer: [401, 'no kY8_vW2-qR5tZ7.'], want: refused('401 no $SECRET') },
    {
      given: 'by a long answer',
      answer: [401, 'x'.repeat(500)],
      want: refused(`401 ${'x'.repeat(160)}…`),
    },
    {
      given: 'by a documented problem of tokens',
      answer: [400, '{"code":"token_expired"}'],
      want: refused('400 {"code":"token_expired"}'),
    },
    { given: 'but not by another problem', answer: [400, '{"code":"bad_query"}'], want: `${A} | done` },
    {
      given: 'but not where the answer only mentions the code',
      answer: [400, '{"a":"token_expired!"}'],
      want: `${A} | done`,
    },
    {
      given: 'but not by that code under another status',
      answer: [403, '{"code":"token_expired"}'],
      want: `${A} | done`,
    },
  ])('$given', async ({ answer, want }) => {
    expect(await outcome([answer])).toBe(want);
  });

  it('is one of several that the document wants at once', async () => {
    const security = [{ app: [], token: [] }];
    const { get } = listing('a');
    const of = contractOf({ '/a': { get: { ...(get as Record<string, Json>), security } } });
    const at = { ...target, credentials: { token: 'abc' } } as Target;
    expect(await outcome([[401, 'no app']], { of, at })).toContain(
      'answered 401 no app; the document wants app and token at once: pass all but one with --header; check ROLECALL_TOKEN.',
    );
  });

  it.each<[what: string, security: Record<string, Json>, want: string]>([
    [
      'an Authorization header',
      { bearer: [] },
      'The token does not arrive: GET http://h:1/api/a answered 401 key missing',
    ],
    [
      'a key',
      { key: [] },
      'The token was refused: GET http://h:1/api/a answered 401 key missing; it was sent in the header "X-Key"; check ROLECALL_TOKEN.',
    ],
    [
      'one of two credentials',
      { appId: [], bearer: [] },
      "the document wants appId and bearer at once: pass all but one with --header, as in --header 'X-App: …'; check",
    ],
    [
      'one of two keys',
      { appId: [], key: [] },
      "the document wants appId and key at once: pass all but one with --header, as in --header 'X-Key: …'; check",
    ],
  ])('gets the same answer as none does: %s', async (_, security, want) => {
    const { get } = listing('a');
    const of = contractOf({ '/a': { get: { ...(get as Record<string, Json>), security: [security] } } });
    const at = { ...target, credentials: { token: 'abc' } } as Target;
    const answer: Answer = [401, 'key missing'];
    expect(await outcome([answer], { of, at, authorization: 'Bearer abc', openly: answer })).toContain(want);
  });

  it('went to the first of several places that the document allows', async () => {
    const { get } = listing('a');
    const of = contractOf({
      '/a': { get: { ...(get as Record<string, Json>), security: [{ key: [] }, { bearer: [] }] } },
    });
    const at = { ...target, credentials: { token: 'abc' } } as Target;
    expect(await outcome([[401, 'no']], { of, at, authorization: 'Bearer abc' })).toContain(
      'answered 401 no; it was sent in the header "X-Key", and the document allows other ways: an --overlay can leave the right one in "security"; check ROLECALL_TOKEN.',
    );
  });

  it.each<[what: string, answers: readonly Answer[], want: string]>([
    [
      'is told where another place takes it',
      [
        [400, 'no such session'],
        [403, 'who?'],
        [200, '[]'],
      ],
      `The token was refused in the header "X-Key", which the document allows first: GET http://h:1/api/a answered 400 no such session. It is not refused as a bearer token: pass an --overlay with the action {target: '$.paths.*.*.security[?@["key"] || @["appId"]]', remove: true}.`,
    ],
    [
      'says nothing where no place takes it',
      [
        [400, '{}'],
        [400, '{}'],
        [403, '{}'],
      ],
      '| done',
    ],
  ])('that went to a wrong place %s', async (_, answers, want) => {
    const { get } = listing('a');
    const security = [{ key: [] }, { appId: [] }, { bearer: [] }];
    const of = contractOf({ '/a': { get: { ...(get as Record<string, Json>), security } } });
    const at = { ...target, credentials: { token: 'abc' } } as Target;
    expect(await outcome(answers, { of, at, authorization: 'Bearer abc' })).toContain(want);
  });

  it('is one in a header that the document names like a scheme of the Authorization header', async () => {
    const { get } = listing('a');
    const of = contractOf({ '/a': { get: { ...(get as Record<string, Json>), security: [{ word: [] }] } } });
    const at = { ...target, credentials: { token: 'abc' } } as Target;
    expect(await outcome([[401, 'who?']], { of, at, authorization: 'Bearer abc' })).toBe(
      `${A} | CREDENTIALS_REFUSED: The token was refused: GET http://h:1/api/a answered 401 who?. It was sent in a header "Token", as the document says; if the server expects "Authorization: Token …", put the word before it, as in ROLECALL_TOKEN='Token …'.`,
    );
  });

  it.each<{ answer: Answer; openly: Answer; authorization?: string; want: string }>([
    {
      answer: [403, '{"detail":"Wrong"}'],
      openly: [200, '[]'],
      authorization: 'Bearer abc',
      want: `${A} | CREDENTIALS_REFUSED: The token was refused: GET http://h:1/api/a answered 403 {"detail":"Wrong"}, and succeeds without a token; it was sent in the header "X-Key"; check ROLECALL_TOKEN.`,
    },
    { answer: [403, '{}'], openly: [401, '{}'], authorization: 'Bearer abc', want: `${A} | done` },
    { answer: [200, '[]'], openly: [200, '[]'], authorization: 'Bearer abc', want: `${A} | done` },
    { answer: [403, '{}'], openly: [200, '[]'], want: `${A} | done` },
  ])('gets $answer where no token gets $openly', async ({ answer, openly, authorization, want }) => {
    const { get } = listing('a');
    const of = contractOf({ '/a': { get: { ...(get as Record<string, Json>), security: [{ key: [] }] } } });
    const at = { ...target, credentials: { token: 'abc' } } as Target;
    expect(await outcome([answer], { of, at, openly, ...(authorization && { authorization }) })).toBe(want);
  });

  it('is that of ROLECALL_TOKEN where one was given', async () => {
    const at = { ...target, credentials: { token: 'abc' } } as Target;
    expect(await outcome([[401, '']], { at })).toBe(refused('401', 'ROLECALL_TOKEN'));
  });
});

describe('a run that cannot start', () => {
  const exchange = {
    request: { method: 'GET', path: '/', headers: {} },
    response: { status: 0, headers: {}, text: '' },
    durationMs: 1,
  };

  it.each<[FailureKind, string]>([
    ['refused', 'is it running, and is the URL right?'],
    ['tls', 'pass its certificate authority in NODE_EXTRA_CA_CERTS.'],
    ['timeout', 'it accepts connections but does not answer.'],
    ['reset', 'it breaks connections: is it HTTP or HTTPS?'],
    ['gateway', 'is the service behind the gateway running?'],
    ['garbled', 'is it HTTP or HTTPS?'],
    ['too-large', 'is it this API?'],
    ['cancelled', 'the run was cancelled.'],
  ])('because there is no answer: %s', async (kind, hint) => {
    const lost = new NoAnswer(exchange, new TargetFailure(kind, 'It\n  broke.'), undefined);
    expect(await outcome(lost)).toBe(`${A} | TARGET_UNREACHABLE: Cannot reach "the harbour": It broke; ${hint}`);
  });

  it.each<[StopCause, string]>([
    ['time', 'TARGET_UNREACHABLE: "the harbour" was not ready in time: Over.'],
    ['cancelled', 'TARGET_UNREACHABLE: "the harbour" was not ready in time: Over.'],
    ['rate-limit', 'TARGET_UNREACHABLE: Over; try later, or raise its rate limit for the run.'],
    ['max-requests', 'BAD_OPTION: Over before the first check; pass a larger number.'],
  ])('because the run stopped: %s', async (because, want) => {
    const stop = new Stop('Over.', because);
    expect(await outcome(new NoAnswer(exchange, new TargetFailure('timeout', 'slow'), stop))).toBe(`${A} | ${want}`);
    expect(await outcome([], { full: () => Promise.reject(stop) })).toBe(want);
  });

  it('because of a defect, which stays as it is', async () => {
    expect(await outcome(new TypeError('oh'))).toBe(`${A} | TypeError: oh`);
  });
});
