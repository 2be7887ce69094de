import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultContract } from '../../../contract/load/default.js';
import { packageRoot } from '../../../contract/load/package-root.js';
import { SchemaValidator } from '../../../contract/schema/schema-validator.js';
import { emitReference } from '../reference/reference.js';
import { operationSamples } from '../samples/samples-of.js';

/** A fact of a how-to page: words of the page, and words of ours that say it, corrected where the page is outdated. */
interface Fact {
  readonly theirs: RegExp;
  readonly ours: RegExp;
  /** The page that says it, if not the page of the task. */
  readonly on?: string;
}

const ERRORS: readonly Fact[] = [
  { theirs: /400 invalid_body/, ours: /`400` \| `invalid_body`/ },
  { theirs: /400 invalid_query_string/, ours: /`400` \| `invalid_query_string`/ },
  { theirs: /401 Invalid token\./, ours: /`401` .*`Invalid token`/ },
  { theirs: /401 Invalid signature/, ours: /`Invalid signature received for JSON Web Token validation`/ },
  { theirs: /401 Client is not global/, ours: /`Client is not global\.`/ },
  { theirs: /insufficient_scope/, ours: /`403` \| `insufficient_scope`/ },
  { theirs: /read\/write a field that is not allowed/, ours: /may not read or write that field/ },
  { theirs: /429 Too many requests/, ours: /`429` \| `too_many_requests`/ },
  {
    theirs: /X-RateLimit-Limit, X-RateLimit-Remaining and X-RateLimit-Reset/,
    ours: /`x-ratelimit-limit`[\s\S]*`x-ratelimit-remaining`[\s\S]*`x-ratelimit-reset`/,
  },
];

const CORE: readonly Fact[] = [
  { theirs: /Authorization Core/, ours: /Authorization Core/ },
  {
    theirs: /you must enable it for your API using either the Dashboard or the Management API/,
    ours: /\[Switch on role-based access control\]\(enable-rbac\.md\)/,
  },
  { theirs: /different from the Authorization Extension/, ours: /Authorization Extension is a separate add-on/ },
  {
    theirs: /either the Dashboard or the Management API/,
    ours: /`enforce_policies` to `true`[\s\S]*`access_token_authz`/,
    on: 'tasks/enable-rbac',
  },
];

/** By the title of the how-to. */
const FACTS: Readonly<Record<string, { readonly task: string; readonly facts: readonly Fact[] }>> = {
  'Assign Roles to Users': {
    task: 'assign-roles-to-user',
    facts: [
      ...CORE,
      {
        theirs: /If your list of roles is blank, make sure you create roles first/,
        ours: /empty \[list of roles\].* create some first/,
      },
      { theirs: /select Assign Roles/, ours: /\*\*\.\.\.\*\* next to the user and then \*\*Assign Roles\*\*/ },
      {
        theirs: /Click the Roles view, and click Assign Role\./,
        ours: /Open \*\*Roles\*\* and select \*\*Assign Role\*\*/,
      },
      {
        theirs: /request POST \\\s+--url '.*\/api\/v2\/users\/USER_ID\/roles'/,
        ours: /`POST \/api\/v2\/users\/\{id\}\/roles`/,
      },
      { theirs: /scopes read:roles and update:users/, ours: /Requires a token with `read:roles` and `update:users`/ },
      { theirs: /ID\(s\) of the role\(s\)/, ours: /`ROLE_ID` \| The ID of a role.* Send one or more/ },
      { theirs: /ID of the user to be updated/, ours: /`USER_ID` \| The ID of the user/ },
    ],
  },
  'Add Roles to Organization Members': {
    task: 'assign-roles-to-member',
    facts: [
      ...ERRORS,
      {
        theirs: /applied when users log in through the organization/,
        ours: /apply when the user logs in through the organization/,
      },
      { theirs: /must have already created the role/, ours: /The roles exist/ },
      { theirs: /Select Assign role/, ours: /Select \*\*Assign role\*\*/ },
      { theirs: /Add role\(s\) to organization/, ours: /Add role\(s\) to organization/ },
      {
        theirs: /scope create:organization_member_roles/,
        ours: /Requires a token with `create:organization_member_roles`/,
      },
      {
        theirs: /Maximum of 100 roles per user/,
        ours: /At most 50 roles per organization and user.* Another source says 100/,
      },
      { theirs: /204 Roles successfully associated/, ours: /### 204/ },
      {
        theirs: /your tenant name, your regional subdomain/,
        ours: /the name of the tenant, its region, and `auth0\.com`/,
        on: 'guides/authentication',
      },
      { theirs: /travel0\.us\.auth0\.com/, ours: /`travel0\.us\.auth0\.com`/, on: 'guides/authentication' },
      {
        theirs: /created before June 2020/,
        ours: /US that was created before June 2020 .*`travel0\.auth0\.com`/,
        on: 'guides/authentication',
      },
      { theirs: /using custom domains/, ours: /use your custom domain/, on: 'guides/authentication' },
    ],
  },
  'Assign Permissions to Users': {
    task: 'assign-permissions-to-user',
    facts: [
      { theirs: /Authorization Core/, ours: /Authorization Core/ },
      { theirs: /_enable-authz-core/, ours: /\[Switch on role-based access control\]\(enable-rbac\.md\)/ },
      {
        theirs: /circumvents the benefits/,
        ours: /circumvent the benefits of role-based access control and are not recommended/,
      },
      { theirs: /can also be performed \[using the Dashboard\]/, ours: /## In the Dashboard/ },
      { theirs: /"POST"[\s\S]*users\/USER_ID\/permissions/, ours: /`POST \/api\/v2\/users\/\{id\}\/permissions`/ },
      { theirs: /scope `update:users`/, ours: /Requires a token with `update:users`/ },
      { theirs: /`API_ID` \| ID\(s\) of the API/, ours: /`API_ID` \| The identifier of the API/ },
      { theirs: /`PERMISSION_NAME` \| Name/, ours: /`PERMISSION_NAME` \| The name of the permission/ },
    ],
  },
  'Remove Roles from Users': {
    task: 'remove-roles-from-user',
    facts: [
      ...CORE,
      { theirs: /click the trashcan icon next to the role/, ours: /trash can next to the role/ },
      { theirs: /request DELETE/, ours: /`DELETE \/api\/v2\/users\/\{id\}\/roles`/ },
      { theirs: /scope update:users/, ours: /Requires a token with `update:users`/ },
      { theirs: /'\{ "roles": \[ "ROLE_ID", "ROLE_ID" \] \}'/, ours: /This DELETE has a body/ },
    ],
  },
  'Assign Members to an Organization': {
    task: 'add-organization-members',
    facts: [
      ...ERRORS,
      { theirs: /must have already created the user/, ours: /The users exist in your tenant/ },
      { theirs: /you can invite them instead/, ours: /\[invite the person\]\(invite-to-organization\.md\) instead/ },
      { theirs: /select Add members, and select Add Users/, ours: /\*\*Add members\*\*, and then \*\*Add Users\*\*/ },
      { theirs: /select Add user\(s\) to organization/, ours: /select \*\*Add user\(s\) to organization\*\*/ },
      { theirs: /scope create:organization_members/, ours: /Requires a token with `create:organization_members`/ },
      {
        theirs: /Maximum of 10 members per organization/,
        ours: /1 to 10 entries in `members` per request[\s\S]*100000 users per organization/,
      },
      { theirs: /204 Members successfully added/, ours: /### 204/ },
    ],
  },
};

const folder = join(packageRoot(), '../shared/seeds');
const there = existsSync(folder);
if (!there) console.log(`skipped: missing ${folder}`);

describe.skipIf(!there)('every fact of the how-to pages is on a page of ours', async () => {
  const howTos = there ? readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8')) : [];
  const contract = await defaultContract();
  const pages = new Map(emitReference(contract).map(({ path, text }) => [path, text]));
  const pageOf = (name: string): string => pages.get(`docs/${name}.md`) ?? '';

  test('each how-to has a task', () => {
    expect(howTos.flatMap((text) => Object.keys(FACTS).filter((title) => text.includes(title))).toSorted()).toEqual(
      Object.keys(FACTS).toSorted(),
    );
  });

  test('the body of a task fits its operation', () => {
    const validator = SchemaValidator.of(contract, { allErrors: true, direction: 'request' });
    const bodies = [...contract.tasks.values()].filter(({ body }) => body !== undefined);
    expect(bodies.length).toBeGreaterThan(0);
    for (const { operation: id, body = null, name } of bodies) {
      const schema = contract.operations.find((operation) => operation.id === id)?.requestBody?.content[0]?.schema;
      expect(schema && validator.compile(schema)(body), name).toEqual([]);
    }
  });

  test('the values of a task are placeholders in its samples', () => {
    for (const task of contract.tasks.values()) {
      const operation = contract.operations.find(({ id }) => id === task.operation);
      const { placeholders } = operation ? operationSamples(contract, operation) : { placeholders: [] };
      expect(
        placeholders.map(({ name }) => name),
        task.name,
      ).toEqual(expect.arrayContaining([...task.values.keys()]));
    }
  });

  test.each(
    Object.entries(FACTS).flatMap(([title, { task, facts }]) => facts.map((fact) => ({ title, task, ...fact }))),
  )('$title: $theirs', ({ title, task, theirs, ours, on = `tasks/${task}` }) => {
    const howTo = howTos.find((text) => new RegExp(`^(# )?${title}`, 'm').test(text)) ?? '';
    expect(howTo).toMatch(theirs);
    expect(pageOf(on)).toMatch(ours);
  });
});
