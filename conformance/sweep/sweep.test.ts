import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Contract, Json, JsonObject } from '../../contract/contract.js';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { answers } from '../../contract/derive/test-support/answers.js';
import { defaultContract } from '../../contract/load/default.js';
import { isObject } from '../../contract/pointer.js';
import { readContract } from '../../contract/read/read.js';
import { findMarked } from '../cleanup/marked-resources.js';
import type { Created } from '../fixtures/created-resources.js';
import { Journal } from '../journal/journal.js';
import { isUnswept, parseJournal } from '../journal/read-journal.js';
import { Redactor } from '../redaction/redact.js';
import { embeddedTarget } from '../target/embedded.js';
import type { Target } from '../target/target.js';
import { sleepingClock } from '../test-support/lossy-target.js';
import { HEADER, memorySink } from '../test-support/memory-sink.js';
import { formatSwept } from './run-sweep.js';
import { Sweeper, type Swept } from './sweeper.js';

const AT = '2026-11-28T10:00:01.000Z';

describe('a sweep', () => {
  let contract: Contract;
  let target: Target;
  let token: string;
  beforeAll(async () => {
    contract = await defaultContract();
  });
  beforeEach(async () => {
    target = await embeddedTarget(contract);
    token = (await target.issue?.(contract.scopes)) ?? '';
  });

  async function call(method: string, path: string, body?: Json): Promise<JsonObject> {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const { json } = await target.send({ method, path: `/api/v2${path}`, headers, ...sent }, { timeoutMs: 1000 });
    return isObject(json) ? json : {};
  }
  const names = async (path: string): Promise<readonly Json[]> => {
    const { roles, organizations } = await call('GET', `/${path}?include_totals=true`);
    const entries = roles ?? organizations;
    return Array.isArray(entries) ? entries.map((entry) => (isObject(entry) ? (entry.name ?? '') : '')) : [];
  };
  const newRole = async (name: string): Promise<string> => String((await call('POST', '/roles', { name })).id);

  function sweeper(journal?: Journal): Sweeper {
    const clock = sleepingClock();
    const signal = new AbortController().signal;
    return new Sweeper({ contract, target, redactor: new Redactor(), clock, signal, ...(journal && { journal }) });
  }

  /** Sweeps what a journal says, and returns what was done and what the journal says afterwards. */
  async function sweep(text: string): Promise<{ readonly swept: Swept; readonly after: string }> {
    const state = parseJournal(text);
    if (state === undefined) throw new Error('not a journal');
    const sink = memorySink();
    const existing = state.existing.map(
      ({ resource, id, text: label, parent }): Created => ({ resource, id, label, ...(parent && { parent }) }),
    );
    const swept = await sweeper(new Journal(state.header, sink, state)).sweep({ existing, pending: state.pending });
    return { swept, after: text + sink.text() };
  }

  it('removes what the journal lists, finds a creation whose answer never came, and leaves the rest alone', async () => {
    const resident = await newRole('Night watch');
    const ours = await newRole('Pilot (rc000000000-0001)');
    await newRole('Cook (rc000000000-0002)');
    const organization = await call('POST', '/organizations', { name: 'harbour-rc000000000-0003' });
    const sink = memorySink();
    const journal = new Journal(HEADER, sink);
    journal.created(journal.creating({ at: AT, resource: 'role', text: 'Pilot (rc000000000-0001)' }), ours);
    journal.creating({ at: AT, resource: 'role', text: 'Cook (rc000000000-0002)' });
    journal.creating({ at: AT, resource: 'role', text: 'Mate (rc000000000-0009)' });
    const org = journal.creating({ at: AT, resource: 'organization', text: 'harbour-rc000000000-0003' });
    journal.created(org, String(organization.id));
    journal.creating({ at: AT, resource: 'role', text: '' });

    const { swept, after } = await sweep(sink.text());
    expect(swept.removed.map(({ resource, label }) => `${resource} ${label}`).sort()).toEqual([
      'organization harbour-rc000000000-0003',
      'role Cook (rc000000000-0002)',
      'role Pilot (rc000000000-0001)',
    ]);
    expect(swept).toMatchObject({ left: [], notes: [expect.stringContaining('cannot be searched')] });
    expect(await names('roles')).toEqual(['Night watch']);
    expect(await names('organizations')).toEqual([]);
    expect(formatSwept(swept)).toMatch(/\n3 removed, nothing is left\n$/);
    const state = parseJournal(after);
    expect(state && isUnswept(state)).toBe(false);
    expect(resident).not.toBe('');

    const again = await sweep(after);
    expect(again.swept).toEqual({ removed: [], left: [], notes: [] });
  });

  it('says what it could not remove, and the journal still lists it', async () => {
    const ours = await newRole('Pilot (rc000000000-0001)');
    const kept = target;
    const stubborn: Target = {
      ...kept,
      send: async (request, limits) =>
        request.method === 'DELETE' ? { status: 403, headers: {}, text: '{}', json: {} } : kept.send(request, limits),
    };
    const sink = memorySink();
    const journal = new Journal(HEADER, sink);
    journal.created(journal.creating({ at: AT, resource: 'role', text: 'Pilot (rc000000000-0001)' }), ours);
    target = stubborn;
    const { swept, after } = await sweep(sink.text());
    target = kept;
    expect(swept).toMatchObject({ removed: [], left: [`role ${ours} (Pilot (rc000000000-0001))`] });
    expect(formatSwept(swept)).toContain('0 removed, 1 left; remove them, or run sweep again');
    const state = parseJournal(after);
    expect(state && isUnswept(state)).toBe(true);
    expect((await sweep(after)).swept.removed).toHaveLength(1);
  });

  it('searches a creation for a limited time, whatever its time says', async () => {
    const entry = { kind: 'creating', n: 1, resource: 'role', text: 'Mate (rc000000000-0009)' };
    for (const at of ['', 'yesterday', '9999-01-01T00:00:00.000Z']) {
      const { swept } = await sweep(`${JSON.stringify(HEADER)}\n${JSON.stringify({ ...entry, at })}\n`);
      expect(swept).toEqual({ removed: [], left: [], notes: [] });
    }
  });

  it('finds what carries our mark without a journal, and what refers to it', async () => {
    const client = await call('POST', '/clients', {
      name: 'Tug (rcabcdefghs-0001)',
      grant_types: ['client_credentials'],
    });
    await call('POST', '/client-grants', { client_id: client.client_id ?? '', audience: target.audience, scope: [] });
    await newRole('Pilot (rcabcdefgh0-0002)');
    await newRole('Running (rc111111110-0001)');
    await call('POST', '/roles', { name: 'Harbour master', description: 'Removes rcabcdefgh leftovers' });
    await newRole('arcabcdefgh0-0001b');
    const { effects, send } = sweeper();
    const { found, unread } = await findMarked({ contract, effects, send, isSought: (mark) => mark !== 'rc11111111' });
    expect(unread).toEqual([]);
    expect(found.map(({ resource, label }) => `${resource} ${label}`).sort()).toEqual([
      'client Tug (rcabcdefghs-0001)',
      'client-grant of Tug (rcabcdefghs-0001)',
      'role Pilot (rcabcdefgh0-0002)',
    ]);
    const swept = await sweeper().sweep({ existing: found, pending: [] });
    expect(swept).toMatchObject({ left: [] });
    expect((await names('roles')).slice().sort()).toEqual([
      'Harbour master',
      'Running (rc111111110-0001)',
      'arcabcdefgh0-0001b',
    ]);
  });
});

it('names what a request without a body may have created', async () => {
  const key: JsonObject = { type: 'object', required: ['key_id'], properties: { key_id: { type: 'string' } } };
  const keyId = { name: 'keyId', in: 'path', required: true, schema: { type: 'string' } };
  const document = readContract({
    openapi: '3.1.0',
    info: { title: 'Keys', version: '1' },
    paths: {
      '/keys': { post: { operationId: 'make', ...answers('201', key) } },
      '/keys/{keyId}': { parameters: [keyId], get: { ...answers('200', key) }, delete: { ...answers('204') } },
    },
  });
  const { contract } = withDerivedState(document);
  const options = {
    contract,
    target: await embeddedTarget(document),
    redactor: new Redactor(),
    clock: sleepingClock(),
  };
  const sweeper = new Sweeper({ ...options, signal: new AbortController().signal });
  const pending = [{ kind: 'creating' as const, n: 1, at: AT, resource: 'key', text: '' }];
  const { left, notes } = await sweeper.sweep({ existing: [], pending });
  expect({ left, notes }).toEqual({ left: [`perhaps a key that was being created at ${AT}`], notes: [] });
});
