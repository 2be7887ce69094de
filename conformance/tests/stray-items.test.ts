import { expect, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { readContract } from '../../contract/read/read.js';
import { embeddedTarget } from '../target/embedded.js';
import { parseJson, type Target } from '../target/target.js';
import { collectionPaths, text } from '../test-support/collection-paths.js';
import { verifyTarget } from '../test-support/verify-target.js';

/** A server that makes a domain for each provider, as servers of identities do, and keeps it when the provider goes. */

const paths = { ...collectionPaths('provider', { name: text }), ...collectionPaths('domain', { label: text }) };
const document = readContract(
  JSON.parse(JSON.stringify({ openapi: '3.1.0', info: { title: 'Identities', version: '1' }, paths })),
);
const { contract } = withDerivedState(document);

/** @param makesDomains - with each provider: what they show of it. Absent: it makes none */
async function identities(makesDomains?: 'name' | 'id'): Promise<{ target: Target; domains: () => Promise<string[]> }> {
  const target = await embeddedTarget(document);
  const send = (method: string, path: string, body?: JsonObject) =>
    target.send(
      {
        method,
        path,
        headers: body === undefined ? {} : { 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      },
      { timeoutMs: 1000 },
    );
  await send('POST', '/domains', { label: 'Of somebody else' });
  const labels = {
    name: ({ name }: { name: string }) => `Of provider ${name}`,
    id: ({ id }: { id: string }) => id,
  };
  return {
    target: {
      ...target,
      send: async (request, limits) => {
        const answer = await target.send(request, limits);
        if (
          makesDomains !== undefined &&
          request.method === 'POST' &&
          request.path === '/providers' &&
          answer.status === 201
        )
          await send('POST', '/domains', { label: labels[makesDomains](JSON.parse(answer.text)) });
        return answer;
      },
    },
    domains: async () => {
      const { json: all } = parseJson((await send('GET', '/domains')).text);
      return (all as { id: string; label: string }[]).map(({ id, label }) => `domain ${id} (${label})`);
    },
  };
}

test.each([
  ['name', /\(Of provider .*rc[a-z0-9]{8}/],
  ['id', /^domain \S+ \(\w{8,}\)$/],
] as const)('what a creation makes besides, and keeps, is named where it shows the %s', async (shown, form) => {
  const { target, domains } = await identities(shown);
  const { leftovers } = await verifyTarget(contract, target, { only: ['*'], depth: 'smoke' });
  const left = (await domains()).filter((line) => !line.includes('Of somebody else'));
  expect(left.length).toBeGreaterThan(0);
  expect(left).toEqual(left.filter((line) => form.test(line)));
  expect([...leftovers].sort()).toEqual(left.map((line) => `perhaps ${line}`).sort());
});

test('what a creation changes besides of somebody else is named, not to be removed', async () => {
  const { target } = await identities();
  let changed = '';
  let isDomainMade = false;
  const marking: Target = {
    ...target,
    send: async (request, limits) => {
      const answer = await target.send(request, limits);
      const name = request.path === '/providers' ? /[^"]*rc[a-z0-9]{8}[^"]*/.exec(request.body ?? '')?.[0] : undefined;
      if (request.method === 'POST' && request.path === '/domains') isDomainMade = true;
      if (answer.status === 201 && name !== undefined) changed = name;
      const isList = request.path === '/domains' && request.method === 'GET' && changed !== '' && isDomainMade;
      if (!isList) return answer;
      const text = answer.text.replace('Of somebody else', `Of ${changed}`);
      return { ...answer, text, ...parseJson(text) };
    },
  };
  const selection = { only: ['domain.create/*', 'provider.*'], depth: 'smoke' } as const;
  const { leftovers } = await verifyTarget(contract, marking, selection);
  expect(leftovers).toEqual([expect.stringMatching(/^not domain .* \(Of .*\): it was there before, and a creation/)]);
});

test('nothing is named where nothing stays', async () => {
  const { target, domains } = await identities();
  const { leftovers } = await verifyTarget(contract, target, { only: ['*'], depth: 'smoke' });
  expect({ leftovers, count: (await domains()).length }).toEqual({ leftovers: [], count: 1 });
});

test('what somebody else makes is not removed, though its id quotes what the run named', async () => {
  const ids: string[] = [];
  const { target } = await identities();
  const quoting: Target = {
    ...target,
    send: async (request, limits) => {
      const name = /[^"]*rc[a-z0-9]{8}[^"]*/.exec(request.body ?? '')?.[0];
      if (request.method === 'POST' && request.path === '/providers' && name !== undefined && ids.length === 0)
        ids.push(`about-${name.replaceAll(/[^\w-]/g, '-')}`);
      const [, kind, id = ''] = request.path.split('/');
      if (kind !== 'domains' || (request.method !== 'GET' && !ids.includes(id))) return target.send(request, limits);
      const answer = await target.send(request, limits);
      const others = ids.map((one) => ({ id: one, label: 'Of somebody else' }));
      const shown = (status: number, value: unknown) => {
        const text = value === undefined ? '' : JSON.stringify(value);
        return { ...answer, status, text, headers: { 'content-type': 'application/json' }, ...parseJson(text) };
      };
      if (id === '') return shown(200, [...JSON.parse(answer.text), ...others]);
      const own = others.find((one) => one.id === id);
      if (own === undefined) return answer;
      if (request.method === 'DELETE') ids.splice(0);
      return shown(request.method === 'DELETE' ? 204 : 200, request.method === 'DELETE' ? undefined : own);
    },
  };
  const { leftovers } = await verifyTarget(contract, quoting, { only: ['*'], depth: 'smoke' });
  expect(ids).toHaveLength(1);
  expect(leftovers).toEqual([`perhaps domain ${ids[0]}`]);
});
