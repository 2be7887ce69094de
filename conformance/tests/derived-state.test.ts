import { expect, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { clubs } from '../../contract/derive/test-support/clubs.js';
import { orchard } from '../../contract/derive/test-support/orchard.js';
import { readContract } from '../../contract/read/read.js';
import { embeddedTarget } from '../target/embedded.js';
import type { Target } from '../target/target.js';
import { verifyTarget } from '../test-support/verify-target.js';

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
  let unknown = 0;
  const inventing: Target = {
    ...target,
    send: async (request, limits) => {
      const answer = await target.send(request, limits);
      if (!/^\/trees\/\d+\/$/.test(request.path) || request.method !== 'GET') return answer;
      if (answer.status === 200) return answer;
      unknown += 1;
      // A server that always does so keeps no state, which is another finding.
      if (unknown < 2) return answer;
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

test('what is below an item is tried at an item that exists', async () => {
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
  const stats = {
    parameters: [id],
    get: { operationId: 'readStats', responses: { '204': { description: 'ok' }, '404': { description: 'gone' } } },
    post: { operationId: 'close', responses: { '204': { description: 'ok' }, '409': { description: 'closed' } } },
  };
  const document = { ...clubs, paths: { ...(clubs.paths as JsonObject), '/clubs/{id}/stats': stats } };
  const target = await embeddedTarget(readContract(document));
  const verifiedWith = async (status: (isKnown: boolean) => number, refusal = '') => {
    const known = new Set<string>();
    const answerOf = (code: number) => ({ status: code, headers: {}, text: code < 400 ? '' : refusal });
    const server: Target = {
      ...target,
      send: async (request, limits) => {
        const [, club = '', below] = /^\/clubs\/([^/]*)(\/stats)?$/.exec(request.path) ?? [];
        if (below !== undefined && /GET|POST/.test(request.method))
          return answerOf(request.method === 'POST' ? 409 : status(known.has(club)));
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
  // That no body is described is no rule.
  expect((await verifiedWith((isKnown) => (isKnown ? 204 : 404), '{}')).judged).toEqual([]);
  expect((await verifiedWith(() => 404)).judged).toEqual(['failed not implemented']);
  expect((await verifiedWith(() => 204)).judged).toEqual(['warned any id is accepted']);
});

test('what is below an item is tried at one that exists, also where the target lets nobody create it', async () => {
  const target = await embeddedTarget(readContract(clubs));
  const listed: number[] = [];
  const refusing: Target = {
    ...target,
    send: async (request, limits) => {
      if (request.method === 'POST' && request.path.endsWith('/members')) return { status: 400, headers: {}, text: '' };
      const answer = await target.send(request, limits);
      if (request.method === 'GET' && request.path.endsWith('/members')) listed.push(answer.status);
      return answer;
    },
  };
  const { contract: whole } = withDerivedState(readContract(clubs));
  const report = await verifyTarget(whole, refusing, { only: ['listMembers/documented-success'] });
  expect(report.checks.map(({ outcome }) => outcome)).toEqual(['passed']);
  expect(new Set(listed)).toEqual(new Set([200]));
  expect(report.leftovers).toEqual([]);
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

test('what a server creates is removed also where it refuses fixtures', async () => {
  const target = await embeddedTarget(plain);
  let created = 0;
  const picky: Target = {
    ...target,
    send: async (request, limits) => {
      // It wants more than its document says, and than fixtures have.
      if (request.method === 'POST' && !(request.body ?? '').includes('"secret"'))
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
