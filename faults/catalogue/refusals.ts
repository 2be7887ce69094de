import type { JsonObject } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { acceptsScope, acceptsToken, answers, at, status, succeeded, withStatus } from '../breaks.js';
import type { Planted } from '../fault.js';
import { jsonAnswer, textAnswer } from '../gateway.js';
import { own } from '../own-requests.js';

const family = 'status-and-shape';
const error = (code: number, reason: string, message: string, errorCode?: string) => ({
  statusCode: code,
  error: reason,
  message,
  ...(errorCode === undefined ? {} : { errorCode }),
});

/** Faults of refusals: who is refused, in which order, and with which words and headers. */
export const refusalFaults: readonly Planted[] = [
  [
    'unknown-as-html',
    family,
    'organizations.get',
    'standard',
    'a 404 has the Content-Type text/html',
    answers('GET /organizations/{id}', withStatus(404), (answer) => ({
      ...answer,
      headers: { ...answer.headers, 'content-type': 'text/html' },
    })),
  ],
  [
    'conflict-without-content-type',
    family,
    'roles.create',
    'standard',
    'a 409 has no Content-Type',
    answers('POST /roles', withStatus(409), ({ headers: { 'content-type': _type, ...headers }, ...answer }) => ({
      ...answer,
      headers,
    })),
  ],
  [
    'conflict-with-another-reason',
    family,
    'roles.create',
    'standard',
    'the body of a 409 says Bad Request',
    answers('POST /roles', withStatus(409), (answer) =>
      jsonAnswer(answer, { ...(answer.json as JsonObject), error: 'Bad Request' }),
    ),
  ],
  [
    'query-blamed-on-the-body',
    family,
    'users.list',
    'standard',
    'an invalid query has the errorCode of an invalid body',
    answers('GET /users', withStatus(400), (answer) =>
      isObject(answer.json) && answer.json.errorCode === 'invalid_query_string'
        ? jsonAnswer(answer, { ...answer.json, errorCode: 'invalid_body' })
        : answer,
    ),
    ['input', 'limits'],
  ],
  [
    'error-code-of-expiry',
    'authentication',
    'roles.list',
    'hard',
    'the refusal of an expired token has an errorCode',
    answers('GET /roles', withStatus(401), (answer) =>
      /expired/i.test(answer.text)
        ? jsonAnswer(answer, { ...(answer.json as JsonObject), errorCode: 'token_expired' })
        : answer,
    ),
  ],
  [
    'empty-body-of-404',
    family,
    'users.get',
    'standard',
    'a 404 has no body',
    answers('GET /users/{id}', withStatus(404), (answer) => textAnswer(answer, '')),
  ],
  [
    'body-with-204',
    family,
    'organizations.members.remove',
    'standard',
    'a 204 has a body',
    answers('DELETE /organizations/{id}/members', withStatus(204), (answer) => textAnswer(answer, '{"ok":true}')),
  ],
  [
    'scope-by-its-beginning',
    'scopes',
    'users.roles.assign',
    'hard',
    'update:users_app_metadata counts as update:users',
    acceptsScope('POST /users/{id}/roles', (scopes) => scopes.some((scope) => scope.startsWith('update:users'))),
  ],
  [
    'write-scope-reads',
    'scopes',
    'clients.get',
    'hard',
    'update:clients includes read:clients',
    acceptsScope('GET /clients/{id}', (scopes) => scopes.includes('update:clients')),
  ],
  [
    'audience-by-its-beginning',
    'authentication',
    'roles.list',
    'hard',
    'an audience without the trailing slash is accepted',
    acceptsToken('GET /roles', ({ alg, claims }) => alg === 'RS256' && /\/api\/v2$/.test(String(claims.aud))),
  ],
  [
    'head-of-unknown-is-200',
    'protocol',
    'roles.get',
    'hard',
    'HEAD of an unknown id is 200',
    at('HEAD /roles/{id}', async (request, gateway) => {
      const answer = await gateway.send(request);
      return answer.status === 404 ? { ...answer, status: 200 } : answer;
    }),
  ],
  [
    'options-shows-the-list',
    'protocol',
    'clients.list',
    'hard',
    'OPTIONS answers as GET does, without a token',
    at('OPTIONS /clients', (_request, gateway) => own(gateway, 'GET', '/clients')),
    ['authentication'],
  ],
  [
    'charset-is-unsupported',
    'protocol',
    'roles.create',
    'hard',
    'a Content-Type with a charset is 415',
    at('POST /roles', async (request, gateway) => {
      const type = Object.entries(request.headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
      const answer = await gateway.send(request);
      return /;/.test(type) && succeeded(answer, request)
        ? jsonAnswer({ ...answer, status: 415 }, error(415, 'Unsupported Media Type', 'application/json only'))
        : answer;
    }),
    ['input'],
  ],
  [
    'large-number-crashes',
    'input',
    'users.update',
    'hard',
    'a number beyond 64 bits in user_metadata is 500',
    status(
      'PATCH /users/{id}',
      (_answer, { body = '' }) => /\b\d{20,}\b|e\+?\d{2,}/i.test(body),
      500,
      error(500, 'Internal Server Error', 'out of range'),
    ),
    ['state', 'status-and-shape'],
  ],
  [
    'secret-by-its-beginning',
    'authentication',
    'oauth.token',
    'hard',
    'the beginning of a secret is enough',
    async (request, gateway) => {
      const answer = await gateway.send(request);
      if (request.route !== '/oauth/token' || !isObject(request.json)) return answer;
      const { client_id: id = '', client_secret: secret = '' } = request.json;
      if (answer.status === 200) gateway.memory.set(String(id), String(secret));
      const known = gateway.memory.get(String(id));
      return answer.status === 401 && typeof known === 'string' && known.startsWith(String(secret)) && secret !== ''
        ? gateway.send({ ...request, body: JSON.stringify({ ...request.json, client_secret: known }) })
        : answer;
    },
    ['input', 'status-and-shape'],
  ],
  [
    'any-secret',
    'authentication',
    'oauth.token',
    'standard',
    'any secret is accepted',
    async (request, gateway) => {
      const answer = await gateway.send(request);
      if (request.route !== '/oauth/token' || !isObject(request.json)) return answer;
      const { client_id: id = '', client_secret: secret = '' } = request.json;
      if (answer.status === 200) gateway.memory.set(String(id), String(secret));
      const known = gateway.memory.get(String(id));
      return answer.status === 401 && typeof known === 'string'
        ? gateway.send({ ...request, body: JSON.stringify({ ...request.json, client_secret: known }) })
        : answer;
    },
    ['input', 'status-and-shape'],
  ],
  [
    'lifetime-in-milliseconds',
    family,
    'oauth.token',
    'hard',
    'expires_in is in milliseconds',
    async (request, gateway) => {
      const answer = await gateway.send(request);
      if (request.route !== '/oauth/token' || answer.status !== 200 || !isObject(answer.json)) return answer;
      return jsonAnswer(answer, { ...answer.json, expires_in: Number(answer.json.expires_in) * 1000 });
    },
    ['authentication', 'state'],
  ],
  [
    'scope-of-the-answer',
    family,
    'oauth.token',
    'hard',
    'scope in the answer is what the request asked for, not what the token has',
    async (request, gateway) => {
      const answer = await gateway.send(request);
      if (request.route !== '/oauth/token' || answer.status !== 200 || !isObject(answer.json)) return answer;
      return jsonAnswer(answer, { ...answer.json, scope: 'read:users read:roles delete:users' });
    },
    ['authentication', 'state', 'scopes'],
  ],
  [
    'keys-of-another-name',
    family,
    'keys.jwks',
    'hard',
    'no key has the kid of the tokens',
    async (request, gateway) => {
      const answer = await gateway.send(request);
      if (!request.route.endsWith('/jwks.json') || !isObject(answer.json) || !Array.isArray(answer.json.keys))
        return answer;
      return jsonAnswer(answer, { keys: answer.json.keys.map((key) => ({ ...(key as JsonObject), kid: 'other' })) });
    },
    ['authentication', 'state'],
  ],
  [
    'issuer-is-another',
    family,
    'keys.openidConfiguration',
    'hard',
    'issuer is not the iss of the tokens',
    async (request, gateway) => {
      const answer = await gateway.send(request);
      if (!request.route.endsWith('/openid-configuration') || !isObject(answer.json)) return answer;
      return jsonAnswer(answer, { ...answer.json, issuer: String(answer.json.issuer).replace(/\/$/, '') });
    },
    ['authentication', 'state'],
  ],
];
