import { expect, test } from 'vitest';
import { emitReference } from '../reference/reference.js';
import { contractOf } from '../test-support/contract.js';
import { pageHeader } from '../text/comment.js';

const contract = contractOf(
  {
    '/users/{id}/medals': {
      delete: {
        operationId: 'users.medals.clear',
        summary: 'Take all medals from a user',
        security: [{ oauth: ['read:things', 'write:things'] }, { oauth: ['write:things'] }],
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' }, example: 'a|b' }],
        responses: { '204': { description: 'Taken.' }, '404': { description: 'Unknown user.' } },
      },
    },
  },
  {
    'x-tasks': {
      'clear-medals': {
        title: 'Take all medals',
        operation: 'users.medals.clear',
        about: 'For users who [cheated](task:list-medals).',
        before: ['The user exists. See [errors](guide:errors) and [paging](guide:paging).'],
        values: { USER_ID: 'The user, as in `a|b`.' },
        check: 'Look again with [the same request](operation:users.medals.clear).',
        notes: ['It takes them all.'],
        alternatives: { 'By hand': '1. Walk.\n2. Take.' },
        related: ['list-medals'],
      },
      'list-medals': { title: 'Count medals', operation: 'users.medals.clear', about: 'Count.' },
    },
  },
);

const pages = new Map(emitReference(contract).map(({ path, text }) => [path, text.replace(pageHeader, '')]));

test('a task has its texts, with links, and the facts of its operation', () => {
  const text = pages.get('docs/tasks/clear-medals.md') ?? '';
  expect(text.replace(/## Samples[\s\S]*?## Parameters/, '## Parameters')).toMatchInlineSnapshot(`
    "# Take all medals

    For users who [cheated](list-medals.md).

    ## Before you start

    - The user exists. See [errors](../guides/errors.md) and paging.
    - An access token with \`write:things\`: see [Authentication and first call](../guides/authentication.md).

    ## Send the request

    \`DELETE /v1/users/{id}/medals\`, in the reference: [Take all medals from a user](../users.medals.clear.md).

    ## Parameters

    | Name | In | Type | Required |
    | --- | --- | --- | --- |
    | \`id\` | path | string | yes |

    ## Scopes

    Requires a token with one of:

    - \`read:things\` and \`write:things\`
    - \`write:things\`

    | Scope | Description |
    | --- | --- |
    | \`read:things\` | See things |
    | \`write:things\` |  |

    ## Success

    ### 204

    Taken.

    No response body.

    ## Errors

    | Status | Cause |
    | --- | --- |
    | \`404\` | Unknown user. |

    ## See that it worked

    Look again with [the same request](../users.medals.clear.md).

    ## Good to know

    - It takes them all.

    ## By hand

    1. Walk.
    2. Take.

    ## Related tasks

    - [Count medals](list-medals.md)
    "
  `);
});

test('the page of an operation and the index lead to the tasks', () => {
  expect(pages.get('docs/users.medals.clear.md')).toContain(
    'Step by step: [Take all medals](tasks/clear-medals.md), [Count medals](tasks/list-medals.md).',
  );
  expect(pages.get('docs/README.md')).toContain('- [Take all medals](tasks/clear-medals.md)');
});

test('samples send the body of the task, and those of the operation its own example', () => {
  const schema = { type: 'object', properties: { rank: { type: 'string' } } };
  const withBody = contractOf(
    {
      '/medals': {
        post: {
          operationId: 'medals.create',
          summary: 'Create a medal',
          requestBody: { content: { 'application/json': { schema, example: { rank: 'bronze' } } } },
          responses: { '204': { description: 'Created.' } },
        },
      },
    },
    {
      'x-tasks': { gold: { title: 'Create gold', operation: 'medals.create', about: 'Gold.', body: { rank: 'gold' } } },
    },
  );
  const texts = new Map(emitReference(withBody, { samples: 'all' }).map(({ path, text }) => [path, text]));
  const [task = '', reference = ''] = [texts.get('docs/tasks/gold.md'), texts.get('docs/medals.create.md')];
  expect(task.match(/gold/g)?.length).toBeGreaterThan(10);
  expect(task).not.toContain('bronze');
  expect(reference).toContain('bronze');
  expect(reference.replace(/^Step by step.*$/m, '')).not.toContain('gold');
});
