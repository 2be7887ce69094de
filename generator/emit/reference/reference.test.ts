import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Contract, JsonObject } from '../../../contract/contract.js';
import { defaultContract } from '../../../contract/load/default.js';
import { loadContract } from '../../../contract/load/load.js';
import { packageRoot } from '../../../contract/load/package-root.js';
import type { GeneratedFile } from '../generated-file.js';
import { contractOf } from '../test-support/contract.js';
import { pageHeader } from '../text/comment.js';
import { emitReference } from './reference.js';

const contract = await defaultContract();
const files = emitReference(contract);

/** Medals of users: a contract with everything that a page can show. */
const medals = contractOf(
  {
    '/users/{id}/medals': {
      post: {
        operationId: 'users.medals.add',
        summary: "Add medals to a user's <set>",
        description: 'Adds medals, each once.',
        tags: ['users'],
        security: [{ oauth: ['read:things'] }, { oauth: ['write:things'] }],
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' }, example: 'a|b' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['medals'],
                properties: {
                  medals: { type: 'array', items: { type: 'string' }, maxItems: 10, description: 'Ids | keys.' },
                },
              },
              example: { medals: ['b1'] },
            },
          },
        },
        'x-effect': { add: 'user-medals', of: { user: 'id' }, each: { medal: '/medals' }, consistency: 'eventual' },
        'x-evidence': {
          '': { grade: 'documented', source: 'the manual' },
          '/security/1': { grade: 'disputed', source: 'the guide', against: 'the manual' },
          '/responses/204': { grade: 'recorded', source: 'the wire', seen: 3 },
        },
        responses: {
          '204': { description: 'Added.' },
          '404': { description: 'Unknown.', 'x-problems': ['no-user'] },
          '409': { description: 'Full.', 'x-problems': ['full'] },
          '429': { description: 'Too many.', 'x-problems': ['rate'] },
        },
      },
    },
  },
  {
    'x-resources': { user: { key: 'id' }, medal: { key: 'id' } },
    'x-relations': {
      'user-medals': {
        between: ['user', 'medal'],
        limits: [{ per: ['user'], max: 50, disputed: 40, problem: 'full' }],
      },
    },
    'x-problems': {
      'no-user': { when: { unknown: 'user' }, errorCode: 'no_user', message: 'No user {key}', remedy: 'Look again.' },
      full: { when: { full: 'user-medals' }, message: 'Full' },
      rate: { when: 'rate' },
    },
  },
  {
    tags: [{ name: 'users', description: 'People.' }],
    'x-rate-limit': {
      headers: { limit: 'x-limit', remaining: 'x-left', reset: 'x-reset' },
      problem: 'rate',
      plans: { free: { burst: 2, 'per-second': 1 } },
    },
  },
);

test('a page', () => {
  expect(pageOf(medals, 'docs/users.medals.add.md')).toMatchInlineSnapshot(`
    "# Add medals to a user's &lt;set&gt;

    \`POST /v1/users/{id}/medals\` · \`client.users.medals.add\` · [all operations](README.md)

    Adds medals, each once.

    ## Samples

    <details open>
    <summary>cURL</summary>

    \`\`\`sh
    ACCESS_TOKEN='ACCESS_TOKEN'
    USER_ID='USER_ID' # percent-encoded, such as a%7Cb
    MEDAL_ID='MEDAL_ID'

    curl --request POST "https://api.example/v1/users/$USER_ID/medals" \\
      --header "Authorization: Bearer $ACCESS_TOKEN" \\
      --header 'Content-Type: application/json' \\
      --data-raw "{\\"medals\\":[\\"$MEDAL_ID\\"]}"
    \`\`\`

    </details>

    <details>
    <summary>JavaScript (generated client)</summary>

    \`\`\`ts
    import { createClient } from './generated/client.js';

    const ACCESS_TOKEN = 'ACCESS_TOKEN';
    const USER_ID = 'USER_ID';
    const MEDAL_ID = 'MEDAL_ID';

    const client = createClient({ baseUrl: 'https://api.example', token: ACCESS_TOKEN });
    const result = await client.users.medals.add(USER_ID, { medals: [MEDAL_ID] });
    if (result.ok) {
      console.log(result.status);
    } else {
      console.error(result.status, result.error);
    }

    // Any number of entries, at most 10 per request.
    const batches = await client.users.medals.addAll(USER_ID, [MEDAL_ID]);
    console.log(batches.accepted);
    \`\`\`

    </details>

    <details>
    <summary>JavaScript (fetch)</summary>

    \`\`\`js
    const ACCESS_TOKEN = 'ACCESS_TOKEN';
    const USER_ID = 'USER_ID';
    const MEDAL_ID = 'MEDAL_ID';

    const options = {
      method: 'POST',
      headers: {Authorization: \`Bearer \${ACCESS_TOKEN}\`, 'Content-Type': 'application/json'},
      body: JSON.stringify({medals: [MEDAL_ID]})
    };

    const response = await fetch(\`https://api.example/v1/users/\${encodeURIComponent(USER_ID)}/medals\`, options);
    const text = await response.text(); // empty after a 204
    if (!response.ok) throw new Error(\`\${response.status} \${text}\`);
    console.log(text === '' ? response.status : JSON.parse(text));
    \`\`\`

    </details>

    <details>
    <summary>Python</summary>

    \`\`\`python
    from urllib.parse import quote

    import requests

    ACCESS_TOKEN = "ACCESS_TOKEN"
    USER_ID = "USER_ID"
    MEDAL_ID = "MEDAL_ID"

    url = f"https://api.example/v1/users/{quote(USER_ID, safe='')}/medals"

    payload = {"medals": [MEDAL_ID]}
    headers = {
        "Authorization": f"Bearer {ACCESS_TOKEN}",
        "Content-Type": "application/json"
    }

    response = requests.post(url, json=payload, headers=headers)
    response.raise_for_status()
    print(response.status_code, response.text)
    \`\`\`

    </details>

    Replace the values at the top of a sample:

    | Placeholder | Value | Example |
    | --- | --- | --- |
    | \`ACCESS_TOKEN\` | An access token with \`read:things\`. |  |
    | \`USER_ID\` |  | \`a\\|b\` |
    | \`MEDAL_ID\` | The \`id\` of the medal. | \`b1\` |

    ## Parameters

    | Name | In | Type | Required |
    | --- | --- | --- | --- |
    | \`id\` | path | string | yes |

    ## Request body

    Required, as \`application/json\`.

    | Property | Type | Required | Constraints | Description |
    | --- | --- | --- | --- | --- |
    | \`medals\` | list of string | yes | at most 10 entries | Ids \\| keys. |

    Example:

    \`\`\`json
    {
      "medals": [
        "b1"
      ]
    }
    \`\`\`

    ## Scopes

    Requires a token with \`read:things\`[^1].

    The sources disagree whether these scopes are sufficient:

    - \`write:things\`[^2]

    | Scope | Description |
    | --- | --- |
    | \`read:things\` | See things |
    | \`write:things\` |  |

    ## Limits

    - At most 10 entries in \`medals\` per request.
    - At most 50 medals per user. Another source says 40. Beyond that, the error is \`Full\`.
    - Requests are rate-limited: see [rate limits](guides/rate-limits.md).

    ## Behaviour

    - The medals in the request are added to those that are there already.
    - Eventually consistent: changes may appear with a delay.

    ## Success

    ### 204

    Added.

    No response body. [recorded](guides/grades.md#recorded "Seen in responses of the real service")[^3]

    ## Errors

    | Status | Error code | Cause | Message | What to do |
    | --- | --- | --- | --- | --- |
    | \`404\` | \`no_user\` | The user does not exist. | \`No user {key}\` | Look again. |
    | \`409\` |  | The limit of user medals is reached. | \`Full\` | Remove some first. See Limits on this page. |
    | \`429\` |  | Too many requests were sent. |  | Wait for the rate limit, then send the same request again. |

    ## Sources

    - Everything without a mark: [documented](guides/grades.md#documented "Stated by official documents")[^1]

    [^1]: Documented: the manual.
    [^2]: Disputed: the guide. Against: the manual.
    [^3]: Recorded: the wire, 3 times.
    "
  `);
});

test('the index', () => {
  expect(pageOf(medals, 'docs/README.md')).toMatchInlineSnapshot(`
    "# Small

    Version 1.0.0, 1 operation.

    ## Guides

    - [Authentication and first call](guides/authentication.md): from nothing to a first successful request
    - [Scopes](guides/scopes.md): which operation needs what, and the fewest scopes for a set of calls
    - [Errors](guides/errors.md): what an error looks like, and every error with what to do
    - [Rate limits](guides/rate-limits.md): how many requests each plan allows, and what to do when they are used up
    - [How certain a fact is](guides/grades.md): what the grades beside facts mean

    ## users

    People.

    | Operation | Method | Path | Scopes |
    | --- | --- | --- | --- |
    | [Add medals to a user's &lt;set&gt;](users.medals.add.md) | POST | \`/users/{id}/medals\` | \`read:things\` |
    "
  `);
});

function pageOf(of: Contract, path: string): string {
  return (emitReference(of).find((file) => file.path === path)?.text ?? '').replace(pageHeader, '');
}

describe('the reference of the contract', () => {
  test('has an index, guides, and a page for each operation and each task', () => {
    const inFolder = (folder: string) => files.filter(({ path }) => posix.dirname(path) === folder);
    expect(inFolder('docs')).toHaveLength(contract.operations.length + 1);
    expect(inFolder('docs/tasks')).toHaveLength(contract.tasks.size);
    expect(inFolder('docs/guides')).toHaveLength(6);
    expect(new Set(files.map(({ path }) => path)).size).toBe(files.length);
  });

  test('is the same each time', () => {
    expect(emitReference(contract)).toEqual(files);
  });

  test('has no broken links', () => {
    expect(brokenLinks(files)).toEqual([]);
  });

  test('has the same number of cells in all rows of a table', () => {
    expect(files.flatMap(({ path, text }) => unevenRows(text).map((row) => `${path}: ${row}`))).toEqual([]);
  });

  test('has a remedy for every error of every operation', () => {
    for (const { id, responses } of contract.operations) {
      const text = files.find(({ path }) => path === `docs/${id}.md`)?.text ?? '';
      for (const { status, problems } of responses) {
        const rows = text.split('\n').filter((row) => row.startsWith(`| \`${status}\` |`));
        for (const { errorCode, remedy } of problems) {
          const found = rows.some(
            (row) => row.includes(errorCode ?? '') && row.includes((remedy ?? '').replaceAll('|', '\\|')),
          );
          expect(found, `${id} ${status} ${errorCode}`).toBe(true);
        }
      }
    }
  });
});

const official = join(packageRoot(), '../shared/evidence/official-openapi.json');
const there = existsSync(official);
if (!there) console.log(`skipped: missing ${official}`);

test.skipIf(!there)('a large document without our keywords has pages, too', async () => {
  const { contract: large } = await loadContract(official);
  const before = process.cpuUsage();
  const pages = emitReference(large);
  const { user, system } = process.cpuUsage(before);
  expect(pages.filter(({ path }) => posix.dirname(path) === 'docs')).toHaveLength(453);
  expect(pages.flatMap(({ path }) => (path.includes('/guides/') ? [posix.basename(path, '.md')] : []))).toEqual([
    'authentication',
    'scopes',
    'errors',
  ]);
  expect(brokenLinks(pages)).toEqual([]);
  // It takes half a second of processor time; the limit leaves room for slower machines.
  expect((user + system) / 1000).toBeLessThan(3000);
});

/** Links to missing files or headings. */
function brokenLinks(pages: readonly GeneratedFile[]): readonly string[] {
  const headings = new Map(pages.map(({ path, text }) => [path, anchorsOf(text)]));
  return pages.flatMap(({ path, text }) =>
    [...text.replaceAll(/```[\s\S]*?```/g, '').matchAll(/\]\(([^)\s]+\.md(?:#[^)\s]*)?)(?: "[^"]*")?\)/g)].flatMap(
      ([, target = '']) => {
        if (/^[a-z]+:/.test(target)) return [];
        const [file = '', anchor] = target.split('#');
        const known = headings.get(posix.join(posix.dirname(path), decodeURI(file)));
        const found = known !== undefined && (anchor === undefined || known.has(anchor));
        return found ? [] : [`${path} -> ${target}`];
      },
    ),
  );
}

function anchorsOf(text: string): ReadonlySet<string> {
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} -]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

function unevenRows(text: string): readonly string[] {
  const rows = text.replaceAll(/```[\s\S]*?```/g, '').split('\n');
  const cells = (row: string | undefined) => (row?.startsWith('|') ? row.match(/(?<!\\)\|/g)?.length : undefined);
  return rows.filter((row, index) => {
    const [above, here] = [cells(rows[index - 1]), cells(row)];
    return above !== undefined && here !== undefined && above !== here;
  });
}

test('a list of parts that is full has no others', () => {
  const partsOf = (more: JsonObject) => {
    const schema = { type: 'array', prefixItems: [{ type: 'object' }], ...more };
    const parts = contractOf({
      '/scans': {
        post: {
          operationId: 'scan',
          requestBody: { content: { 'multipart/mixed': { schema, prefixEncoding: [{}] } } },
          responses: { '204': { description: 'Scanned' } },
        },
      },
    });
    return emitReference(parts).find(({ path }) => path.endsWith('scan.md'))?.text;
  };
  expect(partsOf({})).toContain('- Others: any');
  expect(partsOf({ maxItems: 1 })).not.toContain('Others');
});
