import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../contract/contract.js';
import { withDerivedState } from '../contract/derive/derived-state.js';
import { clubs } from '../contract/derive/test-support/clubs.js';
import { orchard } from '../contract/derive/test-support/orchard.js';
import { readContract } from '../contract/read/read.js';
import { embeddedTarget } from './target/embedded.js';
import type { Target } from './target/target.js';
import { verifyTarget } from './test-support/verify-target.js';

const plain = readContract(orchard);
const { contract } = withDerivedState(plain);

/** The verdict, what was judged, and how the checks of state ended. */
async function verified(target: Target, only: readonly string[] = []) {
  const { verdict, findings, checks, leftovers } = await verifyTarget(contract, target, { only });
  const judged = findings.filter(({ severity }) => severity !== 'observed');
  const ofState = new Set(checks.filter(({ family }) => family === 'state').map(({ outcome }) => outcome));
  const passed = checks.flatMap(({ operation, id, outcome }) => (outcome === 'passed' ? [`${operation} ${id}`] : []));
  return {
    verdict,
    passed,
    leftovers,
    findings: judged.map(({ check, severity }) => `${check} ${severity}`),
    ofState: [...ofState],
  };
}

test('a server with state is checked for it', async () => {
  const { verdict, findings, passed, leftovers } = await verified(await embeddedTarget(plain));
  // Resources without a delete operation, such as seeds, are deleted with their parents. Nothing says what a pair is.
  const pairs = [expect.stringMatching(/^perhaps what POST \/pairs created of /)];
  expect({ verdict, findings, leftovers }).toEqual({ verdict: 'conforms', findings: [], leftovers: pairs });
  expect(passed).toEqual(
    expect.arrayContaining([
      ...['plantTree created-is-read', 'pruneTree updated-is-read', 'fellTree deleted-is-gone', 'fellTree cascade'],
      // Below others,
      ...['growFruit created-is-read', 'paintFruit updated-is-read', 'pickFruit deleted-is-gone'],
      ...['listFruits resource-listing', 'pickFruit cascade', 'addSeed created-is-read'],
      // and inside of objects.
      ...['weaveBasket created-is-read', 'mendBasket updated-is-read', 'burnBasket deleted-is-gone'],
      'listBaskets resource-listing',
    ]),
  );
});

test('ids that are documented as numbers are integers', async () => {
  const numbers = readContract(JSON.parse(JSON.stringify(orchard).replaceAll('"type":"integer"', '"type":"number"')));
  const only = ['plantTree/created-is-read', 'pruneTree/updated-is-read', 'readTree/*', 'growFruit/created-is-read'];
  const target = await embeddedTarget(numbers);
  const { checks, findings, leftovers } = await verifyTarget(withDerivedState(numbers).contract, target, { only });
  expect({ findings: findings.map(({ cause }) => cause), leftovers }).toEqual({ findings: [], leftovers: [] });
  const passed = checks.flatMap(({ operation, id, outcome }) => (outcome === 'passed' ? [`${operation}/${id}`] : []));
  expect(passed).toEqual(expect.arrayContaining(['plantTree/created-is-read', 'pruneTree/updated-is-read']));
});

test('a server that loses the entries of a map is found', async () => {
  const labels: JsonObject = { type: 'object', additionalProperties: { type: 'string' } };
  const text = JSON.stringify(clubs).replaceAll('"name":{"type":"string"}', `$&,"labels":${JSON.stringify(labels)}`);
  const document = readContract(JSON.parse(text));
  const target = await embeddedTarget(document);
  const losing: Target = {
    ...target,
    send: (request, limits) =>
      target.send(
        request.method !== 'POST' || request.body === undefined
          ? request
          : { ...request, body: request.body.replace(/"labels":\{[^{}]*\}/, '"labels":{}') },
        limits,
      ),
  };
  const found = async (at: Target) => {
    const { findings } = await verifyTarget(withDerivedState(document).contract, at, {
      only: ['found/created-is-read'],
    });
    return findings.map(({ cause }) => cause);
  };
  expect(await found(losing)).toEqual(['property labels is not what was sent']);
  expect(await found(await embeddedTarget(document))).toEqual([]);
});

test('a server that keeps no state by design conforms', async () => {
  const { verdict, findings, ofState } = await verified(await embeddedTarget(plain, { stateless: true }));
  expect({ verdict, findings }).toEqual({ verdict: 'conforms', findings: [] });
  expect(ofState).toEqual(['skipped']);
});

test('a server that keeps what was below a deleted item is warned of', async () => {
  const target = await embeddedTarget(plain);
  const kept = new Map<string, Awaited<ReturnType<Target['send']>>>();
  const broken: Target = {
    ...target,
    send: async (request, limits) => {
      const answer = await target.send(request, limits);
      const isOfFruit = request.method === 'GET' && /^\/trees\/\d+\/fruits\/\d+\/$/.test(request.path);
      if (isOfFruit && answer.status === 200) kept.set(request.path, answer);
      if (request.method === 'DELETE' && request.path.includes('fruits')) kept.delete(request.path);
      return (isOfFruit ? kept.get(request.path) : undefined) ?? answer;
    },
  };
  expect((await verified(broken)).findings).toContain('cascade warned');
});

test('a server that keeps what it says it deletes is warned of', async () => {
  const target = await embeddedTarget(plain);
  const broken: Target = {
    ...target,
    send: async (request, limits) =>
      request.method === 'DELETE' ? { status: 204, headers: {}, text: '' } : target.send(request, limits),
  };
  expect((await verified(broken)).findings).toContain('deleted-is-gone warned');
});

test.each<[what: string, keeps: boolean, want: readonly string[]]>([
  ['removes', false, []],
  ['keeps', true, ['deleted-is-gone warned']],
])('a server that %s members, which no operation reads, is checked', async (_, keeps, want) => {
  const document = readContract(clubs);
  const target = await embeddedTarget(document);
  const members = new Set<string>();
  const server: Target = {
    ...target,
    send: async (request, limits) => {
      if (keeps && request.method === 'DELETE' && members.has(request.path))
        return { status: 204, headers: {}, text: '' };
      const answer = await target.send(request, limits);
      if (request.path.endsWith('/members') && answer.status === 201)
        members.add(`${request.path}/${JSON.parse(answer.text).id}`);
      return answer;
    },
  };
  const only = ['listMembers/*', 'addMember/*', 'removeMember/*'];
  const { checks, findings } = await verifyTarget(withDerivedState(document).contract, server, { only });
  const judged = findings.filter(({ severity }) => severity !== 'observed');
  expect(judged.map(({ check, severity }) => `${check} ${severity}`)).toEqual(want);
  const passed = checks.flatMap(({ operation, id, outcome }) => (outcome === 'passed' ? [`${operation} ${id}`] : []));
  expect(passed).toEqual(
    expect.arrayContaining([
      'listMembers documented-success',
      'listMembers resource-listing',
      'addMember documented-success',
    ]),
  );
});

test('an update that resets what it does not name is warned of, also where that is optional', async () => {
  const target = await embeddedTarget(plain);
  const resetting: Target = {
    ...target,
    send: (request, limits) => {
      const isUpdate = request.method === 'PATCH' && /^\/trees\/\d+\/$/.test(request.path);
      const body = isUpdate && request.body?.startsWith('{') ? JSON.parse(request.body) : undefined;
      return target.send(
        body === undefined ? request : { ...request, body: JSON.stringify({ note: '', ...body }) },
        limits,
      );
    },
  };
  const { contract: whole } = withDerivedState(plain);
  const only = ['pruneTree/updated-is-read'];
  const causes = async (server: Target) =>
    (await verifyTarget(whole, server, { only })).findings.map(({ cause }) => cause);
  expect(await causes(target)).toEqual([]);
  expect(await causes(resetting)).toEqual(['property note changed although it was not sent']);
});

test.each<[what: string, sent: string, more: (change: JsonObject) => JsonObject, want: readonly string[]]>([
  ['resets another property', 'height', () => ({ note: '' }), ['property note changed although it was not sent']],
  ['resets nothing', 'height', () => ({}), []],
])('an update of one property that %s', async (_, sent, more, want) => {
  const target = await embeddedTarget(plain);
  const server: Target = {
    ...target,
    send: (request, limits) => {
      const isUpdate = request.method === 'PATCH' && /^\/trees\/\d+\/$/.test(request.path);
      const body: JsonObject = isUpdate && request.body?.startsWith('{') ? JSON.parse(request.body) : {};
      const altered = sent in body ? JSON.stringify({ ...more(body), ...body }) : request.body;
      return target.send(altered === undefined ? request : { ...request, body: altered }, limits);
    },
  };
  const { findings } = await verifyTarget(contract, server, { only: ['pruneTree/updated-is-read'] });
  expect(findings.map(({ cause }) => cause)).toEqual(want);
});

test('an update that renews the time of creation is found', async () => {
  const target = await embeddedTarget(plain);
  const renewed = new Map<string, string>();
  const server: Target = {
    ...target,
    send: async (request, limits) => {
      const answer = await target.send(request, limits);
      if (request.method === 'PATCH' && answer.status === 200) renewed.set(request.path, '2027-01-01T00:00:00.000Z');
      const createdAt = renewed.get(request.path);
      if (createdAt === undefined || answer.json === undefined) return answer;
      const json = { ...JSON.parse(answer.text), createdAt };
      return { ...answer, json, text: JSON.stringify(json) };
    },
  };
  const { findings } = await verifyTarget(contract, server, { only: ['pruneTree/updated-is-read'] });
  expect(findings.map(({ cause }) => cause)).toEqual(['property createdAt changed although it was not sent']);
});

test('a property that no request gives may change with each update', async () => {
  const document = JSON.parse(JSON.stringify(orchard));
  document.components.schemas.Tree.properties.version = { type: 'integer' };
  const versioned = readContract(document);
  const target = await embeddedTarget(versioned);
  let version = 0;
  const counting: Target = {
    ...target,
    send: async (request, limits) => {
      const answer = await target.send(request, limits);
      if (request.method === 'PATCH') version += 1;
      if (!/^\/trees\/\d+\/$/.test(request.path) || answer.status !== 200) return answer;
      const json = { ...JSON.parse(answer.text), version };
      return { ...answer, json, text: JSON.stringify(json) };
    },
  };
  const only = ['pruneTree/updated-is-read'];
  const { findings } = await verifyTarget(withDerivedState(versioned).contract, counting, { only });
  expect(findings.map(({ cause }) => cause)).toEqual([]);
});

test.each<[what: string, response: string]>([
  ['all errors', 'default'],
  ['all refusals', '4XX'],
])('a document that has one response for %s says that items that do not exist are refused', async (_, response) => {
  const document = readContract(JSON.parse(JSON.stringify(orchard).replaceAll('"404":', `"${response}":`)));
  const found = async (server: Target, check: string) => {
    const { findings } = await verifyTarget(withDerivedState(document).contract, server, { only: [check] });
    return findings.map(({ check: id, severity }) => `${id} ${severity}`);
  };
  const target = await embeddedTarget(document);
  const keeping: Target = {
    ...target,
    send: async (request, limits) =>
      request.method === 'DELETE' ? { status: 204, headers: {}, text: '' } : target.send(request, limits),
  };
  let reads = 0;
  const inventing: Target = {
    ...target,
    send: async (request, limits) => {
      const answer = await target.send(request, limits);
      if (!/^\/trees\/\d+\/$/.test(request.path) || request.method !== 'GET') return answer;
      reads += 1;
      // A server that always does so keeps no state, which is another finding.
      if (answer.status === 200 || reads < 3) return answer;
      const json = { id: Number(request.path.split('/')[2]), kind: 'elm' };
      return { ...answer, status: 200, text: JSON.stringify(json), json };
    },
  };
  for (const [check, broken] of [
    ['fellTree/deleted-is-gone', keeping],
    ['readTree/unknown-refused', inventing],
  ] as const) {
    expect(await found(target, check)).toEqual([]);
    expect(await found(broken, check)).toEqual([`${check.split('/')[1]} warned`]);
  }
});

test('a server that loses the last page is warned of, however few entries it has', async () => {
  const query = ['page', 'limit'].map((name) => ({
    name,
    in: 'query',
    schema: { type: 'integer', minimum: 1, maximum: 100 },
  }));
  const document = JSON.parse(
    JSON.stringify(orchard).replace('"operationId":"listTrees"', `$&,"parameters":${JSON.stringify(query)}`),
  );
  const paged = readContract(document);
  const target = await embeddedTarget(paged);
  const losing: Target = {
    ...target,
    send: async (request, limits) => {
      const answer = await target.send(request, limits);
      const { searchParams, pathname } = new URL(request.path, 'http://h');
      const page = Number(searchParams.get('page') ?? 1);
      const limit = Number(searchParams.get('limit') ?? 50);
      if (request.method !== 'GET' || pathname !== '/trees/' || answer.status !== 200 || page === 1) return answer;
      const { trees, total } = answer.json as { readonly trees: readonly Json[]; readonly total: number };
      const json = { trees: page * limit >= total ? [] : trees, total };
      return { ...answer, json, text: JSON.stringify(json) };
    },
  };
  for (let index = 0; index < 9; index += 1) {
    const headers = { 'content-type': 'application/json' };
    await target.send({ method: 'POST', path: '/trees/', headers, body: '{"kind":"elm"}' }, { timeoutMs: 1000 });
  }
  const only = ['listTrees/resource-listing'];
  const causes = async (server: Target) =>
    (await verifyTarget(withDerivedState(paged).contract, server, { only })).findings.map(({ cause }) => cause);
  expect(await causes(target)).toEqual([]);
  const lost = 'pages: small pages show other entries than large ones';
  expect(await causes(losing)).toEqual([lost]);
  // Entries that do not match their schema are listed all the same.
  const odd: Target = {
    ...target,
    send: async (request, limits) => {
      const answer = await losing.send(request, limits);
      const text =
        request.method === 'GET' ? answer.text.replaceAll(/"height":[^,}]+/g, '"height":"tall"') : answer.text;
      return { ...answer, text, ...(text.startsWith('{') ? { json: JSON.parse(text) } : {}) };
    },
  };
  expect(new Set(await causes(odd))).toEqual(new Set(['body /trees/*/height: type number', lost]));
});

test('what is below an item is tried at an item that exists', async () => {
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
  const stats = {
    parameters: [id],
    get: { operationId: 'readStats', responses: { '204': { description: 'ok' }, '404': { description: 'gone' } } },
    post: { operationId: 'close', responses: { '204': { description: 'ok' }, '409': { description: 'closed' } } },
  };
  const document = { ...clubs, paths: { ...(clubs.paths as JsonObject), '/clubs/{id}/stats': stats } };
  const target = await embeddedTarget(readContract(document));
  const verifiedWith = async (status: (isKnown: boolean) => number) => {
    const known = new Set<string>();
    const server: Target = {
      ...target,
      send: async (request, limits) => {
        const [, club = '', below] = /^\/clubs\/([^/]*)(\/stats)?$/.exec(request.path) ?? [];
        if (below !== undefined && /GET|POST/.test(request.method))
          return { status: request.method === 'POST' ? 409 : status(known.has(club)), headers: {}, text: '' };
        const answer = await target.send(request, limits);
        if (request.method === 'POST' && request.path === '/clubs' && answer.status === 201)
          known.add(JSON.parse(answer.text).id);
        return answer;
      },
    };
    const { contract: whole } = withDerivedState(readContract(document));
    const only = ['readStats/documented-success', 'readStats/unknown-refused', 'close/documented-success'];
    const { findings, leftovers } = await verifyTarget(whole, server, { only });
    const judged = findings.filter(({ severity }) => severity !== 'observed');
    return { judged: judged.map(({ severity, cause }) => `${severity} ${cause}`), leftovers };
  };
  // A 409 may be about the state of a club, which nothing describes.
  expect(await verifiedWith((isKnown) => (isKnown ? 204 : 404))).toEqual({ judged: [], leftovers: [] });
  expect((await verifiedWith(() => 404)).judged).toEqual(['failed not implemented']);
  expect((await verifiedWith(() => 204)).judged).toEqual(['warned any id is accepted']);
});

test('a listing that shows what belongs to another parent is warned of', async () => {
  const target = await embeddedTarget(plain);
  const fruits = new Map<string, Json>();
  const broken: Target = {
    ...target,
    send: async (request, limits) => {
      const answer = await target.send(request, limits);
      if (!/^\/trees\/\d+\/fruits\/$/.test(request.path)) return answer;
      if (request.method === 'POST' && answer.status === 201) fruits.set(answer.text, JSON.parse(answer.text));
      if (request.method !== 'GET' || answer.status !== 200) return answer;
      const json = [...fruits.values()];
      return { ...answer, json, text: JSON.stringify(json) };
    },
  };
  expect((await verified(broken, ['listFruits/resource-listing'])).findings).toEqual(['resource-listing warned']);
});

test('a server that finds what it does not have, although its document gives a 404, is warned of', async () => {
  const target = await embeddedTarget(plain);
  const broken: Target = {
    ...target,
    send: async (request, limits) => {
      const answer = await target.send(request, limits);
      const isRefused = request.method === 'DELETE' && request.path.startsWith('/baskets/') && answer.status === 404;
      return isRefused ? { status: 204, headers: {}, text: '' } : answer;
    },
  };
  expect((await verified(broken, ['burnBasket/unknown-refused'])).findings).toEqual(['unknown-refused warned']);
});

test('what may change anything comes after all other checks', async () => {
  const { paths } = orchard as { readonly paths: JsonObject };
  const purge = { post: { operationId: 'purge', responses: { '204': { description: 'purged' } } } };
  const [first, ...others] = Object.entries(paths);
  if (first === undefined) throw new Error('no path');
  const document = { ...orchard, paths: Object.fromEntries([first, ['/trees/purge', purge], ...others]) };
  const target = await embeddedTarget(plain);
  const sent: string[] = [];
  const purging: Target = {
    ...target,
    send: async (request, limits) => {
      const isPurge = request.path.startsWith('/trees/purge');
      if (request.method === 'POST') sent.push(isPurge ? 'purge' : 'create');
      return isPurge ? { status: 204, headers: {}, text: '' } : target.send(request, limits);
    },
  };
  const whole = withDerivedState(readContract(document)).contract;
  await verifyTarget(whole, purging, {
    only: ['purge/*', 'plantTree/documented-success', 'weaveBasket/documented-success'],
  });
  expect(sent).toContain('purge');
  expect(sent.lastIndexOf('create')).toBeLessThan(sent.indexOf('purge'));
});

test('a listing with a limit and no pages is judged while it is short', async () => {
  const limit = { name: 'limit', in: 'query', schema: { type: 'integer' } };
  const document = JSON.parse(
    JSON.stringify(orchard).replace('"operationId":"listTrees"', `$&,"parameters":[${JSON.stringify(limit)}]`),
  );
  const limited = readContract(document);
  const causes = async (show: (trees: readonly Json[]) => readonly Json[]) => {
    const target = await embeddedTarget(limited);
    for (let index = 0; index < 9; index += 1) {
      const headers = { 'content-type': 'application/json' };
      await target.send({ method: 'POST', path: '/trees/', headers, body: '{"kind":"elm"}' }, { timeoutMs: 1000 });
    }
    const capping: Target = {
      ...target,
      send: async (request, limits) => {
        const answer = await target.send(request, limits);
        if (request.method !== 'GET' || (!request.path.startsWith('/trees/?') && request.path !== '/trees/'))
          return answer;
        const { trees } = answer.json as { readonly trees: readonly Json[] };
        const json = { trees: [...show(trees)], total: trees.length };
        return { ...answer, json, text: JSON.stringify(json) };
      },
    };
    const options = { only: ['listTrees/resource-listing'] };
    const { findings } = await verifyTarget(withDerivedState(limited).contract, capping, options);
    return findings.map(({ cause }) => cause);
  };
  expect(await causes((trees) => trees.slice(0, 10))).toEqual([]);
  expect(await causes((trees) => trees.slice(0, 9))).toEqual(['listing: a new resource is left out']);
});

test('what a server creates is removed also where it refuses fixtures', async () => {
  const target = await embeddedTarget(plain);
  let created = 0;
  const picky: Target = {
    ...target,
    send: async (request, limits) => {
      // The mark of a run, which only fixtures have.
      if (request.method === 'POST' && /\brc\w{9,}-\w{4}/.test(request.body ?? ''))
        return { status: 422, headers: {}, text: '' };
      const answer = await target.send(request, limits);
      if (request.method === 'POST' && answer.status === 201) created += 1;
      return answer;
    },
  };
  const { leftovers } = await verified(picky, ['plantTree/documented-success']);
  const left = await target.send({ method: 'GET', path: '/trees/', headers: {} }, { timeoutMs: 1000 });
  expect({ created: created > 0, leftovers, left: left.json }).toEqual({
    created: true,
    leftovers: [],
    left: { trees: [], total: 0 },
  });
});

test('an update whose body has the key names the item of the path', async () => {
  const document = JSON.parse(JSON.stringify(orchard));
  const schema = {
    type: 'object',
    properties: { id: { type: 'integer' }, note: { type: 'string' } },
    required: ['id'],
  };
  document.paths['/trees/{tree_id}/'].patch.requestBody = { content: { 'application/json': { schema } } };
  const contradicted = readContract(document);
  const target = await embeddedTarget(contradicted);
  const sent: string[] = [];
  const strict: Target = {
    ...target,
    send: (request, limits) => {
      const [, id] = /^\/trees\/(\d+)\/$/.exec(request.path) ?? [];
      if (/PUT|PATCH/.test(request.method)) sent.push(`${id === String(JSON.parse(request.body ?? '{}').id)}`);
      return target.send(request, limits);
    },
  };
  const options = { only: ['pruneTree/documented-success'] };
  await verifyTarget(withDerivedState(contradicted).contract, strict, options);
  expect(new Set(sent)).toEqual(new Set(['true']));
});

test.each<[what: string, isOther: boolean, want: readonly string[]]>([
  ['the item that was asked for', false, []],
  ['another one', true, ['the answer does not show the id that was read']],
])('an object around an item is judged for showing %s', async (_, isOther, want) => {
  // The schema of errors has an id as well, as DigitalOcean's: it is no item.
  const fault: JsonObject = { type: 'object', properties: { id: { type: 'string' }, message: { type: 'string' } } };
  const paths = structuredClone(orchard.paths) as Record<string, Record<string, JsonObject>>;
  const read = paths['/baskets/{id}']?.get;
  const others = read?.responses as JsonObject;
  const responses = {
    ...others,
    default: { description: 'fault', content: { 'application/json': { schema: fault } } },
  };
  const document = readContract({
    ...orchard,
    paths: { ...paths, '/baskets/{id}': { ...paths['/baskets/{id}'], get: { ...read, responses } } },
  });
  const target = await embeddedTarget(document);
  let reads = 0;
  const server: Target = {
    ...target,
    send: async (request, limits) => {
      const answer = await target.send(request, limits);
      const isRead = request.method === 'GET' && /^\/baskets\/\d+$/.test(request.path) && answer.status === 200;
      if (isRead) reads += 1;
      // A server that always does so keeps no state, which is another finding.
      if (!isRead || !isOther || reads < 5) return answer;
      const json = { data: { ...JSON.parse(answer.text).data, id: 7 }, meta: {} };
      return { ...answer, text: JSON.stringify(json), json };
    },
  };
  const only = ['readBasket/documented-success'];
  const { findings } = await verifyTarget(withDerivedState(document).contract, server, { only });
  expect(findings.filter(({ severity }) => severity !== 'observed').map(({ cause }) => cause)).toEqual(want);
});

test.each<[what: string, takesAny: boolean, want: readonly string[]]>([
  ['takes users that exist', false, []],
  ['takes any user', true, ['warned any id is accepted']],
])('a membership whose path names an item of another collection %s', async (_, takesAny, want) => {
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
  const answers = { responses: { '204': { description: 'ok' }, '404': { description: 'gone' } } };
  const member = {
    parameters: [id, { ...id, name: 'user_id' }],
    put: { operationId: 'join', ...answers },
    delete: { operationId: 'leave', ...answers },
  };
  const { paths } = clubs as { readonly paths: JsonObject };
  const users = JSON.parse(JSON.stringify({ '/users': paths['/clubs'], '/users/{id}': paths['/clubs/{id}'] }));
  const named = JSON.parse(JSON.stringify(users).replaceAll(/"operationId":"(\w+)"/g, '"operationId":"$1User"'));
  const own = Object.fromEntries(Object.entries(paths).filter(([path]) => !path.includes('members')));
  const document = readContract({ ...clubs, paths: { ...own, ...named, '/clubs/{id}/members/{user_id}': member } });
  const target = await embeddedTarget(document);
  const known = new Set<string>();
  const server: Target = {
    ...target,
    send: async (request, limits) => {
      const [, club = '', user = ''] = /^\/clubs\/([^/]+)\/members\/([^/]+)$/.exec(request.path) ?? [];
      const isFound = known.has(club) && (takesAny || known.has(user));
      // Who is not a member can leave.
      if (/PUT|DELETE/.test(request.method) && user !== '')
        return {
          status: isFound || (request.method === 'DELETE' && known.has(club)) ? 204 : 404,
          headers: {},
          text: '',
        };
      const answer = await target.send(request, limits);
      if (request.method === 'POST' && answer.status === 201) known.add(JSON.parse(answer.text).id);
      return answer;
    },
  };
  const only = ['join/documented-success', 'join/unknown-refused', 'leave/documented-success', 'leave/unknown-refused'];
  const { findings, checks } = await verifyTarget(withDerivedState(document).contract, server, { only });
  const judged = findings.filter(({ severity }) => severity !== 'observed');
  expect(judged.map(({ severity, cause }) => `${severity} ${cause}`)).toEqual(want);
  const passed = checks.flatMap(({ operation, id: check, outcome }) =>
    outcome === 'passed' ? [`${operation}/${check}`] : [],
  );
  expect(passed).toEqual(expect.arrayContaining(['join/documented-success', 'leave/unknown-refused']));
});

test('a listing that may have one entry need not show several', async () => {
  // PagerDuty has one list of allowed addresses for an account.
  const document = readContract(
    JSON.parse(JSON.stringify(orchard).replaceAll('"data":{"type":"array"', '$&,"maxItems":1')),
  );
  const target = await embeddedTarget(document);
  const only = ['listBaskets/*'];
  const { findings, checks } = await verifyTarget(withDerivedState(document).contract, target, { only });
  expect(findings.filter(({ severity }) => severity !== 'observed').map(({ cause }) => cause)).toEqual([]);
  expect(checks.find(({ id }) => id === 'resource-listing')?.outcome).not.toBe('failed');
});
