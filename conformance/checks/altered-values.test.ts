import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../contract/contract.js';
import { defaultContract } from '../../contract/load/default.js';
import { isObject } from '../../contract/pointer.js';
import { embeddedTarget } from '../target/embedded.js';
import { type HttpRequest, parseJson, type Target } from '../target/target.js';
import { failures, verifyTarget } from '../test-support/verify-target.js';

/** How the bodies of requests and of responses are altered. */
interface Alterations {
  readonly request?: (body: JsonObject, request: HttpRequest) => JsonObject;
  readonly response?: (body: JsonObject, request: HttpRequest) => JsonObject;
}

/** Alterations, and what finds them. */
interface Fault extends Alterations {
  readonly name: string;
  readonly only: string;
  readonly finds: string;
}

const alterations: readonly Fault[] = [
  {
    name: 'an update resets the properties that it does not name',
    only: 'roles.update/property-updates',
    finds: 'property-updates: property description changed although it was not sent',
    request: (body, { method }) => (method === 'PATCH' ? { description: 'reset', ...body } : body),
  },
  {
    name: 'an update without a name is refused',
    only: 'organizations.update/property-updates',
    finds: 'property-updates: updates without name are refused',
    request: (body, { method }) => (method === 'PATCH' ? { name: 5, ...body } : body),
  },
  {
    name: 'texts are trimmed',
    only: 'roles.update/property-updates',
    finds: 'property-updates: property description is not what was sent',
    request: (body) => withTexts(body, (text) => text.trim()),
  },
  {
    name: 'texts are truncated at 255 characters',
    only: 'roles.update/property-updates',
    finds: 'property-updates: property description is not what was sent',
    request: (body) => withTexts(body, (text) => text.slice(0, 255)),
  },
  {
    name: 'the text null is taken for null',
    only: 'roles.update/property-updates',
    finds: 'property-updates: property description is not what was sent',
    request: (body) => withTexts(body, (text) => (text === 'null' ? '' : text)),
  },
  {
    name: 'texts are normalized',
    only: 'roles.update/property-updates',
    finds: 'property-updates: property description is not what was sent',
    request: (body) => withTexts(body, (text) => text.replace('ü', 'u\u0308')),
  },
  {
    name: 'a null is stored as text',
    only: 'users.update/property-updates',
    finds: 'property-updates: null of given_name is not kept',
    request: (body) => ('given_name' in body ? { ...body, given_name: body.given_name ?? 'null' } : body),
  },
  {
    name: 'a null that no response may have is shown after an update',
    only: 'organizations.update/property-updates',
    finds: 'property-updates: body /branding/logo_url: type string',
    response: withNullLogo,
  },
  {
    name: 'a null that no response may have is shown after a create',
    only: 'organizations.create/created-is-read',
    finds: 'created-is-read: body /branding/logo_url: type string',
    response: withNullLogo,
  },
];

describe('a target that alters values', () => {
  it.each(alterations)('$name', async (alteration) => {
    const contract = await defaultContract();
    const target = altering(await embeddedTarget(contract), alteration);
    const report = await verifyTarget(contract, target, { only: [alteration.only] });
    expect(failures(report)).toContain(alteration.finds);
  });
});

it('a property that alone may be updated is not reported as one that every update needs', async () => {
  const contract = await defaultContract();
  const target = altering(await embeddedTarget(contract), {
    request: (body, { method }) =>
      method === 'PATCH' && Object.keys(body).some((name) => name !== 'name') ? { ...body, name: 5 } : body,
  });
  const report = await verifyTarget(contract, target, { only: ['organizations.update/property-updates'] });
  expect(failures(report)).not.toContain('property-updates: updates without name are refused');
});

it('an update without effect is one finding, whatever reads it back', async () => {
  const contract = await defaultContract();
  const target = altering(await embeddedTarget(contract), {
    request: (body, { method }) => (method === 'PATCH' ? {} : body),
  });
  const only = ['roles.update/updated-is-read', 'roles.update/property-updates'];
  const report = await verifyTarget(contract, target, { only });
  expect(failures(report)).toEqual(['updated-is-read: the update changes nothing']);
  expect(report.findings[0]?.code).toBe('UPDATE_IGNORED');
});

it('an update that sets other values than were sent is not said to change nothing', async () => {
  const contract = await defaultContract();
  const target = altering(await embeddedTarget(contract), {
    request: (body, { method }) => (method === 'PATCH' ? withTexts(body, (text) => `new ${text}`) : body),
  });
  const report = await verifyTarget(contract, target, { only: ['roles.update/updated-is-read'] });
  expect(report.findings[0]?.cause).toMatch(/^propert/);
  expect(report.findings.map(({ code }) => code)).not.toContain('UPDATE_IGNORED');
});

it('what a target creates from invalid bodies does not make it refuse the next ones as duplicates', async () => {
  const contract = await defaultContract();
  const target = altering(await embeddedTarget(contract), {
    request: (body, { method, path }) =>
      method === 'POST' && path.endsWith('/roles') && typeof body.name === 'string' && body.name !== ''
        ? { name: body.name, description: String(body.description) }
        : body,
  });
  const report = await verifyTarget(contract, target, { only: ['roles.create/invalid-body'] });
  const [finding] = report.findings;
  const causes = finding?.consequences?.findings.map(({ cause }) => cause) ?? [];
  expect(finding?.cause).toBe('invalid bodies are accepted');
  expect(causes).toContain('accepted although body /description violates type');
  expect(report.findings.map(({ code }) => code)).toEqual(['WRONGLY_ACCEPTED']);
});

describe('a target whose listings show other values than were sent', () => {
  it.each([
    ['of roles', 'users.roles.assign/relation-model', 'name', 'role'],
    ['of users', 'roles.users.assign/relation-model', 'email', 'user'],
  ])('%s', async (_, only, property, resource) => {
    const contract = await defaultContract();
    const report = await verifyTarget(contract, outdated(await embeddedTarget(contract), property), { only: [only] });
    expect(failures(report)).toEqual([
      `relation-model: property ${property} of a listed ${resource} is not what was sent`,
    ]);
  });
});

it('a target whose ids are empty is found out, and the run ends', async () => {
  const contract = await defaultContract();
  const target = altering(await embeddedTarget(contract), {
    response: (body) => ('id' in body ? { ...body, id: '' } : body),
  });
  const report = await verifyTarget(contract, target, { only: ['roles.get/*', 'roles.create/*'] });
  expect(report.verdict).not.toBe('conforms');
  // The listing shows the ids, so what was created is found and removed.
  expect(report.leftovers).toEqual([]);
});

/** A target whose listings show another value of a property. */
function outdated(target: Target, property: string): Target {
  const change = (entry: Json): Json =>
    isObject(entry) && typeof entry[property] === 'string' ? { ...entry, [property]: `old.${entry[property]}` } : entry;
  return {
    ...target,
    async send(request, limits) {
      const { status, headers, ...answer } = await target.send(request, limits);
      const text = Array.isArray(answer.json) ? JSON.stringify(answer.json.map(change)) : answer.text;
      return { status, headers, text, ...parseJson(text) };
    },
  };
}

function altering(target: Target, { request: alterRequest, response: alterResponse }: Alterations): Target {
  return {
    ...target,
    async send(request, limits) {
      const sent = altered(request.body, alterRequest && ((body) => alterRequest(body, request)));
      const response = await target.send({ ...request, ...(sent === undefined ? {} : { body: sent }) }, limits);
      const text = altered(response.text, alterResponse && ((body) => alterResponse(body, request))) ?? '';
      return { status: response.status, headers: response.headers, text, ...parseJson(text) };
    },
  };
}

/** The text of a JSON object after an alteration; any other text as it is. */
function altered(text: string | undefined, alter: ((body: JsonObject) => JsonObject) | undefined): string | undefined {
  const { json } = parseJson(text ?? '');
  return alter === undefined || !isObject(json) ? text : JSON.stringify(alter(json));
}

function withTexts(body: JsonObject, change: (text: string) => string): JsonObject {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]): [string, Json] => [
      name,
      typeof value === 'string' ? change(value) : value,
    ]),
  );
}

function withNullLogo(body: JsonObject): JsonObject {
  return isObject(body.branding) ? { ...body, branding: { logo_url: null, ...body.branding } } : body;
}
