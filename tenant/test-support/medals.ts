import type { Contract, JsonObject } from '../../contract/contract.js';
import { defaultContract } from '../../contract/load/default.js';
import { readContract } from '../../contract/read/read.js';
import { json } from '../../test-support/json-content.js';

const refused = (...problems: string[]): JsonObject => ({
  description: 'Refused.',
  'x-problems': problems,
  ...json({ $ref: '#/components/schemas/Error' }),
});
const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
const medals = json({
  type: 'object',
  required: ['medals'],
  additionalProperties: false,
  properties: { medals: { type: 'array', minItems: 1, items: { type: 'string' } } },
});
const unauthorized = refused('token-missing', 'token-signature', 'token-expired', 'token-audience', 'token-refused');

const PATHS: JsonObject = {
  '/medals': {
    post: {
      operationId: 'medals.create',
      security: [{ management: ['create:medals'] }],
      'x-effect': { create: 'medal' },
      requestBody: {
        required: true,
        ...json({ type: 'object', required: ['name'], properties: { name: { type: 'string' } } }),
      },
      responses: {
        '201': { description: 'Created.', ...json({ $ref: '#/components/schemas/Medal' }) },
        '400': refused('token-malformed', 'invalid-body'),
        '401': unauthorized,
        '403': refused('insufficient-scope'),
        '409': refused('medal-exists'),
      },
    },
  },
  '/users/{id}/medals': {
    parameters: [id],
    get: {
      operationId: 'users.medals.list',
      security: [{ management: ['read:medals'] }],
      'x-effect': { list: 'user-medals', of: { user: 'id' }, as: 'medals' },
      responses: {
        '200': {
          description: 'The medals.',
          ...json({ type: 'array', items: { $ref: '#/components/schemas/Medal' } }),
        },
        '401': unauthorized,
        '403': refused('insufficient-scope'),
        '404': refused('user-unknown'),
      },
    },
    post: {
      operationId: 'users.medals.add',
      security: [{ management: ['update:users', 'read:medals'] }],
      'x-effect': { add: 'user-medals', of: { user: 'id' }, each: { medal: '/medals' } },
      requestBody: { required: true, ...medals },
      responses: {
        '204': { description: 'Added.' },
        '400': refused('token-malformed', 'invalid-body'),
        '401': unauthorized,
        '403': refused('insufficient-scope'),
        '404': refused('user-unknown', 'medal-unknown'),
        '409': refused('user-medals-full'),
      },
    },
    delete: {
      operationId: 'users.medals.remove',
      security: [{ management: ['update:users'] }],
      'x-effect': { remove: 'user-medals', of: { user: 'id' }, each: { medal: '/medals' } },
      requestBody: { required: true, ...medals },
      responses: {
        '204': { description: 'Removed.' },
        '400': refused('token-malformed', 'invalid-body'),
        '401': unauthorized,
        '403': refused('insufficient-scope'),
        '404': refused('user-unknown', 'medal-unknown'),
      },
    },
  },
};

const COMPONENTS: Readonly<Record<string, JsonObject>> = {
  'x-resources': { medal: { key: 'id', unique: [['name']] } },
  'x-relations': {
    'user-medals': { between: ['user', 'medal'], limits: [{ per: ['user'], max: 2, problem: 'user-medals-full' }] },
  },
  'x-problems': {
    'medal-unknown': { when: { unknown: 'medal' }, errorCode: 'inexistent_medal', message: 'There is no medal {key}.' },
    'medal-exists': { when: { duplicate: 'medal' }, message: 'There is such a medal.' },
    'user-medals-full': { when: { full: 'user-medals' }, message: 'Enough medals.' },
  },
  schemas: {
    Medal: {
      type: 'object',
      required: ['id', 'name'],
      properties: { id: { type: 'string', 'x-value': { id: 'mdl_{alnum:8}' } }, name: { type: 'string' } },
    },
  },
};

/** The contract with operations on medals, a resource that only this test has. */
export async function medalsContract(): Promise<Contract> {
  const { document } = await defaultContract();
  const components = document.components as Readonly<Record<string, JsonObject>>; // an object of objects, as was read
  const added = Object.entries(COMPONENTS).map(([name, more]) => [name, { ...components[name], ...more }] as const);
  return readContract({
    ...document,
    paths: { ...(document.paths as JsonObject), ...PATHS }, // an object, as was read
    components: { ...components, ...Object.fromEntries(added) },
  });
}
