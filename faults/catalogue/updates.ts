import type { Json, JsonObject } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import { acceptsBody, answers, at, bodies, entries, succeeded } from '../breaks.js';
import type { Break, Planted } from '../fault.js';
import { jsonAnswer } from '../gateway.js';
import { also, below, listOf, own, segment } from '../own-requests.js';

const family = 'state';
const has = (body: Json | undefined, name: string): body is JsonObject => isObject(body) && name in body;
const without = (body: JsonObject, name: string): JsonObject =>
  Object.fromEntries(Object.entries(body).filter(([property]) => property !== name));
/** Ignores values in bodies; what is left of an empty body is sent all the same. */
const ignores = (route: string, isIgnored: (value: Json) => boolean): Break =>
  bodies(route, (body) => Object.fromEntries(Object.entries(body).filter(([, value]) => !isIgnored(value))));
const isEmptyObject = (value: Json): boolean => isObject(value) && Object.keys(value).length === 0;

/** Faults of updates and of values that are made by the server. */
export const updateFaults: readonly Planted[] = [
  [
    'empty-text-ignored',
    family,
    'roles.update',
    'hard',
    'an empty description changes nothing',
    bodies('PATCH /roles/{id}', (body) => (body.description === '' ? without(body, 'description') : body)),
  ],
  [
    'false-ignored',
    family,
    'organizations.enabledConnections.update',
    'standard',
    'false changes nothing',
    ignores('PATCH /organizations/{id}/enabled_connections/{connectionId}', (value) => value === false),
    ['status-and-shape'],
  ],
  [
    'zero-ignored',
    family,
    'resourceServers.update',
    'hard',
    'a lifetime of 0 changes nothing',
    ignores('PATCH /resource-servers/{id}', (value) => value === 0),
    ['limits', 'status-and-shape'],
  ],
  [
    'null-ignored',
    family,
    'users.update',
    'standard',
    'null changes nothing',
    ignores('PATCH /users/{id}', (value) => value === null),
    ['status-and-shape'],
  ],
  [
    'empty-object-ignored',
    family,
    'users.update',
    'hard',
    'an empty app_metadata changes nothing',
    ignores('PATCH /users/{id}', isEmptyObject),
    ['status-and-shape'],
  ],
  [
    'metadata-replaced',
    family,
    'users.update',
    'standard',
    'user_metadata is replaced, not merged',
    at('PATCH /users/{id}', async (request, gateway) => {
      if (!has(request.json, 'user_metadata') || !isObject(request.json.user_metadata)) return gateway.send(request);
      const before = (await own(gateway, 'GET', below(request))).json;
      const old = has(before, 'user_metadata') && isObject(before.user_metadata) ? before.user_metadata : {};
      const gone = Object.fromEntries(Object.keys(old).map((name) => [name, null]));
      const body = { ...request.json, user_metadata: { ...gone, ...request.json.user_metadata } };
      return gateway.send({ ...request, body: JSON.stringify(body) });
    }),
    ['status-and-shape'],
  ],
  [
    'metadata-merged-deeply',
    family,
    'users.update',
    'hard',
    'user_metadata is merged at all levels',
    at('PATCH /users/{id}', async (request, gateway) => {
      if (!has(request.json, 'user_metadata') || !isObject(request.json.user_metadata)) return gateway.send(request);
      const before = (await own(gateway, 'GET', below(request))).json;
      const old = has(before, 'user_metadata') && isObject(before.user_metadata) ? before.user_metadata : {};
      const merged = Object.entries(request.json.user_metadata).map(([name, value]): [string, Json] => {
        const known = old[name];
        return [name, isObject(value) && isObject(known) ? { ...known, ...value } : value];
      });
      const body = { ...request.json, user_metadata: Object.fromEntries(merged) };
      return gateway.send({ ...request, body: JSON.stringify(body) });
    }),
    ['status-and-shape'],
  ],
  [
    'metadata-merged',
    family,
    'organizations.update',
    'standard',
    'metadata is merged, not replaced',
    at('PATCH /organizations/{id}', async (request, gateway) => {
      if (!has(request.json, 'metadata') || !isObject(request.json.metadata)) return gateway.send(request);
      const before = (await own(gateway, 'GET', below(request))).json;
      const old = has(before, 'metadata') && isObject(before.metadata) ? before.metadata : {};
      const body = { ...request.json, metadata: { ...old, ...request.json.metadata } };
      return gateway.send({ ...request, body: JSON.stringify(body) });
    }),
    ['status-and-shape', 'limits'],
  ],
  [
    'one-property-resets-another',
    family,
    'organizations.update',
    'hard',
    'a new name resets display_name',
    bodies('PATCH /organizations/{id}', (body) =>
      'name' in body && !('display_name' in body) ? { ...body, display_name: String(body.name) } : body,
    ),
  ],
  [
    'flag-resets-another',
    family,
    'resourceServers.update',
    'hard',
    'a change of skip_consent_for_verifiable_first_party_clients resets token_lifetime',
    bodies('PATCH /resource-servers/{id}', (body) =>
      'skip_consent_for_verifiable_first_party_clients' in body ? { token_lifetime: 86400, ...body } : body,
    ),
  ],
  [
    'answer-of-before',
    family,
    'organizations.update',
    'standard',
    'the answer has the values of before',
    at('PATCH /organizations/{id}', async (request, gateway) => {
      const before = await own(gateway, 'GET', below(request));
      const answer = await gateway.send(request);
      return answer.status === 200 && isObject(before.json) ? jsonAnswer(answer, before.json) : answer;
    }),
    ['status-and-shape'],
  ],
  [
    'answer-of-changes',
    family,
    'organizations.update',
    'standard',
    'the answer has only what was changed',
    answers('PATCH /organizations/{id}', succeeded, (answer, { json }) => {
      if (!isObject(answer.json) || !isObject(json)) return answer;
      const { id = '', name = '' } = answer.json;
      return jsonAnswer(answer, { id, name, ...json });
    }),
    ['status-and-shape'],
  ],
  [
    'time-of-update-stays',
    family,
    'users.update',
    'hard',
    'updated_at is the time of the creation',
    userShown((user) => ({ ...user, updated_at: user.created_at ?? '' })),
    ['status-and-shape'],
  ],
  [
    'creation-moves',
    family,
    'users.update',
    'hard',
    'an update changes created_at',
    userShown((user) => ({ ...user, created_at: user.updated_at ?? '' })),
    ['status-and-shape'],
  ],
  [
    'secret-not-rotated',
    family,
    'clients.rotateSecret',
    'standard',
    'the new secret is the former one',
    at('POST /clients/{id}/rotate-secret', async (request, gateway) => {
      const before = await own(gateway, 'GET', `/clients/${segment(request, 1)}`);
      const answer = await gateway.send(request);
      return answer.status === 200 && isObject(before.json) ? jsonAnswer(answer, before.json) : answer;
    }),
    ['status-and-shape'],
  ],
  [
    'secret-not-stored',
    family,
    'clients.rotateSecret',
    'hard',
    'the new secret is returned, but not stored',
    at('POST /clients/{id}/rotate-secret', async (request, gateway) => {
      const read = { ...request, method: 'GET', path: request.path.replace('/rotate-secret', '') };
      const authorization = await gateway.fullAuthorization();
      const { body: _body, ...plain } = read;
      const known = await gateway.send({ ...plain, headers: { authorization } });
      const probe = await gateway.send({
        ...request,
        path: request.path.replace(/[^/]{6}(\/rotate-secret)/, '000000$1'),
      });
      if (known.status !== 200 || probe.status !== 404 || !isObject(known.json)) return gateway.send(request);
      const secret = `${Math.random()}${Math.random()}`.replaceAll('.', '').padEnd(64, 'x');
      return jsonAnswer(known, { ...known.json, client_secret: secret });
    }),
    ['status-and-shape'],
  ],
  [
    'siblings-updated',
    family,
    'organizations.domains.update',
    'hard',
    'all domains of the organization are updated',
    also('PATCH /organizations/{id}/discovery-domains/{discovery_domain_id}', async (request, gateway) => {
      const path = `/organizations/${segment(request, 1)}/discovery-domains`;
      for (const domain of listOf(await own(gateway, 'GET', path)))
        if (isObject(domain) && domain.id !== segment(request, 3) && isObject(request.json))
          await own(gateway, 'PATCH', `${path}/${String(domain.id)}`, request.json);
    }),
  ],
  [
    'links-of-others-updated',
    family,
    'organizations.enabledConnections.update',
    'hard',
    'the same connection of other organizations is updated, too',
    also('PATCH /organizations/{id}/enabled_connections/{connectionId}', async (request, gateway) => {
      for (const organization of listOf(await own(gateway, 'GET', '/organizations?per_page=100'))) {
        if (!isObject(organization) || organization.id === segment(request, 1) || !isObject(request.json)) continue;
        const path = `/organizations/${String(organization.id)}/enabled_connections/${segment(request, 3)}`;
        await own(gateway, 'PATCH', path, request.json);
      }
    }),
  ],
  [
    'default-is-another',
    family,
    'resourceServers.create',
    'standard',
    'token_lifetime is 7200 by default',
    bodies('POST /resource-servers', (body) => ({ token_lifetime: 7200, ...body })),
    ['status-and-shape', 'input'],
  ],
  [
    'default-wins',
    family,
    'resourceServers.create',
    'standard',
    'token_lifetime is always the default',
    bodies('POST /resource-servers', (body) => without(body, 'token_lifetime')),
    ['status-and-shape', 'input', 'limits'],
  ],
  [
    'password-shown',
    'status-and-shape',
    'users.create',
    'standard',
    'the answer has the password',
    answers('POST /users', succeeded, (answer, { json }) =>
      isObject(answer.json) && has(json, 'password')
        ? jsonAnswer(answer, { ...answer.json, password: json.password ?? '' })
        : answer,
    ),
    ['state'],
  ],
  [
    'longer-name-in-update',
    'input',
    'organizations.update',
    'standard',
    'the maximum length of display_name holds for creations only',
    acceptsBody(
      'PATCH /organizations/{id}',
      (body) => has(body, 'display_name') && String(body.display_name).length > 255,
      (body) => ({ ...body, display_name: String(body.display_name).slice(0, 255) }),
    ),
    ['limits'],
  ],
  [
    'pattern-in-creation-only',
    'input',
    'organizations.update',
    'standard',
    'an update accepts names that a creation refuses',
    acceptsBody(
      'PATCH /organizations/{id}',
      (body) => has(body, 'name') && typeof body.name === 'string' && !/^[a-z0-9][a-z0-9_-]*$/.test(body.name),
      (body) => ({ ...body, name: `x${Date.now()}${String(Math.random()).slice(2, 8)}` }),
    ),
    ['limits'],
  ],
  [
    'taken-name-in-update',
    'status-and-shape',
    'roles.update',
    'standard',
    'an update accepts a name that is taken',
    answers(
      'PATCH /roles/{id}',
      ({ status }) => status === 409,
      (_answer, request, gateway) =>
        gateway.send({
          ...request,
          body: JSON.stringify({ ...(request.json as JsonObject), name: `taken ${Math.random()}` }),
        }),
    ),
    ['state'],
  ],
  [
    'own-name-is-taken',
    family,
    'roles.update',
    'hard',
    'an update with the name that the role has already is refused as a duplicate',
    at('PATCH /roles/{id}', async (request, gateway) => {
      const before = await own(gateway, 'GET', below(request));
      const answer = await gateway.send(request);
      if (answer.status !== 200 || !has(request.json, 'name') || !isObject(before.json)) return answer;
      if (before.json.name !== request.json.name) return answer;
      const refusal = { statusCode: 409, error: 'Conflict', message: 'The role already exists.' };
      return jsonAnswer({ ...answer, status: 409 }, refusal);
    }),
    ['status-and-shape', 'input'],
  ],
  [
    'numbers-from-texts',
    family,
    'users.update',
    'hard',
    'texts of digits in user_metadata are stored as numbers',
    bodies('PATCH /users/{id}', (body) => ({
      ...body,
      ...(isObject(body.user_metadata) && {
        user_metadata: Object.fromEntries(
          Object.entries(body.user_metadata).map(([name, value]) => [
            name,
            typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value,
          ]),
        ),
      }),
    })),
  ],
  [
    'leading-zeros-lost',
    family,
    'roles.create',
    'hard',
    'descriptions that are numbers lose their leading zeros',
    bodies('POST /roles', (body) =>
      typeof body.description === 'string' && /^-?\d+(\.\d+)?$/.test(body.description)
        ? { ...body, description: String(Number(body.description)) }
        : body,
    ),
    ['input'],
  ],
  [
    'emoji-lost',
    family,
    'roles.create',
    'hard',
    'characters of four bytes are stored as question marks',
    bodies('POST /roles', (body) =>
      Object.fromEntries(
        Object.entries(body).map(([name, value]): [string, Json] => [
          name,
          typeof value === 'string' ? value.replace(/[\u{10000}-\u{10FFFF}]/gu, '?') : value,
        ]),
      ),
    ),
    ['input'],
  ],
  [
    'markup-escaped',
    family,
    'organizations.create',
    'hard',
    'display_name is stored with HTML entities',
    bodies('POST /organizations', (body) =>
      typeof body.display_name === 'string'
        ? { ...body, display_name: body.display_name.replaceAll('&', '&amp;').replaceAll('<', '&lt;') }
        : body,
    ),
    ['input', 'limits'],
  ],
  [
    'long-names-cut',
    family,
    'users.create',
    'hard',
    'names are cut at 255 characters, although 300 are allowed',
    bodies('POST /users', (body) =>
      typeof body.name === 'string' ? { ...body, name: body.name.slice(0, 255) } : body,
    ),
    ['input', 'limits'],
  ],
  [
    'line-breaks-lost',
    family,
    'roles.update',
    'hard',
    'line breaks in descriptions become spaces',
    bodies('PATCH /roles/{id}', (body) =>
      typeof body.description === 'string'
        ? { ...body, description: body.description.replace(/[\r\n\t]+/g, ' ') }
        : body,
    ),
  ],
];

/** Changes the user in the answers of both the update and the read. */
function userShown(change: (user: JsonObject) => JsonObject): Break {
  return (request, gateway) =>
    entries(`${request.method === 'PATCH' ? 'PATCH' : 'GET'} /users/{id}`, change)(request, gateway);
}
