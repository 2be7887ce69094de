import type { Contract, JsonObject } from '../../contract/contract.js';
import { defaultContract } from '../../contract/load/default.js';
import { readContract } from '../../contract/read/read.js';

const json = (schema: JsonObject): JsonObject => ({ content: { 'application/json': { schema } } });
const refused = (...problems: string[]): JsonObject => ({
  description: 'Refused.',
  'x-problems': problems,
  ...json({ $ref: '#/components/schemas/Error' }),
});
const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
const badges = json({
  type: 'object',
  required: ['badges'],
  additionalProperties: false,
  properties: { badges: { type: 'array', minItems: 1, items: { type: 'string' } } },
});
const unauthorized = refused('token-missing', 'token-signature', 'token-expired', 'token-audience', 'token-refused');

const PATHS: JsonObject = {
  '/badges': {
    post: {
      operationId: 'badges.create',
      security: [{ management: ['create:badges'] }],
      'x-effect': { create: 'badge' },
      requestBody: {
        required: true,
        ...json({ type: 'object', required: ['name'], properties: { name: { type: 'string' } } }),
      },
      responses: {
        '201': { description: 'Created.', ...json({ $ref: '#/components/schemas/Badge' }) },
        '400': refused('token-malformed', 'invalid-body'),
        '401': unauthorized,
        '403': refused('insufficient-scope'),
        '409': refused('badge-exists'),
      },
    },
  },
  '/users/{id}/badges': {
    parameters: [id],
    get: {
      operationId: 'users.badges.list',
      security: [{ management: ['read:badges'] }],
      'x-effect': { list: 'user-badges', of: { user: 'id' }, as: 'badges' },
      responses: {
        '200': {
          description: 'The badges.',
          ...json({ type: 'array', items: { $ref: '#/components/schemas/Badge' } }),
        },
        '401': unauthorized,
        '403': refused('insufficient-scope'),
        '404': refused('user-unknown'),
      },
    },
    post: {
      operationId: 'users.badges.add',
      security: [{ management: ['update:users', 'read:badges'] }],
      'x-effect': { add: 'user-badges', of: { user: 'id' }, each: { badge: '/badges' } },
      requestBody: { required: true, ...badges },
      responses: {
        '204': { description: 'Added.' },
        '400': refused('token-malformed', 'invalid-body'),
        '401': unauthorized,
        '403': refused('insufficient-scope'),
        '404': refused('user-unknown', 'badge-unknown'),
        '409': refused('user-badges-full'),
      },
    },
    delete: {
      operationId: 'users.badges.remove',
      security: [{ management: ['update:users'] }],
      'x-effect': { remove: 'user-badges', of: { user: 'id' }, each: { badge: '/badges' } },
      requestBody: { required: true, ...badges },
      responses: {
        '204': { description: 'Removed.' },
        '400': refused('token-malformed', 'invalid-body'),
        '401': unauthorized,
        '403': refused('insufficient-scope'),
        '404': refused('user-unknown', 'badge-unknown'),
      },
    },
  },
};

const COMPONENTS: Readonly<Record<string, JsonObject>> = {
  'x-resources': { badge: { key: 'id', unique: [['name']] } },
  'x-relations': {
    'user-badges': { between: ['user', 'badge'], limits: [{ per: ['user'], max: 2, problem: 'user-badges-full' }] },
  },
  'x-problems': {
    'badge-unknown': { when: { unknown: 'badge' }, errorCode: 'inexistent_badge', message: 'There is no badge {key}.' },
    'badge-exists': { when: { duplicate: 'badge' }, message: 'There is such a badge.' },
    'user-badges-full': { when: { full: 'user-badges' }, message: 'Enough badges.' },
  },
  schemas: {
    Badge: {
      type: 'object',
      required: ['id', 'name'],
      properties: { id: { type: 'string', 'x-value': { id: 'bdg_{alnum:8}' } }, name: { type: 'string' } },
    },
  },
};

/** Our contract with endpoints that no code knows: badges, and which users have them. */
export async function badgesContract(): Promise<Contract> {
  const { document } = await defaultContract();
  const components = document.components as Readonly<Record<string, JsonObject>>; // an object of objects, as was read
  const added = Object.entries(COMPONENTS).map(([name, more]) => [name, { ...components[name], ...more }] as const);
  return readContract({
    ...document,
    paths: { ...(document.paths as JsonObject), ...PATHS }, // an object, as was read
    components: { ...components, ...Object.fromEntries(added) },
  });
}
